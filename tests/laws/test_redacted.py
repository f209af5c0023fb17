"""What is redacted says nothing of names and dates of birth: only verdicts may follow from them."""

from __future__ import annotations

import io
import json
import re
from contextlib import redirect_stderr, redirect_stdout
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from eligibility.cli import run
from eligibility.engine import check
from eligibility.profile import Profile
from eligibility.redacted import redacted
from eligibility.reference import load_reference
from eligibility.report import Report
from eligibility.vacancy import Vacancy

REFERENCE = load_reference()
RULE = """
format: 1
id: post
title: {en: Post, fr: Poste}
organisation: {en: Office, fr: Bureau}
jurisdiction: FR
as_of: application
dates: {deadline: 2027-09-30}
choices:
  track: {chosen_by: applicant, options: {inside: {en: Inside, fr: Interne}, outside: {en: Outside, fr: Externe}}}
conditions:
  - {id: young, kind: age, less_than: 30}
criteria:
  - {id: age, kind: age, at_least: 18, at_most: 35}
  - {id: age-inside, kind: age, at_most: 50, when: {chosen: inside}}
  - {id: moved, kind: age, at_most: 33, extended: [{add: 1 year, per: {kind: child, dependent: true}}], never_beyond: 38}
  - {id: not-past, kind: age, at_most: 35, counted: not_past_birthday, importance: desirable}
  - id: way
    any_of: [{kind: age, at_most: 25}, {kind: degree, level: 7}]
  - id: readings
    kind: age
    at_most: 40
    readings: [{name: {en: strict, fr: strict}, at_most: 30, preferred: true}, {name: {en: wide, fr: large}}]
  - {id: again, met: young, importance: desirable}
  - {id: degree, kind: degree, level: 7, when: {kind: age, at_least: 25}}
  - {id: experience, kind: experience, at_least: 3 years}
  - {id: brother, kind: citizenship, of: FR, whose: [sibling], importance: desirable}
  - {id: child, kind: child, born: {after: 2020-01-01}, importance: desirable}
  - {id: leave, kind: leave, type: parental, at_least: 2 years, importance: desirable}
  - id: each
    kind: age
    at_most: 60
    extended: {largest: [{add: 1 year}, {add: length, of: {kind: leave, type: parental}}], per: {kind: child}}
"""
VACANCY = Vacancy.from_dict(yaml.safe_load(RULE), REFERENCE)
NAMES = st.sampled_from(["Aïssatou Ouédraogo", "Zbigniew Brzęczyszczykiewicz", "O'Hara <b>", "Quetzal", None])
BIRTHS = st.dates(date(1960, 1, 1), date(2010, 12, 31)).map(date.isoformat)
VAGUE = st.one_of(BIRTHS, BIRTHS.map(lambda one: one[:7]), BIRTHS.map(lambda one: one[:4]), st.none())
DAY = "2027-05-02"
LEFT = st.fixed_dictionaries(
    {},
    optional={
        "degrees": st.sampled_from([[], [{"title": "master", "level": 7, "awarded": "2022-03"}]]),
        "experience": st.sampled_from([[], [{"from": "2020-01-01", "to": "2025-01-01", "rate": "100%"}]]),
        "languages": st.just([{"language": "fr", "native": True}]),
    },
)


def person(rest: dict[str, Any], name: str | None, birth: str | None, child: str | None) -> dict[str, Any]:
    data = dict(rest) | {"children": [{"dependent": True} | ({} if child is None else {"born": child})]}
    data["leaves"] = [{"type": "parental", "from": "2026-01-01", "to": "2026-06-30"} | ({} if child is None else {"child": child})]
    data["relatives"] = [{"relation": "sibling", "citizenships": ["FR"]} | ({} if name is None else {"name": name})]
    if birth is not None:
        data["birth_date"] = data["relatives"][0]["birth_date"] = birth
    return data | ({} if name is None else {"name": name, "id": name[:3]})


def verdicts(report: Report) -> list[Any]:
    every = [report.findings, *(one.findings for one in report.tracks)]
    return [report.outcome, *(one.outcome for one in report.tracks), *(one.verdict for findings in every for one in findings)]


