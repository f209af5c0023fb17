"""What a newcomer writes, what is told, and what it suggests: each hint shows the line as it should be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from eligibility.checks.files import look_at
from eligibility.loading.models import open_profile
from eligibility.reference import load_reference
from eligibility.wording import Words

RULE = """\
format: 1
id: post
title: {fr: Poste, en: Post}
dates: {deadline: 2099-06-30, start: 2099-09-01}
criteria:
"""


def told(text: str, folder: Path, language: str = "en") -> list[tuple[str, int, int, str, str]]:
    """Code, line, column, message and help of each error of a file."""
    path = folder / "post.yaml"
    path.write_text(text, "utf-8")
    found = look_at(str(path), load_reference(), date.min).diagnostics
    words = Words(language)
    return [(one.code, one.place.line, one.place.column, *words.problem(one.code, one.params)) for one in found if one.is_error]


CRITERIA = [
    # the key that says what is asked
    ("{id: a, knd: age, at_least: 18}", "E203", "knd", "did you mean `kind`?"),
    ("{id: a, any-of: [{kind: judged}]}", "E203", "any-of", "did you mean `any_of`?"),
    ("{id: a, kind age}", "E203", "kind age", "did you mean `kind: age`?"),
    ("{id: a, at_least: 18}", "E201", "{id", "add `kind:`"),
    ("{kind: age, at_least: 18}", "E201", "{kind", "add `id:`"),
    ("{id: a, kind: résidence_permanente, of: CA}", "E202", "résidence", "did you mean `permanent_residence`?"),
    ("{id: a, kind: degree, any_of: [{kind: judged}]}", "E219", "any_of", "put each into an entry of `all_of`"),
    ("{id: a, any_of: {kind: judged}}", "E204", "any_of", "each beginning with a dash"),
    # words that a profile may write
    ("{id: a, kind: citizenship, whose: mère, of: FR}", "E205", "mère", "did you mean `parent`?"),
    ("{id: a, kind: degree, title: MSc}", "E205", "MSc", "did you mean `master`?"),
    # quantities
    ("{id: a, kind: age, at_least: '18'}", "E207", "'18'", "did you mean `18`?"),
    ("{id: a, kind: experience, at_least: 3 ans}", "E207", "3 ans", "did you mean `3 years`?"),
    ("{id: a, kind: experience, at_least: 1 an et 6 mois}", "E207", "1 an", "did you mean `1 year and 6 months`?"),
    ("{id: a, kind: experience, at_least: Three Years}", "E207", "Three", "did you mean `3 years`?"),
    ("{id: a, kind: experience, at_least: 60 credits}", "E217", "60 credits", "write a length of time, such as 2 years"),
    ("{id: a, kind: participation, at_most: 0 fois}", "E207", "0 fois", "did you mean `0 times`?"),
    ("{id: a, kind: residence, in: FR, at_least: 1 an, unbroken: true}", "E207", "1 an", "did you mean `1 year`?"),
    # places, languages, levels
    ("{id: a, kind: citizenship, of: Maroc}", "E223", "Maroc", "did you mean `MA`?"),
    ("{id: a, kind: citizenship, of: Norvège}", "E223", "Norvège", 'did you mean `"NO"`?'),
    ("{id: a, kind: citizenship, of: UE}", "E223", "UE", "did you mean `EU`?"),
    ("{id: a, kind: citizenship, of: Union européenne}", "E223", "Union", "did you mean `EU`?"),
    ("{id: a, kind: degree, level: bac+5}", "E204", "bac+5", "master 7"),
    ("{id: a, kind: citizenship, of: Icesco}", "E223", "Icesco", "did you mean `ICESCO`?"),
    ("{id: a, kind: language, of: français}", "E222", "français", "did you mean `fr`?"),
    ("{id: a, kind: language, of: fr, level: C1}", "E221", "C1", "did you mean `{at_least: C1}`?"),
    # references
    ("{id: a, kind: citizenship, of: {list: members}}", "E215", "members", "known here: nothing; lists are written under `lists`"),
    ("{id: a, kind: choice, choice: track, equals: law}", "E214", "track", "known here: nothing; choices and their options"),
    ("{id: a, kind: judged, readings: [{name: x, prefered: true}, {name: y, preferred: true}]}", "E203", "prefered", "did you mean `preferred`?"),
    ("{id: a, kind: judged, label: }", "E204", "label", "write words in two languages"),
]  # fmt: skip


@pytest.mark.parametrize(("criterion", "code", "at", "hint"), CRITERIA)
def test_a_slip_in_a_criterion(criterion: str, code: str, at: str, hint: str, tmp_path: Path) -> None:
    """One problem and no other, where the slip is, with the words that mend it."""
    line = f"  - {criterion}"
    found = told(RULE + line + "\n", tmp_path)
    assert [(one[0], one[1], one[2]) for one in found] == [(code, 6, line.index(at) + 1)]
    assert hint in found[0][4]
    assert not {"{'", "True", "None"} & set(found[0][3].split())


HEADERS = [
    ("dates: {deadline: 30/06/2099}", "E106", "did you mean `2099-06-30`?"),
    ("dates: {deadline: 1er octobre 2099}", "E106", "did you mean `2099-10-01`?"),
    ("dates: {deadline: 'June 30, 2099'}", "E106", "did you mean `2099-06-30`?"),
    ("dates: {deadline: 2099-6-3}", "E106", "did you mean `2099-06-03`?"),
    ("dates: {deadline: 2099-06-30, start: from 2099-07-01 to 2099-09-30}", "E106", "did you mean `{from: 2099-07-01, to: 2099-09-30}`?"),
    ("dates: {deadline: 2099-06-30 23h59}", "E228", 'did you mean `"2099-06-30T23:59"`?'),
    ("dates: {deadline: 2099-06-30, start: {at: {from: 2099-07-01}}}", "E106", "write a date as YYYY-MM-DD"),
    ("zone: Paris", "E231", "did you mean `Europe/Paris`?"),
    ("zone: Rabat\njurisdiction: MA", "E231", "did you mean `Africa/Casablanca`?"),
    ("jurisdiction: Maroc", "E223", "did you mean `MA`?"),
    ("id: Guide_Musée", "E227", "did you mean `guide-musee`?"),
]


@pytest.mark.parametrize(("lines", "code", "hint"), HEADERS)
def test_a_slip_in_the_header(lines: str, code: str, hint: str, tmp_path: Path) -> None:
    """The suggestion is what can be typed in its place."""
    keys = {line.partition(":")[0] for line in lines.splitlines()}
    header = [line for line in RULE.splitlines() if line.partition(":")[0] not in keys]
    found = told("\n".join([*header[:-1], lines, "criteria:", "  - {id: a, kind: judged}", ""]), tmp_path)
    assert [one[0] for one in found] == [code]
    assert hint in found[0][4]


@pytest.mark.parametrize("written", ["03/04/2099", "30/06/99", "the 30th", "2099", "31 février 2099"])
def test_a_date_that_may_be_two_days_is_not_guessed(written: str, tmp_path: Path) -> None:
    """The day and the month may be swapped, or there is no such day."""
    found = told(RULE.replace("2099-06-30", written) + "  - {id: a, kind: judged}\n", tmp_path)
    assert found
    assert "did you mean" not in found[0][4]


SYNTAX = [
    ('title: {fr: "Poste", en: "Post")', 3, 32, "E145", "close it with '}'"),
    ('title: {fr: "Poste" en: "Post"}', 3, 21, "E146", "write a comma"),
    ("title: {fr: Poste en: Post}", 3, 21, "E155", "perhaps a comma is missing"),
    ("title: {fr: Poste, en: Post", 3, 8, "E145", "close it with '}'"),
    ('title:\n      fr: "Poste"\n   en: "Post"', 5, 4, "E141", "in the same column"),
]


@pytest.mark.parametrize(("lines", "line", "column", "code", "hint"), SYNTAX)
def test_a_slip_of_a_bracket_or_a_space(lines: str, line: int, column: int, code: str, hint: str, tmp_path: Path) -> None:
    """The place is where the hand slipped, not where the reader gave up."""
    found = told(f"format: 1\nid: post\n{lines}\n", tmp_path)
    assert [one[:3] for one in found] == [(code, line, column)]
    assert hint in found[0][4]


def test_a_bracket_that_the_file_ends_in(tmp_path: Path) -> None:
    assert told("id: post\ntitle: {\n", tmp_path)[0][:3] == ("E145", 2, 8)


def test_everything_is_told_in_one_run_in_the_order_of_the_file(tmp_path: Path) -> None:
    """Wrong values, keys, references and words of every part of the file, each once."""
    text = """\
