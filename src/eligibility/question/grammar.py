"""The grammar of questions: criteria, and the records, windows, days, bounds and filters that hold each other.

All of it is frozen, compared by identity, and printed as what it says. What follows from what is said, and from nothing else, stands
beside it: whether the answer can change from one day to the next, say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Literal, NamedTuple

from eligibility.answer import RecordCode
from eligibility.dates import Days, Length, year_end
from eligibility.language.kind import Kind
from eligibility.profile import SOURCES, Source
from eligibility.question.quantity import Quantity

Text = Mapping[str, str]
"""The same words in several languages: {"fr": …, "en": …}."""


@dataclass(frozen=True, eq=False)
class Moment:
    """A literal day, a day the vacancy names, or the date of a record."""

    name: str | None = None
    literal: Days | None = None
    record: Records | None = None
    said_included: bool | None = None
    end_of: str | None = None

    @cached_property
    def included(self) -> bool:
        """Whether a duration counts the day."""
        return self.said_included if self.said_included is not None else self.name != "start"

    def moved(self, days: Days) -> Days:
        """The days, or the last days of their years (`end_of: year`)."""
        return Days(*map(year_end, days)) if self.end_of == "year" else days


DAY_OF_SPAN = "the day of a span"
"""The name of the day that a criterion is asked on where it is asked on every day of a span (`throughout`)."""


class Edge(NamedTuple):
    """One end of a window: a moment, moved by a length (negative: before it), the edge itself included or not."""

    moment: Moment
    length: Length | None
    before: bool
    included: bool


class Extension(NamedTuple):
    """What moves a limit: so much per record, the length of records, or a new value when something holds."""

    add: Length | None = None
    per: Records | None = None
    of: Records | None = None
    up_to: Length | None = None
    to: Any = None
    when: Criterion | None = None


@dataclass(frozen=True, eq=False)
class Window:
    """A stretch of days between two edges, the days while other records last, or those of both."""

    lower: tuple[Edge, ...] = ()
    upper: tuple[Edge, ...] = ()
    records: Records | None = None
    extended: tuple[Extension, ...] = ()
    moves: str = "from"

    @property
    def most_days(self) -> int | None:
        """How many days it has at most, wherever it lies; None where that depends on where."""
        ends = [(lower.length, upper.length) for lower in self.lower for upper in self.upper if lower.moment is upper.moment]
        lengths = [first or last for first, last in ends if first is None or last is None]
        days = [length.most_days + (3 if length.months else 0) for length in lengths if length is not None]  # 31 August less six months
        return min(days, default=None) if not self.extended else None

    def until(self) -> Window | None:
        """Everything up to its end; None where it has none."""
        moved = self.extended if self.moves == "to" else ()
        return Window(upper=self.upper, extended=moved, moves="to") if self.upper else None

    def lengths(self) -> list[tuple[int, int]]:
        """The lengths of its edges, in months and days."""
        return [(edge.length.months, edge.length.days) for edge in (*self.lower, *self.upper) if edge.length is not None]

    def moments(self) -> list[Moment]:
        """The moments of its edges; those of the records it rests on are theirs."""
        return [edge.moment for edge in (*self.lower, *self.upper)]


class Bound(NamedTuple):
    """One comparison. The quantity may depend on a choice (`by`), and may be moved by events (`extended`)."""

    operator: str
    quantity: Quantity | None
    by: tuple[str, dict[str, Quantity]] | None = None
    extended: tuple[Extension, ...] = ()
    never_beyond: Quantity | None = None

    @property
    def measure(self) -> str:
        if self.quantity is not None:
            return self.quantity.measure
        assert self.by is not None
        return next(iter(self.by[1].values())).measure

    @property
    def fixed(self) -> Any:
        """The limit, where it is the same for everybody; else None."""
        plain = self.quantity is not None and not self.extended and self.never_beyond is None
        return self.quantity.amount if plain and self.quantity is not None else None


@dataclass(frozen=True, eq=False)
class Filter:
    """One attribute of a record and what it must be. Every filter of a criterion looks at the same record."""

    attribute: str
    wanted: Any
    asked_today: ClassVar[bool] = False
    """Whether it is read on the day the criterion is counted on, not on the days of the record."""

    @property
    def constant(self) -> bool:
        """Whether it says the same of a value, whoever has it."""
        return True

    @property
    def dynamic(self) -> bool:
        """Whether what it says depends on the day it is asked on."""
        return False

    @property
    def limits(self) -> tuple[Bound, ...]:
        """The bounds it compares with, which events of the candidate's life may move."""
        return ()


