"""Days, birthdays, years of experience, deadlines: how time is counted, decided once.

A day is an `int`, the proleptic Gregorian ordinal of `datetime.date`. A date that is only partly known is a `Days`
interval. Nothing here reads a clock or the computer's own time zone.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

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


def new_years(days: Days) -> list[int]:
    """Each 1 January after the first of the days, up to the last."""
    first, last = (on_calendar(day).year for day in days)
    return [date(year, 1, 1).toordinal() for year in range(first + 1, last + 1)]


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


@lru_cache(maxsize=512)
def longest(months: int) -> int:
    """The number of days of the longest run of so many consecutive months (12 → 366, 36 → 1096, 120 → 3653)."""
    starts = (date(year, month, 1).toordinal() for year in range(2000, 2004) for month in range(1, 13))
    return max((add_months(start, months) - start for start in starts), default=0)


class Spell(NamedTuple):
    """A stretch of days, both ends included, worked or lived at `rate` percent."""

    first: int
    last: int
    rate: int = 100


class Cover(NamedTuple):
    """What a set of spells adds up to: percent-days counted once, and the unbroken runs at full rate."""

    percent_days: int
    runs: tuple[tuple[int, int], ...]

    @property
    def days(self) -> int:
        """Full-time days, rounded down."""
        return self.percent_days // 100

    @property
    def longest_run(self) -> tuple[int, int] | None:
        if len(self.runs) == 1:
            return self.runs[0]
        return max(self.runs, key=lambda run: (run[1] - run[0], -run[0]), default=None)


NOTHING = Cover(0, ())


def summed(spells: Iterable[Spell]) -> list[Spell]:
    """The same days as stretches that do not overlap, in order: on each day the rates are added, up to 100 percent."""
    stretches = [spell for spell in spells if spell.last >= spell.first and spell.rate > 0]
    changes: dict[int, int] = {}
    for first, last, rate in stretches:
        changes[first] = changes.get(first, 0) + rate
        changes[last + 1] = changes.get(last + 1, 0) - rate
    found = []
    rate = 0
    for day, following in pairwise(sorted(changes)):
        rate += changes[day]
        if rate > 0:
            found.append(Spell(day, following - 1, min(rate, 100)))
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
        first, last, rate = spells[0]
        return Cover((last - first + 1) * min(rate, 100), ((first, last),) if rate >= 100 else ())
    if min([spell[2] for spell in spells]) >= 100:
        full = joined([spell[:2] for spell in spells])
        return Cover(sum([last - first + 1 for first, last in full]) * 100, tuple(full))
    parts = summed(spells)
    total = sum([rate * (last - first + 1) for first, last, rate in parts])
    return Cover(total, tuple(joined([(first, last) for first, last, rate in parts if rate >= 100])))


_LIFETIME = 55_000
"""No run longer than these days, some 150 years, is worth telling apart: nobody is asked for more."""


def runs_within(counted: Sequence[Spell], capped: Sequence[Spell], most_days: int) -> tuple[tuple[int, int], ...]:
    """The unbroken runs at full rate that need no more than so many days of what is capped: every one that cannot be longer.

    One more spell, capped or not, leaves each run as it is or makes it longer.
    """
    stretches = summed(counted)
    runs = []
    for earliest, last in cover([*counted, *capped]).runs:
        first = max(earliest, last - _LIFETIME)
        lacking = dict.fromkeys(range(first, last + 1), 100)
        for begin, end, rate in stretches:
            for day in range(max(begin, first), min(end, last) + 1):
                lacking[day] -= rate
        taken = [(day, percent) for day, percent in lacking.items() if percent]
        start, spent, oldest = first, 0, 0
        for day, percent in taken:
            spent += percent
            if spent > most_days * 100:
                runs.append((start, day - 1))
            while spent > most_days * 100:
                start = taken[oldest][0] + 1
                spent -= taken[oldest][1]
                oldest += 1
        runs.append((start, last))
    return tuple(run for run in runs if run[0] <= run[1])


def reaches(covered: Cover, length: Length) -> bool:
    """At least `length`: one unbroken full run long enough by the calendar, or a total of its longest number of days.

    The pair is monotone: more experience never turns true into false.
    """
    if covered.percent_days >= length.most_days * 100:
        return True
    return any(length.after(first) <= last + 1 for first, last in covered.runs)


def exceeds(covered: Cover, length: Length) -> bool:
    """More than `length`, by the same table as `reaches`."""
    if length == (0, 0):
        return covered.percent_days > 0
    return covered.percent_days > length.most_days * 100 or any(length.after(first) < last + 1 for first, last in covered.runs)


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


def year_end(day: int) -> int:
    """The last day of the year of a day."""
    return date(date.fromordinal(day).year, 12, 31).toordinal() if 0 < day <= _LAST_DAY else day


def on_calendar(day: int) -> date:
    """A day as a date; one beyond the calendar is its first or its last."""
    return date.fromordinal(min(max(day, 1), _LAST_DAY))


def breakpoints(days: Sequence[int], first: int, last: int) -> list[int]:
    """Those of `days` inside [first, last], with both ends, sorted and each once."""
    return sorted({first, last, *(day for day in days if first < day < last)})
