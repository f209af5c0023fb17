"""Parquet: a column a field, as in other tables, or the lists of profiles as they are; read a batch of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from eligibility.batch.sources import Notice, extra, open_ordinary
from eligibility.batch.table import Line, Table
from eligibility.diagnostic import Diagnostic, Place, Problems

_ROWS_AT_A_TIME = 1000


def read(path: str, tell: Notice) -> Table:
    """The table in a Parquet file. Raises `Problems`."""
    extra("pyarrow", "parquet")
    import pyarrow
    import pyarrow.parquet

    open_ordinary(path).close()
    try:
        file = pyarrow.parquet.ParquetFile(path)
    except (pyarrow.ArrowInvalid, OSError):
        raise Problems([Diagnostic("E614", Place(path))]) from None
    return Table(path, list(file.schema_arrow.names), _lines(file), 0)


def _lines(file: Any) -> Iterator[Line]:
    number = 0
    for batch in file.iter_batches(_ROWS_AT_A_TIME):
        for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            number += 1
            yield Line(number, [_plain(cell) for cell in cells])


def _plain(cell: Any) -> object:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, list):
        return "; ".join(str(one.isoformat() if isinstance(one, date) else one) for one in cell)
    return cell
