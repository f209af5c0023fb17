"""What every criterion is: a question with an id, a label, a day, and what its answer carries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from eligibility.answer import Gap, Used
from eligibility.dates import Days
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Cause, Truth, Verdict, truth_of, verdict_of

if TYPE_CHECKING:
    from eligibility.criteria.case import Case
    from eligibility.criteria.moments import Moment

Text = Mapping[str, str]
"""The same words in several languages: {"fr": …, "en": …}."""


class Result:
    """The answer to one criterion, with everything an explanation needs; sentences are made elsewhere.

    `applies` is the truth of its `when`; a result that surely does not apply is as if the criterion were not written.
    """

    __slots__ = (
        "applies", "causes", "children", "code", "criterion", "day", "day_moment", "future", "gap",
        "missing", "params", "preferred", "shown", "truth", "used",
    )  # fmt: skip

    truth: Truth
    code: str
    params: Mapping[str, Any]
    used: Sequence[Used]
    missing: Sequence[str]
    causes: frozenset[Cause]
    gap: Gap | None
    future: int | None
    day: Days | None
    children: Sequence[Result]
    shown: Sequence[int] | None
    applies: Truth
    criterion: Criterion | None
    day_moment: Moment | None
    preferred: Verdict | None

    @property
    def verdict(self) -> Verdict:
        if not self.applies.possibly:
            return Verdict.NOT_APPLICABLE
        if self.applies.surely or self.truth.surely:
            return verdict_of(self.truth)
        return Verdict.UNKNOWN

    def in_group(self, neutral: Truth) -> Truth:
        """Its truth among others; where it may not apply, both ways must agree."""
        if self.applies.surely:
            return self.truth
        if not self.applies.possibly:
            return neutral
        return truth_of(self.truth.surely & neutral.surely, self.truth.possibly | neutral.possibly)


_NOTHING: Mapping[str, Any] = {}
_NO_CAUSES: frozenset[Cause] = frozenset()
_empty = object.__new__


def answered(
    truth: Truth,
    code: str,
    params: Mapping[str, Any] = _NOTHING,
    *,
    used: Sequence[Used] = (),
    missing: Sequence[str] = (),
    causes: frozenset[Cause] = _NO_CAUSES,
    gap: Gap | None = None,
    future: int | None = None,
    day: Days | None = None,
    children: Sequence[Result] = (),
    shown: Sequence[int] | None = None,
) -> Result:
    """A result: a function, since a constructor with so many names costs twice as much."""
    result = _empty(Result)
    result.truth = truth
    result.code = code
    result.params = params
    result.used = used
    result.missing = missing
    result.causes = causes
    result.gap = gap
    result.future = future
    result.day = day
    result.children = children
    result.shown = shown
    result.applies = TRUE
    result.criterion = None
    result.day_moment = None
    result.preferred = None
    return result


MISSING = frozenset({Cause.MISSING_FACT})
FUTURE = frozenset({Cause.FUTURE})
PERSON = frozenset({Cause.PERSON})
READINGS = frozenset({Cause.READINGS})
DEROGATION = frozenset({Cause.DEROGATION})


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

    __slots__ = ("as_of", "common", "names", "path", "throughout")
    kind: str
    steady = False

    def __init__(self) -> None:
        self.common = Common()
        self.path: tuple[str | int, ...] = ()
        self.as_of: Moment | None = None
        self.throughout: tuple[Moment, Moment] | None = None
        self.names: frozenset[str] = frozenset()

    def decide(self, case: Case, day: Days | None) -> Result:
        """The result on `day`, one exact day; None where the kind has no day."""
        raise NotImplementedError

    def critical_days(self, case: Case) -> list[int]:
        """The days around which the result may change; between two neighbours it changes at most once, and never if it is `steady`."""
        return []

    def evaluate(self, case: Case) -> Result:
        """The result, with `when`, `unless`, `derogation`, readings and the day it is counted on all settled."""
        common = self.common
        result = self._by_readings(case) if common.readings else self._on_its_day(case)
        if common.when is None and common.unless is None and common.derogation is None:
            result.criterion = self
            return result
        applies = result.applies
        if common.unless is not None and applies.possibly:
            result = _either(result, common.unless.evaluate(case))
        if common.derogation is not None and not result.truth.surely and applies.possibly:
            result = _with_derogation(result, common.derogation.evaluate(case), case.derogation(common.id))
        result.applies = applies
        result.criterion = self
        if common.when is not None:
            condition = common.when.evaluate(case)
            result.applies = applies & condition.in_group(TRUE)
            if not result.applies.surely and result.applies.possibly:
                result.missing = _unique((*condition.missing, *result.missing))
                result.causes = result.causes | condition.causes
            elif not result.applies.possibly:
                result.code, result.params = "not_applicable", {}
            result.used = result.used or condition.used  # what a person has to judge rests on what made it apply
        return result

    def _on_its_day(self, case: Case) -> Result:
        if case.vague and self.throughout is None:
            for name in self.names:
                if name in case.vague:
                    return _over_days(self, case, name, case.dates[name])
        if self.throughout is not None:
            return _throughout(self, case)
        if self.as_of is None:
            return self.decide(case, None)
        day, missing = case.day_of(self.as_of)
        if day is None:
            causes = MISSING if missing else PERSON  # no record gives the day: nothing the profile could add
            result = answered(UNKNOWN, "day_unknown", {"moment": self.as_of}, missing=missing, causes=causes)
        elif day.exact:
            result = self.decide(case, day)
        else:
            result = _over_literal(self, case, day, missing)
        result.day = result.day or day
        result.day_moment = self.as_of
        return result

    def _by_readings(self, case: Case) -> Result:
        readings = self.common.readings
        children = []
        best: Result | None = None
        for _, preferred, reading in readings:
            child = reading._on_its_day(case)
            child.criterion = reading
            children.append(child)
            if preferred:
                best = child
        best = best or children[0]
        truths = [child.truth for child in children]
        if UNKNOWN not in truths and truths.count(best.truth) == len(truths):
            return best
        results = [(name, preferred, child) for (name, preferred, _), child in zip(readings, children, strict=True)]
        verdicts = {verdict_of(truth) for truth in truths}
        causes = frozenset().union(*(result.causes for result in children))
        missing = _unique(path for one in children if not one.truth.surely for path in one.missing)
        if len(verdicts) == 1:  # no reading settles it: what is missing does
            best.missing, best.causes = missing, causes
            return best
        deciding = next((name for name, _, result in results if verdict_of(result.truth) is not verdict_of(best.truth)), results[0][0])
        preferred_name = next((name for name, preferred, _ in results if preferred), results[0][0])
        result = answered(
            UNKNOWN,
            "readings",
            {
                "preferred": preferred_name,
                "other": deciding,
                "preferred_verdict": verdict_of(best.truth),
                "verdicts": [(name, verdict_of(one.truth)) for name, _, one in results],
                "best": (best.code, best.params),
                "kind": self.kind,
            },
            used=best.used,
            missing=missing,
            causes=causes | READINGS,
            gap=best.gap,
            future=best.future,
            day=best.day,
            children=children,
            shown=(),
        )
        result.day_moment = best.day_moment
        result.preferred = verdict_of(best.truth)
        return result


def _unique(paths: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(paths))


def _either(rule: Result, exception: Result) -> Result:
    """A rule or its exception: one pass is enough, both must fail to fail; an exception that does not apply is not written."""
    excepted = exception.in_group(FALSE)
    if rule.truth.surely or not excepted.possibly:
        return rule
    if excepted.surely:
        exception.params = {**exception.params, "instead_of_rule": True}
        return exception
    truth = rule.truth | excepted
    return answered(
        truth,
        rule.code,
        rule.params,
        used=(*rule.used, *exception.used),
        missing=_unique((*rule.missing, *exception.missing)),
        causes=rule.causes | exception.causes,
        gap=rule.gap,
        future=rule.future,
        day=rule.day,
        children=rule.children,
        shown=rule.shown,
    )


def _with_derogation(rule: Result, derogation: Result, decision: str | None) -> Result:
    """The exception that counts only once it is granted; possible is not yet granted."""
    open_way = derogation.in_group(FALSE)
    if not open_way.possibly or decision == "refused":
        return rule
    if decision == "granted" and open_way.surely:
        return answered(TRUE, "derogation_granted", {}, used=derogation.used, day=rule.day)
    return answered(
        rule.truth | UNKNOWN,
        "needs_derogation",
        {"rule": (rule.code, rule.params)},
        used=derogation.used or rule.used,
        missing=_unique((*rule.missing, *derogation.missing)),
        causes=rule.causes | derogation.causes | DEROGATION,
        gap=rule.gap,
        day=rule.day,
        children=rule.children,
        shown=rule.shown,
    )


def _over_days(criterion: Criterion, case: Case, name: str, known: Days) -> Result:
    """A named date that is one unknown day of an interval: decided only when every day agrees."""
    results = []
    critical = criterion.critical_days(case)
    if criterion.steady and not any(known.first - 1 <= day <= known.last + 1 for day in critical):
        days = [known.last]  # nothing changes from the eve of the interval to its morrow
    else:
        days = case.days_between(known, critical)
    for day in days:
        fixed = Days(day, day)
        results.append((fixed, criterion._on_its_day(case.with_date(name, fixed))))
    return _agree(results, known, name, criterion, (case.asked[name],) if name in case.asked else ())


def _over_literal(criterion: Criterion, case: Case, known: Days, missing: tuple[str, ...]) -> Result:
    results = [(Days(day, day), criterion.decide(case, Days(day, day))) for day in case.days_between(known, criterion.critical_days(case))]
    return _agree(results, known, None, criterion, missing)


def _agree(results: list[tuple[Days, Result]], known: Days, name: str | None, criterion: Criterion, unsaid: tuple[str, ...]) -> Result:
    """`unsaid` is what the applicant could tell to make the day exact; without it, the day depends on the future."""
    truths = [result.truth for _, result in results]
    if len(results) == 1:
        shown = results[0][1]
    elif all(truth.surely for truth in truths):
        shown = results[-1][1]
        shown.future = max((one.future for _, one in results if one.future is not None), default=None)
    elif not any(truth.possibly for truth in truths):
        shown = results[0][1]
    else:
        first, last = results[0][1], results[-1][1]
        verdicts = [verdict_of(truth) for truth in truths]
        mixed = len(set(verdicts)) > 1
        sample = next((one for _, one in results if verdict_of(one.truth) is Verdict.UNKNOWN), last)
        causes = frozenset().union(*(one.causes for _, one in results))
        passes = [day.first for day, one in results if one.truth.surely]
        shown = answered(
            UNKNOWN,
            "depends_on_day" if mixed else sample.code,
            {
                "moment": name, "first_pass": passes[0] if passes else None, "last_pass": passes[-1] if passes else None,
                "at_first": verdicts[0], "at_last": verdicts[-1], "from": known.first, "to": known.last,
                "best": (last.code, last.params), "kind": criterion.kind,
            } if mixed else sample.params,
            used=first.used or last.used,
            missing=_unique((*(unsaid if mixed else ()), *(path for _, one in results for path in one.missing))),
            causes=causes | (MISSING if unsaid else FUTURE) if {Verdict.PASS, Verdict.FAIL} & set(verdicts) and mixed else causes,
            gap=last.gap or first.gap, future=last.future, children=sample.children, shown=sample.shown,
        )  # fmt: skip
    shown.day = known
    shown.day_moment = criterion.as_of
    return shown


def _throughout(criterion: Criterion, case: Case) -> Result:
    """Every day of a span must pass; one failing day fails."""
    assert criterion.throughout is not None
    (start, missing_start), (end, missing_end) = (moment.resolve(case) for moment in criterion.throughout)
    if start is None or end is None:
        return answered(UNKNOWN, "day_unknown", {}, missing=(*missing_start, *missing_end), causes=MISSING)
    span = Days(start.first, end.last)
    truth, worst = TRUE, None
    for day in case.days_between(span, criterion.critical_days(case)):
        result = criterion.decide(case, Days(day, day))
        certain = start.last <= day <= end.first  # a day that surely lies in the span
        here = result.truth if certain else truth_of(result.truth.surely, True)
        if worst is None or (here.surely, here.possibly) < (truth.surely, truth.possibly):
            worst = result
            worst.day = Days(day, day)
        truth = truth & here
    assert worst is not None
    if truth != worst.truth:
        worst.truth, worst.causes = truth, worst.causes or FUTURE
    worst.params = {**worst.params, "throughout": (span.first, span.last)}
    return worst


class Always(Criterion):
    """A reading under which the criterion is only an asset: nobody fails it."""

    kind = "asset"
    __slots__ = ()

    def decide(self, case: Case, day: Days | None) -> Result:
        return answered(TRUE, "asset")


__all__ = ["FALSE", "TRUE", "UNKNOWN", "Always", "Common", "Criterion", "Gap", "Result", "Text", "Used", "answered"]
