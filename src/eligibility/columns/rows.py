"""A row of a table as the profile it holds: plain data for the readers of profile files, every problem at its path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pyarrow as pa

from eligibility.batch.cells import BadCell, Reading, plain
from eligibility.batch.columns import ColumnMap
from eligibility.batch.people import TableRow
from eligibility.batch.sources.parquet import _cells
from eligibility.batch.table import Table, reader_of
from eligibility.diagnostic import Diagnostic, Place
from eligibility.loading.nearest import nearest
from eligibility.profile import Profile

Path = tuple[str | int, ...]
_ALIKE = 0.75
KEYS = tuple(field.alias or name for name, field in Profile.model_fields.items())
"""The columns of a table in the form of profiles."""


class Nested:
    """The profile in a row of a table that has its own fields; a problem stands at the path of what is wrong.

    It is read like a document. Each path that is asked for has a column number of its own, so that two problems of a row never
    seem to be one.
    """

    def __init__(self, number: int, data: dict[str, Any], problems: Iterable[tuple[Path, str, Mapping[str, Any]]]) -> None:
        self.name = "table"
        self.digest = ""
        self.data = data
        self._number = number
        self._paths: dict[Path, int] = {}
        self.diagnostics = tuple(Diagnostic(code, self.place(path), params) for path, code, params in problems)

    def place(self, path: Iterable[str | int], key: bool = False) -> Place:
        """The row, with the number of the path for a column."""
        steps = tuple(path)
        return Place(self.name, self._number, self._paths.setdefault(steps, len(self._paths) + 1))

    def path(self, path: Iterable[str | int]) -> None:
        """None: it has a row and columns."""

    def path_of(self, problem: Diagnostic) -> str:
        """The path of a problem as people write it."""
        steps = list(self._paths)[problem.place.column - 1]
        return "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in steps).removeprefix(".")


class Flat(TableRow):
    """The profile in a row of a flat table: a problem stands at the header of its column."""

    __slots__ = ()

    def path_of(self, problem: Diagnostic) -> str:
        """The header of the column of a problem."""
        return self.header(problem.place) or ""


Row = Nested | Flat
Rows = Callable[[pa.RecordBatch, Sequence[int], int], list[Row]]
"""Gives some rows of a batch, whose first one has a number, as profiles."""


def strangers(schema: pa.Schema) -> list[str]:
    """The columns that no profile has and that are not nearly one it has: they are told, and not read."""
    return [name for name in schema.names if name not in KEYS and nearest(name, KEYS, _ALIKE) is None]


def nested_rows(batch: pa.RecordBatch, wanted: Sequence[int], first: int) -> list[Row]:
    """Rows of a table of the profile's own fields."""
    left = set(strangers(batch.schema))
    some = batch.take(pa.array(wanted, pa.int64()))
    columns = [(name, column.type, values_of(column)) for name, column in zip(batch.schema.names, some.columns, strict=True)]
    found: list[Row] = []
    for index, row in enumerate(wanted):
        problems: list[tuple[Path, str, Mapping[str, Any]]] = []
        data = {}
        for name, kind, values in columns:
            value = values[index]
            if value is None:
                continue
            if name in left:
                problems.append(((name,), "W603", {"n": 1, "columns": name}))
            else:
                read = _value(value, kind, (name,), problems)
                data[name] = str(read) if name == "id" and type(read) is int else read
        found.append(Nested(first + row, data, problems))
    return found


def flat_rows(columns: ColumnMap) -> Rows:
    """What gives the rows of a table whose columns a map names."""

    def rows(batch: pa.RecordBatch, wanted: Sequence[int], first: int) -> list[Row]:
        reader = reader_of(Table("table", batch.schema.names, ()), columns, Reading())
        some = batch.take(pa.array(wanted, pa.int64()))
        cells = list(zip(*(_cells(column, pa) for column in some.columns), strict=True))
        read = [reader.read(first + row, cells[index]) for index, row in enumerate(wanted)]
        return [Flat(one.name, one.line, one.data, one.diagnostics, one.spots, one.headers, one.strict, one.vague) for one in read]

    return rows


class _Unreadable:
    """A value that Python has no place for; the code says why."""

    def __init__(self, code: str, value: str) -> None:
        self.code, self.value = code, value


def values_of(column: pa.Array) -> list[Any]:
    try:
        return list(column.to_pylist())
    except (ValueError, OverflowError, pa.ArrowException):
        return [_one(scalar) for scalar in column]


def _one(scalar: pa.Scalar) -> Any:
    try:
        return scalar.as_py()
    except UnicodeDecodeError as error:
        return _Unreadable("E140", f"0x{error.object[error.start]:02X}")
    except (ValueError, OverflowError, pa.ArrowException):  # a day that no calendar of Python has
        return _Unreadable("E105", str(getattr(scalar, "value", "…")))


_STAND_IN = ""
"""Stands for a value that was refused: whatever else is wrong with it is not told."""


def _value(value: Any, kind: pa.DataType, path: Path, problems: list[tuple[Path, str, Mapping[str, Any]]]) -> Any:
    """The value as a profile file would have it; what has no value in a record is not said. What cannot be one is told."""
    if isinstance(value, str):
        try:
            return plain(value)
        except BadCell as error:
            problems.append((path, error.code, error.params))
            return _STAND_IN
    if isinstance(value, dict):
        inner = {kind.field(index).name: kind.field(index).type for index in range(kind.num_fields)}
        return {key: _value(one, inner[key], (*path, key), problems) for key, one in value.items() if one is not None}
    if isinstance(value, list):
        if pa.types.is_map(kind):
            return {str(key): _value(one, kind.item_type, (*path, str(key)), problems) for key, one in value if one is not None}
        return [_value(one, kind.value_type, (*path, index), problems) for index, one in enumerate(value)]
    return _scalar(value, path, problems)


def _scalar(value: Any, path: Path, problems: list[tuple[Path, str, Mapping[str, Any]]]) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float | Decimal):
        if value != value or value in (float("inf"), float("-inf")):
            problems.append((path, "E122", {"value": str(value)}))
            return _STAND_IN
        return int(value) if value == int(value) else float(value)  # tables have 7.0 where some other number is missing
    if isinstance(value, datetime):
        return value.date().isoformat() if value.tzinfo is None and value.time() == time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, _Unreadable):
        problems.append((path, value.code, {"value": value.value, "byte": value.value}))
        return _STAND_IN
    if isinstance(value, bytes):
        return _bytes(value, path, problems)
    problems.append((path, "E204", {"value": str(value)[:40], "expected": "text"}))
    return _STAND_IN


def _bytes(value: bytes, path: Path, problems: list[tuple[Path, str, Mapping[str, Any]]]) -> Any:
    try:
        return _value(value.decode(), pa.string(), path, problems)
    except UnicodeDecodeError as error:
        problems.append((path, "E140", {"byte": f"0x{value[error.start]:02X}"}))
        return _STAND_IN
