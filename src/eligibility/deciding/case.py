"""One candidate before one vacancy on one day: what a criterion is asked about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol

from eligibility.dates import Days, Length, add_months
from eligibility.deciding.result import Result
from eligibility.deciding.session import Session
from eligibility.facts import ProfileFacts
from eligibility.question.grammar import Criterion, Extension, Moment, Records, Window
from eligibility.question.others import Met

_NONE: Mapping[Any, Any] = {}

Spans = list[tuple[int, int]]


class Decider(Protocol):
    """Whoever answers questions that stand inside others: what is decided is recursive, as the language is."""

    def evaluate(self, criterion: Criterion, case: Case) -> Result:
        """The answer, with its condition, exception, derogation, readings and the day it is counted on all settled."""

    def missing(self, result: Result) -> tuple[str, ...]:
        """What would have to be known for an answer to be sure."""

    def nearest(self, failing: Sequence[Result]) -> Result:
        """Of answers of several people who all fail, that of whoever comes nearest."""

    def on_its_day(self, criterion: Criterion, case: Case) -> Result:
        """The answer on the day it is counted on."""

    def decide(self, criterion: Criterion, case: Case, day: Days | None) -> Result:
        """The answer on one exact day; None where the kind has no day."""

    def critical_days(self, criterion: Criterion, case: Case) -> list[int]:
        """The days around which the answer may change; between two neighbours it changes at most once."""

    def stays(self, criterion: Criterion, case: Case, known: Days) -> bool:
        """Whether the answer is surely the same on every day of an interval."""

    def grows(self, criterion: Criterion, case: Case, known: Days) -> bool:
        """Whether a later day of an interval can only bring the answer nearer to a pass."""

    def resolve(self, moment: Moment, case: Case) -> tuple[Days | None, tuple[str, ...]]:
        """The day of a moment, and what is missing to know it. None where no record gives it, or where nobody has said it yet."""

    def spans(self, window: Window, case: Case) -> tuple[Spans, Spans, tuple[str, ...]]:
        """The days surely inside, the days possibly inside, and what is missing to know better."""

    def date_of(self, question: Records, case: Case) -> tuple[Days | None, tuple[str, ...], bool]:
        """The date of a record, what is missing to know it, and whether there may be no record at all."""

    def lasting(self, question: Records, case: Case) -> tuple[Spans, Spans, tuple[str, ...]]:
        """The days on which matching records surely and possibly last, and what is missing to know better."""

    def number(self, question: Records, case: Case) -> tuple[int, int, tuple[str, ...]]:
        """How many records match, at least and at most, and what is missing to know better."""

    def total_length(self, question: Records, case: Case) -> tuple[Length, Length, tuple[str, ...]]:
        """How long the records last, at least and at most, and what is missing to know better."""

    def for_each(self, one: Extension, case: Case) -> tuple[str, Length, Length, tuple[str, ...]]:
        """The largest of several moves for each child: of which kind, at least and at most, and what is missing to know better."""


class ByChoice(NamedTuple):
    """A day that rests on a choice: the day of each of its options, and what the option is called."""

    choice: str
    days: Mapping[str, Days]
    labels: Mapping[str, Mapping[str, str]]


class Case:
    """Everything an answer may depend on; nothing else does.

    `today` is the day of application. `dates` are the vacancy's named days, as far as they are known; `asked` names those that
    only the candidate can tell, `unsaid` those of them that nobody has told; `by_choice` has those that rest on a choice nobody has told.
    `same` restricts records to one value of an attribute
    (`same: country`), `relative` what is asked of relatives to the one of them who stands there in the profile (`same: relative`).
    """

    __slots__ = (
        "application",
        "asked",
        "by",
        "by_choice",
        "choices",
        "conditions",
        "dates",
        "days",
        "facts",
        "leap_birthday",
        "lists",
        "on_days",
        "on_other_days",
        "reference",
        "relative",
        "same",
        "seen",
        "session",
        "today",
        "unsaid",
        "vague",
        "windows",
    )

    def __init__(
        self,
        facts: ProfileFacts,
        session: Session,
        today: int,
        dates: Mapping[str, Days],
        vague: frozenset[str],
        *,
        by: Decider,
        asked: Mapping[str, str] | None = None,
        by_choice: Mapping[str, ByChoice] | None = None,
        unsaid: frozenset[str] = frozenset(),
        choices: Mapping[str, str] | None = None,
        application: Any = None,
        lists: Mapping[str, Any] | None = None,
        conditions: Mapping[str, Criterion] | None = None,
        on_other_days: Mapping[tuple[str, Moment | None], Criterion] | None = None,
        leap_birthday: str = "both",
    ) -> None:
        self.facts = facts
        self.session = session
        self.seen = session.seen
        self.reference = session.reference
        self.by = by
        self.today = today
        self.dates = dates
        self.days: dict[Moment, tuple[Days | None, tuple[str, ...]]] = {}
        self.vague = vague
        self.asked = asked or _NONE
        self.by_choice = by_choice or _NONE
        self.unsaid = unsaid
        self.choices = choices or _NONE
        self.application = application
        self.lists = lists or _NONE
        self.conditions = conditions or _NONE
        self.on_other_days = on_other_days or _NONE
        self.leap_birthday = leap_birthday
        self.same: tuple[str, str] | None = None
        self.relative: str | None = None
        self.on_days: dict[tuple[str, Days], Case] = {}
        self.windows: dict[Window, tuple[Spans, Spans, tuple[str, ...]]] = {}

    def date(self, name: str) -> Days | None:
        return self.dates.get(name)

    def day_of(self, moment: Moment) -> tuple[Days | None, tuple[str, ...]]:
        """The day of a moment, worked out once: most criteria of a vacancy share one."""
        known = self.days.get(moment)
        if known is None:
            known = self.days[moment] = self.by.resolve(moment, self)
        return known

    def spans(self, window: Window) -> tuple[Spans, Spans, tuple[str, ...]]:
        """The days surely inside a window, the days possibly inside, and what is missing to know better: worked out once."""
        known = self.windows.get(window)
        if known is None:
            known = self.windows[window] = self.by.spans(window, self)
        return known

    def could_tell(self, moment: Moment) -> tuple[str, ...]:
        """Where the candidate could tell the day, or tell it better."""
        path = None if moment.name is None else self.asked.get(moment.name)
        return () if path is None else (path,)

    def named(self, met: Met) -> Criterion:
        """The criterion that is asked again, on the day that it is asked on there."""
        return self.on_other_days.get((met.target, met.day)) or self.conditions[met.target]

    def derogation(self, criterion_id: str | None) -> str | None:
        """`granted`, `refused`, or None while nothing is decided."""
        if self.application is None or criterion_id is None:
            return None
        decision: str | None = self.application.derogations.get(criterion_id)
        return decision

    def _copy(self) -> Case:
        other = Case(
            self.facts, self.session, self.today, self.dates, self.vague, by=self.by, asked=self.asked, unsaid=self.unsaid,
            by_choice=self.by_choice, choices=self.choices, application=self.application, lists=self.lists,
            conditions=self.conditions, on_other_days=self.on_other_days, leap_birthday=self.leap_birthday,
        )  # fmt: skip
        other.same, other.relative = self.same, self.relative
        return other

    def with_date(self, name: str, day: Days) -> Case:
        """The same on a day that is known; criteria ask for the same few days, and share them."""
        other = self.on_days.get((name, day))
        if other is None:
            other = self.on_days[name, day] = self._copy()
            other.dates = {**self.dates, name: day}
            other.vague = self.vague - {name} if day.exact else vague_names(other.dates)
        return other

    def with_window(self, window: Window, narrow: Spans, wide: Spans, missing: tuple[str, ...]) -> Case:
        """The same where the days of a window are known already."""
        other = self._copy()
        other.windows[window] = narrow, wide, missing
        return other

    def answered_by(self, by: Decider) -> Case:
        other = self._copy()
        other.by = by
        return other

    def with_choice(self, name: str, option: str) -> Case:
        other = self._copy()
        other.choices = {**self.choices, name: option}
        settled = {day: by.days[option] for day, by in self.by_choice.items() if by.choice == name}
        if settled:
            other.dates = {**self.dates, **settled}
            other.vague = vague_names(other.dates)
            other.asked = {day: path for day, path in self.asked.items() if day not in settled}
            other.by_choice = {day: by for day, by in self.by_choice.items() if day not in settled}
        return other

    def with_same(self, attribute: str, value: str) -> Case:
        other = self._copy()
        other.same = (attribute, value)
        return other

    def with_relative(self, path: str) -> Case:
        other = self._copy()
        other.relative = path
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
