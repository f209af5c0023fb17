"""How long people have been with the employer of now."""

from __future__ import annotations

import numpy as np

from eligibility.columns.asking import Asking
from eligibility.columns.days import NO_DAY, Time, nothing, reaching
from eligibility.columns.employers import several_names_of_one
from eligibility.columns.matching import LACKS, YES
from eligibility.columns.people import once_each
from eligibility.columns.picked import Picked
from eligibility.columns.reading import UNSAID, Array
from eligibility.dates import FOREVER


def seniority(leaf: Asking, picked: Picked) -> tuple[Time, Time, Array, Array]:
    """How long the job held on the day has lasted with the same employer; who has to be asked alone; and for whom facts are missing."""
    question, rows, owner, count = leaf.question, leaf.rows, leaf.owner, leaf.asked.count
    size = len(rows)
    kin_sure, kin_may, lacking = np.ones(size, bool), np.ones(size, bool), np.zeros(count, bool)
    if question.filters or leaf.asked.same is not None:
        least, lacks = np.full(size, YES, np.int8), np.zeros(size, bool)
        for one in question.filters:
            match = leaf.match(one, leaf.on)
            least = np.minimum(least, match)
            lacks |= match == LACKS
        kin_sure, kin_may = least == YES, least > 0
        if leaf.asked.same is not None:
            mine = rows.values("employer_name")[0] == leaf.asked.same[owner]
            kin_sure, kin_may = kin_sure & mine, kin_may & mine
        lacking = leaf.any(kin_may & ~kin_sure & lacks)
    names, words, _ = rows.values("employer_name")
    kinds, _, _ = rows.values("employer")
    named = names != UNSAID
    blank = np.array([*(word == "" for word in words), False])[names]
    mixed = (leaf.any(kin_may & named) & leaf.any(kin_may & ~named)) | leaf.any(blank)
    mixed |= several_names_of_one(leaf.asked, question.source)
    if question.dynamic or question.asks_of_end:  # each job that is over has lasted up to an end of its own
        mixed = np.ones(count, bool)
    own = np.arange(size)
    wide = 1 + max(int(names.max(initial=0)), int(kinds.max(initial=0))) if size else 1
    by_name = owner * wide + np.maximum(names, 0)
    by_kind = owner * wide + np.maximum(kinds, 0)
    base = (count + 1) * wide
    low_group = np.where(named, by_name, base + own)
    high_group = np.where(named, by_name, np.where(kinds != UNSAID, by_kind, base + own))
    both = picked.sure | picked.maybe
    low = _lasted(leaf, low_group, picked.sure, kin_sure, rows.start.last, rows.end.first)
    high = _lasted(leaf, high_group, both, kin_may, rows.start.first, rows.end.last)
    return low, high, mixed, lacking


def _lasted(leaf: Asking, group: Array, held: Array, kin: Array, first: Array, last: Array) -> Time:
    """The longest of the stretches with one employer that reach the day, of the jobs held."""
    count = leaf.asked.count
    groups = once_each(group[held])
    if not len(groups):
        return nothing(count)
    place = np.minimum(np.searchsorted(groups, group), len(groups) - 1)
    index = np.flatnonzero(kin & (groups[place] == group))
    day = np.broadcast_to(leaf.limit, count)
    start = reaching(place[index], first[index], last[index], day[leaf.owner[index]], len(groups))
    best = np.full(count, 2 * FOREVER)
    np.minimum.at(best, leaf.owner[held], start[place[held]])
    return _since(best, day)


def _since(start: Array, day: Array) -> Time:
    """One unbroken stretch of each person, from a day to another; none, where it would begin after it."""
    days = np.maximum(0, day - start + 1)
    return Time(100 * days, np.where(days > 0, start, NO_DAY), np.where(days > 0, day, NO_DAY - 1), days)
