"""The answers that people get: each person has the number of one of a few, and parts of answers are joined by the code of one person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, NamedTuple

import numpy as np

from eligibility.answer import Gap
from eligibility.columns.people import distinct_of
from eligibility.columns.reading import Array
from eligibility.dates import Days
from eligibility.deciding.case import Case
from eligibility.deciding.groups import unmet_leaves
from eligibility.deciding.one import One
from eligibility.deciding.result import Reason, Result, answered
from eligibility.explaining import reason_of
from eligibility.question.grammar import Criterion
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Verdict

BY_NUMBER = (FALSE, UNKNOWN, TRUE)
"""The truths that stand in arrays as 0, 1 and 2."""
UNDECIDED = answered(UNKNOWN, "judged", Reason(""))
"""Marks those of whom something has not told yet what is so."""


class Answer(NamedTuple):
    """What is said of some people: for each the number of one of a few answers, and how far away the threshold is."""

    number: Array
    gap: Array
    kinds: Kinds

    def take(self, index: Array) -> Answer:
        """Those of some of them."""
        return Answer(self.number[index], self.gap[index], self.kinds)

    def verdict(self) -> Array:
        """The verdict of each of them, as its place in `Verdict`."""
        return self.kinds.kept("verdict", lambda result: VERDICTS[result.verdict])[self.number]

    def each(self, told: Callable[[Result], Any]) -> Array:
        """What is told of the answer of each of them."""
        return self.kinds.table(told)[self.number]

    def units(self) -> tuple[Array, list[str]]:
        """The unit of the gap of each of them, where there is one (else -1), and the units."""
        names = sorted({unit for unit in self.kinds.units if unit is not None})
        table = np.array([-1 if unit is None else names.index(unit) for unit in self.kinds.units] or [-1], np.int8)
        return table[self.number], names


VERDICTS = {one: index for index, one in enumerate(Verdict)}


class Kinds:
    """The different answers to one criterion there have been. `origins` tells of each which of its parts its gap is."""

    def __init__(self) -> None:
        self.results: list[Result] = []
        self.units: list[str | None] = []
        self.origins: list[int] = []
        self.known: dict[Any, int] = {}
        self._states = np.zeros(0, np.int64)
        self._of_states = np.zeros(0, np.int32)
        self._tables: dict[str, Array] = {}

    def of_states(self, states: Array, make: Callable[[int], Result]) -> Array:
        """The numbers of the answers that some states (of 16 bits) come to; each state is made an answer once."""
        place = np.full(1 << 16, -1, np.int32)
        place[self._states] = self._of_states
        found = place[states]
        if (found < 0).any():
            new = np.flatnonzero(np.bincount(states[found < 0]))
            self._states = np.append(self._states, new)
            self._of_states = np.append(self._of_states, [self.add(("state", state), make(state)) for state in new.tolist()])
            place[self._states] = self._of_states
            found = place[states]
        return found.astype(np.int64)

    def add(self, key: Any, result: Result) -> int:
        """Note another answer; its number."""
        gap = reason_of(result).gap
        number = self.known[key] = len(self.results)
        self.results.append(result)
        self.units.append(None if gap is None else gap.unit)
        self.origins.append(-1 if gap is None else gap.amount)
        return number

    def table(self, told: Callable[[Result], Any]) -> Array:
        return np.array([told(result) for result in self.results] or [0])

    def kept(self, name: str, told: Callable[[Result], int]) -> Array:
        """The same, kept under a name: small numbers."""
        known = self._tables.get(name)
        if known is None or len(known) < len(self.results):
            known = self._tables[name] = self.table(told).astype(np.int16)
        return known

    def part(self, number: int, index: int) -> Result:
        """One of the answers as the part of another that has this place in it."""
        unit = self.units[number]
        return self.results[number].but(Reason("", gap=None if unit is None else Gap(index, unit)))

    def told(self, result: Result) -> tuple[int, int]:
        """The number and the gap of one person's answer."""
        gap = reason_of(result).gap
        key = result.truth, result.code, result.causes, result.applies, result.preferred, unmet_leaves(result), gap and gap.unit
        number = self.known.get(key)
        return self.add(key, bare(result)) if number is None else number, 0 if gap is None else gap.amount


