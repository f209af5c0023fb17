"""People who are alike to a question: whatever the day of an interval is, their records come to the same.

Where a window moves with a day that is not exactly known, all that matters of a record is how it meets the filters and where it begins and
ends within the days that the window may have. Few people differ in that, however many there are, and they are answered once.
"""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np

from eligibility.columns.leaf import Leaf
from eligibility.columns.matching import LACKS, NO, YES
from eligibility.columns.people import distinct_of
from eligibility.columns.reading import Array
from eligibility.deciding.case import Case
from eligibility.question.grammar import Records

_BITS = 11
"""A day within the interval has so many bits; with a longer one everybody is answered apart."""


def known_by_window(question: Records) -> bool:
    """Whether the records of a question are only looked at within its window."""
    other = question.dated or question.dynamic or question.kind_info.seniority
    return question.place in (None, "begun") and question.during is not None and not other


def alike(question: Records, leaf: Leaf, last: Case, days: tuple[int, int], people: Array) -> tuple[Array, list[Hashable]] | None:
    """For each of some people, which of some signatures they have, and these: whoever has the same one gets the same answer on every day
    from the one of a leaf to that of another case (`days`: on which it is asked then). None where nobody can be compared like that.
    Each of them has a record that may match."""
    rows = leaf.rows
    span = _days_of(question, leaf.case, last, days)
    if span is None or leaf.asked.same is not None or "role" in rows.attributes:
        return None
    low_rate, high_rate, odd = leaf.rates()
    if len(rows) and int(high_rate.max()) > 127:
        return None
    matches = [leaf.match(one, leaf.on) for one in question.filters]
    misses, lacking, least = np.zeros(len(rows), np.int8), np.zeros(len(rows), bool), np.full(len(rows), YES, np.int8)
    for match in matches:
        misses += match == NO
        lacking |= match == LACKS
        np.minimum(least, match, out=least)
    begin, until = span
    start, end = rows.start, rows.end
    outside = (start.first > until) | (end.last < begin)
    there = misses == 0 if question.place is None else (misses == 0) & ~outside
    place = np.full(leaf.asked.count, -1)
    place[people] = np.arange(len(people))
    at = np.flatnonzero(there & (place[rows.owner] >= 0))
    packed = np.where(least[at] == YES, 2, lacking[at]).astype(np.int64)
    for ends in (start, end):
        first, final = ends.first[at], ends.last[at]
        packed = packed << 1 | (first != final)
        for day in (first, final):
            packed = packed << _BITS | (np.clip(day, begin - 1, until + 1) - (begin - 1))
    packed = ((packed << 7 | low_rate[at]) << 7 | high_rate[at]) << 1 | odd[at]
    owner = place[rows.owner[at]]
    order = np.lexsort((packed, owner))
    packed, owner, outside = packed[order], owner[order], outside[at][order]
    again = np.zeros(len(owner), bool)
    again[1:] = (owner[1:] == owner[:-1]) & (packed[1:] == packed[:-1]) & outside[1:]  # of these it matters only whether there is one
    packed, owner = packed[~again], owner[~again]
    lengths = np.bincount(owner, minlength=len(people))
    nth = np.arange(len(owner)) - (np.cumsum(lengths) - lengths)[owner]
    columns = [leaf.asked.told(question.source)[people].astype(np.int64) << 1 | _nearer(rows.owner, misses, place, len(people))]
    for count in range(int(lengths.max(initial=0))):
        column = np.full(len(people), -1)
        some = nth == count
        column[owner[some]] = packed[some]
        columns.append(column)
    numbers, distinct = distinct_of(columns)
    return numbers, list(distinct)


def _nearer(owner: Array, misses: Array, place: Array, people: int) -> Array:
    """The people who have a record that meets all filters but one before any that may meet all."""
    first = np.full((2, people), len(owner))
    for wanted in (0, 1):
        at = np.flatnonzero((misses == wanted) & (place[owner] >= 0))
        np.minimum.at(first[wanted], place[owner[at]], at)
    found: Array = first[1] < first[0]
    return found


def _days_of(question: Records, first: Case, last: Case, days: tuple[int, int]) -> tuple[int, int] | None:
    """The days that a window may have from one case to another; None of too many."""
    assert question.during is not None
    sides = [case.spans(question.during)[1] for case in (first, last)]
    if not all(sides):
        return None
    begin, until = min(side[0][0] for side in sides), max(*(side[0][1] for side in sides), *days)
    return (begin, until) if until - begin + 3 < 1 << _BITS else None
