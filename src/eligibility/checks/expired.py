"""A vacancy that has closed.

Nothing is wrong with the file. Reports will say "closed"; move it away when nobody needs it any more.
"""

from __future__ import annotations

from collections.abc import Iterator

from eligibility.application_period import closing_of, day_there, told_day
from eligibility.checks.base import Problem, Rule
from eligibility.dates import Days, show
from eligibility.verdict import Closing

CODE = "N312"
WRONG = """
dates: {deadline: 2023-10-01}
"""
RIGHT = """
dates: {deadline: 2099-10-01}
"""


def check(rule: Rule) -> Iterator[Problem]:
    """A note at a deadline that has passed under every reading, and with every option."""
    deadline = told_day(rule.vacancy, "deadline")
    zone = rule.vacancy.time_zone(rule.reference)
    if deadline is not None and deadline.closings and closing_of(deadline, rule.when, day_there(rule.when, zone), zone) is Closing.CLOSED:
        last = max(one.day for one in deadline.closings)
        yield Problem(CODE, ("dates", "deadline"), {"day": show(Days(last, last))})
