"""An `ended` whose window has no end.

A contract may say a last day that is still to come. `ended: {from: 2024-01-01}` takes it, since that day lies in the window: somebody who
still works there would count as having left. Say until when it must have ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eligibility.checks.base import Path, Problem, Rule
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
    for part in ("conditions", "criteria"):
        for index, raw in enumerate(getattr(rule.vacancy, part)):
            for path in _open(raw, (part, index)):
                yield Problem(CODE, path, {})


def _open(raw: Any, path: Path) -> Iterator[Path]:
    """The windows, in groups, exceptions and limits as well."""
    if isinstance(raw, dict) and _goes_on(raw):
        yield (*path, "ended")
    for key, one in raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ():
        yield from _open(one, (*path, key))


def _goes_on(raw: dict[str, Any]) -> bool:
    window, kind = raw.get("ended"), RECORD_KINDS.get(str(raw.get("kind")))  # a limit, or a part of a run, is of the kind of its criterion
    if not isinstance(window, dict) or any(key in window for key in _ENDS) or (kind is not None and kind.filters.get("ended") != "date"):
        return False
    return any(key in window and window[key] not in _TO_COME for key in ("from", "after"))
