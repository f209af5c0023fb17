"""What is not about records: a fact only the person can state, a point only a person can judge, a choice, the day itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from eligibility.answer import DayCode, DurationCode, Used
from eligibility.counting import whole_months
from eligibility.dates import Days, Length, add_months
from eligibility.deciding.bounds import compare, limits
from eligibility.deciding.case import Case, shifted
from eligibility.deciding.filters_places import accepts, changes
from eligibility.deciding.result import FUTURE, MISSING, PERSON, READINGS, Reason, Result, answered, unique
from eligibility.deciding.tables import Looked, look
from eligibility.deciding.windows import contains, day_of_edge, resolve
from eligibility.question.grammar import Bound
from eligibility.question.others import Always, Choice, Declared, Duration, Judged, OnDay
from eligibility.question.table import Line
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Truth, truth_of

_UPPER = ("at_most", "less_than")


def declared(criterion: Declared, case: Case, day: Days | None) -> Result:
    stated = case.facts.declared(criterion.fact)
    path = case.facts.path(f"facts.{criterion.fact}")
    params: dict[str, Any] = {"fact": criterion.fact, **({"numbers": criterion.numbers} if criterion.bounds else {})}
    if criterion.equals is False:
        params["equals"] = False
    tables = [None if bound.table is None else look(bound.table, case, day) for bound in criterion.bounds]
    if stated is None:
        columns = [lacking for one in tables if one is not None for lacking in one.missing(_limit)]
        return answered(UNKNOWN, "not_said", Reason(criterion.kind, params, missing=unique([path, *columns])), MISSING, day)
    if isinstance(stated, bool) is bool(criterion.bounds):  # what was meant, only the person can say
        why = Reason(criterion.kind, {**params, "value": stated}, (Used(path, stated),), (path,))
        return answered(UNKNOWN, "no_number" if criterion.bounds else "not_yes_or_no", why, MISSING, day)
    if criterion.bounds:
        compared = [_compared(*each, stated, case) for each in zip(criterion.bounds, tables, strict=True)]
        return _measured(criterion, compared, Used(path, stated), day)
    truth = TRUE if stated == criterion.equals else FALSE
    why = Reason(criterion.kind, {**params, "value": stated}, (Used(path, stated),))
    return answered(truth, "stated" if truth is TRUE else "stated_otherwise", why)


def _limit(line: Line | None) -> float | None:
    return None if line is None else line.limit


class _Compared(NamedTuple):
    """A number against one bound: the limit that decides, where there is one, and the table that it stands in."""

    truth: Truth
    operator: str
    limit: Any
    missing: tuple[str, ...]
    table: Looked | None = None


def _compared(bound: Bound, table: Looked | None, stated: float, case: Case) -> _Compared:
    """One comparison; of a table with all lines that may count."""
    if table is None:
        low, high, missing = limits(bound, case)
        return _Compared(compare(bound.operator, stated, stated, low, high), bound.operator, low, missing)

    def against(line: Line | None) -> Truth:
        return UNKNOWN if line is None else compare(bound.operator, stated, stated, line.limit, line.limit)

    lines = {*table.lines.values()}
    truths = {against(line) for line in lines}
    truth = truths.pop() if len(truths) == 1 else UNKNOWN
    nearest = max if (bound.operator in _UPPER) is (truth is FALSE) else min  # the limit that is nearest to what is stated
    limit = nearest((line.limit for line in lines if line is not None), default=None)
    return _Compared(truth, bound.operator, limit, table.missing(against) if truth is UNKNOWN else (), table)


def _measured(criterion: Declared, compared: Sequence[_Compared], stated: Used, day: Days | None) -> Result:
    """A number that was stated against its bounds: the first that does not hold decides."""
    truth = TRUE
    for one in compared:
        truth = truth & one.truth
    deciding = next((one for one in compared if one.truth is truth), compared[0])
    by_table = _line_told(deciding.table)
    told: dict[str, Any] = {"fact": criterion.fact, "numbers": criterion.numbers, "have": stated.value, **by_table}
    columns = [deciding.table.said[name] for name, *_ in by_table.get("line", ())] if deciding.table is not None else []
    used = tuple(dict.fromkeys([stated, *columns]))
    if truth is UNKNOWN:
        missing = unique(path for one in compared if one.truth is UNKNOWN for path in one.missing)
        none = not missing and deciding.table is not None and {*deciding.table.lines.values()} == {None}
        causes = MISSING if missing else PERSON if none or deciding.table is None else READINGS
        return answered(truth, "no_line" if none else "limit_open", Reason(criterion.kind, told, used, missing), causes, day)
    upper = deciding.operator in _UPPER
    told |= {"need": deciding.limit, "operator": deciding.operator}
    if truth is TRUE:
        told["bounds"] = [(one.operator, one.limit) for one in compared]
        return answered(truth, "within" if upper else "enough", Reason(criterion.kind, told, used), day=day)
    return answered(truth, "too_much" if upper else "short", Reason(criterion.kind, told, used), day=day)


def _line_told(table: Looked | None) -> dict[str, Any]:
    """The table, and what led to its line: of one that none has, to none of its lines."""
    if table is None:
        return {}
    lines = [line for line in {*table.lines.values()} if line is not None]
    names = [column.name for column in table.table.columns] if not lines else [*lines[0].cells] if len(lines) == 1 else []
    return {"table": table.table.name, "line": table.known(names)}


def judged(criterion: Judged, case: Case, day: Days | None) -> Result:
    return answered(UNKNOWN, "judged", Reason(criterion.kind), PERSON)


def choice(criterion: Choice, case: Case, day: Days | None) -> Result:
    chosen = case.choices.get(criterion.choice)
    wanted = criterion.options if criterion.where is None else criterion.where.wanted
    params = {"choice": criterion.choice, "value": chosen, "wanted": wanted}
    path = f"choices.{criterion.choice}"
    other = criterion.other or (None if criterion.where is None else criterion.where.chosen)
    compared = [criterion.choice] if other is None else [criterion.choice, other]
    said = [name for name in compared if name in case.choices]
    missing = tuple(f"choices.{name}" for name in compared if name not in said)
    if missing and not (criterion.other and any(case.choices[name] not in criterion.options for name in said)):
        return answered(UNKNOWN, "not_chosen", Reason(criterion.kind, params, missing=missing), MISSING)
    if criterion.other:
        truth = TRUE if (chosen == case.choices.get(criterion.other)) is not criterion.excluded else FALSE
    elif chosen is not None and criterion.where is not None:
        truth = accepts(criterion.where, chosen, case, case.today if day is None else day.first)
    else:
        truth = TRUE if (chosen in criterion.options) is not criterion.excluded else FALSE
    if truth is UNKNOWN and chosen is not None:
        known = case.reference.is_place(chosen)  # a place that only may belong to the group: nothing the profile could add
        why = Reason(criterion.kind, params, (Used(path, chosen),), () if known else (path,))
        return answered(truth, "chosen_unsure", why, PERSON if known else MISSING)
    why = Reason(criterion.kind, params, [Used(f"choices.{name}", case.choices[name]) for name in said])
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


def duration(criterion: Duration, case: Case, day: Days | None) -> Result:
    (first, unsaid_first), (last, unsaid_last) = resolve(criterion.first, case), resolve(criterion.last, case)
    ends = ((criterion.first, first), (criterion.last, last))
    open_ends = (path for moment, known in ends if known is None or not known.exact for path in case.could_tell(moment))
    missing = (*unsaid_first, *unsaid_last, *open_ends)
    if first is None or last is None:
        return answered(UNKNOWN, "day_unknown", Reason(criterion.kind, missing=unique(missing)), MISSING if missing else PERSON)
    if last.last < first.first:
        return answered(UNKNOWN, "ends_before", Reason(criterion.kind, {"first": first, "last": last}, missing=unique(missing)), MISSING)
    shortest = Days(first.last, max(last.first, first.last))
    longest = Days(first.first, last.last)
    compared = []
    for bound in criterion.bounds:
        low, high, lacking = limits(bound, case)
        compared.append((_compare_length(bound.operator, shortest, longest, low, high), bound.operator, low, lacking))
    truth = TRUE
    for here, *_ in compared:
        truth = truth & here
    _, operator, need, _ = next((one for one in compared if one[0] is truth), compared[0])
    shown = shortest if (operator in ("at_least", "more_than")) is (truth is TRUE) else longest
    params = {"first": first, "last": last, "have": _whole(shown, need), "need": need, "operator": operator}
    used = tuple(Used(path, known) for moment, known in ends if moment.name not in case.unsaid for path in case.could_tell(moment))
    if truth is not UNKNOWN:
        return answered(truth, "lasts" if truth is TRUE else "lasts_otherwise", Reason(criterion.kind, params, used))
    lacking = unique((*(path for here, *_, paths in compared if here is UNKNOWN for path in paths), *missing))
    exact = first.exact and last.exact
    code: DurationCode = "limit_open" if exact else "lasts_unsure"
    return answered(truth, code, Reason(criterion.kind, params, used, lacking), MISSING if lacking else FUTURE)


def _compare_length(operator: str, shortest: Days, longest: Days, low: Length, high: Length) -> Truth:
    """A length that lies between those of two stretches against a limit between `low` and `high`."""
    beyond = operator in ("more_than", "at_most")

    def reached(days: Days, limit: Length) -> bool:
        after = limit.after(days.first)
        return after <= days.last if beyond else after <= days.last + 1

    truth = truth_of(reached(shortest, high), reached(longest, low))
    return truth if operator in ("at_least", "more_than") else ~truth


def _whole(days: Days, need: Length) -> Length:
    """A stretch as it is compared: in days, or in whole months and days."""
    months = whole_months(days.first, days.last + 1) if need.months else 0
    return Length(months, days.last + 1 - add_months(days.first, months))


def always(criterion: Always, case: Case, day: Days | None) -> Result:
    return answered(TRUE, "asset", Reason(criterion.kind))


def days_of_choice(criterion: Choice, case: Case) -> list[int]:
    """The days on which a group that a country is chosen from changes."""
    return [] if criterion.where is None else list(changes(criterion.where, case))


def days_of_window(criterion: OnDay, case: Case) -> list[int]:
    """The days on which its window begins and ends."""
    return [day for one in (*criterion.window.lower, *criterion.window.upper) for day in day_of_edge(one, case)[0] or ()]


def days_of_duration(criterion: Duration, case: Case) -> list[int]:
    """The days on which one of its ends is so far from the other as a limit."""
    ends = [day for moment in (criterion.first, criterion.last) for day in resolve(moment, case)[0] or ()]
    lengths = [tuple(limit) for bound in criterion.bounds for limit in limits(bound, case)[:2]]
    return shifted(ends, lengths)
