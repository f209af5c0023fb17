"""A bound that everybody meets, or nobody.

An age of `at_most: 0` lets nobody in, `at_least: 0` leaves nobody out, and `at_most: 0 years` measures time where records are to be
counted: never is `at_most: 0 times`. Such a bound is a typing mistake, and it decides about everybody.
"""

from __future__ import annotations

from collections.abc import Iterator

from eligibility.checks.base import Problem, Rule
from eligibility.dates import Length
from eligibility.question.quantity import OPERATORS, parse_quantity

CODE = "E323"
WRONG = """
criteria:
  - {id: first, kind: participation, programme: exchange, at_most: 0 years}
"""
RIGHT = """
criteria:
  - {id: first, kind: participation, programme: exchange, at_most: 0 times}
"""
_YOUNGEST, _OLDEST = 10, 100
"""The ages between which people apply for a post."""


def check(rule: Rule) -> Iterator[Problem]:
    """A problem at each such bound of a criterion."""
    for raw, path, _ in rule.criteria:
        for operator in OPERATORS:
            if operator in raw and (why := _why(raw.get("kind"), operator, raw[operator])):
                suggestion = {"suggestion": "0 times"} if why == "never" else {}
                yield Problem(CODE, (*path, operator), {"bound": f"{operator}: {raw[operator]}", "why": why, **suggestion})


def _why(kind: object, operator: str, raw: object) -> str | None:
    quantity = None if isinstance(raw, dict) else parse_quantity(raw)
    if quantity is None:
        return None
    upper = operator in ("at_most", "less_than")
    if kind == "age":
        years = quantity.amount.months // 12 if isinstance(quantity.amount, Length) else quantity.amount
        if upper and years < _YOUNGEST:
            return "young"
        if not upper and years > _OLDEST:
            return "old"
    if operator == "more_than" or quantity.amount not in (0, Length(0)):
        return None
    if operator == "at_most":
        return "never" if isinstance(quantity.amount, Length) else None
    return "nobody" if upper else "everybody"
