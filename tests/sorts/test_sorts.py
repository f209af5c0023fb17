"""Another sort of value anywhere in a file of any kind is refused with its place, or answered: never an error of the program."""

from __future__ import annotations

import random

import pytest

from .__main__ import wrong_with
from .examples import Kind, examples
from .mutants import mutants

PIECES = 8
EACH = {Kind.RULE: 50, Kind.PROFILE: 50, Kind.CASES: 20, Kind.COLUMNS: 20, Kind.SETTINGS: 40}
"""How many mutants of each kind of file are tried in each piece; `python -m tests.sorts` tries as many as one likes."""

EVERY = {kind: [one for example in examples() if example.kind is kind for one in mutants(example)] for kind in Kind}


@pytest.mark.parametrize("piece", range(PIECES))
@pytest.mark.parametrize("kind", Kind)
def test_a_value_of_another_sort_is_refused_where_it_stands_or_answered(kind: Kind, piece: int) -> None:
    drawn = random.Random(piece).sample(EVERY[kind], min(EACH[kind], len(EVERY[kind])))
    assert [f"{one}: {why}" for one in drawn if (why := wrong_with(one)) is not None] == []


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.CASES])  # what cases hold is what rules and profiles hold
def test_what_is_a_value_nowhere_is_refused_at_every_key(kind: Kind) -> None:
    places = {(mutant.keys, mutant.sort): mutant for mutant in EVERY[kind] if mutant.refused}
    assert [f"{one}: {why}" for one in places.values() if (why := wrong_with(one)) is not None] == []
