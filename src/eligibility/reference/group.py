"""A group of countries whose membership changes with time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eligibility.reference.answer import NO, OUTSIDE_COVERAGE, PLANNED_END, PRESUMED, UNCERTAIN, YES, Answer

_IN_PERIOD = {None: YES, "planned_end": YES, "presumed": PRESUMED, "uncertain": UNCERTAIN}


class Group:
    """Members with their periods, first and last day included; a missing end is open.

    The doubt of a period is `presumed` (no evidence of it), `uncertain` (its days are not established) or `planned_end`
    (announced, not yet reached when the data were compiled). `coverage` is the stretch of days the source speaks of.
    """

    __slots__ = ("changes", "coverage", "members", "uncertain")

    def __init__(self, row: Mapping[str, Any]) -> None:
        self.members: Mapping[str, Sequence[tuple[int | None, int | None, str | None]]] = row["members"]
        self.coverage: tuple[int | None, int | None] = tuple(row.get("coverage") or (None, None))
        self.uncertain = frozenset(row.get("uncertain", ()))
        days = {first for periods in self.members.values() for first, _, _ in periods}
        days |= {last and last + 1 for periods in self.members.values() for _, last, _ in periods}
        begin, end = self.coverage
        days |= {begin, end and end + 1}
        self.changes: tuple[int, ...] = tuple(sorted(day for day in days if day is not None and (begin is None or begin <= day)))
        """The days on which the answer may differ from that of the eve."""

    def has(self, country: str, day: int) -> Answer:
        """Whether a country is a member on a day."""
        if country in self.uncertain:
            return UNCERTAIN
        periods = self.members.get(country, ())
        begin, end = self.coverage
        if begin is not None and day < begin:
            return OUTSIDE_COVERAGE
        for first, last, doubt in periods:
            if (first is None or first <= day) and (last is None or day <= last):
                return _IN_PERIOD[doubt] if end is None or day <= end else OUTSIDE_COVERAGE
        if any(doubt == "planned_end" and last is not None and day > last for _, last, doubt in periods):
            return PLANNED_END
        return NO if end is None or day <= end else OUTSIDE_COVERAGE
