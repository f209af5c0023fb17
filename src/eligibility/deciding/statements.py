"""What is not about records: a fact only the person can state, a point only a person can judge, a choice, the day itself."""

from __future__ import annotations

from typing import Any

from eligibility.answer import DayCode, Used
from eligibility.dates import Days
from eligibility.deciding.bounds import compare, limits
from eligibility.deciding.case import Case
from eligibility.deciding.filters_places import accepts, changes
from eligibility.deciding.result import MISSING, PERSON, Reason, Result, answered, unique
from eligibility.deciding.windows import contains, day_of_edge, resolve
from eligibility.question.others import Always, Choice, Declared, Judged, OnDay
from eligibility.verdict import FALSE, TRUE, UNKNOWN


def declared(criterion: Declared, case: Case, day: Days | None) -> Result:
    stated = case.facts.declared(criterion.fact)
    path = case.facts.path(f"facts.{criterion.fact}")
    numeric = {"numeric": True} if criterion.bounds else {}
    if stated is None:
        return answered(UNKNOWN, "not_said", Reason(criterion.kind, {"fact": criterion.fact, **numeric}, missing=(path,)), MISSING)
    if isinstance(stated, bool) is bool(criterion.bounds):  # what was meant, only the person can say
        why = Reason(criterion.kind, {"fact": criterion.fact, "value": stated, **numeric}, (Used(path, stated),), (path,))
        return answered(UNKNOWN, "no_number" if criterion.bounds else "not_yes_or_no", why, MISSING)
    if criterion.bounds:
        return _measured(criterion, stated, path, case)
    truth = TRUE if stated == criterion.equals else FALSE
    why = Reason(criterion.kind, {"fact": criterion.fact, "value": stated}, (Used(path, stated),))
    return answered(truth, "stated" if truth is TRUE else "stated_otherwise", why)


def _measured(criterion: Declared, stated: float, path: str, case: Case) -> Result:
    """A number that was stated against its bounds: the first that does not hold decides."""
    compared = []
    for bound in criterion.bounds:
        low, high, lacking = limits(bound, case)
        compared.append((compare(bound.operator, stated, stated, low, high), bound.operator, low, lacking))
    truth = TRUE
    for here, *_ in compared:
        truth = truth & here
    _, operator, need, _ = next((one for one in compared if one[0] is truth), compared[0])
    params: dict[str, Any] = {"fact": criterion.fact, "have": stated, "need": need, "operator": operator}
    used = (Used(path, stated),)
    if truth is UNKNOWN:
        missing = unique(path for here, *_, lacking in compared if here is UNKNOWN for path in lacking)
        why = Reason(criterion.kind, {"fact": criterion.fact, "have": stated}, used, missing)
        return answered(truth, "limit_open", why, MISSING if missing else PERSON)
    upper = operator in ("at_most", "less_than")
    if truth is TRUE:
        params["bounds"] = [(name, limit) for _, name, limit, _ in compared]
        return answered(truth, "within" if upper else "enough", Reason(criterion.kind, params, used))
    return answered(truth, "too_much" if upper else "short", Reason(criterion.kind, params, used))


def judged(criterion: Judged, case: Case, day: Days | None) -> Result:
    return answered(UNKNOWN, "judged", Reason(criterion.kind), PERSON)


def choice(criterion: Choice, case: Case, day: Days | None) -> Result:
    chosen = case.choices.get(criterion.choice)
    wanted = criterion.options if criterion.where is None else criterion.where.wanted
    params = {"choice": criterion.choice, "value": chosen, "wanted": wanted}
    path = f"choices.{criterion.choice}"
    if chosen is None:
        return answered(UNKNOWN, "not_chosen", Reason(criterion.kind, params, missing=(path,)), MISSING)
    if criterion.where is not None:
        truth = accepts(criterion.where, chosen, case, case.today if day is None else day.first)
    else:
        truth = TRUE if (chosen in criterion.options) is not criterion.excluded else FALSE
    if truth is UNKNOWN:
        known = case.reference.is_place(chosen)  # a place that only may belong to the group: nothing the profile could add
        why = Reason(criterion.kind, params, (Used(path, chosen),), () if known else (path,))
        return answered(truth, "chosen_unsure", why, PERSON if known else MISSING)
    why = Reason(criterion.kind, params, (Used(path, chosen),))
    return answered(truth, "chosen" if truth is TRUE else "chosen_otherwise", why)


def on_day(criterion: OnDay, case: Case, day: Days | None) -> Result:
    known, missing = resolve(criterion.moment, case)
    if known is None:
        return answered(UNKNOWN, "day_unknown", Reason(criterion.kind, missing=missing), MISSING)
    truth, more = contains(criterion.window, known, case)
    code: DayCode = "day_in" if truth.surely else "day_unsure" if truth.possibly else "day_out"
    if truth is UNKNOWN:
        more = (*case.could_tell(criterion.moment), *more)
        code = "day_unknown" if criterion.moment.name in case.unsaid else code
    return answered(truth, code, Reason(criterion.kind, missing=more), MISSING if truth is UNKNOWN else None, known)


def always(criterion: Always, case: Case, day: Days | None) -> Result:
    return answered(TRUE, "asset", Reason(criterion.kind))


def days_of_choice(criterion: Choice, case: Case) -> list[int]:
    """The days on which a group that a country is chosen from changes."""
    return [] if criterion.where is None else list(changes(criterion.where, case))


def days_of_window(criterion: OnDay, case: Case) -> list[int]:
    """The days on which its window begins and ends."""
    return [day for one in (*criterion.window.lower, *criterion.window.upper) for day in day_of_edge(one, case)[0] or ()]
