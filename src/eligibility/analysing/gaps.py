"""Gaps between thresholds: under 35 one way, over 35 another, and nothing for whoever is 35.

Somebody who meets everything is made a little older, or their records a little longer, on each of the days that matter; what is met,
then not, then met again has a gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any

from eligibility.analysing.people import Panel, Person, Said
from eligibility.analysing.search import Search
from eligibility.inventing.satisfy import exact
from eligibility.verdict import Verdict

_WIDEST = 370
"""So many days wide a gap may be that is a slip: a year of age. A wider one is meant."""
_SIDES = {Verdict.PASS: True, Verdict.FAIL: False}

Sweep = Sequence[tuple[str, Person]]


def gaps(panel: Panel, search: Search, passes: Person) -> Iterator[tuple[str, tuple[str, ...], Person]]:
    """The criteria that have a gap: the branch, between which days it lies (and of which other condition), and somebody inside."""
    conditions = [branch for branch in panel.nodes if branch.endswith(".when")]
    told: set[str] = set()
    for base in _bases(panel, passes):
        for name, sweep in _sweeps(search, base, passes.day):
            for branch in panel.counted:
                if branch not in told and (found := _hole([(day, one, _SIDES.get(one.said[branch])) for day, one in sweep])):
                    told.add(branch)
                    yield branch, (_told(name, found),), found[0][1]
            for one, other in combinations(conditions, 2):
                key = f"{one} {other}"
                both = [(day, each, _either(each.said, one, other)) for day, each in sweep]
                if key not in told and (found := _hole(both)) and _apart(sweep, one, other):
                    told.add(key)
                    yield one, (other, _told(name, found)), found[0][1]


def _bases(panel: Panel, passes: Person) -> Iterator[Mapping[str, Any]]:
    """Whoever passes, and the same with every alternative met."""
    yield passes.data
    data: Mapping[str, Any] = passes.data
    for raw in panel.bench.criteria:
        for member in raw.get("any_of") or ():
            data = panel.bench.profile(panel.bench.satisfier.pieces(member), data)
    if data != passes.data:
        yield data


def _sweeps(search: Search, base: Mapping[str, Any], day: str) -> Iterator[tuple[str, Sweep]]:
    """The same person with each of the days that matter as the day of birth, and as the beginning of each record."""
    if "birth_date" in base and search.moves.births:
        yield "birth_date", _tried(search, day, [(birth, {**base, "birth_date": birth}) for birth in search.moves.births])
    for field, records in base.items():
        for index, record in enumerate(records if isinstance(records, list) else ()):
            if not isinstance(record, Mapping) or exact(record.get("from")) is None or search.spent:
                continue
            rest = (records[:index], records[index + 1 :])
            people = [(begun, {**base, field: [*rest[0], {**record, "from": begun}, *rest[1]]}) for begun in search.moves.days]
            yield f"{field}[{index}].from", _tried(search, day, people)


def _tried(search: Search, day: str, people: Sequence[tuple[str, Mapping[str, Any]]]) -> Sweep:
    found = [(name, data, search.asked(data, day)) for name, data in people if not search.spent]
    return [(name, Person(data, day, said, -1)) for name, data, said in found if said is not None]


def _either(said: Said, one: str, other: str) -> bool | None:
    sides = [_SIDES.get(said[one]), _SIDES.get(said[other])]
    return True if True in sides else None if None in sides else False


def _apart(sweep: Sweep, one: str, other: str) -> bool:
    """Whether one of two conditions holds for some, and the other for others, and neither for all."""
    passing = [{day for day, each in sweep if each.said[branch] is Verdict.PASS} for branch in (one, other)]
    return bool(passing[0] and passing[1] and not passing[0] & passing[1])


def _hole(answers: Sequence[tuple[str, Person, bool | None]]) -> list[tuple[str, Person]]:
    """Those who fail between two who pass, on days that lie near each other; nobody where there is no such place."""
    inside: list[tuple[str, Person]] = []
    before: str | None = None
    for day, person, passes in answers:
        if passes is True:
            if inside and before is not None and (date.fromisoformat(day) - date.fromisoformat(before)).days <= _WIDEST:
                return inside
            inside, before = [], day
        elif passes is False and before is not None:
            inside.append((day, person))
    return []


def _told(name: str, found: Sequence[tuple[str, Person]]) -> str:
    first, last = found[0][0], found[-1][0]
    return f"{name}: {first}" if first == last else f"{name}: {first} – {last}"
