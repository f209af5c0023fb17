"""A vacancy that has closed.

Nothing is wrong with the file. Reports will say "closed"; move it away when nobody needs it any more.
"""

from __future__ import annotations

from collections.abc import Iterator

from eligibility.checks.base import Problem, Rule
from eligibility.dates import Days, show

CODE = "N312"
WRONG = """
dates: {deadline: 2023-10-01}
"""
RIGHT = """
dates: {deadline: 2099-10-01}
"""


def check(rule: Rule) -> Iterator[Problem]:
    """A note at a deadline that has passed under every reading."""
    deadline = rule.vacancy.dates.get("deadline")
    closings = deadline.closings if deadline is not None else ()
    if closings and all(one.day < rule.today for one in closings):
        last = max(one.day for one in closings)
        yield Problem(CODE, ("dates", "deadline"), {"day": show(Days(last, last))})
