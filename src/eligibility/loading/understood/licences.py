"""`permis: B`: a licence to drive cars, or a Swiss permit to stay. Both are one letter, and only the person knows which."""

from __future__ import annotations

import re
from typing import Any

from eligibility.loading.understood.words import parts, says

_CLASS = re.compile(r"(?:(?:permis|permiso|permit|ausweis)\s+)?(?P<letters>AM|A[12]?|B[1E]?|CI|C1?E?|D1?E?|[FGLTMPS])", re.IGNORECASE)
"""The classes of driving licences, among which are the permits of Switzerland (B, C, Ci, F, G, L, S)."""
_SAY_NOTHING_MORE = frozenset({"type", "from", "until"})
"""Keys that either may have; a permit of a country, or for some work, is one to stay."""


def is_driving(key: str) -> bool:
    """Whether a key names a licence to drive: `permis de conduire`."""
    return says("driving", key)


def either_licence(key: str, value: Any) -> list[str]:
    """What may be written for a permit that may be one to drive or one to stay; nothing where it can be one of them only: entries with
    their keys, under our own word for permits to stay."""
    texts = value if isinstance(value, list) else [value]
    if not says("either_permit", key) and not (key == "permits" and all(isinstance(one, str) for one in texts)):
        return []
    letters = _letters(value)
    if not letters:
        return []
    return [f"permits: [{{type: {letters[0]}, in: CH}}]", f"certificates: [{{type: driving, tags: [{', '.join(letters)}]}}]"]


def _letters(value: Any) -> list[str]:
    """The classes that a value consists of; none where it says something else."""
    if isinstance(value, dict):
        return _letters(value.get("type")) if set(value) <= _SAY_NOTHING_MORE else []
    if isinstance(value, list):
        found = [_letters(one) for one in value]
        return [letter for one in found for letter in one] if all(found) else []
    classes = [_CLASS.fullmatch(part) for part in parts(value)] if isinstance(value, str) else []
    return [one["letters"].upper() for one in classes if one is not None] if classes and all(classes) else []
