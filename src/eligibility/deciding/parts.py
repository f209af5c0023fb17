"""A record question as a part of others: the date, the days, the number and the share that windows, bounds and sums ask for."""

from __future__ import annotations

from eligibility.answer import Used
from eligibility.counting import compare_time, length_of, share_of
from eligibility.dates import FOREVER, LONG_AGO, Cover, Days, Length, joined, one_day
from eligibility.deciding.amounts import credits_of, durations, hours_of, number_of
from eligibility.deciding.case import Case, Spans
from eligibility.deciding.filters import first_date, holds, lacks, vague_dates
from eligibility.deciding.result import MISSING, READINGS, Reason, Result, answered
from eligibility.deciding.selection import Selection, doubts_of, listed, select, several_people
from eligibility.deciding.stretches import same_value, stretches_where
from eligibility.deciding.windows import common
from eligibility.facts import Row
from eligibility.question.grammar import Records
from eligibility.verdict import TRUE, UNKNOWN

ANY_LENGTH = Length(0, 36_500)
"""As long as anything may last."""
MOST_RECORDS = 20
"""As many records as a list that is not complete may hold."""


def selected(question: Records, case: Case) -> tuple[Selection, bool, str, tuple[str, ...]]:
    """Its records, whether the list is complete and where it stands, and what is missing to know which of them match."""
    missing = case.by.resolve(question.as_of, case)[1] if question.as_of is not None else ()
    day = day_of_records(question, case)
    rows, complete, path = listed(question, case, day.last)
    if rows is None:
        return Selection([], [], []), False, path, (*missing, path)
    selection = select(question, rows, case, day)
    missing += tuple(lack for _, lacking, _ in selection.maybe for lack in lacking)
    return selection, complete, path, missing if complete else (*missing, path)


def day_of_records(question: Records, case: Case) -> Days:
    """The day on which its records are asked for."""
    resolved = case.by.resolve(question.as_of, case)[0] if question.as_of is not None else None
    return one_day(resolved.last) if resolved is not None else one_day(case.today)


def date_of(question: Records, case: Case) -> tuple[Days | None, tuple[str, ...], bool]:
    """The record's own date (first, latest or of the highest level); None where there surely is no such record.

    Also what is missing to know it, and whether there may be no record at all.
    """
    selection, complete, _, missing = selected(question, case)
    attributes = question.any_date_of or (question.about.event or "start",)
    limit = day_of_records(question, case).last
    sure = [_begun_by(limit, first_date(row, attributes)) for row in selection.sure]
    maybe = [_begun_by(limit, first_date(row, attributes)) for row, _, _ in selection.maybe]
    if question.take == "highest" and (sure or maybe):
        return _date_of_highest(question, selection, complete, missing, attributes, limit)
    if not sure and not maybe:
        return (None, missing, True) if complete else (Days(LONG_AGO, FOREVER), missing, True)
    every = [*sure, *maybe]
    open_end = () if complete else (Days(LONG_AGO, limit),)  # a record that is not listed, on any day until then
    every += open_end
    certain = sure or every  # without a sure record, any of the others may be the only one
    if question.take == "first":
        first, last = min(date.first for date in every), (min if sure else max)(date.last for date in certain)
    else:
        first, last = (max if sure else min)(date.first for date in certain), max(date.last for date in every)
    vague = tuple(path for row in selection.sure for path in vague_dates(row, attributes))
    return Days(first, last), (*missing, *vague), not sure


def _date_of_highest(
    question: Records, selection: Selection, complete: bool, missing: tuple[str, ...], attributes: tuple[str, ...], limit: int
) -> tuple[Days | None, tuple[str, ...], bool]:
    """The date of the record of the highest level; of several of that level, the latest."""
    top = max((_level(row).first for row in selection.sure), default=0)
    foremost = [row for row in selection.both if _level(row).last >= top]
    surely = [row for row in foremost if row in selection.sure]
    dates = [_begun_by(limit, first_date(row, attributes)) for row in foremost]
    vague = tuple(path for row in foremost for path in vague_dates(row, attributes))
    if not complete:
        return Days(LONG_AGO, FOREVER), (*missing, *vague), not selection.sure
    first = min(date.first for date in dates)
    if len(surely) == len(foremost) and all(_level(row) == (top, top) for row in foremost):
        first = max(date.first for date in dates)
    unclear = tuple(row.key("level") for row in foremost if not _level(row).exact) if len(foremost) > 1 else ()
    return Days(first, max(date.last for date in dates)), (*missing, *vague, *unclear), not selection.sure


def lasting(question: Records, case: Case) -> tuple[Spans, Spans, tuple[str, ...]]:
    """The days on which matching records surely and possibly last. Filters whose answer changes with time hold on each of these days; all
    else is asked on the day of what they serve."""
    on = day_of_records(question, case).last
    rows, complete, path = listed(question, case, on)
    if rows is None:
        rows, complete = (), False
    narrow: Spans = []
    wide: Spans = []
    missing: tuple[str, ...] = () if complete else (path,)
    dynamic = question.dynamic
    for row in rows:
        truth = TRUE
        for one, _ in question.sieve.tests:
            if not one.dynamic:
                truth = truth & holds(one, row, case, on)
                missing += () if truth.surely else lacks(one, row, case, on)
        for excluded in question.other_than:
            inside = TRUE
            for one in excluded:
                inside = inside & holds(one, row, case, on)
            truth = truth & ~inside
        if case.same is not None and truth.possibly:
            shared, where = same_value(row, case)
            truth, missing = truth & shared, (*missing, *(() if shared is not UNKNOWN else where))
        if truth.possibly:
            wide += stretches_where(row.hull, dynamic, row, case, False)
            missing += row.vague_dates()
        if truth.surely:
            narrow += stretches_where(row.core, dynamic, row, case, True)
    narrow, wide = joined(narrow), joined(wide) if complete else [(LONG_AGO, FOREVER)]
    if question.during is not None:
        surely, possibly, more = case.spans(question.during)
        narrow, wide, missing = common(narrow, surely), common(wide, possibly), (*missing, *more)
    return narrow, wide, missing


