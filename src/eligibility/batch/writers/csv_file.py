"""CSV as RFC 4180 has it, in UTF-8 with a mark, which Excel needs to see accents. No cell of text can become a formula."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from typing import IO, Any, NamedTuple

from eligibility.batch.results import Row
from eligibility.batch.writers import About, Choice
from eligibility.batch.writers.flat import columns_of, gone_rows, rows_of
from eligibility.diagnostic import Diagnostic

_FORMULA = frozenset("=+-@\t\r\n\0＝＋－＠")
"""How a text begins that a spreadsheet would take for a formula (OWASP); a quote before it keeps it a text."""


def piece(about: About, choice: Choice) -> Callable[[Row], bytes]:
    """The lines of a person."""
    rows, lines = rows_of(choice.table, about), _Lines(choice.delimiter)
    return lambda row: lines.of(rows(row))


class Writer:
    """Writes the headers, then the lines of each person."""

    def __init__(self, file: IO[bytes], about: About, choice: Choice) -> None:
        self.file, self.about, self.choice = file, about, choice
        headers = columns_of(choice.table, about)
        file.write(b"\xef\xbb\xbf" + _Lines(choice.delimiter).of([headers]))

    def add(self, piece: bytes) -> None:
        """One more person."""
        self.file.write(piece)

    def close(self, notices: Sequence[Diagnostic]) -> None:
        """The end: who is no longer there."""
        if self.choice.table == "changes":
            self.file.write(_Lines(self.choice.delimiter).of(gone_rows(self.about)))

    def abandon(self) -> None:
        """There is nothing to take away."""


class _Lines:
    """Makes lines of rows."""

    def __init__(self, delimiter: str) -> None:
        self._written: list[str] = []
        self._write_row = csv.writer(_To(self._written.append), delimiter=delimiter, lineterminator="\r\n").writerow

    def of(self, rows: Iterable[Sequence[Any]]) -> bytes:
        """The lines of some rows."""
        self._written.clear()
        for row in rows:
            self._write_row([kept_text(cell) if type(cell) is str else cell for cell in row])
        return "".join(self._written).encode("utf-8", "replace")


class _To(NamedTuple):
    """Where a writer of the `csv` module writes."""

    write: Callable[[str], object]


def kept_text(text: str) -> str:
    """A text that stays a text when a spreadsheet opens it."""
    return f"'{text}" if text[:1] in _FORMULA else text
