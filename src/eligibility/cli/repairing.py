"""`validate --fix`: files written anew with what was repaired in them, one at a time, whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from datetime import date, datetime

from eligibility.checks.files import Folders, Looked, look_into
from eligibility.checks.repair import repaired
from eligibility.cli.selection import Selection
from eligibility.cli.terminal import complain
from eligibility.diagnostic import Diagnostic, Problems
from eligibility.loading.files import Source, read_source
from eligibility.outputs import write_file
from eligibility.reference import Reference
from eligibility.reporters.layout import safe
from eligibility.wording import Words

_MOST = 10_000
"""How many problems of a file are repaired at once, at most."""


class Repairer:
    """Repairs what is selected, and tells each file it wrote; `failed` when a file could not be written."""

    def __init__(self, selection: Selection, asked: Sequence[str], reference: Reference, when: date | datetime, words: Words) -> None:
        self.selection = selection
        self.reference = reference
        self.when = when
        self.words = words
        self.folders = tuple(_folder(path) for path in asked)
        self.known: Folders = {}
        self.failed = False

    def repair(self, looked: Looked) -> Looked:
        """What is left in a file once it is repaired."""
        chosen = self._chosen(looked)
        if not chosen:
            return looked
        target = os.path.realpath(looked.name)
        if not target.startswith(self.folders):
            self._tell("fix.link", looked.name)
            return looked
        try:
            source = read_source(looked.name)
        except Problems:  # gone since it was read
            return looked
        again = look_into(source, self.reference, self.when, self.known)
        if again.diagnostics != looked.diagnostics:  # another program has changed it since
            return again
        changed, left, count = source, looked, 0
        while chosen and count < _MOST:  # the value of a key that was misspelt is only looked at now
            changed = repaired(changed, chosen)
            count += len(chosen)
            left = look_into(changed, self.reference, self.when, self.known)
            chosen = self._chosen(left)
        if not self._wrote(target, looked.name, changed):
            return looked
        self._tell("fix.repaired", looked.name, n=count, number=self.words.number(count))
        return left

    def _chosen(self, looked: Looked) -> list[Diagnostic]:
        return [one for one in looked.diagnostics if one.params.get("fixable") and self.selection.shows(one)]

    def _wrote(self, target: str, name: str, source: Source) -> bool:
        try:
            write_file(target, source.data)
        except OSError as error:
            self.failed = True
            self._tell("fix.unwritable", name, reason=errno.errorcode.get(error.errno or 0, str(error.errno)))
            return False
        return True

    def _tell(self, key: str, file: str, **facts: object) -> None:
        complain(safe(self.words.text(key, file=file, **facts)))


def _folder(path: str) -> str:
    """The folder that a file below a path must really stand in; of a file, the one that its name says."""
    folder = path if os.path.isdir(path) else os.path.dirname(os.path.abspath(path))
    return os.path.join(os.path.realpath(folder), "")
