"""`show --plan`: what will be decided, in order, and what is read once for several questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from eligibility.cli import run
from eligibility.loading.models import load_vacancy
from eligibility.reference import load_reference
from eligibility.reporters.describe import Describer
from eligibility.reporters.plan import Step, plan_of
from eligibility.vacancy import Vacancy
from eligibility.wording import Words

ROOT = Path(__file__).parents[2]
RULES = sorted(path for path in (ROOT / "rules").glob("*.yaml") if not path.name.endswith(".cases.yaml"))


def steps(path: Path) -> tuple[Step, ...]:
    vacancy = load_vacancy(str(path), load_reference())
    return plan_of(Describer(vacancy, Words("en"), load_reference(), 80))


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_a_step_comes_after_what_it_is_made_of(path: Path) -> None:
    for step in steps(path):
        assert all(part < step.number for part in step.parts)
        assert step.again is None or step.again < step.number
        assert not (step.parts and step.sources)  # what is made of parts reads nothing by itself


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_every_criterion_that_the_program_decides_is_a_step_of_its_own(path: Path) -> None:
    vacancy = load_vacancy(str(path), load_reference())
    decided = [one for one in vacancy.criteria if one.get("kind") != "judged"]
    assert sum(step.depth == 0 for step in steps(path)) == len(decided)


def test_what_is_asked_twice_is_told_with_the_step_that_asks_it_first() -> None:
    found = steps(ROOT / "rules" / "connect-seconded-expert-2024.yaml")
    again = [one for one in found if one.again is not None]
    assert again
    for one in again:
        first = found[(one.again or 0) - 1]
        assert (one.asks, one.day) == (first.asks, first.day)


@pytest.mark.parametrize(("language", "title", "shared"), [("en", "in order:", "Read once"), ("fr", "dans l'ordre\u00a0:", "Lu une fois")])
def test_the_command_prints_it_in_both_languages(language: str, title: str, shared: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "icesco-p039", "--plan", "--lang", language]) == 0
    text = capsys.readouterr().out
    assert title in text.partition("\n  1 ")[0]
    assert shared in text
    assert all(len(line) <= 80 for line in text.splitlines())


def test_it_tells_what_a_table_decides_person_by_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    criteria = "  - {id: kin, kind: citizenship, of: CA, whose: [parent]}\n  - {id: own, kind: citizenship, of: CA}\n"
    (tmp_path / "r.yaml").write_text(f"format: 1\nid: r\ntitle: {{en: R, fr: R}}\ncriteria:\n{criteria}", "utf-8")
    assert run(["show", "r", "--plan", "--rules", str(tmp_path), "--lang", "en"]) == 0
    assert "person by person: kin (`whose`)." in capsys.readouterr().out
    assert run(["show", "icesco-p039", "--plan", "--lang", "en"]) == 0
    assert "for everybody at once." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "An exception can be granted by the jury if: "), ("fr", "Une exception peut être accordée par le jury si\u00a0: ")],
)
def test_who_may_grant_an_exception(language: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rule = "  - {id: it, kind: age, at_most: 30, derogation: {kind: age, at_most: 35, granted_by: {en: the jury, fr: le jury}}}\n"
    (tmp_path / "r.yaml").write_text(f"format: 1\nid: r\ntitle: {{en: R, fr: R}}\ncriteria:\n{rule}", "utf-8")
    assert run(["show", "r", "--plan", "--rules", str(tmp_path), "--lang", language]) == 0
    assert told in capsys.readouterr().out


def test_the_parts_of_a_whole_are_told_in_one_step() -> None:
    vacancy = Vacancy.from_dict({
        "id": "post", "title": "Post",
        "criteria": [{"id": "it", "any_of": [
            {"together": [{"kind": "study", "whole": "12 months"}, {"kind": "experience", "whole": "24 months"}]},
            {"kind": "age", "at_least": 40},
        ]}],
    })  # fmt: skip
    for language in ("en", "fr"):
        found = plan_of(Describer(vacancy, Words(language), load_reference(), 80))
        assert [one.sources for one in found if not one.parts] == [("studies", "experience"), ("birth_date",)]


def test_a_vacancy_with_choices_is_decided_person_by_person_in_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    choices = "choices:\n  host: {country: true, asked: Where?}\ncriteria:\n  - {id: own, kind: citizenship, of: CA}\n"
    (tmp_path / "post.yaml").write_text(f"format: 1\nid: post\ntitle: Post\n{choices}", "utf-8")
    assert run(["show", "post", "--plan", "--rules", str(tmp_path), "--lang", "en"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert "In tables of people, decided person by person" in text
    assert "at once" not in text
