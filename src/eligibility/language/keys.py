"""The keys of a criterion that tell people something, and decide nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

IN_EACH_LANGUAGE = ("label", "question", "advice", "proof", "granted_by")
"""Those that hold a text in each language."""
TOLD = (*IN_EACH_LANGUAGE, "clause", "quote", "source", "todo")
"""All of them."""

OF_READINGS = ("name", "preferred", "without")
"""What a reading says of itself; its other keys replace those of the criterion."""


def left_out(reading: Mapping[str, Any]) -> list[Any]:
    """The keys of a criterion that one of its readings leaves out."""
    without = reading.get("without", [])
    return without if isinstance(without, list) else [without]


def as_read(raw: Mapping[str, Any], reading: Mapping[str, Any]) -> dict[str, Any]:
    """A criterion with the keys that one of its readings replaces, and without those that it leaves out."""
    out = left_out(reading)
    kept = {key: value for key, value in raw.items() if key != "readings" and key not in out}
    return {**kept, **{key: value for key, value in reading.items() if key not in OF_READINGS}}