format: 1
id: Post
title: {fr: Poste, en: Post}
jurisdiction: Maroc
zone: Rabat
as_of: debut
dates: {deadline: 30/06/2099, start: 2099-02-30}
choices: {track: {options: {law: Law, arts: Arts}}}
lists: {partners: [MA, SN]}
conditions:
  - {id: student, kind: enrolmnt}
criteria:
  - {id: age, kind: age, atleast: 18, as_of: start}
  - {id: age, kind: degree, level: bac+5}
  - {id: work, kind: experience, at_least: 3 ans, field: évaluation_ia}
  - {id: status, met: studant}
  - {id: origin, any_of: {kind: citizenship, of: FR}}
  - {id: of, kind: citizenship, of: {list: partner}}
  - {id: choice, kind: choice, choice: track, equals: laws}
  - {kind: judged}
  - {id: language, kind: language, of: [french, en], level: C1, during: {within: 2 years}}
  - any_of: [{knd: age}, {kind: age, at_least: 18 weeks}]
    kind: age
information:
  - {clause: "1"}
"""
    found = told(text, tmp_path)
    assert [(one[0], one[1]) for one in found] == [
        ("E227", 2), ("E223", 4), ("E231", 5), ("E206", 6), ("E106", 7), ("E105", 7), ("E202", 11), ("E203", 13), ("E301", 14),
        ("E204", 14), ("E207", 15), ("E205", 15), ("E212", 16), ("E204", 17), ("E215", 18), ("E214", 19), ("E201", 20), ("E222", 21),
        ("E221", 21), ("E238", 21), ("E209", 21), ("E201", 22), ("E203", 22), ("E217", 22), ("E219", 23), ("E201", 25),
    ]  # fmt: skip
    assert [one[1:3] for one in found] == sorted(one[1:3] for one in found)


def test_a_misspelt_key_is_not_told_as_missing_too(tmp_path: Path) -> None:
    """`titre` and `criteres` are told once each, as what they were meant to be; `dates` that are not there are nobody's slip."""
    found = told("format: 1\nid: post\ntitre: Poste\ncriteres:\n  - {id: a, kind: judged}\n", tmp_path)
    assert [(one[0], one[1]) for one in found] == [("E203", 3), ("E203", 4)]


