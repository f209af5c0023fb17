"""`eligibility when`: since when and until when, what is missed by how much, and what would have to change."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from eligibility.cli import run

ROOT = Path(__file__).parent.parent.parent
RULE = """
format: 1
id: junior
title: {en: Junior expert, fr: Expert junior}
as_of: application
jurisdiction: FR
dates: {deadline: 2027-03-31}
criteria:
  - {id: age, kind: age, at_least: 18, at_most: 35}
  - {id: experience, kind: experience, at_least: 3 years, label: {en: Three years of experience, fr: Trois ans d'expérience}}
  - {id: german, kind: language, of: de, level: {at_least: B2}, label: {en: German, fr: Allemand}}
"""
PROFILE = """
birth_date: 1998-03-15
experience: [{from: 2024-05-03, to: ongoing, rate: 100%}]
languages: [{language: de, level: B2}]
"""
DAY = ("--on", "2026-11-29")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "junior.yaml").write_text(RULE)
    (tmp_path / "me.yaml").write_text(PROFILE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.setenv("ELIGIBILITY_LANG", "en")
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What it prints, on one line."""
    assert run(["when", "me.yaml", *DAY, *words]) == 0
    return " ".join(capsys.readouterr().out.split())


def test_the_day_one_becomes_eligible_and_the_last_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The days to the day, the birthday by its name, the distance, and that the vacancy closes before."""
    text = said(capsys)
    assert "Likely eligible from 2 May 2027 until 14 March 2034." in text
    assert "Met since 15 March 2016 (the day you turn 18), until 14 March 2034 (the day before you turn 36)." in text
    assert "Not met until 1 May 2027. On 29 November 2026: Counted: 941 days" in text
    assert "154 days (about 5 months) missing." in text
    assert "every criterion is met from 2 May 2027 on. The vacancy closes before that, on 31 March 2027." in text


@pytest.mark.parametrize(("day", "outcome"), [("2027-05-01", "Not eligible"), ("2027-05-02", "Likely eligible"), ("2034-03-14", "Likely eligible"),
                                              ("2034-03-15", "Not eligible")])  # fmt: skip
def test_a_check_says_the_same_on_the_days_beside(day: str, outcome: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The eve and the first day, the last day and the morrow, of what closes on none of them."""
    (folder / "rules" / "junior.yaml").write_text(RULE.replace("dates: {deadline: 2027-03-31}\n", ""))
    assert run(["check", "me.yaml", "--on", day, "--format", "json"]) == 0
    [report] = json.loads(capsys.readouterr().out)["reports"]
    assert report["outcome"].replace("_", " ") == outcome.lower()


def test_what_would_have_to_change(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What no day changes is told as that; what is only not known is not told as if it failed."""
    (folder / "me.yaml").write_text(PROFILE.replace("B2", "B1"))
    assert "Waiting is not enough. What would have to change: German." in said(capsys)
    (folder / "me.yaml").write_text(PROFILE.replace("languages", "# "))
    assert "Waiting is not enough. What your profile would have to tell, or somebody decide: German." in said(capsys)


def test_a_fixed_day_is_said_to_be_fixed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Counted on the closing day: no day of application changes anything."""
    (folder / "rules" / "junior.yaml").write_text(RULE.replace("as_of: application", "as_of: deadline"))
    text = said(capsys)
    assert "The day is fixed, whatever day you apply: 31 March 2027." in text
    assert "Not eligible, whatever the day." in text
    assert "Waiting" not in text


def test_fixed_days_of_which_one_is_not_known(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A day that lies between two is told as that."""
    between = RULE.replace("as_of: application", "as_of: start").replace("dates: {", "dates: {start: {from: 2027-07-01, to: 2027-09-30}, ")
    (folder / "rules" / "junior.yaml").write_text(between)
    assert "The day is fixed, whatever day you apply: between 1 July 2027 and 30 September 2027." in said(capsys)
    (folder / "rules" / "junior.yaml").write_text(between.replace("kind: experience,", "kind: experience, as_of: deadline,"))
    assert "The days are fixed, whatever day you apply: " in said(capsys)


def test_an_application_that_was_sent(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The day on which it was sent counts, whatever is asked."""
    (folder / "me.yaml").write_text(PROFILE + "applications: [{vacancy: junior, submitted: 2027-05-02}]\n")
    text = said(capsys)
    assert "the application was sent on 2 May 2027: that day counts" in text
    assert "Likely eligible, whatever the day." in text


def test_each_way_in_has_its_days(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the applicant may pick a way, each is told with its days."""
    (folder / "rules" / "junior.yaml").write_text(
        RULE.replace("at_least: 3 years", "at_least: {by: way, values: {inside: 1 year, outside: 3 years}}").replace(
            "criteria:", "choices: {way: {options: {inside: {en: a colleague}, outside: {en: an outsider}}, chosen_by: applicant}}\ncriteria:"
        )
    )
    text = said(capsys)
    assert "As a colleague: Likely eligible since 2 May 2025, until 14 March 2034." in text
    assert "As an outsider: Not eligible until 1 May 2027." in text


def test_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The document fits the published schema, and has the same days."""
    document = json.loads(said(capsys, "--format", "json"))
    jsonschema.validate(document, json.loads((ROOT / "schema" / "when.schema.json").read_text("utf-8")))
    [found] = document["vacancies"]
    assert [(one["first"], one["last"], one["outcome"]) for one in found["outcomes"]] == [
        (None, "2027-05-01", "not_eligible"), ("2027-05-02", "2034-03-14", "likely_eligible"), ("2034-03-15", None, "not_eligible"),
    ]  # fmt: skip
    short = found["ways"][0]["criteria"][1]["verdicts"][0]
    assert (short["on"], short["finding"]["gap"]) == ("2026-11-29", {"amount": 154, "unit": "days"})


@pytest.mark.parametrize("language", ["en", "fr"])
def test_on_a_narrow_screen(language: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty columns are enough, in both languages."""
    monkeypatch.setenv("COLUMNS", "40")
    assert run(["when", "me.yaml", *DAY, "--lang", language]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 40


def test_into_a_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The answer goes into a file, and never over the profile."""
    assert said(capsys, "--output", "when.txt") == ""
    assert "Likely eligible from 2 May 2027" in (folder / "when.txt").read_text("utf-8")
    assert run(["when", "me.yaml", *DAY, "--output", "me.yaml"]) == 2
    assert (folder / "me.yaml").read_text() == PROFILE


def test_what_is_missing_is_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where an answer would tell more, the command that asks for it stands below; where all is said, it does not."""
    assert "eligibility ask" not in said(capsys)
    (folder / "me.yaml").write_text(PROFILE.replace("languages: [{language: de, level: B2}]", ""))
    text = said(capsys)
    assert "Answer what is missing, one question at a time, the one that settles most first." in text
    assert " eligibility ask me.yaml --on 2026-11-29 " in text
