"""The facts that a criterion asks to be stated, and what somebody states who meets it, or does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eligibility.question.quantity import OPERATORS

Stated = bool | float

_STEP = 1
"""A number beside a limit is so much less or more."""


def asking(raw: Any) -> Iterator[Mapping[str, Any]]:
    """The criteria that ask for a fact, in any branch."""
    if isinstance(raw, Mapping):
        if raw.get("kind") == "declared" and isinstance(raw.get("fact"), str):
            yield raw
        for one in raw.values():
            yield from asking(one)
    elif isinstance(raw, list):
        for one in raw:
            yield from asking(one)


def is_numeric(raw: Mapping[str, Any]) -> bool:
    """Whether a fact that is asked for is a number, in some reading."""
    return any(not set(OPERATORS).isdisjoint(one) for one in (raw, *(raw.get("readings") or ())))


def facts_in(raw: Any) -> Iterator[tuple[str, Stated, Stated]]:
    """The facts that a criterion asks about, in any of its branches, each with what it wants to be said, and what not."""
    for one in asking(raw):
        yield one["fact"], *stated(one)


def stated(raw: Mapping[str, Any]) -> tuple[Stated, Stated]:
    """What somebody states who meets a criterion about a fact, and who does not."""
    if not is_numeric(raw):
        wanted = raw.get("equals", True) is True
        return wanted, not wanted
    low = [limit for operator in ("at_least", "more_than") for limit in _limits(raw.get(operator))]
    high = [limit for operator in ("at_most", "less_than") for limit in _limits(raw.get(operator))]
    if low and high:
        return (max(low) + min(high)) / 2, max(high) + _STEP
    if low:
        return max(low) + _STEP, max(0, min(low) - _STEP)
    return max(0, min(high, default=0) - _STEP), max(high, default=0) + _STEP


def numbers_in(raw: Any, fact: str) -> list[float]:
    """The numbers that the bounds of a fact tell apart: each limit, one less and one more."""
    limits = {limit for one in asking(raw) if one["fact"] == fact for operator in OPERATORS for limit in _limits(one.get(operator))}
    return sorted({limit + step for limit in limits for step in (-_STEP, 0, _STEP) if limit + step >= 0})


def _limits(raw: Any) -> list[float]:
    """The limits of a bound: several where it depends on a choice."""
    values = raw.get("values", {}).values() if isinstance(raw, Mapping) else [raw]
    return [one for one in values if isinstance(one, int | float) and not isinstance(one, bool)]
