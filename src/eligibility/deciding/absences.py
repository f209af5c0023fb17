"""The 183-day rule of Québec's health insurance (Regulation A-29, r. 1, section 6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from eligibility.dates import Spell, cover, on_calendar
from eligibility.facts import Row

SHORT_STAY = 21
LOST_AT = 183


def lost_years(absences: Sequence[Row], first: int, last: int) -> tuple[list[int], list[int], list[Row]]:
    """The calendar years touched by [first, last] that are surely, and possibly, lost; and the stays that count.

    A stay of 21 days or less does not count; of a longer one, neither the day of departure nor that of return does.
    """
    if not absences:
        return [], [], []
    by_year: dict[int, list[Row]] = {}
    for row in absences:
        begin, end = (on_calendar(min(max(day, first), last)).year for day in row.hull)
        for year in range(begin, end + 1):
            by_year.setdefault(year, []).append(row)
    surely, possibly = [], []
    counted: dict[int, Row] = {}
    for year, here in sorted(by_year.items()):
        opening, closing = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        low = cover(_away(row.core, opening, closing, last) for row in here).days
        high = cover(_away(row.hull, opening, closing, last) for row in here).days
        counted |= {id(row): row for row in here if cover([_away(row.hull, opening, closing, last)]).days}
        if low >= LOST_AT:
            surely.append(year)
        if high >= LOST_AT:
            possibly.append(year)
    return surely, possibly, list(counted.values())


def _away(stay: tuple[int, int], opening: int, closing: int, last: int) -> Spell:
    """The days away of one stay within a year; none (an empty spell) for a short one."""
    departure, back = stay[0], min(stay[1], last + 1)
    if back - departure - 1 <= SHORT_STAY:
        return Spell(1, 0)
    return Spell(max(departure + 1, opening), min(back - 1, closing))
