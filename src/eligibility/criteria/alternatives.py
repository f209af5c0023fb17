"""Several answers to one criterion: its readings, its exception, its derogation, its condition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from eligibility.criteria.result import DEROGATION, READINGS, Reason, Result, answered, unique, with_params
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Truth, verdict_of

if TYPE_CHECKING:
    from eligibility.criteria.base import Criterion
    from eligibility.criteria.case import Case

Named = tuple[Mapping[str, str], bool, Result]
"""A reading: its name, whether it is the preferred one, and its answer."""


def by_readings(criterion: Criterion, case: Case) -> Result:
    """What all readings say; where they disagree, unknown."""
    named: list[Named] = []
    best: Result | None = None
    for name, preferred, reading in criterion.common.readings:
        child = reading.on_its_day(case)
        child.criterion = reading
        named.append((name, preferred, child))
        if preferred:
            best = child
    best = best or named[0][2]
    agree = True
    for _, _, child in named:
        agree = agree and child.truth is best.truth
    if agree and best.truth is not UNKNOWN:
        return best
    children = [child for _, _, child in named]
    causes = frozenset().union(*[child.causes for child in children])
    if agree:  # no reading settles it: what is missing does
        best = best.but(_any_missing, children)
        best.causes = causes
        return best
    result = answered(UNKNOWN, "readings", (_disagreeing, named, best, criterion), causes | READINGS, best.day)
    result.children, result.single = children, True
    result.day_moment = best.day_moment
    result.preferred = verdict_of(best.truth)
    return result


def _any_missing(best: Result, every: Sequence[Result]) -> Reason:
    return best.reason._replace(missing=unique(path for one in every for path in one.reason.missing))


def _disagreeing(named: list[Named], best: Result, criterion: Criterion) -> Reason:
    """The preferred reading, and the first that says otherwise."""
    reason = best.reason
    deciding = next((name for name, _, one in named if one.truth is not best.truth), named[0][0])
    params = {
        "preferred": next((name for name, preferred, _ in named if preferred), named[0][0]),
        "other": deciding,
        "preferred_verdict": verdict_of(best.truth),
        "verdicts": [(name, verdict_of(one.truth)) for name, _, one in named],
    }
    missing = unique(path for _, _, one in named if one.truth is not TRUE for path in one.reason.missing)
    return reason._replace(kind=criterion.kind, params=params, missing=missing, shown=())


def either(rule: Result, exception: Result) -> Result:
    """A rule or its exception: one pass is enough, both must fail to fail; an exception that does not apply is not written."""
    excepted = exception.in_group(FALSE)
    if rule.truth is TRUE or excepted is FALSE:
        return rule
    if excepted is TRUE:
        return exception.but(with_params, {"instead_of_rule": True})
    result = answered(UNKNOWN, "exception_open", (_of_both, rule, exception), rule.causes | exception.causes, rule.day)
    result.children, result.single = (rule, exception), True
    return result


def _of_both(rule: Result, exception: Result) -> Reason:
    one, other = rule.reason, exception.reason
    return Reason(one.kind, {}, (*one.used, *other.used), unique((*one.missing, *other.missing)), one.gap)


def with_derogation(rule: Result, derogation: Result, decision: str | None) -> Result:
    """The exception that counts only once it is granted; possible is not yet granted."""
    open_way = derogation.in_group(FALSE)
    if open_way is FALSE or decision == "refused":
        return rule
    if decision == "granted" and open_way is TRUE:
        return answered(TRUE, "derogation_granted", (_granted, rule, derogation), day=rule.day)
    why = (_perhaps_granted, rule, derogation)
    result = answered(rule.truth | UNKNOWN, "needs_derogation", why, rule.causes | derogation.causes | DEROGATION, rule.day)
    result.children, result.single = (rule, derogation), True
    return result


def _granted(rule: Result, derogation: Result) -> Reason:
    return Reason(rule.reason.kind, used=derogation.reason.used)


def _perhaps_granted(rule: Result, derogation: Result) -> Reason:
    broken, way = rule.reason, derogation.reason
    return Reason(broken.kind, {}, broken.used, unique((*broken.missing, *way.missing)), broken.gap, shown=(0,))


def not_asked(condition: Result) -> Result:
    """A criterion that surely does not apply, with the facts that tell."""
    result = answered(UNKNOWN, "not_applicable", (_told_by, condition))
    result.applies = FALSE
    return result


def _told_by(condition: Result) -> Reason:
    reason = condition.reason
    return Reason(reason.kind, used=reason.used)


def only_when(result: Result, condition: Result, applies: Truth) -> Result:
    """The answer with its condition: open where it is open whether the criterion applies."""
    if applies is UNKNOWN and result.truth is not TRUE:
        open_one = answered(
            result.truth, "perhaps_applies", (_perhaps_asked, result, condition), result.causes | condition.causes, result.day
        )
        open_one.children, open_one.single = (condition, result), True
        open_one.day_moment, open_one.preferred = result.day_moment, result.preferred
        return open_one
    result = result.but(_with_condition, condition, applies)
    if applies is UNKNOWN:
        result.causes = result.causes | condition.causes
    elif applies is FALSE:  # a group none of whose members applies
        result.code = "not_applicable"
    return result


def _perhaps_asked(rule: Result, condition: Result) -> Reason:
    reason, asked = rule.reason, condition.reason
    return Reason(reason.kind, {}, (*asked.used, *reason.used), unique((*asked.missing, *reason.missing)), reason.gap)


def _with_condition(before: Result, condition: Result, applies: Truth) -> Reason:
    reason, asked = before.reason, condition.reason
    used = reason.used or asked.used  # what a person has to judge rests on what made it apply
    if applies is UNKNOWN:
        return reason._replace(used=used, missing=unique((*asked.missing, *reason.missing)))
    return reason._replace(used=used, params=reason.params if applies is TRUE else {})
