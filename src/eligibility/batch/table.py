"""From the rows of a table to people: each cell to the field of its column, blank cells left out, and never a guess."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from eligibility.batch.cells import BadCell, Reading, value_of
from eligibility.batch.columns import ColumnMap
from eligibility.batch.fields import Field, Form, identity_of
from eligibility.batch.people import Path, Refused, TableRow, cell_name
from eligibility.diagnostic import Diagnostic, Place
from eligibility.profile import SOURCES
from eligibility.reference import load_reference

_EXPECTED = {
    Form.TEXT: "text", Form.WORDS: "text", Form.FLAG: "true_or_false", Form.NUMBER: "number", Form.SHARE: "percent", Form.MONEY: "text",
}  # fmt: skip


class Line(NamedTuple):
    """A row of a table: its number as the file counts lines, and its cells, or why there are none."""

    number: int
    cells: Sequence[object] | Refused


class Table(NamedTuple):
    """A table: the name of its file, its headers, and its rows, which are read as they are asked for.

    `headers_at` is the line of the headers; `size` says about how many rows there are.
    """

    name: str
    headers: Sequence[str]
    lines: Iterable[Line]
    headers_at: int = 1
    size: Callable[[], int] = lambda: 0


class TableReader(NamedTuple):
    """Reads the rows of one table; `columns` says which of its columns is which field."""

    name: str
    columns: tuple[tuple[int, str, tuple[Field, ...]], ...]
    complete: frozenset[str]
    reading: Reading

    def read(self, line: int, held: Sequence[object]) -> TableRow:
        """The row as a profile."""
        return _Row(self, line, held).read()

    def id_of(self, line: int, held: object) -> str:
        """The number of the line."""
        return str(line)

    def place_of(self, line: int, held: object) -> str:
        """The line of the table."""
        return f"{self.name}:{line}"


def reader_of(table: Table, mapped: ColumnMap, reading: Reading) -> TableReader:
    """The reader of a table whose columns `mapped` names."""
    columns = tuple((index, header, mapped.fields[header]) for index, header in enumerate(table.headers) if header in mapped.fields)
    reading = Reading(reading.date_format or mapped.date_format, mapped.rate_unit)
    return TableReader(table.name, columns, mapped.complete, reading)


def rows_of(table: Table) -> Iterator[tuple[int, Any]]:
    """The rows of a table that are not blank, and the lines that are no rows."""
    for number, cells in table.lines:
        if isinstance(cells, Refused) or any(cell is not None and str(cell).strip() for cell in cells):
            yield number, cells


class _Row:
    """The reading of one row: what its cells say, by field and by record."""

    def __init__(self, table: TableReader, line: int, cells: Sequence[object]) -> None:
        self.table = table
        self.line = line
        self.cells = cells
        self.data: dict[str, Any] = {}
        self.places: dict[Path, int] = {}
        self.problems: list[Diagnostic] = []
        self.records: dict[str, dict[str | int, dict[str, tuple[Any, int]]]] = {}
        self.none: dict[str, set[str | int]] = {}

    def read(self) -> TableRow:
        """The row as a profile."""
        cells, reading = self.cells, self.table.reading
        width = len(cells)
        for index, header, fields in self.table.columns:
            cell = cells[index] if index < width else None
            if cell is None or cell == "":
                continue
            for field in fields:
                try:
                    value = value_of(cell, field.form, reading)
                    if value is not None:
                        self._keep(field, _by_name(field, value), index)
                except BadCell as error:
                    self.problems.append(self._told(error, header, index, field))
        self._gather()
        headers = {index: header for index, header, _ in self.table.columns}
        return TableRow(self.table.name, self.line, self.data, self.problems, self.places, headers)

    def _keep(self, field: Field, value: Any, column: int) -> None:
        name, *rest = field.steps
        assert isinstance(name, str)
        if len(rest) == 2 and isinstance(rest[1], str):  # a value of one record of a list
            if value == [] and field.form is not Form.WORDS:
                self.none.setdefault(name, set()).add(rest[0])
                return
            record = self.records.setdefault(name, {}).setdefault(rest[0], {})
            known = record.get(rest[1])
            record[rest[1]] = (self._agreed(field, None if known is None else known[0], value), column)
        elif value == [] and field.form is not Form.WORDS:
            return  # "-" where there is no list: nothing is said
        elif rest:
            inner = self.data.setdefault(name, {})
            inner[rest[0]] = self._agreed(field, inner.get(rest[0]), value)
            self.places[(name, rest[0])] = column
        else:
            self.data[name] = self._agreed(field, self.data.get(name), value)
            self.places[(name,)] = column

    @staticmethod
    def _agreed(field: Field, known: Any, value: Any) -> Any:
        """The value that two columns of one field agree on; lists are joined."""
        if known is None or known == value:
            return value
        if field.form is Form.WORDS:
            return list(dict.fromkeys([*known, *value]))
        raise BadCell("E617", value=str(value))

    def _gather(self) -> None:
        """The records of every list, in the order of their numbers; blank ones fall out.

        "None" in the first numbered record is an empty list; where a word names the record (no English), it says nothing of the
        others, unless the table holds the list whole.
        """
        complete = self.table.complete
        for name, numbers in self.none.items():
            if name not in self.records and (0 in numbers or name in complete):
                self.data[name] = []
        for name, found in self.records.items():
            order = sorted(found, key=lambda one: (isinstance(one, str), one))
            listed = self.data[name] = []
            for index, number in enumerate(order):
                record = {key: value for key, (value, _) in found[number].items()}
                if isinstance(number, str):
                    record.setdefault(identity_of(name), number.removeprefix("="))
                listed.append(record)
                for key, (_, column) in found[number].items():
                    self.places[(name, index, key)] = column
        unsure = [name for name in sorted(self.records) if name not in complete]
        if self.data.get("citizenships") and "citizenships" not in complete and "citizenships" not in unsure:
            unsure.append("citizenships")  # a school's table has one nationality of those who have two
        if unsure:  # whoever has more jobs than the table has columns for
            self.data["incomplete"] = [*self.data.get("incomplete", ()), *unsure]

    def _told(self, error: BadCell, header: str, index: int, field: Field) -> Diagnostic:
        params = {"column": header, "cell": cell_name(index, self.line), **error.params}
        if error.code == "E607":
            params["expected"] = _EXPECTED.get(field.form, "text")
        if error.code == "E617":
            params["field"] = field.path
        return Diagnostic(error.code, Place(self.table.name, self.line, index + 1, index + 2), params)


def _by_name(field: Field, value: Any) -> Any:
    """Places and languages by their ids: spreadsheets have their names (`Maroc`), and an exact name stands for one thing only."""
    name, last = str(field.steps[0]), field.steps[-1]
    reference = load_reference()
    vocabulary = SOURCES[name].words.get(str(last)) if name in SOURCES else None
    if name == "domicile" or vocabulary == "place" or field.steps == ("citizenships",):
        return _ids(value, lambda word: word if reference.find_place(word, False).id else reference.named("place", word) or word)
    if vocabulary == "language":
        return _ids(value, lambda word: word if reference.is_language(word) else reference.named("language", word) or word)
    return value


def _ids(value: Any, of: Callable[[str], str]) -> Any:
    if isinstance(value, list):
        return [of(word) for word in value]
    return of(value) if isinstance(value, str) else value
