"""Parquet: one of the tables, in groups of rows; numbers are numbers, everything else is text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import IO, Any

from eligibility.batch.extras import extra
from eligibility.batch.results import Row
from eligibility.batch.writers import About, Choice
from eligibility.batch.writers.flat import NUMBERS, columns_of, gone_rows, rows_of
from eligibility.diagnostic import Diagnostic

_ROWS, _BATCHES = 1_000, 20
"""Rows that become columns at once, which take a tenth of the memory; and how many such batches are a group of the file."""


def piece(about: About, choice: Choice) -> Callable[[Row], list[tuple[Any, ...]]]:
    """The rows of a person."""
    rows = rows_of(choice.table, about)
    return lambda row: list(rows(row))


class Writer:
    """Collects rows and writes them group by group. Raises MissingExtra."""

    def __init__(self, file: IO[bytes], about: About, choice: Choice) -> None:
        self.arrow = extra("pyarrow", "parquet", "pyarrow")
        self.about, self.table = about, choice.table
        names = columns_of(choice.table, about)
        text, number = self.arrow.string(), self.arrow.int64()
        self.schema = self.arrow.schema([(name, number if name in NUMBERS else text) for name in names])
        self.writer = extra("pyarrow.parquet", "parquet", "pyarrow").ParquetWriter(file, self.schema, compression="zstd")
        self.rows: list[tuple[Any, ...]] = []
        self.batches: list[Any] = []

    def add(self, piece: list[tuple[Any, ...]]) -> None:
        """One more person."""
        self.rows += piece
        while len(self.rows) >= _ROWS:
            self.batches.append(self._columns(self.rows[:_ROWS]))
            del self.rows[:_ROWS]
            if len(self.batches) == _BATCHES:
                self._write()

    def close(self, notices: Sequence[Diagnostic]) -> None:
        """The end: who is no longer there."""
        if self.table == "changes":
            self.rows += gone_rows(self.about)
        if self.rows:
            self.batches.append(self._columns(self.rows))
        if self.batches:
            self._write()
        self.writer.close()

    def abandon(self) -> None:
        """The library ends its file when it is forgotten; by then there may be none."""
        with suppress(Exception):
            self.writer.close()

    def _columns(self, rows: list[tuple[Any, ...]]) -> Any:
        columns = [
            self.arrow.array([_whole(cell) for cell in column], field.type)
            for field, column in zip(self.schema, zip(*rows, strict=True), strict=True)
        ]
        return self.arrow.RecordBatch.from_arrays(columns, schema=self.schema)

    def _write(self) -> None:
        self.writer.write_table(self.arrow.Table.from_batches(self.batches))
        self.batches.clear()


def _whole(cell: Any) -> Any:
    """Half characters are no UTF-8."""
    return cell.encode("utf-8", "replace").decode() if type(cell) is str and not cell.isascii() else cell
