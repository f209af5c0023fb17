"""What is redacted of many says nothing of names and dates of birth, in whichever file: only verdicts may follow from them."""

from __future__ import annotations

import io
import json
import re
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from eligibility.cli import run
from eligibility.engine import check
from eligibility.profile import Profile
from tests.batch.html_made import packed

from .test_redacted import DAY, LEFT, NAMES, REFERENCE, RULE, VACANCY, VAGUE, person, verdicts

FILES = ("out.csv", "out.xlsx", "out.json", "out.jsonl", "out.parquet", "out.html")
TABLES = st.sampled_from(["matrix", "next", "long"])
LANGUAGES = st.sampled_from(["en", "fr"])
ANYBODY = {"name": "Somebody Else", "languages": [{"language": "fr", "native": True}]}


def written(people: list[dict[str, Any]], source: str, *options: str, code: int = 0) -> dict[str, bytes]:
    """What the command prints and writes, by the names of the files; what is packed is unpacked."""
    with TemporaryDirectory() as folder:
        path = Path(folder)
        (path / "post.yaml").write_text(RULE, "utf-8")
        (path / source).write_text("".join(f"{json.dumps(one)}\n" for one in people), "utf-8")
        out, err = io.StringIO(), io.StringIO()
        files = [word for name in FILES for word in ("-o", str(path / name))]
        command = ["batch", str(path / source), "--rules", str(path / "post.yaml"), "--on", DAY, "--redact", "--jobs", "1", *files]
        with redirect_stdout(out), redirect_stderr(err):
            assert run([*command, "--per-person", str(path / "pages"), *options]) == code
        found = {name: (path / name).read_bytes() for name in FILES}
        found |= {one.name: one.read_bytes() for one in sorted((path / "pages").iterdir())}
        with zipfile.ZipFile(io.BytesIO(found.pop("out.xlsx"))) as book:
            found |= {name: book.read(name) for name in book.namelist()}
        found["unpacked"] = json.dumps(packed(found["out.html"].decode()), ensure_ascii=False).encode()
        for name, text in (("stdout", out), ("stderr", err)):
            found[name] = "".join(text.getvalue().replace(folder, "").split()).encode()  # the width of a folder's name wraps lines
        return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(LEFT, NAMES, NAMES, VAGUE, VAGUE, VAGUE, VAGUE, TABLES, LANGUAGES)
def test_two_people_of_the_same_verdicts_are_the_same_bytes(
    rest: dict[str, Any], name: str | None, other: str | None, birth: str | None, later: str | None, child: str | None, twin: str | None,
    table: str, language: str,
) -> None:  # fmt: skip
    """Whatever they are called, whenever they and their children were born, in every file and on every page."""
    one, two = person(rest, name, birth, child), person(rest, other, later, twin)
    for data in (one, two):  # an id is told apart from none
        data["id"] = data.get("id", "nobody")
    reports = [check(VACANCY, Profile.from_dict(data, REFERENCE), date.fromisoformat(DAY), REFERENCE) for data in (one, two)]
    assume(verdicts(reports[0]) == verdicts(reports[1]))
    assume([known(data) for data in (one, two)] in ([True, True], [False, False]))
    options = ("--table", table, "--lang", language)
    assert written([one, ANYBODY], "one.jsonl", *options) == written([two, ANYBODY], "quite-another.jsonl", *options)


def known(data: dict[str, Any]) -> bool:
    """Whether the dates of birth are exact: what is asked next follows from what is known."""
    return len(data.get("birth_date", "")) == 10 and len(data["children"][0].get("born", "")) == 10


@settings(max_examples=20, deadline=None)
@given(LEFT, st.integers(0, 12000), TABLES, LANGUAGES)
def test_no_name_no_day_and_no_age_is_in_any_file(rest: dict[str, Any], days: int, table: str, language: str) -> None:
    """Every number in what is written is one that stands there of somebody without a date of birth, too."""
    birth = date(1960, 1, 1) + timedelta(days)
    told = written([person(rest, "Zyxwvut Qponmlk", birth.isoformat(), birth.isoformat())], "zyxwvut.jsonl", "--table", table, "--lang", language)
    nobody = written([dict(rest)], "x.jsonl", "--table", table, "--lang", language)
    numbers = {one for text in (*nobody.values(), RULE.encode(), DAY.encode()) for one in re.findall(rb"[0-9]+", text)}
    born = {str(one).encode() for one in (birth.year, 2027 - birth.year, 2026 - birth.year)} - numbers
    for name, text in told.items():
        assert not re.search(rb"zyxwvut|qponmlk", text + name.encode(), re.IGNORECASE), name
        assert birth.isoformat().encode() not in text, name
        if name.endswith((".csv", ".json", ".jsonl")) or name in ("stdout", "stderr", "unpacked"):
            assert not born & set(re.findall(rb"[0-9]+", re.sub(rb'"[a-z_]*digest": ?"[0-9a-f]+"', b"", text))), name


def test_what_cannot_be_read_quotes_nobody() -> None:
    """Nor a word that nothing knows, nor one read in another way."""
    people = [
        {"name": "Zyxwvut", "birth_date": "Qponmlk"}, {"name": ["Zyxwvut"]}, {"Zyxwvut": 1}, {"id": "zyxwvut", "birth_date": "2199-01-01"},
        {"name": "Zyxwvut", "children": [{"born": "Qponmlk"}]}, {"name": "Zyxwvut", "relatives": [{"relation": "Qponmlk", "name": "Zyxwvut"}]},
        {"name": "Zyxwvut", "birth_date": "12 May 1991"}, {"name": "Zyxwvut", "domicile": "Qponmlk"},
    ]  # fmt: skip
    for name, text in written(people, "zyxwvut.jsonl", "--lang", "en", code=2).items():
        assert not re.search(rb"zyxwvut|qponmlk|2199-01-01|1991", text + name.encode(), re.IGNORECASE), name


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_file_says_that_something_is_left_out(language: str) -> None:
    told = written([person({}, "Léa", "1998-03-15", None)], "lea.jsonl", "--lang", language)
    notice = ("Names, dates of birth" if language == "en" else "Les noms, les dates de naissance").encode()
    for name in ("xl/sharedStrings.xml", "out.html", "p001-1.html"):
        assert notice in told.get(name, notice), name
    assert any(notice in text for name, text in told.items() if name.startswith("xl/"))
    assert notice.replace(b" ", b"") in told["stdout"]
    assert b'"redacted": true' in told["out.json"]
    assert b'"redacted":true' in told["out.jsonl"]
    assert told["out.csv"].splitlines()[0].endswith(b"redacted")
    assert b"redacted" in told["out.parquet"]


def test_several_profiles_of_a_check_are_redacted_as_a_batch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = []
    for number in (1, 2):
        paths.append(tmp_path / f"zyxwvut{number}.yaml")
        paths[-1].write_text(f"name: Zyxwvut {number}\nbirth_date: 1998-03-15\n", "utf-8")
    (tmp_path / "post.yaml").write_text(RULE, "utf-8")
    assert run(["check", *map(str, paths), "--rules", str(tmp_path / "post.yaml"), "--on", DAY, "--redact", "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "zyxwvut" not in out.casefold()
    assert "P001" in out
    assert out.startswith("Names, dates of birth")
