"""The days of a vacancy that come in the wrong order.

One applies from the opening to the deadline, and the post starts after the deadline and ends after its start. A day out of
this order is a slip of the pen, and would close the vacancy or judge people on the wrong day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from eligibility.checks.base import Problem, Rule
from eligibility.dates import Days, show
from eligibility.reading.reader import Path
from eligibility.vacancy import NamedDay, Vacancy

CODE = "E303"
WRONG = """
dates: {deadline: 2024-03-01, start: 2024-01-15}
"""
RIGHT = """
dates: {deadline: 2023-10-01, start: 2024-01-15}
"""

_ORDER = ("opening", "deadline", "start", "end")


def check(rule: Rule) -> Iterator[Problem]:
    """A problem at each day that surely comes after one that follows it, for whoever has chosen each option that some day rests on."""
    told: set[tuple[Path, str, str]] = set()
    for choices in _choices(rule.vacancy):
        for problem in _of_days(rule, choices):
            key = problem.path, str(problem.params["day"]), str(problem.params["other_day"])
            if key not in told:
                told.add(key)
                yield problem


def _choices(vacancy: Vacancy) -> Iterator[Mapping[str, str]]:
    """Each option that days rest on, and none."""
    by = {day.by for name, day in vacancy.dates.items() if name in _ORDER and day.by is not None}
    yield {}
    for name in sorted(by):
        yield from ({name: option} for option in vacancy.choices[name].options or {})


def _of_days(rule: Rule, choices: Mapping[str, str]) -> Iterator[Problem]:
    dates = {name: day.told(choices) for name, day in rule.vacancy.dates.items()}
    known = {name: day.days for name, day in dates.items() if name in _ORDER and day.days is not None}
    published = rule.vacancy.notice.published if rule.vacancy.notice else None
    if published is not None and "opening" not in known:
        known["opening"] = Days(published.toordinal(), published.toordinal())
    days = [(name, known[name]) for name in _ORDER if name in known]
    for (early, first), (late, second) in pairwise(days):
        hours = [_hour(dates, name) for name in (early, late)]
        same_day = first.exact and first == second and all(hours) and hours[0] > hours[1]
        if first.first > second.last or same_day:
            at: Path = ("dates", late) if late in dates else ("notice", "published")
            if late in dates and (by := rule.vacancy.dates[late].by) in choices:
                at = ("dates", late, "values", choices[by or ""])
            told = [f"{show(days)} {hour}" if same_day else show(days) for days, hour in zip((first, second), hours, strict=True)]
            yield Problem(CODE, at, {"early": late, "late": early, "day": told[1], "other_day": told[0]})


def _hour(dates: Mapping[str, NamedDay], name: str) -> str:
    """The hour of a day that has one only; empty where it has none, or several."""
    closings = dates[name].closings if name in dates else ()
    return (closings[0].time or "") if len(closings) == 1 else ""
