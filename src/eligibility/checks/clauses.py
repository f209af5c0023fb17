"""A criterion that does not say where the notice asks for it.

The clause is what a reader goes back to when a report surprises. What comes from outside the notice names its `source` instead.
"""

from __future__ import annotations

from collections.abc import Iterator

from eligibility.checks.base import Problem, Rule, criteria_of

CODE = "W313"
WRONG = """
criteria:
  - {id: age, kind: age, at_least: 18}
"""
RIGHT = """
criteria:
  - {id: age, kind: age, at_least: 18, clause: "Admissibilité, 2"}
"""


def check(rule: Rule) -> Iterator[Problem]:
    """A problem at each criterion with neither clause nor source."""
    for path, raw in criteria_of(rule.vacancy):
        if not raw.get("clause") and not raw.get("source"):
            yield Problem(CODE, path, {"id": str(raw.get("id", ""))})
