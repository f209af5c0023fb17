"""One line for each problem, `file:line:col: CODE sentence`, and nothing else: for editors, `grep` and `wc -l`."""

from __future__ import annotations

from eligibility.reporters.layout import safe
from eligibility.reporters.problems import Told
from eligibility.reporters.problems.sentence import sentence_of


def render(told: Told) -> str:
    """The lines, never wrapped; nothing where there is no problem."""
    return "".join(safe(f"{one.place}: {one.code} {sentence_of(one, told.words).message}") + "\n" for one in told.diagnostics)
