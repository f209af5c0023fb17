"""The facts of an answer about records: what it is decided from, and what it is explained by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

from eligibility.answer import Used
from eligibility.counting import compare_time
from eligibility.dates import Days
from eligibility.deciding.bounds import compare, limits
from eligibility.deciding.case import Case
from eligibility.deciding.filters import holds
from eligibility.deciding.measured import Measured, exactly
from eligibility.deciding.selection import Selection, on_its_days, placed
from eligibility.facts import Row
from eligibility.profile import SOURCES
from eligibility.question.grammar import Bound, Records
from eligibility.verdict import FALSE

Limit = tuple[Bound, Any, Any]
"""A bound, with the lowest and the highest value its limit may have."""


class Found(NamedTuple):
    """The facts of one answer: the list, the records of it that count, how much they are, and what that is compared with."""

    question: Records
    case: Case
    day: Days
    rows: Sequence[Row]
    complete: bool
    path: str
    selection: Selection
    measured: Measured | None
    limits: list[Limit]

    @property
    def amount(self) -> Measured:
        """How much there is; where one record is enough, their number."""
        if self.measured is not None:
            return self.measured
        sure, maybe, _ = self.selection
        return Measured(len(sure), len(sure) + len(maybe), exactly, ())

    @property
    def unlisted(self) -> Literal["list_incomplete", "not_said"]:
        """Why there may be more: the profile says that its list holds not all, or nothing of this about some relative."""
        of_another = self.question.whose and self.path != self.case.facts.path("relatives")
        return "not_said" if of_another else "list_incomplete"

    @property
    def deciding(self) -> Limit | None:
        """The first bound that is not met."""
        return (first_broken(self.limits, self.amount, self.question.counted) or self.limits[0]) if self.limits else None


def first_broken(limits: list[tuple[Bound, Any, Any]], amount: Measured, counted: str | None) -> tuple[Bound, Any, Any] | None:
    """The first bound that the amount there surely is does not meet."""
    for one in limits:
        if not _holds(one[0], amount, one[1], one[2], counted):
            return one
    return None


def _holds(bound: Bound, amount: Measured, low: Any, high: Any, counted: str | None) -> bool:
    if bound.measure == "time":
        return compare_time(bound.operator, amount.low, amount.low, low, high, counted).surely
    return compare(bound.operator, amount.low, amount.low, low, high).surely


def missing_of(found: Found) -> list[str]:
    """What would have to be known for the answer to be sure."""
    missing = [path for _, lacking, _ in found.selection.maybe for path in lacking]
    missing += found.amount.missing
    if not found.complete:
        missing.append(found.path)
    for bound, low, high in found.limits:
        if low != high:
            missing += limits(bound, found.case)[2]
    return missing


def nearest(question: Records, selection: Selection, case: Case, day: Days) -> tuple[Row, list[str]]:
    """The record that misses the fewest filters, and which; a language at another level is nearer than another language."""
    best: tuple[int, Row, list[str]] | None = None
    source, on = SOURCES[question.source], day.first
    for row, out in selection.rejected:
        missed = [
            one.attribute for one, spread in question.sieve.tests
            if (on_its_days(question, one, row, case, on) if spread else holds(one, row, case, on)) is FALSE
        ]  # fmt: skip
        if isinstance(out, str):
            missed.append(out)
        elif question.is_state and question.place is not None and placed(question, row, case, on)[0] is FALSE:
            missed.append("day")
        elif not missed:
            missed.append(out.attribute)
        far = len(missed) + (len(question.sieve.tests) if source.timeless and source.identity in missed else 0)
        if best is None or far < best[0]:
            best = (far, row, missed)
        if best[0] == 1:  # no record misses less
            break
    assert best is not None
    return best[1], best[2]


def used_of(question: Records, rows: Iterable[Row]) -> list[Used]:
    """The facts of some records that an explanation quotes."""
    return [fact for row in rows for fact in row.shown(question.shows_dates)]
