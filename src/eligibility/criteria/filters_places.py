"""Filters about places: where a record is, and where a degree is recognised. Groups of countries change with time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from eligibility.criteria.filters import Filter
from eligibility.dates import FOREVER, LONG_AGO, Days, breakpoints, one_day
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Truth, agreed, truth_of

if TYPE_CHECKING:
    from eligibility.criteria.case import Case
    from eligibility.facts import Row


class Places(Filter):
    """Countries, regions and dated groups; or all except some, a dated list of the notice, or the chosen country."""

    __slots__ = ("changing", "chosen", "dynamic", "excluded", "listed", "settled", "turns")

    def __init__(
        self,
        attribute: str,
        wanted: tuple[str, ...],
        *,
        excluded: bool = False,
        chosen: str | None = None,
        listed: tuple[tuple[str, int, int], ...] = (),
        groups: tuple[str, ...] = (),
    ) -> None:
        super().__init__(attribute, wanted, chosen is None)
        self.excluded = excluded
        self.chosen = chosen
        self.listed = listed
        self.changing = groups
        self.dynamic = bool(groups or listed)
        self.turns: tuple[int, ...] | None = None
        self.settled: dict[Any, bool] = {}
        """Of a value and a day: whether the profile cannot say more."""

    def holds(self, row: Row, case: Case, day: int) -> Truth:
        value = row.values.get(self.attribute)
        if value is not None:
            return self.accepts(value, case, day)
        named = self.chosen is not None or self.wanted or any(first <= day <= last for _, first, last in self.listed)
        return UNKNOWN if named else truth_of(self.excluded, self.excluded)  # no place at all is asked for on that day

    def accepts(self, value: Any, case: Case, day: int) -> Truth:
        """The answer for a value, remembered with its day where it may change."""
        key = (value, day) if self.dynamic else value
        known = self.memory.get(key)
        if known is None:
            known = self._among(value, case, day)
            if self.constant and len(self.memory) < 1000:
                self.memory[key] = known
        return known

    def _among(self, value: Any, case: Case, day: int) -> Truth:
        wanted = self.wanted
        if self.chosen is not None:
            choice = case.choices.get(self.chosen)
            if choice is None:
                return UNKNOWN
            wanted = (choice,)
        truth = FALSE
        reference = case.reference
        for one in value if isinstance(value, tuple) else (value,):
            for place in wanted:
                surely, possibly, _ = reference.place_within(one, place, day)
                truth = truth | truth_of(surely, possibly)
            for place, first, last in self.listed:
                if first <= day <= last:
                    surely, possibly, _ = reference.place_within(one, place, day)
                    truth = truth | truth_of(surely, possibly)
        return ~truth if self.excluded else truth

    def doubts(self, value: str, case: Case) -> Iterator[tuple[str, str]]:
        """The places asked for that a place only may lie in, each with why."""
        for place in (*self.wanted, *(listed for listed, _, _ in self.listed)):
            if doubt := case.reference.place_within(value, place, case.today).doubt:
                yield place, doubt

    def lacking(self, row: Row, case: Case, day: int) -> tuple[str, ...]:
        if self.chosen is not None and self.chosen not in case.choices:
            return (f"choices.{self.chosen}",)
        value = row.values.get(self.attribute)
        if value is None:
            return (row.key(self.attribute),)
        key = (value, day)
        settled = self.settled.get(key)
        if settled is None:
            values = value if isinstance(value, tuple) else (value,)
            doubts = {case.reference.place_within(one, place, day).doubt for one in values for place in self.wanted}
            settled = not (doubts & {"unknown_id", "vague"} or not doubts - {None})
            if len(self.settled) < 1000:
                self.settled[key] = settled
        return () if settled else (row.key(self.attribute),)

    def changes(self, case: Case) -> tuple[int, ...]:
        if self.turns is None:
            self.turns = self._changes(case)
        return self.turns

    def _changes(self, case: Case) -> tuple[int, ...]:
        days = [day for group in self.changing for day in case.reference.membership_changes(group)]
        for _, first, last in self.listed:
            days += [day for day in (first, last + 1) if LONG_AGO < day < FOREVER]
        return tuple(days)


class Recognised(Places):
    """Where a degree is recognised: as the profile says, or because it was awarded there."""

    __slots__ = ()
    asked_today = True

    def holds(self, row: Row, case: Case, day: int) -> Truth:
        values = row.values
        place, awarded, stated = values.get("place"), values.get("awarded"), values.get("recognised_in")
        there = UNKNOWN
        if place is not None:
            if awarded is not None and awarded[0] == awarded[1]:
                there = self.accepts(place, case, awarded[0])
            elif awarded is not None or not self.dynamic:
                there = agreed(self._there(place, awarded or one_day(day), case))
        if stated is None:  # not recognised where it was awarded: perhaps elsewhere, and nobody has said so
            return there if there is TRUE else UNKNOWN
        return self.accepts(stated, case, day) | there

    def _there(self, place: str, awarded: Days, case: Case) -> list[Truth]:
        """The answers for the place on each day on which the degree may have been awarded."""
        days = (awarded.first,) if awarded.exact else breakpoints(self.changes(case), awarded.first, awarded.last)
        return [self.accepts(place, case, day) for day in days]

    def lacking(self, row: Row, case: Case, day: int) -> tuple[str, ...]:
        """Where it is recognised, where it was awarded, or when: whichever is not known well enough."""
        stated, place, awarded = (row.values.get(key) for key in ("recognised_in", "place", "awarded"))
        if self.chosen is not None and self.chosen not in case.choices:
            return (f"choices.{self.chosen}",)
        asked: tuple[str, ...] = ()
        if stated is None or self.accepts(stated, case, day).possibly:
            asked = super().lacking(row, case, day)
        if place is None:
            asked += (row.key("place"),)
        if self.dynamic and (awarded is None or (not awarded.exact and (place is None or len(set(self._there(place, awarded, case))) > 1))):
            asked += (row.key("awarded"),)
        return asked
