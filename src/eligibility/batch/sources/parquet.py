"""Parquet: a column a field, as in other tables; read a batch of rows at a time.

Texts are kept as Parquet keeps them, each once: a file of some kilobytes can name one of a megabyte for every row.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain
from typing import Any

from eligibility.batch.cells import Broken, Day
from eligibility.batch.heading_row import ahead
from eligibility.batch.no_people import NoPeople
from eligibility.batch.people import Refused
from eligibility.batch.sources import Notice, extra, open_ordinary
from eligibility.batch.sources.limits import MAX_COLUMNS, MAX_PARQUET_ROWS, MAX_UNPACKED, too_large, within
from eligibility.batch.table import Line, Table
from eligibility.diagnostic import Diagnostic, Place, Problems
from eligibility.loading.yaml_reader import MAX_TEXT

_ROWS_AT_A_TIME = 1000
_LARGEST_LISTS = 50_000_000
"""The most bytes that the lists of one column may take in so many rows."""


def read(path: str, tell: Notice) -> Table:
    """The table in a Parquet file. Raises `Problems`."""
    pyarrow = extra("pyarrow", "parquet", "pyarrow")
    parquet = extra("pyarrow.parquet", "parquet", "pyarrow")
    open_ordinary(path).close()
    try:
        file = parquet.ParquetFile(path)
        about = file.metadata
        if about.num_columns > MAX_COLUMNS:
            too_large(path, "columns", MAX_COLUMNS)
        if about.num_rows > MAX_PARQUET_ROWS:
            too_large(path, "rows", MAX_PARQUET_ROWS)
        if any(about.row_group(index).total_byte_size > MAX_UNPACKED for index in range(about.num_row_groups)):
            too_large(path, "unpacked", MAX_UNPACKED)
        columns = [about.schema.column(index) for index in range(about.num_columns)]
        file = parquet.ParquetFile(path, read_dictionary=[one.path for one in columns if one.physical_type == "BYTE_ARRAY"])
    except (pyarrow.ArrowException, OSError, ValueError):
        raise Problems([Diagnostic("E614", Place(path))]) from None
    lines = within(_lines(file, path, pyarrow), path)
    first, rest = ahead(lines)
    headings = list(file.schema_arrow.names)
    nobody = NoPeople(path, headings, tell)
    first = list(nobody.people(first))
    return Table(path, headings, chain(first, nobody.to_the_end(rest)), 0, lambda: int(about.num_rows), first)


def _lines(file: Any, path: str, pyarrow: Any) -> Iterator[Line]:
    number = 0
    try:
        for batch in file.iter_batches(_ROWS_AT_A_TIME, use_threads=False):
            for cells in zip(*(_cells(column, pyarrow) for column in batch.columns), strict=True):
                number += 1
                yield Line(number, cells)
    except MemoryError:
        too_large(path, "unpacked", _LARGEST_LISTS, number + 1)
    except (pyarrow.ArrowException, OSError, ValueError):
        yield Line(number + 1, Refused((Diagnostic("E614", Place(path, number + 1)),)))


def _cells(column: Any, pyarrow: Any) -> list[object]:
    """The values of a column, those that Python has no place for as `Broken`."""
    types = pyarrow.types
    if types.is_dictionary(column.type):
        known: dict[int | None, object] = {None: None}
        indices = column.indices.to_pylist()
        for index in set(indices) - {None}:
            known[index] = _text(column.dictionary[index])
        return [known[index] for index in indices]
    if types.is_timestamp(column.type) and column.type.unit == "ns":
        column = column.cast(pyarrow.timestamp("us", column.type.tz), safe=False)
    if types.is_nested(column.type):
        if not _is_list(column.type, types):
            broken = Broken("E204", f"{str(column.type).partition('<')[0]}<…>")
            return [broken if filled else None for filled in column.is_valid().to_pylist()]
        if _size(column, pyarrow) > _LARGEST_LISTS:
            raise MemoryError
    try:
        values = column.to_pylist()
    except (ValueError, OverflowError):
        values = [_one(scalar) for scalar in column]
    return [_plain(value) for value in values]


def _is_list(kind: Any, types: Any) -> bool:
    """Whether a type is a list of what may stand in a cell: structures, maps and lists of lists are in no field."""
    lists = (types.is_list, types.is_large_list, types.is_fixed_size_list, types.is_list_view, types.is_large_list_view)
    return any(is_one(kind) for is_one in lists) and not types.is_nested(kind.value_type)


def _size(column: Any, pyarrow: Any) -> int:
    """The bytes that the texts of lists come to when each is written out."""
    inner = column.flatten()
    if not pyarrow.types.is_dictionary(inner.type):
        return int(inner.nbytes)
    lengths = pyarrow.compute.binary_length(inner.dictionary)
    return int(pyarrow.compute.sum(lengths.take(inner.indices)).as_py() or 0)


def _one(scalar: Any) -> object:
    try:
        return scalar.as_py()
    except (ValueError, OverflowError):  # a day that no calendar of Python has
        return Broken("E105", str(getattr(scalar, "value", "…")))


def _text(scalar: Any) -> object:
    """A text of a dictionary; of one that is too long, as much as shows that it is."""
    content = scalar.as_buffer()
    content = content.to_pybytes() if content.size <= 4 * MAX_TEXT else content.slice(0, 4 * MAX_TEXT + 4).to_pybytes()
    try:
        return content.decode()[: MAX_TEXT + 1]
    except UnicodeDecodeError as error:
        if error.start > MAX_TEXT:  # cut inside a letter
            return content[: error.start].decode()[: MAX_TEXT + 1]
        return Broken("E140", f"0x{content[error.start]:02X}")


def _plain(cell: Any) -> object:
    if isinstance(cell, datetime):
        return Day(cell.date().isoformat()) if cell.tzinfo is None else cell.isoformat()  # which day it is depends on the zone
    if isinstance(cell, date):
        return Day(cell.isoformat())
    if isinstance(cell, list):
        return "; ".join(_entry(one) for one in cell if one is not None)
    if isinstance(cell, bytes):
        return cell.decode("utf-8", "replace")
    return cell


def _entry(value: Any) -> str:
    """An entry of a list, as a cell of several would write it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value).lower() if isinstance(value, bool) else str(value)
