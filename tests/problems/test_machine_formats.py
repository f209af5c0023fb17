"""Formats for programs: well-formed whatever the text, the same bytes whatever the terminal, and they say what was found."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given

from eligibility.reporters import Style
from eligibility.reporters.layout import safe
from eligibility.reporters.problems import FORMATS, MACHINE, Told, problem_reporter
from eligibility.reporters.problems.names import posix, uri

from .material import any_told, law, told

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def strict(text: str) -> Any:
    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    return json.loads(text, parse_constant=refuse)


def commands(shown: str) -> list[dict[str, str]]:
    """What GitHub's runner makes of an output: each command with its properties and its message."""
    found = []
    for line in shown.splitlines():
        if parts := re.fullmatch(r"::(\w+) (.*?)::(.*)", line):
            properties = dict(pair.split("=", 1) for pair in parts[2].split(","))
            plain = {key: _plain(value.replace("%2C", ",").replace("%3A", ":")) for key, value in properties.items()}
            found.append({**plain, "command": parts[1], "message": _plain(parts[3])})
    return found


def _plain(text: str) -> str:
    return text.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")


@pytest.mark.parametrize("name", FORMATS)
@given(any_told())
@law
def test_nothing_drives_a_terminal(name: str, anything: Told) -> None:
    """No format lets an escape, a control, a bidi mark or half a character through; all end in a newline, and all can be written."""
    shown = problem_reporter(name)(anything)
    assert not CONTROL.search(shown)
    assert shown.encode().decode() == shown
    assert shown == "" or shown.endswith("\n")


@given(any_told())
@law
def test_json_is_strict(anything: Told) -> None:
    """JSON, JSON Lines, GitLab and SARIF can be read by a strict reader, and hold each problem once, in order."""
    wanted = [(one.code, one.place.line) for one in anything.diagnostics]
    document = strict(problem_reporter("json")(anything))
    assert [(one["code"], one["line"]) for one in document["diagnostics"]] == wanted
    lines = problem_reporter("jsonl")(anything).splitlines()
    assert [strict(line) for line in lines] == document["diagnostics"]
    report = strict(problem_reporter("gitlab")(anything))
    assert [(one["check_name"], one["location"]["positions"]["begin"]["line"]) for one in report] == wanted
    (run,) = strict(problem_reporter("sarif")(anything))["runs"]
    found = [(one["ruleId"], one["locations"][0]["physicalLocation"]["region"]["startLine"]) for one in run["results"]]
    assert found == wanted


@given(any_told())
@law
def test_junit_is_well_formed(anything: Told) -> None:
    """Any text gives XML that a reader reads, with a failure for each error and names that differ."""
    root = ElementTree.fromstring(problem_reporter("junit")(anything).encode("ascii"))
    cases = list(root.iter("testcase"))
    assert len(list(root.iter("failure"))) == int(root.attrib["failures"]) == sum(one.is_error for one in anything.diagnostics)
    assert len(cases) == int(root.attrib["tests"]) >= len(anything.diagnostics)
    for suite in root:
        assert len({one.attrib["name"] for one in suite}) == len(suite) == int(suite.attrib["tests"])


@given(any_told())
@law
def test_github_has_one_line_for_each_problem(anything: Told) -> None:
    """A line for each problem and one for the numbers; what the runner reads is what was found."""
    shown = problem_reporter("github")(anything)
    assert len(re.split("[\r\n]", shown)) == len(anything.diagnostics) + 2
    read = commands(shown)
    assert [(one["title"], one["line"], one["file"]) for one in read] == [
        (one.code, str(one.place.line), safe(posix(one.place.file))) for one in anything.diagnostics
    ]
    for one, problem in zip(read, anything.diagnostics, strict=True):
        assert safe(anything.words.problem(problem.code, problem.params).message) in one["message"]


