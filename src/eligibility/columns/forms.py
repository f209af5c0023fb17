"""What a question or a filter says, as plain data: two that say the same are asked once."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

_REMEMBERED = frozenset({"memory", "settled", "turns", "called", "bare", "path", "_common", "plain", "kind_info"})
"""Attributes that say nothing of what is asked: what has been worked out, and where it stands."""


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
    slots = [name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ()) if name not in _REMEMBERED]
    if slots and not isinstance(value, type):
        return type(value).__name__, tuple((name, form(getattr(value, name, None))) for name in slots)
    return _name(value)


def _name(value: Any) -> Hashable:
    """A function by its name; what is nothing known by itself."""
    if callable(value):
        return getattr(value, "__module__", ""), getattr(value, "__qualname__", id(value))
    return id(value)
