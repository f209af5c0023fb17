"""One candidate before one vacancy on one day: what a criterion is asked about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from eligibility.dates import Days, add_months
from eligibility.facts import ProfileFacts
from eligibility.reference import Reference

if TYPE_CHECKING:
    from eligibility.criteria.base import Criterion
    from eligibility.criteria.moments import Moment, Spans, Window


_NONE: Mapping[str, Any] = {}


class Case:
    """Everything an answer may depend on; nothing else does.

    `today` is the day of application. `dates` are the vacancy's named days, as far as they are known; `asked` names those that
    only the candidate can tell, `unsaid` those of them that nobody has told. `same` restricts records to one value of an attribute
    (`same: country`).
    """

    __slots__ = (
        "application",
        "asked",
        "choices",
        "conditions",
        "dates",
        "days",
        "facts",
        "leap_birthday",
        "lists",
        "on_days",
        "reference",
        "same",
        "spans",
        "today",
        "unsaid",
        "vague",
    )

    def __init__(
        self,
        facts: ProfileFacts,
        reference: Reference,
        today: int,
        dates: Mapping[str, Days],
        vague: frozenset[str],
        *,
        asked: Mapping[str, str] | None = None,
        unsaid: frozenset[str] = frozenset(),
        choices: Mapping[str, str] | None = None,
        application: Any = None,
        lists: Mapping[str, Any] | None = None,
        conditions: Mapping[str, Criterion] | None = None,
        leap_birthday: str = "both",
    ) -> None:
        self.facts = facts
        self.reference = reference
        self.today = today
        self.dates = dates
        self.days: dict[Moment, tuple[Days | None, tuple[str, ...]]] = {}
        self.vague = vague
        self.asked = asked or _NONE
        self.unsaid = unsaid
        self.choices = choices or _NONE
        self.application = application
        self.lists = lists or _NONE
        self.conditions = conditions or _NONE
        self.leap_birthday = leap_birthday
        self.same: tuple[str, str] | None = None
        self.on_days: dict[tuple[str, Days], Case] = {}
        self.spans: dict[Window, tuple[Spans, Spans, tuple[str, ...]]] = {}

    def date(self, name: str) -> Days | None:
        return self.dates.get(name)

    def day_of(self, moment: Moment) -> tuple[Days | None, tuple[str, ...]]:
        """The day of a moment, worked out once: most criteria of a vacancy share one."""
        known = self.days.get(moment)
        if known is None:
            known = self.days[moment] = moment.resolve(self)
        return known

    def could_tell(self, moment: Moment) -> tuple[str, ...]:
        """Where the candidate could tell the day, or tell it better."""
        path = None if moment.name is None else self.asked.get(moment.name)
        return () if path is None else (path,)

    def derogation(self, criterion_id: str | None) -> str | None:
        """`granted`, `refused`, or None while nothing is decided."""
        if self.application is None or criterion_id is None:
            return None
        decision: str | None = self.application.derogations.get(criterion_id)
        return decision

    def _copy(self) -> Case:
        other = Case(
            self.facts, self.reference, self.today, self.dates, self.vague, asked=self.asked, unsaid=self.unsaid,
            choices=self.choices, application=self.application,
            lists=self.lists, conditions=self.conditions, leap_birthday=self.leap_birthday,
        )  # fmt: skip
        other.same = self.same
        return other

    def with_date(self, name: str, day: Days) -> Case:
        """The same on a day that is known; criteria ask for the same few days, and share them."""
        other = self.on_days.get((name, day))
        if other is None:
            other = self.on_days[name, day] = self._copy()
            other.dates = {**self.dates, name: day}
            other.vague = self.vague - {name} if day.exact else vague_names(other.dates)
        return other

    def with_choice(self, name: str, option: str) -> Case:
        other = self._copy()
        other.choices = {**self.choices, name: option}
        return other

    def with_same(self, attribute: str, value: str) -> Case:
        other = self._copy()
        other.same = (attribute, value)
        return other

    def days_between(self, known: Days, critical: Iterable[int]) -> list[int]:
        """The days of an interval that have to be looked at: its ends and every day on which something may change."""
        first, last = known
        inside = {day for one in critical if first - 2 < one < last + 2 for day in (one - 1, one, one + 1) if first < day < last}
        return sorted({first, last, *inside})


def vague_names(dates: Mapping[str, Days]) -> frozenset[str]:
    """The names of the days that are only known to lie in an interval."""
    return frozenset([name for name, days in dates.items() if days[0] != days[1]])


_YEARS = 1500
"""Days of an interval, or around today in a longer one, in which every month is looked at."""


def month_turns(known: Days, today: int) -> list[int]:
    """The days of an interval on which a month begins, and those that only some months have."""
    middle = min(max(today, known.first), known.last)
    first, last = (known.first, known.last) if known.last - known.first <= _YEARS else (middle - _YEARS // 2, middle + _YEARS // 2)
    begin = date.fromordinal(min(max(first, 1), date.max.toordinal())).replace(day=1).toordinal()
    found = []
    while begin <= last:
        found += [begin, begin + 29]
        begin = add_months(begin, 1)
    return found


def shifted(days: Iterable[int], lengths: Iterable[tuple[int, int]]) -> list[int]:
    """The days, and the days as far before and after them as each length of (months, days)."""
    bases = [day for day in days if 0 < day < 3_652_059]
    found = list(bases)
    for months, extra in lengths:
        found += [add_months(day, months) + extra for day in bases]
        found += [add_months(day, -months) - extra for day in bases]
    return found
