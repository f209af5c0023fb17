"""One record and one value or one time: the part of its days on which filters hold, and the value asked of all (`same`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy

from eligibility.dates import joined
from eligibility.deciding.case import Case
from eligibility.deciding.filters import changes, holds
from eligibility.deciding.names import alike
from eligibility.facts import Row
from eligibility.question.grammar import Filter
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Truth, truth_of

SAME: Mapping[str, tuple[str, ...]] = {"country": ("country", "place"), "employer": ("employer_name",), "school": ("school",)}
"""The attributes of records that `same` compares."""
ANOTHER = "\0"
"""A value for `same` that none of the records says: any that those may have which say none."""


def that_of(row: Row) -> str:
    """The value for `same` that a record has which does not say it."""
    return ANOTHER + row.path


def same_value(row: Row, case: Case) -> tuple[Truth, tuple[str, ...]]:
    """Whether a record has the value tried for `same`, and where it says so. One of a list that has none is left as it is."""
    assert case.same is not None
    attribute, value = case.same
    if not row.source.has(attribute):
        return TRUE, ()
    for name in SAME[attribute]:
        found = row.values.get(name)
        if found is not None:
            if value.startswith(ANOTHER):
                return FALSE if value == ANOTHER else UNKNOWN, (row.key(name),)
            if attribute != "country":
                return same_name(attribute, found, value, case), (row.key(name),)
            surely, possibly, _ = case.reference.place_within(found, value, case.today)
            return truth_of(surely, possibly), (row.key(name),)
    return TRUE if value == that_of(row) else UNKNOWN, (same_key(row, attribute),)


def same_name(attribute: str, one: str, other: str, case: Case) -> Truth:
    """Whether two names of employers, or of schools, are of one."""
    if one == other:
        return TRUE
    reference = case.reference

    def called(school: str) -> tuple[str, ...]:
        if not reference.is_term("schools", school):
            return ()
        return tuple(reference.label("schools", school, language) for language in ("en", "fr"))

    return alike(one, other, case.session.names, called if attribute == "school" else None)


def same_key(row: Row, attribute: str) -> str:
    """The path of what a record does not say that `same` compares."""
    lacks_country = attribute == "country" and row.source.name not in ("citizenships", "documents")
    return row.key("place" if lacks_country else SAME[attribute][0])


def with_same_value(row: Row, case: Case) -> Row | None:
    """A record that does not say the value tried for `same`, as it would be if it had it; None where no value is tried."""
    assert case.same is not None
    attribute, value = case.same
    if value.startswith(ANOTHER):
        return None
    other = copy(row)
    other.values = {**row.values, **dict.fromkeys(SAME[attribute], value)}
    return other


def stretches_where(piece: tuple[int, int], dynamic: Iterable[Filter], row: Row, case: Case, surely: bool) -> list[tuple[int, int]]:
    """The parts of a stretch on whose days the changing filters hold, with a day or more between them."""
    first, last = piece
    if last < first:
        return []
    edges = sorted({first, *(day for one in dynamic for day in changes(one, case) if first < day <= last)})
    parts = []
    for start, following in zip(edges, [*edges[1:], last + 1], strict=True):
        truth = TRUE
        for one in dynamic:
            truth = truth & holds(one, row, case, max(start, 1))
        if truth.surely if surely else truth.possibly:
            parts.append((start, following - 1))
    return joined(parts)
