"""A lower bound above the upper one: nobody can meet both.

Both bounds of a criterion, or of a filter such as `level`, are compared with each other, whatever the unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eligibility.checks.base import Path, Problem, Rule
from eligibility.dates import Length
from eligibility.question.quantity import parse_quantity

CODE = "E304"
WRONG = """
criteria:
  - {id: age, kind: age, at_least: 35, at_most: 18}
"""
RIGHT = """
criteria:
  - {id: age, kind: age, at_least: 18, at_most: 35}
"""


def check(rule: Rule) -> Iterator[Problem]:
    """A problem at the upper bound of each pair that crosses."""
    for raw, path, _ in rule.criteria:
        yield from _inside(raw, path)


def _inside(raw: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    """The bounds of a question and of what it is measured by; questions inside it come by themselves."""
    yield from _crossed(raw, path)
    for key, value in raw.items():
        if isinstance(value, dict) and "kind" not in value and key not in ("during", "when", "unless", "derogation", "extended", "by"):
            yield from _inside(value, (*path, key))


def _crossed(raw: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    for low in ("at_least", "more_than"):
        for high in ("at_most", "less_than"):
            if low not in raw or high not in raw or "before" in raw or "after" in raw:
                continue
            least, most = _size(raw[low]), _size(raw[high])
            if least is None or most is None:
                continue
            if least > most or (least == most and (low, high) != ("at_least", "at_most")):
                yield Problem(CODE, (*path, high), {"low": f"{low}: {raw[low]}", "high": f"{high}: {raw[high]}"})


def _size(raw: Any) -> float | None:
    quantity = None if isinstance(raw, dict) else parse_quantity(raw)
    if quantity is None:
        return None
    return quantity.amount.most_days if isinstance(quantity.amount, Length) else quantity.amount
