"""The only memory: what has been worked out of questions with one reference, so that the next candidate need not wait for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eligibility.question.grammar import Filter
from eligibility.reference import Reference
from eligibility.verdict import Truth

MOST = 1000
"""How many values are remembered of one filter."""


class Seen:
    """What a filter has come to, by value; it depends on nobody and no day, unless the key says so."""

    __slots__ = ("called", "settled", "truths", "turns")

    def __init__(self) -> None:
        self.truths: dict[Any, Truth] = {}
        self.settled: dict[Any, bool] = {}
        """Whether the profile cannot say more of a value."""
        self.turns: tuple[int, ...] | None = None
        """The days on which its answers may change."""
        self.called: dict[str, str] | None = None
        """The words of the vacancy's own, by what they are called."""


class Memory(dict[Filter, Seen]):
    """What is remembered of each filter."""

    def __missing__(self, one: Filter) -> Seen:
        return self.setdefault(one, Seen())


class Session:
    """What is remembered of the questions of one vacancy with one reference. Threads may share it: all of them find the same."""

    __slots__ = ("names", "ready", "reference", "seen")

    def __init__(self, reference: Reference, names: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self.reference = reference
        self.names = names or {}
        """The words of the lists of the vacancy, with what they are called there."""
        self.seen = Memory()
        self.ready: Any = None
        """The vacancy made ready by whoever checks."""