def test_criteria_without_dashes(tmp_path: Path) -> None:
    """The message shows how a list of criteria is written."""
    found = told("format: 1\nid: post\ntitle: Post\ncriteria:\n  id: age\n  kind: age\n", tmp_path)
    assert [one[0] for one in found] == ["E204"]
    assert "each beginning with a dash: - {kind: …}" in found[0][3]


def test_a_country_in_the_language_of_the_reader(tmp_path: Path) -> None:
    """What a word was read as is told in the reader's language."""
    path = tmp_path / "me.yaml"
    path.write_text("citizenships: [UK]\n", "utf-8")
    (one,) = look_at(str(path), load_reference(), date.min).diagnostics
    assert "Royaume-Uni" in Words("fr").problem(one.code, one.params).message
    assert "United Kingdom" in Words("en").problem(one.code, one.params).message


PROFILE = """\
birth_date: 20/05/2001
citizenship: [FR]
citizenships: [Maroc, NO, YU]
degrees:
  - {level: 9, title: masterr, awarded: 2023-13}
languages: [{language: french, level: C3}, {language: klingon}]
experience:
  - {from: 2022-01-01, to: 2021-01-01, rate: 0.8}
  - {from: 2022-01-01, to: maintenant}
relatives: [{residences: [{in: FR, from: 2020, to: 2019-12}]}]
"""


def test_everything_is_told_of_a_profile_in_one_run(tmp_path: Path) -> None:
    """A record that ends before it begins is told beside whatever else is wrong, in the order of the file."""
    path = tmp_path / "me.yaml"
    path.write_text(PROFILE, "utf-8")
    found = look_at(str(path), load_reference(), date.min).diagnostics
    assert [(one.code, one.place.line) for one in found] == [
        ("N204", 1), ("E203", 2), ("N204", 3), ("W101", 3), ("W203", 3), ("E204", 5), ("W202", 5), ("E105", 5), ("N204", 6), ("E226", 6),
        ("W202", 6), ("E233", 8), ("W207", 8), ("N204", 9), ("E201", 10), ("E233", 10),
    ]  # fmt: skip
    words = Words("en")
    told_of = {(one.code, one.place.line): words.problem(one.code, one.params) for one in found}
    assert told_of["E204", 5].message == "`9` is not a number from 1 to 8"
    assert "did you mean `citizenships`?" in told_of["E203", 2].help
    assert told_of["W207", 8].message.startswith("`0.8` may mean 80% or 0.8%")
    assert told_of["N204", 9].message == "`maintenant`: read as `ongoing`"


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("level: not fluent", "reached today"), ("level: B2 (expected 2027)", "reached today"), ("level: 'lu, écrit, parlé'", "`reading: C1`"),
        ("level: good writing", "`reading: C1`"), ("reading: native", "`native: true` beside"), ("level: xyz", "a word for it"),
    ],
)  # fmt: skip
def test_the_advice_about_a_level_answers_what_was_written(typed: str, advice: str, tmp_path: Path) -> None:
    path = tmp_path / "me.yaml"
    path.write_text(f"languages: [{{language: es, {typed}}}]\n", "utf-8")
    (problem,) = [one for one in open_profile(str(path), load_reference()).diagnostics if one.code == "E226"]
    assert advice in Words("en").problem(problem.code, problem.params).help
