"""Why: what explains the answer to a record question, worked out when somebody reads it. Nothing here decides."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from typing import Any

from eligibility.answer import Code, Gap, Used
from eligibility.counting import by_count, compare_time, days_missing, days_too_many
from eligibility.dates import FOREVER
from eligibility.deciding import filters_places, filters_terms, sittings
from eligibility.deciding.amounts import least
from eligibility.deciding.bounds import limits
from eligibility.deciding.case import Case
from eligibility.deciding.evidence import Combined, Matched, Parted
from eligibility.deciding.filters import days_in_question
from eligibility.deciding.filters_marks import first_day_taken, last_valid_day, results_that_do
from eligibility.deciding.filters_terms import is_strange
from eligibility.deciding.found import Found, Limit, first_broken, missing_of, nearest, used_of
from eligibility.deciding.matching import fits, lacking_of
from eligibility.deciding.measured import Measured, exactly
from eligibility.deciding.parts_of_runs import met_on
from eligibility.deciding.result import Reason, unique
from eligibility.deciding.selection import last_day
from eligibility.explaining.several import ReasonOf
from eligibility.facts import Row
from eligibility.question.filters import Names, Places, Scores, Terms, ValidScores
from eligibility.question.grammar import Records
from eligibility.verdict import FALSE, TRUE, UNKNOWN


def records(found: Found, code: Code) -> Reason:
    """The reason of an answer about records, for each way it can come out."""
    match code:
        case "found" | "enough" | "within":
            return _passed(found)
        case "none":
            return _none(found)
        case "no_match" | "not_on_day":
            return _unmatched(found)
        case "short" | "too_much":
            return _counted_out(found, code == "too_much")
        case "counts":
            return _by_counts(found)
    return _opened(found)


def _params(found: Found, deciding: Limit | None) -> dict[str, Any]:
    """What every reason tells: how much there is, and what the deciding bound asks for."""
    question = found.question
    measure = "relatives" if question.of_relatives else question.measure
    params: dict[str, Any] = {"measure": measure, "have": found.amount.low, "might": found.amount.high}
    if question.whose:
        params["whose"] = question.whose
    if question.asks_of_end:
        params["over"] = True
    if deciding is not None:
        bound, low_limit, high_limit = deciding
        params |= {"operator": bound.operator, "need": low_limit, "need_most": high_limit}
    return params


def _passed(found: Found) -> Reason:
    question = found.question
    used = used_of(question, found.selection.sure) or [Used(found.path, None if found.rows else "empty")]
    params = _params(found, found.limits[0] if found.limits else None)
    return Reason(question.kind, params | _names(found) | _results(found), used, future=_future(found))


def _results(found: Found) -> dict[str, Any]:
    """The results of tests that are what is asked for, each with its record and its last valid day."""
    asked = [one for one in found.question.filters if isinstance(one, Scores)]
    if not asked:
        return {}
    day = found.day.first
    return {
        "results": [
            (row.path, result, last) for row in found.selection.sure for one in asked
            for result, last in results_that_do(one, row, found.case, day)
        ]
    }  # fmt: skip


def _opened(found: Found) -> Reason:
    question = found.question
    params = _params(found, found.deciding)
    params["may_match"] = [row.path for row, _, _ in found.selection.maybe]
    params |= _names(found) | _doubts(found)
    missing = unique(missing_of(found))
    params["said"] = _said(found.rows, missing)
    used = used_of(question, found.selection.both) or [Used(found.path, None)]
    return Reason(question.kind, params, used, missing, _gap(found, found.amount))


def _by_counts(found: Found) -> Reason:
    """It depends on how months are counted: by the calendar, or in days."""
    question = found.question
    params = _params(found, found.deciding)
    months, days = by_count(found.amount.low)
    params |= {"by_calendar": months, "in_days": days}
    return Reason(question.kind, params, used_of(question, found.selection.both) or [Used(found.path, None)])


def _names(found: Found) -> dict[str, Any]:
    """The names that may be those asked for (`alike`), and those taken for others by comparing them (`apart`), each with its path."""
    question = found.question
    _, maybe, rejected = found.selection
    asked = [one for one in question.filters if isinstance(one, Names) and not one.chosen]
    if not asked:
        return {}
    alike = [
        (row.key(one.attribute), row.values[one.attribute], one.wanted) for row, lacking, _ in maybe for one in asked
        if row.values.get(one.attribute) is not None and row.key(one.attribute) in lacking
    ]  # fmt: skip
    apart = [
        (row.key(out.attribute), row.values[out.attribute], out.wanted) for row, out in rejected
        if isinstance(out, Names) and out in asked and not out.excluded and is_strange(out, row.values[out.attribute], found.case)
    ]  # fmt: skip
    return {name: tuple(dict.fromkeys(pairs)) for name, pairs in (("alike", alike), ("apart", apart)) if pairs}


def _doubts(found: Found) -> dict[str, Any]:
    """What is said and does not settle it: territories that a rule about their state may or may not cover (`disputed`), and wider
    words than those asked for (`wider`); each with its path, and with what is asked for."""
    question, case = found.question, found.case
    told: dict[str, list[tuple[str, str, str, str]]] = {"disputed": [], "wider": [], "unruled": []}
    for row, _, _ in found.selection.maybe:
        for one in question.filters:
            said = row.values.get(one.attribute)
            if isinstance(one, ValidScores) and said is not None:
                asked = [test for test, _ in one.bounds]
                unruled = [each.test for each in said if each.test in asked and case.reference.valid_years(each.test) is None]
                told["unruled"] += [(row.key(one.attribute), "test", test, test) for test in unruled]
            if said is None or not isinstance(one, Places | Terms):
                continue
            for word in said if isinstance(said, tuple) else (said,):
                doubts = filters_places.doubts(one, word, case) if isinstance(one, Places) else filters_terms.doubts(one, word, case)
                for wanted, doubt in doubts:
                    if (kind := {"disputed": "disputed", "vague": "wider"}.get(doubt)) is not None:
                        told[kind].append((row.key(one.attribute), one.attribute, word, wanted))
    return {kind: tuple(dict.fromkeys(pairs)) for kind, pairs in told.items() if pairs}


def _none(found: Found) -> Reason:
    question = found.question
    gap = _gap(found, found.amount)
    return Reason(question.kind, _params(found, found.deciding), [Used(found.path, "empty")], gap=gap)


def _unmatched(found: Found) -> Reason:
    question = found.question
    row, attributes = nearest(question, found.selection, found.case, found.day)
    value = row.values.get(attributes[0])
    params = _params(found, found.deciding) | {"record": row.path, "failed": attributes, "value": value}
    params |= _names(found)
    gap = _gap(found, found.amount)
    for one in question.filters:
        if not isinstance(one, Scores) or "tests" not in attributes:
            continue
        if isinstance(one, ValidScores) and (last := last_valid_day(one, row, found.case, found.day.first)) is not None:
            params["expired"] = last
        elif (taken := first_day_taken(one, row, found.case, found.day.first)) is not None:
            params["taken_later"] = taken
    if attributes == ["day"]:
        return Reason(question.kind, params, row.shown(question.shows_dates), gap=gap)
    shown = found.rows if question.kind_info.shown_together else (row,)
    used = [Used(one.key(attributes[0]), one.values.get(attributes[0])) for one in shown]
    return Reason(question.kind, params, used, gap=_date_gap(question, row, found.case) or gap)


def _counted_out(found: Found, too_much: bool) -> Reason:
    question = found.question
    params, amount, selection = _params(found, found.deciding), found.amount, found.selection
    counted = selection.sure
    if not too_much:  # even at best it is not enough
        if amount.low != amount.high:
            open_ones = [path for _, lacking, _ in selection.maybe for path in lacking] or list(amount.missing)
            said = _said(found.rows, open_ones)
            params["at_best"] = [path for path in open_ones if path not in said]
            counted = selection.both
        params["have"] = amount.high
        amount = amount._replace(low=amount.high)
    return Reason(question.kind, params, used_of(question, counted) or [Used(found.path, None)], gap=_gap(found, amount))


def _date_gap(question: Records, row: Row, case: Case) -> Gap | None:
    for one in question.dated:
        if (date := days_in_question(one, row)) is not None:
            _, wide, _ = case.spans(one.window)
            if wide and date.last < wide[0][0]:
                return Gap(wide[0][0] - date.last, "days_too_old")
            if wide and wide[-1][1] < date.first < FOREVER:  # what still goes on is not too late by any days
                return Gap(date.first - wide[-1][1], "days_too_late")
    return None


def _future(found: Found) -> int | None:
    """The day until which things must stay as they are for the pass to hold; None where it rests on the past alone."""
    question, case, day, selection = found.question, found.case, found.day, found.selection
    last = day.first if question.is_state and question.measure != "time" else last_day(question, day.first)
    if last <= case.today:
        return None
    if question.is_state and question.kind_info.must_last:
        return last
    if question.measure == "time" and any(bound.operator in ("at_least", "more_than") for bound in question.bounds):
        if not question.inexact and all(row.end.last <= case.today for row in selection.sure):
            return None
        until_today = least(question, selection, case, case.today)  # what is there already cannot be lost
        if all(compare_time(b.operator, until_today, until_today, high, high, question.counted).surely for b, _, high in found.limits):
            return None
        return last
    if question.expected:
        return last
    if question.measure == "exists" and question.about.lasts:  # announced, and not begun yet
        begins = min((row.start.last for row in selection.sure), default=case.today)
        return begins if begins > case.today else None
    return None


def _said(rows: Iterable[Row], missing: Iterable[str]) -> list[str]:
    """What the profile does say of what is missing, only not exactly enough, or in a word that nothing knows."""
    said = {row.key(attribute) for row in rows for attribute in row.values}
    return [path for path in missing if path in said]


def _gap(found: Found, amount: Measured) -> Gap | None:
    """How much is missing, or too much, for the first bound that does not hold."""
    counted = found.question.counted
    broken = first_broken(found.limits, amount, counted)
    if broken is None:
        return None
    bound, low, high = broken
    beyond = 1 if bound.operator in ("more_than", "less_than") else 0
    if bound.measure == "time":
        if bound.operator in ("at_least", "more_than"):
            return Gap(days_missing(amount.low, high, bound.operator == "more_than", counted), "days")
        return Gap(days_too_many(amount.low, low, bound.operator == "less_than", counted), "days")
    unit = {"number": "times", "count": "times"}.get(bound.measure, bound.measure)
    return Gap(ceil(abs(low - amount.low)) + beyond, unit)


def matched(one: Matched, why: ReasonOf) -> Reason:
    """Different things for different demands: how many of them there are."""
    question, truth, names, sure, possible, rows, complete, path, case, day = one
    identity, need = question.kind_info.identity or "", len(question.different)
    params = {"measure": "different", "have": len(sure), "need": need, "operator": "at_least"}
    matched = {names[index] for index in sure.values()}
    used = [fact for row in rows if row.values.get(identity) in matched for fact in row.shown(question.shows_dates)] or [Used(path, None)]
    if truth is not UNKNOWN:
        return Reason(question.kind, params, used, gap=None if truth is TRUE else Gap(need - len(possible), "times"))
    missing: list[str] = [] if complete else [path]
    for demand, whole in zip(question.different, question.demands, strict=True):
        for row in rows:
            if fits(row, whole, case, day.first) is UNKNOWN:
                missing += lacking_of(row, demand, case, day.first)
    return Reason(question.kind, params, used, unique(missing))


def combined(one: Combined, why: ReasonOf) -> Reason:
    """Different subjects from few sittings: how many there are, and which of those asked for are not among them."""
    found, truth, question = one.found, one.truth, one.found.question
    bound = next(iter(question.bounds), None)
    low, high, _ = (max(1, len(question.among)),) * 2 + ((),) if bound is None else limits(bound, found.case)
    params: dict[str, Any] = {
        "measure": "subjects", "have": one.have if truth is not FALSE else one.might, "might": one.might,
        "operator": "at_least" if bound is None else bound.operator, "need": low, "need_most": high,
    }  # fmt: skip
    wanted = [part.wanted for demand in one.lacking for part in demand if isinstance(part, Terms) and part.attribute == "subject"]
    if wanted and truth is FALSE:
        params["lacking"] = tuple(wanted)
    if question.sittings is not None:
        params["sittings"] = question.sittings
    used = used_of(question, one.rows) or [Used(found.path, None if found.rows else "empty")]
    if truth is not UNKNOWN:
        beyond = 1 if params["operator"] == "more_than" else 0
        gap = None if truth is TRUE else Gap(max(len(one.lacking), ceil(low - one.might) + beyond, 1), "times")
        return Reason(question.kind, params, used, gap=gap)
    return Reason(question.kind, params, used, sittings.lacking(found))


def parted(one: Parted, why: ReasonOf) -> Reason:
    """One unbroken run and its parts: how long they are, and the first of them that is not enough."""
    found, question, case = one.found, one.found.question, one.found.case
    amounts = [Measured(amount, amount, exactly, ()) for amount in (one.run.whole, *one.run.parts)]
    told = [found._replace(limits=list(compared), measured=amount) for compared, amount in zip(one.asked, amounts, strict=True)]
    params = _params(told[0], one.asked[0][0]) | {
        "parts": [
            {"attributes": [part_filter.attribute for part_filter in part.filters], "have": amount.low,
             "bounds": [(bound.operator, limit) for bound, limit, _ in compared]}
            for part, amount, compared in zip(question.of_which, amounts[1:], one.asked[1:], strict=True)
        ],
    }  # fmt: skip
    broken = next((each for each in told if each.deciding is not None and _gap(each, each.amount) is not None), told[0])
    if one.truth is UNKNOWN:
        params |= {"may_match": [row.path for row, _, _ in found.selection.maybe], "said": _said(found.rows, one.lacking)}
        if not one.lacking:  # it depends on how months are counted: of that which is not surely enough
            months, days = by_count(broken.amount.low)
            bound, low, high = broken.deciding or one.asked[0][0]
            params |= {"by_calendar": months, "in_days": days, "operator": bound.operator, "need": low, "need_most": high}
    used = used_of(question, found.selection.both if one.truth is UNKNOWN else found.selection.sure)
    used = used or [Used(found.path, None if found.rows else "empty")]
    last = last_day(question, found.day.first)
    future = last if one.truth is TRUE and last > case.today and not met_on(found, case.today) else None
    return Reason(question.kind, params, used, one.lacking, None if one.truth is TRUE else _gap(broken, broken.amount), future=future)
