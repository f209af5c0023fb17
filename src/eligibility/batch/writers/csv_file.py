"""CSV as RFC 4180 has it, in UTF-8 with a mark, which Excel needs to see accents. No cell of text can become a formula."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from io import StringIO
from typing import IO, Any

from eligibility.batch.results import Row
from eligibility.batch.writers import About, Choice
from eligibility.batch.writers.flat import columns_of, gone_rows, rows_of
from eligibility.diagnostic import Diagnostic

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
"""How a text begins that a spreadsheet would take for a formula (OWASP); a quote before it keeps it a text."""


def piece(about: About, choice: Choice) -> Callable[[Row], bytes]:
    """The lines of a person."""
    rows, delimiter = rows_of(choice.table, about), choice.delimiter
    return lambda row: _lines(rows(row), delimiter)


class Writer:
    """Writes the headers, then the lines of each person."""

    def __init__(self, file: IO[bytes], about: About, choice: Choice) -> None:
        self.file, self.about, self.choice = file, about, choice
        headers = columns_of(choice.table, about)
        file.write(b"\xef\xbb\xbf" + _lines([headers], choice.delimiter))

    def add(self, piece: bytes) -> None:
        """One more person."""
        self.file.write(piece)

    def close(self, notices: Sequence[Diagnostic]) -> None:
        """The end: who is no longer there."""
        if self.choice.table == "changes":
            self.file.write(_lines(gone_rows(self.about), self.choice.delimiter))

    def abandon(self) -> None:
        """There is nothing to take away."""


def _lines(rows: Iterable[Sequence[Any]], delimiter: str) -> bytes:
    out = StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for row in rows:
        writer.writerow([kept_text(cell) if type(cell) is str else cell for cell in row])
    return out.getvalue().encode("utf-8", "replace")


def kept_text(text: str) -> str:
    """A text that stays a text when a spreadsheet opens it."""
    return f"'{text}" if text.startswith(_FORMULA) else text
