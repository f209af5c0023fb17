"""What a report says of a limit that stands in a table: the line that counted, in the words of the notice, or that there is none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from eligibility.engine import check
from eligibility.loading.models import read_profile
from eligibility.reference import load_reference
from eligibility.reporters.advice import Advice
from eligibility.reporters.describe import Describer
from eligibility.reporters.sentences import Sentences
from eligibility.vacancy import Vacancy
from eligibility.wording import Words

REFERENCE = load_reference()
HEIGHT = {"en": "Height in centimetres", "fr": "Taille en centimètres"}
VACANCY = Vacancy.from_dict(
    {
        "id": "guard",
        "title": "Guard",
        "dates": {"deadline": "2025-06-30"},
        "choices": {"post": {"options": {"sea": {"en": "At sea", "fr": "En mer"}, "land": {"en": "On land", "fr": "À terre"}}}},
        "tables": {
            "weights": [
                {"height_cm": {"at_least": 150, "less_than": 160}, "age": {"less_than": 30}, "is": 45},
                {"height_cm": {"at_least": 150, "less_than": 160}, "age": {"at_least": 30}, "is": 50},
                {"height_cm": {"at_least": 160}, "post": "sea", "served": True, "is": 52.5},
            ]
        },
        "criteria": [
            {"id": "weight", "kind": "declared", "fact": "weight_kg", "at_least": {"table": "weights"}},
            {"id": "height", "kind": "declared", "fact": "height_cm", "at_least": 150, "label": HEIGHT},
        ],
    }
)


def weight(language: str, facts: dict[str, Any], **more: Any) -> tuple[str, str]:
    """Why, and what to do."""
    profile, _ = read_profile({"facts": facts, **more}, REFERENCE)
    assert profile is not None
    report = check(VACANCY, profile, date(2025, 6, 1), REFERENCE)
    sentences = Sentences(Words(language), REFERENCE)
    return tuple(one.replace("\u00a0", " ") for one in (sentences.reason(report.findings[0]), Advice(sentences, report).next_step(report.findings[0])))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "For height in centimetres 155 and age 27: you state 43; the notice asks for at least 45."),
        ("fr", "Pour taille en centimètres 155 et âge 27 : vous déclarez 43 ; l'avis demande au moins 45."),
    ],
)
def test_the_line_that_counted(language: str, said: str) -> None:
    assert weight(language, {"height_cm": 155, "weight_kg": 43}, birth_date="1998-01-01")[0] == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "For height in centimetres 165, `post` sea and `served`: yes: you state 60; the notice asks for at least 52.5."),
        ("fr", "Pour taille en centimètres 165, « post » sea et « served » : oui : vous déclarez 60 ; l'avis demande au moins 52,5."),
    ],
)
def test_the_line_of_a_choice_and_of_what_is_so(language: str, said: str) -> None:
    chosen = {"applications": [{"vacancy": "guard", "choices": {"post": "sea"}}]}
    assert weight(language, {"height_cm": 165, "weight_kg": 60, "served": True}, **chosen)[0] == said


def test_no_line() -> None:
    """It says for whom, and leaves it to a person: nothing the profile could add."""
    why, what = weight("en", {"height_cm": 149, "weight_kg": 43}, birth_date="1998-01-01")
    assert why == "The notice's table `weights` has no line for height in centimetres 149 and age 27."
    assert "recruiter" in what


def test_what_is_missing_is_asked_for_in_its_form() -> None:
    """A number, and what is so or not, each with its right form."""
    why, what = weight("en", {"height_cm": 165, "weight_kg": 60})
    assert "depends on what is not known" in why
    assert "`facts: {served: true}` (or false)" in what
    why, what = weight("en", {"weight_kg": 40}, birth_date="1998-01-01")
    assert "`facts: {height_cm: …}` (the number)" in what
    assert weight("fr", {"weight_kg": 40}, birth_date="1998-01-01")[1].count("height_cm") == 1


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_vacancy_in_words(language: str) -> None:
    """Every line of the table, in words."""
    text = " ".join(" ".join(Describer(VACANCY, Words(language), REFERENCE, 100).lines()).split()).replace("\u00a0", " ")
    assert {"en": "45 where height in centimetres at least 150 and less than 160, age at most 29;",
            "fr": "45 si taille en centimètres au moins 150 et moins de 160, âge au plus 29 ;"}[language] in text  # fmt: skip
