"""`eligibility analyse`: what is found of rules with slips, and nothing of rules without; everybody who is shown is checked again."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from eligibility.cli import run
from eligibility.deciding.names import alike
from eligibility.engine import check
from eligibility.inventing.values import EARLIER_EMPLOYER, EMPLOYER
from eligibility.loading.models import open_vacancy, read_profile
from eligibility.reference import load_reference
from eligibility.verdict import FALSE

ROOT = Path(__file__).parent.parent.parent
HEAD = """
format: 1
id: post
title: {en: Post, fr: Poste}
as_of: deadline
jurisdiction: FR
dates: {deadline: 2027-03-31}
criteria:
"""
SOUND = """
  - {id: age, kind: age, at_least: 18, at_most: 35}
  - {id: citizen, kind: citizenship, of: EU}
  - {id: studies, any_of: [{kind: degree, level: {at_least: 7}}, {all_of: [{kind: degree, level: 6}, {kind: experience, at_least: 3 years}]}]}
  - {id: english, kind: language, of: en, level: {at_least: B2}, readings: [{name: {en: B2, fr: B2}, preferred: true}, {name: {en: C1, fr: C1}, level: {at_least: C1}}]}
  - {id: fit, kind: declared, fact: fit}
"""


@pytest.fixture
def rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.setenv("ELIGIBILITY_LANG", "en")
    return tmp_path / "post.yaml"


def analysed(rule: Path, capsys: pytest.CaptureFixture[str], criteria: str, *words: str) -> Any:
    """What is found, as JSON; it fits the schema, and everybody in it gets from the engine what is said of them."""
    rule.write_text(HEAD + criteria, "utf-8")
    assert run(["analyse", str(rule), "--format", "json", *words]) == 0
    document = json.loads(capsys.readouterr().out)
    jsonschema.validate(document, json.loads((ROOT / "schema" / "analyse.schema.json").read_text("utf-8")))
    [one] = document["vacancies"]
    for shown in one["fails"]:
        assert verdicts(rule, shown["witness"])[shown["criterion"]] == "fail"
    return one


def verdicts(rule: Path, witness: dict[str, Any]) -> dict[str, str]:
    profile, problems = read_profile(witness["profile"], load_reference())
    assert profile is not None, problems
    report = check(open_vacancy(str(rule), load_reference()).model, profile, date.fromisoformat(witness["on"]), load_reference())
    return {str(one.id): str(one.verdict) for one in report.findings}


def test_a_sound_rule(rule: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody passes, somebody fails each criterion and nothing else, by a day where there is a day; no slip."""
    one = analysed(rule, capsys, SOUND)
    assert one["findings"] == []
    assert set(verdicts(rule, one["passes"]).values()) == {"pass"}
    assert [(shown["criterion"], shown["also"]) for shown in one["fails"]] == [
        ("age", []), ("citizen", []), ("studies", []), ("english", []), ("fit", []),
    ]  # fmt: skip
    births = {shown["witness"]["profile"]["birth_date"] for shown in one["fails"] if shown["criterion"] == "age"}
    assert births <= {"2009-04-01", "1991-03-31"}


