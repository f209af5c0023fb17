"""What `validate --fix` repairs: words that other tools read differently are put in quotes. Nothing else of a file is touched.

A word is quoted only where its field wants a text: where it wants a number or true or false, quotes would only move the error. Nobody
needs to know which fields these are: the file is read with all its words quoted, and those that are then refused are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from eligibility.diagnostic import Diagnostic
from eligibility.loading.files import Source
from eligibility.loading.yaml_reader import read_yaml
from eligibility.loading.yaml_scalars import UNSAFE_WORDS, read_plain

REPAIRED = frozenset({"W101", "E107", "E108", "E109", "E119", "E120", "E121", "E122", "E123", "E124"})
"""The codes of words that quotes make the same for every reader."""

_LINE_END = re.compile(r"\r\n|\n|\r")
_BOM = "\ufeff"


def marked(source: Source, diagnostics: Sequence[Diagnostic], look: Callable[[Source], Iterable[Diagnostic]]) -> tuple[Diagnostic, ...]:
    """The same diagnostics; those that can be repaired say so (`fixable`). `look` finds the problems of a changed file."""
    candidates = [one for one in diagnostics if one.code in REPAIRED]
    if not candidates:
        return tuple(diagnostics)
    lines = _Lines(source)
    candidates = [one for one in candidates if lines.holds_a_word(one)]
    refused = {(one.place.line, one.place.column) for one in look(lines.with_quotes(candidates)) if one.is_error}
    moved = dict(_moved(candidates))
    fixable = {id(one) for one in candidates if moved[id(one)] not in refused}
    return tuple(Diagnostic(one.code, one.place, {**one.params, "fixable": True}) if id(one) in fixable else one for one in diagnostics)


def repaired(source: Source, diagnostics: Iterable[Diagnostic]) -> Source:
    """The file with quotes around the words of these diagnostics, which must be `fixable` in it; every other byte is the same."""
    changed = _Lines(source).with_quotes(diagnostics)
    if read_yaml(changed).data != read_yaml(source).data:  # never seen; better a complaint than a file that says something else
        raise AssertionError
    return changed


class _Lines:
    """Where the lines of a file start, for edits at the places of diagnostics."""

    def __init__(self, source: Source) -> None:
        self._name = source.name
        text = source.data.decode("utf-8")
        self._mark = _BOM if text.startswith(_BOM) else ""
        self._text = text.removeprefix(_BOM)
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(self._text))]

    def holds_a_word(self, problem: Diagnostic) -> bool:
        """Whether exactly an unquoted word that is not safe stands at the place of a problem: no tag, no odd space, not nothing."""
        start, end = self._span(problem)
        word = self._text[start:end]
        return word != "" and word.isascii() and (word in UNSAFE_WORDS or read_plain(word) is not word)

    def with_quotes(self, problems: Iterable[Diagnostic]) -> Source:
        """The file with double quotes around what stands at the places of the problems."""
        pieces = [self._mark]
        at = 0
        for start, end in sorted(map(self._span, problems)):
            pieces += [self._text[at:start], '"', self._text[start:end], '"']
            at = end
        pieces.append(self._text[at:])
        return Source(self._name, "".join(pieces).encode("utf-8"))

    def _span(self, problem: Diagnostic) -> tuple[int, int]:
        start = self._starts[problem.place.line - 1] - 1
        return start + problem.place.column, start + problem.place.end_column


def _moved(problems: Sequence[Diagnostic]) -> Iterator[tuple[int, tuple[int, int]]]:
    """Where each problem starts once it and those before it on its line are in quotes."""
    before: dict[int, int] = {}
    for one in sorted(problems, key=lambda one: (one.place.line, one.place.column)):
        count = before.get(one.place.line, 0)
        before[one.place.line] = count + 1
        yield id(one), (one.place.line, one.place.column + 2 * count)
