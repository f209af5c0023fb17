"""Two criteria that nobody can meet together.

One asks for more of something than the other allows, one excludes what the other asks for, or the ages do not fit: at most 20
years old, and ten years of experience after a doctorate. For ages it is assumed that nobody works before 10, finishes
secondary school before 10 or holds a doctorate before 14.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, combinations
from typing import Any, NamedTuple

from eligibility.checks.base import BESIDE, MOST_COMPARED, Path, Problem, Rule, criteria_of, leaves
from eligibility.checks.implication import contradicts
from eligibility.dates import LONG_AGO, Length, add_months
from eligibility.language.kinds import RECORD_KINDS
from eligibility.question.quantity import parse_quantity

CODE = "E308"
WRONG = """
criteria:
  - {id: age, kind: age, at_most: 20}
  - {id: experience, kind: experience, at_least: 10 years, during: {after: {kind: degree, level: 8, take: first}}}
"""
RIGHT = """
criteria:
  - {id: age, kind: age, at_most: 45}
  - {id: experience, kind: experience, at_least: 10 years, during: {after: {kind: degree, level: 8, take: first}}}
"""

_YOUNGEST = {4: 10, 5: 11, 6: 12, 7: 13, 8: 14}


class _Part(NamedTuple):
    """A condition for everybody, and what it says of the day of birth: not before, not after."""

    raw: Mapping[str, Any]
    path: Path
    id: str
    born_from: int | None
    born_by: int | None


def check(rule: Rule) -> Iterator[Problem]:
    """A problem at the later of two required criteria that exclude each other."""
    parts = [part for path, raw in criteria_of(rule.vacancy) for part in _parts(rule, raw, path, str(raw.get("id", "")))]
    told: set[tuple[str, str]] = set()
    for one, other in combinations(_first(parts), 2):
        if (one.id, other.id) not in told and (contradicts(one.raw, other.raw, rule.reference) or _ages_exclude(one, other)):
            told.add((one.id, other.id))
            yield Problem(CODE, other.path, {"id": other.id, "other": one.id, "first": one.path})


def _first(parts: Sequence[_Part]) -> Sequence[_Part]:
    """As many parts as can be compared pair by pair."""
    sizes = accumulate(leaves(part.raw) for part in parts)
    return [part for part, size in zip(parts, sizes, strict=True) if size <= MOST_COMPARED]


def _parts(rule: Rule, raw: Mapping[str, Any], path: Path, name: str) -> Iterator[_Part]:
    """The conditions that everybody must meet: those with a condition, an exception or several readings are left out."""
    if raw.get("importance") == "desirable" or any(key in raw for key in (*BESIDE, "readings", "same")):
        return
    if isinstance(members := raw.get("all_of"), list):
        for index, member in enumerate(members):
            yield from _parts(rule, member, (*path, "all_of", index), name)
    else:
        yield _Part(raw, path, name, _earliest_birth(rule, raw), _latest_birth(rule, raw))


def _ages_exclude(one: _Part, other: _Part) -> bool:
    """Whether whoever is old enough for one of them is too old for the other."""
    return any(
        young.born_from is not None and old.born_by is not None and old.born_by < young.born_from
        for young, old in ((one, other), (other, one))
    )


def _earliest_birth(rule: Rule, raw: Mapping[str, Any]) -> int | None:
    """The first day on which somebody young enough may be born."""
    if raw.get("kind") != "age" or (on := rule.counted_on(raw)) is None or {"extended", "throughout"} & set(raw):
        return None
    years = [value + (1 if key == "at_most" else 0) for key in ("at_most", "less_than") if isinstance(value := raw.get(key), int)]
    return add_months(on.first, -12 * min(years)) + 1 if years else None


def _latest_birth(rule: Rule, raw: Mapping[str, Any]) -> int | None:
    """The last day on which somebody who has done all this may be born."""
    on = rule.counted_on(raw)
    if on is None or raw.get("whose"):
        return None
    kind, length = raw.get("kind"), Length(0)
    quantity = None if isinstance(raw.get("at_least"), dict) else parse_quantity(raw.get("at_least"))
    if kind == "age":
        return add_months(on.last, -12 * quantity.amount) if quantity is not None and isinstance(quantity.amount, int) else None
    if kind == "degree":
        return add_months(on.last, -12 * _youngest(raw.get("level"))) if _asks_for_one(raw) and _youngest(raw.get("level")) else None
    asked = RECORD_KINDS.get(str(kind))
    if asked is None or asked.from_age is None or raw.get("also"):
        return None
    if quantity is not None and isinstance(quantity.amount, Length):
        length = quantity.amount
    elif not _asks_for_one(raw):
        return None
    age = asked.from_age
    window = raw.get("during")
    after = window.get("after") if isinstance(window, dict) and "within" not in window else None
    if isinstance(after, dict) and after.get("kind") == "degree":
        age = max(age, _youngest(after.get("level")))
    day = length.before(on.last + 1)
    return add_months(day, -12 * age) if day > LONG_AGO else None


def _asks_for_one(raw: Mapping[str, Any]) -> bool:
    return not any(key in raw for key in ("at_most", "less_than"))


def _youngest(level: Any) -> int:
    """The age below which nobody holds a diploma of a level, whichever of several levels it may be."""
    if isinstance(level, dict):
        level = level.get("at_least")
    levels = [one for one in (level if isinstance(level, list) else [level]) if isinstance(one, int)]
    return _YOUNGEST.get(min(levels), 0) if levels else 0
