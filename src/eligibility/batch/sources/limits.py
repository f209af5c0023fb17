"""How much a table may hold, whatever kind of file it is in: what a small file claims is looked at before it is unpacked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn

from eligibility.batch.people import Refused
from eligibility.batch.table import Line
from eligibility.diagnostic import Diagnostic, Place, Problems
from eligibility.loading.yaml_reader import MAX_TEXT

MAX_LINE = 1_000_000
"""The longest line of CSV or JSON Lines, in characters or bytes."""
MAX_COLUMNS = 16_384
"""The columns of a workbook: what Excel holds."""
MAX_ROWS = 1_048_576
"""The rows of a workbook: what Excel holds."""
MAX_PARQUET_ROWS = 10_000_000
MAX_CELLS = 50_000_000
"""The cells that a table of a workbook spans, blank ones among them: its last row times its widest."""
MAX_REPEATED = 1_000
"""How many rows of an OpenDocument sheet may only be told as repeating another one."""
MAX_UNPACKED = 300_000_000
"""The most bytes that a workbook, or one group of rows of a Parquet file, may unpack to."""
MAX_STRINGS = 100_000_000
"""The most bytes of the texts that the cells of a workbook share: they are kept."""
FREE_SIZE, MAX_RATIO = 2_000_000, 200
"""Beyond so many bytes, a part of a workbook may unpack to so many times what it takes: tables of people come to a tenth of that."""
_FREE_TEXT, _TEXT_PER_ROW = 10_000_000, 10_000
"""A packed text can stand in a million cells: beyond the first characters, so many a row."""


def too_large(path: str, form: str, limit: int, line: int = 1) -> NoReturn:
    """Refuse a table that is larger than a limit; `form` says in what."""
    raise Problems([Diagnostic("E136", Place(path, line), {"path": path, "form": form, "limit": limit})])


def within(lines: Iterator[Line], path: str) -> Iterator[Line]:
    """The rows of a packed table, as long as they hold no more text than a table does. Raises `Problems` at the row that is too much."""
    text = 0
    for number, line in enumerate(lines, 1):
        if not isinstance(line.cells, Refused):
            text += sum([len(cell) for cell in line.cells if isinstance(cell, str) and len(cell) <= MAX_TEXT])
            if text > _FREE_TEXT + number * _TEXT_PER_ROW:
                too_large(path, "text", _FREE_TEXT + number * _TEXT_PER_ROW, line.number)
        yield line