def number(question: Records, case: Case) -> tuple[int, int, tuple[str, ...]]:
    """How many records match, at least and at most."""
    selection, complete, _, missing = selected(question, case)
    low = len(selection.sure)
    return low, low + len(selection.maybe) if complete else max(low, MOST_RECORDS), missing


def total_length(question: Records, case: Case) -> tuple[Length, Length, tuple[str, ...]]:
    """How long the records last, at least and at most: of relatives, those of whoever has most."""
    if question.whose and (people := several_people(question, case)):
        found = [total_length(question, case.with_relative(one)) for one in people]
        low = max((one[0] for one in found), key=lambda length: length.most_days)
        high = max((one[1] for one in found), key=lambda length: length.most_days)
        return low, high, tuple(path for one in found for path in one[2])
    selection, complete, _, missing = selected(question, case)
    low, high, lacking = length_among(question, selection, complete, case)
    return low, high, (*missing, *lacking)


def length_among(question: Records, selection: Selection, complete: bool, case: Case) -> tuple[Length, Length, tuple[str, ...]]:
    """How long some of its records last, at least and at most, and what is missing of them to know better; where they are not `complete`,
    there may be others, of any length."""
    day = case.by.resolve(question.as_of, case)[0] if question.as_of is not None else None
    amount = durations(question, selection, case, case.today if day is None else day.last)
    low, high = length_of(amount.low, amount.high, question.counted)
    return low, high if complete and high.most_days < ANY_LENGTH.days else ANY_LENGTH, amount.missing


def share(question: Records, case: Case, day: Days, elsewhere: frozenset[str] = frozenset()) -> tuple[float, float, Result]:
    """For `together`: the part of the whole, at least and at most (never more than all of it); of relatives, that of whoever has most.
    Records that count `elsewhere` are left out."""
    if question.whose and (people := several_people(question, case)):
        found = [share(question, case.with_relative(one), day, elsewhere) for one in people]
        least = max(one[0] for one in found)
        most = max(found, key=lambda one: one[1])
        return least, most[1], most[2]
    rows, complete, path = listed(question, case, day.last)
    if rows is None:
        return 0.0, 1.0, answered(UNKNOWN, "not_said", Reason(question.kind, missing=(path,)), MISSING)
    selection = select(question, [row for row in rows if row.path not in elsewhere] if elsewhere else rows, case, day)
    wanted = question.whole
    assert wanted is not None  # each part of `together` has one
    if wanted.measure == "time":
        amount = durations(question, selection, case, day.first)
        low, high = _time_share(question, wanted.amount, amount.low, amount.high)
    else:
        if wanted.measure == "hours":
            amount = hours_of(question, selection, case, day.first)
        else:
            amount = credits_of(selection) if wanted.measure == "credits" else number_of(question, selection, case)
        whole, beyond = wanted.amount, (question.beyond.amount if question.beyond else 0)
        low, high = max(0, amount.low - beyond) / whole, max(0, amount.high - beyond) / whole
    missing = (*(p for _, lacking, _ in selection.maybe for p in lacking), *amount.missing, *(() if complete else (path,)))
    settled = complete and min(1.0, low) == min(1.0, high)
    causes = (MISSING if missing else frozenset()) | doubts_of(selection)
    if wanted.measure == "time" and amount.low == amount.high and low != high:
        causes |= READINGS
    params = {"low": min(1.0, low), "high": min(1.0, high)}
    why = Reason(question.kind, params, [Used(row.path, None) for row in amount.rows], () if settled else missing)
    part = answered(UNKNOWN, "share", why, None if settled else causes or MISSING, day)
    return min(1.0, low), min(1.0, high) if complete else 1.0, part


def that_count(question: Records, case: Case, day: Days) -> list[str]:
    """The records that count for a part, or may."""
    rows, _, _ = listed(question, case, day.last)
    return [] if rows is None else [row.path for row in select(question, rows, case, day).both]


def _time_share(question: Records, whole: Length, least: Cover, most: Cover) -> tuple[float, float]:
    """The part of the whole that a time is, at least and at most."""
    beyond = question.beyond.amount if question.beyond else Length(0)
    low = max(share_of(one, whole, question.counted, beyond)[0] for one in (least, *least.others))
    high = max(share_of(one, whole, question.counted, beyond)[1] for one in (most, *most.others))
    if question.beyond is None:  # whatever the count says, it is whole where the same time would be enough alone
        enough = compare_time("at_least", least, most, whole, whole, question.counted)
        low, high = (max(low, 1.0) if enough.surely else low), (max(high, 1.0) if enough.possibly else high)
    return min(low, high), high


def _begun_by(day: int, date: Days | None) -> Days:
    """The date of a record that counts on a day: it is none after it."""
    date = date or Days(LONG_AGO, FOREVER)
    return Days(date.first, day) if date.first <= day < date.last else date


def _level(row: Row) -> Days:
    """The lowest and the highest level that a degree may have."""
    return Days(*row.values.get("level", (0, 8)))
