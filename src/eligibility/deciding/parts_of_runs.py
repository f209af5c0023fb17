"""One unbroken run of which some has to be something besides (`of_which`): long enough, and enough of it each part, in the same run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial, reduce
from operator import or_
from typing import Literal

from eligibility.counting import compare_time, stretches
from eligibility.dates import NOTHING
from eligibility.deciding.amounts import ENDLESS, Run, Runs, runs_of
from eligibility.deciding.bounds import limits
from eligibility.deciding.case import Case
from eligibility.deciding.evidence import Parted
from eligibility.deciding.found import Found, Limit
from eligibility.deciding.result import FUTURE, MISSING, READINGS, Result, answered, unique
from eligibility.deciding.selection import Selection, doubts_of, select
from eligibility.question.grammar import Records, Sieve
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Cause, Truth, truth_of

Known = Literal["exact", "least", "most"]
"""Whether the time of a run is known exactly, or is the least or the most there may be."""


def in_one_run(found: Found) -> Result:
    """Whether some run is long enough and holds enough of each part; any run may."""
    question, case, day, complete = found.question, found.case, found.day, found.complete
    runs, parts = runs_on(found, day.first)
    asked = _asked(question, case)
    met = partial(_met, question, asked)
    if runs.exact:
        truth = reduce(or_, [met("exact", run) for run in runs.sure], FALSE)
        truth = truth | UNKNOWN if not complete else truth
    else:
        surely = any(met("least", run).surely for run in runs.sure)
        possibly = any(met("most", run, _least_in(run, runs.sure)).possibly for run in runs.maybe)
        truth = truth_of(surely, surely or not complete or possibly)
    known: Known = "exact" if runs.exact else "most" if truth is FALSE else "least"
    told = max(
        runs.maybe if truth is FALSE else runs.sure, default=Run(NOTHING, (NOTHING,) * len(parts)),
        key=lambda run: (met(known, run).surely, _met_of(question, asked, known, run), run.whole.percent_days),
    )  # fmt: skip
    by_counting = runs.exact and complete
    lacking = () if truth is not UNKNOWN or by_counting else _lacking(found, runs, asked)
    why = Parted(found, truth, told, asked, lacking)
    if truth is not UNKNOWN:
        return answered(truth, "enough" if truth is TRUE else "short", why, day=day)
    if by_counting:
        return answered(truth, "counts", why, READINGS, day)
    doubts = frozenset().union(*(doubts_of(picked) for picked in (found.selection, *(picked for _, picked in parts))))
    if not complete and not found.selection.maybe:
        return answered(truth, found.unlisted, why, MISSING, day)
    if not lacking:
        return answered(truth, "to_judge" if Cause.PERSON in doubts else "not_yet", why, doubts or FUTURE, day)
    return answered(truth, "may_match", why, MISSING | doubts, day)


def runs_on(found: Found, on: int) -> tuple[Runs, list[tuple[Records, Selection]]]:
    """The runs there are on a day, and the records of each part: those of the whole that are like it."""
    question, case, whole = found.question, found.case, found.selection
    open_ones = {id(one[0]): one for one in whole.maybe}
    parts = []
    for part in question.of_which:
        asked = replace(question, filters=(*question.filters, *part.filters), bounds=part.bounds, also=(), of_which=())
        like_it = Sieve(tuple([test for test in asked.sieve.tests if test[0] in part.filters]), None)
        picked = select(asked, whole.both, case, found.day, sieve=like_it)
        sure = [row for row in picked.sure if id(row) not in open_ones]
        maybe = [open_ones[id(row)] for row in picked.sure if id(row) in open_ones]
        parts.append((asked, Selection(sure, [*picked.maybe, *maybe], picked.rejected)))
    return runs_of(question, found.selection, parts, case, on), parts


def met_on(found: Found, on: int) -> bool:
    """Whether what there is on a day is surely enough already."""
    runs, asked = runs_on(found, on)[0], _asked(found.question, found.case)
    return any(_met(found.question, asked, "exact" if runs.exact else "least", run).surely for run in runs.sure)


def _asked(question: Records, case: Case) -> list[list[Limit]]:
    """What the run, and then each part of it, is compared with."""
    every = (question.bounds, *(part.bounds for part in question.of_which))
    return [[(bound, *limits(bound, case)[:2]) for bound in bounds] for bounds in every]


def _least_in(run: Run, sure: Sequence[Run]) -> Run | None:
    """The run there surely is that has all days of one there may be: what it holds of each part is the least of that one."""
    return next((one for one in sure if run.whole.parts and stretches(one.whole) == stretches(run.whole)), None)


def _met(question: Records, asked: Sequence[Sequence[Limit]], known: Known, run: Run, least: Run | None = None) -> Truth:
    """Whether a run is all that is asked; `least` is what of a run of which the most is known there surely is."""
    truth = TRUE
    for each in _each(question, asked, known, run, least):
        truth = truth & each
    return truth


def _met_of(question: Records, asked: Sequence[Sequence[Limit]], known: Known, run: Run) -> int:
    """How much of what is asked a run is."""
    return sum(each.possibly for each in _each(question, asked, known, run))


def _each(question: Records, asked: Sequence[Sequence[Limit]], known: Known, run: Run, least: Run | None = None) -> list[Truth]:
    amounts = (run.whole, *run.parts)
    low, high = amounts, amounts
    if known == "least":
        high = (ENDLESS,) * len(amounts)
    elif known == "most":
        low = (least.whole, *least.parts) if least is not None else (NOTHING,) * len(amounts)
    return [
        compare_time(bound.operator, little, much, fewest, most, question.counted)
        for little, much, compared in zip(low, high, asked, strict=True)
        for bound, fewest, most in compared
    ]


def _lacking(found: Found, runs: Runs, asked: Sequence[Sequence[Limit]]) -> tuple[str, ...]:
    """What would have to be known for the answer to be sure."""
    missing = [*runs.missing, *(() if found.complete else (found.path,))]
    for compared in asked:
        for bound, least, most in compared:
            missing += limits(bound, found.case)[2] if least != most else ()
    return tuple(unique(missing))
