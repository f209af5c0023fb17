"""An `ended` whose window has no end.

A contract may say a last day that is still to come. `ended: {from: 2024-01-01}` takes it, since that day lies in the window: somebody who
still works there would count as having left. Say until when it must have ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eligibility.checks.base import Problem, Rule
from eligibility.language.kinds import RECORD_KINDS

CODE = "W330"
WRONG = """
criteria:
  - {id: left, kind: experience, ended: {from: 2023-01-01}}
"""
RIGHT = """
criteria:
  - {id: left, kind: experience, ended: {from: 2023-01-01, to: deadline}}
"""

_ENDS = ("to", "before", "within", "at_most", "less_than", "while")
_TO_COME = ("deadline", "start", "end")
"""Whoever counts from these means what is still to come."""


def check(rule: Rule) -> Iterator[Problem]:
    """A warning at each window of `ended` that goes on for ever, of what may be over."""
    for raw, path, _ in rule.criteria:
        kind = RECORD_KINDS.get(str(raw.get("kind")))
        if kind is not None and kind.filters.get("ended") == "date" and _goes_on(raw.get("ended")):
            yield Problem(CODE, (*path, "ended"), {})


def _goes_on(window: Any) -> bool:
    if not isinstance(window, dict) or any(key in window for key in _ENDS):
        return False
    return any(key in window and window[key] not in _TO_COME for key in ("from", "after"))
