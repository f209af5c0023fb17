"""A country is said, and a territory of it is asked for: the line to write is the territory, not the country that stands there."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from eligibility.engine import check
from eligibility.loading.models import read_profile
from eligibility.profile import Profile
from eligibility.reference import load_reference
from eligibility.reporters.advice import Advice
from eligibility.reporters.sentences import Sentences
from eligibility.vacancy import Vacancy
from eligibility.verdict import Verdict
from eligibility.wording import Words

REFERENCE = load_reference()


def told(criterion: dict[str, Any], profile: dict[str, Any], language: str) -> tuple[Verdict, str]:
    """The verdict, and what to do."""
    post = {"format": 1, "id": "post", "title": {"en": "Post", "fr": "Poste"}, "criteria": [{"id": "c", "as_of": "2024-06-30", **criterion}]}
    report = check(Vacancy.model_validate(post), Profile.from_dict(profile), date(2024, 6, 1), REFERENCE)
    advice = Advice(Sentences(Words(language), REFERENCE), report).next_step(report.findings[0])
    return report.findings[0].verdict, advice.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("criterion", "profile", "english", "french"),
    [
        ({"kind": "citizenship", "of": ["BM", "KY"]}, {"citizenships": ["GB"]},
         "`country: BM` or `country: KY` in citizenships[0]", "« country: BM » ou « country: KY » dans citizenships[0]"),
        ({"kind": "residence", "in": "BM", "at_least": "1 year"}, {"residences": [{"in": "GB", "from": "2010-01-01", "to": "2025-01-01"}]},
         "`in: BM` in residences[0]", "« in: BM » dans residences[0]"),
        ({"kind": "experience", "in": "BM", "at_least": "1 year"}, {"experience": [{"in": "GB", "from": "2010-01-01", "to": "2020-01-01", "rate": "100%"}]},
         "`in: BM` in experience[0]", "« in: BM » dans experience[0]"),
    ],
)  # fmt: skip
def test_the_line_to_write_is_the_territory(criterion: dict[str, Any], profile: dict[str, Any], english: str, french: str) -> None:
    """And who writes it is answered."""
    verdict, advice = told(criterion, profile, "en")
    assert verdict is Verdict.UNKNOWN
    assert english in advice
    assert advice.endswith("if it is so.")
    assert french in told(criterion, profile, "fr")[1]
    (name, (record, *_)), = profile.items()
    written = {name: ["BM"] if isinstance(record, str) else [{**record, "in": "BM"}]}
    assert read_profile(written, REFERENCE)[0] is not None
    assert told(criterion, written, "en")[0] is Verdict.PASS
