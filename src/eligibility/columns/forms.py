"""What a question or a filter says, to be compared: two that say the same are asked once."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from eligibility.question.grammar import Criterion, Moment
from eligibility.question.others import Group

_ELSEWHERE = frozenset({"path", "common", "kind_info"})
"""Fields that say nothing of what is asked: where it stands, what its answer carries; its kind has a name."""


def form(value: Any, names: set[str] | None = None) -> Hashable:
    """What a value says; two values with one form give the same answers. The days of a vacancy that are named in it come to `names`."""
    if value is None or isinstance(value, str | int | float):
        return type(value), value
    if isinstance(value, tuple | list):
        return type(value), tuple([form(one, names) for one in value])
    if isinstance(value, frozenset | set):
        return "set", frozenset([form(one, names) for one in value])
    if isinstance(value, Mapping):
        return "mapping", tuple([(form(key, names), form(one, names)) for key, one in value.items()])
    kind: Any = type(value)
    said = _said_in(kind)
    if said is None:
        return id(value)
    if names is not None and isinstance(value, Moment) and value.name is not None:
        names.add(value.name)
    return kind, tuple([form(getattr(value, name), names) for name in said])


@cache
def _said_in(kind: Any) -> tuple[str, ...] | None:
    """The fields of a type that say something: those that follow from others do not."""
    if not is_dataclass(kind):
        return None
    return tuple([one.name for one in fields(kind) if one.init and one.name not in _ELSEWHERE])


def joined_how(criterion: Criterion) -> Hashable:
    """What there is of a criterion besides what its parts ask: the same truths of the parts of two such make the same truth."""
    common = criterion.common
    there = (common.when is not None, common.unless is not None, common.derogation is not None)
    of_group = (criterion.how_many, criterion.same, criterion.choice, criterion.options) if isinstance(criterion, Group) else None
    return criterion.kind, type(criterion).__name__, there, tuple([preferred for _, preferred, _ in common.readings]), of_group
