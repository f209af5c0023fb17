"""Moments and windows: the days that they are for one candidate, as far as these are known."""

from __future__ import annotations

from typing import Any

from eligibility.dates import FOREVER, LONG_AGO, Days
from eligibility.deciding.bounds import extension
from eligibility.deciding.case import Case, Spans
from eligibility.question.grammar import Edge, Moment, Window
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Truth


def resolve(moment: Moment, case: Case) -> tuple[Days | None, tuple[str, ...]]:
    """The day, and what is missing to know it. None where no record gives it, or where nobody has said it yet."""
    if moment.literal is not None:
        return moment.moved(moment.literal), ()
    if moment.record is not None:
        found, missing, _ = case.by.date_of(moment.record, case)
        return (None if found is None else moment.moved(found)), missing
    assert moment.name is not None
    known = case.date(moment.name)
    if known is None:
        return None, (case.asked.get(moment.name, f"dates.{moment.name}"),)
    return moment.moved(known), (case.asked[moment.name],) if moment.name in case.by_choice else ()


def day_of_edge(edge: Edge, case: Case) -> tuple[Days | None, bool, tuple[str, ...]]:
    """The day of the edge, whether there may be none at all, and what is missing to know."""
    moment = edge.moment
    may_lack = False
    if moment.record is not None:
        found, missing, may_lack = case.by.date_of(moment.record, case)
        if found is None:
            return None, True, missing
        found = moment.moved(found)
    else:
        found, missing = resolve(moment, case)
        if found is None:  # a named day that nobody has told yet: any day
            return Days(LONG_AGO, FOREVER), False, missing
    if edge.length is not None:
        move = edge.length.before if edge.before else edge.length.after
        found = Days(_moved(found.first, move), _moved(found.last, move))
    return found, may_lack, missing


def _moved(day: int, move: Any) -> int:
    return day if day in (LONG_AGO, FOREVER) else int(move(day))


def common(these: Spans, those: Spans) -> Spans:
    """The days that lie in stretches of both."""
    return [(max(a, c), min(b, d)) for a, b in these for c, d in those if max(a, c) <= min(b, d)]


def spans(window: Window, case: Case) -> tuple[Spans, Spans, tuple[str, ...]]:
    """The days surely inside, the days possibly inside, and what is missing to know better."""
    if window.records is None:
        narrow, wide, missing = _between(window, case)
    else:
        narrow, wide, missing = case.by.lasting(window.records, case)
        if window.lower or window.upper:
            inside, around, more = _between(window, case)
            narrow, wide, missing = common(narrow, inside), common(wide, around), (*missing, *more)
    if window.outside is not None:
        surely, possibly, more = case.by.lasting(window.outside, case)
        narrow, wide, missing = common(narrow, _others(possibly)), common(wide, _others(surely)), (*missing, *more)
    return narrow, wide, missing


def _others(days: Spans) -> Spans:
    """All other days."""
    found, begin = [], LONG_AGO
    for first, last in sorted(days):
        if first > begin:
            found.append((begin, first - 1))
        begin = max(begin, last + 1)
    return [*found, (begin, FOREVER)] if begin <= FOREVER else found


def _between(window: Window, case: Case) -> tuple[Spans, Spans, tuple[str, ...]]:
    """The days between its edges."""
    narrow, wide = [LONG_AGO, FOREVER], [LONG_AGO, FOREVER]
    missing: tuple[str, ...] = ()
    surely, possibly = True, True
    for edge, opens in (*((edge, True) for edge in window.lower), *((edge, False) for edge in window.upper)):
        day, may_lack, lacking = day_of_edge(edge, case)
        missing += lacking
        if day is None:
            surely = possibly = False
            continue
        surely = surely and not may_lack
        step = 0 if edge.included else 1
        if opens:
            narrow[0], wide[0] = max(narrow[0], day.last + step), max(wide[0], day.first + step)
        else:
            narrow[1], wide[1] = min(narrow[1], day.first - step), min(wide[1], day.last - step)
    if window.extended and possibly:
        low, high, lacking = extension(window.extended, case)
        missing += lacking
        if window.moves == "from":
            narrow[0], wide[0] = max(low.before(narrow[0]), high.before(narrow[0])), min(low.before(wide[0]), high.before(wide[0]))
        else:
            narrow[1], wide[1] = min(low.after(narrow[1]), high.after(narrow[1])), max(low.after(wide[1]), high.after(wide[1]))
    inside = [(narrow[0], narrow[1])] if surely and narrow[0] <= narrow[1] else []
    around = [(wide[0], wide[1])] if possibly and wide[0] <= wide[1] else []
    return inside, around, missing


def contains(window: Window, date: Days, case: Case) -> tuple[Truth, tuple[str, ...]]:
    """Whether a date, as far as it is known, lies in the window."""
    inside, around, missing = case.spans(window)
    if any(first <= date.first and date.last <= last for first, last in inside):
        return TRUE, ()
    if any(first <= date.last and date.first <= last for first, last in around):
        return UNKNOWN, missing
    return FALSE, ()