def shown(data: dict[str, Any], file: str, *options: str) -> str:
    """What the command prints and writes, of a profile in a file called so."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "post.yaml").write_text(RULE, "utf-8")
        path = Path(folder) / file
        path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            assert run(["check", str(path), "--rules", str(Path(folder) / "post.yaml"), "--on", DAY, "--redact", *options]) == 0
        return out.getvalue()


FORMS = [("--format", "text"), ("--detail",), ("--format", "json", "--papers"), ("--format", "jsonl"), ("--format", "html"), ("--papers", "--lang", "fr"),
         ("--format", "html", "--lang", "fr"), ("--with", "languages: [{language: de, level: B2}]")]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(LEFT, NAMES, NAMES, VAGUE, VAGUE, VAGUE, VAGUE, st.sampled_from(FORMS))
def test_two_people_of_the_same_verdicts_are_the_same_bytes(
    rest: dict[str, Any], name: str | None, other: str | None, birth: str | None, later: str | None, child: str | None, twin: str | None,
    form: tuple[str, ...],
) -> None:  # fmt: skip
    """Whatever they are called, whenever they and their children were born, in whichever format."""
    one, two = person(rest, name, birth, child), person(rest, other, later, twin)
    reports = [check(VACANCY, Profile.from_dict(data, REFERENCE), date.fromisoformat(DAY), REFERENCE) for data in (one, two)]
    assume(verdicts(reports[0]) == verdicts(reports[1]))
    assert shown(one, "one.yaml", *form) == shown(two, "quite-another.yaml", *form)


@settings(max_examples=40, deadline=None)
@given(LEFT, st.integers(0, 12000), st.sampled_from(FORMS))
def test_no_name_no_day_and_no_age_is_in_it(rest: dict[str, Any], days: int, form: tuple[str, ...]) -> None:
    """Every number in it is one that stands there of somebody of another age with the same verdicts, or of nobody."""
    birth = date(1960, 1, 1) + timedelta(days)
    text = shown(person(rest, "Zyxwvut Qponmlk", birth.isoformat(), birth.isoformat()), "zyxwvut.yaml", *form)
    assert not re.search("zyxwvut|qponmlk", text, re.IGNORECASE)
    assert birth.isoformat() not in text
    nobody = set(re.findall(r"[0-9]+", shown(dict(rest), "x.yaml", *form) + RULE + DAY))
    born = {str(birth.year), str(2027 - birth.year), str(2026 - birth.year)} - nobody
    assert not born & set(
        re.findall(r"[0-9]+", re.sub(r"sha256-\S+|<style>.*?</style>|\"[a-z_]*digest\": \"[0-9a-f]+\"", "", text, flags=re.DOTALL))
    )


@pytest.mark.parametrize("form", FORMS)
def test_it_says_that_something_is_left_out(form: tuple[str, ...]) -> None:
    text = shown(person({}, "Léa", "1998-03-15", None), "lea.yaml", *form)
    assert "redacted" in text or "are left out" in text or "laiss" in text


def test_what_has_closed_is_told_as_on_its_last_day() -> None:
    """As without redaction: the day, how long ago that is, and what is counted on it."""
    data = person({"experience": [{"from": "2025-01-15", "to": "ongoing", "rate": "100%"}]}, "Léa", "1998-03-15", None)
    [report] = json.loads(shown(data, "lea.yaml", "--format", "json", "--on", "2028-01-01"))["reports"]
    assert (report["on"], report["closing"], report["deadline"]["days_left"]) == ("2027-09-30", "closed", -93)
    [experience] = [one for one in report["findings"] if one["id"] == "experience"]
    assert experience["verdict"] == "fail"
    assert experience["gap"]["amount"] > 90


def test_the_verdicts_stay_and_the_digest_of_the_file_goes() -> None:
    """A digest of what is left out could be tried."""
    profile = Profile.from_dict(person({}, "Léa", "1998-03-15", None), REFERENCE)
    whole = check(VACANCY, profile, date.fromisoformat(DAY), REFERENCE)
    less = redacted(whole, VACANCY, profile, date.fromisoformat(DAY), REFERENCE)
    assert verdicts(less) == verdicts(whole)
    assert whole.receipt.profile_digest is not None
    assert less.receipt.profile_digest is None
    assert less.redacted
    assert less.candidate is None
    assert not whole.redacted
