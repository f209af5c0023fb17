"""Exams: whether enough different subjects, those that are asked for among them, come from few enough sittings.

A sitting is one exam in one month. Sittings that may be one and the same are apart in what is surely so and one in what may be so: fewer
sittings never make it harder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from math import comb
from typing import Any

from eligibility.deciding.bounds import compare, limits
from eligibility.deciding.case import Case
from eligibility.deciding.evidence import Combined
from eligibility.deciding.filters_terms import is_declared
from eligibility.deciding.found import Found
from eligibility.deciding.matching import fits, lacking_of, match
from eligibility.deciding.result import MISSING, Result, answered, unique
from eligibility.deciding.selection import doubts_of, last_day
from eligibility.deciding.subjects import known_word, perhaps_apart, said_word, surely_apart, told_apart
from eligibility.facts import Row
from eligibility.question.grammar import Records
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Truth, truth_of

_MOST = 5000
"""More choices of sittings than these are not tried one by one: nobody sits so many exams."""


def combined(found: Found) -> Result:
    """Whether enough different subjects, those asked for among them, come from few enough sittings: every choice of them is tried."""
    question, case, day, complete, selection = found.question, found.case, found.day, found.complete, found.selection
    truths = {row.path: [fits(row, demand, case, day.first) for demand in question.among] for row in selection.both}
    compared = [(bound, *limits(bound, case)) for bound in question.bounds]

    def asked(number: int) -> Truth:
        truth = truth_of(number > 0, number > 0)
        for bound, low, high, _ in compared:
            truth = truth & compare(bound.operator, number, number, low, high)
        return truth

    chosen = _surely_together(question, selection.sure, case, day.first)
    sure = [_subjects(surely_apart(question, rows, case), truths, True) for rows in chosen]
    chosen = _perhaps_together(question, selection.both, case, day.first)
    may = [_subjects(perhaps_apart(question, rows, case), truths, False) for rows in chosen]
    surely = any(asked(number).surely for number, left, _ in sure if not left)
    possibly = not complete or any(asked(number).possibly for number, left, _ in may if not left)
    truth = truth_of(surely, possibly)
    low, high = max(sure, key=_best, default=_NOTHING), max(may, key=_best, default=_NOTHING)
    why = Combined(found, truth, low[0], high[0], tuple(question.among[index] for index in high[1]), low[2] if surely else selection.both)
    if truth is not UNKNOWN:
        return answered(truth, "enough" if truth is TRUE else "short", why, day=day)
    if not complete and not selection.maybe:
        return answered(truth, found.unlisted, why, MISSING, day)
    doubts = doubts_of(selection)
    if doubts and not lacking(found):
        return answered(truth, "to_judge", why, doubts, day)
    return answered(truth, "may_match", why, MISSING | doubts, day)


def lacking(found: Found) -> tuple[str, ...]:
    """What would have to be known for the answer to be sure."""
    question, case, on = found.question, found.case, found.day.first
    missing = [path for _, paths, _ in found.selection.maybe for path in paths]
    for row in found.selection.both:
        open_ones = [demand for demand in question.among if fits(row, demand, case, on) is UNKNOWN]
        missing += [path for demand in open_ones for path in lacking_of(row, demand, case, on)]
        missing += [row.key("subject")] if known_word(question, row, 0, case) is None else []
        if question.sittings is not None and _months(row, question, on)[0] != _months(row, question, on)[1]:
            missing.append(row.key("start"))
        if question.sittings is not None and known_word(question, row, 1, case) is None:
            missing.append(row.key("exam"))
    missing += [] if found.complete else [found.path]
    missing += [path for bound in question.bounds for path in limits(bound, case)[2]]
    return unique(missing)


_Subjects = tuple[int, list[int], list[Row]]
"""How many different subjects some sittings give, the places of the demands that none of them meets, and their records."""
_NOTHING: _Subjects = (0, [], [])


def _best(one: _Subjects) -> tuple[int, int]:
    return -len(one[1]), one[0]


def _subjects(apart: Mapping[str, Sequence[Row]], truths: Mapping[str, Sequence[Truth]], surely: bool) -> _Subjects:
    rows = [row for group in apart.values() for row in group]
    demands = range(len(truths[rows[0].path])) if rows else ()
    edges = [
        [
            index for index, group in enumerate(apart.values())
            if any((truth := truths[row.path][demand]) is TRUE or (truth is not FALSE and not surely) for row in group)
        ]
        for demand in demands
    ]  # fmt: skip
    met = match(edges)
    return len(apart), [demand for demand in demands if demand not in met], rows


# ------------------------------------------------------------------------------------------------- sittings


def _month(day: int) -> int:
    known = date.fromordinal(min(max(day, 1), date.max.toordinal()))
    return known.year * 12 + known.month


def _months(row: Row, question: Records, on: int) -> tuple[int, int]:
    """The first and the last month that a record may be of, up to the day asked."""
    return _month(row.start.first), _month(max(row.start.first, min(row.start.last, last_day(question, on))))


def _surely_together(question: Records, rows: Sequence[Row], case: Case, on: int) -> Iterator[list[Row]]:
    """The records of each choice of sittings, where whatever may be another sitting is one."""
    sittings: dict[Any, list[Row]] = {}
    for row in rows:
        exam, (first, last) = said_word(question, row, 1, case), _months(row, question, on)
        sittings.setdefault((exam, first) if exam is not None and first == last else row.path, []).append(row)
    yield from _choices(question, list(sittings.values()), False)


def _perhaps_together(question: Records, rows: Sequence[Row], case: Case, on: int) -> Iterator[list[Row]]:
    """The records of each choice of sittings, where each record is of whichever it may be of."""
    said = {row.path: (said_word(question, row, 1, case), _months(row, question, on)) for row in rows}
    exams = {exam for exam, _ in said.values()}
    declared = {exam for exam in exams if exam is not None and is_declared(told_apart(question, 1), exam, case)}

    def may_be(row: Row, exam: str | None, month: int) -> bool:
        own, (first, last) = said[row.path]
        return first <= month <= last and (own == exam or not {own, exam} <= declared)

    begins = {months[0] for _, months in said.values()}
    every = {frozenset(row.path for row in rows if may_be(row, exam, month)) for exam in exams for month in begins}
    largest = [one for one in every if not any(one < other for other in every)]
    yield from _choices(question, [[row for row in rows if row.path in one] for one in sorted(largest, key=sorted)], True)


def _choices(question: Records, sittings: list[list[Row]], all_at_once: bool) -> Iterator[list[Row]]:
    """The records of so many of the sittings, for each choice of them. Of too many to try, the largest, or (`all_at_once`) all: less than
    the best of them, and more."""
    number = question.sittings
    if number is None or len(sittings) <= number:
        yield _together(sittings)
    elif comb(len(sittings), number) > _MOST:
        yield _together(sittings if all_at_once else sorted(sittings, key=len)[-number:])
    else:
        yield from (_together(chosen) for chosen in combinations(sittings, number))


def _together(sittings: Iterable[list[Row]]) -> list[Row]:
    """The records of some sittings, each once."""
    return list({row.path: row for sitting in sittings for row in sitting}.values())
