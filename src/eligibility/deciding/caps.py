"""Records that count up to a length: what some spells come to besides others, and what a cap leaves of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import Any, NamedTuple

from eligibility.counting import calendar, compare_time, in_whole_months
from eligibility.dates import FOREVER, LONG_AGO, Cover, Length, Spell, cover, joined, longest, summed
from eligibility.deciding.case import Spans
from eligibility.verdict import FALSE, TRUE

_EVERY: Spans = [(LONG_AGO, FOREVER)]


def within(spans: Spans | None, own: Spans | None) -> Spans | None:
    """The days of both windows."""
    if spans is None or own is None:
        return own if spans is None else spans
    return [(max(a, c), min(b, d)) for a, b in spans for c, d in own if max(a, c) <= min(b, d)]


def without(spans: Spans | None, own: Spans) -> Spans:
    """The days of a window that are not in the other."""
    around, begins = [], LONG_AGO
    for first, last in own:
        around.append((begins, first - 1))
        begins = last + 1
    return within(spans or _EVERY, [(a, b) for a, b in (*around, (begins, FOREVER)) if a <= b]) or []


class Group(NamedTuple):
    """Spells that count up to a length, counted in some way; without one, in full."""

    spells: list[Spell]
    most: Length | None = None
    counted: str | None = None

    def holds(self, counted: list[Spell], some: list[Spell], surely: bool) -> bool:
        """Whether some of them are, besides what counts already, no more than the length."""
        if self.most is None:
            return True
        extra = _besides(counted, some)
        truth = compare_time("at_most", extra, extra, self.most, self.most, self.counted)
        return truth is TRUE if surely else truth is not FALSE

    def fitting(self, counted: list[Spell]) -> Iterator[list[Spell]]:
        """Some of them that together are no more than the length: each choice of a few; of many, the first ones and the last ones."""
        spells = self.spells
        if len(spells) <= 5:
            choices = [list(some) for size in range(len(spells) - 1, 0, -1) for some in combinations(spells, size)]
            yield from (some for some in choices if self.holds(counted, some, True))
            return
        for order in (sorted(spells), sorted(spells, reverse=True)):
            taken: list[Spell] = []
            for spell in order[:50]:
                if self.holds(counted, [*taken, spell], True):
                    taken.append(spell)
            yield taken


class Counted(NamedTuple):
    """Spells that count in full, and groups of them that count up to a length (None: in full); and what unknown lists may add."""

    freely: list[Spell]
    groups: list[Group]
    unlisted: list[Length | None]

    def between(self, first: int, last: int, gap_rate: int) -> Counted:
        """The part of them in an unbroken stretch, with the gaps that it forgives."""
        freely, groups, _ = self.inside(first, last)
        there = joined([one[:2] for one in (*freely, *(one for group in groups for one in group.spells)) if one.rate > 0])
        gaps = [Spell(before[1] + 1, after[0] - 1, gap_rate) for before, after in pairwise(there)]
        return Counted([*freely, *gaps], groups, self.unlisted)

    def inside(self, first: int, last: int) -> Counted:
        """The part of them in a stretch."""

        def within_it(spells: list[Spell]) -> list[Spell]:
            return [one._replace(first=max(one.first, first), last=min(one.last, last))
                    for one in spells if one.last >= first and one.first <= last]  # fmt: skip

        groups = [group._replace(spells=within_it(group.spells)) for group in self.groups]
        return Counted(within_it(self.freely), groups, self.unlisted)

    def without(self, away: list[tuple[int, int]]) -> Counted:
        """The part of them that is not on some days."""
        stays = without(None, joined(away))

        def outside(spells: list[Spell]) -> list[Spell]:
            return [one if first <= one.first and one.last <= last else Spell(max(one.first, first), min(one.last, last), one.rate)
                    for one in spells for first, last in stays if one.last >= first and one.first <= last]  # fmt: skip

        return Counted(outside(self.freely), [group._replace(spells=outside(group.spells)) for group in self.groups], self.unlisted)

    def total(self, surely: bool, exact: bool) -> Cover:
        """What they add up to. A group that is within its length counts as it is; of one beyond it, so much as its length."""
        counted = self.freely
        beyond: list[Group] = []
        for group in self.groups:
            if not group.spells or group.holds(counted, group.spells, surely):
                counted = [*counted, *group.spells]
            else:
                beyond.append(group)
        covered = cover(counted)
        if not (beyond or self.unlisted):
            return covered
        total, months = covered.percent_days, 0
        everything = cover([*counted, *(spell for group in beyond for spell in group.spells)])
        for group in beyond:
            most, extra = group.most, _besides(counted, group.spells)
            assert most is not None
            enough = compare_time("at_least", extra, extra, most, most, group.counted) is TRUE  # by its days, say
            months += 100 * most.months if enough else min(100 * most.months, calendar(extra).months)
            total += min(extra.percent_days, 100 * (most.days + (max(0, most.months * 30 - 2) if surely else longest(most.months))))
        for length in self.unlisted:
            assert length is not None
            total += 100 * length.most_days
        if self.unlisted:
            return Cover(total, everything.parts, int(total // 28) + 100)
        if surely:
            ways = [cover([*counted, *some]) for group in beyond for some in group.fitting(counted)]
            total = max([total, *(way.percent_days for way in ways)])
            return Cover(total, covered.parts, months, tuple(ways))
        if exact and in_whole_months(covered) and months == sum(100 * group.most.months for group in beyond if group.most is not None):
            return Cover(total, covered.parts, months)
        if _apart(counted, beyond):
            return Cover(total, covered.parts, sum(100 * group.most.months for group in beyond if group.most is not None))
        if len(beyond) == 1 and not (most := beyond[0].most or Length(0)).days:
            return Cover(total, covered.parts, 100 * most.months + _of_both(covered.parts, beyond[0].spells))
        return Cover(total, everything.parts)


def _apart(counted: list[Spell], beyond: list[Group]) -> bool:
    """Whether what counts up to a number of months lies apart from everything else, so that no month is made of both."""
    if any(group.most is None or group.most.days for group in beyond):
        return False
    lots = [joined([spell[:2] for spell in spells]) for spells in (counted, *(group.spells for group in beyond))]
    days = sorted(stretch for lot in lots for stretch in lot)
    return all(before[1] + 1 < after[0] for before, after in pairwise(days))


def _of_both(parts: Sequence[Spell], others: Sequence[Spell]) -> Any:
    """The percent-months that other spells may make together with the end of a part: wherever its rate rises or falls, one more month of
    so much as it does, if they lie on the days where it is lower."""
    edges = sorted({day for part in parts for day in (part.first, part.last + 1)})
    rate = {part.first: part.rate for part in parts}
    found: Any = 0
    before = 0
    for day in edges:
        after = rate.get(day, 0)
        lower = day - 1 if before < after else day
        if any(spell.first <= lower <= spell.last for spell in others):
            found += abs(after - before)
        before = after
    return found


def _besides(counted: list[Spell], more: list[Spell]) -> Cover:
    """The time of some spells besides what counts already."""
    already = [Spell(spell.first, spell.last, -spell.rate) for spell in summed(counted)]
    parts = [Spell(first, last, rate) for first, last, rate in on_each_day([*summed([*counted, *more]), *already]) if rate > 0]
    return Cover(sum([rate * (last - first + 1) for first, last, rate, *_ in parts]), tuple(parts))


def on_each_day(spells: list[Spell]) -> list[tuple[int, int, Any]]:
    """Stretches that do not overlap, with what the spells come to on each of their days."""
    edges = sorted({day for spell in spells for day in (spell.first, spell.last + 1)})
    changes: dict[int, Any] = dict.fromkeys(edges, 0)
    for first, last, share, *_ in spells:
        changes[first] += share
        changes[last + 1] -= share
    found: list[tuple[int, int, Any]] = []
    rate: Any = 0
    for day, following in pairwise(edges):
        rate += changes[day]
        found.append((day, following - 1, rate))
    return found
