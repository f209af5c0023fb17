"""How records meet filters: worked out by the filters of one person, once for each distinct value."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import numpy as np

from eligibility.columns.forms import form
from eligibility.columns.people import Rows, distinct_of
from eligibility.columns.reading import UNSAID, Array
from eligibility.columns.supports import READS
from eligibility.dates import Days
from eligibility.deciding.case import Case
from eligibility.deciding.filters import changes, holds, lacks
from eligibility.deciding.session import Session
from eligibility.explaining import ONE
from eligibility.facts import ProfileFacts, Row, rate_of
from eligibility.profile import Profile
from eligibility.question.filters import Recognised
from eligibility.question.grammar import Filter
from eligibility.reference import Reference
from eligibility.verdict import FALSE, TRUE

NO, OPEN, LACKS, YES = 0, 1, 2, 3
"""Of a record and a filter: it does not match; it may, and no fact is missing; it may, for want of a fact; it matches."""


class Matching:
    """What filters say of the values that have been seen."""

    def __init__(self, reference: Reference) -> None:
        self._case = Case(ProfileFacts(Profile(), reference), Session(reference), 1, {}, frozenset(), by=ONE)
        self._forms: dict[int, tuple[Filter, Hashable]] = {}
        self._filters: dict[Any, tuple[Any, list[int], dict[Any, int]]] = {}

    def form(self, one: Filter, rows: Rows) -> Hashable:
        """What a filter says, of the records of a source."""
        known = self._forms.get(id(one))
        if known is None:
            self._forms[id(one)] = known = one, form(one)
        return known[1], rows.source.name, id(rows.reading)

    def matches(self, one: Filter, rows: Rows, on: Array) -> Array:
        """Of each record how it meets a filter, worked out once for each distinct value."""
        case = self._case
        attributes = READS[type(one)] or (one.attribute,)
        columns: list[Array] = []
        known: list[tuple[str, list[Any], list[Any] | None]] = []
        for name in attributes:
            codes, values, written = rows.values(name)
            if isinstance(one, Recognised) and name == "awarded":
                continue
            columns.append(codes)
            known.append((name, values, written))
        turns = np.array(sorted(changes(one, case)), np.int64) if one.dynamic else np.zeros(0, np.int64)
        if len(turns):
            columns.append(np.searchsorted(turns, on[rows.owner] if on.ndim else np.full(len(rows), on), "right"))
            if isinstance(one, Recognised):
                days = rows.days("awarded")
                columns += [np.searchsorted(turns, days.first, "right"), np.searchsorted(turns, days.last, "right")]
                columns.append(np.where(rows.says("awarded"), np.where(days.first == days.last, 1, 2), 0))
        _, table, memory = self._filters.setdefault(self.form(one, rows), (rows.reading, [], {}))
        if len(columns) == 1:
            values = known[0][1]
            while len(table) < len(values):
                table.append(self._truth(one, rows, [(*known[0], len(table))], None, case, 1))
            unsaid = memory.get(UNSAID)
            if unsaid is None:
                unsaid = memory[UNSAID] = self._truth(one, rows, [(*known[0], UNSAID)], None, case, 1)
            return np.array([*table[: len(values)], unsaid], np.int8)[columns[0]]
        numbers, distinct = distinct_of(columns)
        found = np.zeros(len(distinct), np.int8)
        example = np.zeros(len(distinct), np.int64)
        example[numbers] = np.arange(len(rows))
        for at, combination in enumerate(distinct):
            truth = memory.get(combination)
            if truth is None:
                index = int(example[at])
                said = [(*column, code) for column, code in zip(known, combination, strict=False)]
                awarded = None
                if isinstance(one, Recognised) and rows.says("awarded")[index]:
                    awarded = Days(int(rows.days("awarded").first[index]), int(rows.days("awarded").last[index]))
                day = int(on[rows.owner[index]] if on.ndim else on)
                truth = memory[combination] = self._truth(one, rows, said, awarded, case, day)
            found[at] = truth
        return found[numbers]

    def _truth(
        self, one: Filter, rows: Rows, said: list[tuple[str, list[Any], list[Any] | None, int]], awarded: Days | None, case: Case, day: int
    ) -> int:  # fmt: skip
        """How a record with these values meets a filter."""
        values = {name: known[code] for name, known, _, code in said if code != UNSAID}
        if awarded is not None:
            values["awarded"] = awarded
        row = Row(rows.source, "", values)
        row.rate = rate_of(values) if rows.source.working_time else (100, 100)
        written = {name: words[code] for name, _, words, code in said if words is not None and code != UNSAID and words[code] is not None}
        row.written = written or None
        truth = holds(one, row, case, day)
        if truth is TRUE:
            return YES
        if truth is FALSE:
            return NO
        return LACKS if lacks(one, row, case, day) else OPEN
