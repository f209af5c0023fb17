"""A profile as YAML text: what can stand unquoted does, everything else is quoted; records on lines of their own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from eligibility.loading.yaml_scalars import UNSAFE_WORDS

_PLAIN = re.compile(r"[^\W\d_](?:[\w'. -]*\w)?%?|\d{1,3}%|\d{4}(?:-\d\d){0,2}")


def written(profile: Mapping[str, Any]) -> str:
    """The lines of a profile."""
    return "".join(f"{line}\n" for line in _lines(profile))


def _lines(profile: Mapping[str, Any]) -> Iterator[str]:
    for key, value in profile.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield f"{key}:"
            for record in value:
                yield f"  - {_flow(record)}"
        else:  # a name is the one free text: `2018` would be read as a number
            yield f"{key}: {json.dumps(value, ensure_ascii=False) if key == 'name' else _flow(value)}"


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value not in UNSAFE_WORDS:
        return value
    return json.dumps(value, ensure_ascii=False)
