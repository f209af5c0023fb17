"""Age: how old the candidate is on a day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from eligibility.answer import AgeCode, Gap, Used
from eligibility.criteria.base import Criterion
from eligibility.criteria.bounds import Bound, compare
from eligibility.criteria.moments import Window, extension, moves, questions_of, turns_of
from eligibility.criteria.result import MISSING, READINGS, Reason, Result, answered, told
from eligibility.dates import Days, Length, age_on, birthday, impossible_birth
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Truth, truth_of

if TYPE_CHECKING:
    from eligibility.criteria.case import Case
    from eligibility.criteria.question import RecordQuestion

_NOTHING = Length(0)
COUNTED = ("completed_years", "not_past_birthday", "accomplished")


class Age(Criterion):
    """How old the candidate is on a day, in completed years.

    `at_most: 35` accepts everybody until the eve of the 36th birthday. `counted: not_past_birthday` (French public service:
    Conseil d'État, n° 422830) accepts until the 35th birthday itself; `counted: accomplished` asks that the age be
    reached on the eve. `born: {from, to}` gives birth dates instead of ages. Limits may be moved (`extended`).
    """

    kind = "age"
    examples = (
        "{kind: age, at_least: 18, at_most: 35, as_of: start}",
        "{kind: age, at_most: 30, counted: not_past_birthday, as_of: 2025-01-01}",
        "{kind: age, born: {from: 1990-04-02}}",
        "{kind: age, less_than: 65, throughout: {from: start, to: end}}",
        "{kind: age, at_most: 33, extended: [{add: 1 year, per: {kind: child, dependent: true}}], never_beyond: 38}",
    )
    __slots__ = ("born", "bounds", "counted")

    def __init__(self) -> None:
        super().__init__()
        self.bounds: tuple[Bound, ...] = ()
        self.counted = "completed_years"
        self.born: Window | None = None

    def decide(self, case: Case, day: Days | None) -> Result:
        birth = case.facts.birth
        if birth is None:
            return answered(UNKNOWN, "not_said", told(self.kind, missing=(case.facts.path("birth_date"),)), MISSING, day)
        if impossible_birth(birth, case.today) is not None:  # the year is mistyped: any answer would be nonsense
            path = case.facts.path("birth_date")
            return answered(UNKNOWN, "birth_impossible", told(self.kind, {}, (Used(path, birth),), (path,)), MISSING, day)
        if self.born is not None:
            return self._decide_born(self.born, birth, case, day)
        on = case.today if day is None else day.first
        truth = TRUE
        failing: tuple[Bound, Any] | None = None
        missing: tuple[str, ...] = ()
        for bound in self.bounds:
            here, limit, lacking = self._bound(bound, birth, on, case)
            missing += lacking
            if here is not TRUE and (failing is None or here is FALSE):
                failing = bound, limit
            truth = truth & here
        why = (Age._reason, self, truth, failing, birth, on, case, missing)
        if truth is TRUE:
            return answered(truth, "within", why, day=day)
        assert failing is not None
        if truth is FALSE:
            return answered(truth, "too_old" if failing[0].operator in ("at_most", "less_than") else "too_young", why, day=day)
        if not birth.exact:
            return answered(truth, "unsure", why, MISSING, day)
        if missing:
            return answered(truth, "limit_open", why, MISSING, day)
        return answered(truth, "birthday_open", why, READINGS, day)  # born on 29 February, and no rule says when that ages

    def _reason(
        self, truth: Truth, failing: tuple[Bound, Any] | None, birth: Days, on: int, case: Case, missing: tuple[str, ...]
    ) -> Reason:
        low, high = _ages(birth, on, case.leap_birthday)
        params: dict[str, Any] = {"low": low, "high": high, "on": on, "counted": self.counted}
        for bound in self.bounds:
            params[bound.operator] = bound.quantity.amount if bound.quantity is not None else bound.limits(case)[1]
        path = case.facts.path("birth_date")
        used = (Used(path, birth),)
        if failing is None:
            for bound in self.bounds:
                params |= self._moved(bound, case, low=low, high=high)
            return Reason(self.kind, params, used)
        params["operator"], params["need"] = failing[0].operator, failing[1]
        if truth is FALSE:
            params |= self._moved(failing[0], case)
            return Reason(self.kind, params, used, gap=self._gap(failing, birth, on, case))
        return Reason(self.kind, params, used, missing if birth.exact else (path, *missing))

    def _decide_born(self, born: Window, birth: Days, case: Case, day: Days | None) -> Result:
        truth, _ = born.contains(birth, case)
        code: AgeCode = "born_in" if truth is TRUE else "born_out" if truth is FALSE else "born_unknown"
        path = case.facts.path("birth_date")
        why = told(self.kind, {}, (Used(path, birth),), (path,) if truth is UNKNOWN else ())
        return answered(truth, code, why, MISSING if truth is UNKNOWN else None, day)

    def _bound(self, bound: Bound, birth: Days, on: int, case: Case) -> tuple[Truth, Any, tuple[str, ...]]:
        """One comparison. An extension is taken off the day: a limit of 33 and 14 months more is 33 fourteen months ago."""
        strict = self.counted == "not_past_birthday" and bound.operator in ("at_most", "less_than")
        shift = 1 if self.counted == "accomplished" or strict else 0

        def ages(extra: Length) -> tuple[int, int]:
            low, high = _ages(birth, extra.before(on) - shift, case.leap_birthday)
            return (low + 1, high + 1) if strict else (low, high)

        fixed = bound.fixed
        if fixed is not None:
            low, high = ages(_NOTHING)
            return compare(bound.operator, low, high, fixed, fixed), fixed, ()
        base = bound._replace(extended=tuple(one for one in bound.extended if one.to is not None), never_beyond=None)
        limit_low, limit_high, missing = base.limits(case)
        few, many, lacking = extension(bound.extended, case) if bound.extended else (_NOTHING, _NOTHING, ())
        missing += lacking
        low_least, high_least = ages(few)
        low_most, high_most = ages(many)
        truth = compare(bound.operator, min(low_least, low_most), max(high_least, high_most), limit_low, limit_high)
        if bound.operator in ("at_most", "less_than"):
            truth = truth_of(
                compare(bound.operator, low_least, high_least, limit_low, limit_low).surely,
                compare(bound.operator, low_most, high_most, limit_high, limit_high).possibly,
            )
            if bound.never_beyond is not None:
                low, high = ages(Length(0))
                cap = bound.never_beyond.amount
                truth = truth & compare(bound.operator, low, high, cap, cap)
                limit_high = min(limit_high, cap)
        return truth, limit_high, missing

    @staticmethod
    def _moved(bound: Bound, case: Case, low: int | None = None, high: int | None = None) -> dict[str, Any]:
        """The upper limit that holds for this person and what moved it: of somebody who passes, as far as it surely is and only where
        the limit of the notice would not do; of somebody who fails, as far as it may be."""
        if bound.operator not in ("at_most", "less_than"):
            return {}
        passes = low is not None and high is not None
        least, most, _ = bound._replace(extended=(), never_beyond=None).limits(case)
        notice = least if passes else most
        if low is not None and high is not None and compare(bound.operator, low, high, notice, notice).surely:
            return {}
        base = bound._replace(extended=tuple(one for one in bound.extended if one.to is not None), never_beyond=None)
        least, most, _ = base.limits(case)
        limit = least if passes else most
        parts = [(kind, few if passes else many) for kind, few, many, _ in moves(bound.extended, case)]
        whole = Length(limit * 12 + sum(length.months for _, length in parts), sum(length.days for _, length in parts))
        cap = None if bound.never_beyond is None else Length(bound.never_beyond.amount * 12)
        capped = cap is not None and whole.most_days > cap.most_days
        told: dict[str, Any] = {"limit": cap if capped else whole, "limit_operator": bound.operator}
        if told["limit"] != Length(notice * 12):
            told["moved"] = {
                "from": notice,
                "by": [{"kind": kind, "length": length} for kind, length in parts if length != Length(0)],
                "to": limit if limit != notice else None,
                "never_beyond": bound.never_beyond.amount if capped and bound.never_beyond is not None else None,
            }
        return told

    def _gap(self, failing: tuple[Bound, Any], birth: Days, on: int, case: Case) -> Gap:
        bound, limit = failing
        shift = 1 if self.counted != "completed_years" else 0
        if bound.operator in ("at_most", "less_than"):
            strict = self.counted == "not_past_birthday"
            more = (1 if bound.operator == "at_most" else 0) - (1 if strict else 0)
            moved = extension(bound.extended, case)[1].before(on) if bound.extended else on
            late = moved - birthday(birth.last, limit + more, "mar1") - shift + 1
            if bound.never_beyond is not None:
                late = max(late, on - birthday(birth.last, bound.never_beyond.amount + more, "mar1") - shift + 1)
            return Gap(max(1, late), "days_too_old")
        years = limit + (1 if bound.operator == "more_than" else 0)
        shift = 1 if self.counted == "accomplished" else 0
        return Gap(max(1, birthday(birth.first, years, "feb28") + shift - on), "days_too_young")

    def inner(self) -> Iterable[RecordQuestion]:
        """The record questions that move its limits or its window."""
        for bound in self.bounds:
            yield from questions_of(bound.extended)
        if self.born is not None:
            yield from self.born.questions()

    def critical_days(self, case: Case) -> list[int]:
        birth = case.facts.birth
        if birth is None:
            return []
        days = [*turns_of(self.bounds, case), *(day for one in self.inner() for day in one.critical_days(case))]
        for bound in self.bounds:
            base = bound._replace(extended=tuple(one for one in bound.extended if one.to is not None), never_beyond=None)
            limits = {*base.limits(case)[:2], *(() if bound.never_beyond is None else (bound.never_beyond.amount,))}
            turns = [birthday(day, limit + extra, policy)
                     for day in birth for limit in limits for extra in (-1, 0, 1) for policy in ("feb28", "mar1")]  # fmt: skip
            days += turns
            if bound.extended:
                moves = extension(bound.extended, case)[:2]
                days += [move.after(day) + step for day in turns for move in moves for step in (-2, 0, 2)]
        return days


def _ages(birth: Days, on: int, leap_birthday: str) -> tuple[int, int]:
    """The age on a day, at least and at most: a vague birth date and an unsettled leap-day rule leave a range."""
    young = "mar1" if leap_birthday == "both" else leap_birthday
    old = "feb28" if leap_birthday == "both" else leap_birthday
    return age_on(birth.last, on, young), age_on(birth.first, on, old)
