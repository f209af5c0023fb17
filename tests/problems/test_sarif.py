"""SARIF against its schema, and fingerprints that stay the same when lines are added above."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator, FormatChecker

from eligibility.checks.pages import summary_of
from eligibility.diagnostic import Diagnostic, Place
from eligibility.reporters.problems import Told, problem_reporter
from eligibility.reporters.problems.fingerprint import fingerprints
from eligibility.wording import Words

from .material import DIAGNOSTICS, any_told, told


@cache
def validator() -> Draft4Validator:
    schema = json.loads((Path(__file__).parent / "sarif" / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))
    return Draft4Validator(schema, format_checker=FormatChecker())


def run_of(anything: Told) -> dict[str, Any]:
    log = json.loads(problem_reporter("sarif")(anything))
    validator().validate(log)
    (run,) = log["runs"]
    return dict(run)


@given(any_told())
@settings(max_examples=40, deadline=None)
def test_any_log_is_valid(anything: Told) -> None:
    """The official schema accepts whatever is told."""
    run_of(anything)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_log(language: str) -> None:
    """Every result names a rule with help, its level and a relative URI under the root."""
    run = run_of(told(language))
    rules = run["tool"]["driver"]["rules"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert len(run["results"]) == len(DIAGNOSTICS)
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert all(rule[key]["text"] and "{" not in rule[key]["text"] for key in ("shortDescription", "fullDescription", "help"))
        heading, text = summary_of(rule["id"], Words(language))
        assert rule["fullDescription"]["text"] == heading
        assert rule["help"]["text"].startswith(f"{text}\n")
        artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert artifact["uriBaseId"] in run["originalUriBaseIds"]
        assert artifact["uri"].startswith("rules/")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_code_can_be_a_rule(language: str) -> None:
    """Whatever the code, its rule is valid; without pages, the rule is made of its sentences."""
    words = Words(language)
    every = [Diagnostic(code, Place("rules/a.yaml")) for code in words.codes()]
    for pages in (None, lambda code: summary_of(code, words)):
        rules = run_of(told(language, diagnostics=every, page_of=pages))["tool"]["driver"]["rules"]
        assert [rule["id"] for rule in rules] == list(words.codes())
        assert all("\n" not in rule["shortDescription"]["text"] and "  " not in rule["help"]["text"] for rule in rules)


def test_a_file_elsewhere_has_a_whole_uri() -> None:
    """A file that is not below the folder is named by its whole path; one that is, is relative."""
    moved = [one.__class__(one.code, one.place._replace(file=f"/w/{one.place.file}"), one.params) for one in DIAGNOSTICS]
    outside = run_of(told(diagnostics=moved))["results"][-1]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert outside == {"uri": "file:///w/rules/missing.yaml"}
    inside = run_of(told(diagnostics=moved, folder="/w"))["results"][-1]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert inside == {"uri": "rules/missing.yaml", "uriBaseId": "%SRCROOT%"}


def shifted(anything: Told, lines: int) -> Told:
    """The same problems with lines added above all of them."""

    def moved(params: Any) -> dict[str, Any]:
        return {name: value + lines if name == "line" else value for name, value in params.items()}

    found = [
        one.__class__(one.code, one.place._replace(line=one.place.line + lines), moved(one.params)) for one in anything.diagnostics
    ]
    return anything._replace(diagnostics=found)


@given(any_told(), st.integers(1, 1000))
@settings(max_examples=100, deadline=None)
def test_fingerprints_stay(anything: Told, lines: int) -> None:
    """Lines added above change no fingerprint, and no two problems share one."""
    before = fingerprints(anything)
    assert fingerprints(shifted(anything, lines)) == before
    assert len(set(before)) == len(before)


def test_fingerprints_are_shown() -> None:
    """GitLab and SARIF show them; GitHub's code scanning reads them under a name of its own."""
    marks = fingerprints(told())
    assert [one["fingerprint"] for one in json.loads(problem_reporter("gitlab")(told()))] == marks
    assert [one["partialFingerprints"]["eligibility/v1"] for one in run_of(told())["results"]] == marks


def test_fingerprints_tell_apart() -> None:
    """The file, the code and the facts each make another problem; the language does not."""
    first, *_ = DIAGNOSTICS
    others = [
        first,
        first.__class__("E106", first.place, first.params),
        first.__class__(first.code, first.place._replace(file="rules/other.yaml"), first.params),
        first.__class__(first.code, first.place, {"value": "other"}),
    ]
    marks = [fingerprints(told(diagnostics=[one]))[0] for one in others]
    assert len(set(marks)) == 4
    assert fingerprints(told("fr", diagnostics=others)) == fingerprints(told("en", diagnostics=others))


def test_fingerprints_outlive_what_the_program_learns() -> None:
    """One more allowed key, or a better guess, is no new problem."""
    (one,) = (one for one in DIAGNOSTICS if one.code == "E203")
    later = one.__class__(one.code, one.place, {**one.params, "allowed": ["more", "min"], "suggestion": "more"})
    assert fingerprints(told(diagnostics=[later])) == fingerprints(told(diagnostics=[one]))
