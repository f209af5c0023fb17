"""The small parts of an answer: a fact it rests on, and the distance to a threshold."""

from typing import Any, NamedTuple


class Used(NamedTuple):
    """A fact an answer rests on: its path in the profile and its value as the profile gives it."""

    path: str
    value: Any


class Gap(NamedTuple):
    """How far from the threshold: an amount (never negative) of `days`, `days_too_old`, `times`, `hours`, `percent`, …"""

    amount: int
    unit: str
