"""Filters about places: where a record is, and where a degree is recognised. Groups of countries change with time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eligibility.dates import FOREVER, LONG_AGO, Days, breakpoints
from eligibility.deciding.case import Case
from eligibility.deciding.session import MOST
from eligibility.deciding.values import as_words, lacking_unless, unchosen, wanted_of
from eligibility.facts import Row
from eligibility.question.filters import Places, Recognised
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Truth, agreed, truth_of


def place(one: Places, row: Row, case: Case, day: int) -> Truth:
    value = row.values.get(one.attribute)
    if value is not None:
        return accepts(one, value, case, day)
    named = one.chosen is not None or one.wanted or any(first <= day <= last for _, first, last in one.listed)
    return UNKNOWN if named else truth_of(one.excluded, one.excluded)  # no place at all is asked for on that day


def accepts(one: Places, value: Any, case: Case, day: int) -> Truth:
    """The answer for a value, remembered with its day where it may change."""
    key = (value, day) if one.dynamic else value
    truths = case.seen[one].truths
    known = truths.get(key)
    if known is None:
        known = _among(one, value, case, day)
        if one.constant and len(truths) < MOST:
            truths[key] = known
    return known


def _among(one: Places, value: Any, case: Case, day: int) -> Truth:
    wanted = wanted_of(one, case)
    if wanted is None:
        return UNKNOWN
    asked = [*wanted, *(listed for listed, first, last in one.listed if first <= day <= last)]
    truth = FALSE
    for said in as_words(value):
        for wished in asked:
            surely, possibly, _ = case.reference.place_within(said, wished, day)
            truth = truth | truth_of(surely, possibly)
    return ~truth if one.excluded else truth


def doubts(one: Places, value: str, case: Case) -> Iterator[tuple[str, str]]:
    """The places asked for that a place only may lie in, each with why."""
    for wanted in (*one.wanted, *(listed for listed, _, _ in one.listed)):
        if doubt := case.reference.place_within(value, wanted, case.today).doubt:
            yield wanted, doubt


def place_lacking(one: Places, row: Row, case: Case, day: int) -> tuple[str, ...]:
    def settled(value: Any) -> bool:
        found = {case.reference.place_within(said, wanted, day).doubt for said in as_words(value) for wanted in one.wanted}
        return not (found & {"unknown_id", "vague"} or not found - {None})

    return lacking_unless(settled, one, row, case, day)


def changes(one: Places, case: Case) -> tuple[int, ...]:
    """The days on which a group gains or loses a member, or a list of the notice a place."""
    seen = case.seen[one]
    if seen.turns is None:
        days = [day for group in one.changing for day in case.reference.membership_changes(group)]
        for _, first, last in one.listed:
            days += [day for day in (first, last + 1) if LONG_AGO < day < FOREVER]
        seen.turns = tuple(days)
    return seen.turns


def recognised(one: Recognised, row: Row, case: Case, day: int) -> Truth:
    values = row.values
    where, awarded, stated = values.get("place"), values.get("awarded"), values.get("recognised_in")
    there = UNKNOWN
    if where is not None:
        if awarded is not None and awarded[0] == awarded[1]:
            there = accepts(one, where, case, awarded[0])
        else:
            there = agreed(_there(one, where, awarded, case))
    if stated is None:  # not recognised where it was awarded: perhaps elsewhere, and nobody has said so
        return there if there is TRUE else UNKNOWN
    return accepts(one, stated, case, day) | there


def _there(one: Recognised, where: str, awarded: Days | None, case: Case) -> list[Truth]:
    """The answers for the place on each day on which the degree may have been awarded: any, where the profile does not say."""
    awarded = awarded or Days(1, FOREVER)
    days = (awarded.first,) if awarded.exact else breakpoints(changes(one, case), awarded.first, awarded.last)
    return [accepts(one, where, case, day) for day in days]


def recognised_lacking(one: Recognised, row: Row, case: Case, day: int) -> tuple[str, ...]:
    """Where it is recognised, where it was awarded, or when: whichever is not known well enough."""
    stated, where, awarded = (row.values.get(key) for key in ("recognised_in", "place", "awarded"))
    if waits := unchosen(one, case):
        return waits
    asked: tuple[str, ...] = ()
    if stated is None or accepts(one, stated, case, day).possibly:
        asked = place_lacking(one, row, case, day)
    if where is None:
        asked += (row.key("place"),)
    vague = awarded is None or not awarded.exact
    if one.dynamic and vague and (where is None or len(set(_there(one, where, awarded, case))) > 1):
        asked += (row.key("awarded"),)
    return asked
