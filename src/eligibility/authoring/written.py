"""A profile as YAML text: what can stand unquoted does, everything else is quoted; records on lines of their own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from eligibility.loading.yaml_scalars import UNSAFE_WORDS

_PLAIN = re.compile(r"[^\W\d_](?:[\w'. -]*\w)?%?")
_FIGURES = re.compile(r"\d{1,3}(?:\.\d{1,9})?%|\d{4}(?:-\d\d){0,2}")
_FREE = frozenset({"name", "title", "note", "employer_name", "school", "organisation", "programme"})
"""Keys of free text: there `2018` is a name, and would be read as a number."""


def written(profile: Mapping[str, Any]) -> str:
    """The lines of a profile."""
    return "".join(f"{line}\n" for line in _lines(profile))


def _lines(profile: Mapping[str, Any]) -> Iterator[str]:
    for key, value in profile.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield f"{key}:"
            for record in value:
                yield f"  - {flow(record)}"
        else:
            yield f"{key}: {flow(value, key)}"


def flow(value: Any, key: str = "") -> str:
    """A value on one line, under its key."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {flow(one, name)}" for name, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    if key == "name":
        return json.dumps(value, ensure_ascii=False)
    plain = isinstance(value, str) and (_PLAIN.fullmatch(value) or (key not in _FREE and _FIGURES.fullmatch(value)))
    if plain and value not in UNSAFE_WORDS:
        return str(value)
    return json.dumps(value, ensure_ascii=False)
