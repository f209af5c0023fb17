"""Something that is still to be done.

`todo` says what the author of a draft still has to look at, and "REPLACE" (in French "À REMPLACER") stands where a text is to be written.
Until then the file may answer something else than its notice. Compare the criterion with its sentence, mend it, and take the line away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from eligibility.checks.base import Path, Problem, Rule

CODE = "W326"
WRONG = """
criteria:
  - {id: age, kind: age, at_least: 18, todo: "Is it counted on the closing date?"}
"""
RIGHT = """
criteria:
  - {id: age, kind: age, at_least: 18, as_of: deadline}
"""

_PLACEHOLDER = re.compile(r"\s*(?:REPLACE|À REMPLACER|A REMPLACER)\b")

_SHOWN = 120
"""Characters of what is to be done that are told."""


def check(rule: Rule) -> Iterator[Problem]:
    """A problem at each `todo`; and at each text to be replaced, unless the criterion it belongs to has a `todo`."""
    vacancy = rule.vacancy
    if vacancy.todo is not None:
        yield Problem(CODE, ("todo",), _of(vacancy.todo))
    else:
        for name in ("title", "organisation"):
            yield from _placeholders(getattr(vacancy, name), (name,))
    for raw, path, depth in rule.criteria:
        if isinstance(raw.get("todo"), str):
            yield Problem(CODE, (*path, "todo"), _of(raw["todo"]))
        elif depth == 0:
            yield from _placeholders({key: value for key, value in raw.items() if key in ("label", "question", "advice", "clause")}, path)
    for index, one in enumerate(vacancy.information):
        yield from _placeholders(one.label, ("information", index, "label"))


def _of(todo: str) -> dict[str, Any]:
    return {"form": "todo", "what": todo if len(todo) <= _SHOWN else f"{todo[:_SHOWN].rstrip()}…"}


def _placeholders(value: Any, path: Path) -> Iterator[Problem]:
    """The first text of a value that is to be replaced."""
    if isinstance(value, str):
        if _PLACEHOLDER.match(value):
            yield Problem(CODE, path, {})
        return
    if isinstance(value, dict):
        yield from next((found for key, one in value.items() if (found := list(_placeholders(one, (*path, key))))), [])
