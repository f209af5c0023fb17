"""Days of the calendar as ordinals, lengths of time, and the countings of D1: day by day, over every choice of cuts."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

FIRST, LAST = date(1700, 1, 1).toordinal(), date(2150, 12, 31).toordinal()
"""No life here begins earlier or ends later: an open end is one of these."""


def ordinal(text: Any) -> int:
    """An exact date of a rule or a profile."""
    return text.toordinal() if isinstance(text, date) else date.fromisoformat(text).toordinal()


@cache
def interval(text: Any) -> tuple[int, int]:
    """The first and the last day that `2022`, `2022-06` or `2022-06-15` may mean."""
    if isinstance(text, date):
        return text.toordinal(), text.toordinal()
    numbers = [int(part) for part in str(text).split("-")]
    if len(numbers) == 1:
        return date(numbers[0], 1, 1).toordinal(), date(numbers[0], 12, 31).toordinal()
    if len(numbers) == 2:
        year, month = numbers
        return date(year, month, 1).toordinal(), date(year, month, calendar.monthrange(year, month)[1]).toordinal()
    return date(*numbers).toordinal(), date(*numbers).toordinal()


@cache
def add_months(day: int, months: int) -> int:
    """The same day of another month, or the last day of that month where it is shorter."""
    start = date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1])).toordinal()


STEPS = ("start_of", "end_of", "in_its_year", "next", "previous")


def stepped(day: int, raw: Mapping[str, Any]) -> int:
    """The day of the calendar that is meant instead of a day, found by walking from one day to the next."""
    if "end_of" in raw:
        day -= date.fromordinal(day).day if raw["end_of"] == "previous_month" else 0
        while not _turns(day + 1, raw["end_of"]):
            day += 1
    elif "start_of" in raw:
        day += 1 if raw["start_of"] == "next_month" else 0
        while not _turns(day, raw["start_of"]):
            day += 1 if raw["start_of"] == "next_month" else -1
    elif "in_its_year" in raw:
        day = date.fromisoformat(f"{date.fromordinal(day).year}-{raw['in_its_year']}").toordinal()
    elif "next" in raw or "previous" in raw:
        way = 1 if "next" in raw else -1
        day += way
        while date.fromordinal(day).isoformat()[5:] != raw["next" if way == 1 else "previous"]:
            day += way
    return day


def _turns(day: int, what: str) -> bool:
    """Whether a month, or a year, begins on a day."""
    return date.fromordinal(day).isoformat().endswith("-01-01" if what == "year" else "-01")


class Length(NamedTuple):
    """A length of calendar time: whole months and days."""

    months: int
    days: int = 0

    def after(self, day: int) -> int:
        return add_months(day, self.months) + self.days

    def before(self, day: int) -> int:
        return add_months(day, -self.months) - self.days

    def plus(self, other: Length) -> Length:
        return Length(self.months + other.months, self.days + other.days)

    def times(self, number: int) -> Length:
        return Length(self.months * number, self.days * number)

    def at_most(self, most: Length) -> Length:
        """A year is never longer than 366 days."""
        return min(self, most, key=lambda one: (longest(one.months) + one.days, -one.months))


class Amount(NamedTuple):
    """`3 years`, `2 times`, `900 hours`, `60 credits`, `3000 EUR`, a bare number: by what it measures."""

    measure: str
    value: Any


_UNITS = {"year": (12, 0), "month": (1, 0), "week": (0, 7), "day": (0, 1)}


def amount(raw: Any) -> Amount | None:
    """What a quantity of a rule says; None where it is none."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | float):
        return Amount("number", raw)
    if not isinstance(raw, str):
        return None
    parts = re.findall(r"(\d+(?:\.\d+)?)\s*([a-zA-Z%]+)", raw)
    months = days = 0
    for number, unit in parts:
        singular = unit.removesuffix("s")
        if singular in _UNITS:
            months, days = months + int(number) * _UNITS[singular][0], days + int(number) * _UNITS[singular][1]
        elif singular in ("time", "record"):
            return Amount("number", float(number))
        elif singular == "relative":
            return Amount("relatives", float(number))
        elif singular in ("hour", "credit"):
            return Amount(singular + "s", float(number))
        elif unit.isupper() and len(unit) == 3:
            return Amount(unit, float(number))
        else:
            return None
    return Amount("time", Length(months, days)) if parts else None


