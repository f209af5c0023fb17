"""What is asked, and what is said to be missing, fits what the criterion is about: a job that is over, a number, one's mother."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from eligibility.engine import check
from eligibility.loading.models import read_profile
from eligibility.reference import load_reference
from eligibility.reporters.sentences import Sentences
from eligibility.vacancy import Vacancy
from eligibility.wording import Words

REFERENCE = load_reference()
LEFT = {"ended": {"within": "5 years", "before": "deadline"}}
TABLE = {"least": [{"height_cm": {"at_least": 150}, "age": {"at_least": 18}, "is": 45}]}
MOTHER = {"relatives": [{"relation": "mother"}, {"relation": "father", "citizenships": ["MA"], "experience": []}]}


def told(criterion: dict[str, Any], profile: dict[str, Any], language: str, **more: Any) -> tuple[str, str]:
    """The reason and the question of a criterion that is open, or has failed."""
    post = Vacancy.model_validate(
        {"id": "post", "title": "Post", "as_of": "deadline", "dates": {"deadline": "2027-03-31"}, **more, "criteria": [{"id": "it", **criterion}]}
    )
    person, problems = read_profile(profile, REFERENCE)
    assert person is not None, problems
    [finding] = check(post, person, date(2027, 3, 1), REFERENCE).findings
    sentences = Sentences(Words(language), REFERENCE)
    return sentences.reason(finding), sentences.question(finding) if finding.missing else ""


@pytest.mark.parametrize("length", [{}, {"at_least": "2 years"}])
@pytest.mark.parametrize(
    ("language", "held", "holds"), [("en", "Which jobs have you held", "Which job do you hold"), ("fr", "Quels emplois avez-vous occupés", "Quel emploi occupez-vous")]
)  # fmt: skip
def test_a_job_that_is_over(language: str, held: str, holds: str, length: dict[str, str]) -> None:
    """Whoever is asked about a job that one has left is not asked which job one holds."""
    assert held in told({"kind": "employment", **LEFT, **length}, {}, language)[1]
    assert holds in told({"kind": "employment", **length}, {}, language)[1]


@pytest.mark.parametrize(
    ("profile", "language", "says"),
    [
        ({"experience": []}, "en", "you have no work experience"),
        ({"experience": []}, "fr", "vous n'avez pas d'expérience"),
        ({"experience": [{"from": "2023-01-01", "to": "2024-12-31", "employer": "private_company"}]}, "en", "None of the jobs"),
        ({"experience": [{"from": "2023-01-01", "to": "2024-12-31", "employer": "private_company"}]}, "fr", "Aucun emploi"),
    ],
)
def test_why_no_job_that_was_left_counts(profile: dict[str, Any], language: str, says: str) -> None:
    """The reason speaks of jobs that one has had, not of one that is held on the day."""
    assert says in told({"kind": "employment", "employer": "university", **LEFT}, profile, language)[0]


@pytest.mark.parametrize(("language", "asked"), [("en", "Which studies have you followed"), ("fr", "Quelles études avez-vous suivies")])
def test_studies_that_are_over(language: str, asked: str) -> None:
    """Studies that have ended are none one is enrolled in."""
    assert asked in told({"kind": "enrolment", "level": 7, **LEFT}, {}, language)[1]


@pytest.mark.parametrize(("language", "asked"), [("en", "How much is it?"), ("fr", "Quelle en est la valeur")])
def test_a_number_by_a_table(language: str, asked: str) -> None:
    """A number with a limit in a table is asked for as a number, whatever else the limit rests on."""
    criterion = {"kind": "declared", "fact": "weight_kg", "at_least": {"table": "least"}}
    assert asked in told(criterion, {}, language, tables=TABLE)[1]


@pytest.mark.parametrize(("language", "says"), [("en", "your profile does not say"), ("fr", "votre profil ne le dit pas")])
@pytest.mark.parametrize("criterion", [{"kind": "citizenship", "of": "FR"}, {"kind": "experience"}, {"kind": "experience", "at_least": "2 years"}])
def test_a_relative_of_whom_nothing_is_said(criterion: dict[str, Any], language: str, says: str) -> None:
    """It is said that the profile does not say it, not that it calls its list incomplete."""
    assert says in told({**criterion, "whose": "parent"}, MOTHER, language)[0]


def test_a_list_that_may_hold_more() -> None:
    """That is said where the profile says it."""
    profile = {"incomplete": ["relatives"], "relatives": [{"relation": "father", "citizenships": ["MA"]}]}
    assert "it says the list is incomplete" in told({"kind": "citizenship", "of": "FR", "whose": "parent"}, profile, "en")[0]