@pytest.mark.parametrize(
    ("slip", "code", "branch"),
    [
        ("{id: it, kind: age, at_least: 40, when: {kind: age, at_most: 30}}", "nobody", "it"),
        ("{id: it, kind: age, at_least: 40}", "together", "it"),
        ("{id: it, kind: age, at_least: 16}", "implied", "it"),
        ("{id: it, kind: citizenship, of: FR}", "implied", "citizen"),
        ("{id: it, kind: language, of: en, level: {at_least: B1}}", "implied", "it"),
        ("{id: it, kind: declared, fact: other, when: {kind: age, less_than: 18}}", "implied", "it"),
        ("{id: it, kind: declared, fact: other, unless: {kind: age, less_than: 10}}", "no_exception", "it.unless"),
        ("{id: it, any_of: [{kind: degree, level: {at_least: 6}}, {kind: degree, level: {at_least: 7}}]}", "covered", "it.any_of[1]"),
        ("{id: it, any_of: [{kind: age, less_than: 30}, {kind: age, more_than: 30}]}", "gap", "it"),
        ("{id: it, none_of: [{kind: declared, fact: fit}]}", "together", "it"),
        ("{id: it, none_of: [{kind: declared, fact: other, equals: false}]}", None, ""),
        ("{id: it, kind: experience, at_least: 2 years, at_most: 3 years}", None, ""),
        ("{id: it, kind: declared, fact: height_cm, at_least: 160, less_than: 160.5}", None, ""),
        ("{id: it, kind: declared, fact: fit, at_least: 1}", "together", "it"),
        ("{id: it, all_of: [{kind: declared, fact: height_cm, at_least: 160}, {kind: declared, fact: height_cm, less_than: 160}]}", "nobody", "it"),
        ("{id: it, all_of: [{kind: declared, fact: x, more_than: 160}, {kind: declared, fact: x, at_most: 160.5}]}", None, ""),
    ],
)
def test_a_slip(rule: Path, capsys: pytest.CaptureFixture[str], slip: str, code: str | None, branch: str) -> None:
    """It is found at its criterion, and nothing is said of a criterion that is none."""
    one = analysed(rule, capsys, f"{SOUND}  - {slip}\n")
    found = [(shown["code"], shown["branch"]) for shown in one["findings"] if shown["level"] == "slip"]
    assert (code, branch) in found if code is not None else found == []


def test_the_same_answer_every_time(rule: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two runs print the same bytes."""
    assert analysed(rule, capsys, SOUND) == analysed(rule, capsys, SOUND)


def test_a_slip_ends_with_1_where_that_is_asked_for(rule: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--fail-on found`, and only for a slip."""
    rule.write_text(HEAD + SOUND, "utf-8")
    assert run(["analyse", str(rule), "--fail-on", "found"]) == 0
    rule.write_text(f"{HEAD}{SOUND}  - {{id: it, kind: age, at_least: 40}}\n", "utf-8")
    assert run(["analyse", str(rule), "--fail-on", "found"]) == 1
    assert "nobody meets both `it` and `age`" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_narrow_terminals(rule: Path, capsys: pytest.CaptureFixture[str], language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """At 40 columns no line is longer."""
    monkeypatch.setenv("COLUMNS", "40")
    rule.write_text(f"{HEAD}{SOUND}  - {{id: it, kind: age, at_least: 40}}\n", "utf-8")
    assert run(["analyse", str(rule), "--lang", language]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 40


def test_a_hostile_rule(rule: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The search stops at its budget, and says what it did not look for; nothing is claimed of that."""
    monkeypatch.setattr("eligibility.analysing.people.WORK", 300)
    lines = [f"  - {{id: c{n}, kind: experience, at_least: {n + 9000} years, as_of: deadline}}" for n in range(20)]
    one = analysed(rule, capsys, "\n".join(lines) + "\n")
    assert one["stopped"]
    assert len(one["unsettled"]) > 10
    assert len(one["findings"]) < 20


def test_a_home_that_may_be_anywhere(rule: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A criterion that names no place is met by whoever has one."""
    found = analysed(rule, capsys, "  - {id: home, kind: domicile}\n")
    assert found["passes"]["profile"]["domicile"]


RULES = [path for path in sorted((ROOT / "rules").glob("*.yaml")) if ".cases" not in path.name]


@pytest.mark.parametrize("rule_file", RULES, ids=lambda path: path.stem)
def test_our_own_rules_have_no_slip(rule_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is told as a slip of a vacancy that has none."""
    assert run(["analyse", str(rule_file), "--fail-on", "found"]) == 0, capsys.readouterr().out


def test_a_change_of_employer(rule: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever changed the employer is made up: two readings of a seniority, with one employer or with the state, differ."""
    state = "{kind: experience, employer: national_administration, at_least: 1 year, unbroken: true}"
    readings = f"[{{name: {{en: a, fr: a}}, preferred: true}}, {{name: {{en: b, fr: b}}, any_of: [{{kind: employment, at_least: 1 year}}, {state}]}}]"
    assert analysed(rule, capsys, f"  - {{id: it, kind: employment, at_least: 1 year, readings: {readings}}}\n")["findings"] == []


def test_employers_made_up_are_two() -> None:
    """Their names are surely two names."""
    assert alike(EMPLOYER, EARLIER_EMPLOYER, {}) is FALSE
