"""Degrees as people write them: `Master 2 IA`, `B.A.`, `Maîtrise en droit`: the title, the level, and the field where it is known."""

from __future__ import annotations

import re
from typing import Any

from eligibility.loading.understood.answer import NOT_UNDERSTOOD, Understood
from eligibility.loading.understood.words import meanings, says, without
from eligibility.reference import Reference
from eligibility.reference.spelling import fold

_PIECES = re.compile(r"[(),;\[\]]|\s[-–—]\s")
_LEVEL = re.compile(r"(?:.*\b)?(?:level|niveau|nivel|eqf|cec|ceq|dqr)\s*:?\s*([1-8])\b", re.IGNORECASE)


def degree(text: str, reference: Reference) -> Understood:
    """The keys of one degree. Several degrees in one text, and one that was not obtained, are told and not taken."""
    whole = fold(text) in meanings("degrees")
    pieces = [text] if whole else [piece for one in _PIECES.split(text) if (piece := one.strip())]
    if any(says("unfinished", piece) for piece in pieces):
        return Understood(note="not_obtained")
    value: dict[str, Any] = {}
    readings: tuple[dict[str, Any], ...] = ()
    left: list[str] = []
    told = False  # whether something was said beside the title
    for piece in pieces:
        if (stated := _LEVEL.fullmatch(piece)) is not None:
            value.setdefault("level", int(stated[1]))
            continue
        found, rest = _title(piece, reference)
        if not found:
            if value or readings:
                rest = piece
            else:
                return NOT_UNDERSTOOD
        elif not (value or readings):
            value, readings = (found[0], ()) if len(found) == 1 else ({}, found)
        elif (rest and told) or found != (readings or ({key: value[key] for key in found[0] if key in value},)):
            return Understood(note="several")
        beside = without("of", without("faculties", rest, at_end=False), at_end=False)
        field = _field(rest, reference) if beside else None  # Masters of Arts: a faculty is no field
        if field is None:
            rest = beside
            field = _field(rest, reference)
        told = told or bool(rest)
        if field is not None:
            value = {**value, "field": [*dict.fromkeys([*value.get("field", ()), field])]}
        elif rest:
            left.append(rest)
    if readings:
        return Understood(None, tuple({**one, **value} for one in readings), tuple(left))
    return Understood(value, left=tuple(left)) if value else NOT_UNDERSTOOD


def _title(text: str, reference: Reference) -> tuple[tuple[dict[str, Any], ...], str]:
    """What the longest beginning of a text that is a title stands for, and the rest of the text."""
    words = text.split()
    for length in range(len(words), 0, -1):
        first = " ".join(words[:length])
        rest = " ".join(words[length:])
        known = _known(first, reference)
        if known and not any(says("no_degrees", word) for word in words[length:]):
            return known, without("of", rest, at_end=False)
    return (), text


def _known(word: str, reference: Reference) -> tuple[dict[str, Any], ...]:
    if (several := meanings("degrees").get(fold(word))) is not None:
        return tuple({"level": int(one[6:])} if one.startswith("level:") else {"title": one} for one in several)
    title = reference.find_term("titles", word, suggest=False).id
    return () if title is None else ({"title": title},)


def _field(text: str, reference: Reference) -> str | None:
    """The field that words name, also in the plural: `sciences politiques`."""
    if not text:
        return None
    one_by_one = " ".join(re.sub(r"(?<=\w{3})s\b", "", word) for word in text.split())
    for form in (text, one_by_one):
        known = reference.find_term("field", form, suggest=False).id
        if known is not None:
            return known
    known_words = meanings("fields").get(fold(text))
    return known_words[0] if known_words and len(known_words) == 1 else None
