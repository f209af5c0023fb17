"""Days, birthdays, years of experience, deadlines: how time is counted, decided once.

A day is an `int`, the proleptic Gregorian ordinal of `datetime.date`. A date that is only partly known is a `Days`
interval. Nothing here reads a clock or the computer's own time zone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from heapq import heappop, heappush
from itertools import pairwise
from typing import Any, NamedTuple

LONG_AGO = -10_000_000
"""Stands for an unknown or unlimited beginning."""
FOREVER = 10_000_000
"""Stands for an open end (`ongoing`) or an unlimited one."""
_LAST_DAY = date.max.toordinal()
_UTC_ENDS = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class Days(NamedTuple):
    """One day known to lie between `first` and `last`, both included."""

    first: int
    last: int

    @property
    def exact(self) -> bool:
        return self.first == self.last


@lru_cache(maxsize=1024)
def one_day(day: int) -> Days:
    """A day that is exactly known."""
    return Days(day, day)


ONGOING = Days(FOREVER, FOREVER)
ANY_DAY = Days(LONG_AGO, FOREVER)


class BadDate(ValueError):
    """A text that is not a date; `code` tells whether its shape (`E106`) or its day (`E105`) is wrong."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse_days(text: str) -> Days:
    """The days that `2022`, `2022-06` or `2022-06-15` may mean. Raises BadDate."""
    parts = text.split("-")
    widths = [len(part) for part in parts]
    if widths not in ([4], [4, 2], [4, 2, 2]) or not all(part.isascii() and part.isdigit() for part in parts):
        raise BadDate("E106")
    year, *rest = (int(part) for part in parts)
    try:
        if not rest:
            return Days(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())
        if len(rest) == 1:
            first = date(year, rest[0], 1).toordinal()
            return Days(first, first + _month_length(year, rest[0]) - 1)
        day = date(year, *rest).toordinal()
        return Days(day, day)
    except ValueError:
        raise BadDate("E105") from None


def show(days: Days) -> str:
    """The ISO text of a day, or of the narrowest of year and month that is exactly the interval; an end without limit is `..` (EDTF)."""
    if not (days.first > 0 and days.last <= _LAST_DAY):
        return "/".join(date.fromordinal(day).isoformat() if 0 < day <= _LAST_DAY else ".." for day in days)
    if days.exact:
        return date.fromordinal(days.first).isoformat()
    first, last = date.fromordinal(days.first), date.fromordinal(days.last)
    if (first.day, first.year, first.month) == (1, last.year, last.month):
        return f"{first.year:04}-{first.month:02}"
    if (first.month, first.day, last.month, last.day, first.year) == (1, 1, 12, 31, last.year):
        return f"{first.year:04}"
    return f"{first.isoformat()}/{last.isoformat()}"


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _month_length(year: int, month: int) -> int:
    return 28 + _is_leap(year) if month == 2 else 30 if month in (4, 6, 9, 11) else 31


@lru_cache(maxsize=2048)
def add_months(day: int, months: int) -> int:
    """The same day of another month, or that month's last day where it is shorter (31 January + 1 month)."""
    if not 1 <= day <= _LAST_DAY:
        return day
    start = date.fromordinal(day)
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return LONG_AGO if year < 1 else FOREVER
    return date(year, month + 1, min(start.day, _month_length(year, month + 1))).toordinal()


# ---------------------------------------------------------------------------------------------- ages


@lru_cache(maxsize=2048)
def age_on(birth: int, day: int, leap_birthday: str) -> int:
    """Completed years on `day`; the birthday counts from its first hour.

    `leap_birthday` says when somebody born on 29 February ages in a common year: `feb28` or `mar1`.
    """
    born, now = on_calendar(birth), on_calendar(day)
    month, monthday = born.month, born.day
    if (month, monthday) == (2, 29) and not _is_leap(now.year):
        month, monthday = (2, 28) if leap_birthday == "feb28" else (3, 1)
    return now.year - born.year - ((now.month, now.day) < (month, monthday))


