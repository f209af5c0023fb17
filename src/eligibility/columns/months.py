"""Whole months of many exact lives by the calendar: `counting.calendar`, and what it makes of a limit, in arrays."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np

from eligibility.columns.days import Array, Parts, after, day_of_month, month_each, months_between, year_of
from eligibility.columns.people import heads, once_each
from eligibility.dates import Length, longest

_MOST_PARTS = 40
"""Of a longer stretch the parts are combined by the code of one person."""
_LEFT = 32
_CUTS = 6
"""Bits of the percent-days that are left over, and of the cuts, beside the percent-months."""


class Blocks(NamedTuple):
    """Stretches between which no day is missing: whose, percent-days, percent-months and percent-days left over, whether every stretch of
    one rate in them is a whole number of months, how many such there are, and the highest and lowest rate."""

    owner: Array
    total: Array
    months: Array
    left: Array
    whole: Array
    stretches: Array
    full: Array
    many: Array


def blocks_of(parts: Parts) -> Blocks:
    """The unbroken stretches, each with the most whole months over all choices of runs in it."""
    owner, first, last, rate = parts
    size = len(owner)
    new = np.ones(size, bool)
    new[1:] = (owner[1:] != owner[:-1]) | (first[1:] != last[:-1] + 1)
    begin = np.flatnonzero(new)
    length = np.diff(np.append(begin, size))
    total = np.add.reduceat(rate * (last - first + 1), begin)
    changed = new.copy()
    changed[1:] |= rate[1:] != rate[:-1]
    start = np.flatnonzero(changed)
    end = np.append(start[1:], size) - 1
    months = months_between(first[start], last[end] + 1)
    uneven = month_each(first[start], months) != last[end] + 1
    block = np.cumsum(new) - 1
    broken = np.bincount(block[start], uneven, minlength=len(begin)) > 0
    most, left = _best_runs(parts, begin, np.minimum(length, _MOST_PARTS))
    return Blocks(
        owner[begin], total, most, left, ~broken, np.bincount(block[start], minlength=len(begin)),
        np.minimum.reduceat(rate, begin) >= 100, length > _MOST_PARTS,
    )  # fmt: skip


def _best_runs(parts: Parts, begin: Array, length: Array) -> tuple[Array, Array]:
    """Of each block the most whole months, and what they leave over, as in `counting.calendar`: the best of all choices of cuts, found with
    the months, the cuts below them, and what is left packed into one number."""
    _, first, last, rate = parts
    most = int(length.max(initial=0))
    best = np.zeros((most + 1, len(begin)), np.int64)
    for end in range(1, most + 1):
        some = np.flatnonzero(length >= end)
        until = last[begin[some] + end - 1] + 1
        lowest, held = np.full(len(some), 101), np.zeros(len(some), np.int64)
        for start in range(end - 1, -1, -1):
            at = begin[some] + start
            lowest = np.minimum(lowest, rate[at])
            held = held + rate[at] * (last[at] - first[at] + 1)
            whole = months_between(first[at], until)
            used = lowest * (month_each(first[at], whole) - first[at])
            found = best[start, some] + (lowest * whole << _LEFT + _CUTS) - (1 << _LEFT) + held - used
            best[end, some] = np.maximum(best[end, some], found)
    packed = best[length, np.arange(len(begin))]
    return packed + (_MOST_PARTS << _LEFT) >> _LEFT + _CUTS, packed & (1 << _LEFT) - 1


class Counted(NamedTuple):
    """What counting comes to, for each person: whether the limit is reached surely, or possibly, and who has to be asked alone."""

    surely: Array
    possibly: Array
    alone: Array


def reached(parts: Parts, limit: Length, people: int, unbroken: bool) -> Counted:
    """`counting.compare_time` of exact lives that reach at least a limit of months. `unbroken` says that each block stands alone."""
    blocks = blocks_of(parts)
    months, days = limit.months * 100, limit.days * 100
    if unbroken:  # each of them full-time: the best one decides, and by the calendar
        enough = _enough(blocks.total, blocks.months, blocks.left, limit)
        surely = np.bincount(blocks.owner, enough, minlength=people) > 0
        alone = np.bincount(blocks.owner, blocks.many | ~blocks.full, minlength=people) > 0
        return Counted(surely, surely | (np.full(people, days > 0)), alone | (np.full(people, days > 0)))
    total, whole, left = (_of_people(blocks.owner, one, people) for one in (blocks.total, blocks.months, blocks.left))
    surely = _enough(total, whole, left, limit)
    stretches = _of_people(blocks.owner, blocks.stretches, people)
    even = np.bincount(blocks.owner, ~blocks.whole, minlength=people) == 0
    full = np.bincount(blocks.owner, ~blocks.full, minlength=people) == 0
    more = (whole > months) | ((whole == months) & (left >= days))
    possibly = np.where(even & (days == 0), whole >= months, more | (total >= 30 * months + days))
    possibly = np.where((stretches == 1) & full & (days == 0), False, possibly) | surely
    alone = (np.bincount(blocks.owner, blocks.many, minlength=people) > 0) | (~surely & (stretches == 1) & ~(full & (days == 0)))
    return Counted(surely, possibly, alone)


def missed(parts: Parts, one: Array, limit: Length, people: int) -> tuple[Array, Array]:
    """`counting._missed` of the most that there may be, of known days, where there surely is less: who surely does not reach a limit of
    months, and who has to be asked alone. `one` says whose days are one stretch, whichever of the records count."""
    months, days = limit.months * 100, limit.days * 100
    owner, first, last, rate = parts
    total = _of_people(owner, rate * (last - first + 1), people)
    many = np.zeros(people, bool)
    if days:
        most = np.minimum(_cut_anywhere(parts, people), (total + 100 * _short_months(parts, people)) / 30)
    else:
        blocks = blocks_of(parts)
        most = _of_people(blocks.owner, blocks.months, people)
        many = np.bincount(blocks.owner, blocks.many, minlength=people) > 0
    found: Array = (total < 28 * months + days) | ((total < 30 * months + days) & (most < months))
    if not days:  # stretches of whole months leave no days over, at any rate
        whole = (day_of_month(first) <= 28) & (month_each(first, months_between(first, last + 1)) == last + 1)
        found |= (most < months) & (_of_people(owner, ~whole, people) == 0)
    begin = np.flatnonzero(heads(owner))
    until = np.append(begin[1:], len(owner)) - 1
    alone = np.flatnonzero(one[owner[begin]])
    begin, until = begin[alone], until[alone]
    found[owner[begin]] = _missed_in_one(first[begin], last[until], rate[begin], until > begin, limit)
    return found, many & ~one


def _missed_in_one(first: Array, last: Array, rate: Array, cut: Array, limit: Length) -> Array:
    """`counting._missed_in_one` where days are known, and what counts of them is not. `cut` says where there are several parts."""
    end = last + 1
    whole = months_between(first, end)
    begun, ended = month_each(first, whole), month_each(first, whole + 1)
    month = np.maximum(1, np.minimum(31, ended - begun))
    part = rate * (whole * month + end - begun) + (rate * month if limit.days else 0)
    start = first - np.where(cut, _ahead(first, last), 0)
    found: Array = np.where(rate < 100, part < limit.months * 100 * month, after(limit, start) > end)
    return found


def _cut_anywhere(parts: Parts, people: int) -> Array:
    """`counting._most_months` by the calendar: of the days at each rate or more, stretches cut wherever one likes."""
    found, lower = np.zeros(people, np.int64), 0
    for level in once_each(parts.rate).tolist():
        owner, first, last, _ = (one[parts.rate >= level] for one in parts)
        new = np.ones(len(owner), bool)
        new[1:] = (owner[1:] != owner[:-1]) | (first[1:] != last[:-1] + 1)
        begin = np.flatnonzero(new)
        start, end = first[begin], last[np.append(begin[1:], len(owner)) - 1] + 1
        months = months_between(start - _ahead(start, end - 1), end)
        found += (level - lower) * _of_people(owner[begin], months, people)
        lower = level
    return found


def _ahead(first: Array, last: Array) -> Array:
    """`counting._ahead`."""
    day = day_of_month(first)
    found = np.zeros(len(first), np.int64)
    open_ones = np.flatnonzero(day > 28)
    shortest = day[open_ones]
    begin = first[open_ones] - shortest + 1
    while len(open_ones):
        begin = month_each(begin, np.ones(len(begin), np.int64))
        end = month_each(begin, np.ones(len(begin), np.int64))
        there = end - 1 <= last[open_ones]
        open_ones, begin, shortest = open_ones[there], begin[there], np.minimum(shortest, end - begin)[there]
        found[open_ones] = day[open_ones] - shortest
        some = shortest > 28
        open_ones, begin, shortest = open_ones[some], begin[some], shortest[some]
    return found


def _short_months(parts: Parts, people: int) -> Array:
    """How many days two months around the end of each February lack of thirty, from the first day of somebody to the last."""
    found = np.zeros(people, np.int64)
    begin = np.flatnonzero(heads(parts.owner))
    first, last = parts.first[begin], parts.last[np.append(begin[1:], len(parts.owner)) - 1]
    years, until, lacking = year_of(first), year_of(last), np.zeros(len(begin), np.int64)
    for year in range(int(years.min(initial=1)), int(until.max(initial=0)) + 1):
        end = date(year, 3, 1).toordinal() - 1
        lacking += np.where((first <= end) & (end - 2 <= last), 2 * (30 - date.fromordinal(end).day), 0)
    found[parts.owner[begin]] = lacking
    return found


def _of_people(owner: Array, values: Array, people: int) -> Array:
    return np.bincount(owner, values, minlength=people).astype(np.int64)


def _enough(total: Array, whole: Array, left: Array, limit: Length) -> Array:
    """`counting._reached`."""
    months, days = limit.months * 100, limit.days * 100
    by_calendar = (whole >= months) & ((whole - months) * 28 + left >= days) & (total >= 28 * months + days)
    found: Array = (total >= longest(limit.months) * 100 + days) | by_calendar
    return found
