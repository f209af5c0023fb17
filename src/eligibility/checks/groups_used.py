"""The groups of countries that the criteria of a rule file name, each with the day it is asked on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from eligibility.checks.base import Path, Rule
from eligibility.dates import Days

_KEYS = ("of", "in", "works_in", "recognised_in", "host", "country")


class UsedGroup(NamedTuple):
    """A group, where it stands in the file, and the day or days it is asked on."""

    group: str
    path: Path
    on: Days


def groups_used(rule: Rule) -> Iterator[UsedGroup]:
    """Every group of countries in a filter; a group that stands for its languages is another matter."""
    for raw, path, _ in rule.criteria:
        if raw.get("kind") in (None, "language"):
            continue
        on = rule.counted_on(raw)
        if on is None:
            continue
        for key in _KEYS:
            value = raw.get(key)
            names = [((*path, key), value)] if isinstance(value, str) else []
            if isinstance(value, list):
                names = [((*path, key, index), one) for index, one in enumerate(value)]
            for where, name in names:
                if isinstance(name, str) and rule.reference.is_group(name):
                    yield UsedGroup(name, where, on)
