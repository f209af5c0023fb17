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
from eligibility.question.filters import Recognised, Terms
from eligibility.question.grammar import Filter
from eligibility.reference import Reference
from eligibility.verdict import FALSE, TRUE

NO, OPEN, LACKS, YES = 0, 1, 2, 3
"""Of a record and a filter: it does not match; it may, and no fact is missing; it may, for want of a fact; it matches."""


class _Seen:
    """What a filter says of the values of a reading (which it keeps, for its number to be that of no other): of each value by its number,
    then of none; and of combinations of values, and of words."""

    def __init__(self, reading: Any) -> None:
        self.reading = reading
        self.table = np.zeros(1, np.int8)
        self.memory: dict[Any, int] = {}


class Matching:
    """What filters say of the values that have been seen."""

    def __init__(self, reference: Reference) -> None:
        self._case = Case(ProfileFacts(Profile(), reference), Session(reference), 1, {}, frozenset(), by=ONE)
        self._forms: dict[int, tuple[Filter, Hashable]] = {}
        self._numbers: dict[Hashable, int] = {}
        self._filters: dict[Any, _Seen] = {}

    def form(self, one: Filter, rows: Rows) -> Hashable:
        """What a filter says, of the records of a source."""
        known = self._forms.get(id(one))
        if known is None:
            self._forms[id(one)] = known = one, self._numbers.setdefault(form(one), len(self._numbers))
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
        seen = self._filters.setdefault(self.form(one, rows), _Seen(rows.reading))
        if len(columns) == 1:
            return self._of_values(one, rows, known[0], seen)[columns[0]]
        memory = seen.memory
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

    def _of_values(self, one: Filter, rows: Rows, column: tuple[str, list[Any], list[Any] | None], seen: _Seen) -> Array:
        """How each value of an attribute meets a filter; last, how a record does that says none."""
        name, values, written = column
        if UNSAID not in seen.memory:
            seen.memory[UNSAID] = self._truth(one, rows, [(name, values, written, UNSAID)], None, self._case, 1)
            seen.table = np.array([seen.memory[UNSAID]], np.int8)
        there = len(seen.table) - 1
        if there < len(values):
            found = np.full(len(values) - there, -1, np.int8)
            if isinstance(one, Terms) and one.chosen is None and written is not None:
                parts, words = rows.reading.words(rows.source.name, name).members()
                self._of_words(one, rows, name, parts[there:], words, seen.memory, found)
            for at in np.flatnonzero(found < 0).tolist():
                found[at] = self._truth(one, rows, [(name, values, written, there + at)], None, self._case, 1)
            seen.table = np.concatenate([seen.table[:-1], found, seen.table[-1:]])
        return seen.table

    def _of_words(
        self, one: Terms, rows: Rows, name: str, parts: Array, words: list[str], memory: dict[Any, int], found: Array
    ) -> None:  # fmt: skip
        """How lists of words meet a filter, by those of each word: one of them is enough, or of what is excluded all are needed."""
        for word in words:
            if word not in memory:
                row = Row(rows.source, "", {name: (word,)})
                truth = holds(one, row, self._case, 1)
                memory[word] = (2 if truth is TRUE else 0 if truth is FALSE else 1) + (4 if lacks(one, row, self._case, 1) else 0)
        known = np.array([*(memory[word] for word in words), 8], np.int8)[parts]  # -1: there is no further word
        there, truths = known < 8, known & 3
        yes, no, open_ = ((there & what) for what in (truths == 2, truths == 0, known & 4 > 0))
        if one.excluded:
            surely, out = (yes | ~there).all(axis=1), no.any(axis=1)
        else:
            surely, out = yes.any(axis=1), (no | ~there).all(axis=1)
        some = there[:, 0]
        found[some] = np.where(surely, YES, np.where(out, NO, np.where(open_.any(axis=1), LACKS, OPEN)))[some]

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
