"""Moments and windows: the named days of a vacancy, distances before and after them, and the stretches they bound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from eligibility.dates import FOREVER, LONG_AGO, Days, Length, year_end
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Truth

if TYPE_CHECKING:
    from eligibility.criteria.base import Criterion
    from eligibility.criteria.bounds import Bound
    from eligibility.criteria.case import Case
    from eligibility.criteria.question import RecordQuestion


class Moment:
    """A literal day, a day the vacancy names, or the date of a record. `included` says whether a duration counts the day."""

    __slots__ = ("end_of", "included", "literal", "name", "record")

    def __init__(
        self,
        name: str | None = None,
        literal: Days | None = None,
        record: RecordQuestion | None = None,
        included: bool | None = None,
        end_of: str | None = None,
    ) -> None:
        self.name = name
        self.literal = literal
        self.record = record
        self.end_of = end_of
        self.included = included if included is not None else name != "start"

    def resolve(self, case: Case) -> tuple[Days | None, tuple[str, ...]]:
        """The day, and what is missing to know it. None where no record gives it, or where nobody has said it yet."""
        if self.literal is not None:
            return self.moved(self.literal), ()
        if self.record is not None:
            found, missing, _ = self.record.date_of(case)
            return (None if found is None else self.moved(found)), missing
        assert self.name is not None
        known = case.date(self.name)
        if known is None:
            return None, (case.asked.get(self.name, f"dates.{self.name}"),)
        return self.moved(known), ()

    def moved(self, days: Days) -> Days:
        """The days, or the last days of their years (`end_of: year`)."""
        if self.end_of == "year":
            return Days(*map(year_end, days))
        return days


DAY_OF_SPAN = "the day of a span"
"""The name of the day that a criterion is asked on where it is asked on every day of a span (`throughout`)."""


class Edge(NamedTuple):
    """One end of a window: a moment, moved by a length (negative: before it), the edge itself included or not."""

    moment: Moment
    length: Length | None
    before: bool
    included: bool

    def day(self, case: Case) -> tuple[Days | None, bool, tuple[str, ...]]:
        """The day of the edge, whether there may be none at all, and what is missing to know."""
        if self.moment.record is not None:
            found, missing, may_lack = self.moment.record.date_of(case)
            found = None if found is None else self.moment.moved(found)
        else:
            found, missing = self.moment.resolve(case)
            may_lack = False
            if found is None:  # a named day that nobody has told yet: any day
                return Days(LONG_AGO, FOREVER), False, missing
        if found is None:
            return None, True, missing
        if self.length is not None:
            move = self.length.before if self.before else self.length.after
            found = Days(_moved(found.first, move), _moved(found.last, move))
        return found, may_lack, missing


def _moved(day: int, move: Any) -> int:
    return day if day in (LONG_AGO, FOREVER) else int(move(day))


Spans = list[tuple[int, int]]


def common(these: Spans, those: Spans) -> Spans:
    """The days that lie in stretches of both."""
    return [(max(a, c), min(b, d)) for a, b in these for c, d in those if max(a, c) <= min(b, d)]


class Window:
    """A stretch of days between two edges, the days while other records last, or those of both."""

    __slots__ = ("extended", "lower", "moves", "records", "upper")

    def __init__(
        self,
        lower: tuple[Edge, ...] = (),
        upper: tuple[Edge, ...] = (),
        records: RecordQuestion | None = None,
        extended: tuple[Extension, ...] = (),
        moves: str = "from",
    ) -> None:
        self.lower = lower
        self.upper = upper
        self.records = records
        self.extended = extended
        self.moves = moves

    def spans(self, case: Case) -> tuple[Spans, Spans, tuple[str, ...]]:
        """The days surely inside, the days possibly inside, and what is missing to know better: worked out once in a case."""
        known = case.spans.get(self)
        if known is None:
            known = case.spans[self] = self._spans(case)
        return known

    def _spans(self, case: Case) -> tuple[Spans, Spans, tuple[str, ...]]:
        if self.records is None:
            return self._between(case)
        narrow, wide, missing = self.records.lasting(case)
        if self.lower or self.upper:
            inside, around, more = self._between(case)
            narrow, wide, missing = common(narrow, inside), common(wide, around), (*missing, *more)
        return narrow, wide, missing

    def _between(self, case: Case) -> tuple[Spans, Spans, tuple[str, ...]]:
        """The days between its edges."""
        narrow, wide = [LONG_AGO, FOREVER], [LONG_AGO, FOREVER]
        missing: tuple[str, ...] = ()
        surely, possibly = True, True
        for edge in self.lower:
            day, may_lack, lacking = edge.day(case)
            missing += lacking
            if day is None:
                surely = possibly = False
                continue
            surely = surely and not may_lack
            step = 0 if edge.included else 1
            narrow[0], wide[0] = max(narrow[0], day.last + step), max(wide[0], day.first + step)
        for edge in self.upper:
            day, may_lack, lacking = edge.day(case)
            missing += lacking
            if day is None:
                surely = possibly = False
                continue
            surely = surely and not may_lack
            step = 0 if edge.included else 1
            narrow[1], wide[1] = min(narrow[1], day.first - step), min(wide[1], day.last - step)
        if self.extended and possibly:
            missing += self._extend(case, narrow, wide)
        inside = [(narrow[0], narrow[1])] if surely and narrow[0] <= narrow[1] else []
        around = [(wide[0], wide[1])] if possibly and wide[0] <= wide[1] else []
        return inside, around, missing

    def _extend(self, case: Case, narrow: list[int], wide: list[int]) -> tuple[str, ...]:
        low, high, missing = extension(self.extended, case)
        if self.moves == "from":
            narrow[0], wide[0] = low.before(narrow[0]), high.before(wide[0])
        else:
            narrow[1], wide[1] = low.after(narrow[1]), high.after(wide[1])
        return missing

    @property
    def most_days(self) -> int | None:
        """How many days it has at most, wherever it lies; None where that depends on where."""
        ends = [(lower.length, upper.length) for lower in self.lower for upper in self.upper if lower.moment is upper.moment]
        lengths = [first or last for first, last in ends if first is None or last is None]
        days = [length.most_days + (3 if length.months else 0) for length in lengths if length is not None]  # 31 August less six months
        return min(days, default=None) if not self.extended else None

    def contains(self, date: Days, case: Case) -> tuple[Truth, tuple[str, ...]]:
        """Whether a date, as far as it is known, lies in the window."""
        inside, around, missing = self.spans(case)
        if any(first <= date.first and date.last <= last for first, last in inside):
            return TRUE, ()
        if any(first <= date.last and date.first <= last for first, last in around):
            return UNKNOWN, missing
        return FALSE, ()

    def until(self) -> Window | None:
        """Everything up to its end; None where it has none."""
        moved = self.extended if self.moves == "to" else ()
        return Window(upper=self.upper, extended=moved, moves="to") if self.upper else None

    def lengths(self) -> list[tuple[int, int]]:
        return [(edge.length.months, edge.length.days) for edge in (*self.lower, *self.upper) if edge.length is not None]

    def questions(self) -> Iterator[RecordQuestion]:
        """The record questions it rests on."""
        for edge in (*self.lower, *self.upper):
            if edge.moment.record is not None:
                yield edge.moment.record
        if self.records is not None:
            yield self.records
        yield from questions_of(self.extended)

    def moments(self) -> list[Moment]:
        """The moments of its edges; those of the records it rests on are theirs."""
        return [edge.moment for edge in (*self.lower, *self.upper)]


class Extension(NamedTuple):
    """What moves a limit: so much per record, the length of records, or a new value when something holds."""

    add: Length | None = None
    per: RecordQuestion | None = None
    of: RecordQuestion | None = None
    up_to: Length | None = None
    to: Any = None
    when: Criterion | None = None


def questions_of(extended: tuple[Extension, ...]) -> Iterator[RecordQuestion]:
    """The record questions that move a limit."""
    for one in extended:
        for question in (one.per, one.of):
            if question is not None:
                yield question


def turns_of(bounds: Iterable[Bound], case: Case) -> list[int]:
    """The days on which the conditions that move some bounds may change; the records that move them have days of their own."""
    return [day for bound in bounds for one in bound.extended if one.when is not None for day in one.when.critical_days(case)]


def extension(extended: tuple[Extension, ...], case: Case) -> tuple[Length, Length, tuple[str, ...]]:
    """By how much the extensions move a limit, at least and at most; `to` is not counted here."""
    low = high = Length(0)
    missing: tuple[str, ...] = ()
    for _, few, many, lacking in moves(extended, case):
        missing += lacking
        low = Length(low.months + few.months, low.days + few.days)
        high = Length(high.months + many.months, high.days + many.days)
    return low, high, missing


def moves(extended: tuple[Extension, ...], case: Case) -> Iterator[tuple[str, Length, Length, tuple[str, ...]]]:
    """What moves a limit: the kind of its records, by how much at least and at most, and what is missing to know."""
    for one in extended:
        if one.add is not None and one.per is not None:
            kind = one.per.kind
            few, many, lacking = one.per.number(case)
            pair = [Length(one.add.months * few, one.add.days * few), Length(one.add.months * many, one.add.days * many)]
        elif one.of is not None:
            kind = one.of.kind
            *pair, lacking = one.of.total_length(case)
        else:
            continue
        low, high = (_smaller(length, one.up_to) if one.up_to is not None else length for length in pair)
        yield kind, low, high, lacking if pair[0] != pair[1] else ()


def _smaller(length: Length, cap: Length) -> Length:
    return length if length.most_days <= cap.most_days else cap
