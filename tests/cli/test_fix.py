"""`validate --fix`: ambiguous words get quotes where their field wants a text; every other byte stays."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from eligibility.checks.files import look_into
from eligibility.checks.repair import REPAIRED, marked, repaired
from eligibility.loading.files import Source
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reference import load_reference
from tests.cli.test_command import run

TODAY = date.fromordinal(738_000)
WORDS = {
    "W101": ("NO", "yes", "on", "y"), "E107": ("12:30", "190:20:30"), "E108": ("010", "01000", "08"), "E109": ("1_25",),
    "E120": ("0x1F", "0b11", "0o17"), "E121": ("1e3",), "E122": (".inf", ".nan"), "E123": ("+5",), "E119": ("9" * 50,),
}  # fmt: skip
AMBIGUOUS = [word for words in WORDS.values() for word in words]
FREE = st.sampled_from(AMBIGUOUS)


def fixed(text: str) -> str:
    """The text after `--fix`."""
    source = Source("a.yaml", text.encode())
    looked = look_into(source, load_reference(), TODAY)
    return repaired(source, [one for one in looked.diagnostics if one.params.get("fixable")]).data.decode()


RULE = """\
format: 1
id: {id}
title: {{fr: Poste, {language}: Post}}
dates: {{deadline: {deadline}, {day}: 2024-05-01}}
criteria:
  - {{id: age, kind: age, at_least: {age}, clause: {clause}, label: {{fr: Majeur, en: Of age}}}}
  - {{id: from, kind: citizenship, of: [FR, {country}], clause: "2", label: {{fr: De là, en: From there}}}}
