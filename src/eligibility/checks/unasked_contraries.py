"""A fact that must not be so, without a question that asks for it.

The label says what the notice wants ("Finances in order"), the fact is its contrary (`excessive_debts`): a question made of the label
would be answered yes by whoever meets it, and the answer would keep them out. Without a `question`, the fact is asked for by its name
alone, in no language. Write the question so that yes means the fact.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eligibility.checks.base import Path, Problem, Rule

CODE = "W329"
WRONG = """
criteria:
  - {id: debts, label: {en: Finances in order, fr: Finances saines}, clause: "1", kind: declared, fact: excessive_debts, equals: false}
"""
RIGHT = """
criteria:
  - id: debts
    label: {en: Finances in order, fr: Finances saines}
    clause: "1"
    kind: declared
    fact: excessive_debts
    equals: false
    question: {en: "Do you have debts that you cannot pay?", fr: "Avez-vous des dettes que vous ne pouvez pas payer ?"}
"""


def check(rule: Rule) -> Iterator[Problem]:
    """A warning at each such fact for which no criterion of the file has a question."""
    every = [
        one
        for part in ("conditions", "criteria")
        for index, raw in enumerate(getattr(rule.vacancy, part))
        for one in _stated(raw, (part, index))
    ]
    asked = {raw["fact"] for raw, _ in every if raw.get("question")}
    for raw, path in every:
        if raw.get("equals") is False and raw["fact"] not in asked and not rule.reference.is_term("facts", raw["fact"]):
            yield Problem(CODE, (*path, "fact"), {"word": raw["fact"]})


def _stated(raw: Any, path: Path) -> Iterator[tuple[dict[str, Any], Path]]:
    """The questions about facts, in groups, exceptions and limits as well."""
    if isinstance(raw, dict) and isinstance(raw.get("fact"), str):
        yield raw, path
    for key, one in raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ():
        yield from _stated(one, (*path, key))
