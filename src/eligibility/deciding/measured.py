"""How much of something there is, at least and at most, and what is missing to know it exactly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from eligibility.facts import Row


class Measured(NamedTuple):
    """How much there is, at least and at most, in the unit of the bound; and what would make it exact, worked out when it is asked for."""

    low: Any
    high: Any
    why_vague: Callable[[], tuple[str, ...]]
    rows: Sequence[Row]

    @property
    def missing(self) -> tuple[str, ...]:
        """The paths of the facts that would make it exact."""
        return self.why_vague()


def exactly() -> tuple[str, ...]:
    """What is missing to know an amount that is exact."""
    return ()


def known(missing: tuple[str, ...]) -> Callable[[], tuple[str, ...]]:
    """What is missing, where it has been found on the way."""
    return partial(tuple, missing) if missing else exactly
