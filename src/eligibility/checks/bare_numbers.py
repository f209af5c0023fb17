"""A number without its unit, where time is meant.

`at_least: 3` under `experience` counts three jobs, not three years: somebody with one long job would not be eligible, and
somebody with three short ones would. Write `3 years` or `3 months`; if records are to be counted, write `3 times`.
"""

from __future__ import annotations

from collections.abc import Iterator

from eligibility.checks.base import Problem, Rule
from eligibility.criteria.bounds import OPERATORS

CODE = "W317"
WRONG = """
criteria:
  - {id: work, kind: experience, at_least: 3}
"""
RIGHT = """
criteria:
  - {id: work, kind: experience, at_least: 3 years}
"""

_KINDS = ("experience", "employment", "enrolment", "study", "residence", "permit", "permanent_residence", "service", "leave", "absence")


def check(rule: Rule) -> Iterator[Problem]:
    """A problem at each bound that is a bare number, of a kind of criterion that lasts."""
    for raw, path, _ in rule.criteria:
        for operator in OPERATORS:
            number = raw.get(operator)
            if raw.get("kind") in _KINDS and isinstance(number, int | float) and number > 0 and not isinstance(number, bool):
                yield Problem(CODE, (*path, operator), {"number": number, "suggestion": f"{number} {'year' if number == 1 else 'years'}"})
