"""Filters about marks: of degrees, on a scale, and of language tests."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from eligibility.dates import FOREVER, LONG_AGO, Days, Length
from eligibility.deciding.bounds import compare, limits
from eligibility.deciding.case import Case
from eligibility.deciding.values import by_value, unchosen
from eligibility.facts import Row
from eligibility.question.filters import ANY_SCALE, WORD, GradeFilter, Marks, Scores, ValidScores
from eligibility.question.grammar import Bound
from eligibility.reference.spelling import fold_mark
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Truth, truth_of


def grade(one: GradeFilter, row: Row, case: Case, day: int) -> Truth:
    return by_value(one, row, case, day, _mark_accepted)


def _mark_accepted(one: GradeFilter, value: Any, case: Case, day: int) -> Truth:
    share = _share(value, case)
    truth, told = TRUE, False
    for scale, bound in one.bounds:
        if scale == ANY_SCALE:
            truth = truth & (UNKNOWN if share is None else _of_all(bound, share, case))
            told = told or share is not None
        elif scale == value.scale:
            truth, told = truth & _within(one, scale, bound, value.value, case), True
    if told:
        return truth
    return FALSE if value.scale in one.elsewhere else UNKNOWN


def _share(value: Any, case: Case) -> Fraction | None:
    """A mark as a share of the highest there can be, in percent; None where that is not known, or the mark is a word."""
    most = value.out_of or case.reference.full_mark(value.scale)
    return None if most is None or isinstance(value.value, str) else 100 * Fraction(str(value.value)) / Fraction(str(most))


def _of_all(bound: Bound, share: Fraction, case: Case) -> Truth:
    """A share and a bound: as they are written, to the last decimal."""
    limit, other, _ = limits(bound, case)
    return compare(bound.operator, share, share, Fraction(str(limit)), Fraction(str(other)))


def scores(one: Scores, row: Row, case: Case, day: int) -> Truth:
    """Whether any of the results of somebody's tests will do that are there on the day. A test that is not asked for says nothing, if it is
    known to be another."""
    return _any_result(one, row, lambda result: _reached(one, result, case) & _counts(one, result, case, day))


def _any_result(one: Scores, row: Row, does: Callable[[Any], Truth]) -> Truth:
    results = row.values.get(one.attribute)
    if results is None:
        return UNKNOWN
    truth = FALSE
    for result in results:
        truth = truth | does(result)
    return truth


def _reached(one: Scores, result: Any, case: Case) -> Truth:
    asked = [bound for test, bound in one.bounds if test == result.test]
    if not asked:
        return FALSE if case.reference.is_term("tests", result.test) else UNKNOWN
    truth = FALSE
    for bound in asked:
        truth = truth | _within(one, result.test, bound, result.score, case)
    return truth


def _counts(one: Scores, result: Any, case: Case, day: int) -> Truth:
    """Whether a result counts on a day: it is valid, where that is asked for; else the test is taken, on whatever day that is not said."""
    if isinstance(one, ValidScores):
        return _valid(result, case, day)
    return TRUE if result.taken is None else truth_of(result.taken.last <= day, result.taken.first <= day)


def _valid(result: Any, case: Case, day: int) -> Truth:
    """Whether a result is valid on a day: the test is taken, and not so long ago that it no longer counts."""
    taken = result.taken or Days(LONG_AGO, FOREVER)
    begun = truth_of(taken.last <= day, taken.first <= day)
    years = case.reference.valid_years(result.test)
    if years is None:
        return begun & UNKNOWN
    if not years:
        return begun if result.taken is not None else TRUE
    lasts = Length(12 * years)
    surely = taken.first > LONG_AGO and lasts.after(taken.first) >= day
    return begun & truth_of(surely, taken.last == FOREVER or lasts.after(taken.last) >= day)


def last_valid_day(one: ValidScores, row: Row, case: Case, day: int) -> int | None:
    """The last day on which some result that will do was valid; None where there is none by the day, or where nobody can tell."""
    days = [
        Length(12 * years).after(result.taken.last)
        for result in row.values.get(one.attribute) or ()
        if result.taken is not None and result.taken.first <= day
        and _reached(one, result, case).surely and (years := case.reference.valid_years(result.test))
    ]  # fmt: skip
    return max(days, default=None)


def first_day_taken(one: Scores, row: Row, case: Case, day: int) -> int | None:
    """The first day after the one asked on which some result that will do is there; None where there is none."""
    days = [
        result.taken.last
        for result in row.values.get(one.attribute) or ()
        if result.taken is not None and result.taken.first > day and _reached(one, result, case).surely
    ]
    return min(days, default=None)


def results_that_do(one: Scores, row: Row, case: Case, day: int) -> list[tuple[Any, int | None]]:
    """The results of somebody's tests that surely are what is asked for, each with its last day where it has to be valid and has one."""
    found: list[tuple[Any, int | None]] = []
    for result in row.values.get(one.attribute) or ():
        last = None
        if not _counts(one, result, case, day).surely:
            continue
        if isinstance(one, ValidScores):
            years = case.reference.valid_years(result.test)
            last = Length(12 * years).after(result.taken.first) if years else None
        if _reached(one, result, case).surely:
            found.append((result, last))
    return found


def validity_turns(row: Row, case: Case) -> list[int]:
    """The days on which results become valid, or no longer are."""
    found = []
    for result in row.values.get("tests") or ():
        if result.taken is not None:
            years = case.reference.valid_years(result.test)
            found += [day for taken in result.taken for day in (taken, *([Length(12 * years).after(taken) + 1] if years else []))]
    return found


def scores_lacking(one: Scores, row: Row, case: Case, day: int) -> tuple[str, ...]:
    """What would tell whether a result will do: the choice that its bounds wait for, the results, or when a test was taken."""
    waits = tuple(path for _, bound in one.bounds for path in limits(bound, case)[2])
    results = row.values.get(one.attribute)
    if waits or results is None:
        return waits or (row.key(one.attribute),)
    missing = []
    for index, result in enumerate(results):
        reached, counts = _reached(one, result, case), _counts(one, result, case, day)
        if reached.possibly and counts.possibly:
            missing += [] if reached.surely else [row.key(one.attribute)]
            if not counts.surely and (case.reference.valid_years(result.test) is not None or not isinstance(one, ValidScores)):
                missing.append(f"{row.path}.tests[{index}].taken")
    return tuple(dict.fromkeys(missing))


def _within(one: Marks, scale: str, bound: Bound, value: float | str, case: Case) -> Truth:
    """A mark and a bound on one scale: figures with figures, words with words; of a list of the notice a word may be a figure."""
    if bound.measure == WORD:
        place = one.ladders[scale].spelled.get(fold_mark(value if isinstance(value, str) else f"{value:g}"))
        return UNKNOWN if place is None else _compared(bound.operator, place, limits(bound, case))
    return UNKNOWN if isinstance(value, str) else _compared(bound.operator, value, limits(bound, case))


def _compared(operator: str, mark: float, limit: tuple[Any, Any, tuple[str, ...]]) -> Truth:
    return compare(operator, mark, mark, limit[0], limit[1])


def lacking(one: Marks, row: Row, case: Case, day: int) -> tuple[str, ...]:
    """What would tell whether a mark will do: the choice that its bounds wait for, or the mark."""
    waits = tuple(dict.fromkeys(path for _, bound in one.bounds for path in limits(bound, case)[2]))
    mark = row.values.get(one.attribute)
    unscaled = isinstance(one, GradeFilter) and mark is not None and not mark.scale  # the exam is not said
    return waits or unchosen(one, case) or (row.key("exam" if unscaled else one.attribute),)
