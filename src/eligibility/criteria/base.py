"""What every criterion is: a question with an id, a label, a day, and what its answer carries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from eligibility.criteria.alternatives import by_readings, either, not_asked, only_when, with_derogation
from eligibility.criteria.over_days import over_literal, over_named, throughout
from eligibility.criteria.result import MISSING, PERSON, Result, answered, told
from eligibility.dates import Days
from eligibility.verdict import FALSE, TRUE, UNKNOWN

if TYPE_CHECKING:
    from eligibility.criteria.case import Case
    from eligibility.criteria.moments import Moment

Text = Mapping[str, str]
"""The same words in several languages: {"fr": …, "en": …}."""


class Common(NamedTuple):
    """The keys any criterion may carry."""

    id: str | None = None
    label: Text | None = None
    clause: str | None = None
    quote: str | None = None
    source: Mapping[str, Any] | None = None
    importance: str = "required"
    question: Text | None = None
    advice: Text | None = None
    when: Criterion | None = None
    unless: Criterion | None = None
    derogation: Criterion | None = None
    readings: tuple[tuple[Text, bool, Criterion], ...] = ()


class Criterion:
    """One condition. A kind says in `decide` what is true on a given day; all else is the same for every kind."""

    __slots__ = ("_common", "as_of", "by_year", "names", "path", "plain", "throughout")
    kind: str

    def __init__(self) -> None:
        self.common = Common()
        self.path: tuple[str | int, ...] = ()
        self.as_of: Moment | None = None
        self.throughout: tuple[Moment, Moment] | None = None
        self.names: tuple[str, ...] = ()
        """The days of the vacancy that it is counted on, or from."""
        self.by_year: frozenset[str] = frozenset()
        """Those of them that stand for the last day of their year (`end_of: year`)."""

    @property
    def common(self) -> Common:
        """The keys that any criterion may carry."""
        return self._common

    @common.setter
    def common(self, common: Common) -> None:
        self._common = common
        self.plain = not common.readings and common.when is None and common.unless is None and common.derogation is None

    def decide(self, case: Case, day: Days | None) -> Result:
        """The result on `day`, one exact day; None where the kind has no day."""
        raise NotImplementedError  # there is no criterion without a kind: each has its own

    def critical_days(self, case: Case) -> list[int]:
        """The days around which the result may change; between two neighbours it changes at most once."""
        return []

    def stays(self, case: Case, known: Days) -> bool:
        """Whether the answer is surely the same on every day of an interval."""
        return False

    def grows(self, case: Case, known: Days) -> bool:
        """Whether a later day of an interval can only bring the answer nearer to a pass."""
        return False

    def evaluate(self, case: Case) -> Result:
        """The result, with `when`, `unless`, `derogation`, readings and the day it is counted on all settled."""
        if self.plain:
            result = self.on_its_day(case)
            result.criterion = self
            return result
        common = self._common
        condition = None if common.when is None else common.when.evaluate(case)
        if condition is not None and condition.in_group(TRUE) is FALSE:  # as if it were not written: not even asked
            result = not_asked(condition)
            result.criterion = self
            return result
        result = by_readings(self, case) if common.readings else self.on_its_day(case)
        applies = result.applies
        result.criterion = self
        if common.unless is not None and applies.possibly:
            result = either(result, common.unless.evaluate(case))
        if common.derogation is not None and result.truth is not TRUE and applies.possibly:
            result.criterion = self
            result = with_derogation(result, common.derogation.evaluate(case), case.derogation(common.id))
        if condition is not None:
            result.criterion = self
            applies = applies & condition.in_group(TRUE)
            result = only_when(result, condition, applies)
        result.applies = applies
        result.criterion = self
        return result

    def on_its_day(self, case: Case) -> Result:
        """The result on the day it is counted on."""
        as_of = self.as_of
        if as_of is None:  # of a kind that has no day, or a group, whose members have theirs
            return self.decide(case, None)
        if self.throughout is not None:
            return throughout(self, case)
        if case.vague:
            for name in self.names:
                if name in case.vague:
                    return over_named(self, case, name, case.dates[name])
        day, missing = case.days.get(as_of) or case.day_of(as_of)
        if day is not None and day[0] == day[1]:
            result = self.decide(case, day)
        elif day is not None:
            result = over_literal(self, case, day, missing)
        else:
            causes = MISSING if missing else PERSON  # no record gives the day: nothing the profile could add
            result = answered(UNKNOWN, "day_unknown", told(self.kind, {"moment": as_of.name}, missing=missing), causes)
        if result.day is None and day is not None:
            result.day = day
        result.day_moment = as_of
        return result


class Always(Criterion):
    """A reading under which the criterion is only an asset: nobody fails it."""

    kind = "asset"
    __slots__ = ()

    def decide(self, case: Case, day: Days | None) -> Result:
        return answered(TRUE, "asset", told(self.kind))
