"""A table that no bound names: it decides nothing.

The bound that was to name it has a plain number, or names another table. Write `at_least: {table: …}` where it belongs, or take the table
away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eligibility.checks.base import Problem, Rule

CODE = "W328"
WRONG = """
tables: {least-weight: [{age: {less_than: 30}, is: 45}, {age: {at_least: 30}, is: 50}]}
criteria:
  - {id: weight, kind: declared, fact: weight_kg, at_least: 45}
"""
RIGHT = """
criteria:
  - {id: weight, kind: declared, fact: weight_kg, at_least: 45}
"""


def check(rule: Rule) -> Iterator[Problem]:
    """A warning at each table that nothing names."""
    named = {*_named([rule.vacancy.conditions, rule.vacancy.criteria])}
    yield from (Problem(CODE, ("tables", name), {"word": name}, on_key=True) for name in rule.vacancy.tables if name not in named)


def _named(raw: Any) -> Iterator[str]:
    """The tables that bounds name, at any depth."""
    if isinstance(raw, Mapping):
        if isinstance(raw.get("table"), str):
            yield raw["table"]
        raw = raw.values()
    elif not isinstance(raw, list):
        return
    for one in raw:
        yield from _named(one)