"""
GOOD = {"id": "post", "language": "en", "deadline": "2024-06-30", "day": "interview", "age": "18", "clause": '"1"', "country": "BE"}


@pytest.mark.parametrize(
    ("field", "word"),
    [("country", "NO"), ("day", "no"), ("id", "039"), ("id", "1e3"), *(("clause", word) for word in AMBIGUOUS)],
)
def test_a_word_in_the_place_of_a_text_gets_quotes(field: str, word: str) -> None:
    """Values and keys; and the file is as good as if its author had written the quotes."""
    assert fixed(RULE.format(**GOOD | {field: word})) == RULE.format(**GOOD | {field: f'"{word}"'})


@pytest.mark.parametrize(
    ("field", "word"),
    [("age", "018"), ("age", "1e1"), ("age", "+18"), ("age", "1_8"), ("age", "0x12"), ("age", "yes"), ("age", ".inf"),
     ("deadline", "12:30"), ("deadline", "2024-02-30"), ("deadline", "010"), ("language", "no")],
)  # fmt: skip
def test_where_quotes_would_only_move_the_error_nothing_is_done(field: str, word: str) -> None:
    """A number, a date, or a language that titles are not in, has to be mended by its author."""
    text = RULE.format(**GOOD | {field: word})
    assert fixed(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "id: !!str NO", "id: &a NO", 'id: "NO"', "id: 'NO'", "id: NO.", "id: NO\nname: 'l'été'", "id: NO\nname: [", "", "- NO", "NO", ": a",
        "name: \u00a0NO", "degrees: [{expected: on}]", "degrees: [{level: 07}]", "id: 12:30 x", "birth_date: 2001-02-30",
        "id: NO # eligibility: ignore[W101] it is meant",
    ],
)  # fmt: skip
def test_what_is_left_alone(text: str) -> None:
    """Tags, odd spaces, files that cannot be read, fields that want something else, and what a comment silences."""
    looked = look_into(Source("a.yaml", text.encode()), load_reference(), TODAY)
    assert not [one for one in looked.diagnostics if one.params.get("fixable")]


def test_files_of_cases_get_quotes_only_where_a_text_is_read_already() -> None:
    """What the fields of a case want is not known while validating."""
    text = "vacancy: a\ncases:\n  - {name: NO, profile: {degrees: [{level: 07}], citizenships: [NO]}}\n"
    assert fixed(text) == text.replace("NO", '"NO"')


# ------------------------------------------------------------------------------------------- any file


SAFE = st.sampled_from(["a", "Québec", "'l''été'", '"NO"', "12", "true", "B1", "null", "de\u0301ja", "日本", "😀", '"010 # no comment"', "3.5"])
COMMENTS = st.sampled_from(["", "", "  # NO 12:30", "   # é"])


@st.composite
def flow(draw: st.DrawFn, depth: int) -> str:
    """A value on one line."""
    what = draw(st.sampled_from(["word", "word", "list", "mapping"] if depth else ["word"]))
    if what == "word":
        return draw(FREE | SAFE)
    inner = [draw(flow(depth - 1)) for _ in range(draw(st.integers(0, 3)))]
    gap = draw(st.sampled_from(["", " ", "  "]))
    if what == "list":
        return "[" + f",{gap or ' '}".join(f"{gap}{one}" for one in inner) + "]"
    keys = draw(st.lists(FREE | st.sampled_from(["a", "b", "c"]), min_size=len(inner), max_size=len(inner), unique=True))
    return "{" + ", ".join(f"{key}: {one}" for key, one in zip(keys, inner, strict=True)) + "}"


@st.composite
def block(draw: st.DrawFn, indent: int, depth: int, kind: str) -> list[str]:
    """The lines of a mapping or a list."""
    lines: list[str] = []
    keys = draw(st.lists(FREE | st.sampled_from(["a", "b", "c"]), min_size=1, max_size=3, unique=True))
    for key in keys:
        if draw(st.booleans()):
            lines.append(draw(st.sampled_from(["", " " * indent + "# no: NO"])))
        head = " " * indent + ("-" if kind == "list" else f"{key}:")
        if depth and draw(st.booleans()):
            lines.append(head + draw(COMMENTS))
            lines += draw(block(indent + 2, depth - 1, draw(st.sampled_from(["list", "mapping"]))))
        else:
            lines.append(f"{head} {draw(flow(2))}" + draw(COMMENTS))
    return lines


FILES = st.builds(
    lambda lines, end, mark: mark + end.join([*lines, ""]),
    block(0, 2, "mapping"), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]),
)  # fmt: skip


def all_quoted(text: str) -> str:
    """The text with every ambiguous word in quotes, whatever its field wants."""
    source = Source("a.yaml", text.encode())
    told = marked(source, [one for one in read_yaml(source).diagnostics if one.code in REPAIRED], lambda _: ())
    return repaired(source, [one for one in told if one.params.get("fixable")]).data.decode()


def plain(value: Any) -> Any:
    """What another reader read, in the types of ours."""
    import unicodedata

    if isinstance(value, dict):
        return {plain(key): plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return float(value) if isinstance(value, float) else int(value)
    return unicodedata.normalize("NFC", str(value))


def without_quotes(text: str) -> Iterator[str]:
    yield from (letter for letter in text if letter != '"')


@settings(max_examples=150, deadline=None)
@given(FILES)
def test_any_file(text: str) -> None:
    """Only quotes are added; the data stay; a second time changes nothing; other readers now read what we read."""
    now = all_quoted(text)
    assert list(without_quotes(now)) == list(without_quotes(text))
    assert [line.partition("#")[2] for line in now.splitlines() if '"010 #' not in line] == [
        line.partition("#")[2] for line in text.splitlines() if '"010 #' not in line
    ]
    assert all_quoted(now) == now
    ours = read_yaml(Source("a.yaml", now.encode()))
    assert ours.data == read_yaml(Source("a.yaml", text.encode())).data
    assert not [one for one in ours.diagnostics if one.code in REPAIRED]
    assert plain(yaml.safe_load(now)) == ours.data
    assert plain(YAML(typ="safe", pure=True).load(io.StringIO(now.removeprefix("\ufeff")))) == ours.data


@settings(max_examples=100, deadline=None)
@given(st.fixed_dictionaries({key: st.sampled_from([good, *AMBIGUOUS]) for key, good in GOOD.items()}), st.sampled_from(["\n", "\r\n"]))
def test_any_rule_file(fields: dict[str, str], end: str) -> None:
    """With all it knows of the fields, twice is once, the data stay, and the errors become no more."""
    text = RULE.format(**fields).replace("\n", end)
    if fields["language"] == "fr":
        return
    now = fixed(text)
    assert fixed(now) == now
    assert read_yaml(Source("a", now.encode())).data == read_yaml(Source("a", text.encode())).data
    before, after = (look_into(Source("a", one.encode()), load_reference(), TODAY).diagnostics for one in (text, now))
    assert sum(one.is_error for one in after) <= sum(one.is_error for one in before)


# ------------------------------------------------------------------------------------------- the command


BROKEN = "# mine\r\ncitizenships: [FR, NO]  # Norway\r\nid: 039\r\ndegrees: [{level: 07}]\r\n"
MENDED = BROKEN.replace("NO]", '"NO"]').replace("039", '"039"')


def test_it_repairs_the_file_and_tells_what_is_left(tmp_path: Path) -> None:
    """One line for the file on standard error; the report and the exit code are about what is left; rights stay."""
    path = tmp_path / "me.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + BROKEN.encode())
    path.chmod(0o640)
    assert "or run eligibility validate --fix" in " ".join(run("validate", str(path)).stdout.split())
    done = run("validate", "me.yaml", "--fix", "--format", "concise", where=tmp_path)
    assert (done.returncode, done.stderr) == (1, "me.yaml: 2 problems repaired\n")
    assert done.stdout == "me.yaml:4:19: E108 07 starts with a zero, which other tools drop or read in base 8\n"
    assert path.read_bytes() == b"\xef\xbb\xbf" + MENDED.encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]
    again = run("validate", "me.yaml", "--fix", "--format", "concise", where=tmp_path)
    assert (again.returncode, again.stderr, again.stdout) == (1, "", done.stdout)
    assert "1 problème réparé" in run("validate", write(tmp_path / "b.yaml", "id: 010\n"), "--fix", "--lang", "fr").stderr


def write(path: Path, text: str) -> str:
    path.write_text(text, "utf-8")
    return str(path)


def test_it_repairs_only_what_is_selected(tmp_path: Path) -> None:
    """--ignore W101 leaves Norway alone."""
    path = tmp_path / "me.yaml"
    path.write_bytes(BROKEN.encode())
    run("validate", str(path), "--fix", "--ignore", "W101")
    assert path.read_bytes() == BROKEN.replace("039", '"039"').encode()
    run("validate", str(path), "--fix", "--select", "W")
    assert path.read_bytes() == MENDED.encode()


def test_standard_input_is_not_repaired() -> None:
    """There is no file to write."""
    done = run("validate", "-", "--fix", text=b"id: 010\n")
    assert done.returncode == 2
    assert "standard input cannot be repaired" in " ".join(done.stderr.split())


def test_links(tmp_path: Path) -> None:
    """A link inside the folder is followed to its file, and stays a link; one that leads out is not touched."""
    (tmp_path / "out").mkdir()
    (tmp_path / "in" / ".kept").mkdir(parents=True)
    outside, kept = tmp_path / "out" / "me.yaml", tmp_path / "in" / ".kept" / "me.yaml"
    write(outside, "id: 010\n")
    write(kept, "id: 010\n")
    (tmp_path / "in" / "out.yaml").symlink_to(outside)
    (tmp_path / "in" / "kept.yaml").symlink_to(kept)
    assert run("validate", "in", "--fix", where=tmp_path).stderr == "in/kept.yaml: 1 problem repaired\n"
    assert kept.read_text() == 'id: "010"\n'
    assert (tmp_path / "in" / "kept.yaml").is_symlink()
    done = run("validate", "in/out.yaml", "--fix", where=tmp_path)
    assert (done.returncode, done.stderr) == (1, "in/out.yaml: not repaired, because it is a link that leads out of its folder\n")
    assert outside.read_text() == "id: 010\n"


def test_a_file_that_may_not_be_written(tmp_path: Path) -> None:
    """It is told, the others are repaired, and the exit code says that something failed."""
    write(tmp_path / "a.yaml", "id: 010\n")
    write(tmp_path / "b.yaml", "id: 010\n")
    (tmp_path / "a.yaml").chmod(0o444)
    done = run("validate", ".", "--fix", where=tmp_path)
    assert done.returncode == 2
    assert "a.yaml: not repaired, because it cannot be written (system error EACCES)" in done.stderr
    assert "b.yaml: 1 problem repaired" in done.stderr


def test_a_write_that_fails_leaves_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A disk that is full costs nothing but the repair."""
    from eligibility.cli import run as run_here

    path = tmp_path / "me.yaml"
    write(path, "id: 010\n")
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "full")))
    assert run_here(["validate", str(path), "--fix", "--lang", "en"]) == 2
    assert "cannot be written (system error ENOSPC)" in capsys.readouterr().err
    assert path.read_text() == "id: 010\n"
    assert list(tmp_path.iterdir()) == [path]
