"""What is wrong with the meaning of a rule file that can be read: one check per file, each with its page.

A check has a `CODE`, a docstring that is its page in English (French: `wording/fr/checks.json`), an example that is `WRONG` and one
that is `RIGHT` (lines of a rule file), and `check(rule)`, which yields problems by their path. `CHECKS` is the list; a new check is
one file and one line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from eligibility.checks import (
    clauses,
    closed_limits,
    crossed_bounds,
    date_order,
    deep_nesting,
    empty_windows,
    equal_readings,
    expired,
    implied_alternatives,
    impossible_together,
    languages,
    lone_words,
    open_endings,
    presumed_members,
    quotations,
    senseless_bounds,
    shared_spellings,
    table_gaps,
    unasked_contraries,
    uncovered_groups,
    undeclared_words,
    unfinished,
    unlisted_names,
    unpointed,
    unused_tables,
)
from eligibility.checks.base import Problem, Rule
from eligibility.checks.each_way import problems_each_way


class Check(Protocol):
    """What the module of a check offers."""

    CODE: str
    WRONG: str
    RIGHT: str

    @property
    def check(self) -> Callable[[Rule], Iterator[Problem]]: ...


CHECKS: tuple[Check, ...] = (
    date_order,
    crossed_bounds,
    closed_limits,
    senseless_bounds,
    undeclared_words,
    lone_words,
    unlisted_names,
    shared_spellings,
    implied_alternatives,
    deep_nesting,
    empty_windows,
    open_endings,
    table_gaps,
    unused_tables,
    impossible_together,
    equal_readings,
    uncovered_groups,
    presumed_members,
    expired,
    clauses,
    languages,
    quotations,
    unfinished,
    unasked_contraries,
    unpointed,
)


def problems_of(rule: Rule) -> Iterator[Problem]:
    """Everything the checks find in one rule file."""
    yield from problems_each_way(CHECKS, rule)


__all__ = ["CHECKS", "Check", "Problem", "Rule", "problems_of"]
