"""From paths to case files and the rule files they are about."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import NamedTuple

from eligibility.diagnostic import Diagnostic, Problems
from eligibility.loading.document import Document
from eligibility.loading.files import find_files, is_case_file, read_source
from eligibility.loading.models import vacancy_in
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reading.reader import Problem
from eligibility.reference import Reference
from eligibility.testing.beside import ids_in, rule_beside
from eligibility.testing.model import CaseFile, Rule
from eligibility.testing.read import read_cases

_SUFFIXES = (".yaml", ".yml")


class Found(NamedTuple):
    """What lies below some paths: the case files, every rule file, every problem; and whether a path could not be opened."""

    files: tuple[CaseFile, ...]
    rules: tuple[Rule, ...]
    diagnostics: tuple[Diagnostic, ...]
    unopened: bool
    unread: tuple[str, ...] = ()
    """Files that were looked for cases and could not be read."""


def find_cases(paths: Iterable[str], reference: Reference) -> Found:
    """The cases of files and folders, each file once, in the order of the paths.

    A folder gives its `*.cases.yaml` and its rule files; a rule file, its own `cases` and the case file beside it. Any other file
    named outright is read as a case file. Raises nothing: problems are in the result.
    """
    search = _Search(reference)
    for path in paths:
        search.add(path)
    return Found(tuple(search.files), tuple(search.rules.values()), tuple(search.diagnostics), search.unopened, tuple(search.unread))


class _Search:
    """What was found so far; every file is opened once, however many ways lead to it."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self.files: list[CaseFile] = []
        self.rules: dict[str, Rule] = {}
        self.diagnostics: list[Diagnostic] = []
        self.unopened = False
        self.unread: list[str] = []
        self.documents: dict[str, Document | None] = {}
        self.done: set[str] = set()

    def add(self, path: str) -> None:
        if not os.path.isdir(path):
            self._file(path, named=True)
            return
        try:
            names = find_files(path, cases=True)
        except Problems as error:
            self._refused(error)
            return
        for name in names:
            self._file(name, named=False)

    def _file(self, name: str, named: bool) -> None:
        real = os.path.realpath(name)
        if real in self.done:
            return
        self.done.add(real)
        document = self._document(name)
        if document is None:
            self.unread.append(name)
            return
        if "criteria" in document.data and not is_case_file(name):
            rule = self._rule(name)
            if rule is not None and "cases" in document.data:
                self._cases(document, ("cases",), rule)
            beside = next((one for one in self._beside(name) if os.path.isfile(one)), None)
            if named and beside is not None:
                self._file(beside, named=True)
        elif named or is_case_file(name):
            self._cases(document, (), None)

    def _cases(self, document: Document, root: tuple[str | int, ...], rule: Rule | None) -> None:
        def find_rule(name: str | None) -> Rule | Problem | None:
            return rule if rule is not None else self._rule_beside(document.name, name)

        read = read_cases(document, root, find_rule, self.reference)
        self.diagnostics = [one for one in self.diagnostics if one.code != "W101" or one.place not in read.words]
        self.diagnostics += read.diagnostics
        if read.file is not None:
            self.files.append(read.file)
        else:
            self.unread.append(document.name)

    @staticmethod
    def _beside(rule: str) -> Iterable[str]:
        stem = os.path.splitext(rule)[0]
        return (f"{stem}.cases{suffix}" for suffix in _SUFFIXES)

    def _rule_beside(self, name: str, wanted: str | None) -> Rule | Problem | None:
        return rule_beside(name, wanted, self._rule, lambda folder: ids_in(folder, lambda path: self._document(path, quietly=True)))

    def _rule(self, name: str) -> Rule | None:
        real = os.path.realpath(name)
        if real not in self.rules:
            document = self._document(name)
            if document is None:
                return None
            loaded = vacancy_in(document, self.reference)
            self.diagnostics += loaded.diagnostics
            self.rules[real] = Rule(loaded.model, document)
        return self.rules[real]

    def _document(self, name: str, quietly: bool = False) -> Document | None:
        """A file as plain data; None, with its problems noted, when there is none."""
        real = os.path.realpath(name)
        if self.documents.get(real) is None and (real not in self.documents or not quietly):
            try:
                source = read_source(name)
            except Problems as error:
                if not quietly:
                    self._refused(error)
                self.documents[real] = None
                return None
            try:
                self.documents[real] = read_yaml(source)
            except Problems as error:
                if not quietly:
                    self.diagnostics += error.diagnostics
                self.documents[real] = None
        return self.documents[real]

    def _refused(self, error: Problems) -> None:
        self.diagnostics += error.diagnostics
        self.unopened = True
