"""`eligibility compare OLD NEW PEOPLE`: for whom a change of a rule makes a difference."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from eligibility.cli import run
from tests.analysing.test_analyse import HEAD, ROOT

OLD = "  - {id: diploma, kind: degree, level: {at_least: 6}}\n  - {id: adult, kind: age, at_least: 18}\n"
NEW = "  - {id: diploma, kind: degree, level: {at_least: 7}}\n  - {id: adult, kind: age, at_least: 16}\n"
PEOPLE = [
    {"id": "loses", "name": "<b>Ana</b>", "birth_date": "1990-01-01", "degrees": [{"level": 6, "awarded": "2020-01-01"}]},
    {"id": "same", "birth_date": "1990-01-01", "degrees": [{"level": 7, "awarded": "2020-01-01"}]},
    {"id": "gains", "birth_date": "2010-01-01", "degrees": [{"level": 7, "awarded": "2020-01-01"}]},
    {"id": "opens", "birth_date": "2010-01-01"},
    {"id": "other-reasons", "birth_date": "2010-01-01", "degrees": [{"level": 6, "awarded": "2020-01-01"}]},
]


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two rules and people, and nothing of the environment."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.yaml").write_text(HEAD + OLD, "utf-8")
    (tmp_path / "new.yaml").write_text(HEAD + NEW, "utf-8")
    (tmp_path / "people.jsonl").write_text("".join(json.dumps(one) + "\n" for one in PEOPLE), "utf-8")
    return tmp_path


def _run(*words: str) -> int:
    return run(["compare", "old.yaml", "new.yaml", *words, "--on", "2027-01-10"])


def _json(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert _run("people.jsonl", "--format", "json", *words) in (0, 1)
    return json.loads(capsys.readouterr().out)


def test_who_gains_who_loses_who_becomes_open(where: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By their outcomes; and for how many each criterion turns."""
    data = _json(capsys)
    jsonschema.validate(data, json.loads((ROOT / "schema" / "compare.schema.json").read_text("utf-8")))
    people = data["people"]
    assert (people["people"], people["gains"], people["loses"], people["opens"]) == (5, 1, 1, 1)
    assert {one["id"]: one["way"] for one in people["moved"]} == {"loses": "loses", "gains": "gains", "opens": "opens", "other-reasons": None}
    assert [(one["criterion"], one["before"], one["after"], one["people"]) for one in people["criteria"]] == [
        ("adult", "fail", "pass", 3), ("diploma", "pass", "fail", 2),
    ]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), [("en", "1 person loses"), ("fr", "1 personne y perd")])
@pytest.mark.parametrize("form", ["text", "markdown"])
def test_it_is_told_in_words(where: Path, capsys: pytest.CaptureFixture[str], language: str, words: str, form: str) -> None:
    """In each language; in Markdown nothing of a name is markup."""
    assert _run("people.jsonl", "--lang", language, "--format", form) == 0
    out = capsys.readouterr().out
    assert words in out
    assert form == "text" or "<b>" not in out


def test_a_page_and_a_table_are_written_besides(where: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page has no script and takes names as text; the table has a row per criterion that turns."""
    assert _run("people.jsonl", "-o", "x.html", "-o", "x.csv") == 0
    assert "1 person gains" in capsys.readouterr().out
    page = (where / "x.html").read_text("utf-8")
    assert "&lt;b&gt;Ana" in page
    assert "<script" not in page
    rows = list(csv.DictReader(io.StringIO((where / "x.csv").read_text("utf-8-sig"))))
    assert [(one["id"], one["criterion"]) for one in rows] == [
        ("loses", "diploma"), ("gains", "adult"), ("opens", "adult"), ("other-reasons", "diploma"), ("other-reasons", "adult"),
    ]  # fmt: skip


def test_people_for_whom_nothing_changes(where: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Is said, and the made-up people still tell that something may."""
    (where / "people.jsonl").write_text(json.dumps(PEOPLE[1]) + "\n", "utf-8")
    assert _run("people.jsonl") == 0
    assert "Nothing changes for any of them." in capsys.readouterr().out


def test_the_same_rule_changes_nothing(where: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And `--fail-on changed` ends with 0; with another rule, with 1."""
    assert _run("people.jsonl", "--fail-on", "changed") == 1
    (where / "new.yaml").write_text(HEAD + OLD, "utf-8")
    assert _run("people.jsonl", "--fail-on", "changed") == 0


def test_what_is_about_people_wants_people(where: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An option that would do nothing is a usage error; people who cannot be opened are told, with 3 or 4 never."""
    assert _run() == 2
    assert _run("nowhere.csv") == 2
    capsys.readouterr()


def test_somebody_who_cannot_be_read_is_counted(where: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The others are compared, and the exit code is that of a file that cannot be read."""
    with (where / "people.jsonl").open("a", encoding="utf-8") as file:
        file.write("{broken\n")
    assert _run("people.jsonl") == 2
    assert "1 could not be read." in capsys.readouterr().out


@pytest.mark.parametrize("words", [("people.jsonl", "-o", "a.xlsx"), ("-o", "a.html"), ("-o", "a.csv")])
def test_a_file_that_would_not_open_is_not_written(where: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    """A workbook of plain text, or a page and a table that are about people where there are none."""
    assert run(["compare", "old.yaml", "new.yaml", *words]) == 2
    assert f"`{words[-1]}` does not say which format is wanted" in " ".join(capsys.readouterr().err.split())
    assert not (where / words[-1]).exists()
