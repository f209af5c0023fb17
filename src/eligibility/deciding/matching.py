"""Different records for different demands: which record meets which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from eligibility.deciding.case import Case
from eligibility.deciding.filters import holds, lacks
from eligibility.facts import Row
from eligibility.question.grammar import Filter
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Truth


def fits(row: Row, demand: Iterable[Filter], case: Case, on: int) -> Truth:
    """Whether a record meets a demand."""
    found = TRUE
    for one in demand:
        truth = holds(one, row, case, on)
        if truth is FALSE:
            return truth
        if truth is UNKNOWN:
            found = truth
    return found


def lacking_of(row: Row, filters: Iterable[Filter], case: Case, on: int) -> list[str]:
    """What would have to be known of a record for the filters that only may hold."""
    return [path for one in filters if not holds(one, row, case, on).surely for path in lacks(one, row, case, on)]


def match(edges: Sequence[Sequence[int]]) -> dict[int, int]:
    """A largest matching of demands to records: demand → record."""
    owner: dict[int, int] = {}

    def place(demand: int, tried: set[int]) -> bool:
        for record in edges[demand]:
            if record not in tried:
                tried.add(record)
                if record not in owner or place(owner[record], tried):
                    owner[record] = demand
                    return True
        return False

    for demand in range(len(edges)):
        place(demand, set())
    return {demand: record for record, demand in owner.items()}
