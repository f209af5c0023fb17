"""The record question: records of a source · that match · in a window · measured · against a bound · on a day.

Nearly every kind of criterion is this question with its own source, filters and words. It is answered here, once:
first the facts (which records surely and possibly match, how much they add up to, at least and at most), then the decision.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from eligibility.answer import RecordCode, ResidenceCode
from eligibility.counting import compare_time
from eligibility.dates import FOREVER, LONG_AGO, Days, Length, one_day
from eligibility.deciding.absences import lost_years
from eligibility.deciding.amounts import ENDLESS, also_counted, measured
from eligibility.deciding.bounds import compare, limits, turns_of
from eligibility.deciding.case import Case, month_turns, shifted
from eligibility.deciding.evidence import Matched, OfEach
from eligibility.deciding.filters import changes, first_date, holds, lacks, vague_dates
from eligibility.deciding.filters_marks import validity_turns
from eligibility.deciding.found import Found, Limit, missing_of, nearest, used_of
from eligibility.deciding.matching import fits, match
from eligibility.deciding.measured import Measured
from eligibility.deciding.parts_of_runs import in_one_run
from eligibility.deciding.relatives import of_one_relative, several
from eligibility.deciding.result import FUTURE, MISSING, READINGS, Reason, Result, answered, unique
from eligibility.deciding.selection import Selection, doubts_of, last_day, listed, relatives, select, stays_away
from eligibility.deciding.sittings import combined
from eligibility.facts import Row
from eligibility.question.filters import Scores
from eligibility.question.grammar import Records
from eligibility.question.walk import extensions, inner
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Cause, Truth, truth_of

_NO_LIMITS: list[Limit] = []
ANY = Days(LONG_AGO, FOREVER)


def records(question: Records, case: Case, day: Days | None) -> Result:
    if day is None:
        day = one_day(case.today)
    rows, complete, path = case.facts.listed(question.source) if not question.whose else listed(question, case, day.first)
    if rows is None:
        return without_list(question, path, case, day)
    if question.of_both and case.relative is None:
        return _of_both_parents(question, case, day)
    if question.whose and (people := several(question, case)):
        return of_one_relative(question, case, [records(question, case.with_relative(one), day) for one in people])
    if question.different:
        return _decide_different(question, rows, complete, path, case, day)
    selection = _taken(question, rows, complete, case, day) if question.take else select(question, rows, case, day, complete)
    return answer(question, rows, complete, path, selection, case, day)


def _of_both_parents(question: Records, case: Case, day: Days) -> Result:
    """What is true of each of two parents. Of one who is not listed nothing is known; of more than two, nobody knows which are meant."""
    asked = [(one, records(question, case.with_relative(one.path("")), day)) for one in relatives(question, case, day.first)]
    results = [result for one, result in asked if one.surely_related(day.first, question.whose)]
    failing = [one for one in results if one.truth is FALSE]
    if failing and (len(results) < 3 or len(results) - len(failing) < 2):
        return failing[0]
    if len(results) == 2 or (len(results) > 2 and not failing):
        open_ones = [one for one in results if one.truth is not TRUE]
        return (open_ones or results)[0].but(OfEach(open_ones or results))
    unclear = [one.path("relation") for one, result in asked if failing or result not in results]
    missing = [path for result in results for path in case.by.missing(result)]
    known = {"parents": len(results), "list": question.source}
    why = Reason(question.kind, known, missing=unique((*missing, *unclear, *([] if failing else [case.facts.path("relatives")]))))
    return answered(UNKNOWN, "not_two_parents", why, MISSING, day)


def answer(question: Records, rows: Sequence[Row], complete: bool, path: str, selection: Selection, case: Case, day: Days) -> Result:
    """What it comes to, once it is known which of the records match."""
    if question.combines and (selection.both or not complete):
        return combined(Found(question, case, day, rows, complete, path, selection, None, _NO_LIMITS))
    if question.of_which:
        return in_one_run(Found(question, case, day, rows, complete, path, selection, None, _NO_LIMITS))
    if question.bounds:
        amount = measured(question, selection, rows, case, day.first)
        truth, compared = _compare(question, amount, complete, case)
    else:  # one record is enough
        amount, compared = None, _NO_LIMITS
        truth = TRUE if selection[0] else UNKNOWN if selection[1] or not complete else FALSE
    if question.absence_rule is not None and truth.possibly:
        truth, result = absences(question, truth, case, day, selection)
        if result is not None:
            return result
    found = Found(question, case, day, rows, complete, path, selection, amount, compared)
    if truth is TRUE:
        return answered(truth, question.passes, found, day=day)
    if truth is FALSE:
        return failed(found)
    return left_open(found)


def amount_on(question: Records, case: Case, day: Days) -> Measured | None:
    """How much time, or how many hours, there are on a day, at least and at most; None where neither is asked for."""
    if not question.bounds or question.measure not in ("time", "hours"):
        return None
    rows, complete, _ = listed(question, case, day.first)
    return None if rows is None else measured(question, select(question, rows, case, day, complete), rows, case, day.first)


def without_list(question: Records, path: str, case: Case, day: Days) -> Result:
    """The profile says nothing of the records themselves; what is credited besides them may decide all the same."""
    if question.also and question.bounds:
        selection = Selection([], [], [])
        amount = measured(question, selection, (), case, day.first)
        truth, compared = _compare(question, amount, False, case)
        if truth is FALSE or (truth is TRUE and question.absence_rule is None and not question.of_which):
            credited = [row for _, picked, _ in also_counted(question, case, day.first)[0] for row in picked.sure]
            found = Found(question, case, day, (), False, path, Selection(credited, [], []), amount, compared)
            if truth is TRUE:
                return answered(truth, question.passes, found, day=day)
            return answered(FALSE, "too_much", found, day=day)
    told = {**({"whose": question.whose} if question.whose else {}), **({"over": True} if question.asks_of_end else {})}
    return answered(UNKNOWN, "not_said", Reason(question.kind, told, missing=(path,)), MISSING)


def _taken(question: Records, rows: Sequence[Row], complete: bool, case: Case, day: Days) -> Selection:
    """`take`: of the records that match, the first, the latest or the highest one has to have its date in the window."""
    dated = question.dated
    if not dated:
        return select(question, rows, case, day)
    picked = select(question, rows, case, day, sieve=question.undated)

    def rank(row: Row) -> Days:
        if question.take == "highest":
            return Days(*row.values.get("level", (0, 8)))
        date = first_date(row, dated[0].attributes) or ANY
        return date if question.take == "latest" else Days(-date.last, -date.first)

    every = [(row, (), False) for row in picked.sure] + picked.maybe
    foremost = [one for one in every if not any(rank(row).first > rank(one[0]).last for row in picked.sure)]
    truths = []
    for row, _, _ in foremost:
        truth = TRUE
        for window in dated:
            truth = truth & holds(window, row, case, day.first)
        truths.append(truth)
    leading = [
        any(row is sure for sure in picked.sure) and all(rank(row).first >= rank(other).last for other, _, _ in every)
        for row, _, _ in foremost
    ]  # whoever judges may say of one that may match that it does not
    if complete and picked.sure and all(truth.surely for truth in truths):
        sure = [row for (row, _, _), first in zip(foremost, leading, strict=True) if first]
        sure = sure or [next(row for row, _, _ in foremost if any(row is one for one in picked.sure))]  # whichever it is, it is one
        ranks = tuple(row.key("level") for row, _, _ in foremost if not rank(row).exact) if question.take == "highest" else ()
        told = ranks or tuple(path for row, _, _ in foremost for path in vague_dates(row, dated[0].attributes))
        others = [one for one in foremost if not any(one[0] is row for row in sure)]
        return Selection(sure, [(row, lacking or told, waits) for row, lacking, waits in others], picked.rejected)
    if not any(truth.possibly for truth in truths) or (
        complete and any(first and truth is FALSE for first, truth in zip(leading, truths, strict=True))
    ):  # all of them fall out, or one that surely is among the foremost
        return Selection([], [], [*picked.rejected, *((row, dated[0]) for row, _, _ in foremost)])
    vague = tuple(path for row, _, _ in foremost for window in dated for path in lacks(window, row, case, day.first))
    return Selection([], [(row, (*lacking, *vague), waits) for row, lacking, waits in foremost], picked.rejected)


def _compare(question: Records, amount: Measured, complete: bool, case: Case) -> tuple[Truth, list[Limit]]:
    """The decision: the amounts against every bound."""
    compared = question.fixed or [(bound, *limits(bound, case)[:2]) for bound in question.bounds]
    timed = question.measure == "time"  # all bounds of a question have one measure
    low, high, _, _ = amount
    if not complete:
        high = ENDLESS if timed else FOREVER
    truth = TRUE
    for bound, least, most in compared:
        if timed:
            truth &= compare_time(bound[0], low, high, least, most, question.counted)
        else:
            truth &= compare(bound[0], low, high, least, most)
    return truth, compared


def left_open(found: Found) -> Result:
    """Unknown: for want of a fact, because something is still to come, or because a person has to tell."""
    question, case, day, complete, selection = found.question, found.case, found.day, found.complete, found.selection
    if question.measure == "time" and _by_counting(found):
        return answered(UNKNOWN, "counts", found, READINGS, day)
    if selection.maybe and all(row.again for row, _, _ in selection.maybe) and complete:
        return answered(UNKNOWN, "twice", found, MISSING, day)
    doubts = doubts_of(selection)
    code: RecordCode | ResidenceCode = "may_match" if selection.maybe else "between" if complete else found.unlisted
    if code == "between" and found.amount.low == found.amount.high:  # nothing is open but the limit itself
        code = "limit_open"
    if code == "between" and question.counts_absences and case.facts.path("absences") in missing_of(found):
        code = "days_away_not_said"
    causes = MISSING
    if doubts:
        causes |= doubts
        if not missing_of(found):
            code, causes = "not_yet" if Cause.FUTURE in doubts else "to_judge", doubts
    elif code == "between" and _waits(question, case) and not missing_of(found):
        code, causes = "not_yet", FUTURE
    return answered(UNKNOWN, code, found, causes, day)


def _waits(question: Records, case: Case) -> bool:
    """Whether its window hangs on something that is still to come, where nothing is missing: a degree that is announced."""
    if question.during is None:
        return False
    narrow, wide, _ = case.spans(question.during)
    return narrow != wide


def _by_counting(found: Found) -> bool:
    """Whether no fact would settle it: what there is at least, and at most, depends on how months are counted."""
    if not found.complete or found.measured is None:
        return False
    if not missing_of(found) and not found.selection.maybe:
        return not _waits(found.question, found.case)
    for amount in {id(one): one for one in (found.amount.low, found.amount.high)}.values():
        truth = TRUE
        for bound, least, most in found.limits:
            truth &= compare_time(bound.operator, amount, amount, least, most, found.question.counted)
            if least != most:
                return False
        if truth is not UNKNOWN:
            return False
    return True


def failed(found: Found) -> Result:
    """False: no record, none that matches, or too few or too many of them."""
    question, case, day, rows, selection = found.question, found.case, found.day, found.rows, found.selection
    if not rows:
        return answered(FALSE, "none", found, day=day)
    if not (selection.sure or selection.maybe):
        by_day = question.place is not None and (
            selection.rejected[0][1] == "day"
            or (any(out == "day" for _, out in selection.rejected) and nearest(question, selection, case, day)[1] == ["day"])
        )
        return answered(FALSE, "not_on_day" if by_day else "no_match", found, day=day)
    too_much = question.maxima
    if question.mixed and (deciding := found.deciding) is not None:
        too_much = deciding[0].operator in ("at_most", "less_than")
    return answered(FALSE, "too_much" if too_much else "short", found, day=day)


# ------------------------------------------------------------------------------- special countings


def _decide_different(question: Records, rows: Sequence[Row], complete: bool, path: str, case: Case, day: Days) -> Result:
    """Different things (languages) for different demands: a matching, sure with sure edges, possible with possible ones."""
    identity = question.kind_info.identity or ""
    called = [str(row.values.get(identity, row.path)) for row in rows]
    names = list(dict.fromkeys(called))
    edges: list[list[Truth]] = []
    for demand in question.demands:
        truths = [fits(row, demand, case, day.first) for row in rows]
        if len(names) < len(rows):  # several records of one thing: one of them is enough
            found = dict.fromkeys(names, FALSE)
            for name, truth in zip(called, truths, strict=True):
                found[name] = found[name] | truth
            truths = list(found.values())
        edges.append(truths)
    sure = match([[index for index, truth in enumerate(truths) if truth is TRUE] for truths in edges])
    possible = sure
    if any(UNKNOWN in truths for truths in edges):
        possible = match([[index for index, truth in enumerate(truths) if truth is not FALSE] for truths in edges])
    truth = truth_of(len(sure) == len(edges), len(possible) == len(edges) or not complete)
    why = Matched(question, truth, names, sure, possible, rows, complete, path, case, day)
    if truth is UNKNOWN:
        return answered(truth, "may_match", why, MISSING, day)
    return answered(truth, "enough" if truth is TRUE else "short", why, day=day)


def absences(question: Records, truth: Truth, case: Case, day: Days, selection: Selection) -> tuple[Truth, Result | None]:
    """Québec health insurance (Regulation A-29, r. 1, s. 6): away 183 days or more in a calendar year, stays of 21 days
    or less apart, and the year is lost; departure and return days are not days away."""
    length = next((bound.quantity.amount for bound in question.bounds if bound.quantity is not None), Length(0))
    last = last_day(question, day.first)
    stays, unsaid = stays_away(question, case, day.first)
    if unsaid:
        why = Reason(question.kind, {}, used_of(question, selection.sure), unsaid)
        return truth, answered(truth & UNKNOWN, "absences_not_said", why, MISSING, day)
    surely_lost, possibly_lost, rows = lost_years(stays, length.before(last + 1), last)
    clean = truth_of(not possibly_lost, not surely_lost)
    if clean is TRUE:
        return truth, None
    if clean is FALSE:
        why = Reason(question.kind, {"years": surely_lost}, used_of(question, rows))
        return FALSE, answered(FALSE, "absent_too_long", why, day=day)
    why = Reason(question.kind, {"years": possibly_lost}, used_of(question, rows), [path for row in rows for path in row.vague_dates()])
    return truth & clean, answered(truth & clean, "perhaps_absent_too_long", why, MISSING, day)


def stays(question: Records, case: Case, known: Days) -> bool:
    return question.steady and still(question, case, known)


def grows(question: Records, case: Case, known: Days) -> bool:
    return question.growing and (not question.is_state or still(question, case, known))


def still(question: Records, case: Case, known: Days) -> bool:
    """Whether no record begins or ends, and no filter changes, from the eve of an interval to its morrow."""
    turns = case.facts.turns(question.source) if not (question.whose or question.changing) else sorted(_turns(question, case))
    at = bisect_left(turns, known.first - 1)
    return at == len(turns) or turns[at] > known.last + 1


def days_of_records(question: Records, case: Case) -> list[int]:
    inside = [day for one in inner(question) for day in case.by.critical_days(one, case)]
    months, lengths = distances(question, case)
    days = [*_turns(question, case), *inside, *turns_of(extensions(question), case), *months]
    return shifted(days, lengths) if lengths else days


def distances(question: Records, case: Case) -> tuple[list[int], list[tuple[int, int]]]:
    """The lengths, in months and days, of its windows and bounds: so far from a day on which something changes another may. And,
    where a window moves with a day that is not exactly known, the days on which months differ."""
    months: list[int] = []
    lengths = [] if question.during is None else question.during.lengths()
    if question.measure == "time" and lengths:  # a month that a window moves over may be shorter than the next
        months = [day for name in question.names if name in case.vague for day in month_turns(case.dates[name], case.today)]
    for bound in question.bounds:
        if bound.measure == "time":
            lengths += dict.fromkeys(tuple(limit) for limit in limits(bound, case)[:2])
    lengths += [tuple(bound.fixed) for bound in question.each]
    lengths += [tuple(limit) for part in question.of_which for bound in part.bounds for limit in limits(bound, case)[:2]]
    for window in question.dated:
        lengths += window.window.lengths()
    return months, lengths


def _turns(question: Records, case: Case) -> list[int]:
    """The days on which a record, or what a filter says of one, changes."""
    if question.whose:
        days = [day for facts in relatives(question, case) for day in (*facts.turns(question.source), *facts.turns_of_relation)]
    else:
        days = case.facts.turns(question.source)
    if question.absence_rule is not None:
        days = days + case.facts.turns("absences")
    if question.counts_absences:
        days = [*days, *_away_days(question, case)]
    for one in question.changing:
        days = [*days, *changes(one, case)]
        if isinstance(one, Scores):
            people = relatives(question, case) if question.whose else (case.facts,)
            days = [*days, *(day for facts in people for row in facts.rows(question.source) or () for day in validity_turns(row, case))]
    return days


def _away_days(question: Records, case: Case) -> Iterator[int]:
    """The days on which a stay away begins, ends, or grows until it is too long to be forgiven."""
    assert question.gaps is not None
    each, together = question.gaps
    longest = min([together, *(limits(bound, case)[1].most_days for bound in each)])
    for facts in relatives(question, case) if question.whose else (case.facts,):
        for row in facts.rows("absences") or ():
            begins, ends = row.start, row.end
            if begins.first > LONG_AGO and begins.last < FOREVER:
                yield from range(begins.first, min(ends.last, begins.last + longest) + 2)
            yield from (day for day in (*begins, *ends) if LONG_AGO < day < FOREVER)
