"""The largest of several moves for each child: which leave was for which child, as far as that is told, and what each comes to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import prod

from eligibility.dates import Days, Length
from eligibility.deciding.bounds import Move, added, largest, longest, moves, shortest
from eligibility.deciding.case import Case
from eligibility.deciding.parts import ANY_LENGTH, MOST_RECORDS, length_among, selected
from eligibility.deciding.selection import Selection, listed
from eligibility.facts import Row
from eligibility.question.grammar import Extension, Records

_NOBODY, _NOT_LISTED = "no child", "a child that is not listed"
"""For whom a leave may have been besides the children that are listed."""
_MOST_WAYS = 1_000
"""In so many ways leaves are given to children; of more, a child has at least those that are surely its own, at most all that may be."""
_A_YEAR = Length(12)


def for_each(one: Extension, case: Case) -> Move:
    """The largest of several moves for each child, added up over all of them."""
    assert one.per is not None
    children, complete, _, missing = selected(one.per, case)
    each = _Each(one.largest, children, complete, case)
    everybody = listed(one.per, case, case.today)[0] or ()
    whose = [_whose(leave, everybody, complete) for leave in each.leaves]
    ways: list[tuple[str, ...]] = []
    if prod(map(len, whose)) <= _MOST_WAYS:
        ways = [*product(*whose)]
        found = [each.altogether(_given(each.leaves, [(child,) for child in way])) for way in ways]
    else:
        found = [each.altogether(_given(each.leaves, some)) for some in ([way if len(way) == 1 else () for way in whose], whose)]
    low, high = shortest({few for few, _, _ in found}), longest({many for _, many, _ in found})[1]
    lacking = [*missing, *(path for _, _, paths in found for path in paths)]
    for at, leave in enumerate(each.leaves):
        if len(whose[at]) > 1 and (not ways or _matters(at, ways, found)):
            lacking += _untold(leave, whose[at], everybody)
    return one.per.kind, low, high if high.most_days < ANY_LENGTH.days else ANY_LENGTH, tuple(dict.fromkeys(lacking))


class _Each:
    """By how much a limit moves for some children, by the leaves that were for each of them."""

    def __init__(self, entries: tuple[Extension, ...], children: Selection, complete: bool, case: Case) -> None:
        self.entries, self.children, self.complete, self.case = entries, children, complete, case
        self.taken = {entry.of: selected(entry.of, case) for entry in entries if entry.of is not None}
        self.leaves = [*{row.path: row for selection, _, _, _ in self.taken.values() for row in selection.both}.values()]
        self._known: dict[frozenset[str], Move] = {}

    def altogether(self, own: Mapping[str, frozenset[str]]) -> tuple[Length, Length, tuple[str, ...]]:
        """By how much at least and at most, where these leaves are each child's own, and what is missing to know better."""
        surely = [self.by(own.get(row.path, frozenset())) for row in self.children.sure]
        possibly = [*surely, *(self.by(own.get(row.path, frozenset())) for row, _, _ in self.children.maybe)]
        if not self.complete:
            further = max(0, MOST_RECORDS - len(possibly))
            possibly += [self.by(frozenset())] * further + [self.by(frozenset((leave,))) for leave in own.get(_NOT_LISTED, ())]
        missing = tuple(path for _, _, _, paths in possibly for path in paths)
        return added(few for _, few, _, _ in surely), added(many for _, _, many, _ in possibly), missing

    def by(self, leaves: frozenset[str]) -> Move:
        """By how much for one child, with these leaves."""
        known = self._known.get(leaves)
        if known is None:
            known = self._known[leaves] = largest([*moves(self.entries, self.case, lambda question: self._length(question, leaves))])
        return known

    def _length(self, question: Records, leaves: frozenset[str]) -> tuple[Length, Length, tuple[str, ...]]:
        selection, complete, path, _ = self.taken[question]
        sure, maybe = [row for row in selection.sure if row.path in leaves], [one for one in selection.maybe if one[0].path in leaves]
        low, high, lacking = length_among(question, Selection(sure, maybe, []), complete, self.case)
        return low, high, (*(lack for _, paths, _ in maybe for lack in paths), *lacking, *(() if complete else (path,)))


def _whose(leave: Row, children: Sequence[Row], complete: bool) -> tuple[str, ...]:
    """For whom a leave may have been: the child that it names, or else one that was not born more than a year after it. A name that none
    can have is as good as none."""
    last, not_listed = leave.end.last, () if complete else (_NOT_LISTED,)
    may = [child for child in children if _A_YEAR.before(child.start.first) <= last]
    told = leave.values.get("child")
    if told is not None:
        named = [child.path for child in may if _meet(child.start, told)]
        if named or (not complete and _A_YEAR.before(told.first) <= last):
            return (*named, *not_listed)
    surely = any(_A_YEAR.before(child.start.last) <= leave.end.first for child in may)
    return (*(child.path for child in may), *(not_listed or (() if surely else (_NOBODY,))))


def _untold(leave: Row, whose: Iterable[str], children: Iterable[Row]) -> tuple[str, ...]:
    """What would tell for whom a leave was: which child, or when those of whom it may be the one were born; of twins, nothing."""
    told, may_be = leave.values.get("child"), [child for child in children if child.path in whose]
    if told is None or not told.exact or not all(_meet(child.start, told) for child in may_be):
        return (leave.key("child"),)
    return tuple(path for child in may_be for path in child.vague_dates())


def _meet(one: Days, other: Days) -> bool:
    """Whether two vague days may be the same."""
    return one.first <= other.last and other.first <= one.last


def _given(leaves: Iterable[Row], whose: Iterable[Iterable[str]]) -> dict[str, frozenset[str]]:
    """The leaves of each child, of those for whom each may have been."""
    found: dict[str, set[str]] = {}
    for leave, children in zip(leaves, whose, strict=True):
        for child in children:
            found.setdefault(child, set()).add(leave.path)
    return {child: frozenset(own) for child, own in found.items()}


def _matters(at: int, ways: Sequence[tuple[str, ...]], found: Iterable[tuple[Length, Length, tuple[str, ...]]]) -> bool:
    """Whether it matters for whom one leave was, for some choice of the others."""
    moved: dict[tuple[str, ...], set[tuple[Length, Length]]] = {}
    for way, (few, many, _) in zip(ways, found, strict=True):
        moved.setdefault(way[:at] + way[at + 1 :], set()).add((few, many))
    return any(len(each) > 1 for each in moved.values())
