"""What a question or a filter says, to be compared: two that say the same are asked once."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

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


def named(said: Any) -> frozenset[str]:
    """The days of a vacancy that a form names."""
    if not isinstance(said, tuple | frozenset):
        return frozenset()
    if isinstance(said, tuple) and said[:1] == ("Moment",):
        own = dict(said[1])["name"]
        return named(said[1]) | ({own[1]} if own[0] == "str" else set())
    return frozenset().union(*(named(one) for one in said))
