"""Why, of an age: the limits that hold, what moved them, and how many days are missing."""

from __future__ import annotations

from typing import Any

from eligibility.answer import Gap, Used
from eligibility.dates import Days, Length
from eligibility.deciding.age import ages_on, turning
from eligibility.deciding.bounds import compare, extension, limits, moves
from eligibility.deciding.case import Case
from eligibility.deciding.evidence import Ages
from eligibility.deciding.result import Reason
from eligibility.explaining.several import ReasonOf
from eligibility.question.grammar import Bound
from eligibility.question.others import Age
from eligibility.verdict import FALSE


def ages(one: Ages, why: ReasonOf) -> Reason:
    criterion, truth, failing, birth, on, case, missing = one
    low, high = ages_on(birth, on, case.leap_birthday)
    params: dict[str, Any] = {"low": low, "high": high, "on": on, "counted": criterion.counted}
    for bound in criterion.bounds:
        params[bound.operator] = _told(criterion, bound.quantity.amount if bound.quantity is not None else limits(bound, case)[1])
    path = case.facts.path("birth_date")
    used = (Used(path, birth),)
    if failing is None:
        low, high = ages_on(birth, on, case.leap_birthday, criterion.months)
        for bound in criterion.bounds:
            params |= _moved(criterion, bound, case, low=low, high=high)
        return Reason(criterion.kind, params, used)
    params["operator"], params["need"] = failing[0].operator, _told(criterion, failing[1])
    if truth is FALSE:
        params |= _moved(criterion, failing[0], case)
        return Reason(criterion.kind, params, used, gap=_gap(criterion, failing, birth, on, case))
    return Reason(criterion.kind, params, used, missing if birth.exact else (path, *missing))


def _moved(criterion: Age, bound: Bound, case: Case, low: int | None = None, high: int | None = None) -> dict[str, Any]:
    """The upper limit that holds for this person and what moved it: of somebody who passes, as far as it surely is and only where
    the limit of the notice would not do; of somebody who fails, as far as it may be."""
    if bound.operator not in ("at_most", "less_than"):
        return {}
    passes = low is not None and high is not None
    least, most, _ = limits(bound._replace(extended=(), never_beyond=None), case)
    notice = least if passes else most
    if low is not None and high is not None and compare(bound.operator, low, high, notice, notice).surely:
        return {}
    base = bound._replace(extended=tuple(one for one in bound.extended if one.to is not None), never_beyond=None)
    least, most, _ = limits(base, case)
    limit = least if passes else most
    parts = [(kind, few if passes else many) for kind, few, many, _ in moves(bound.extended, case)]
    whole = Length(_length(criterion, limit).months + sum(length.months for _, length in parts), sum(length.days for _, length in parts))
    cap = None if bound.never_beyond is None else _length(criterion, bound.never_beyond.amount)
    capped = cap is not None and whole.most_days > cap.most_days
    told: dict[str, Any] = {"limit": cap if capped else whole, "limit_operator": bound.operator}
    if told["limit"] != _length(criterion, notice):
        told["moved"] = {
            "from": _told(criterion, notice),
            "by": [{"kind": kind, "length": length} for kind, length in parts if length != Length(0)],
            "to": _told(criterion, limit) if limit != notice else None,
            "never_beyond": _told(criterion, bound.never_beyond.amount) if capped and bound.never_beyond is not None else None,
        }
    return told


def _length(criterion: Age, age: int) -> Length:
    """An age of the bounds as a length of time."""
    return Length(age if criterion.months else age * 12)


def _told(criterion: Age, age: int) -> Any:
    """An age of the bounds: a number of years, or years and months."""
    return Length(age) if criterion.months else age


def _gap(criterion: Age, failing: tuple[Bound, Any], birth: Days, on: int, case: Case) -> Gap:
    bound, limit = failing
    shift = 1 if criterion.counted != "completed_years" else 0
    if bound.operator in ("at_most", "less_than"):
        strict = criterion.counted == "not_past_birthday"
        more = (1 if bound.operator == "at_most" else 0) - (1 if strict else 0)
        moved = extension(bound.extended, case)[1].before(on) if bound.extended else on
        late = moved - turning(criterion, birth.last, limit + more, "mar1") - shift + 1
        if bound.never_beyond is not None:
            late = max(late, on - turning(criterion, birth.last, bound.never_beyond.amount + more, "mar1") - shift + 1)
        return Gap(max(1, late), "days_too_old")
    age = limit + (1 if bound.operator == "more_than" else 0)
    shift = 1 if criterion.counted == "accomplished" else 0
    return Gap(max(1, turning(criterion, birth.first, age, "feb28") + shift - on), "days_too_young")
