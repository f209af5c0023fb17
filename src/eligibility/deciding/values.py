"""A filter and the value of one attribute: looked at once, whoever has it, and what is missing where it is not said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from eligibility.deciding.case import Case
from eligibility.deciding.session import MOST
from eligibility.facts import Row
from eligibility.question.filters import Chosen
from eligibility.question.grammar import Filter
from eligibility.verdict import UNKNOWN, Truth

_Filter = TypeVar("_Filter", bound=Filter)


def by_value(one: _Filter, row: Row, case: Case, day: int, accepts: Callable[[_Filter, Any, Case, int], Truth]) -> Truth:
    """What a filter says of the value of a record. One that is constant looks at a value once."""
    value = row.values.get(one.attribute)
    if value is None:
        return UNKNOWN
    truths = case.seen[one].truths
    known = truths.get(value)
    if known is None:
        known = accepts(one, value, case, day)
        if one.constant and len(truths) < MOST:
            truths[value] = known
    return known


def unchosen(one: Filter, case: Case) -> tuple[str, ...]:
    """The path of the choice that a filter waits for."""
    missing = isinstance(one, Chosen) and one.chosen is not None and one.chosen not in case.choices
    return (f"choices.{one.chosen}",) if missing and isinstance(one, Chosen) else ()


def lacking_value(one: Filter, row: Row, case: Case, day: int) -> tuple[str, ...]:
    """What would tell whether a record matches: the choice it waits for, or the value."""
    return unchosen(one, case) or (row.key(one.attribute),)


def lacking_unless(settled: Callable[[Any], bool], one: Filter, row: Row, case: Case, day: int | None = None) -> tuple[str, ...]:
    """The same, where a value may be said and leave it open: nothing lacks once the profile cannot say more of it. Each value is looked
    at once; where that depends on the `day`, once for each."""
    if waits := unchosen(one, case):
        return waits
    value = row.values.get(one.attribute)
    if value is None:
        return (row.key(one.attribute),)
    known, key = case.seen[one].settled, value if day is None else (value, day)
    answer = known.get(key)
    if answer is None:
        answer = settled(value)
        if len(known) < MOST:
            known[key] = answer
    return () if answer else (row.key(one.attribute),)


def as_words(value: Any) -> tuple[Any, ...]:
    """The words of a value that may be several."""
    return value if isinstance(value, tuple) else (value,)


def wanted_of(one: Chosen, case: Case) -> tuple[str, ...] | None:
    """The words that are asked for; None where nobody has chosen yet."""
    if one.chosen is None:
        wanted: tuple[str, ...] = one.wanted
        return wanted
    choice = case.choices.get(one.chosen)
    return None if choice is None else (choice,)
