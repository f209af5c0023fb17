"""Everything that is wrong with one file: a rule file, a profile, cases or a map of columns, told apart by what it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from eligibility.checks import Rule, problems_of, unpointed
from eligibility.checks.notices import notice_path, notice_text
from eligibility.checks.repair import marked
from eligibility.checks.suppressions import silence, suppressions_in
from eligibility.diagnostic import Diagnostic, Place, Problems
from eligibility.loading.document import Document
from eligibility.loading.files import Source, is_case_file, read_source
from eligibility.loading.loaded import Loaded
from eligibility.loading.models import placed, profile_in, vacancy_in
from eligibility.loading.vocabularies import declared_in
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
    and where it stands; whether the file could be opened at all; its text; and the words that the lists of a vacancy declare."""

    name: str
    kind: Kind
    diagnostics: tuple[Diagnostic, ...]
    silenced: int = 0
    id: str | None = None
    id_place: Place | None = None
    opened: bool = True
    text: str = ""
    declared: frozenset[str] = frozenset()


Folders = dict[str, Mapping[str, str]]
"""The ids of the rule files of the folder that was searched last, for the next file of cases that names one of them."""


def look_at(path: str, reference: Reference, when: date | datetime, folders: Folders | None = None) -> Looked:
    """Every problem of one file (`-`: standard input); `when` is the moment before which deadlines have passed.

    `folders` is kept from one file to the next: it begins empty, and never holds more than one folder.
    """
    try:
        source = read_source(path)
    except Problems as error:
        return Looked(path, Kind.UNREADABLE, error.diagnostics, opened=all(one.code in _OPENED for one in error.diagnostics))
    return look_into(source, reference, when, folders)


def look_into(source: Source, reference: Reference, when: date | datetime, folders: Folders | None = None) -> Looked:
    """Every problem of a file that was opened; those that `--fix` repairs have `fixable` among their facts."""
    folders = {} if folders is None else folders
    looked = _look(source, reference, when, folders)
    if looked.kind is Kind.UNREADABLE:  # what it would say after a repair cannot be compared with anything
        return looked
    return looked._replace(
        diagnostics=marked(source, looked.diagnostics, lambda changed: _look(changed, reference, when, folders).diagnostics)
    )


def _look(source: Source, reference: Reference, when: date | datetime, folders: Folders) -> Looked:
    try:
        document = read_yaml(source)
    except Problems as error:
        return Looked(source.name, Kind.UNREADABLE, error.diagnostics)
    kind = kind_of(document.data, source.name)
    found: list[Diagnostic] = []
    name = place = None
    declared = frozenset[str]()
    if kind is Kind.CASES:
        found += _cases_of(document, reference, folders)
    elif kind is Kind.COLUMNS:
        from eligibility.batch.columns import map_in  # it knows every field of a profile, and few files are maps

        found += map_in(document)[1]
    elif kind is Kind.PROFILE:
        found += profile_in(document, reference).diagnostics
    else:
        loaded = vacancy_in(document, reference)
        found += _with_cases(loaded, document, reference) if "cases" in document.data else loaded.diagnostics
        found += _meaning(loaded, document, reference, when)
        identity = document.data.get("id")
        name = identity if isinstance(identity, str) else None
        place = document.place(("id",))
        declared = declared if loaded.model is None else declared_in(loaded.model)
    kept, silenced = silence(found, suppressions_in(document.text, source.name))
    kept = [_in_the_notice(one, source.name) for one in kept]
    ordered = tuple(sorted(kept, key=lambda one: (one.place.line, one.place.column, one.code)))
    return Looked(source.name, kind, ordered, silenced, name, place, text=document.text, declared=declared)


def _cases_of(document: Document, reference: Reference, folders: Folders) -> Iterable[Diagnostic]:
    """What is wrong in a file of cases. Its rule file is read for it alone: what is wrong there is told of that file."""
    from eligibility.testing.beside import ids_in, rule_beside  # few files are cases, and rule files need none of it
    from eligibility.testing.model import Rule
    from eligibility.testing.read import read_cases

    def document_at(path: str) -> Document | None:
        try:
            return read_yaml(read_source(path))
        except Problems:
            return None

    def rule_at(path: str) -> Rule | None:
        rule = document_at(path)
        return None if rule is None else Rule(vacancy_in(rule, reference).model, rule)

    def remembered(folder: str) -> Mapping[str, str]:
        if folder not in folders:
            folders.clear()
            folders[folder] = ids_in(folder, document_at)
        return folders[folder]

    return read_cases(document, (), lambda wanted: rule_beside(document.name, wanted, rule_at, remembered), reference).diagnostics


def _with_cases(loaded: Loaded, document: Document, reference: Reference) -> Iterable[Diagnostic]:
    """What is wrong in a rule file that holds cases, and in these."""
    from eligibility.testing.model import Rule
    from eligibility.testing.read import read_cases

    read = read_cases(document, ("cases",), lambda _: Rule(loaded.model, document), reference)
    return [*(one for one in loaded.diagnostics if one.code != "W101" or one.place not in read.words), *read.diagnostics]


def kind_of(data: Mapping[str, object], name: str = "") -> Kind:
    """What a mapping is, by its keys: a rule file has criteria (or another key that only vacancies have), cases have cases,
    maps columns.

    Only where the keys do not tell, the name of a file of cases does.
    """
    if "criteria" in data:
        return Kind.RULE
    if "columns" in data:
        return Kind.COLUMNS
    if "cases" in data:
        return Kind.CASES
    if {"format", "title", "organisation", "notice", "dates", "conditions"} & set(data):
        return Kind.RULE
    return Kind.CASES if is_case_file(name) else Kind.PROFILE


def _meaning(loaded: Loaded, document: Document, reference: Reference, when: date | datetime) -> list[Diagnostic]:
    """What the checks find, in a vacancy that can be read."""
    if not isinstance(loaded.model, Vacancy):
        return []
    path = notice_path(loaded.model, document.name)
    text = None if path is None else notice_text(path)
    found = [placed(problem, document) for problem in problems_of(Rule(loaded.model, reference, when, text))]
    return [one._replace(params={**one.params, "notice": path}) if one.code == unpointed.CODE else one for one in found]


def _in_the_notice(one: Diagnostic, file: str) -> Diagnostic:
    """What is told of a sentence of the notice stands there; until its comments were looked at, it stood beside the `document`."""
    if one.code != unpointed.CODE or "line" not in one.params:
        return one
    line = int(str(one.params["line"]))
    return one._replace(place=Place(str(one.params["notice"]), line), params={**one.params, "rule": file})


def duplicate_ids(looked: Looked, seen: dict[str, str]) -> list[Diagnostic]:
    """A vacancy whose id an earlier file has; `seen` remembers the ids so far, with their files."""
    if looked.id is None or looked.id_place is None:
        return []
    other = seen.setdefault(looked.id, looked.name)
    return [] if other == looked.name else [Diagnostic("E302", looked.id_place, {"id": looked.id, "other": other})]
