"""The 183-day rule of Québec's health insurance (Regulation A-29, r. 1, section 6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from eligibility.dates import Spell, cover
from eligibility.facts import Row

SHORT_STAY = 21
LOST_AT = 183


def lost_years(absences: Sequence[Row], first: int, last: int) -> tuple[list[int], list[int], list[Row]]:
    """The calendar years touched by [first, last] that are surely, and possibly, lost; and the stays that count.

    A stay of 21 days or less does not count; of a longer one, neither the day of departure nor that of return does.
    """
    if not absences:
        return [], [], []
    years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
    surely, possibly = [], []
    rows: list[Row] = []
    for year in years:
        opening, closing = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        low = cover(_away(row.core, opening, closing, last) for row in absences).days
        high = cover(_away(row.hull, opening, closing, last) for row in absences).days
        rows += [row for row in absences if row not in rows and cover([_away(row.hull, opening, closing, last)]).days]
        if low >= LOST_AT:
            surely.append(year)
        if high >= LOST_AT:
            possibly.append(year)
    return surely, possibly, rows


def _away(stay: tuple[int, int], opening: int, closing: int, last: int) -> Spell:
    """The days away of one stay within a year; none (an empty spell) for a short one."""
    departure, back = stay[0], min(stay[1], last + 1)
    if back - departure - 1 <= SHORT_STAY:
        return Spell(1, 0)
    return Spell(max(departure + 1, opening), min(back - 1, closing))
