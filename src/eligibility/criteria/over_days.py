"""A criterion on a day that is not exactly known, and on every day of a span: decided only when the days agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from eligibility.criteria.moments import DAY_OF_SPAN
from eligibility.criteria.result import FUTURE, MISSING, Reason, Result, answered, told, unique
from eligibility.dates import Days, new_years, one_day
from eligibility.verdict import FALSE, TRUE, UNKNOWN, truth_of, verdict_of

if TYPE_CHECKING:
    from eligibility.criteria.base import Criterion
    from eligibility.criteria.case import Case

Dated = tuple[Days, Result]


def over_named(criterion: Criterion, case: Case, name: str, known: Days) -> Result:
    """A named date that is one unknown day of an interval: decided only when every day agrees."""
    as_of, by_year = criterion.as_of, name in criterion.by_year
    counted: Days | None = None  # where the criterion is counted on another day, that is known better
    if as_of is not None and as_of.name == name:
        counted = as_of.moved(known)
    if name in case.unsaid:
        return _untold(criterion, case, name, known, counted)
    settled = None if by_year else _at_the_ends(criterion, case, name, known, counted)
    if settled is not None:
        settled.day_moment = as_of
        settled.day = counted or settled.day
        return settled
    results = []
    for day in case.days_between(known, [*criterion.critical_days(case), *(new_years(known) if by_year else ())]):
        fixed = one_day(day)
        results.append((fixed, criterion.on_its_day(case.with_date(name, fixed))))
    return agree(results, known, name, criterion, (case.asked[name],) if name in case.asked else (), counted)


def _untold(criterion: Criterion, case: Case, name: str, known: Days, counted: Days | None) -> Result:
    """A day that nobody has told: where every day gives the same answer, what it would be today explains it."""
    turns = [*criterion.critical_days(case), *(new_years(known) if name in criterion.by_year else ())]
    days = sorted({*case.days_between(known, turns), case.today})
    results = [criterion.on_its_day(case.with_date(name, one_day(day))) for day in days]
    truths = {one.truth for one in results}
    shown = results[days.index(case.today)]
    if truths == {TRUE}:
        shown = shown.but(_latest, results)
    elif truths != {FALSE}:
        sample = next((one for one in (shown, *results) if one.truth is UNKNOWN), shown)
        causes = frozenset().union(*[one.causes for one in results])
        missing = (case.asked[name],) if len(truths) > 1 else ()
        code = "day_unknown" if missing else sample.code
        shown = answered(UNKNOWN, code, (_lacking, sample, results, missing, name), causes | (MISSING if missing else frozenset()))
        shown.children, shown.single = sample.children, sample.single
    shown.day, shown.day_moment = counted or shown.day, criterion.as_of
    return shown


def _lacking(sample: Result, results: Sequence[Result], day: tuple[str, ...], name: str) -> Reason:
    """What would settle it: the day, and whatever is missing on one of the days that it may be."""
    missing = unique((*day, *(path for one in results for path in one.reason.missing)))
    reason = sample.reason
    return reason._replace(params={"moment": name} if day else reason.params, missing=missing)


def _at_the_ends(criterion: Criterion, case: Case, name: str, known: Days, counted: Days | None) -> Result | None:
    """The answer for every day, where that of the ends tells it: nothing changes in between, or time only adds up."""
    at_last = case.with_date(name, one_day(known[1]))
    if criterion.stays(case, known):
        return criterion.on_its_day(at_last)
    if not criterion.grows(case, known):
        return None
    last = criterion.on_its_day(at_last)
    at_first = case.with_date(name, one_day(known[0]))
    if last.truth is FALSE:  # and so it is before, by a little more
        return last.but(_told_on, criterion, at_first)
    first = criterion.on_its_day(at_first)
    if first.truth is TRUE:
        return last
    if first.truth is last.truth:
        return agree([(one_day(known[0]), first), (one_day(known[1]), last)], known, name, criterion, (), counted)
    return None


def _told_on(_: Result, criterion: Criterion, case: Case) -> Reason:
    return criterion.on_its_day(case).reason


def over_literal(criterion: Criterion, case: Case, known: Days, missing: tuple[str, ...]) -> Result:
    """The same for a day that the criterion itself names, or the day of a record."""
    results = [(one_day(day), criterion.decide(case, one_day(day))) for day in case.days_between(known, criterion.critical_days(case))]
    return agree(results, known, None, criterion, missing, known)


def agree(
    results: list[Dated], known: Days, name: str | None, criterion: Criterion, unsaid: tuple[str, ...], counted: Days | None
) -> Result:
    """`unsaid` is what the applicant could tell to make the day exact; without it, the day depends on the future. `counted` is the day
    the criterion is counted on, where it is this one."""
    on = counted or results[0][1].day
    truths = [result.truth for _, result in results]
    shown = results[0][1]
    if len(truths) == 1 or truths.count(FALSE) == len(truths):
        pass
    elif truths.count(TRUE) == len(truths):
        shown = results[-1][1].but(_latest, [one for _, one in results])
    else:
        causes = frozenset().union(*[one.causes for _, one in results])
        sample = next((one for _, one in results if one.truth is UNKNOWN), results[-1][1])
        mixed = len(set(truths)) > 1
        if mixed:  # some day decides it
            causes |= MISSING if unsaid else FUTURE
        why = (_between, results, sample, known, name, unsaid, mixed)
        shown = answered(UNKNOWN, "depends_on_day" if mixed else sample.code, why, causes)
        shown.children, shown.single = sample.children, sample.single
    shown.day = on
    shown.day_moment = criterion.as_of
    return shown


def _latest(last: Result, every: Sequence[Result]) -> Reason:
    """Until the last of the days on which one of the answers rests."""
    return last.reason._replace(future=max([future for one in every if (future := one.reason.future) is not None], default=None))


def _between(results: list[Dated], sample: Result, known: Days, name: str | None, unsaid: tuple[str, ...], mixed: bool) -> Reason:
    first, last, reason = results[0][1].reason, results[-1][1].reason, sample.reason
    missing = unique((*(unsaid if mixed else ()), *(path for _, one in results for path in one.reason.missing)))
    params = reason.params
    if mixed:
        passes = [day.first for day, one in results if one.truth is TRUE]
        params = {
            "moment": name, "first_pass": passes[0] if passes else None, "last_pass": passes[-1] if passes else None,
            "at_first": verdict_of(results[0][1].truth), "at_last": verdict_of(results[-1][1].truth),
            "from": known.first, "to": known.last,
        }  # fmt: skip
        if passes and any(one.truth is not TRUE for day, one in results if passes[0] <= day.first <= passes[-1]):
            params["apart"] = True  # the days of a pass are not one stretch
    return Reason(reason.kind, params, first.used or last.used, missing, last.gap or first.gap, last.future, reason.shown)


def throughout(criterion: Criterion, case: Case) -> Result:
    """Every day of a span must pass; one failing day fails."""
    assert criterion.throughout is not None
    (start, missing_start), (end, missing_end) = (moment.resolve(case) for moment in criterion.throughout)
    if start is None or end is None:
        return answered(UNKNOWN, "day_unknown", told(criterion.kind, missing=(*missing_start, *missing_end)), MISSING)
    span = Days(start.first, end.last)
    meeting = range(max(start.first, end.first), min(start.last, end.last) + 1)
    """Days on which the span may both begin and end. Where it may begin after it may end, it surely holds one of them."""
    possible = start.last <= end.first
    truth, worst, failing = TRUE, None, None
    for day in case.days_between(span, [*criterion.critical_days(case), start.last, end.first]):
        fixed = one_day(day)
        result = criterion.decide(case.with_date(DAY_OF_SPAN, fixed), fixed)
        certain = start.last <= day <= end.first  # a day that surely lies in the span
        here = result.truth if certain else truth_of(result.truth.surely, True)
        possible = possible or (day in meeting and result.truth is not FALSE)
        if worst is None or here < truth:  # as pairs: fail, then unknown, then pass
            worst = result
            worst.day = one_day(day)
        if result.truth is FALSE and failing is None:
            failing = result
            failing.day = one_day(day)
        truth = truth & here
    assert worst is not None
    if not possible:  # whichever day it holds, that one fails
        truth, worst = FALSE, failing or worst
    asked = tuple(path for moment in criterion.throughout for path in case.could_tell(moment)) if truth is UNKNOWN else ()
    if truth is UNKNOWN and worst.truth is FALSE:  # it fails on a day that may lie in the span
        result = answered(truth, "span_open", (_perhaps_in_span, worst, asked), worst.causes or (MISSING if asked else FUTURE), worst.day)
        worst.criterion = criterion
        result.children, result.single = (worst,), True
        return result
    return worst.but(_on_every_day, span, asked)


def _perhaps_in_span(worst: Result, asked: tuple[str, ...]) -> Reason:
    reason = worst.reason
    on = None if worst.day is None else worst.day.first
    return reason._replace(params={"on": on}, missing=unique((*asked, *reason.missing)))


def _on_every_day(worst: Result, span: Days, asked: tuple[str, ...]) -> Reason:
    reason = worst.reason
    return reason._replace(params={**reason.params, "throughout": (span.first, span.last)}, missing=unique((*asked, *reason.missing)))
