"""The days of a vacancy that come in the wrong order.

One applies from the opening to the deadline, and the post starts after the deadline and ends after its start. A day out of
this order is a slip of the pen, and would close the vacancy or judge people on the wrong day.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from eligibility.checks.base import Problem, Rule
from eligibility.dates import Days, show

CODE = "E303"
WRONG = """
dates: {deadline: 2024-03-01, start: 2024-01-15}
"""
RIGHT = """
dates: {deadline: 2023-10-01, start: 2024-01-15}
"""

_ORDER = ("opening", "deadline", "start", "end")


def check(rule: Rule) -> Iterator[Problem]:
    """A problem at each day that surely comes after one that follows it."""
    known = {name: day.days for name, day in rule.vacancy.dates.items() if name in _ORDER and day.days is not None}
    published = rule.vacancy.notice.published if rule.vacancy.notice else None
    if published is not None and "opening" not in known:
        known["opening"] = Days(published.toordinal(), published.toordinal())
    days = [(name, known[name]) for name in _ORDER if name in known]
    for (early, first), (late, second) in pairwise(days):
        hours = [_hour(rule, name) for name in (early, late)]
        same_day = first.exact and first == second and all(hours) and hours[0] > hours[1]
        if first.first > second.last or same_day:
            at = ("dates", late) if late in rule.vacancy.dates else ("notice", "published")
            told = [f"{show(days)} {hour}" if same_day else show(days) for days, hour in zip((first, second), hours, strict=True)]
            yield Problem(CODE, at, {"early": late, "late": early, "day": told[1], "other_day": told[0]})


def _hour(rule: Rule, name: str) -> str:
    """The hour of a day that has one only; empty where it has none, or several."""
    closings = rule.vacancy.dates[name].closings if name in rule.vacancy.dates else ()
    return (closings[0].time or "") if len(closings) == 1 else ""
