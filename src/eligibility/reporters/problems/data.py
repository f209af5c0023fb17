"""Problems as plain data, and plain data as JSON in ASCII: the same bytes under any locale."""

from __future__ import annotations

import json
from typing import Any

from eligibility.diagnostic import Diagnostic, Place
from eligibility.reporters.layout import safe
from eligibility.reporters.problems import Told
from eligibility.reporters.problems.names import posix

SCHEMA_VERSION = 1
"""Of the formats `json` and `jsonl`; fields may be added under the same number, nothing else changes."""


def as_data(problem: Diagnostic, told: Told) -> dict[str, Any]:
    """A problem with its place and its sentences; `end_column` is the column after the last character."""
    message, hint = told.words.problem(problem.code, problem.params)
    place = problem.place
    return {
        "code": problem.code,
        "severity": str(problem.severity),
        "file": posix(place.file, told.folder),
        "line": place.line,
        "column": place.column,
        "end_line": place.line,
        "end_column": end_column(place),
        "message": safe(message),
        "help": safe(hint),
    }


def end_column(place: Place) -> int:
    """The column after the last character: never before the first, as readers of some formats demand."""
    return max(place.end_column, place.column)


def as_json(data: object, indent: int | None = 2) -> str:
    """Strict JSON, ending in a newline; whatever is not ASCII is an escape."""
    return json.dumps(data, ensure_ascii=True, allow_nan=False, indent=indent) + "\n"