@pytest.mark.parametrize("name", sorted(MACHINE | {"concise"}))
def test_the_terminal_changes_nothing(name: str) -> None:
    """Width, marks and colour are for people."""
    plain, other = told(), told(style=Style(width=20, ascii=True, colour=True))
    assert problem_reporter(name)(plain) == problem_reporter(name)(other)


@pytest.mark.parametrize("name", sorted(MACHINE - {"github"}))
def test_any_encoding_will_do(name: str) -> None:
    """All but GitHub's commands are ASCII, so no locale can spoil them."""
    assert problem_reporter(name)(told("fr")).isascii()


@pytest.mark.parametrize("name", ["json", "jsonl", "gitlab"])
def test_the_language_changes_only_sentences(name: str) -> None:
    """Codes, places, severities and fingerprints are the same in every language."""
    english, french = (re.sub(r'"(message|help|description)": "(\\.|[^"])*"', "", problem_reporter(name)(told(one))) for one in ("en", "fr"))
    assert english == french


def test_the_json_document() -> None:
    """Its fields are those of the page."""
    document = strict(problem_reporter("json")(told()))
    assert list(document) == ["schema_version", "files", "diagnostics", "summary"]
    assert document["files"] == ["rules/a long, name: 100%.yaml", "rules/accents.yaml", "rules/missing.yaml", "rules/valid.yaml"]
    assert document["summary"] == {
        "files": 4, "valid": 1, "with_problems": 3, "errors": 10, "warnings": 7, "notes": 1, "suppressed": 2,
    }  # fmt: skip
    first = document["diagnostics"][0]
    assert list(first) == ["code", "severity", "file", "line", "column", "end_line", "end_column", "message", "help"]


def test_github_shows_the_place_in_the_log_too() -> None:
    """GitHub keeps only the message in the log: after ten annotations it is all there is."""
    read = commands(problem_reporter("github")(told()))
    assert len(read) == 18
    for one in read:
        assert one["message"].startswith(f"{one['file']}:{one['line']}:{one['col']}: {one['title']} ")
    assert {one["command"] for one in read} == {"error", "warning", "notice"}


@pytest.mark.parametrize(
    ("name", "folder", "separator", "expected"),
    [
        ("rules/a.yaml", "/w", "/", "rules/a.yaml"),
        ("./rules/a.yaml", "", "/", "rules/a.yaml"),
        (".//./a.yaml", "", "/", "a.yaml"),
        ("rules\\a.yaml", "", "\\", "rules/a.yaml"),
        (".\\rules\\a.yaml", "", "\\", "rules/a.yaml"),
        ("rules\\a.yaml", "", "/", "rules\\a.yaml"),  # a backslash may be part of a name
        ("/w/rules/a.yaml", "/w", "/", "rules/a.yaml"),
        ("/w/rules/a.yaml", "/w/", "/", "rules/a.yaml"),
        ("/works/a.yaml", "/w", "/", "/works/a.yaml"),
        ("C:\\w\\a.yaml", "C:\\w", "\\", "a.yaml"),
        ("../a.yaml", "/w", "/", "../a.yaml"),
        ("/a.yaml", "/", "/", "/a.yaml"),
        ("a\udc80.yaml", "", "/", "a\ufffd.yaml"),
        ("<stdin>", "/w", "/", "<stdin>"),
    ],
)
def test_names(name: str, folder: str, separator: str, expected: str) -> None:
    """Names are relative where they can be, with forward slashes."""
    assert posix(name, folder, separator) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("rules/a b%é.yaml", "rules/a%20b%25%C3%A9.yaml"),
        ("a:b.yaml", "a%3Ab.yaml"),
        ("/tmp/é.yaml", "file:///tmp/%C3%A9.yaml"),
        ("C:/w/a b.yaml", "file:///C:/w/a%20b.yaml"),
        ("<stdin>", "%3Cstdin%3E"),
        ("../a.yaml", "../a.yaml"),
    ],
)
def test_uris(name: str, expected: str) -> None:
    """A relative name stays relative; nothing in it can be taken for another part of a URI."""
    assert uri(name) == expected
