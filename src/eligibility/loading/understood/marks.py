"""Marks with their scale: `15/20`, `3,8/4,3`, `85 %`, `mention bien`, `2:1`."""

from __future__ import annotations

import re
from typing import Any

from eligibility.loading.understood.answer import NOT_UNDERSTOOD, Understood
from eligibility.reference import Reference

_NUMBER = r"\d{1,3}(?:[.,]\d{1,3})?"
_OUT_OF = re.compile(rf"({_NUMBER})\s*(?:/|sur|out of|von|sobre|de)\s*({_NUMBER})")
_MARK = re.compile(_NUMBER)
_FULL = re.compile(rf"(?:0\s*[-–à]\s*|/\s*|sur\s+|out of\s+|von\s+|sobre\s+)?({_NUMBER})")
_POINTS = re.compile(rf"(?:c?gpa)\s*(?:/|\(|out of|sur)?\s*({_NUMBER})?\)?", re.IGNORECASE)
_SCALES = {10: "out_of_10", 20: "out_of_20", 100: "out_of_100"}
_MOST_POINTS = (4, 4.0, 4.3, 4.33, 4.5, 5)
"""The highest averages of grade points: a mark out of these is one."""
_IN_WORDS = ("mention", "honours")


def mark(text: str, reference: Reference) -> Understood:
    """A mark that tells its scale: `{scale, value}`, with `out_of` where the scale does not tell it."""
    whole = text.strip()
    if (found := _OUT_OF.fullmatch(whole.casefold())) is not None:
        scale = _scale_of(_figure(found[2]))
        return NOT_UNDERSTOOD if scale is None else _kept({"value": _figure(found[1]), **scale})
    if whole.endswith("%") and _MARK.fullmatch(figure := whole[:-1].strip()):
        return _kept({"scale": "percent", "value": _figure(figure)})
    for name in _IN_WORDS:
        if (word := reference.mark_word("scales", name, whole)) is not None:
            return Understood({"scale": name, "value": word})
    return NOT_UNDERSTOOD


def scale(text: str, reference: Reference) -> Understood:
    """The scale of marks, told beside them: `/20`, `0-10`, `%`, `GPA 4.0`, `UK Honours`."""
    whole = text.strip().casefold()
    if whole.replace(" ", "_") in reference.scales():
        return Understood({"scale": whole.replace(" ", "_")})
    if whole in ("%", "percentage", "pourcentage", "prozent", "porcentaje"):
        return Understood({"scale": "percent"})
    if (points := _POINTS.fullmatch(whole)) is not None:
        return Understood({"scale": "gpa", **({"out_of": _figure(points[1])} if points[1] else {})})
    if (full := _FULL.fullmatch(whole)) is not None and (found := _scale_of(_figure(full[1]))) is not None:
        return Understood(found)
    words = {*re.findall(r"\w+", whole)}
    if len(known := [name for name in _IN_WORDS if name in words or f"{name}s" in words]) == 1:
        return Understood({"scale": known[0]})
    return NOT_UNDERSTOOD


def _scale_of(most: float) -> dict[str, Any] | None:
    if most in _SCALES:
        return {"scale": _SCALES[int(most)]}
    return {"scale": "gpa", "out_of": most} if most in _MOST_POINTS else None


def _kept(found: dict[str, Any]) -> Understood:
    return Understood({"scale": found.pop("scale"), **found})


def _figure(text: str) -> int | float:
    figure = float(text.replace(",", "."))
    return int(figure) if figure.is_integer() else figure
