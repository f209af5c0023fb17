"""Age: how old the candidate is on a day."""

from __future__ import annotations

from typing import Any

from eligibility.answer import AgeCode, Used
from eligibility.dates import Days, Length, age_on, birthday, impossible_birth, month_day, months_on
from eligibility.deciding.bounds import compare, extension, limits, turns_of
from eligibility.deciding.case import Case
from eligibility.deciding.evidence import Ages
from eligibility.deciding.result import MISSING, READINGS, Reason, Result, answered
from eligibility.deciding.windows import contains
from eligibility.question.grammar import Bound, Window
from eligibility.question.others import Age
from eligibility.question.walk import inner
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Truth, truth_of

_NO_TIME = Length(0)


def age(criterion: Age, case: Case, day: Days | None) -> Result:
    birth = case.facts.birth
    if birth is None:
        return answered(UNKNOWN, "not_said", Reason(criterion.kind, missing=(case.facts.path("birth_date"),)), MISSING, day)
    if impossible_birth(birth, case.today) is not None:  # the year is mistyped: any answer would be nonsense
        path = case.facts.path("birth_date")
        return answered(UNKNOWN, "birth_impossible", Reason(criterion.kind, {}, (Used(path, birth),), (path,)), MISSING, day)
    if criterion.born is not None:
        return _decide_born(criterion, criterion.born, birth, case, day)
    on = case.today if day is None else day.first
    truth = TRUE
    failing: tuple[Bound, Any] | None = None
    missing: tuple[str, ...] = ()
    for bound in criterion.bounds:
        here, limit, lacking = _bound(criterion, bound, birth, on, case)
        missing += lacking
        if here is not TRUE and (failing is None or here is FALSE):
            failing = bound, limit
        truth = truth & here
    why = Ages(criterion, truth, failing, birth, on, case, missing)
    if truth is TRUE:
        return answered(truth, "within", why, day=day)
    assert failing is not None
    if truth is FALSE:
        return answered(truth, "too_old" if failing[0].operator in ("at_most", "less_than") else "too_young", why, day=day)
    if not birth.exact:
        return answered(truth, "unsure", why, MISSING, day)
    if missing:
        return answered(truth, "limit_open", why, MISSING, day)
    if any(few != many for few, many, _ in (extension(bound.extended, case) for bound in criterion.bounds)):
        return answered(truth, "limit_counts", why, READINGS, day)
    code: AgeCode = "month_open" if criterion.months else "birthday_open"  # born on 29 February, and no rule says when that ages
    return answered(truth, code, why, READINGS, day)


def _decide_born(criterion: Age, born: Window, birth: Days, case: Case, day: Days | None) -> Result:
    truth, _ = contains(born, birth, case)
    code: AgeCode = "born_in" if truth is TRUE else "born_out" if truth is FALSE else "born_unknown"
    path = case.facts.path("birth_date")
    why = Reason(criterion.kind, {}, (Used(path, birth),), (path,) if truth is UNKNOWN else ())
    return answered(truth, code, why, MISSING if truth is UNKNOWN else None, day)


def _bound(criterion: Age, bound: Bound, birth: Days, on: int, case: Case) -> tuple[Truth, Any, tuple[str, ...]]:
    """One comparison. An extension is taken off the day: a limit of 33 and 14 months more is 33 fourteen months ago."""
    strict = criterion.counted == "not_past_birthday" and bound.operator in ("at_most", "less_than")
    shift = 1 if criterion.counted == "accomplished" or strict else 0

    def ages(extra: Length) -> tuple[int, int]:
        low, high = ages_on(birth, extra.before(on) - shift, case.leap_birthday, criterion.months)
        return (low + 1, high + 1) if strict else (low, high)

    fixed = bound.fixed
    if fixed is not None:
        low, high = ages(_NO_TIME)
        return compare(bound.operator, low, high, fixed, fixed), fixed, ()
    base = bound._replace(extended=tuple(one for one in bound.extended if one.to is not None), never_beyond=None)
    limit_low, limit_high, missing = limits(base, case)
    few, many, lacking = extension(bound.extended, case) if bound.extended else (_NO_TIME, _NO_TIME, ())
    missing += lacking
    low_least, high_least = ages(few)
    low_most, high_most = ages(many)
    truth = compare(bound.operator, min(low_least, low_most), max(high_least, high_most), limit_low, limit_high)
    if bound.operator in ("at_most", "less_than"):
        moved = [(low_least, high_least), (low_most, high_most)]  # where a length is counted in two ways, either may be longer
        truth = truth_of(
            all(compare(bound.operator, low, high, limit_low, limit_low).surely for low, high in moved),
            any(compare(bound.operator, low, high, limit_high, limit_high).possibly for low, high in moved),
        )
        if bound.never_beyond is not None:
            low, high = ages(Length(0))
            cap = bound.never_beyond.amount
            truth = truth & compare(bound.operator, low, high, cap, cap)
            limit_high = min(limit_high, cap)
    return truth, limit_high, missing


def days_of_age(criterion: Age, case: Case) -> list[int]:
    birth = case.facts.birth
    if birth is None:
        return []
    days = [
        *turns_of((one for bound in criterion.bounds for one in bound.extended), case),
        *(day for one in inner(criterion) for day in case.by.critical_days(one, case)),
    ]
    for bound in criterion.bounds:
        base = bound._replace(extended=tuple(one for one in bound.extended if one.to is not None), never_beyond=None)
        ages = {*limits(base, case)[:2], *(() if bound.never_beyond is None else (bound.never_beyond.amount,))}
        turns = [turning(criterion, day, limit + extra, policy)
                 for day in birth for limit in ages for extra in (-1, 0, 1) for policy in ("feb28", "mar1")]  # fmt: skip
        days += turns
        if bound.extended:
            moves = extension(bound.extended, case)[:2]
            days += [move.after(day) + step for day in turns for move in moves for step in (-2, 0, 2)]
    return days


def turning(criterion: Age, birth: int, age: int, policy: str) -> int:
    """The first day on which somebody is of an age, in the years or months that the bounds are told in."""
    return month_day(birth, age, policy, policy) if criterion.months else birthday(birth, age, policy)


def ages_on(birth: Days, on: int, leap_birthday: str, months: bool = False) -> tuple[int, int]:
    """The age on a day, at least and at most: a vague birth date and an unsettled leap-day rule leave a range, and so does, of an age in
    months, a month that lacks the day of birth."""
    young = "mar1" if leap_birthday == "both" else leap_birthday
    old = "feb28" if leap_birthday == "both" else leap_birthday
    if months:
        return months_on(birth.last, on, young, "mar1"), months_on(birth.first, on, old, "feb28")
    return age_on(birth.last, on, young), age_on(birth.first, on, old)
