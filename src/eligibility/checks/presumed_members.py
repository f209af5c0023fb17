"""A group of countries with members that are only presumed.

For some countries no document shows the membership, or its days. Their citizens get "cannot tell yet", never yes or no.
"""

from __future__ import annotations

from collections.abc import Iterator

from eligibility.checks.base import Problem, Rule
from eligibility.checks.groups_used import groups_used

CODE = "N311"
WRONG = """
dates: {deadline: 2025-06-30}
criteria:
  - {id: origin, kind: citizenship, of: ICESCO}
"""
RIGHT = """
dates: {deadline: 2025-06-30}
lists: {members: [MA, SN, TN]}
criteria:
  - {id: origin, kind: citizenship, of: {list: members}}
"""


def check(rule: Rule) -> Iterator[Problem]:
    """A note at each group some of whose members are in doubt on the day."""
    for used in groups_used(rule):
        doubtful = rule.reference.doubtful_members(used.group, used.on.last)
        if doubtful:
            yield Problem(CODE, used.path, {"group": used.group, "n": len(doubtful), "countries": list(doubtful[:8])})
