"""People who stand in several rows: of a table with a row per job or per degree, or of several tables that are joined by an id."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from eligibility.batch.cells import BadCell, plain
from eligibility.batch.columns import ColumnMap
from eligibility.batch.fields import ROW
from eligibility.batch.people import People, Refused, TableRow
from eligibility.batch.table import Person, Table, TableReader, rows_of
from eligibility.diagnostic import Diagnostic, Place

Row = tuple[int, int, Any]
"""A row: the number of its table, its line, its cells."""


class Together(NamedTuple):
    """Reads people of several rows, of one or more tables; `whole` are the lists of which nobody has more than those rows tell."""

    name: str
    tables: tuple[TableReader, ...]
    complete: frozenset[str]
    whole: frozenset[str]

    def read(self, line: int, held: tuple[Row, ...]) -> TableRow:
        """The rows as a profile."""
        first = self.tables[0]
        person = Person(self.complete, first.reading.strict)
        for number, at, cells in held:
            person.add(self.tables[number], at, cells)
        for name in self.whole:
            person.none.setdefault(name, set()).add(0)
        return person.row(self.name, line, first.headers)

    def id_of(self, line: int, held: object) -> str:
        """The number of the first line."""
        return str(line)

    def place_of(self, line: int, held: object) -> str:
        """The first line of the person."""
        return f"{self.name}:{line}"


def people_in(tables: list[tuple[Table, TableReader]], mapped: ColumnMap, tell: Callable[[Diagnostic], None]) -> People:
    """The people of a table, with what the further tables say of them. The rows of all tables are kept."""
    (base, _), *_ = tables
    readers = [reader for _, reader in tables]
    people: list[tuple[int, Any]] = []
    places: dict[str, list[int]] = {}
    broken = False
    for line, held in rows_of(base):
        if isinstance(held, Refused):
            broken = True
            people.append((line, held))
            continue
        key = "" if mapped.one_person else _id(readers[0], held)
        if key is not None and mapped.long and key in places:
            place = places[key][0]
            people[place] = (people[place][0], (*people[place][1], (0, line, held)))
            continue
        if key is not None:
            places.setdefault(key, []).append(len(people))
        people.append((line, ((0, line, held),)))
    for number, (table, reader) in enumerate(tables[1:], 1):
        broken = _join(number, table, reader, people, places, mapped.one_person, tell) or broken
    lists = {str(one.feed.field.steps[0]) for reader in readers for one in reader.fed if ROW in one.feed.field.steps}
    complete = mapped.complete - lists if broken else mapped.complete  # a line that is lost may be anybody's
    together = Together(base.name, tuple(readers), complete, frozenset(lists & complete))
    return People(together, iter(people), lambda: len(people))


def _join(
    number: int, table: Table, reader: TableReader, people: list[tuple[int, Any]], places: dict[str, list[int]], one_person: bool,
    tell: Callable[[Diagnostic], None],
) -> bool:  # fmt: skip
    """Give each person their rows of a further table; whether some of its lines cannot be read."""
    broken, strange, first = False, 0, ""
    for line, held in rows_of(table):
        if isinstance(held, Refused):
            broken = True
            for one in held.problems:
                tell(one)
            continue
        key = "" if one_person else _id(reader, held)
        whose = places.get(key, []) if key is not None else []
        if not whose:
            strange, first = strange + 1, first or (key or "")
        for place in whose:
            people[place] = (people[place][0], (*people[place][1], (number, line, held)))
    if strange:
        tell(Diagnostic("W609", Place(table.name), {"n": strange, "id": first}))
    return broken


def _id(reader: TableReader, cells: Any) -> str | None:
    """The id in a row; None where there is none that can be read."""
    column = next((one.columns[0] for one in reader.fed if one.feed.field.steps == ("id",)), None)
    cell = cells[column] if column is not None and column < len(cells) else None
    try:
        text = "" if cell is None else plain(_figures(cell)).strip()
    except BadCell:
        return None
    return text or None


def _figures(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
