"""Bounds: the limits that hold for one candidate, what moves them, and how an amount compares with them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from eligibility.dates import Length
from eligibility.deciding.case import Case
from eligibility.question.grammar import Bound, Extension, Records
from eligibility.verdict import Truth, truth_of


def limits(bound: Bound, case: Case) -> tuple[Any, Any, tuple[str, ...]]:
    """The lowest and the highest value a limit may have for this candidate, and what is missing to know it."""
    missing: tuple[str, ...] = ()
    if bound.by is not None:
        name, values = bound.by
        chosen = case.choices.get(name)
        if chosen in values:
            low = high = values[chosen].amount
        else:
            amounts = sorted((value.amount for value in values.values()), key=_size)
            low, high = amounts[0], amounts[-1]
            missing = () if chosen is not None else (f"choices.{name}",)
    else:
        assert bound.quantity is not None
        low = high = bound.quantity.amount
    if bound.extended:
        few, many, lacking = extension(bound.extended, case)
        missing += lacking
        low, high = _add(low, few), _add(high, many)
        for one in bound.extended:
            if one.when is not None and one.to is not None:
                holds = case.by.evaluate(one.when, case)
                if holds.truth.surely:
                    low, high = max(low, one.to, key=_size), max(high, one.to, key=_size)
                elif holds.truth.possibly:
                    high = max(high, one.to, key=_size)
                    missing += case.by.missing(holds)
    if bound.never_beyond is not None:
        cap = bound.never_beyond.amount
        low, high = min(low, cap, key=_size), min(high, cap, key=_size)
    return low, high, missing


def _size(limit: Any) -> Any:
    return limit.most_days if isinstance(limit, Length) else limit


def _add(limit: Any, length: Length) -> Any:
    if isinstance(limit, Length):
        return Length(limit.months + length.months, limit.days + length.days)
    return limit + length.months // 12


def compare(operator: str, low: Any, high: Any, limit_low: Any, limit_high: Any) -> Truth:
    """A number between `low` and `high` against a limit between `limit_low` and `limit_high`."""
    if operator == "at_least":
        return truth_of(low >= limit_high, high >= limit_low)
    if operator == "more_than":
        return truth_of(low > limit_high, high > limit_low)
    if operator == "at_most":
        return truth_of(high <= limit_low, low <= limit_high)
    return truth_of(high < limit_low, low < limit_high)


def turns_of(extended: Iterable[Extension], case: Case) -> list[int]:
    """The days on which the conditions that move some limits may change; the records that move them have days of their own."""
    when = [part.when for one in extended for part in one.parts if part.when is not None]
    return [day for condition in when for day in case.by.critical_days(condition, case)]


def extension(extended: tuple[Extension, ...], case: Case) -> tuple[Length, Length, tuple[str, ...]]:
    """By how much the extensions move a limit, at least and at most; `to` is not counted here."""
    low = high = Length(0)
    missing: tuple[str, ...] = ()
    for _, few, many, lacking in moves(extended, case):
        missing += lacking
        low, high = added((low, few)), added((high, many))
    return low, high, missing


Move = tuple[str, Length, Length, tuple[str, ...]]
"""What moves a limit: the kind of its records, by how much at least and at most, and what is missing to know."""


def moves(
    extended: tuple[Extension, ...], case: Case, lasting: Callable[[Records], tuple[Length, Length, tuple[str, ...]]] | None = None
) -> Iterator[Move]:
    """What moves a limit, one by one. `lasting` says how long records last, where it is not how long all of them do."""
    for one in extended:
        if one.largest:
            kind, few, many, lacking = largest([*moves(one.largest, case)]) if one.per is None else case.by.for_each(one, case)
            pair = [few, many]
        elif one.add is not None:
            kind, least, most, lacking = _times(one, case)
            pair = [Length(one.add.months * least, one.add.days * least), Length(one.add.months * most, one.add.days * most)]
        elif one.of is not None:
            kind = one.of.kind
            *pair, lacking = case.by.total_length(one.of, case) if lasting is None else lasting(one.of)
        else:
            continue
        low, high = (_smaller(length, one.up_to) if one.up_to is not None else length for length in pair)
        yield kind, low, high, lacking if pair[0] != pair[1] else ()


def largest(ways: list[Move]) -> Move:
    """Of several ways to move a limit the one that moves it most: at least as far as the longest of what each surely comes to, at most as
    far as the longest of what each may."""
    low, high = longest([few for _, few, _, _ in ways]), longest([many for _, _, many, _ in ways])
    kind = max(ways, key=lambda way: way[2].most_days)[0]
    missing = tuple(path for _, few, many, lacking in ways if few != many and not _never_longer(many, low[0]) for path in lacking)
    return kind, low[0], high[1], missing


def longest(lengths: Collection[Length]) -> tuple[Length, Length]:
    """The longest of some lengths, at least and at most: thirty days are more than some months, and less than others."""
    for one in lengths:
        if all(_never_longer(other, one) for other in lengths):
            return one, one
    return Length(0, max(one.least_days for one in lengths)), Length(0, max(one.most_days for one in lengths))


def shortest(lengths: Collection[Length]) -> Length:
    """The shortest of some lengths; where any of several may be, one that is shorter than all."""
    for one in lengths:
        if all(_never_longer(one, other) for other in lengths):
            return one
    return Length(0, min(one.least_days for one in lengths))


def added(lengths: Iterable[Length]) -> Length:
    """Some lengths together."""
    months, days = 0, 0
    for one in lengths:
        months, days = months + one.months, days + one.days
    return Length(months, days)


def _never_longer(one: Length, other: Length) -> bool:
    """Whether a length is no longer than another, from whatever day."""
    return (one.months <= other.months and one.days <= other.days) or one.most_days <= other.least_days


def _times(one: Extension, case: Case) -> tuple[str, int, int, tuple[str, ...]]:
    """The kind of what a limit is added to for, how many times at least and at most, and what is missing to know: for each record, or once;
    not at all where its condition does not hold."""
    kind, few, many = "", 1, 1
    missing: tuple[str, ...] = ()
    if one.per is not None:
        kind = one.per.kind
        few, many, missing = case.by.number(one.per, case)
    if one.when is not None:
        kind = kind or one.when.kind
        holds = case.by.evaluate(one.when, case)
        if not holds.truth.surely:
            few = 0
            missing = (*missing, *case.by.missing(holds)) if holds.truth.possibly else missing
        if not holds.truth.possibly:
            many = 0
    return kind, few, many, missing


def _smaller(length: Length, cap: Length) -> Length:
    """The smaller one; of two that may be as long, months, which are never longer than so many days."""
    return min(length, cap, key=lambda one: (one.most_days, -one.months))
