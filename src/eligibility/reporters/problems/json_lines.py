"""JSON Lines: one problem a line."""

from __future__ import annotations

from eligibility.reporters.problems import Told
from eligibility.reporters.problems.data import as_data, as_json


def render(told: Told) -> str:
    """The problems of the JSON document, one a line; nothing where there is none."""
    return "".join(as_json(as_data(problem, told), indent=None) for problem in told.diagnostics)
