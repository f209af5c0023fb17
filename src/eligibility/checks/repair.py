"""What `validate --fix` repairs: words that other tools read differently are put in quotes, and what can only mean one thing is written
in its plain form. Nothing else of a file is touched.

A word is quoted only where its field wants a text: where it wants a number or true or false, quotes would only move the error. Nobody
needs to know which fields these are: the file is read with all its words quoted, and those that are then refused are left alone. In the
same way, plain forms are written only where the file then has no error that it did not have before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from eligibility.diagnostic import Diagnostic, Edit
from eligibility.loading.edits import applied
from eligibility.loading.files import Source
from eligibility.loading.yaml_scalars import UNSAFE_WORDS, read_plain

REPAIRED = frozenset({"W101", "E107", "E108", "E109", "E119", "E120", "E121", "E122", "E123", "E124"})
"""The codes of words that quotes make the same for every reader; a number where a text is wanted is another (`clause: 9`)."""

_SLIPS = frozenset({"E202", "E203"})
"""The codes of a misspelt kind or key."""

_TRIES = 40
"""How often a file is looked at, at most, to find which plain forms can be written where not all of them can."""

_LOOKED_AT = 4_000_000
"""How many bytes are looked at for that, at most."""

_LINE_END = re.compile(r"\r\n|\n|\r")
_BOM = "\ufeff"

Look = Callable[[Source], Iterable[Diagnostic]]


def marked(source: Source, diagnostics: Sequence[Diagnostic], look: Look) -> tuple[Diagnostic, ...]:
    """The same diagnostics; those that can be repaired say so (`fixable`). `look` finds the problems of a changed file."""
    fixable = {id(one) for one in (*_to_quote(source, diagnostics, look), *_to_write(source, diagnostics, look))}
    return tuple(one._replace(params={**one.params, "fixable": True}) if id(one) in fixable else one for one in diagnostics)


def _to_quote(source: Source, diagnostics: Iterable[Diagnostic], look: Look) -> list[Diagnostic]:
    candidates = [one for one in diagnostics if (one.code in REPAIRED or one.params.get("form") == "number") and not one.edits]
    if not candidates:
        return []
    lines = _Lines(source)
    candidates = [one for one in candidates if lines.holds_a_word(one)]
    refused = {(one.place.line, one.place.column) for one in look(lines.with_quotes(candidates)) if one.is_error}
    moved = dict(_moved(candidates))
    return [one for one in candidates if moved[id(one)] not in refused]


def _to_write(source: Source, diagnostics: Sequence[Diagnostic], look: Look) -> list[Diagnostic]:
    """Those whose edits mend what they tell, and bring no error: but for a slip in a key or a kind, whose value is only looked at once
    the slip is mended, and may then be told for the first time."""
    candidates = [one for one in diagnostics if one.edits]
    if not candidates:
        return []
    before = Counter(one.code for one in diagnostics if one.is_error)
    lines = _Lines(source)
    tries = max(1, min(_TRIES, _LOOKED_AT // (len(source.data) + 1)))
    kept: list[Diagnostic] = []

    def sound(some: list[Diagnostic]) -> bool:
        after = [one for one in look(lines.edited([*kept, *some])) if one.is_error]
        if all(one.code in _SLIPS for one in some):
            told = {(one.place.line, one.place.column) for one in after}
            return told.isdisjoint(lines.moved([*kept, *some]))
        return Counter(one.code for one in after) + Counter(one.code for one in (*kept, *some) if one.is_error) <= before

    def write(some: list[Diagnostic]) -> None:
        nonlocal tries
        tries -= 1
        if some and tries >= 0:
            if sound(some):
                kept.extend(some)
            elif len(some) > 1:
                write(some[: len(some) // 2])
                write(some[len(some) // 2 :])

    write([one for one in candidates if one.code not in _SLIPS])
    write([one for one in candidates if one.code in _SLIPS])
    return [one for one in candidates if one in kept]


def repaired(source: Source, diagnostics: Iterable[Diagnostic]) -> Source:
    """The file with quotes around the words of these diagnostics, which must be `fixable` in it, and with what was read in its plain
    form; every other byte is the same."""
    return _Lines(source).edited(diagnostics)


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
        word = self._word(problem)
        return word != "" and word.isascii() and (word in UNSAFE_WORDS or read_plain(word) is not word)

    def with_quotes(self, problems: Iterable[Diagnostic]) -> Source:
        """The file with double quotes around what stands at the places of the problems."""
        return self._with(self._quotes(one) for one in problems)

    def edited(self, problems: Iterable[Diagnostic]) -> Source:
        """The file with everything that its problems say to write."""
        edits: list[Edit] = []
        for one in problems:
            edits += one.edits or [self._quotes(one)]
        return self._with(edits)

    def moved(self, problems: Iterable[Diagnostic]) -> set[tuple[int, int]]:
        """Where these problems start once their edits are made."""
        problems = list(problems)
        edits = [edit for one in problems for edit in one.edits if edit.end_column]
        found = set()
        for one in problems:
            line, column = one.place.line, one.place.column
            before = [edit for edit in edits if edit.line == line and edit.column < column]
            found.add((line, column + sum(len(edit.text) - (edit.end_column - edit.column) for edit in before)))
        return found

    def _with(self, edits: Iterable[Edit]) -> Source:
        return Source(self._name, (self._mark + applied(self._text, edits)).encode("utf-8"))

    def _quotes(self, problem: Diagnostic) -> Edit:
        place = problem.place
        return Edit(place.line, place.column, place.end_column, f'"{self._word(problem)}"')

    def _word(self, problem: Diagnostic) -> str:
        start = self._starts[problem.place.line - 1] - 1
        return self._text[start + problem.place.column : start + problem.place.end_column]


def _moved(problems: Sequence[Diagnostic]) -> Iterator[tuple[int, tuple[int, int]]]:
    """Where each problem starts once it and those before it on its line are in quotes."""
    before: dict[int, int] = {}
    for one in sorted(problems, key=lambda one: (one.place.line, one.place.column)):
        count = before.get(one.place.line, 0)
        before[one.place.line] = count + 1
        yield id(one), (one.place.line, one.place.column + 2 * count)
