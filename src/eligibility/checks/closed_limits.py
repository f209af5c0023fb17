"""A limit that its own end does not let move.

`never_beyond`, and the `to` of an extension, say how far a limit may be moved. One that is not beyond the limit itself moves nothing, or
takes away what the limit gives: `less_than: 32` with `never_beyond: 30` lets nobody of 30 in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eligibility.checks.base import Path, Problem, Rule
from eligibility.dates import Length
from eligibility.question.quantity import parse_quantity

CODE = "E322"
WRONG = """
criteria:
  - {id: age, kind: age, less_than: 32, extended: [{add: 1 year, per: {kind: child}}], never_beyond: 30}
"""
RIGHT = """
criteria:
  - {id: age, kind: age, less_than: 32, extended: [{add: 1 year, per: {kind: child}}], never_beyond: 36}
"""


def check(rule: Rule) -> Iterator[Problem]:
    """A problem at each end of an upper limit that does not lie beyond it."""
    for raw, path, _ in rule.criteria:
        key = next((key for key in ("at_most", "less_than") if key in raw), None)
        limit = None if key is None else _size(raw, raw[key])
        if key is None or limit is None:
            continue
        for what, value, at in _ends(raw, path):
            end = _size(raw, value)
            if end is not None and end <= limit:
                yield Problem(CODE, at, {"end": f"{what}: {value}", "limit": f"{key}: {raw[key]}"})


def _ends(raw: Mapping[str, Any], path: Path) -> Iterator[tuple[str, Any, Path]]:
    if "never_beyond" in raw:
        yield "never_beyond", raw["never_beyond"], (*path, "never_beyond")
    yield from _moved(raw.get("extended"), (*path, "extended"))


def _moved(extended: Any, path: Path) -> Iterator[tuple[str, Any, Path]]:
    """The ends to which a limit is moved, the largest of several among them."""
    for index, one in enumerate(extended if isinstance(extended, list) else [extended]):
        if isinstance(one, dict):
            at = (*path, index) if isinstance(extended, list) else path
            if "to" in one:
                yield "to", one["to"], (*at, "to")
            yield from _moved(one.get("largest"), (*at, "largest"))


def _size(criterion: Mapping[str, Any], raw: Any) -> float | None:
    quantity = None if isinstance(raw, dict) else parse_quantity(raw)
    if quantity is None:
        return None
    if isinstance(quantity.amount, Length):
        return quantity.amount.most_days
    return Length(int(quantity.amount * 12)).most_days if criterion.get("kind") == "age" else quantity.amount  # an age is in years
