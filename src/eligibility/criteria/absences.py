"""The 183-day rule of Québec's health insurance (Regulation A-29, r. 1, section 6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from eligibility.facts import Row

SHORT_STAY = 21
LOST_AT = 183


def lost_years(absences: Sequence[Row], first: int, last: int) -> tuple[list[int], list[int], list[Row]]:
    """The calendar years touched by [first, last] that are surely, and possibly, lost; and the stays that count.

    A stay of 21 days or less does not count; of a longer one, neither the day of departure nor that of return does.
    """
    years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
    surely, possibly = [], []
    rows: list[Row] = []
    for year in years:
        opening, closing = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        low = high = 0
        for row in absences:
            few = _days_away(*row.core, opening, closing, last)
            many = _days_away(*row.hull, opening, closing, last)
            low, high = low + few, high + many
            if many and row not in rows:
                rows.append(row)
        if low >= LOST_AT:
            surely.append(year)
        if high >= LOST_AT:
            possibly.append(year)
    return surely, possibly, rows


def _days_away(departure: int, back: int, opening: int, closing: int, last: int) -> int:
    back = min(back, last + 1)
    if back - departure - 1 <= SHORT_STAY:
        return 0
    return max(0, min(back - 1, closing) - max(departure + 1, opening) + 1)
