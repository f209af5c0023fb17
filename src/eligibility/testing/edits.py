"""Small changes to one value of a rule: a bound by one, a list without one entry, a day earlier or later."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from eligibility.reading.reader import Path
from eligibility.reference import Reference

OTHER_OPERATOR: Mapping[str, str] = {
    "at_least": "more_than", "more_than": "at_least", "at_most": "less_than", "less_than": "at_most",
}  # fmt: skip
_QUANTITY = re.compile(r"(\d+) ([a-z]+|[A-Z]{3})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MINUTE = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")


def near(value: Any, reference: Reference) -> Iterator[Any]:
    """The values next to one: a number and a length by one unit and by a day, a level, a day, a minute, the other of true and false."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value - 1, value + 1)
    elif isinstance(value, float):
        yield from (value - 0.5, value + 0.5)
    elif isinstance(value, str):
        yield from _near_text(value, reference)


def _near_text(text: str, reference: Reference) -> Iterator[Any]:
    if _DAY.fullmatch(text):
        day = date.fromisoformat(text)
        yield from (str(day - timedelta(1)), str(day + timedelta(1)))
    elif _MINUTE.fullmatch(text):
        moment = datetime.fromisoformat(text)
        yield from ((moment + timedelta(minutes=step)).isoformat(timespec="minutes") for step in (-1, 1))
    elif found := _QUANTITY.fullmatch(text):
        yield from _near_quantity(int(found[1]), found[2])
    elif text in (levels := reference.levels()):
        place = levels.index(text)
        yield from levels[max(0, place - 1) : place]
        yield from levels[place + 1 : place + 2]
    else:
        yield from _near_words(text, reference)


def _near_words(text: str, reference: Reference) -> Iterator[str]:
    """Words of level ("fluent") that stand for the range of levels just below and just above."""
    ranges = {term: known[:2] for term in reference.said_terms() if (known := reference.said(term)) is not None}
    if text in ranges:
        below = max((one for one in ranges.values() if one < ranges[text]), default=None)
        above = min((one for one in ranges.values() if one > ranges[text]), default=None)
        yield from (next(term for term in sorted(ranges) if ranges[term] == one) for one in (below, above) if one is not None)


def _near_quantity(number: int, unit: str) -> Iterator[str]:
    if number > 0:
        yield f"{number - 1} {unit}"
    yield f"{number + 1} {unit}"
    months = {"year": 12, "month": 1}.get(unit.removesuffix("s"), 0) * number
    if months:  # nearly as long: four days less at most, whatever the month
        yield f"{months - 1} months 27 days" if months > 1 else "27 days"
        yield f"{months} months 1 day"


DROPPED = object()
"""Instead of a value: nothing there."""


def changed(data: Any, path: Path, value: Any) -> Any:
    """The data with another value at a path (`DROPPED`: without it); what is not on the way there is shared, nothing is altered."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    copy: Any = list(data) if isinstance(data, list) else dict(data)
    if rest or value is not DROPPED:
        if isinstance(copy, dict) and step not in copy:
            copy[step] = changed({}, rest, value) if rest else value
        else:
            copy[step] = changed(copy[step], rest, value)
    else:
        del copy[step]
    return copy


def renamed(data: Mapping[str, Any], old: str, new: str) -> dict[str, Any]:
    """A mapping with one key called otherwise, in its place."""
    return {new if key == old else key: value for key, value in data.items()}


def shown(value: Any) -> str:
    """A value in the name of a mutant."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {shown(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(shown, value))}]"
    return str(value)
