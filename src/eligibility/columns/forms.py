"""What a question or a filter says, to be compared: two that say the same are asked once."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from eligibility.question.grammar import Moment

_ELSEWHERE = frozenset({"path", "common", "kind_info"})
"""Fields that say nothing of what is asked: where it stands, what its answer carries; its kind has a name."""


def form(value: Any) -> Hashable:
    """What a value says; two values with one form give the same answers."""
    if value is None or isinstance(value, str | int | float):
        return type(value).__name__, value
    if isinstance(value, tuple | list):
        return type(value).__name__, tuple(form(one) for one in value)
    if isinstance(value, frozenset | set):
        return "set", frozenset(form(one) for one in value)
    if isinstance(value, Mapping):
        return "mapping", tuple((form(key), form(one)) for key, one in value.items())
    if is_dataclass(value):
        return type(value).__name__, tuple(
            (one.name, form(getattr(value, one.name))) for one in fields(value) if one.name not in _ELSEWHERE
        )
    return id(value)


def named(value: Any) -> frozenset[str]:
    """The days of a vacancy that are named in a question."""
    if isinstance(value, Mapping):
        value = [*value.values()]
    if isinstance(value, tuple | list | set | frozenset):
        return frozenset().union(*(named(one) for one in value))
    if not is_dataclass(value):
        return frozenset()
    own = [value.name] if isinstance(value, Moment) and value.name is not None else []
    return frozenset(own) | named([getattr(value, one.name) for one in fields(value) if one.name not in _ELSEWHERE])
