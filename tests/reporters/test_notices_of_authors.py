"""What people are told of conditions as notices have them: a limit by category that is moved, a fact that must not be so, a language of a
list, a competition that was chosen; in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from eligibility.cli import run

RULE = """
format: 1
id: exam
title: {en: Civil services, fr: Fonction publique}
dates: {deadline: 2027-03-01}
choices: {category: {options: {general: {en: General, fr: Générale}, obc: {en: OBC, fr: OBC}}}}
criteria:
  - id: age
    as_of: deadline
    kind: age
    less_than: {by: category, values: {general: 32, obc: 35}}
    extended: [{add: 10 years, when: {kind: declared, fact: disabled}}]
    never_beyond: 40
  - {id: language, kind: language, of: [hi, bn, ta, te, mr, gu, ur], level: {at_least: B2}}
  - {id: official, kind: language, of: [EU, "no"], level: {at_least: B2}}
  - {id: debts, label: {en: Finances in order, fr: Finances saines}, kind: declared, fact: excessive_debts, equals: false}
  - {id: test, kind: language, of: en, test: {toefl_ibt: 90}}
  - id: way
    any_of:
      - all_of: [{kind: choice, choice: category, equals: general}, {kind: child}]
      - all_of: [{kind: choice, choice: category, equals: obc}, {kind: child, at_least: 3}]
"""
PROFILE = """
birth_date: 1996-01-01
children: []
languages: [{language: en, tests: [{test: toefl_ibt, score: 80, taken: 2026-06-29}]}]
facts: {disabled: true}
applications: [{vacancy: exam, choices: {category: obc}}]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "exam.yaml").write_text(RULE, "utf-8")
    (tmp_path / "me.yaml").write_text(PROFILE, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    run([*words, "--rules", "exam.yaml"])
    return " ".join(capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.mark.parametrize(
    ("lang", "moved", "most", "listed", "official"),
    [("en", "OBC = 35 years) (may be moved: 10 years more if", "never beyond 40 years", "language: Hindi, Bangla, Tamil, Telugu, Marathi, Gujarati or Urdu",
      "language: an official language of the EU or Norwegian"),
     ("fr", "OBC = 35 ans) (peut être", "40 ans", "hindi, bengali, tamoul, télougou, marathi, goudjarati ou ourdou",
      "une langue officielle de l'UE ou norvégien")],
)  # fmt: skip
def test_show_tells_all_of_a_rule(
    lang: str, moved: str, most: str, listed: str, official: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A limit that depends on a choice may be moved, too; seven languages are no official languages of the EU."""
    shown = told(capsys, "show", "exam", "--lang", lang)
    assert moved in shown
    assert most in shown
    assert listed in shown
    assert official in shown


@pytest.mark.parametrize(("lang", "question"), [("en", "Is this so: excessive debts? (yes, no)"), ("fr", "Est-ce le cas : excessive debts ? (oui, non)")])
def test_a_fact_that_must_not_be_so_is_asked_for_itself(lang: str, question: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """ "Is this so: Finances in order?", answered yes, noted debts and kept out whoever had none."""
    (folder / "debts.yaml").write_text(RULE[: RULE.index("choices:")] + "criteria:\n" + next(line + "\n" for line in RULE.splitlines() if "id: debts" in line), "utf-8")
    run(["ask", "me.yaml", "--list", "--on", "2027-02-01", "--lang", lang, "--rules", "debts.yaml"])
    assert question in " ".join(capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ").split())
    assert question in told(capsys, "check", "me.yaml", "--on", "2027-02-01", "--detail", "--lang", lang)


def test_what_a_profile_says_is_told_as_it_writes_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No braces and quotes of the program's, no True."""
    (folder / "me.yaml").write_text(PROFILE.replace("disabled: true", "disabled: true, excessive_debts: true"), "utf-8")
    report = told(capsys, "check", "me.yaml", "--on", "2027-02-01", "--detail")
    assert "tests: test toefl_ibt, score 80, taken 2026-06-29" in report
    assert "facts.excessive_debts: true" in report


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_nearest_way_in_is_one_of_the_option_that_was_chosen(lang: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever competes as OBC is told what lacks there, not that another competition was not chosen."""
    report = told(capsys, "check", "me.yaml", "--on", "2027-02-01", "--detail", "--lang", lang)
    assert {"en": "You chose otherwise", "fr": "Vous avez choisi autrement"}[lang] not in report
