"""Generated rules and people: the engine says what every world says. `python -m tests.worlds` compares as many as one likes."""

from __future__ import annotations

import itertools

import pytest

from .__main__ import rules
from .compare import compared

RULES = 60


@pytest.mark.parametrize("seed", range(1, 6))
def test_the_engine_says_what_every_world_says(seed: int) -> None:
    """A pass holds in every world, a fail in every one, and unknown is said only where they differ: 600 people meet 60 rules."""
    for one in itertools.islice(rules(seed), RULES):
        if one is not None:
            for meeting, differences in zip(one.meetings, compared(one.rule, one.meetings), strict=False):
                assert differences == [], (one.rule["criteria"], one.rule.get("conditions"), meeting)
