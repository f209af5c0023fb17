"""The facts that a criterion asks to be stated, and what somebody states who meets it, or does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from eligibility.question.quantity import OPERATORS

Stated = bool | float
Tables = Mapping[str, Sequence[Mapping[str, Any]]]
"""The tables of a vacancy, as they are written."""

_STEP = 1
"""A number beside a limit is so much less or more."""


def asking(raw: Any) -> Iterator[Mapping[str, Any]]:
    """The criteria that ask for a fact, in any branch."""
    if isinstance(raw, Mapping):
        if raw.get("kind") == "declared" and isinstance(raw.get("fact"), str):
            yield raw
        for one in raw.values():
            yield from asking(one)
    elif isinstance(raw, list):
        for one in raw:
            yield from asking(one)


def is_numeric(raw: Mapping[str, Any]) -> bool:
    """Whether a fact that is asked for is a number, in some reading."""
    return any(not set(OPERATORS).isdisjoint(one) for one in (raw, *(raw.get("readings") or ())))


def facts_in(raw: Any, tables: Tables) -> Iterator[tuple[str, Stated, Stated]]:
    """The facts that a criterion asks about, in any of its branches, each with what it wants to be said, and what not."""
    for one in asking(raw):
        yield one["fact"], *stated(one, tables)


def stated(raw: Mapping[str, Any], tables: Tables) -> tuple[Stated, Stated]:
    """What somebody states who meets a criterion about a fact, and who does not; by a table, of its first line."""
    if not is_numeric(raw):
        wanted = raw.get("equals", True) is True
        return wanted, not wanted
    first = {name: lines[:1] for name, lines in tables.items()}
    low = [limit for operator in ("at_least", "more_than") for limit in _limits(raw.get(operator), first)]
    high = [limit for operator in ("at_most", "less_than") for limit in _limits(raw.get(operator), first)]
    if low and high:
        return (max(low) + min(high)) / 2, max(high) + _STEP
    if low:
        return max(low) + _STEP, max(0, min(low) - _STEP)
    return max(0, min(high, default=0) - _STEP), max(high, default=0) + _STEP


def numbers_in(raw: Any, fact: str, tables: Tables) -> list[float]:
    """The numbers of a fact that its bounds and the columns of tables tell apart: each limit, one less and one more."""
    limits = {limit for one in asking(raw) if one["fact"] == fact for operator in OPERATORS for limit in _limits(one.get(operator), tables)}
    cells = [line[fact] for lines in tables.values() for line in lines if fact in line]
    values = [value for cell in cells for value in (cell.values() if isinstance(cell, Mapping) else [cell])]
    limits |= {limit for value in values for limit in _limits(value, {})}
    return sorted({limit + step for limit in limits for step in (-_STEP, 0, _STEP) if limit + step >= 0})


def first_lines(raw: Mapping[str, Any], tables: Tables) -> Iterator[Mapping[str, Any]]:
    """The first line of each table that the bounds of a criterion name, without its limit."""
    for operator in OPERATORS:
        if (lines := _named(raw.get(operator), tables)) is not None:
            yield {column: cell for column, cell in lines[0].items() if column != "is"}


def inside(cell: Any) -> Any:
    """An answer that the cell of a line is about."""
    if isinstance(cell, list):
        return cell[0]
    if not isinstance(cell, Mapping):
        return cell
    low, high = cell.get("at_least", cell.get("more_than")), cell.get("at_most", cell.get("less_than"))
    return (low + high) / 2 if low is not None and high is not None else low + _STEP if low is not None else max(0, high - _STEP)


def _named(raw: Any, tables: Tables) -> Sequence[Mapping[str, Any]] | None:
    """The lines of the table that a bound names."""
    return tables.get(raw["table"]) if isinstance(raw, Mapping) and "table" in raw else None


def _limits(raw: Any, tables: Tables) -> list[float]:
    """The limits of a bound: several where it depends on a choice; of a table, those of all its lines."""
    if (lines := _named(raw, tables)) is not None:
        return [line["is"] for line in lines]
    values = raw.get("values", {}).values() if isinstance(raw, Mapping) else [raw]
    return [one for one in values if isinstance(one, int | float) and not isinstance(one, bool)]
