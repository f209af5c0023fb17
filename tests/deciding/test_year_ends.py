"""A day that stands for the end of its year, while the day itself is only known to lie in an interval."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from eligibility.engine import check
from eligibility.profile import Profile
from eligibility.reference import load_reference
from eligibility.report import Finding
from eligibility.vacancy import Vacancy


def citizen_until(last: str) -> Finding:
    """The finding for a French citizen until a day, where the last day of the year of the start counts."""
    vacancy = Vacancy.model_validate(
        {
            "format": 1,
            "id": "post",
            "title": {"en": "Post", "fr": "Poste"},
            "dates": {"deadline": "2024-10-01", "start": {"from": "2024-11-01", "to": "2025-02-28"}},
            "criteria": [{"id": "origin", "kind": "citizenship", "of": "EU", "as_of": {"day": "start", "end_of": "year"}}],
        }
    )
    profile = Profile.model_validate({"citizenships": [{"country": "FR", "until": last}]})
    return check(vacancy, profile, date(2024, 9, 1), load_reference()).findings[0]


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("2024-12-30", "fail"),
        ("2024-12-31", "unknown"),  # on the last day of one of the two years
        ("2025-06-01", "unknown"),  # between the two, on none of the days of the start
        ("2025-12-30", "unknown"),
        ("2025-12-31", "pass"),
        ("2026-01-01", "pass"),
    ],
)
def test_both_years_count(last: str, expected: str) -> None:
    assert citizen_until(last).verdict.value == expected


def test_the_days_it_was_counted_on_are_the_ends_of_the_years() -> None:
    day: Any = citizen_until("2024-06-01").day
    assert tuple(map(date.fromordinal, day.days)) == (date(2024, 12, 31), date(2025, 12, 31))
