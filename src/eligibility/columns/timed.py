"""How long the records of many people are that match, and what that comes to against a bound: only of those who have such records."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from eligibility.columns.asking import Asking
from eligibility.columns.days import Parts, Time, added_up, after, longest_unbroken, nothing, parts_of, reaching
from eligibility.columns.months import missed, reached
from eligibility.columns.people import heads
from eligibility.columns.picked import Picked
from eligibility.columns.reading import Array
from eligibility.columns.seniority import seniority
from eligibility.dates import FOREVER, LONG_AGO, Length, longest
from eligibility.question.grammar import Bound

COUNTS = 5
"""In the place of the unit of a gap: whether there is enough depends on how months are counted."""


class Amount(NamedTuple):
    """What the time of each person comes to: a truth, a gap with its unit, whether dates are vague, who has to be asked alone, and
    whose time is so near the limit that it has to be counted by months; of those, by place in `who`, how many days are missing with what
    there surely is, and with what there may be."""

    truth: Array
    gap: Array
    unit: Array
    vague: Array
    alone: Array
    close: Array
    who: Array
    most_missing: Array
    least_missing: Array


class _Judged(NamedTuple):
    surely: Array
    possibly: Array
    close: Array


def timed(leaf: Asking, picked: Picked, complete: Array) -> Amount:
    """The time of everybody against the bound of a question."""
    question, count = leaf.question, leaf.asked.count
    [(bound, limit, _)] = question.fixed or []
    index = np.flatnonzero(picked.sure | picked.maybe)
    new = heads(leaf.owner[index])
    who, owner = leaf.owner[index][new], np.cumsum(new) - 1
    held = _Held(leaf, picked, index, owner, who)
    none = nothing(2)
    truth, gap, unit, _, _ = _told(bound, limit, none, none, _judged(bound, limit, none, none, np.zeros(2, bool)), np.array([False, True]))
    listed = complete.astype(np.int8)
    truth, gap, unit = truth[listed], gap[listed], unit[listed]
    vague, alone, close = (np.zeros(count, bool) for _ in range(3))
    if not len(who):
        return Amount(truth, gap, unit, vague, alone, close, who, gap[who], gap[who])
    low, high = held.low, held.high
    judged = _judged(bound, limit, low, high, held.settled(limit))
    by_count = np.zeros(len(who), bool)
    if judged.close.any():
        judged, by_count = held.counted(bound, limit, judged)
    truth[who], gap[who], unit_, most_missing, least_missing = _told(bound, limit, low, high, judged, complete[who])
    by_count &= (truth[who] == 1) & complete[who]
    unit[who] = np.where(by_count, COUNTS, unit_)
    unclear, near = held.unclear, judged.close
    if question.kind_info.seniority:
        unclear, near = unclear | near, np.zeros(len(who), bool)
    told = (truth[who] != 1) & (question.during is None or question.during.most_days is None)
    unclear |= held.loose & ~told
    unclear |= (truth[who] == 1) & ~held.maybe & complete[who] & ~held.vague & ~near & ~by_count
    vague[who], alone[who], close[who] = held.vague, unclear, near & ~unclear
    return Amount(truth, gap, unit, vague, alone, close, who, most_missing, least_missing)


class _Held:
    """The records that match, of the people who have such; these are numbered from 0."""

    def __init__(self, leaf: Asking, picked: Picked, index: Array, owner: Array, who: Array) -> None:
        question, rows = leaf.question, leaf.rows
        self.leaf, self.owner, self.people, self.index = leaf, owner, len(who), index
        self.day = leaf.limit if not leaf.limit.ndim else leaf.limit[who]
        start, end = rows.start, rows.end
        start_first, start_last, end_first, end_last = (day[index] for day in (*start, *end))
        low_rate, high_rate, odd = (one[index] for one in leaf.rates())
        maybe = picked.maybe[index]
        inexact = (start_first != start_last) | (end_first != end_last)
        uneven = low_rate != high_rate
        self.maybe = self._any(maybe)
        self.vague = self._any(inexact if question.part_time == "counts_in_full" or not rows.source.working_time else inexact | uneven)
        self.unclear = self._any(odd)
        self.exact = self.dated = self._single = self.loose = np.zeros(self.people, bool)
        if question.kind_info.seniority:
            low, high, mixed, lacking = seniority(leaf, picked)
            self.low, self.high = (Time(*(one[who] for one in time)) for time in (low, high))
            self.unclear |= mixed[who]
            self.vague = self._any(inexact) | lacking[who]
            return
        last_day = self.day if not self.day.ndim else self.day[owner]
        ends = np.minimum(end_first, last_day), np.minimum(end_last, last_day)
        starts = start_last, start_first
        loose: Array = np.zeros((), bool)
        if question.during is not None:
            spans = leaf.window(question.during)
            narrow, wide = ([day if not day.ndim else day[who][owner] for day in side] for side in (spans.narrow, spans.wide))
            starts = np.maximum(starts[0], narrow[0]), np.maximum(starts[1], wide[0])
            ends = (
                np.minimum(ends[0], np.where(narrow[0] <= narrow[1], narrow[1], LONG_AGO)),
                np.minimum(ends[1], np.where(wide[0] <= wide[1], wide[1], LONG_AGO)),
            )
            missing, loose = (one if not one.ndim else one[who] for one in (spans.missing, spans.loose))
            self.vague |= missing
            self.loose = loose & ~missing
        self._sure, self._starts, self._ends, self._rates = picked.sure[index], starts, ends, (low_rate, high_rate)
        self.dated = ~self._any(inexact) & ~loose
        self.exact = self.dated & ~self._any(uneven | maybe)
        self.low = self._summed(self._sure, starts[0], ends[0], low_rate)
        self.high = self.low
        if not self.exact.all():
            high = self._summed(~self.exact[owner], starts[1], ends[1], high_rate)
            self.high = Time(*(np.where(self.exact, one, other) for one, other in zip(self.low, high, strict=True)))
        spells = np.bincount(owner[self._sure & (ends[0] >= starts[0]) & (low_rate > 0)], minlength=self.people)
        self._single = self.exact & (spells == 1) & (self.low.last >= self.low.first)
        self._single &= self.low.total == 100 * (self.low.last - self.low.first + 1)

    def _any(self, records: Array) -> Array:
        """The people one of whose records is such."""
        found = np.zeros(self.people, bool)
        found[self.owner[records]] = True
        return found

    def settled(self, limit: Length) -> Array:
        """Whose time is one full-time stretch, which the calendar tells."""
        if self.leaf.question.kind_info.seniority:
            return np.full(self.people, limit.days == 0)
        return self._single

    def _parts(self, some: Array, first: Array, last: Array, rate: Array) -> Parts:
        at = np.flatnonzero(some & (last >= first) & (rate > 0))
        return parts_of(self.owner[at], first[at], last[at], rate[at])

    def _summed(self, some: Array, first: Array, last: Array, rate: Array) -> Time:
        """What some records add up to, each between two days."""
        question, count = self.leaf.question, self.people
        if question.is_state:
            index = np.flatnonzero(some & (last >= first) & (rate > 0))
            day = np.broadcast_to(self.day, count)
            owner = self.owner[index]
            start = reaching(owner, first[index], last[index], day[owner], count)
            there = start <= day
            return Time(
                *(np.where(there, one, none) for one, none in ((100 * (day - start + 1), 0), (start, 1), (day, 0), (day - start + 1, 0)))
            )
        parts = self._parts(some, first, last, rate)
        return added_up(parts, count) if question.gaps is None else longest_unbroken(parts, count)

    def counted(self, bound: Bound, limit: Length, judged: _Judged) -> tuple[_Judged, Array]:
        """The same once the months of lives near the limit have been counted, of known days; and whose count it was that told."""
        question, by_count = self.leaf.question, np.zeros(self.people, bool)
        if bound.operator != "at_least" or question.kind_info.seniority:
            return judged, by_count
        surely, possibly, close = judged.surely.copy(), judged.possibly.copy(), judged.close.copy()
        run = question.is_state or question.gaps is not None
        near = self.low.total >= _surely_short(self.low, limit)
        some = close & (self.exact | (self.dated & possibly & near))  # what there may be is enough, or the same
        if some.any():
            first = np.maximum(self._starts[0], self.low.first[self.owner]) if question.is_state else self._starts[0]
            parts = self._numbered(some, self._sure, first, self._ends[0], self._rates[0])
            found = reached(parts, limit, int(some.sum()), run)
            at = np.flatnonzero(some)[~found.alone]
            exact = self.exact[at]
            surely[at], close[at], by_count[at] = found.surely[~found.alone], False, exact
            possibly[at[exact]] = found.possibly[~found.alone][exact]
        some = close & self.dated & ~self.exact & ~possibly & ~near
        if some.any() and not run:
            first, last, rate = self._starts[1], self._ends[1], self._rates[1]
            there = some[self.owner] & (last >= first) & (rate > 0)
            at, owner = np.flatnonzero(some), (np.cumsum(some) - 1)[self.owner[there]]
            latest, earliest = np.zeros(len(at), np.int64), np.full(len(at), FOREVER)
            np.maximum.at(latest, owner, first[there])
            np.minimum.at(earliest, owner, last[there])
            full_time = ~self._any(self._rates[0] < 100)[at]
            one = (np.bincount(owner, minlength=len(at)) == 1) | (full_time & (latest <= earliest + 1))
            short, alone = missed(self._numbered(some, there, first, last, rate), one, limit, len(at))
            possibly[at], close[at] = ~short, alone
        return _Judged(surely, possibly, close), by_count

    def _numbered(self, some: Array, records: Array, first: Array, last: Array, rate: Array) -> Parts:
        """The parts of some people, who are numbered from 0."""
        parts = self._parts(some[self.owner] & records, first, last, rate)
        return parts._replace(owner=(np.cumsum(some) - 1)[parts.owner])


def _judged(bound: Bound, limit: Length, low: Time, high: Time, settled: Array) -> _Judged:
    """Whether what there surely is reaches a limit, whether what there may be does, and whose months have to be counted to tell."""
    beyond = bound.operator in ("more_than", "at_most")
    most = (31 * limit.months if beyond else longest(limit.months)) * 100 + limit.days * 100
    surely = low.total > most if beyond else low.total >= most
    possibly = surely if high is low else high.total > most if beyond else high.total >= most
    close = np.zeros(len(surely), bool)
    if limit.months:
        near = low.total >= _surely_short(low, limit)
        if high is not low:
            near |= ~possibly & (high.total >= _surely_short(high, limit))
        close = ~surely & near
        one = np.flatnonzero(close & settled)
        if len(one):
            surely, possibly = surely.copy(), possibly.copy()
            for found, time in ((surely, low), (possibly, high)):
                first, last, total = time.first[one], time.last[one], time.total[one]
                end = after(limit, first)
                found[one] = (total > 0) & ((end < last + 1) if beyond else (end <= last + 1))
            close[one] = False
    return _Judged(surely, possibly, close)


def _told(bound: Bound, limit: Length, low: Time, high: Time, judged: _Judged, complete: Array) -> tuple[Array, ...]:
    """The truth, the gap and its unit; and how many days are missing, with what there surely is and with what there may be."""
    beyond = bound.operator in ("more_than", "at_most")
    truth = (judged.surely.astype(np.int8) + (judged.possibly | judged.surely | ~complete)).astype(np.int8)
    if bound.operator in ("at_most", "less_than"):
        truth = 2 - truth
        gap = _too_many(low, limit, bound.operator == "less_than")
        return truth, gap, (truth == 0).astype(np.int8), gap, gap
    most_missing = _missing(low, limit, beyond)
    least_missing = most_missing if high is low else _missing(high, limit, beyond)
    return truth, np.where(truth == 0, least_missing, most_missing), (truth < 2).astype(np.int8), most_missing, least_missing


def _surely_short(time: Time, limit: Length) -> Any:
    """So many percent-days are not so many months, however they are counted: each has 30 days or more, but for two of 28 or 29 around the
    end of a February."""
    ends = time.span // 365 + 1
    return np.maximum(2800 * limit.months + 100 * limit.days, 3000 * limit.months - 400 * ends - 300)


def _missing(time: Time, limit: Length, beyond: bool) -> Any:
    """`days_missing` of many people."""
    if not limit.months:
        needed = limit.days * 100 - time.total
        return np.maximum(1, needed // 100 + 1 if beyond else -(-needed // 100))
    in_all = (31 * limit.months + limit.days if beyond else limit.most_days) - time.total // 100 + beyond
    in_one = after(limit, time.first) - time.last - 1 + beyond
    return np.maximum(1, np.where(time.last >= time.first, np.minimum(in_all, in_one), in_all))


def _too_many(time: Time, limit: Length, beyond: bool) -> Any:
    """`days_too_many` of many people."""
    if not limit.months:
        more = time.total - limit.days * 100
        return np.maximum(1, -(-more // 100) + beyond)
    in_one = np.where(time.last >= time.first, time.last + 1 - after(limit, time.first), 0)
    return np.maximum(1, np.maximum(time.total // 100 - limit.most_days, in_one) + beyond)
