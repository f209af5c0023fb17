"""JSON that somebody sent: each key once, numbers of a sane length, no deeper than a profile."""

from __future__ import annotations

import json
from typing import Any

from eligibility.importing.limits import Walk, refuse
from eligibility.loading.yaml_scalars import MAX_DIGITS
from eligibility.loading.yaml_syntax import MAX_DEPTH, shorten


def values_in(data: bytes, name: str) -> Any:
    """The values of a file. Raises `Problems`."""
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        refuse(name, "E140", byte=f"0x{data[error.start]:02X}")

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            seen: set[str] = set()
            for key, _ in pairs:
                if key in seen:
                    refuse(name, "E640", form="twice", key=shorten(key))
                seen.add(key)
        return found

    def constant(word: str) -> Any:
        refuse(name, "E122", value=word)

    def number(word: str) -> int | float:
        if len(word) > MAX_DIGITS:
            refuse(name, "E119", value=shorten(word))
        if word.lstrip("-").isdigit():
            return int(word)
        if (found := float(word)) in (float("inf"), float("-inf")):
            refuse(name, "E122", value=word)
        return found

    try:
        found = json.loads(text, object_pairs_hook=once, parse_constant=constant, parse_int=number, parse_float=number)
    except RecursionError:
        refuse(name, "E112", limit=MAX_DEPTH)
    except json.JSONDecodeError as error:
        refuse(name, "E640", line=error.lineno, column=error.colno)
    return Walk(name).checked(found)
