"""How long people have been with the employer of now."""

from __future__ import annotations

import numpy as np

from eligibility.columns.asking import Asking
from eligibility.columns.days import NO_DAY, Time, nothing, reaching
from eligibility.columns.employers import like_those, names_of, with_same_name
from eligibility.columns.matching import LACKS, YES
from eligibility.columns.people import once_each
from eligibility.columns.picked import Picked
from eligibility.columns.reading import UNSAID, Array
from eligibility.dates import FOREVER

_NONE = np.zeros(0, np.int64)


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
            mine, perhaps = with_same_name(leaf.asked, rows)
            kin_sure, kin_may, lacks = kin_sure & mine, kin_may & (mine | perhaps), lacks | perhaps
        lacking = leaf.any(kin_may & ~kin_sure & lacks)
    names, words, _ = rows.values("employer_name")
    kinds, _, _ = rows.values("employer")
    named = names != UNSAID
    blank = np.array([*(word == "" for word in words), False])[names]
    mixed = (leaf.any(kin_may & named) & leaf.any(kin_may & ~named)) | leaf.any(blank)
    mixed |= names_of(leaf.asked, question.source).one
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
    if leaf.asked.same is not None:  # they are looked at as those of one employer
        like, group = _NONE, _NONE
        high_group = owner * wide
    else:
        like, with_one = like_those(leaf.asked, rows, both, kin_may)
        lacking[owner[like]], group = True, high_group[with_one]
    low = _lasted(leaf, low_group, picked.sure, kin_sure, rows.start.last, rows.end.first)
    high = _lasted(leaf, high_group, both, kin_may, rows.start.first, rows.end.last, like, group)
    return low, high, mixed, lacking


def _lasted(
    leaf: Asking, group: Array, held: Array, kin: Array, first: Array, last: Array, like: Array = _NONE, of_group: Array = _NONE
) -> Time:
    """The longest of the stretches with one employer that reach the day, of the jobs held. `like` are jobs that count with those of another
    group, too."""
    count = leaf.asked.count
    groups = once_each(group[held])
    if not len(groups):
        return nothing(count)
    place = np.minimum(np.searchsorted(groups, group), len(groups) - 1)
    index = np.flatnonzero(kin & (groups[place] == group))
    day = np.broadcast_to(leaf.limit, count)
    within = np.concatenate([place[index], np.searchsorted(groups, of_group)])
    index = np.concatenate([index, like])
    start = reaching(within, first[index], last[index], day[leaf.owner[index]], len(groups))
    best = np.full(count, 2 * FOREVER)
    np.minimum.at(best, leaf.owner[held], start[place[held]])
    return _since(best, day)


def _since(start: Array, day: Array) -> Time:
    """One unbroken stretch of each person, from a day to another; none, where it would begin after it."""
    days = np.maximum(0, day - start + 1)
    return Time(100 * days, np.where(days > 0, start, NO_DAY), np.where(days > 0, day, NO_DAY - 1), days)
