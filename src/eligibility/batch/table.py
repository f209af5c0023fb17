"""From the rows of a table to people: each cell to the field of its column, blank cells left out, and never a guess."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from eligibility.batch.cells import BadCell, Reading, value_of
from eligibility.batch.columns import ColumnMap
from eligibility.batch.fields import Field, Form, identity_of
from eligibility.batch.people import Entry, Path, TableRow
from eligibility.diagnostic import Diagnostic, Place

_EXPECTED = {Form.TEXT: "text", Form.WORDS: "text", Form.FLAG: "true_or_false", Form.NUMBER: "number", Form.MONEY: "text"}


class Line(NamedTuple):
    """A row of a table: its number as the file counts lines, and its cells."""

    number: int
    cells: Sequence[object]


class Table(NamedTuple):
    """A table: the name of its file, its headers, and its rows, which are read as they are asked for.

    `headers_at` is the line of the headers.
    """

    name: str
    headers: Sequence[str]
    lines: Iterable[Line]
    headers_at: int = 1


def people_of(table: Table, mapped: ColumnMap, reading: Reading) -> Iterator[Entry]:
    """A person for every row that is not blank; `mapped` says which column is which field."""
    columns = [(index, header, mapped.fields[header]) for index, header in enumerate(table.headers) if header in mapped.fields]
    if mapped.date_format is not None and reading.date_format is None:
        reading = Reading(mapped.date_format)
    for line in table.lines:
        if any(cell is not None and str(cell).strip() for cell in line.cells):
            row = _Row(table, line, columns, mapped.complete, reading).read()
            yield Entry(str(row.data.get("id") or line.number), None, row)


class _Row:
    """The reading of one row: what its cells say, by field and by record."""

    def __init__(
        self, table: Table, line: Line, columns: Sequence[tuple[int, str, tuple[Field, ...]]], complete: frozenset[str], reading: Reading
    ) -> None:
        self.table = table
        self.line = line
        self.columns = columns
        self.complete = complete
        self.reading = reading
        self.data: dict[str, Any] = {}
        self.places: dict[Path, Place] = {}
        self.problems: list[Diagnostic] = []
        self.records: dict[str, dict[str | int, dict[str, tuple[Any, Place]]]] = {}
        self.empty: set[str] = set()

    def read(self) -> TableRow:
        """The row as a profile."""
        for index, header, fields in self.columns:
            cell = self.line.cells[index] if index < len(self.line.cells) else None
            place = self._place(index)
            for field in fields:
                try:
                    value = value_of(cell, field.form, self.reading)
                except BadCell as error:
                    self.problems.append(self._told(error, header, index, field))
                    continue
                if value is not None:
                    self._keep(field, value, place)
        self._gather()
        return TableRow(self.table.name, self.data, self.problems, self.places, Place(self.table.name, self.line.number))

    def _keep(self, field: Field, value: Any, place: Place) -> None:
        name, *rest = field.steps
        assert isinstance(name, str)
        if len(rest) == 2 and isinstance(rest[1], str):  # a value of one record of a list
            if value == [] and field.form is not Form.WORDS:
                self.empty.add(name)
            else:
                self.records.setdefault(name, {}).setdefault(rest[0], {})[rest[1]] = (value, place)
        elif value == [] and field.form is not Form.WORDS:
            return  # "-" where there is no list: nothing is said
        elif rest:
            self.data.setdefault(name, {})[rest[0]] = value
            self.places[(name, rest[0])] = place
        else:
            self.data[name] = value
            self.places[(name,)] = place

    def _gather(self) -> None:
        """The records of every list, in the order of their numbers; blank ones fall out."""
        for name in {*self.records, *self.empty}:
            found = self.records.get(name, {})
            order = sorted(found, key=lambda one: (isinstance(one, str), one))
            self.data[name] = []
            for index, number in enumerate(order):
                record = {key: value for key, (value, _) in found[number].items()}
                if isinstance(number, str):
                    record.setdefault(identity_of(name), number.removeprefix("="))
                self.data[name].append(record)
                self.places |= {(name, index, key): place for key, (_, place) in found[number].items()}
        unsure = [name for name in sorted(self.records) if name not in self.complete]
        if unsure:  # whoever has more jobs than the table has columns for
            self.data["incomplete"] = [*self.data.get("incomplete", ()), *unsure]

    def _place(self, index: int) -> Place:
        return Place(self.table.name, self.line.number, index + 1, index + 2)

    def _told(self, error: BadCell, header: str, index: int, field: Field) -> Diagnostic:
        params = {"column": header, "cell": cell_name(index, self.line.number), "value": error.value}
        if error.code == "E607":
            params["expected"] = _EXPECTED.get(field.form, "text")
        return Diagnostic(error.code, self._place(index), params)


def cell_name(column: int, line: int) -> str:
    """The name of a cell as spreadsheets have it: column 0 of line 12 is `A12`."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{line}"
