"""A gap between the lines of a table: nobody's limit.

One line is for people under 30, the next for those over 30, and none for whoever is 30: they get "cannot tell yet", which no answer
settles. Only what lies between lines counts; a table may well begin at 150 centimetres.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from eligibility.checks.base import Problem, Rule
from eligibility.question.table import hull

CODE = "W327"
WRONG = """
tables: {least-weight: [{age: {less_than: 30}, is: 45}, {age: {more_than: 30}, is: 50}]}
criteria:
  - {id: weight, kind: declared, fact: weight_kg, at_least: {table: least-weight}}
"""
RIGHT = """
tables: {least-weight: [{age: {less_than: 30}, is: 45}, {age: {at_least: 30}, is: 50}]}
criteria:
  - {id: weight, kind: declared, fact: weight_kg, at_least: {table: least-weight}}
"""


def check(rule: Rule) -> Iterator[Problem]:
    """A warning at each table with a gap, with somebody who stands in it."""
    for name, table in rule.context.tables.items():
        if table is None:
            continue
        between = product(*(hull(column, table) for column in table.columns))
        missed = next((answers for answers in between if table.line_of(answers) is None), None)
        if missed is not None:
            who = ", ".join(f"{column.name}: {_written(answer)}" for column, answer in zip(table.columns, missed, strict=True))
            yield Problem(CODE, ("tables", name), {"who": who}, on_key=True)


def _written(answer: object) -> str:
    return str(answer).lower() if isinstance(answer, bool) else f"{answer:g}" if isinstance(answer, float) else str(answer)