def longest(months: int) -> int:
    """The most days that so many months in a row can have: 3 years are 1096."""
    return max(_days_of(months))


def shortest(months: int) -> int:
    """The fewest days that so many months in a row can have: 3 years are 1095."""
    return min(_days_of(months))


def _days_of(months: int) -> list[int]:
    starts = [date(year, month, 1).toordinal() for year in range(2000, 2005) for month in range(1, 13)]
    return [add_months(start, months) - start for start in starts]


def whole_months(first: int, last: int) -> tuple[int, int]:
    """The whole months of the days from `first` to `last`, and the days left over."""
    months = max(0, (last - first) // 31 - 1)
    while add_months(first, months + 1) <= last + 1:
        months += 1
    return months, last + 1 - add_months(first, months)


class Piece(NamedTuple):
    """Some days of one counted record, at its rate: a share of full time."""

    first: int
    last: int
    rate: Fraction = Fraction(1)


class Counted(NamedTuple):
    """What pieces add up to: T in days, M in months, L in days; the number of stretches of one rate, whether all are whole months, and
    the first and the last day where all is one stretch in full."""

    total: Fraction
    months: Fraction
    left: Fraction
    stretches: int
    all_whole: bool
    run: tuple[int, int] | None = None
    share: Fraction = Fraction(0)
    """Of one stretch at part time: its months with the part of a month that is left over, which no count of whole months shows."""
    part_time: tuple[int, int] | None = None
    """The first and the last day of such a stretch."""
    full_time: tuple[tuple[int, int], ...] = ()
    """The first and the last day of each stretch at full time."""


def stretches_of(pieces: Iterable[Piece]) -> list[Piece]:
    """The days of some pieces, cut wherever one begins or ends, each part at its rate: the shares added up, up to full time."""
    pieces = list(pieces)
    cuts = sorted({piece.first for piece in pieces} | {piece.last + 1 for piece in pieces})
    parts = [
        Piece(first, after - 1, min(Fraction(1), sum((one.rate for one in pieces if one.first <= first <= one.last), Fraction(0))))
        for first, after in pairwise(cuts)
    ]
    return [part for part in parts if part.rate > 0]


def joined(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Days as runs without a gap, in order."""
    runs: list[tuple[int, int]] = []
    for first, last in sorted(stretches):
        if runs and first <= runs[-1][1] + 1:
            runs[-1] = runs[-1][0], max(runs[-1][1], last)
        else:
            runs.append((first, last))
    return runs


def one_rate(pieces: Iterable[Piece]) -> list[Piece]:
    """Stretches: runs of one total rate."""
    found: list[Piece] = []
    for part in stretches_of(pieces):
        if found and found[-1].last + 1 == part.first and found[-1].rate == part.rate:
            found[-1] = Piece(found[-1].first, part.last, part.rate)
        else:
            found.append(part)
    return found


def in_months(first: int, last: int) -> Fraction:
    """Whole months, and the part of the month that is begun."""
    months, left = whole_months(first, last)
    begun = add_months(first, months)
    return months + Fraction(left, add_months(first, months + 1) - begun) if left else Fraction(months)


def longest_alone(pieces: Iterable[Piece]) -> Fraction:
    """The months of the longest run, at the lowest rate in it, cut at most where a record begins or ends."""
    parts = stretches_of(pieces)
    return max(
        min(part.rate for part in parts[begin:end]) * in_months(parts[begin].first, parts[end - 1].last)
        for begin in range(len(parts))
        for end in range(begin + 1, len(parts) + 1)
        if all(one.last + 1 == two.first for one, two in pairwise(parts[begin:end]))
    )


def count(pieces: list[Piece]) -> Counted:
    """D1: runs are cut wherever a counted record begins or ends; M is the most whole months over all choices of cuts, each run at
    the lowest rate in it."""
    parts = stretches_of(pieces)
    months, left, stretches, all_whole = Fraction(0), Fraction(0), 0, True
    for first, last in joined((part.first, part.last) for part in parts):
        inside = [part for part in parts if first <= part.first <= last]
        best = [Fraction(0)] * (len(inside) + 1)
        for end in range(1, len(inside) + 1):
            best[end] = max(
                best[begin] + min(part.rate for part in inside[begin:end]) * whole_months(inside[begin].first, inside[end - 1].last)[0]
                for begin in range(end)
            )
        months += best[-1]
    for part in one_rate(parts):
        rest = whole_months(part.first, part.last)[1]
        left, stretches, all_whole = left + rest * part.rate, stretches + 1, all_whole and not rest
    total = sum(((part.last + 1 - part.first) * part.rate for part in parts), Fraction(0))
    run = (parts[0].first, parts[-1].last) if stretches == 1 and parts[0].rate == 1 else None
    part_time = (parts[0].first, parts[-1].last) if stretches == 1 and parts[0].rate < 1 else None
    share = parts[0].rate * in_months(*part_time) if part_time else Fraction(0)
    full_time = tuple((part.first, part.last) for part in one_rate(parts) if part.rate == 1)
    return Counted(total, months, left, stretches, all_whole, run, share, part_time, full_time)


def at_least(counted: Counted, limit: Length, way: str | None) -> str:
    """Whether what was counted reaches a length."""
    total, months, _, stretches, all_whole, _, share, *_ = counted
    if way == "calendar" and limit.months:
        return "pass" if _beyond_calendar(counted, limit) >= 0 else "fail"
    if way is not None or limit.months == 0:
        return "pass" if total >= _needed(way, limit) else "fail"
    if limit.days:
        return _mixed(counted, limit, strict=False)
    if months >= limit.months or total >= longest(limit.months):
        return "pass"
    if share >= limit.months:
        return "readings"
    return "fail" if stretches <= 1 or all_whole or total < 30 * limit.months else "readings"


def more_than(counted: Counted, limit: Length, way: str | None) -> str:
    """Whether what was counted is more than a length."""
    total, months, left, stretches, all_whole, _, share, *_ = counted
    if way == "calendar" and limit.months:
        return "pass" if _beyond_calendar(counted, limit) > 0 else "fail"
    if way is not None or limit.months == 0:
        return "pass" if total > _needed(way, limit) else "fail"
    if limit.days:
        return _mixed(counted, limit, strict=True)
    if months > limit.months or (months == limit.months and left > 0) or total > 31 * limit.months:
        return "pass"
    if share > limit.months:
        return "readings"
    return "fail" if stretches <= 1 or all_whole or (total <= 30 * limit.months and months < limit.months) else "readings"


def _beyond_calendar(counted: Counted, limit: Length) -> Fraction:
    """`counted: calendar`, whole months and one more for each 30 days left over: how many days beyond the limit, or before it (below 0)."""
    months, rest = counted.months + counted.left // 30, counted.left % 30
    return (months - limit.months) * 28 + rest - limit.days if months >= limit.months else Fraction(-1)


def _needed(way: str | None, limit: Length) -> Fraction:
    return (30 if way == "months_of_30_days" else Fraction(365, 12)) * limit.months + limit.days


def _mixed(counted: Counted, limit: Length, strict: bool) -> str:
    """A length of months and days: no page says how several stretches reach it, so between the shortest and the longest it is open."""
    if counted.stretches == 0:
        return "fail"
    if counted.run is not None:
        end = limit.after(counted.run[0])
        return "pass" if end <= counted.run[1] + (0 if strict else 1) else "fail"
    if any(limit.after(first) <= last + (0 if strict else 1) for first, last in counted.full_time):
        return "pass"  # by itself: the days of others are only more
    if counted.part_time is not None:  # one stretch at less than full time: no longer than at full time, and its share of that
        first, last = counted.part_time
        full_time = limit.after(first) <= last + (0 if strict else 1)
        least_months = limit.months + Fraction(limit.days, 31)
        if not full_time or counted.share < least_months or (strict and counted.share == least_months):
            return "fail"
    longest_months = 31 * limit.months if strict else longest(limit.months)
    most, least = longest_months + limit.days, 30 * limit.months + limit.days
    spare = (counted.months - limit.months) * 28 + counted.left - limit.days  # whole months, and the days beside them: as people add them up
    if counted.total > most or (counted.total == most and not strict) or (counted.months >= limit.months and (spare > 0 or (spare == 0 and not strict))):
        return "pass"
    by_months = counted.months >= limit.months and (counted.months - limit.months) * 31 + counted.left >= limit.days
    return "readings" if counted.total >= least or by_months else "fail"


def denied(verdict: str) -> str:
    return {"pass": "fail", "fail": "pass"}.get(verdict, verdict)


def compare_length(operator: str, counted: Counted, limit: Length, way: str | None) -> str:
    """A length against a bound: `at_most` denies `more_than`, `less_than` denies `at_least`."""
    if operator == "at_least":
        return at_least(counted, limit, way)
    if operator == "less_than":
        return denied(at_least(counted, limit, way))
    return more_than(counted, limit, way) if operator == "more_than" else denied(more_than(counted, limit, way))


def compare(operator: str, value: Any, limit: Any) -> bool:
    """A number against a bound."""
    if operator == "at_least":
        return bool(value >= limit)
    if operator == "at_most":
        return bool(value <= limit)
    return bool(value > limit) if operator == "more_than" else bool(value < limit)


def age_on(born: int, day: int, leap: str) -> int:
    """Completed years; somebody born on 29 February ages in a common year on 28 February or on 1 March."""
    birth, now = date.fromordinal(born), date.fromordinal(day)
    birthday = birth.month, birth.day
    if birthday == (2, 29) and not calendar.isleap(now.year):
        birthday = (2, 28) if leap == "feb28" else (3, 1)
    return now.year - birth.year - ((now.month, now.day) < birthday)


def age_in_months(limit: Amount | None) -> int:
    """An age that a rule names, in months."""
    assert limit is not None
    return int(limit.value.months) if limit.measure == "time" else int(limit.value) * 12


def ages_in_months(raw: Mapping[str, Any]) -> bool:
    """Whether an age of a criterion is told in months: then all of them are counted in months."""
    return any("month" in str(one) for one in ages_of(raw).values())


def ages_of(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The ages that a criterion names, by where."""
    found: dict[str, Any] = {}
    for key in ("at_least", "at_most", "more_than", "less_than", "never_beyond"):
        if key in raw:
            several = raw[key]["values"] if isinstance(raw[key], dict) else {"": raw[key]}
            found |= {f"{key} {option}": one for option, one in several.items()}
    moved = raw.get("extended", [])
    for index, one in enumerate(moved if isinstance(moved, list) else [moved]):
        if "to" in one:
            found[f"to {index}"] = one["to"]
    return found


def months_on(born: int, day: int, leap: str, short: str) -> int:
    """Completed months. In a month that lacks the day of birth, one is a month older on its last day or on the day after; whole years
    go by the rule for 29 February."""
    birth = date.fromordinal(born)
    months = 0
    while _months_old(birth, months + 1, leap, short) <= day:
        months += 1
    return months


def _months_old(birth: date, months: int, leap: str, short: str) -> int:
    """The first day on which somebody is so many months old."""
    year, month = divmod(birth.year * 12 + birth.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    if birth.day <= last:
        return date(year, month + 1, birth.day).toordinal()
    after = (leap if months % 12 == 0 else short) == "mar1"
    return date(year, month + 1, last).toordinal() + (1 if after else 0)