@dataclass(frozen=True, eq=False)
class Related(Filter):
    """Of the relatives asked about."""

    wanted: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class DateIn(Filter):
    """A date of the record inside a window; with several attributes, whichever came first."""

    wanted: Window
    attributes: tuple[str, ...]

    @property
    def window(self) -> Window:
        return self.wanted


class Common(NamedTuple):
    """The keys any criterion may carry."""

    id: str | None = None
    label: Text | None = None
    clause: str | None = None
    quote: str | None = None
    source: Mapping[str, Any] | None = None
    importance: str = "required"
    question: Text | None = None
    advice: Text | None = None
    when: Criterion | None = None
    unless: Criterion | None = None
    derogation: Criterion | None = None
    readings: tuple[tuple[Text, bool, Criterion], ...] = ()


NO_KEYS = Common()


@dataclass(frozen=True, eq=False, kw_only=True)
class Criterion:
    """One condition: what its kind asks, on a day, and what its answer carries."""

    kind: str = ""
    common: Common = NO_KEYS
    """The keys that any criterion may carry."""
    path: tuple[str | int, ...] = ()
    as_of: Moment | None = None
    throughout: tuple[Moment, Moment] | None = None
    names: tuple[str, ...] = ()
    """The days of the vacancy that it is counted on, or from."""
    by_year: frozenset[str] = frozenset()
    """Those of them that stand for the last day of their year (`end_of: year`)."""

    @cached_property
    def plain(self) -> bool:
        """Whether it has no condition, exception, derogation or readings."""
        common = self.common
        return not common.readings and common.when is None and common.unless is None and common.derogation is None


class Cap(NamedTuple):
    """Records counted up to a length: `limits` (of those that match anyway) and `also` (of another source)."""

    question: Records
    at_most: Length | None


WITHOUT_GAPS: tuple[tuple[Bound, ...], int] = ((), 0)
"""What `unbroken: true` forgives."""

Place = Literal["awarded", "held", "begun"]
"""What a record's own days must be for it to count: awarded by the day asked, held on it, begun by it."""


