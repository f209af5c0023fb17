"""Months are counted for many lives as they are for one."""

from __future__ import annotations

import random
from datetime import date

import numpy as np
import pytest

from eligibility.columns.days import added_up, months_between, parts_of
from eligibility.columns.months import missed, reached
from eligibility.counting import _missed, compare_time, whole_months
from eligibility.dates import Length, Spell, cover
from eligibility.verdict import UNKNOWN

BEGIN = date(2019, 1, 20).toordinal()
PEOPLE = 400


def lives(seed: int, months: int, full: bool) -> list[list[Spell]]:
    """Some spells of each, that come to about so many months."""
    dice = random.Random(seed)
    found = []
    for _ in range(PEOPLE):
        many, day, spells = dice.randint(1, 4), BEGIN + dice.randint(0, 60), []
        for _ in range(many):
            rate = 100 if full else dice.choice([100, 100, 80, 50])
            length = max(1, round(30.4 * months / many * 100 / rate) + dice.choice([-12, -3, -2, -1, 0, 1, 2, 5]))
            spells.append(Spell(day, day + length - 1, rate))
            day += length + dice.choice([0, 0, 0, 1, 9, -7])
        found.append(spells)
    return found


def columns(spells: list[list[Spell]]) -> tuple[np.ndarray, ...]:
    flat = [(owner, spell.first, spell.last, spell.rate) for owner, some in enumerate(spells) for spell in some]
    return tuple(np.array(column, np.int64) for column in zip(*flat, strict=True))


@pytest.mark.parametrize("limit", [Length(12), Length(12, 10), Length(36), Length(1)])
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_lives_of_known_days_reach_a_limit_as_each_does_alone(limit: Length, full: bool, seed: int) -> None:
    spells = lives(seed, limit.months, full)
    parts = parts_of(*columns(spells))
    found = reached(parts, limit, PEOPLE, False)
    total = added_up(parts, PEOPLE).total
    compared = 0
    for person, some in enumerate(spells):
        life = cover(some)
        assert total[person] == life.percent_days
        if found.alone[person] or (len(life.parts) == 1 and life.parts[0].rate >= 100):
            continue  # asked alone; one stretch is told by the calendar before
        truth = compare_time("at_least", life, life, limit, limit)
        assert (found.surely[person], found.possibly[person]) == (truth.surely, truth.possibly), (some, truth is UNKNOWN)
        compared += 1
    assert compared > PEOPLE / 3


@pytest.mark.parametrize("limit", [Length(12), Length(12, 10), Length(36)])
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_what_may_count_besides_misses_a_limit_as_it_does_alone(limit: Length, full: bool, seed: int) -> None:
    """Only the first record surely counts; whether the others do is not known, their days are."""
    spells = lives(seed + 10, limit.months, full)
    one = [
        len(some) == 1 or (all(spell.rate >= 100 for spell in some) and max(some).first <= min(spell.last for spell in some) + 1)
        for some in spells
    ]  # fmt: skip
    found, alone = missed(parts_of(*columns(spells)), np.array(one), limit, PEOPLE)
    for person, some in enumerate(spells):
        high = cover(some)
        if not alone[person] and len(some) > 1 and high.percent_days < limit.most_days * 100 and high.percent_days >= 2800 * limit.months:
            low = cover(some[:1])
            expected = _missed(low, high._replace(one=one[person], dated=True), limit, False, None)
            assert found[person] == expected, some


def test_whole_months_between_many_days() -> None:
    dice = random.Random(4)
    first = np.array([dice.randint(1, 3_652_058) if dice.random() < 0.1 else BEGIN + dice.randint(-800, 800) for _ in range(3000)])
    end = first + np.array([dice.randint(-40, 1500) for _ in first])
    assert months_between(first, end).tolist() == [whole_months(*pair) for pair in zip(first.tolist(), end.tolist(), strict=True)]
