"""Some people before one vacancy, each perhaps on a day of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from eligibility.columns.kinds import Answer
from eligibility.columns.people import Kept, People, Rows
from eligibility.columns.reading import Array
from eligibility.deciding.case import Case
from eligibility.ready import Ready, case_of


class Asked:
    """Some people before one vacancy: each on a day of their own where `which` says so, by one value for all where `same` does."""

    def __init__(
        self, people: People, cases: list[Case], who: Array | None = None, which: Array | None = None, same: Array | None = None
    ) -> None:  # fmt: skip
        self.people, self.cases, self.who, self.which, self.same = people, cases, who, which, same
        self.count = people.count if who is None else len(who)
        self.answers: dict[Any, Answer] = {}
        """What has been answered already, by what was asked."""
        self._everybody: Asked | None = None
        self.placed: Kept = people.placed if who is None else Kept(10)
        """What the own days of everybody's records say, by source and day."""
        self.turns: dict[Any, Any] = {}
        """The days on which something changes, by source and interval."""
        self._rows: dict[str, tuple[Rows, Array | None]] = {}
        self._told: dict[str, Array] = {}

    def take(self, index: Array) -> Asked:
        """Some of them, in this order; the same one perhaps more than once."""
        found = Asked(
            self.people, self.cases, index if self.who is None else self.who[index],
            None if self.which is None else self.which[index], None if self.same is None else self.same[index],
        )  # fmt: skip
        found._everybody = self.everybody
        return found

    @property
    def everybody(self) -> Asked:
        """All people, before the same vacancy on the day that it has."""
        return self if self._everybody is None else self._everybody

    def on(self, case: Case) -> Asked:
        """The same people on a day that is known."""
        there = Asked(self.people, [case], self.who, None, self.same)
        there.placed, there._rows, there._told, there._everybody = self.placed, self._rows, self._told, self.everybody
        return there

    def each(self, told: Callable[[Case], Any]) -> Array:
        """What a case tells, for each person."""
        if self.which is None:
            return np.asarray(told(self.cases[0]))
        found: Array = np.array([told(case) for case in self.cases])[self.which]
        return found

    def of_person(self, values: Array) -> Array:
        return values if self.who is None else values[self.who]

    def rows(self, source: str) -> tuple[Rows, Array | None]:
        """Their records of a source, and where each of them stands among those of all people."""
        if source not in self._rows:
            rows = self.people.rows(source)
            self._rows[source] = (rows, None) if self.who is None else rows.take(self.who)
        return self._rows[source]

    def told(self, source: str) -> Array:
        """Whether they have a list of a source, something in it, and all there is, as the bits of an answer."""
        if source not in self._told:
            people = self.people
            known = people.told.get(source)
            if known is None:
                rows = people.rows(source)
                said, some, complete = (one.astype(np.uint16) for one in (rows.said, rows.lengths > 0, people.complete(source)))
                known = people.told[source] = said << 9 | some << 8 | complete << 5
            self._told[source] = self.of_person(known)
        return self._told[source]

    def alone(self, index: int, ready: Ready) -> Case:
        """One of them as a case of its own."""
        person = index if self.who is None else int(self.who[index])
        base = self.cases[0 if self.which is None else int(self.which[index])]
        case = case_of(ready, base.today, None, self.people.facts(person))
        for name, day in base.dates.items():
            if case.dates[name] != day:
                case = case.with_date(name, day)
        if self.same is not None:
            names = self.people.reading.words("experience", "employer_name").values
            case = case.with_same("employer", names[int(self.same[index])])
        return case
