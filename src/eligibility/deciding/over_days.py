"""A criterion on a day that is not exactly known, and on every day of a span: decided only when the days agree."""

from __future__ import annotations

from eligibility.dates import Days, one_day
from eligibility.deciding import evidence as of
from eligibility.deciding.case import Case
from eligibility.deciding.result import FUTURE, MISSING, Reason, Result, answered
from eligibility.question.grammar import DAY_OF_SPAN, Criterion
from eligibility.verdict import FALSE, TRUE, UNKNOWN, truth_of, verdict_of


def over_named(criterion: Criterion, case: Case, name: str, known: Days) -> Result:
    """A named date that is one unknown day of an interval: decided only when every day agrees."""
    as_of, steps = criterion.as_of, criterion.steps.get(name, ())
    counted: Days | None = None  # where the criterion is counted on another day, that is known better
    if as_of is not None and as_of.name == name:
        counted = as_of.moved(known)
    if name in case.unsaid:
        return _untold(criterion, case, name, known, counted)
    if name in case.by_choice:
        return _by_choice(criterion, case, name, known, counted)
    settled = None if steps else _at_the_ends(criterion, case, name, known, counted)
    if settled is not None:
        settled.day_moment = as_of
        settled.day = counted or settled.day
        return settled
    results = []
    for day in case.days_between(known, [*case.by.critical_days(criterion, case), *(day for step in steps for day in step.turns(known))]):
        fixed = one_day(day)
        results.append((fixed, case.by.on_its_day(criterion, case.with_date(name, fixed))))
    return agree(results, known, name, criterion, (case.asked[name],) if name in case.asked else (), counted)


def _untold(criterion: Criterion, case: Case, name: str, known: Days, counted: Days | None) -> Result:
    """A day that nobody has told: where every day gives the same answer, what it would be today explains it."""
    turns = [*case.by.critical_days(criterion, case), *(day for step in criterion.steps.get(name, ()) for day in step.turns(known))]
    days = sorted({*case.days_between(known, turns), case.today})
    results = [case.by.on_its_day(criterion, case.with_date(name, one_day(day))) for day in days]
    truths = {one.truth for one in results}
    shown = results[days.index(case.today)]
    if truths == {TRUE}:
        shown = shown.but(of.Latest(shown, results))
    elif truths != {FALSE}:
        sample = next((one for one in (shown, *results) if one.truth is UNKNOWN), shown)
        causes = frozenset().union(*[one.causes for one in results])
        missing = (case.asked[name],) if len(truths) > 1 else ()
        code = "day_unknown" if missing else sample.code
        shown = answered(UNKNOWN, code, of.Untold(sample, results, missing, name), causes | (MISSING if missing else frozenset()))
        shown.children, shown.single = sample.children, sample.single
    shown.day, shown.day_moment = counted or shown.day, criterion.as_of
    return shown


def _by_choice(criterion: Criterion, case: Case, name: str, known: Days, counted: Days | None) -> Result:
    """A day that rests on a choice nobody has told: decided only when its options agree."""
    choice, days, labels = case.by_choice[name]
    told = {option: case.by.on_its_day(criterion, case.with_choice(choice, option)) for option in days}
    dated = sorted(((days[option], result) for option, result in told.items()), key=lambda one: one[0])
    result = agree(dated, known, name, criterion, (case.asked[name],), counted)
    if result.truth is not UNKNOWN:
        return result.but(of.OfOptions(result, [(labels[option], one) for option, one in told.items()]))
    if result.code != "depends_on_day":
        return result
    options = tuple((option, labels[option], verdict_of(one.truth)) for option, one in told.items())
    result = result.but(of.WithParams(result, {"options": options}))
    result.code = "depends_on_option"
    return result


def _at_the_ends(criterion: Criterion, case: Case, name: str, known: Days, counted: Days | None) -> Result | None:
    """The answer for every day, where that of the ends tells it: nothing changes in between, or time only adds up."""
    at_last = case.with_date(name, one_day(known[1]))
    if case.by.stays(criterion, case, known):
        return case.by.on_its_day(criterion, at_last)
    if not case.by.grows(criterion, case, known):
        return None
    last = case.by.on_its_day(criterion, at_last)
    at_first = case.with_date(name, one_day(known[0]))
    if last.truth is FALSE:  # and so it is before, by a little more
        return last.but(of.ToldOn(criterion, at_first))
    first = case.by.on_its_day(criterion, at_first)
    if first.truth is TRUE:
        return last
    if first.truth is last.truth:
        return agree([(one_day(known[0]), first), (one_day(known[1]), last)], known, name, criterion, (), counted)
    return None


def over_literal(criterion: Criterion, case: Case, known: Days, missing: tuple[str, ...]) -> Result:
    """The same for a day that the criterion itself names, or the day of a record."""
    results = [
        (one_day(day), case.by.decide(criterion, case, one_day(day)))
        for day in case.days_between(known, case.by.critical_days(criterion, case))
    ]
    return agree(results, known, None, criterion, missing, known)


def agree(
    results: list[of.Dated], known: Days, name: str | None, criterion: Criterion, unsaid: tuple[str, ...], counted: Days | None
) -> Result:
    """`unsaid` is what the applicant could tell to make the day exact; without it, the day depends on the future. `counted` is the day
    the criterion is counted on, where it is this one."""
    on = counted or results[0][1].day
    truths = [result.truth for _, result in results]
    shown = results[0][1]
    if len(truths) == 1 or truths.count(FALSE) == len(truths):
        pass
    elif truths.count(TRUE) == len(truths):
        shown = results[-1][1]
        shown = shown.but(of.Latest(shown, [one for _, one in results]))
    else:
        causes = frozenset().union(*[one.causes for _, one in results])
        sample = next((one for _, one in results if one.truth is UNKNOWN), results[-1][1])
        mixed = len(set(truths)) > 1
        if mixed:  # some day decides it
            causes |= MISSING if unsaid else FUTURE
        why = of.Between(results, sample, known, name, unsaid, mixed)
        shown = answered(UNKNOWN, "depends_on_day" if mixed else sample.code, why, causes)
        shown.children, shown.single = sample.children, sample.single
    shown.day = on
    shown.day_moment = criterion.as_of
    return shown


def throughout(criterion: Criterion, case: Case) -> Result:
    """Every day of a span must pass; one failing day fails."""
    assert criterion.throughout is not None
    (start, missing_start), (end, missing_end) = (case.by.resolve(moment, case) for moment in criterion.throughout)
    if start is None or end is None:
        return answered(UNKNOWN, "day_unknown", Reason(criterion.kind, missing=(*missing_start, *missing_end)), MISSING)
    span = Days(start.first, end.last)
    meeting = range(max(start.first, end.first), min(start.last, end.last) + 1)
    """Days on which the span may both begin and end. Where it may begin after it may end, it surely holds one of them."""
    possible = start.last <= end.first
    truth, worst, failing = TRUE, None, None
    for day in case.days_between(span, [*case.by.critical_days(criterion, case), start.last, end.first]):
        fixed = one_day(day)
        result = case.by.decide(criterion, case.with_date(DAY_OF_SPAN, fixed), fixed)
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
        result = answered(truth, "span_open", of.PerhapsInSpan(worst, asked), worst.causes or (MISSING if asked else FUTURE), worst.day)
        worst.criterion = criterion
        result.children, result.single = (worst,), True
        return result
    return worst.but(of.EveryDay(worst, span, asked))
