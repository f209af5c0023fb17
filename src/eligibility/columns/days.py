"""Days and lengths of time of many people at once: months added, days counted once, the stretch that reaches a day."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from eligibility.dates import FOREVER, LONG_AGO, Length

Array = npt.NDArray[Any]

_LAST_DAY = 3_652_059
_EPOCH = 719_163
"""The number of 1 January 1970."""
_SHIFT = FOREVER + 2
"""Makes every day a positive number, of 25 bits."""


def add_months(days: Array, months: int) -> Array:
    """`dates.add_months` of many days."""
    if months == 0:
        return days
    place = days - _FIRST
    near = (place >= 0) & (place < len(_USUAL))
    found = _moved_by(months)[np.where(near, place, 0)]
    if not near.all():
        found[~near] = _add_months(days[~near], months)
    return found


_FIRST = 693_596
"""The number of 1 January 1900."""
_USUAL = np.arange(_FIRST, _FIRST + 200 * 365)
"""The days of nearly everybody's life."""


@lru_cache(maxsize=64)
def _moved_by(months: int) -> Array:
    return _add_months(_USUAL, months)


def _add_months(days: Array, months: int | Array) -> Array:
    found = np.array(days, np.int64)
    inside = (found >= 1) & (found <= _LAST_DAY)
    some = (found[inside] - _EPOCH).astype("datetime64[D]")
    month = some.astype("datetime64[M]")
    day = (some - month.astype("datetime64[D]")).astype(np.int64)
    moved = month + (months if isinstance(months, int) else months[inside])
    first = moved.astype("datetime64[D]")
    length = ((moved + 1).astype("datetime64[D]") - first).astype(np.int64)
    there = first.astype(np.int64) + np.minimum(day, length - 1) + _EPOCH
    found[inside] = np.where(there < 1, LONG_AGO, np.where(there > _LAST_DAY, FOREVER, there))
    return found


def months_between(first: Array, end: Array) -> Array:
    """`counting.whole_months` of many days."""
    first, end = np.maximum(first, 1), np.minimum(end, _LAST_DAY - 1)
    begun, ended = (_calendar(day).astype("datetime64[M]") for day in (first, end))
    months = (ended - begun).astype(np.int64)
    return np.where(end <= first, 0, np.where(_add_months(first, months) <= end, months, months - 1))


def month_each(days: Array, months: Array) -> Array:
    """`dates.add_months` of many days, each by months of its own."""
    return _add_months(days, months)


def _calendar(days: Array) -> Array:
    found: Array = (np.clip(days, 1, _LAST_DAY) - _EPOCH).astype("datetime64[D]")
    return found


def day_of_month(days: Array) -> Array:
    """The day in its month, from 1."""
    found = _calendar(days)
    day: Array = (found - found.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64) + 1
    return day


def year_of(days: Array) -> Array:
    """The year of each day."""
    return _calendar(days).astype("datetime64[Y]").astype(np.int64)


def after(length: Length, days: Array) -> Array:
    """`Length.after` of many days, none of them before the first of the calendar."""
    return add_months(np.maximum(days, 1), length.months) + length.days


class Time(NamedTuple):
    """What each person's days add up to: percent-days, the longest unbroken stretch at full rate (first and last day; of none, the last
    is before the first), and how many days there are from the first to the last."""

    total: Array
    first: Array
    last: Array
    span: Array


NO_DAY = 700_000
"""The first day of a stretch that is none: any that is quickly moved by months."""


def nothing(people: int) -> Time:
    """No time at all."""
    none = np.zeros(people, np.int64)
    return Time(none, none + NO_DAY, none + NO_DAY - 1, none)


class Parts(NamedTuple):
    """Stretches of one rate that do not overlap, in order, cut wherever a record begins or ends: whose, first and last day, and rate."""

    owner: Array
    first: Array
    last: Array
    rate: Array


def parts_of(owner: Array, first: Array, last: Array, rate: Array) -> Parts:
    """The days of each person once, at the rates of a day together, up to full time."""
    begins = owner << 34 | (first + _SHIFT) << 9 | (rate + 256)
    ends = owner << 34 | (last + 1 + _SHIFT) << 9 | (256 - rate)
    events = np.concatenate([begins, ends])
    events.sort()
    level = np.cumsum((events & 511) - 256)[:-1]
    day = (events >> 9 & (1 << 25) - 1) - _SHIFT
    there = np.flatnonzero((level > 0) & (day[1:] > day[:-1]))
    return Parts(events[there] >> 34, day[there], day[there + 1] - 1, np.minimum(level[there], 100))


def added_up(parts: Parts, people: int) -> Time:
    """What stretches add up to."""
    owner, first, last, rate = parts
    if not len(owner):
        return nothing(people)
    total = np.bincount(owner, rate * (last - first + 1), minlength=people).astype(np.int64)
    begin = np.flatnonzero(np.concatenate([[True], owner[1:] != owner[:-1]]))
    span = np.zeros(people, np.int64)
    span[owner[begin]] = last[np.append(begin[1:], len(owner)) - 1] + 1 - first[begin]
    full = rate >= 100
    return _with_longest(total, span, owner[full], first[full], last[full])


def _with_longest(total: Array, span: Array, owner: Array, first: Array, last: Array) -> Time:
    """With the longest stretch of each person; stretches are in order, and those that touch are one."""
    found = nothing(len(total))._replace(total=total, span=span)
    if not len(owner):
        return found
    new = np.flatnonzero(np.concatenate([[True], (owner[1:] != owner[:-1]) | (first[1:] != last[:-1] + 1)]))
    owner, first, last = owner[new], first[new], last[np.concatenate([new[1:] - 1, [len(last) - 1]])]
    size = (last - first) << 26 | (1 << 26) - 1 - (first + _SHIFT)  # of two of one length, the earlier
    begin = np.flatnonzero(np.concatenate([[True], owner[1:] != owner[:-1]]))
    best = np.maximum.reduceat(size, begin)
    start = (1 << 26) - 1 - (best & (1 << 26) - 1) - _SHIFT
    found.first[owner[begin]] = start
    found.last[owner[begin]] = start + (best >> 26)
    return found


def longest_unbroken(parts: Parts, people: int) -> Time:
    """The longest of each person's unbroken stretches, all of them at full rate."""
    full = added_up(parts, people)
    return full._replace(total=100 * (full.last - full.first + 1))


def reaching(group: Array, first: Array, last: Array, day: Array, groups: int) -> Array:
    """The first day of the unbroken stretch of each group that reaches its `day` (one after it, where there is none).

    `day` is that of the group of each stretch.
    """
    order = np.lexsort((-last, group))
    group, first, last, day = group[order], first[order], last[order], day[order]
    start = np.full(groups, FOREVER)
    if not len(group):
        return start
    begin = np.concatenate([[True], group[1:] != group[:-1]])
    first = np.where(first <= last, first, day + 1)
    span = 4 * FOREVER
    before = np.minimum.accumulate(np.minimum(first, day + 1) - group * span) + group * span  # never across groups: later ones are lower
    known = np.where(begin, day + 1, np.concatenate([[0], before[:-1]]))
    broken = np.where(last < known - 1, np.arange(len(group)), len(group))
    where = np.flatnonzero(begin)
    until = np.minimum.reduceat(broken, where)
    end = np.minimum(until, np.concatenate([where[1:], [len(group)]]))
    some = end > where
    start[group[where[some]]] = before[end[some] - 1]
    return start
