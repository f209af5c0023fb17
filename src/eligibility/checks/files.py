"""Everything that is wrong with one file: a rule file, a profile, cases or a map of columns, told apart by what it holds."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from eligibility.checks import Rule, problems_of
from eligibility.checks.repair import READ_AS_TEXT, marked
from eligibility.checks.suppressions import silence, suppressions_in
from eligibility.diagnostic import Diagnostic, Place, Problems
from eligibility.loading.document import Document
from eligibility.loading.files import STDIN_NAME, Source, read_source
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
    return look_into(source, reference, today)


def look_into(source: Source, reference: Reference, today: int) -> Looked:
    """Every problem of a file that was opened; those that `--fix` repairs have `fixable` among their facts."""
    looked = _look(source, reference, today)
    if looked.kind is Kind.UNREADABLE:  # what it would say after a repair cannot be compared with anything
        return looked
    if looked.kind is Kind.CASES:  # what its fields want is not known here
        found = [one for one in looked.diagnostics if one.code in READ_AS_TEXT]
        fixable = {id(one): new for one, new in zip(found, marked(source, found, lambda _: ()), strict=True)}
        return looked._replace(diagnostics=tuple(fixable.get(id(one), one) for one in looked.diagnostics))
    return looked._replace(diagnostics=marked(source, looked.diagnostics, lambda changed: _look(changed, reference, today).diagnostics))


def _look(source: Source, reference: Reference, today: int) -> Looked:
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
        found += _meaning(loaded, document, reference, today)
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


def _meaning(loaded: Loaded, document: Document, reference: Reference, today: int) -> list[Diagnostic]:
    """What the checks find, in a vacancy that can be read."""
    if not isinstance(loaded.model, Vacancy):
        return []
    text = _notice_of(loaded.model, document.name) if "quote" in document.text else None
    return [placed(problem, document) for problem in problems_of(Rule(loaded.model, reference, today, text))]


def _notice_of(vacancy: Vacancy, file: str) -> str | None:
    """The text of the notice, if it lies beside the rule file or in `notices` beside it; no path leads out of these folders."""
    name = vacancy.notice.document if vacancy.notice else None
    if not name or file == STDIN_NAME or os.path.basename(name) != name or not name.endswith((".txt", ".md")):
        return None
    for folder in ("", "notices"):
        try:
            return read_source(os.path.join(os.path.dirname(file), folder, name)).data.decode("utf-8", "replace")
        except Problems:  # not there, or nothing to read
            continue
    return None


def duplicate_ids(looked: Looked, seen: dict[str, str]) -> list[Diagnostic]:
    """A vacancy whose id an earlier file has; `seen` remembers the ids so far, with their files."""
    if looked.id is None or looked.id_place is None:
        return []
    other = seen.setdefault(looked.id, looked.name)
    return [] if other == looked.name else [Diagnostic("E302", looked.id_place, {"id": looked.id, "other": other})]
