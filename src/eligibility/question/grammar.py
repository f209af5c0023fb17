"""The grammar of questions: criteria, and the records, windows, days, bounds and filters that hold each other.

All of it is frozen, compared by identity, and printed as what it says. What follows from what is said, and from nothing else, stands
beside it: whether the answer can change from one day to the next, say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, NamedTuple

from eligibility.answer import RecordCode
from eligibility.dates import Days, Length, Step
from eligibility.language.kind import Kind
from eligibility.profile import SOURCES, Source
from eligibility.question.quantity import Quantity
from eligibility.question.table import Table


def set_aside(frozen: Any, **follows: Any) -> None:
    """Writes beside what a question says what follows from it: once, while it is made."""
    for name, value in follows.items():
        object.__setattr__(frozen, name, value)


Text = Mapping[str, str]
"""The same words in several languages: {"fr": …, "en": …}."""


@dataclass(frozen=True, eq=False, slots=True)
class Moment:
    """A literal day, a day the vacancy names, or the date of a record."""

    name: str | None = None
    literal: Days | None = None
    record: Records | None = None
    said_included: bool | None = None
    step: Step | None = None
    """To the day of the calendar that is meant instead of it."""
    included: bool = field(init=False, repr=False)
    """Whether a duration counts the day."""

    def __post_init__(self) -> None:
        set_aside(self, included=self.said_included if self.said_included is not None else self.name != "start")

    def moved(self, days: Days) -> Days:
        """The days, or those of the calendar that they stand for (`start_of`, `end_of`, `next`, …)."""
        return days if self.step is None else Days(self.step(days.first), self.step(days.last))


DAY_OF_SPAN = "the day of a span"
"""The name of the day that a criterion is asked on where it is asked on every day of a span (`throughout`)."""


class Edge(NamedTuple):
    """One end of a window: a moment, moved by a length (negative: before it), the edge itself included or not."""

    moment: Moment
    length: Length | None
    before: bool
    included: bool


class Extension(NamedTuple):
    """What moves a limit: so much per record, or once when something holds; the length of records; the largest of several of these; or a
    new value when something holds."""

    add: Length | None = None
    per: Records | None = None
    of: Records | None = None
    up_to: Length | None = None
    to: Any = None
    when: Criterion | None = None
    largest: tuple[Extension, ...] = ()
    """Those of which only the one that moves the limit most counts: with `per`, for each of its records apart."""

    @property
    def parts(self) -> tuple[Extension, ...]:
        """Those of which it takes the largest; else itself."""
        return self.largest or (self,)


@dataclass(frozen=True, eq=False, slots=True)
class Window:
    """A stretch of days between two edges, the days while other records last, or those of both; without those of `outside`."""

    lower: tuple[Edge, ...] = ()
    upper: tuple[Edge, ...] = ()
    records: Records | None = None
    extended: tuple[Extension, ...] = ()
    moves: str = "from"
    outside: Records | None = None
    """The days while these last are left out."""

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
    """One comparison. The quantity may depend on a choice (`by`) or stand in a `table`, and may be moved by events (`extended`)."""

    operator: str
    quantity: Quantity | None
    by: tuple[str, dict[str, Quantity]] | None = None
    extended: tuple[Extension, ...] = ()
    never_beyond: Quantity | None = None
    table: Table | None = None

    @property
    def measure(self) -> str:
        if self.quantity is not None:
            return self.quantity.measure
        if self.table is not None:
            return "number"
        assert self.by is not None
        return next(iter(self.by[1].values())).measure

    @property
    def fixed(self) -> Any:
        """The limit, where it is the same for everybody; else None."""
        plain = self.quantity is not None and not self.extended and self.never_beyond is None
        return self.quantity.amount if plain and self.quantity is not None else None


@dataclass(frozen=True, eq=False, slots=True)
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


@dataclass(frozen=True, eq=False, slots=True)
class Related(Filter):
    """Of the relatives asked about."""

    wanted: tuple[str, ...]


@dataclass(frozen=True, eq=False, slots=True)
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
    todo: str | None = None
    source: Mapping[str, Any] | None = None
    importance: str = "required"
    question: Text | None = None
    advice: Text | None = None
    proof: tuple[Text, ...] = ()
    """The papers that prove it, where the rule names them."""
    granted_by: Text | None = None
    """Of a derogation: who may grant it."""
    when: Criterion | None = None
    unless: Criterion | None = None
    derogation: Criterion | None = None
    readings: tuple[tuple[Text, bool, Criterion], ...] = ()


NO_KEYS = Common()


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
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
    steps: Mapping[str, tuple[Step, ...]] = field(default_factory=dict, repr=False)
    """Those of them that stand for another day of the calendar, with the steps to it."""
    plain: bool = field(init=False, repr=False)
    """Whether it has no condition, exception, derogation or readings."""

    def __post_init__(self) -> None:
        common = self.common
        plain = not common.readings and common.when is None and common.unless is None and common.derogation is None
        object.__setattr__(self, "plain", plain)


def completed(criterion: Criterion, **said: Any) -> Criterion:
    """A criterion that has just been read, with what stands around its kind: before anybody else has seen it."""
    set_aside(criterion, **said)
    Criterion.__post_init__(criterion)
    return criterion


class Cap(NamedTuple):
    """Records counted up to a length: `limits` (of those that match anyway) and `also` (of another source)."""

    question: Records
    at_most: Length | None


class Part(NamedTuple):
    """What some of one unbroken run has to be like besides, and for how long (`of_which`)."""

    filters: tuple[Filter, ...]
    bounds: tuple[Bound, ...]


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


def _resting_on(window: Window | None) -> list[Records]:
    """The questions whose records or dates make a window."""
    if window is None:
        return []
    return [one for one in (window.records, window.outside, *(moment.record for moment in window.moments())) if one is not None]


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Records(Criterion):
    """Records of a source · that match · in a window · measured · against a bound · on a day."""

    kind_info: Kind = field(repr=False)
    # which records
    filters: tuple[Filter, ...] = ()
    other_than: tuple[tuple[Filter, ...], ...] = ()
    different: tuple[tuple[Filter, ...], ...] = ()
    whose: tuple[str, ...] = ()
    of_relatives: bool = False
    """Whether relatives are counted, each once, and not their records."""
    of_both: bool = False
    """Whether it is asked of each of both parents."""
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
    each: tuple[Bound, ...] = ()
    """How long a record has to last to count at all."""
    gaps: tuple[tuple[Bound, ...], int] | None = None
    of_which: tuple[Part, ...] = ()
    """What the one unbroken run has to hold besides being long enough."""
    periods: int | None = None
    among: tuple[tuple[Filter, ...], ...] = ()
    """What some of the records that count must be like, each another one."""
    sittings: int | None = None
    """From how many sittings all that counts may come."""
    told_apart: tuple[Filter, ...] = field(default=(), repr=False)
    """Of exams: what tells whether two words are one subject, and whether two are one exam."""
    also: tuple[Cap, ...] = ()
    limits: tuple[Cap, ...] = ()
    absence_rule: str | None = None

    # what follows from that, whoever is asked
    about: Source = field(init=False, repr=False)
    """The source of its records, and its name."""
    source: str = field(init=False, repr=False)
    measure: str = field(init=False, repr=False)
    """What is measured: `exists`, `count`, `time`, `hours`, `credits`."""
    is_state: bool = field(init=False, repr=False)
    """Whether the question is about what holds on the day; a window makes it one about a lifetime."""
    on_day: bool = field(init=False, repr=False)
    """Whether a record has to last on the very day."""
    dated: tuple[DateIn, ...] = field(init=False, repr=False)
    """The filters that ask for a date in a window."""
    dynamic: tuple[Filter, ...] = field(init=False, repr=False)
    """The filters whose answer changes with time."""
    place: Place | None = field(init=False, repr=False)
    """What a record's own days must be; None where it counts for as long as it lasts."""
    sieve: Sieve = field(init=False, repr=False)
    """What a record must be like to count."""
    demands: tuple[tuple[Filter, ...], ...] = field(init=False, repr=False)
    """What a record must be like for each of several different things."""
    counts_absences: bool = field(init=False, repr=False)
    """Whether the days away are gaps, which only some are forgiven of."""
    inexact: bool = field(init=False, repr=False)
    """Whether exact days alone do not make the time they last exact."""
    fixed: list[tuple[Bound, Any, Any]] | None = field(init=False, repr=False)
    """The bounds with their limits, where these are the same for everybody."""
    bounds_met: tuple[Bound, ...] = field(init=False, repr=False)
    """Its own bounds and those of its filters."""
    shows_dates: bool = field(init=False, repr=False)
    """Whether an explanation quotes the days of a record, or what identifies it."""
    maxima: bool = field(init=False, repr=False)
    """Whether it only limits."""
    mixed: bool = field(init=False, repr=False)
    """Whether there is both something to reach and something not to exceed."""
    passes: RecordCode = field(init=False, repr=False)
    """The code of a pass."""
    steady: bool = field(init=False, repr=False)
    """Whether the answer stays the same between two of its critical days, whatever the day."""
    adds_up: bool = field(init=False, repr=False)
    """Whether a later day can only add to what is there, while its window stays where it is: time, of which there has to be at least so
    much."""
    growing: bool = field(init=False, repr=False)
    """The same without a window: whatever the days."""

    def __post_init__(self) -> None:
        Criterion.__post_init__(self)
        kind, filters, bounds = self.kind_info, self.filters, self.bounds
        about = SOURCES[kind.source]
        measure = bounds[0].measure if bounds else "exists"
        measure = "count" if measure == "number" else measure
        timed = measure == "time"
        is_state = kind.state and self.during is None and not self.asks_of_end
        on_day = is_state and (not timed or about.working_time)
        asked = (*filters, Related("relation", self.whose)) if self.whose else filters
        dated = tuple([one for one in filters if isinstance(one, DateIn)])
        dynamic = tuple([one for one in filters if one.dynamic])
        on_its_days = about.event is not None or not on_day
        tests = tuple([(one, one.dynamic and not one.asked_today and on_its_days) for one in asked])
        alone = measure in ("exists", "count", "credits")
        place: Place | None = "awarded" if about.event is not None else "held" if on_day else "begun" if alone else None
        long = timed and (kind.state or self.gaps is not None) and not kind.seniority
        of_states = long and any({"start", "end"} & set(one.attributes) for one in dated)
        away = "absence_rule" in kind.options and timed and self.gaps is not None and self.gaps != WITHOUT_GAPS
        limits = [(bound, bound.fixed, bound.fixed) for bound in bounds]
        fixed = limits if all(limit is not None for _, limit, _ in limits) else None
        of_parts = [bound for part in self.of_which for bound in part.bounds]
        bounds_met = (*bounds, *of_parts, *[bound for one in filters for bound in one.limits])
        most = [bound.operator in ("at_most", "less_than") for bound in bounds]
        maxima = bool(most) and all(most)
        chosen = self.of_both or self.among or self.each or dated or self.since or self.other_than or self.different or self.take
        moved = chosen or self.of_which or self.also or self.limits
        rests = fixed is not None and not (moved or self.absence_rule or any(bound.extended for bound in bounds_met))
        adds_up = timed and rests and not any(most) and not (self.gaps or dynamic)
        set_aside(
            self, about=about, source=kind.source, measure=measure, is_state=is_state, on_day=on_day, dated=dated, dynamic=dynamic,
            place=place, sieve=Sieve(tests, place, dated if of_states else ()),
            demands=tuple((*asked, *demand) for demand in self.different),
            counts_absences=away, inexact=bool(dynamic or self.also or self.limits or away), fixed=fixed, bounds_met=bounds_met,
            shows_dates=timed or about.working_time, maxima=maxima, mixed=not maxima and any(most),
            passes="within" if maxima else "enough" if bounds else "found",
            steady=measure in ("exists", "count") and rests and self.during is None,
            adds_up=adds_up, growing=adds_up and self.during is None,
        )  # fmt: skip

    @property
    def of_one_person(self) -> bool:
        """Whether it takes one relative alone: what several of them have is not added up, and none follows on another, or on the records of
        another in a window."""
        of_each = self.measure != "exists" or self.throughout is not None or bool(self.take or self.different)
        of_each = of_each or any(one.whose for window in (self.during, *(one.window for one in self.dated)) for one in _resting_on(window))
        return bool(self.whose) and of_each and not (self.of_both or self.of_relatives)

    @property
    def combines(self) -> bool:
        """Whether its records have to suit each other: some of them what is asked, all of them few sittings."""
        return bool(self.among) or self.sittings is not None

    @property
    def of_states(self) -> bool:
        """Whether its dates are those of a state, which may be written in several records."""
        return bool(self.sieve.of_states)

    @property
    def changing(self) -> tuple[Filter, ...]:
        """Every filter whose answer changes with time: of the records that count, of those left out, of several different ones."""
        return (*self.dynamic, *(one for one in self.beside if one.dynamic))

    @property
    def beside(self) -> tuple[Filter, ...]:
        """The filters of some of the records: those left out, several different ones, those that must be among them, parts of a run."""
        lots = (*self.other_than, *self.different, *self.among, *(part.filters for part in self.of_which))
        return tuple(one for filters in lots for one in filters)

    @property
    def undated(self) -> Sieve:
        """What a record must be like, whatever the windows of its dates say."""
        return Sieve(tuple((one, spread) for one, spread in self.sieve.tests if one not in self.dated), self.place)

    @property
    def whenever(self) -> Sieve:
        """What a record must be like, whenever it begins and ends, as a part of something that lasts longer."""
        return self.undated._replace(place=None)

    @property
    def asks_of_end(self) -> bool:
        """Whether it asks when its records end (`ended`): then it is not of what goes on."""
        return any(one.attribute == "end" for one in self.filters)

    @property
    def lasting(self) -> Sieve:
        """What each of several records must be like that are one job together, read on its days."""
        return Sieve(tuple((one, one.dynamic and not one.asked_today) for one, _ in self.sieve.tests), None)

    @property
    def inside(self) -> Sieve:
        """What a record of a cap must be like: the days before it began are not counted anyway."""
        return self.sieve._replace(place=None) if self.place == "begun" else self.sieve
