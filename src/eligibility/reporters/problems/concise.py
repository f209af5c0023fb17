"""One line for each problem, `file:line:col: CODE sentence`, and nothing else: for editors, `grep` and `wc -l`."""

from __future__ import annotations

from eligibility.reporters.layout import safe
from eligibility.reporters.problems import Told


def render(told: Told) -> str:
    """The lines, never wrapped; nothing where there is no problem."""
    return "".join(safe(f"{one.place}: {one.code} {told.words.problem(one.code, one.params).message}") + "\n" for one in told.diagnostics)
