"""Lengths of time, amounts and distances to a threshold in words."""

from __future__ import annotations

from math import floor
from typing import Any

from eligibility.answer import Gap
from eligibility.counting import by_count, in_whole_months
from eligibility.dates import FOREVER, Cover, Length, on_calendar
from eligibility.profile_values import Money
from eligibility.wording import Words

_ENDLESS = 100_000
"""More days than any life has: a time without a known end."""


def length_told(length: Length, words: Words) -> str:
    """`3 years`, `12 months` as years and months, days apart."""
    years, months = divmod(length.months, 12)
    parts = []
    if years:
        parts.append(words.count("years", years))
    if months:
        parts.append(words.count("months_long", months))
    if length.days or not parts:
        parts.append(words.count("days", length.days))
    return words.both(parts)


def cover_told(covered: Cover, words: Words, in_days: bool = False) -> str:
    """A duration: an unbroken one by the calendar, unless it is to be added to others `in_days`."""
    run = covered.longest_run
    if covered.days > _ENDLESS:
        return words.text("without_end")
    if not in_days and run is not None and covered.percent_days == (run[1] - run[0] + 1) * 100:
        return _by_calendar(*run, words)
    if not in_days and covered.percent_days and in_whole_months(covered) and not (months := by_count(covered)[0]).days:
        return length_told(months, words)
    return _in_days(covered.days, words)


def _in_days(days: int, words: Words) -> str:
    """Days, with the years and months they come to, to the nearest month."""
    if days < 31:
        return words.count("days", days)
    rough = length_told(Length(round(days * 12 / 365.2425)), words)
    return words.text("about_days", length=rough, days=words.count("days", days))


def _by_calendar(first: int, last: int, words: Words) -> str:
    """The length of one unbroken stretch by the calendar: years and months, or days below one month."""
    from dateutil.relativedelta import relativedelta  # costs more than a dozen findings, and few need it

    between = relativedelta(on_calendar(last + 1), on_calendar(first))
    months = between.years * 12 + between.months
    return length_told(Length(months, 0 if months >= 12 else between.days), words)


def amount_told(value: Any, words: Words, measure: str | None = None) -> str:
    """A measured or a required amount."""
    if isinstance(value, Cover):
        return cover_told(value, words)
    if isinstance(value, Length):
        return length_told(value, words)
    if isinstance(value, Money):
        return f"{words.number(value.amount)} {value.currency}"
    if isinstance(value, int | float) and value >= FOREVER:
        return words.text("without_limit")
    if measure in ("hours", "credits"):
        return words.count(measure, floor(10 * value) / 10)
    return words.number(value) if isinstance(value, int | float) else str(value)


def gap_told(gap: Gap, words: Words) -> str:
    if gap.unit.startswith("days"):
        return words.count("days", gap.amount) if gap.amount < 62 else _in_days(gap.amount, words)
    if gap.unit in ("hours", "credits", "percent"):
        return words.count(gap.unit, gap.amount)
    return words.number(gap.amount)
