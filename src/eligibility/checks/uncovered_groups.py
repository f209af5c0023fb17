"""A group of countries asked on a day of which its data say nothing.

Membership is dated, and each list speaks of a stretch of days only. Outside it every answer is unknown, for everybody.
"""

from __future__ import annotations

from collections.abc import Iterator

from eligibility.checks.base import Problem, Rule
from eligibility.checks.groups_used import groups_used
from eligibility.dates import Days, show

CODE = "W310"
WRONG = """
dates: {deadline: 1948-06-30}
criteria:
  - {id: origin, kind: citizenship, of: OECD}
"""
RIGHT = """
dates: {deadline: 2025-06-30}
criteria:
  - {id: origin, kind: citizenship, of: OECD}
"""


def check(rule: Rule) -> Iterator[Problem]:
    """A problem at each group whose data do not reach the day it is asked on."""
    for used in groups_used(rule):
        first, last = rule.reference.coverage(used.group)
        if (first is not None and used.on.first < first) or (last is not None and used.on.last > last):
            covered = [show(Days(day, day)) if day is not None else "…" for day in (first, last)]
            yield Problem(CODE, used.path, {"group": used.group, "on": show(used.on), "first_day": covered[0], "last_day": covered[1]})
