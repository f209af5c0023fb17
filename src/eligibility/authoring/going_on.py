"""A profile that was begun, and goes on: what is new is added to its text, and every line and comment that is there stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eligibility.authoring.edited import edited


def gone_on(text: str, data: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    """The text of a profile that says `data`, with what was found added to it. Raises NotEdited."""
    after = dict(data)
    for key, value in found.items():
        if key not in data:
            after[key] = value
        elif key == "facts":
            after[key] = {**data[key], **value}
        elif key == "incomplete":
            after[key] = list(dict.fromkeys([*_listed(data[key]), *value]))
    return edited(text, data, after)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
