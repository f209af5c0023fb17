"""Values that depend on a choice, anywhere in a criterion: each put in the place of what it is chosen for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .language import BOUNDS, KINDS

APART = ("when", "unless", "derogation", "readings", "all_of", "any_of", "none_of", "label", "question", "advice", "proof", "granted_by", "source")
"""Keys whose criteria, or words, are looked at by themselves."""
_BOUNDED = ("number", "level", "money", "grade", "cefr", "test")


def is_by(raw: Any) -> bool:
    return isinstance(raw, dict) and "by" in raw


def settled(raw: Any, chosen: Callable[[str], str]) -> Any:
    """What is asked once it is known what is chosen."""
    if is_by(raw) and isinstance(raw.get("values"), dict):
        option = chosen(raw["by"])
        return settled(raw["values"][option], chosen) if option in raw["values"] else raw
    if isinstance(raw, dict):
        return {key: value if key in APART else settled(value, chosen) for key, value in raw.items()}
    return [settled(one, chosen) for one in raw] if isinstance(raw, list) else raw


def makes_others(criterion: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The values that make a criterion another one for each option: all but those of its own bounds and of the bounds of its filters."""
    groups = {"all_of", "any_of", "none_of"} & {*criterion}
    for key, value in criterion.items():
        if not (key in BOUNDS and is_by(value)) and (not groups or key in ("as_of", "how_many")):
            yield from _inside(key, value, criterion.get("kind"))


def _inside(key: str, value: Any, kind: Any) -> Iterator[Mapping[str, Any]]:
    if key in APART or key in ("id", "kind", "choice", "fact", "met", "chosen", "importance", "clause", "quote", "todo"):
        return
    if is_by(value):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _inside(key, one, kind)
    elif isinstance(value, dict) and not (kind in KINDS and (*KINDS[kind].filters.get(key, ("", "")), "")[1] in _BOUNDED):
        for name, one in value.items():
            yield from _inside(name, one, value.get("kind", kind))


def of_each_option(criterion: Any, choices: Mapping[str, Any]) -> list[Any]:
    """What a criterion asks for each option of the choices that it depends on; itself, where it depends on none."""
    names = list(dict.fromkeys(one["by"] for one in _all(criterion)))
    found = [criterion]
    for name in names:
        options = (choices.get(name) or {}).get("options") or {}
        found = [settled_as(one, name, option) for one in found for option in options] or found
    return found


def settled_as(raw: Any, name: str, option: str) -> Any:
    """What is asked where an option of one choice is chosen."""
    if is_by(raw):
        inside = raw["values"].get(option) if raw["by"] == name else None
        return raw if inside is None else settled_as(inside, name, option)
    if isinstance(raw, dict):
        return {key: settled_as(value, name, option) for key, value in raw.items()}
    return [settled_as(one, name, option) for one in raw] if isinstance(raw, list) else raw


def _all(raw: Any) -> Iterator[Mapping[str, Any]]:
    if is_by(raw):
        yield raw
    for one in raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list) else ():
        yield from _all(one)
