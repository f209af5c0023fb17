"""Several answers to one criterion: its readings, its exception, its derogation, its condition."""

from __future__ import annotations

from eligibility.deciding import evidence as of
from eligibility.deciding.case import Case
from eligibility.deciding.result import DEROGATION, READINGS, Result, answered
from eligibility.question.grammar import Criterion
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Truth, verdict_of


def by_readings(criterion: Criterion, case: Case) -> Result:
    """What all readings say; where they disagree, unknown."""
    named: list[of.Named] = []
    best: Result | None = None
    for name, preferred, reading in criterion.common.readings:
        child = case.by.on_its_day(reading, case)
        child.criterion = reading
        named.append((name, preferred, child))
        if preferred:
            best = child
    best = best or named[0][2]
    children = [child for _, _, child in named]
    agree = all(child.truth is best.truth for child in children)
    if agree and best.truth is not UNKNOWN:
        return best
    causes = frozenset().union(*[child.causes for child in children])
    if agree:  # no reading settles it: what is missing does
        best = best.but(of.Unsettled(best, children))
        best.causes = causes
        return best
    result = answered(UNKNOWN, "readings", of.Disagreeing(named, best, criterion), causes | READINGS, best.day)
    result.children, result.single = children, True
    result.day_moment = best.day_moment
    result.preferred = verdict_of(best.truth)
    return result


def either(rule: Result, exception: Result) -> Result:
    """A rule or its exception: one pass is enough, both must fail to fail; an exception that does not apply is not written."""
    excepted = exception.in_group(FALSE)
    if rule.truth is TRUE or excepted is FALSE:
        return rule
    if excepted is TRUE:
        return exception.but(of.WithParams(exception, {"instead_of_rule": True}))
    result = answered(UNKNOWN, "exception_open", of.WithException(rule, exception), rule.causes | exception.causes, rule.day)
    result.children, result.single = (rule, exception), True
    return result


def with_derogation(rule: Result, derogation: Result, decision: str | None) -> Result:
    """The exception that counts only once it is granted; possible is not yet granted."""
    open_way = derogation.in_group(FALSE)
    if open_way is FALSE or decision == "refused":
        return rule
    if decision == "granted" and open_way is TRUE:
        return answered(TRUE, "derogation_granted", of.Granted(rule, derogation), day=rule.day)
    causes = rule.causes | derogation.causes | DEROGATION
    result = answered(rule.truth | UNKNOWN, "needs_derogation", of.PerhapsGranted(rule, derogation), causes, rule.day)
    result.children, result.single = (rule, derogation), True
    return result


def not_asked(condition: Result) -> Result:
    """A criterion that surely does not apply, with the facts that tell."""
    result = answered(UNKNOWN, "not_applicable", of.NotAsked(condition))
    result.applies = FALSE
    return result


def only_when(result: Result, condition: Result, applies: Truth) -> Result:
    """The answer with its condition: open where it is open whether the criterion applies."""
    if applies is UNKNOWN and result.truth is not TRUE:
        causes = result.causes | condition.causes
        open_one = answered(result.truth, "perhaps_applies", of.PerhapsAsked(result, condition), causes, result.day)
        open_one.children, open_one.single = (condition, result), True
        open_one.day_moment, open_one.preferred = result.day_moment, result.preferred
        return open_one
    result = result.but(of.Conditioned(result, condition, applies))
    if applies is UNKNOWN:
        result.causes = result.causes | condition.causes
    elif applies is FALSE:  # a group none of whose members applies
        result.code = "not_applicable"
    return result