class Truths(Kinds):
    """Answers of which only the verdict is asked: they have the same few numbers whatever the question, by what is true and whether it
    applies; last, the mark of what is undecided."""

    unknown = 7
    """The number of what applies and is neither true nor false."""

    def __init__(self) -> None:
        super().__init__()
        for applies in BY_NUMBER:
            for truth in BY_NUMBER:
                result = answered(truth, "judged", Reason(""))
                result.applies = applies
                self.results.append(result)
        self.results.append(UNDECIDED)
        self.units, self.origins = [None] * len(self.results), [-1] * len(self.results)

    def add(self, key: Any, result: Result) -> int:
        """The number of an answer, noted under a key."""
        number = self.known[key] = self.told(result)[0]
        return number

    def part(self, number: int, index: int) -> Result:
        return self.results[number].but(Reason(""))

    def told(self, result: Result) -> tuple[int, int]:
        if result is UNDECIDED:
            return len(self.results) - 1, 0
        return 3 * BY_NUMBER.index(result.applies) + BY_NUMBER.index(result.truth), 0

    @staticmethod
    def of_truths(truth: Array) -> Array:
        """The numbers of truths that stand in an array as 0, 1 and 2, of what applies."""
        found: Array = truth.astype(np.int64) + 6
        return found


def bare(result: Result) -> Result:
    """An answer without the person it was given to."""
    gap = reason_of(result).gap
    found = answered(result.truth, result.code, Reason("", gap=None if gap is None else Gap(0, gap.unit)), result.causes)
    found.applies, found.preferred = result.applies, result.preferred
    unmet = unmet_leaves(result)
    if unmet > 1:
        one = answered(UNKNOWN, "all_of.open", Reason(""))
        one.children = tuple(answered(UNKNOWN, "judged", Reason("")) for _ in range(unmet))
        found.children = (one,)
    return found


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Stub(Criterion):
    """A criterion whose answer is known."""

    result: Result


class Undecided(Exception):
    """The two ends of a span do not tell what is so on its days."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Ends(Criterion):
    """A criterion of which only the answers at the ends of an interval of a named day are known: at both, or, where nothing changes in
    between, at the last one."""

    name: str
    results: Mapping[int, Result]


class Joining(One):
    """Joins answers that are known, as those of one person are joined."""

    def evaluate(self, criterion: Criterion, case: Case) -> Result:
        return criterion.result if isinstance(criterion, Stub) else super().evaluate(criterion, case)

    def on_its_day(self, criterion: Criterion, case: Case) -> Result:
        if isinstance(criterion, Stub):
            return criterion.result
        if isinstance(criterion, Ends):
            return criterion.results[case.dates[criterion.name].first]
        return super().on_its_day(criterion, case)

    def stays(self, criterion: Criterion, case: Case, known: Days) -> bool:
        return isinstance(criterion, Ends) and len(criterion.results) == 1

    def grows(self, criterion: Criterion, case: Case, known: Days) -> bool:
        return isinstance(criterion, Ends) and len(criterion.results) == 2

    def critical_days(self, criterion: Criterion, case: Case) -> list[int]:
        raise Undecided


JOINING = Joining(reason_of)


def gaps_of(kinds: Kinds, number: Array, parts: Sequence[Array]) -> Array:
    """The gap of each answer: that of the part that it comes from."""
    there = set(kinds.origins)
    found = np.zeros(len(number), np.int64)
    if there == {-1}:
        return found
    origin = np.array(kinds.origins, np.int8)[number]
    for index, gap in enumerate(parts):
        if index in there:
            found = np.where(origin == index, gap, found)
    return found


def combined(parts: Sequence[Answer]) -> tuple[Array, list[tuple[int, ...]]]:
    """For each person, which of the combinations of answers there is; and these."""
    sizes = [len(part.kinds.results) for part in parts]
    if prod(sizes) > 1 << 16:
        return distinct_of([part.number for part in parts])
    key = parts[0].number
    for part, size in zip(parts[1:], sizes[1:], strict=True):
        key = key * size + part.number
    there = np.zeros(prod(sizes), bool)
    there[key] = True
    place = np.cumsum(there) - 1
    distinct = np.unravel_index(np.flatnonzero(there), sizes)
    return place[key], list(zip(*(one.tolist() for one in distinct), strict=True))
