"""Everything that is wrong with one file: a rule file, a profile, cases or a map of columns, told apart by what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from eligibility.checks import Rule, problems_of
from eligibility.checks.suppressions import silence, suppressions_in
from eligibility.diagnostic import Diagnostic, Place, Problems
from eligibility.loading.files import read_source
from eligibility.loading.models import Loaded, placed, profile_in, vacancy_in
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reference import Reference
from eligibility.vacancy import Vacancy

_CANNOT_OPEN = range(130, 140)  # E130 to E139, but for E136 (too large) and E137 and E138 (no YAML text): the file was opened
_OPENED = frozenset({"E136", "E137", "E138"})


class Kind(StrEnum):
    """What a file is."""

    RULE = "rule"
    PROFILE = "profile"
    CASES = "cases"
    COLUMNS = "columns"
    UNREADABLE = "unreadable"


class Looked(NamedTuple):
    """What was found in a file: its kind, its problems in line order, how many of them its comments silence; the id of a vacancy
    and where it stands; whether the file could be opened at all; and its text."""

    name: str
    kind: Kind
    diagnostics: tuple[Diagnostic, ...]
    silenced: int = 0
    id: str | None = None
    id_place: Place | None = None
    opened: bool = True
    text: str = ""


def look_at(path: str, reference: Reference, today: int) -> Looked:
    """Every problem of one file (`-`: standard input); `today` is the day before which deadlines have passed."""
    try:
        source = read_source(path)
    except Problems as error:
        return Looked(path, Kind.UNREADABLE, error.diagnostics, opened=all(one.code in _OPENED for one in error.diagnostics))
    try:
        document = read_yaml(source)
    except Problems as error:
        return Looked(source.name, Kind.UNREADABLE, error.diagnostics)
    kind = kind_of(document.data)
    if kind is Kind.COLUMNS:
        from eligibility.batch.columns import map_in  # it knows every field of a profile, and few files are maps

        return Looked(source.name, kind, map_in(document)[1])
    if kind is Kind.CASES:
        return Looked(source.name, kind, document.diagnostics)
    loaded = profile_in(document, reference) if kind is Kind.PROFILE else vacancy_in(document, reference)
    found = [*loaded.diagnostics]
    name = place = None
    if kind is Kind.RULE:
        found += _meaning(loaded, reference, today)
        identity = document.data.get("id")
        name = identity if isinstance(identity, str) else None
        place = document.place(("id",))
    kept, silenced = silence(found, suppressions_in(document.text, source.name))
    ordered = tuple(sorted(kept, key=lambda one: (one.place.line, one.place.column, one.code)))
    return Looked(source.name, kind, ordered, silenced, name, place, text=document.text)


def kind_of(data: Mapping[str, object]) -> Kind:
    """What a mapping is, by its keys: a rule file has criteria (or another key of vacancies), cases have cases, maps columns."""
    if "criteria" in data:
        return Kind.RULE
    if "columns" in data:
        return Kind.COLUMNS
    if "cases" in data:
        return Kind.CASES
    return Kind.RULE if {"format", "title", "organisation", "notice", "dates", "conditions"} & set(data) else Kind.PROFILE


def _meaning(loaded: Loaded, reference: Reference, today: int) -> list[Diagnostic]:
    """What the checks find, in a vacancy that can be read."""
    if not isinstance(loaded.model, Vacancy):
        return []
    document = loaded.document
    return [placed(problem, document) for problem in problems_of(Rule(loaded.model, reference, today))]


def duplicate_ids(looked: Looked, seen: dict[str, str]) -> list[Diagnostic]:
    """A vacancy whose id an earlier file has; `seen` remembers the ids so far, with their files."""
    if looked.id is None or looked.id_place is None:
        return []
    other = seen.setdefault(looked.id, looked.name)
    return [] if other == looked.name else [Diagnostic("E302", looked.id_place, {"id": looked.id, "other": other})]
