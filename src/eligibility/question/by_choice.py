"""Values of a criterion that depend on a choice, `{by: track, values: {external: 2 years, internal: 5 years}}`: found, and put in.

A bound that stands in a criterion or in a filter can be so itself: its limit lies between the least and the most of its values. Any other
value makes a criterion of its own for each option.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eligibility.language.groups import JOINING
from eligibility.language.keys import TOLD
from eligibility.language.kinds import RECORD_KINDS
from eligibility.question.quantity import OPERATORS

_Path = tuple[str | int, ...]

AROUND = (*TOLD, "id", "importance", "when", "unless", "derogation")
"""The keys of a criterion that are not about what its kind asks; what stands in them is a criterion of its own."""

_NOT_LOOKED_INTO = (*AROUND, "readings", "kind", "choice", "fact", "met", "chosen", "all_of", "any_of", "none_of")
_OF_GROUPS = ("as_of", "how_many")
"""The keys of a group that are not those of its members, whose values depend on a choice by themselves."""
_BOUNDED = ("number", "level", "money", "grade", "cefr", "test")
"""The forms of filters whose bounds may depend on a choice themselves."""


def is_by_choice(value: Any) -> bool:
    """Whether a value is one for each option of a choice."""
    return isinstance(value, Mapping) and "by" in value


def by_choices(raw: Mapping[str, Any]) -> Iterator[tuple[_Path, Mapping[str, Any]]]:
    """The values of a criterion that make it another one for each option, each with its place in it."""
    groups = any(key in raw for key in JOINING if key != "together")
    for key, value in raw.items():
        if not (key in OPERATORS and is_by_choice(value)) and (not groups or key in _OF_GROUPS):
            yield from _below(key, value, raw.get("kind"), (key,))


def _below(key: str, value: Any, kind: Any, path: _Path) -> Iterator[tuple[_Path, Mapping[str, Any]]]:
    if key in _NOT_LOOKED_INTO:
        return
    if is_by_choice(value):
        yield path, value
    elif isinstance(value, Mapping):
        if not _is_bounded(key, kind):
            for name, one in value.items():
                yield from _below(name, one, value.get("kind", kind), (*path, name))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _below(key, one, kind, (*path, index))


def _is_bounded(key: str, kind: Any) -> bool:
    known = RECORD_KINDS.get(kind) if isinstance(kind, str) else None
    return known is not None and known.filters.get(key, "").partition(":")[0] in _BOUNDED


def with_option(raw: Mapping[str, Any], choice: Any, option: Any) -> dict[str, Any]:
    """A criterion as one option of a choice has it."""
    found = dict(raw)
    for path, value in by_choices(raw):
        if value["by"] == choice and option in value["values"]:
            found = _put(found, path, value["values"][option])
    return found


def _put(data: Any, path: _Path, value: Any) -> Any:
    """Data with another value at a place."""
    if not path:
        return value
    other = data.copy()
    other[path[0]] = _put(data[path[0]], path[1:], value)
    return other


def asked_of(raw: Mapping[str, Any]) -> dict[str, Any]:
    """What a criterion asks, without what stands around it."""
    return {key: value for key, value in raw.items() if key not in AROUND}
