"""Mistakes of an author who has never programmed, and the help that leads out of them: obeying it mends the file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from eligibility.checks.files import look_at
from eligibility.reference import load_reference
from eligibility.wording import Words

Told = tuple[str, int, str]
DATES = "dates: {deadline: 2027-03-12, end: 2027-12-31}"


def told(criteria: str, folder: Path, dates: str = DATES) -> list[Told]:
    """The errors of a rule file with these criteria: their codes, the lines (the first criterion begins on line 6), and the help."""
    path = folder / "post.yaml"
    path.write_text(f"format: 1\nid: post\ntitle: {{fr: Poste, en: Post}}\n{dates}\ncriteria:\n{criteria}\n", "utf-8")
    found = look_at(str(path), load_reference(), date.fromordinal(738_000)).diagnostics
    return [(one.code, one.place.line, Words("en").problem(one.code, one.params).help) for one in found if one.code[0] == "E"]


MISTAKES = [
    # a dash is missing: one question instead of four orders to delete what is right
    ("  - id: a\n    kind: age\n    at_least: 3\n    id: b\n    kind: child\n    at_least: 1", [("E159", 9, "is a '- ' missing at the start of this line?")]),
    ("  - id: a\n    kind: age\n    at_least: 3\n    id: b", [("E159", 9, "is a '- ' missing")]),
    ("  - id: a\n    kind: age\n    at_least: 3\n    at_least: 4", [("E110", 9, "keep one of the two")]),
    # brackets
    ("  - {id: a, kind: age, at_most: 32, extended: [{add: 1 year, per: {kind: child}}}]}", [("E158", 6, "take it away, or write '{'")]),
    ("  - id: a\n    kind: age\n    extended:\n      - {add: 1 year, per: {kind: child}}}\n    at_most: 3", [("E158", 9, "take it away")]),
    ("  - id: a\n    kind: language\n    different: {of: en}, {of: EU}]", [("E158", 8, "write '[' where the list")]),
    ('  - id: a\n    kind: citizenship\n    of: [EU, "NO"}', [("E145", 8, "close it with ']'")]),
    ("  - id: a\n    kind: citizenship\n    of: [EU] and NO", [("E156", 8, "put all of the text in quotes")]),
    # a wrong unit, or a misspelt bound, is the one thing told
    ("  - {id: a, kind: residence, in: PT, including: [work], at_most: 12 times}", [("E217", 6, "write a length of time, such as 2 years")]),
    ("  - {id: a, kind: residence, in: PT, including: [work], at_mots: 12 months}", [("E203", 6, "did you mean `at_most`?")]),
    ("  - {id: a, kind: age, less_than: 32 months, extended: [{add: 1 year, per: {kind: child}}], never_beyond: 36}", [("E217", 6, "write an age in years and months")]),
    ("  - {id: a, kind: age, less_than: 32 years, extended: [{add: 1 year, per: {kind: child}}], never_beyond: 32}", [("E322", 6, "write the last value")]),
    ("  - {id: a, kind: age, moins_de: 32, extended: [{add: 1 year, per: {kind: child}}], never_beyond: 36}", [("E203", 6, "did you mean `less_than`?")]),
    ("  - {id: a, kind: age, extended: [{add: 1 year, per: {kind: child}}]}", [("E201", 6, "add `at_most:`")]),
    # French keys and kinds
    ("  - id: a\n    type: âge\n    moins_de: 32\n    as_of: deadline", [("E203", 7, "did you mean `kind: age`?")]),
    ("  - id: a\n    genre: diplôme\n    niveau: 7", [("E203", 7, "did you mean `kind: degree`?")]),
    ("  - {id: a, kind: diplôme}", [("E202", 6, "did you mean `degree`?")]),
    ("  - {id: a, kind: nationalité, de: FR}", [("E202", 6, "did you mean `citizenship`?")]),
    ("  - {id: a, kind: degree, niveau: 7}", [("E203", 6, "did you mean `level`?")]),
    ("  - {id: a, kind: degree, domaine: law}", [("E203", 6, "did you mean `field`?")]),
    ("  - {id: a, kind: experience, au_moins: 2 years}", [("E203", 6, "did you mean `at_least`?")]),
    ("  - id: a\n    as_of: deadline\n    at_least: 3", [("E201", 6, "add `kind:`")]),
    ("  - {id: a, type: refugee, in: FR}", [("E201", 6, "add `kind:`")]),
    # quotes of a word processor
    ("  - {id: a, kind: citizenship, of: [“NO”]}", [("E223", 6, 'did you mean `"NO"`?')]),
    ("  - {id: a, kind: age, at_least: “18”}", [("E207", 6, "did you mean `18`?")]),
]  # fmt: skip


@pytest.mark.parametrize(("criteria", "expected"), MISTAKES)
def test_the_help_names_what_is_wrong_and_nothing_else(criteria: str, expected: list[Told], tmp_path: Path) -> None:
    """One mistake is one problem, on its line, and its help does not destroy the file."""
    found = told(criteria, tmp_path)
    assert [one[:2] for one in found] == [one[:2] for one in expected]
    for (_, _, says), (_, _, part) in zip(found, expected, strict=True):
        assert part in says


DAYS = [
    ("12 March 2027, noon", "2027-03-12T12:00"),
    ("12 March 2027 at 5 pm", "2027-03-12T17:00"),
    ("12 mars 2027 à midi", "2027-03-12T12:00"),
    ("le 12 mars 2027 à 17h30", "2027-03-12T17:30"),
    ("13/03/2027 14:00", "2027-03-13T14:00"),
]


@pytest.mark.parametrize(("text", "meant"), DAYS)
def test_a_time_of_day_is_not_lost_in_what_is_suggested(text: str, meant: str, tmp_path: Path) -> None:
    """`noon` is a time."""
    ((code, _, says),) = told("  - {id: a, kind: age, at_least: 18}", tmp_path, f'dates: {{deadline: "{text}"}}')
    assert code == "E228"
    assert f'did you mean `"{meant}"`?' in says


@pytest.mark.parametrize("text", ["12 March 2027, 12:00 CET", "12/03/2027 14:00", "midnight on 12 March 2027"])
def test_what_may_mean_two_moments_gets_no_suggestion(text: str, tmp_path: Path) -> None:
    """A zone, a day and a month that may be swapped, midnight: the author has to tell."""
    ((code, _, says),) = told("  - {id: a, kind: age, at_least: 18}", tmp_path, f'dates: {{deadline: "{text}"}}')
    assert code == "E228"
    assert "did you mean" not in says


@pytest.mark.parametrize(("written", "says"), [("2027-09-31", "put it in quotes"), ('"2027-09-31"', "that the calendar has")])
def test_an_impossible_day_is_told_once_and_quotes_only_where_there_are_none(written: str, says: str, tmp_path: Path) -> None:
    """The criterion that is counted on it is not told, too."""
    found = told("  - {id: a, kind: age, at_least: 18, as_of: end}", tmp_path, f"dates: {{deadline: 2027-03-12, end: {written}}}")
    assert [one[:2] for one in found] == [("E105", 4)]
    assert says in found[0][2]
