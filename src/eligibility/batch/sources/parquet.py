"""Parquet: a column a field, as in other tables; read a batch of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from eligibility.batch.people import Refused
from eligibility.batch.sources import Notice, extra, open_ordinary
from eligibility.batch.table import Line, Table
from eligibility.diagnostic import Diagnostic, Place, Problems

_ROWS_AT_A_TIME = 1000


def read(path: str, tell: Notice) -> Table:
    """The table in a Parquet file. Raises `Problems`."""
    pyarrow = extra("pyarrow", "parquet", "pyarrow")
    parquet = extra("pyarrow.parquet", "parquet", "pyarrow")
    open_ordinary(path).close()
    try:
        file = parquet.ParquetFile(path)
    except (pyarrow.ArrowException, OSError, ValueError):
        raise Problems([Diagnostic("E614", Place(path))]) from None
    return Table(path, list(file.schema_arrow.names), _lines(file, path, pyarrow), 0, lambda: int(file.metadata.num_rows))


def _lines(file: Any, path: str, pyarrow: Any) -> Iterator[Line]:
    number = 0
    try:
        for batch in file.iter_batches(_ROWS_AT_A_TIME, use_threads=False):
            for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                number += 1
                yield Line(number, [_plain(cell) for cell in cells])
    except (pyarrow.ArrowException, OSError, ValueError):
        yield Line(number + 1, Refused((Diagnostic("E614", Place(path, number + 1)),)))


def _plain(cell: Any) -> object:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, list):
        return "; ".join(str(one.isoformat() if isinstance(one, date) else one) for one in cell if one is not None)
    if isinstance(cell, bytes):
        return cell.decode("utf-8", "replace")
    return cell
