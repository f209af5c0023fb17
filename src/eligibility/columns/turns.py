"""The days that have to be looked at while a named day is not exactly known, for many people at once."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cached_property

import numpy as np

from eligibility.columns.asked import Asked
from eligibility.columns.days import add_months
from eligibility.columns.people import once_each
from eligibility.columns.reading import Array
from eligibility.dates import FOREVER, Days
from eligibility.deciding.case import Case
from eligibility.deciding.filters import changes
from eligibility.deciding.records import distances
from eligibility.question.grammar import Records


def turns_of(question: Records, case: Case) -> tuple[list[int], list[tuple[int, int]]]:
    """The days on which the answer to a question may change, whatever somebody's records say, and how far from those of the records."""
    months, lengths = distances(question, case)
    return sorted({*months, *(day for one in question.dynamic for day in changes(one, case))}), list(dict.fromkeys(lengths))


class Turns:
    """The days on which the answer to a question may change while a named day is not exactly known."""

    def __init__(self, question: Records, asked: Asked, known: Days, fixed: list[int], lengths: list[tuple[int, int]]) -> None:
        self.known = known
        self.key: Hashable = (question.source, known, tuple(fixed), tuple(lengths))
        self._source, self._fixed, self._lengths = question.source, fixed, lengths
        self._rows, self._count = asked.rows(question.source)[0], asked.count

    @cached_property
    def _ends(self) -> list[Array]:
        rows = self._rows
        ends = [rows.start.first, rows.start.last, rows.end.first, rows.end.last]
        for name in ("awarded", "defended"):
            if name in rows.attributes:
                said = rows.says(name)
                ends += [np.where(said, day, FOREVER) for day in rows.days(name)]
        return ends

    @cached_property
    def still(self) -> Array:
        """The people none of whose records, and of whose filters, changes from the eve of the interval to its morrow."""
        first, last = self.known.first - 1, self.known.last + 1
        found = np.full(self._count, not any(first <= day <= last for day in self._fixed))
        owner = self._rows.owner
        for end in self._ends:
            found[owner[(first <= end) & (end <= last)]] = False
        return found

    def days(self, asked: Asked, people: Array) -> tuple[Array, Array]:
        """For each of some people, by place, the days that have to be looked at."""
        first, last = self.known
        rows = asked.rows(self._source)[0]
        place = np.full(asked.count, -1)
        place[people] = np.arange(len(people))
        who = place[rows.owner]
        wanted = np.flatnonzero(who >= 0)
        who = who[wanted]
        pairs = [(np.arange(len(people)), np.full(len(people), day)) for day in self.known]
        bases: list[tuple[Array, Array]] = [(who, end[wanted]) for end in self._ends]
        bases += [(np.arange(len(people)), np.full(len(people), day)) for day in self._fixed]
        for person, day in bases:
            inside = (day > 0) & (day < 3_652_059) if self._lengths else np.ones(len(day), bool)
            person, day = person[inside], day[inside]
            moved = [(person, day)]
            for months, extra in self._lengths:
                for sign in (1, -1):
                    about = day + sign * (30 * months + extra)  # a month more or less is far from being that much off
                    some = (first - 40 - months < about) & (about < last + 40 + months)
                    moved.append((person[some], add_months(day[some], sign * months) + sign * extra))
            for person, one in moved:
                near = (first - 2 < one) & (one < last + 2)
                for step in (-1, 0, 1):
                    there = near & (first < one + step) & (one + step < last)
                    pairs.append((person[there], one[there] + step))
        size = last - first + 1
        keys = once_each(np.concatenate([person * size + day - first for person, day in pairs]))
        return people[keys // size], keys % size + first
