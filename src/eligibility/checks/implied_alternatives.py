"""An alternative that a sister of it makes needless.

In `any_of`, an alternative whose people all meet another one adds nobody; in `all_of`, a condition that another one includes asks
nothing. Either the group says less than was meant, or a line can go.
"""

from __future__ import annotations

from collections.abc import Iterator

from eligibility.checks.base import MOST_COMPARED, Problem, Rule, leaves
from eligibility.checks.implication import implies

CODE = "W305"
WRONG = """
criteria:
  - id: studies
    any_of:
      - {kind: degree, level: {at_least: 6}}
      - {kind: degree, level: {at_least: 7}, field: law}
"""
RIGHT = """
criteria:
  - id: studies
    any_of:
      - {kind: degree, level: {at_least: 6}, field: economics}
      - {kind: degree, level: {at_least: 7}, field: law}
"""


def check(rule: Rule) -> Iterator[Problem]:
    """A problem at each member of a group that a sister makes needless; of two that say the same, at the second."""
    for raw, path, _ in rule.criteria:
        for key in ("any_of", "all_of"):
            members = raw.get(key)
            if not isinstance(members, list) or raw.get("how_many", 1) != 1 or "same" in raw or leaves(raw) > MOST_COMPARED:
                continue
            for index, member in enumerate(members):
                for other, sister in enumerate(members):
                    if other == index:
                        continue
                    needless = implies(member, sister, rule.reference) if key == "any_of" else implies(sister, member, rule.reference)
                    mutual = implies(sister, member, rule.reference) if key == "any_of" else implies(member, sister, rule.reference)
                    if needless and (not mutual or other < index):
                        yield Problem(CODE, (*path, key, index), {"group": key, "number": other + 1, "first": (*path, key, other)})
                        break
