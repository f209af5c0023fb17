"""The groups of countries that the criteria of a rule file name, each with the day it is asked on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from eligibility.checks.base import Path, Rule
from eligibility.dates import Days

_KEYS = ("of", "in", "works_in", "recognised_in", "host", "country")


class UsedGroup(NamedTuple):
    """A group, where it stands in the file, and the day or days it is asked on."""

    group: str
    path: Path
    on: Days


def groups_used(rule: Rule) -> Iterator[UsedGroup]:
    """Every group of countries in a filter, however it is written; a group that stands for its languages is another matter."""
    for raw, path, _ in rule.criteria:
        if raw.get("kind") in (None, "language"):
            continue
        on = rule.counted_on(raw)
        if on is None:
            continue
        for key in _KEYS:
            for name, where in _names(raw.get(key), (*path, key), rule):
                if rule.reference.is_group(name):
                    yield UsedGroup(name, where, on)


def _names(value: Any, path: Path, rule: Rule) -> Iterator[tuple[str, Path]]:
    """The words that a filter names: one, several, all but some, or those of a list."""
    if isinstance(value, str):
        yield value, path
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _names(one, (*path, index), rule)
    elif isinstance(value, dict):
        for key in ("any", "except"):
            yield from _names(value.get(key), (*path, key), rule)
        if isinstance(name := value.get("list"), str):
            for index, entry in enumerate(rule.vacancy.lists.get(name, ())):
                word = entry.get("id") if isinstance(entry, dict) else entry
                yield from _names(word, ("lists", name, index), rule)
