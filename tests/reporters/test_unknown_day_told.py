"""What is said of a criterion that passes on some of the days a start may be: never more than is true."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from eligibility.engine import check
from eligibility.profile import Profile
from eligibility.reference import load_reference
from eligibility.reporters.sentences import Sentences
from eligibility.vacancy import Vacancy
from eligibility.wording import Words

REFERENCE = load_reference()
POST = {
    "format": 1, "id": "post", "title": {"en": "Post", "fr": "Poste"},
    "dates": {"deadline": "2025-03-31", "start": {"from": "2025-06-01", "to": "2025-06-30"}},
    "criteria": [{"id": "permit", "kind": "permit", "type": "work", "in": "FR", "as_of": "start"}],
}  # fmt: skip


def said(*permits: tuple[str, str], language: str = "en") -> str:
    """The reason told to somebody with these work permits."""
    held: list[dict[str, Any]] = [{"type": "work", "in": "FR", "from": first, "until": last} for first, last in permits]
    profile = Profile.model_validate({"permits": held})
    report = check(Vacancy.model_validate(POST), profile, date(2025, 3, 1), REFERENCE)
    return Sentences(Words(language), REFERENCE).reason(report.findings[0])


@pytest.mark.parametrize(
    ("permits", "expected"),
    [
        ([("2025-06-10", "2026-06-30")], "met if it is 10 June 2025 or later, not before."),
        ([("2020-01-01", "2025-06-20")], "met if it is 20 June 2025 or earlier, not after."),
        ([("2025-06-10", "2025-06-20")], "met if it is from 10 June 2025 to 20 June 2025, neither before nor after."),
        ([("2020-01-01", "2025-06-10"), ("2025-06-20", "2026-06-30")], "not fixed yet, between 1 June 2025 and 30 June 2025."),
        ([("2025-06-05", "2025-06-10"), ("2025-06-20", "2025-06-25")], "not fixed yet, between 1 June 2025 and 30 June 2025."),
    ],
)
def test_the_days_of_a_pass(permits: list[tuple[str, str]], expected: str) -> None:
    assert said(*permits).endswith(expected)


def test_in_french() -> None:
    assert said(("2025-06-10", "2025-06-20"), language="fr").endswith("satisfait du 10 juin 2025 au 20 juin 2025, ni avant ni après.")
