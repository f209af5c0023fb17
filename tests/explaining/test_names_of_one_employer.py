"""Two names in a profile that may be of one employer: the sentence names both, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from eligibility import Profile, Vacancy, check
from eligibility.reference import load_reference
from eligibility.reporters.sentences import Sentences
from eligibility.wording import Words

RULE = {
    "format": 1, "id": "post", "title": {"en": "Post", "fr": "Poste"}, "dates": {"deadline": "2024-06-30"},
    "criteria": [{"id": "seniority", "kind": "employment", "at_least": "12 months"}],
}  # fmt: skip


NAMES = {"experience[0].employer_name": "Acme", "experience[1].employer_name": "Acme Consulting"}


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "Whether `Acme Consulting` and `Acme` are names of one employer"), ("fr", "que « Acme Consulting » et « Acme » soient des noms d'un même")],
)
def test_both_names_are_told(language: str, told: str) -> None:
    """So is it in a report, unless names are not to be repeated."""
    jobs = [
        {"from": "2020-01-01", "to": "2023-12-31", "employer_name": "Acme"},
        {"from": "2024-01-01", "to": "ongoing", "employer_name": "Acme Consulting"},
    ]
    report = check(Vacancy.from_dict(RULE), Profile.from_dict({"experience": jobs}), on=date(2024, 6, 1))
    sentences = Sentences(Words(language), load_reference(), NAMES.get)
    said = sentences.reason(report.findings[0]).replace("\u00a0", " ")
    assert told in said
    sentences.quotes = False
    assert "Acme" not in sentences.reason(report.findings[0])
