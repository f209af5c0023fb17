"""Why, of answers made of several: groups, readings, exceptions, derogations, conditions; and of one criterion on several days."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from eligibility.answer import Gap, Used
from eligibility.deciding import evidence as of
from eligibility.deciding.groups import culprits
from eligibility.deciding.result import Reason, Result, unique
from eligibility.verdict import FALSE, TRUE, UNKNOWN, verdict_of

ReasonOf = Callable[[Result], Reason]


def joined(one: of.Joined, why: ReasonOf) -> Reason:
    group, results = one.group, one.results
    shown = culprits(group, results, one.truth)
    missing = unique(path for result in one.undecided for path in why(result).missing)
    params: Mapping[str, int] = {} if group.how_many == 1 else {"how_many": group.how_many}
    reasons = [why(results[index]) for index in shown]
    if len(reasons) == 1:
        [only] = reasons
        return Reason(group.kind, params, _each_once(only.used), missing, only.gap, only.future, shown)
    used = _each_once([fact for reason in reasons for fact in reason.used])
    future = max([reason.future for reason in reasons if reason.future is not None], default=None) if one.truth is TRUE else None
    return Reason(group.kind, params, used, missing, None, future, shown)


def unchosen(one: of.Unchosen, why: ReasonOf) -> Reason:
    """The choice, and whatever its options leave open."""
    waits = () if one.said is not None else (f"choices.{one.group.choice}",)
    missing = unique((*waits, *(path for result in one.results if result.truth is UNKNOWN for path in why(result).missing)))
    return Reason("choice", {"choice": one.group.choice, "value": one.said}, missing=missing, shown=())


def _each_once(facts: Sequence[Used]) -> Sequence[Used]:
    """The facts without those that several members rest on; a mark or a test cannot be compared, and stays."""
    if len(facts) < 2:
        return facts
    try:
        return tuple(dict.fromkeys(facts))
    except TypeError:
        return tuple(facts)


def shares(one: of.Shares, why: ReasonOf) -> Reason:
    """The shares in percent, rounded so that less than the whole is never shown as all of it."""
    reasons = [why(part) for part in one.parts]
    least, most = (int(round(share * 100, 6)) for share in (one.low, one.high))
    return Reason(
        "together",
        {"low": least, "high": most} | ({"divided": True} if one.divided else {}),
        used=[fact for reason in reasons for fact in reason.used],
        missing=unique(path for reason in reasons for path in reason.missing) if one.truth is UNKNOWN else (),
        gap=None if one.truth is TRUE else Gap(max(1, 100 - (most if one.truth is FALSE else least)), "percent"),
        shown=(),
    )


def with_params(one: of.WithParams, why: ReasonOf) -> Reason:
    before = why(one.before)
    return before._replace(params={**before.params, **one.params})


def of_each(one: of.OfEach, why: ReasonOf) -> Reason:
    first, *others = (why(result) for result in one.every)
    used = _each_once([*first.used, *(fact for reason in others for fact in reason.used)])
    return first._replace(used=used, missing=unique((*first.missing, *(path for reason in others for path in reason.missing))))


# ------------------------------------------------------------------------------- readings, exceptions, conditions


def disagreeing(one: of.Disagreeing, why: ReasonOf) -> Reason:
    """The preferred reading, and the first that says otherwise."""
    named, best = one.named, one.best
    deciding = next((name for name, _, result in named if result.truth is not best.truth), named[0][0])
    params = {
        "preferred": next((name for name, preferred, _ in named if preferred), named[0][0]),
        "other": deciding,
        "preferred_verdict": verdict_of(best.truth),
        "verdicts": [(name, verdict_of(result.truth)) for name, _, result in named],
    }
    missing = unique(path for _, _, result in named if result.truth is not TRUE for path in why(result).missing)
    return why(best)._replace(kind=one.criterion.kind, params=params, missing=missing, shown=())


def unsettled(one: of.Unsettled, why: ReasonOf) -> Reason:
    return why(one.best)._replace(missing=unique(path for result in one.every for path in why(result).missing))


def with_exception(one: of.WithException, why: ReasonOf) -> Reason:
    rule, other = why(one.rule), why(one.exception)
    return Reason(rule.kind, {}, (*rule.used, *other.used), unique((*rule.missing, *other.missing)), rule.gap)


def granted(one: of.Granted, why: ReasonOf) -> Reason:
    return Reason(why(one.rule).kind, _granted_by(one.derogation), used=why(one.derogation).used)


def perhaps_granted(one: of.PerhapsGranted, why: ReasonOf) -> Reason:
    broken, way = why(one.rule), why(one.derogation)
    missing = unique((*broken.missing, *way.missing))
    return Reason(broken.kind, _granted_by(one.derogation), broken.used, missing, broken.gap, shown=(0,))


def _granted_by(derogation: Result) -> dict[str, Any]:
    """Who may grant a derogation, where the notice names somebody."""
    criterion = derogation.criterion
    authority = None if criterion is None else criterion.common.granted_by
    return {} if authority is None else {"granted_by": authority}


def not_asked(one: of.NotAsked, why: ReasonOf) -> Reason:
    reason = why(one.condition)
    return Reason(reason.kind, used=reason.used)


def perhaps_asked(one: of.PerhapsAsked, why: ReasonOf) -> Reason:
    reason, asked = why(one.rule), why(one.condition)
    return Reason(reason.kind, {}, (*asked.used, *reason.used), unique((*asked.missing, *reason.missing)), reason.gap)


def conditioned(one: of.Conditioned, why: ReasonOf) -> Reason:
    reason, asked = why(one.before), why(one.condition)
    used = reason.used or asked.used  # what a person has to judge rests on what made it apply
    if one.applies is UNKNOWN:
        return reason._replace(used=used, missing=unique((*asked.missing, *reason.missing)))
    return reason._replace(used=used, params=reason.params if one.applies is TRUE else {})


# ------------------------------------------------------------------------------------------------- several days


def latest(one: of.Latest, why: ReasonOf) -> Reason:
    """Until the last of the days on which one of the answers rests."""
    futures = [future for result in one.every if (future := why(result).future) is not None]
    return why(one.shown)._replace(future=max(futures, default=None))


def told_on(one: of.ToldOn, why: ReasonOf) -> Reason:
    return why(one.case.by.on_its_day(one.criterion, one.case))


def untold(one: of.Untold, why: ReasonOf) -> Reason:
    """What would settle it: the day, and whatever is missing on one of the days that it may be."""
    missing = unique((*one.day, *(path for result in one.results for path in why(result).missing)))
    reason = why(one.sample)
    return reason._replace(params={"moment": one.name} if one.day else reason.params, missing=missing)


def of_options(one: of.OfOptions, why: ReasonOf) -> Reason:
    """The reason with the option that it speaks of, where another one has another."""
    reason = why(one.told)
    if all(why(result).params == reason.params for _, result in one.every):
        return reason
    label = next((label for label, result in one.every if why(result).params == reason.params), one.every[0][0])
    return reason._replace(params={**reason.params, "whichever": (label,)})


def between(one: of.Between, why: ReasonOf) -> Reason:
    results, mixed = one.results, one.mixed
    first, last, reason = why(results[0][1]), why(results[-1][1]), why(one.sample)
    missing = unique((*(one.unsaid if mixed else ()), *(path for _, result in results for path in why(result).missing)))
    params: Mapping[str, Any] = reason.params
    if mixed:
        passes = [day.first for day, result in results if result.truth is TRUE]
        params = {
            "moment": one.name, "first_pass": passes[0] if passes else None, "last_pass": passes[-1] if passes else None,
            "at_first": verdict_of(results[0][1].truth), "at_last": verdict_of(results[-1][1].truth),
            "from": one.known.first, "to": one.known.last,
        }  # fmt: skip
        if passes and any(result.truth is not TRUE for day, result in results if passes[0] <= day.first <= passes[-1]):
            params["apart"] = True  # the days of a pass are not one stretch
    return Reason(reason.kind, params, first.used or last.used, missing, last.gap or first.gap, last.future, reason.shown)


def perhaps_in_span(one: of.PerhapsInSpan, why: ReasonOf) -> Reason:
    reason, day = why(one.worst), one.worst.day
    return reason._replace(params={"on": None if day is None else day.first}, missing=unique((*one.asked, *reason.missing)))


def every_day(one: of.EveryDay, why: ReasonOf) -> Reason:
    reason = why(one.worst)
    span = (one.span.first, one.span.last)
    return reason._replace(params={**reason.params, "throughout": span}, missing=unique((*one.asked, *reason.missing)))
