"""Rows of a table that are nobody: sums and averages at its foot, notes, and headings that come again on a further page.

A row is left out where it can hardly be a person: somebody called `Total` has a birth date, a country or an id beside the name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from eligibility.batch.headings import LONGEST, bare, spelled
from eligibility.batch.people import Refused
from eligibility.batch.table import Line
from eligibility.diagnostic import Diagnostic, Place, Problems

_NUMBER = re.compile(r"[-+]?\d+(?:[\s.,'’]\d{3})*(?:[.,]\d+)?\s*%?|#[A-Z/0]+[!?]?")
"""A number, or what a formula shows that has none: no day, `04.03.2001` or `2001-03-04`."""
_COUNT = re.compile(r"n\s*[=:]\s*\d+", re.IGNORECASE)
_LINES_TOLD = 10


class NoPeople:
    """Passes on the rows that are people; the others are told in one line when all have passed."""

    def __init__(self, name: str, headings: Sequence[str], tell: Callable[[Diagnostic], None]) -> None:
        self.name, self.tell = name, tell
        self.headings = [heading.casefold() for heading in headings]
        self.lines: list[int] = []

    def people(self, lines: Iterable[Line]) -> Iterator[Line]:
        """The rows of `lines` that are people, or that cannot be read."""
        for line in lines:
            if isinstance(line.cells, Refused) or not self._is_nobody(line.cells):
                yield line
            else:
                self.lines.append(line.number)

    def to_the_end(self, lines: Iterable[Line]) -> Iterator[Line]:
        """The last rows of a table: after them, what was left out is told."""
        try:
            yield from self.people(lines)
        except Problems:
            self._tell()
            raise
        self._tell()

    def _tell(self) -> None:
        if self.lines:
            shown = ", ".join(map(str, self.lines[:_LINES_TOLD])) + (", …" if len(self.lines) > _LINES_TOLD else "")
            self.tell(Diagnostic("N609", Place(self.name, self.lines[0]), {"n": len(self.lines), "lines": shown}))

    def _is_nobody(self, cells: Sequence[object]) -> bool:
        filled = [(index, cell) for index, cell in enumerate(cells) if cell is not None and str(cell).strip()]
        if not filled or len(self.headings) < 2:
            return False
        (_, first), *others = filled
        if not isinstance(first, str) or len(first) > LONGEST:
            return False
        if not others:
            return _is_sum(first) or _is_note(first)
        if _is_sum(first) and all(_is_figure(cell) for _, cell in others):
            return True
        return all(" ".join(str(cell).split()).casefold() == self.headings[index] for index, cell in filled if index < len(self.headings))


def _is_sum(text: str) -> bool:
    """Whether a text only says what is summed or counted: `Total`, `Moyenne d'âge`, `Total: 34 candidates`, `n = 34`."""
    if _COUNT.fullmatch(text.strip()):
        return True
    found = spelled()
    little = found.stop | found.own
    words = [word for word in bare(text).split() if not word.isdecimal() and word not in little and word.removesuffix("s") not in little]
    return " ".join(words) in found.sums


def _is_note(text: str) -> bool:
    """Whether a text that stands alone is a note about the table: `Source: registrar`, `Page 2 / 3`."""
    what, colon, _ = text.partition(":")
    found = spelled()
    if colon:
        return bare(what) in found.notes
    words = bare(text).split()
    return words[:1] != [] and words[0] in found.pages and any(map(str.isdecimal, words))


def _is_figure(cell: object) -> bool:
    """Whether a cell is a number; a date is none."""
    if isinstance(cell, str):
        return len(cell) <= LONGEST and (_NUMBER.fullmatch(cell.strip()) is not None or _is_sum(cell))
    return isinstance(cell, int | float) and not isinstance(cell, bool)
