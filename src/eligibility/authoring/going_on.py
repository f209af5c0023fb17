"""A profile that was begun, and goes on: what is new is added to its text, and every line and comment that is there stays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from eligibility.authoring.written import flow, written
from eligibility.loading.loaded import Readable

_IN_BRACKETS = re.compile(r"(\w+:\s*)(?:\[[^\[\]]*\]|\{[^{}]*\}|[\w-]+)(\s*(?:#.*)?)")


class CannotGoOn(Exception):
    """The text is written in a way in which nothing can be added to this key."""


def gone_on(text: str, document: Readable, found: Mapping[str, Any]) -> str:
    """The text of a profile with what was found added to it. Raises CannotGoOn."""
    data = document.data
    lines = text.splitlines()
    for key in ("incomplete", "facts"):
        if key in data and key in found:
            known = data[key]
            value = {**known, **found[key]} if isinstance(known, dict) else list(dict.fromkeys([*_listed(known), *found[key]]))
            number = document.place((key,), key=True).line - 1
            whole = _IN_BRACKETS.fullmatch(lines[number])
            if whole is None:
                raise CannotGoOn(key)
            lines[number] = f"{whole[1]}{flow(value)}{whole[2]}"
    new = {key: value for key, value in found.items() if key not in data}
    return "".join(f"{line}\n" for line in lines) + written(new)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
