"""People without their names: a code for each, and problems without what was written."""

from __future__ import annotations

from eligibility.diagnostic import Diagnostic, Place

_OURS = frozenset({
    "expected", "allowed", "column", "columns", "cell", "cells", "limit", "known", "line", "lacking", "field", "lists", "n", "byte", "why",
    "at", "pattern",
})  # fmt: skip
"""Facts of a problem that are ours, or belong to the whole table; every other one may quote what somebody wrote."""

HIDDEN = "…"


def code_of(number: int) -> str:
    """The code of a person: their place in the input, so that the same input gives the same codes."""
    return f"P{number + 1:03}"


def masked(problem: Diagnostic, name: str) -> Diagnostic:
    """A problem under another name, without the words of anybody."""
    place = problem.place
    params = {key: value if key in _OURS else HIDDEN for key, value in problem.params.items() if key != "suggestion"}
    return Diagnostic(problem.code, Place(name, place.line, place.column, place.end_column), params)
