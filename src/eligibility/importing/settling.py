"""A draft that a profile can hold: what would be refused, or not understood, is taken out and told. One bad value costs its own field."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from eligibility.dates import impossible_birth, parse_days
from eligibility.diagnostic import Diagnostic, Place
from eligibility.importing.draft import Draft, Record
from eligibility.loading.edits import becomes
from eligibility.loading.loaded import Loaded
from eligibility.loading.models import profile_in
from eligibility.loading.plain_data import NAME, PlainData
from eligibility.profile import SOURCES
from eligibility.reference import Reference

_ROUNDS = 50
_UNKNOWN = "W202"
_READ_AS = "N204"
"""A word that was read as another: it is written in its plain form, and told."""


def settle(draft: Draft, reference: Reference, today: date) -> Loaded:
    """Take out of a draft what its profile could not be read with, with a doubt for each, and give the profile that is left."""
    _first_days(draft)
    born = draft.facts.get("birth_date")
    if isinstance(born, str) and (how := impossible_birth(parse_days(born), today.toordinal())) is not None:
        del draft.facts["birth_date"]
        params = {"value": born, "how": how, "on": today.isoformat()}
        draft.doubt("birth_date", "problem", problem=Diagnostic("E237", Place(NAME), params), value=born)
    loaded = _profile(draft, reference)
    for _ in range(_ROUNDS):
        if not _take_out(draft, loaded):
            break
        loaded = _profile(draft, reference)
    return loaded


def _profile(draft: Draft, reference: Reference) -> Loaded:
    return profile_in(PlainData(draft.data), reference)


def _take_out(draft: Draft, loaded: Loaded) -> bool:
    """Whether something had to be taken out, or was written in its plain form."""
    changed = False
    for problem in loaded.diagnostics:
        if problem.code[0] == "N" and problem.code != _READ_AS:
            continue
        path = _steps(problem.path or "")
        if not path:
            continue
        name = str(path[0])
        if len(path) == 1 or name not in draft.lists:
            if name in draft.facts:
                value = draft.facts.pop(name)
                draft.doubt(name, "problem", problem=problem, value=value)
                changed = True
            continue
        changed = _in_record(draft, name, path, problem) or changed
    return changed


def _in_record(draft: Draft, name: str, path: Sequence[str | int], problem: Diagnostic) -> bool:
    number = path[1]
    entries = [one for one in draft.lists[name] if one.record]
    if not isinstance(number, int) or number >= len(entries):
        return False
    entry = entries[number]
    key = str(path[2]) if len(path) > 2 else "country" if name == "citizenships" else None
    if problem.code == "W206":  # two entries that are equal in every key: both stand, and are told
        if not any(one.params.get("problem", problem).code == "W206" for one in entry.doubts if one.key == "problem"):
            entry.doubt("problem", problem=problem)
        return False
    if key is None or key not in entry.record:
        return False
    if key in SOURCES[name].names and problem.code == _UNKNOWN:  # a name is what it is, whether anybody knows it or not
        return False
    value: Any = entry.record[key]
    if problem.code == _READ_AS:
        plain = becomes(problem)
        if value == plain:
            return False
        if isinstance(plain, dict):
            del entry.record[key]
            entry.record.update(plain)
            return True
        entry.record[key] = [plain if one == problem.params["word"] else one for one in value] if isinstance(value, list) else plain
        return True
    del entry.record[key]
    entry.doubt("problem", problem=problem, value=value, field=key)
    return True


def _steps(path: str) -> list[str | int]:
    from eligibility.loading.document import steps_of

    return list(steps_of(path)) if path else []


def _first_days(draft: Draft) -> None:
    """Tell where every day is the first of a month: many a program makes `2019-06-01` of June 2019."""
    days = [
        value for entries in draft.lists.values() for one in entries for key, value in _dates(one.record)
    ]  # fmt: skip
    if len(days) > 2 and all(day.endswith("-01") for day in days):
        draft.doubt("", "first_days")


def _dates(record: Record) -> list[tuple[str, str]]:
    return [(key, value) for key, value in record.items() if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-"]
