"""One person before one vacancy: every kind of criterion with what decides it, and all that is the same for every kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import inf
from typing import Any

from eligibility.dates import Days
from eligibility.deciding import parts, windows
from eligibility.deciding.age import age, days_of_age
from eligibility.deciding.alternatives import by_readings, either, not_asked, only_when, with_derogation
from eligibility.deciding.case import Case
from eligibility.deciding.for_each import for_each
from eligibility.deciding.groups import days_of_members, days_of_met, group, met, together
from eligibility.deciding.over_days import over_literal, over_named, throughout
from eligibility.deciding.records import days_of_records, grows, records, stays
from eligibility.deciding.relatives import of_one_relative, several
from eligibility.deciding.result import MISSING, PERSON, Reason, Result, answered
from eligibility.deciding.statements import (
    always,
    choice,
    days_of_choice,
    days_of_duration,
    days_of_window,
    declared,
    duration,
    judged,
    on_day,
)
from eligibility.deciding.tables import days_of_tables
from eligibility.question.grammar import Criterion, Records
from eligibility.question.others import Age, Always, Choice, Declared, Duration, Group, Judged, Met, OnDay, Together
from eligibility.verdict import FALSE, TRUE, UNKNOWN

_DECIDES: Mapping[type[Criterion], Callable[[Any, Case, Days | None], Result]] = {
    Records: records, Age: age, Declared: declared, Judged: judged, Choice: choice, OnDay: on_day, Duration: duration, Always: always,
    Group: group, Together: together, Met: met,
}  # fmt: skip
"""What is true on a given day, by kind; None where the kind has no day."""

_DAYS: Mapping[type[Criterion], Callable[[Any, Case], list[int]]] = {
    Records: days_of_records, Age: days_of_age, Declared: days_of_tables, Choice: days_of_choice, OnDay: days_of_window,
    Duration: days_of_duration, Group: days_of_members, Together: days_of_members, Met: days_of_met,
}  # fmt: skip
"""The days around which the answer may change, by kind; for the others there are none."""


class One:
    """Decides; `explain` gives the reasons of answers, for what is missing inside others."""

    resolve = staticmethod(windows.resolve)
    spans = staticmethod(windows.spans)
    date_of = staticmethod(parts.date_of)
    lasting = staticmethod(parts.lasting)
    number = staticmethod(parts.number)
    total_length = staticmethod(parts.total_length)
    for_each = staticmethod(for_each)

    def __init__(self, explain: Callable[[Result], Reason]) -> None:
        self.explain = explain

    def missing(self, result: Result) -> tuple[str, ...]:
        """What would have to be known for an answer to be sure."""
        return tuple(self.explain(result).missing)

    def nearest(self, failing: Sequence[Result]) -> Result:
        """Of answers of several people who all fail, that of whoever comes nearest: the first of those who do."""
        gaps = [self.explain(one).gap for one in failing]
        return failing[min(range(len(gaps)), key=lambda at: inf if (gap := gaps[at]) is None else gap.amount)]

    def decide(self, criterion: Criterion, case: Case, day: Days | None) -> Result:
        """The answer on `day`, one exact day; None where the kind has no day."""
        return _DECIDES[type(criterion)](criterion, case, day)

    def critical_days(self, criterion: Criterion, case: Case) -> list[int]:
        """The days around which the answer may change; between two neighbours it changes at most once."""
        days = _DAYS.get(type(criterion))
        return [] if days is None else days(criterion, case)

    def stays(self, criterion: Criterion, case: Case, known: Days) -> bool:
        """Whether the answer is surely the same on every day of an interval."""
        return isinstance(criterion, Records) and stays(criterion, case, known)

    def grows(self, criterion: Criterion, case: Case, known: Days) -> bool:
        """Whether a later day of an interval can only bring the answer nearer to a pass."""
        return isinstance(criterion, Records) and grows(criterion, case, known)

    def evaluate(self, criterion: Criterion, case: Case) -> Result:
        """The answer, with `when`, `unless`, `derogation`, readings and the day it is counted on all settled."""
        if criterion.plain:
            result = self.on_its_day(criterion, case)
            result.criterion = criterion
            return result
        common = criterion.common
        condition = None if common.when is None else self.evaluate(common.when, case)
        if condition is not None and condition.in_group(TRUE) is FALSE:  # as if it were not written: not even asked
            result = not_asked(condition)
            result.criterion = criterion
            return result
        result = by_readings(criterion, case) if common.readings else self.on_its_day(criterion, case)
        applies = result.applies
        result.criterion = criterion
        if common.unless is not None and applies.possibly:
            result = either(result, self.evaluate(common.unless, case))
        if common.derogation is not None and result.truth is not TRUE and applies.possibly:
            result.criterion = criterion
            result = with_derogation(result, self.evaluate(common.derogation, case), case.derogation(common.id))
        if condition is not None:
            result.criterion = criterion
            applies = applies & condition.in_group(TRUE)
            result = only_when(result, condition, applies)
        result.applies = applies
        result.criterion = criterion
        return result

    def on_its_day(self, criterion: Criterion, case: Case) -> Result:
        """The answer on the day it is counted on."""
        as_of = criterion.as_of
        if as_of is None:  # of a kind that has no day, or a group, whose members have theirs
            return _DECIDES[type(criterion)](criterion, case, None)
        if criterion.throughout is not None:
            if isinstance(criterion, Records) and (people := several(criterion, case)):  # on none of its days another one
                return of_one_relative(criterion, case, [throughout(criterion, case.with_relative(one)) for one in people])
            return throughout(criterion, case)
        if case.vague:
            for name in criterion.names:
                if name in case.vague:
                    return over_named(criterion, case, name, case.dates[name])
        day, missing = case.days.get(as_of) or case.day_of(as_of)
        if day is not None and day[0] == day[1]:
            result = _DECIDES[type(criterion)](criterion, case, day)
        elif day is not None:
            result = over_literal(criterion, case, day, missing)
        else:
            causes = MISSING if missing else PERSON  # no record gives the day: nothing the profile could add
            result = answered(UNKNOWN, "day_unknown", Reason(criterion.kind, {"moment": as_of.name}, missing=missing), causes)
        if result.day is None and day is not None:
            result.day = day
        result.day_moment = as_of
        return result