@lru_cache(maxsize=2048)
def birthday(birth: int, years: int, leap_birthday: str) -> int:
    """The first day on which `age_on` gives `years`."""
    born = on_calendar(birth)
    year = born.year + years
    if not 1 <= year <= 9999:
        return LONG_AGO if year < 1 else FOREVER
    if (born.month, born.day) == (2, 29) and not _is_leap(year):
        return date(year, 2, 28).toordinal() if leap_birthday == "feb28" else date(year, 3, 1).toordinal()
    return date(year, born.month, born.day).toordinal()


def month_day(birth: int, months: int, leap_birthday: str, short_month: str) -> int:
    """The first day on which somebody is so many months old; `short_month` says when, in a month that lacks the day of birth: `feb28`
    on its last day, `mar1` on the first of the next. Whole years are birthdays."""
    if months % 12 == 0:
        return birthday(birth, months // 12, leap_birthday)
    born = on_calendar(birth)
    year, month = divmod(born.year * 12 + born.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return LONG_AGO if year < 1 else FOREVER
    there = _month_length(year, month + 1)
    return date(year, month + 1, min(born.day, there)).toordinal() + (born.day > there and short_month == "mar1")


def months_on(birth: int, day: int, leap_birthday: str, short_month: str) -> int:
    """Completed months of age on `day`."""
    born, now = on_calendar(birth), on_calendar(day)
    months = (now.year - born.year) * 12 + now.month - born.month
    return months - (day < month_day(birth, months, leap_birthday, short_month))


# ---------------------------------------------------------------------------------- lengths of time


class Length(NamedTuple):
    """A length of calendar time: whole months and days (`1 year 15 days` is 12 months and 15 days)."""

    months: int
    days: int = 0

    def after(self, day: int) -> int:
        return add_months(day, self.months) + self.days

    def before(self, day: int) -> int:
        return add_months(day, -self.months) - self.days

    @property
    def most_days(self) -> int:
        """The longest this can be, in days: what a total over several spells has to reach (semantics: 3 years are 1096)."""
        return longest(self.months) + self.days

    @property
    def least_days(self) -> int:
        """The shortest this can be, in days."""
        return min(_runs_of(self.months)) + self.days


@lru_cache(maxsize=512)
def longest(months: int) -> int:
    """The number of days of the longest run of so many consecutive months (12 → 366, 36 → 1096, 120 → 3653)."""
    return max(_runs_of(months))


@lru_cache(maxsize=512)
def _runs_of(months: int) -> list[int]:
    """The numbers of days of the runs of so many consecutive months."""
    starts = [date(year, month, 1).toordinal() for year in range(2000, 2004) for month in range(1, 13)]
    return [add_months(start, months) - start for start in starts]


class Spell(NamedTuple):
    """A stretch of days, both ends included, worked or lived at `rate` percent; it may begin so many days earlier, or end later."""

    first: int
    last: int
    rate: Any = 100
    earlier: int = 0
    later: int = 0


class Cover(NamedTuple):
    """What a set of spells adds up to: percent-days counted once, and the stretches they lie in.

    `parts` do not overlap, each has one rate, and they are cut wherever a spell begins or ends. `months` are percent-months besides them:
    of records that reach the most they may count. `others` are other ways to count, the best of which decides. `one` says that however
    the dates are to be understood, the days are one stretch of one rate; `dated` that the dates are known, and only the rate is not;
    `cut` that a record whose days are not known may begin or end in the middle of them.
    """

    percent_days: Any
    parts: tuple[Spell, ...] = ()
    months: Any = 0
    others: tuple[Cover, ...] = ()
    one: bool = False
    dated: bool = False
    cut: bool = False

    @property
    def days(self) -> int:
        """Full-time days, rounded down."""
        return int(self.percent_days // 100)

    @property
    def runs(self) -> tuple[tuple[int, int], ...]:
        """The unbroken stretches at full rate."""
        return tuple(joined([(part.first, part.last) for part in self.parts if part.rate >= 100]))

    @property
    def longest_run(self) -> tuple[int, int] | None:
        return max(self.runs, key=lambda run: (run[1] - run[0], -run[0]), default=None)


NOTHING = Cover(0)


def summed(spells: Iterable[Spell]) -> list[Spell]:
    """The same days as stretches that do not overlap, in order: on each day the rates are added, up to 100 percent.

    They are cut where a spell begins or ends. A stretch may begin so many days earlier, or end later, as all the spells that it
    begins or ends with allow.
    """
    stretches = sorted([spell for spell in spells if spell.last >= spell.first and spell.rate > 0])
    changes: dict[int, Any] = {}
    for first, last, share, _, _ in stretches:
        changes[first] = changes.get(first, 0) + share
        changes[last + 1] = changes.get(last + 1, 0) - share
    found = []
    rate: Any = 0
    for day, following in pairwise(sorted(changes)):
        rate += changes[day]
        if rate > 0:
            found.append(Spell(day, following - 1, min(rate, 100)))
    return found if all(not spell.earlier and not spell.later for spell in stretches) else _loosened(found, stretches)


def _loosened(parts: list[Spell], spells: list[Spell]) -> list[Spell]:
    """The stretches with how much earlier they may begin, or later end: as far as the least movable of the spells they lie in."""
    begun: list[tuple[int, int]] = []  # of the spells that have begun: minus the first day there may be, the last day
    ended: list[tuple[int, int]] = []  # the last day there may be, the last day
    found, following = [], 0
    for part in parts:
        while following < len(spells) and spells[following].first <= part.first:
            spell = spells[following]
            heappush(begun, (spell.earlier - spell.first, spell.last))
            heappush(ended, (spell.last + spell.later, spell.last))
            following += 1
        while begun[0][1] < part.first:
            heappop(begun)
        while ended[0][1] < part.last:
            heappop(ended)
        found.append(part._replace(earlier=part.first + begun[0][0], later=ended[0][0] - part.last))
    return found


def joined(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same days as stretches with a day or more between them, in order."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(stretches):
        if found and first <= found[-1][1] + 1:
            if last > found[-1][1]:
                found[-1] = (found[-1][0], last)
        elif first <= last:
            found.append((first, last))
    return found


def cover(spells: Iterable[Spell]) -> Cover:
    """What spells add up to, overlaps counted once."""
    spells = [spell for spell in spells if spell[1] >= spell[0] and spell[2] > 0]
    if not spells:
        return NOTHING
    if len(spells) == 1:
        first, last, rate, _, _ = spells[0]
        rate = min(rate, 100)
        return Cover((last - first + 1) * rate, (Spell(first, last, rate),))
    parts = summed(spells)
    return Cover(sum([rate * (last - first + 1) for first, last, rate, _, _ in parts]), tuple(parts))


def unbroken(
    spells: Iterable[Spell], each_gap: int = 0, all_gaps: int = 0, bridges: Callable[[int, int], bool] | None = None
) -> list[tuple[int, int, int]]:
    """The runs of spells with no gap but those allowed: (first day, last day, days missing inside).

    A gap of at most `each_gap` days is bridged while the gaps of a run add up to at most `all_gaps`; among the ways
    to bridge, a run starts as early as the total allows, looking back from each end. `bridges` says of the first and the
    last day of a gap whether it is short enough, where days alone do not tell (four months).
    """
    merged = joined([spell[:2] for spell in spells])
    runs: list[tuple[int, int, int]] = []
    for index, (_, last) in enumerate(merged):
        missing = 0
        start = index
        while start > 0:
            gap = merged[start][0] - merged[start - 1][1] - 1
            short = gap <= each_gap if bridges is None else bridges(merged[start - 1][1] + 1, merged[start][0] - 1)
            if not short or missing + gap > all_gaps:
                break
            missing += gap
            start -= 1
        runs.append((merged[start][0], last, missing))
    return runs


# ---------------------------------------------------------------------------------------- deadlines


class BadZone(ValueError):
    """A name that is not an IANA time zone."""


def end_of_day(day: int, zone: str) -> datetime:
    """The first instant that is too late for a deadline on `day`: the next local midnight, also on days of 23 or 25 hours."""
    if day >= _LAST_DAY:  # the last day there is does not end
        return _UTC_ENDS[1]
    midnight = datetime.combine(date.fromordinal(day + 1), datetime.min.time())
    return instant(midnight, zone, first=True)


def instant(local: datetime, zone: str, first: bool = False) -> datetime:
    """A local time as an aware instant in UTC; a time that exists twice is the later one (`first`: the earlier), one that does
    not exist is moved on. One that is beyond the calendar in UTC is its first or its last instant.

    Raises BadZone.
    """
    from zoneinfo import ZoneInfo  # costs a millisecond; a date-only question never needs it

    try:
        place = ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise BadZone(zone) from None
    utc = ZoneInfo("UTC")
    try:
        later = local.replace(tzinfo=place, fold=1).astimezone(utc)
        earlier = local.replace(tzinfo=place, fold=0).astimezone(utc)
        there = later.astimezone(place).replace(tzinfo=None) == local
    except OverflowError:
        return _UTC_ENDS[local.year > 1]
    return (min if first else max)(later, earlier) if there else _after_gap(local, zone)


def _after_gap(local: datetime, zone: str) -> datetime:
    from zoneinfo import ZoneInfo

    place, utc = ZoneInfo(zone), ZoneInfo("UTC")
    # Before the gap the clock showed fold=0's offset: the first valid instant is where that offset ends.
    low, high = (local.replace(tzinfo=place, fold=fold).astimezone(utc) for fold in (1, 0))
    low, high = min(low, high), max(low, high)
    before = low.astimezone(place).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(place).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def day_in(moment: datetime, zone: str) -> int:
    """The local calendar day of an aware instant; one that is beyond the calendar there is its first or its last day."""
    from zoneinfo import ZoneInfo

    try:
        return moment.astimezone(ZoneInfo(zone)).toordinal()
    except OverflowError:
        return _LAST_DAY if moment.year > 1 else 1


OF_MONTHS: Mapping[str, tuple[str, ...]] = {"start_of": ("month", "next_month", "year"), "end_of": ("month", "previous_month", "year")}
"""From a day to the first, or the last, of its month, of the one beside that, or of its year."""
ON_DAY_OF_YEAR = ("in_its_year", "next", "previous")
"""From a day to a fixed day of the year, `09-01`: the one of its year, the next one after it, the last one before it."""


class Step(NamedTuple):
    """From a day to another one that the calendar gives: `start_of` `next_month`, `next` `09-01`."""

    how: str
    to: str

    def __call__(self, day: int) -> int:
        """The day that is meant; a day beyond the calendar stays as it is."""
        if not 366 < day < _LAST_DAY - 366:
            return day
        here = date.fromordinal(day)
        if self.how in OF_MONTHS:
            first = here.replace(day=1, month=1) if self.to == "year" else here.replace(day=1)
            if self.how == "start_of":
                return add_months(first.toordinal(), 1) if self.to == "next_month" else first.toordinal()
            months = {"year": 12, "month": 1, "previous_month": 0}[self.to]
            return add_months(first.toordinal(), months) - 1
        found = self._of_year(here.year)
        if self.how == "next":
            return found if found > day else self._of_year(here.year + 1)
        if self.how == "previous":
            return found if found < day else self._of_year(here.year - 1)
        return found

    def _of_year(self, year: int) -> int:
        month, day = map(int, self.to.split("-"))
        return date(year, month, day).toordinal()

    def turns(self, days: Days) -> list[int]:
        """Each day of an interval, after its first, on which another day is meant than on its eve."""
        first, last = (on_calendar(day) for day in days)
        if self.how in OF_MONTHS:
            every = (1,) if self.to == "year" else range(1, 13)
            found = [date(year, month, 1).toordinal() for year in range(first.year, last.year + 1) for month in every]
        elif self.how == "in_its_year":
            found = [date(year, 1, 1).toordinal() for year in range(first.year, last.year + 1)]
        else:
            found = [self._of_year(year) + (self.how == "previous") for year in range(first.year, last.year + 1)]
        return [day for day in found if days.first < day <= days.last]


def on_calendar(day: int) -> date:
    """A day as a date; one beyond the calendar is its first or its last."""
    return date.fromordinal(min(max(day, 1), _LAST_DAY))


def breakpoints(days: Sequence[int], first: int, last: int) -> list[int]:
    """Those of `days` inside [first, last], with both ends, sorted and each once."""
    return sorted({first, last, *(day for day in days if first < day < last)})


LONGEST_LIFE = Length(120 * 12)
"""Nobody applies at a greater age: the year is mistyped."""


def impossible_birth(birth: Days, today: int) -> str | None:
    """Why nobody born so can apply on a day: it is `late`, after it, or `early`, more than 120 years before it; None for whoever can."""
    if birth.first > today:
        return "late"
    return "early" if birth.last < LONGEST_LIFE.before(today) else None
