"""One record and one value or one time: the part of its days on which filters hold, and the value asked of all (`same`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eligibility.criteria.filters import Filter
from eligibility.verdict import TRUE, UNKNOWN, Truth, truth_of

if TYPE_CHECKING:
    from eligibility.criteria.case import Case
    from eligibility.facts import Row


def same_value(row: Row, case: Case) -> tuple[Truth, tuple[str, ...]]:
    assert case.same is not None
    attribute, value = case.same
    names = {"country": ("country", "place"), "employer": ("employer_name",), "school": ("school",)}[attribute]
    for name in names:
        found = row.values.get(name)
        if found is not None:
            surely, possibly, _ = (
                case.reference.place_within(found, value, case.today) if attribute == "country" else (found == value, found == value, None)
            )
            return truth_of(surely, possibly), (row.key(name),)
    lacks_country = attribute == "country" and row.source.name not in ("citizenships", "documents")
    return UNKNOWN, (row.key("place" if lacks_country else names[0]),)


def stretches_where(piece: tuple[int, int], dynamic: list[Filter], row: Row, case: Case, surely: bool) -> list[tuple[int, int]]:
    """The parts of a stretch on whose days the changing filters hold."""
    first, last = piece
    if last < first:
        return []
    edges = sorted({first, *(day for one in dynamic for day in one.changes(case) if first < day <= last)})
    parts = []
    for start, following in zip(edges, [*edges[1:], last + 1], strict=True):
        truth = TRUE
        for one in dynamic:
            truth = truth & one.holds(row, case, max(start, 1))
        if truth.surely if surely else truth.possibly:
            parts.append((start, following - 1))
    return parts