class Sieve(NamedTuple):
    """What one record must be like: filters, each with whether it is read on the days of the record; and what its own days must be."""

    tests: tuple[tuple[Filter, bool], ...]
    place: Place | None
    """None where it counts for as long as it lasts."""
    of_states: tuple[DateIn, ...] = ()
    """Dates of a state, which may be written in several records."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Records(Criterion):
    """Records of a source · that match · in a window · measured · against a bound · on a day."""

    kind_info: Kind = field(repr=False)
    # which records
    filters: tuple[Filter, ...] = ()
    other_than: tuple[tuple[Filter, ...], ...] = ()
    different: tuple[tuple[Filter, ...], ...] = ()
    whose: tuple[str, ...] = ()
    take: str = ""
    any_date_of: tuple[str, ...] = ()
    expected: bool = False
    # when
    during: Window | None = None
    since: Moment | None = None
    # how much
    bounds: tuple[Bound, ...] = ()
    whole: Quantity | None = None
    """In `together`: what they are a share of."""
    beyond: Quantity | None = None
    # counted how
    part_time: str = "pro_rata"
    full_week: float | None = None
    counted: str | None = None
    """How months are counted, where the notice says: one of `COUNTED`."""
    gaps: tuple[tuple[Bound, ...], int] | None = None
    periods: int | None = None
    also: tuple[Cap, ...] = ()
    limits: tuple[Cap, ...] = ()
    absence_rule: str | None = None

    # ------------------------------------------------------------ what follows from that, whoever is asked

    @cached_property
    def source(self) -> str:
        return self.kind_info.source

    @cached_property
    def about(self) -> Source:
        """The source of its records."""
        return SOURCES[self.source]

    @cached_property
    def measure(self) -> str:
        """What is measured: `exists`, `count`, `time`, `hours`, `credits`."""
        measure = self.bounds[0].measure if self.bounds else "exists"
        return "count" if measure == "number" else measure

    @cached_property
    def is_state(self) -> bool:
        """Whether the question is about what holds on the day; a window makes it one about a lifetime."""
        return self.kind_info.state and self.during is None and not any(one.attribute == "end" for one in self.filters)

    @cached_property
    def on_day(self) -> bool:
        """Whether a record has to last on the very day."""
        return self.is_state and (self.measure != "time" or self.about.working_time)

    @cached_property
    def asked(self) -> tuple[Filter, ...]:
        """The filters, that of relatives among them."""
        return (*self.filters, Related("relation", self.whose)) if self.whose else self.filters

    @cached_property
    def dated(self) -> tuple[DateIn, ...]:
        return tuple(one for one in self.filters if isinstance(one, DateIn))

    @cached_property
    def dynamic(self) -> list[Filter]:
        return [one for one in self.filters if one.dynamic]

    @cached_property
    def place(self) -> Place | None:
        """What a record's own days must be; None where it counts for as long as it lasts."""
        if self.about.event is not None:
            return "awarded"
        return "held" if self.on_day else "begun" if self.measure in ("exists", "count", "credits") else None

    @cached_property
    def sieve(self) -> Sieve:
        """What a record must be like to count."""
        on_its_days = self.about.event is not None or not self.on_day
        tests = tuple((one, one.dynamic and not one.asked_today and on_its_days) for one in self.asked)
        return Sieve(tests, self.place, self.dated if self.of_states else ())

    @cached_property
    def undated(self) -> Sieve:
        """What a record must be like, whatever the windows of its dates say."""
        return Sieve(tuple((one, spread) for one, spread in self.sieve.tests if one not in self.dated), self.place)

    @cached_property
    def whenever(self) -> Sieve:
        """What a record must be like, whenever it begins and ends, as a part of something that lasts longer."""
        return self.undated._replace(place=None)

    @cached_property
    def lasting(self) -> Sieve:
        """The same, read on its days."""
        return self.whenever._replace(tests=tuple((one, one.dynamic and not one.asked_today) for one, _ in self.whenever.tests))

    @cached_property
    def inside(self) -> Sieve:
        """What a record of a cap must be like: the days before it began are not counted anyway."""
        return self.sieve._replace(place=None) if self.place == "begun" else self.sieve

    @cached_property
    def demands(self) -> tuple[tuple[Filter, ...], ...]:
        """What a record must be like for each of several different things."""
        return tuple((*self.asked, *demand) for demand in self.different)

    @cached_property
    def counts_absences(self) -> bool:
        """Whether the days away are gaps, which only some are forgiven of."""
        options = self.kind_info.options
        return "absence_rule" in options and self.measure == "time" and self.gaps is not None and self.gaps != WITHOUT_GAPS

    @cached_property
    def inexact(self) -> bool:
        """Whether exact days alone do not make the time they last exact."""
        return bool(self.dynamic or self.also or self.limits or self.counts_absences)

    @cached_property
    def of_states(self) -> bool:
        """Whether its dates are those of a state, which may be written in several records."""
        long = self.measure == "time" and (self.kind_info.state or self.gaps is not None)
        return long and any({"start", "end"} & set(one.attributes) for one in self.dated)

    @cached_property
    def fixed(self) -> list[tuple[Bound, Any, Any]] | None:
        """The bounds with their limits, where these are the same for everybody."""
        limits = [(bound, bound.fixed, bound.fixed) for bound in self.bounds]
        return limits if all(limit is not None for _, limit, _ in limits) else None

    @cached_property
    def bounds_met(self) -> tuple[Bound, ...]:
        """Its own bounds and those of its filters."""
        return (*self.bounds, *(bound for one in self.filters for bound in one.limits))

    @cached_property
    def shows_dates(self) -> bool:
        """Whether an explanation quotes the days of a record, or what identifies it."""
        return self.measure == "time" or self.about.working_time

    @cached_property
    def maxima(self) -> bool:
        return bool(self.bounds) and all(bound.operator in ("at_most", "less_than") for bound in self.bounds)

    @cached_property
    def mixed(self) -> bool:
        """Whether there is both something to reach and something not to exceed."""
        return not self.maxima and any(bound.operator in ("at_most", "less_than") for bound in self.bounds)

    @cached_property
    def passes(self) -> RecordCode:
        """The code of a pass."""
        return "within" if self.maxima else "enough" if self.bounds else "found"

    @cached_property
    def _unmoved(self) -> bool:
        """Whether nothing but the records and the day enters the answer."""
        moved = self.during or self.dated or self.since or self.other_than or self.also or self.limits or self.different or self.take
        return not (moved or self.absence_rule or any(bound.extended for bound in self.bounds_met))

    @cached_property
    def steady(self) -> bool:
        """Whether the answer stays the same between two of its critical days, whatever the day."""
        return self.measure in ("exists", "count") and self.fixed is not None and self._unmoved

    @cached_property
    def growing(self) -> bool:
        """Whether a later day can only add to what is there: time, of which there has to be at least so much."""
        least = self.measure == "time" and self.fixed is not None and not (self.maxima or self.mixed)
        return least and self._unmoved and not (self.gaps or self.dynamic)
