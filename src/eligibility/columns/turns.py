"""The days that have to be looked at while a named day is not exactly known, for many people at once."""

from __future__ import annotations

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


class Turns:
    """The days on which the answer to a question may change while a named day is not exactly known."""

    def __init__(self, question: Records, asked: Asked, case: Case, known: Days) -> None:
        self.question, self.asked, self.known = question, asked, known
        rows, _ = asked.rows(question.source)
        ends = [rows.start.first, rows.start.last, rows.end.first, rows.end.last]
        for name in ("awarded", "defended"):
            if name in rows.attributes:
                said = rows.says(name)
                ends += [np.where(said, day, FOREVER) for day in rows.days(name)]
        self.rows = rows
        self._ends = ends
        months, lengths = distances(question, case)
        self._fixed = sorted({*months, *(day for one in question.dynamic for day in changes(one, case))})
        self._lengths = list(dict.fromkeys(lengths))

    def still(self) -> Array:
        """The people none of whose records, and of whose filters, changes from the eve of the interval to its morrow."""
        first, last = self.known.first - 1, self.known.last + 1
        found = np.full(self.asked.count, not any(first <= day <= last for day in self._fixed))
        for end in self._ends:
            found[self.rows.owner[(first <= end) & (end <= last)]] = False
        return found

    def days(self, people: Array, idle: Array) -> tuple[Array, Array]:
        """For each of some people, by place, the days that have to be looked at; the `idle` are told the same on every day."""
        last = self.known.last
        stirring = people[~idle[people]]
        person, day = self._days(stirring)
        resting = people[idle[people]]
        person, day = np.concatenate([person, resting]), np.concatenate([day, np.full(len(resting), last)])
        order = np.argsort(person, kind="stable")
        return person[order], day[order]

    def _days(self, people: Array) -> tuple[Array, Array]:
        first, last = self.known
        place = np.full(self.asked.count, -1)
        place[people] = np.arange(len(people))
        who = place[self.rows.owner]
        wanted = who >= 0
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
