"""Reports, findings and questions in words for whoever embeds the package."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from eligibility import Finding, Profile, Reference, Report, Vacancy, Verdict, check, engine, load_profile, load_vacancy
from eligibility.loading.files import find_files
from eligibility.reference import load_reference
from eligibility.verdict import Cause

ROOT = Path(__file__).parents[2]
DAY = date(2023, 9, 15)
VACANCIES = [load_vacancy(path) for path in find_files(str(ROOT / "rules"))]
PEOPLE = find_files(str(ROOT / "profiles"))


def every(findings: tuple[Finding, ...]) -> Iterator[Finding]:
    for one in findings:
        yield one
        yield from every(one.children)


@pytest.mark.parametrize("path", PEOPLE, ids=lambda path: Path(path).stem)
def test_every_finding_has_its_sentence_in_both_languages_and_every_report_its_text(path: str) -> None:
    person = load_profile(path)
    for vacancy in VACANCIES:
        report = check(vacancy, person, DAY)
        for finding in every((*report.findings, *report.judged, *(one for track in report.tracks for one in track.findings))):
            assert finding.text()
            assert finding.text("fr") == finding.text("fr") != ""
        shown = {language: " ".join(report.text(language).split()) for language in ("en", "fr")}
        for finding in report.required:
            if Cause.READINGS not in finding.causes:  # what is asked word for word above is not repeated
                for language, text in shown.items():
                    assert " ".join(finding.text(language).split()).replace(" ", " ") in text.replace(" ", " ")


@pytest.mark.parametrize("path", PEOPLE, ids=lambda path: Path(path).stem)
def test_what_is_missing_is_asked_once_and_names_every_criterion_that_is_open_for_it(path: str) -> None:
    for vacancy in VACANCIES:
        report = check(vacancy, load_profile(path), DAY)
        asked = report.missing
        assert len({one.text() for one in asked}) == len(asked)
        open_ones = {one.id for one in report.required if one.verdict is Verdict.UNKNOWN and Cause.MISSING_FACT in one.causes}
        assert {name for one in asked for name in one.criteria} == open_ones
        for one in asked:
            assert one.path == one.paths[0]
            assert one.text("fr") != one.text()
        within = {path for one in report.required if one.id in open_ones for path in one.missing}
        assert {path for one in asked for path in one.paths} <= within


def test_two_criteria_that_want_the_same_fact_ask_one_question() -> None:
    rule = {"id": "post", "title": "Post", "criteria": [
        {"id": "adult", "kind": "age", "at_least": 18}, {"id": "young", "kind": "age", "at_most": 30},
        {"id": "work", "any_of": [{"kind": "degree", "level": 7}, {"kind": "experience", "at_least": "2 years"}]},
    ]}  # fmt: skip
    found = check(Vacancy.from_dict(rule), Profile.from_dict({}), DAY).missing
    assert [(one.paths, one.criteria) for one in found] == [
        (("birth_date",), ("adult", "young")), (("degrees",), ("work",)), (("experience",), ("work",)),
    ]  # fmt: skip
    assert found[0].text("fr") == "Quelle est votre date de naissance\u00a0?"
    with pytest.raises(ValueError, match="no words in 'de'"):
        found[0].text("de")


def test_a_sentence_names_what_the_profile_says_and_what_nothing_knows() -> None:
    rule = {"id": "post", "title": "Post", "criteria": [{"id": "eu", "kind": "citizenship", "of": "EU"}]}
    text = check(Vacancy.from_dict(rule), Profile.from_dict({"citizenships": ["Francce"]}), DAY).findings[0].text()
    assert "`Francce`" in text


WAYS: dict[str, Callable[[Report], Report]] = {
    "pickle": lambda one: pickle.loads(pickle.dumps(one)), "copy": copy.copy, "deepcopy": copy.deepcopy, "model_copy": lambda one: one.model_copy(),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_a_copy_says_what_the_report_says(way: str) -> None:
    for vacancy in VACANCIES:
        report = check(vacancy, load_profile(PEOPLE[0]), DAY)
        again = WAYS[way](report)
        assert again == report
        assert again.text("fr") == report.text("fr")
        assert [one.text() for one in every(again.findings)] == [one.text() for one in every(report.findings)]


def test_two_people_before_one_vacancy_are_each_told_their_own() -> None:
    for vacancy in VACANCIES:
        alone = [check(vacancy, load_profile(path), DAY).text() for path in PEOPLE]
        together = [check(vacancy, load_profile(path), DAY) for path in PEOPLE]
        assert [one.text() for one in together] == alone
        assert all(judged.text() for one in together for judged in one.judged)


def test_a_report_of_the_engine_alone_says_that_it_cannot_be_told() -> None:
    report = engine.check(VACANCIES[0], load_profile(PEOPLE[0]), DAY, load_reference())
    for tell in (report.text, report.findings[0].text, lambda: report.missing):
        with pytest.raises(ValueError, match=r"eligibility\.check"):
            tell()


def test_a_reference_of_ones_own_names_things() -> None:
    club = Reference.from_data({"countries": ["FR"], "groups": {"CLUB": {"members": {"FR": [[1, None, None]]}}}})
    rule = {"id": "post", "title": "Post", "criteria": [{"id": "member", "kind": "citizenship", "of": "CLUB"}]}
    report = check(Vacancy.from_dict(rule, club), Profile.from_dict({}, club), DAY, club)
    assert report.findings[0].text("fr")
    assert report.missing[0].path == "citizenships"
