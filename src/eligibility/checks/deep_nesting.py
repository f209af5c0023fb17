"""Groups inside groups inside groups.

More than three levels cannot be read aloud, and nobody sees which bracket belongs to which. A part with a name of its own
(`conditions:` and `met:`) reads better.
"""

from __future__ import annotations

from collections.abc import Iterator

from eligibility.checks.base import Problem, Rule
from eligibility.language.groups import JOINING

CODE = "W306"
WRONG = """
criteria:
  - id: studies
    any_of:
      - all_of:
          - any_of:
              - all_of: [{kind: degree, level: 6}, {kind: experience, at_least: 1 year}]
              - {kind: degree, level: 7}
          - {kind: language, of: en, level: {at_least: B2}}
      - {kind: degree, level: 8}
"""
RIGHT = """
conditions:
  - id: qualified
    any_of:
      - all_of: [{kind: degree, level: 6}, {kind: experience, at_least: 1 year}]
      - {kind: degree, level: 7}
criteria:
  - id: studies
    any_of:
      - all_of: [{met: qualified}, {kind: language, of: en, level: {at_least: B2}}]
      - {kind: degree, level: 8}
"""
DEEPEST = 3


def check(rule: Rule) -> Iterator[Problem]:
    """A problem at each group that is the fourth of its kind inside one another."""
    for raw, path, depth in rule.criteria:
        if depth == DEEPEST and any(key in raw for key in JOINING):
            yield Problem(CODE, path, {"most": DEEPEST})
