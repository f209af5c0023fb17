"""Who says less is told nothing else: rules over the whole grammar, exact people, and what they might have said instead."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from eligibility.loading.models import read_vacancy

from .forgetting import Dict, compared, differences, drawn
from .record import REFERENCE


@pytest.mark.parametrize("seed", range(4))
def test_what_is_settled_of_who_says_less_is_so_of_who_says_more(seed: int) -> None:
    """Whatever the rule: a pass or a fail of the vaguer profile is one of the exact profile."""
    many = 0
    rnd = Random(seed)
    for rule, vacancy in drawn(rnd):
        for exact, vague, on, told in compared(rnd, rule, vacancy, times=5):
            assert told == [], (rule["criteria"], exact, vague, on)
            many += 1
        if many > 600:
            return


def test_an_answer_that_is_settled_too_soon_is_found() -> None:
    """The law can fail: somebody who left out since when they are a citizen is taken for one from birth."""
    rule: Dict = {"id": "test", "title": "Test", "dates": {"deadline": "2025-03-31"}, "criteria": [{"id": "c", "kind": "citizenship", "of": "FR"}]}
    vacancy, _ = read_vacancy(rule, REFERENCE)
    exact, vague = ({"citizenships": [{"country": "FR", **more}]} for more in ({"since": "2025-04-01"}, {}))
    assert vacancy is not None
    assert [tuple(one) for one in differences(vacancy, exact, vague, date(2025, 3, 15))] == [("c", "pass", "fail")]
