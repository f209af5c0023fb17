"""What the columns of a table seem to be, by their headings, by what the cells look like and by the columns beside them.

A column is a field where that can hardly be otherwise; where only the owner of the table can know, it is asked about. Wrong is worse than
missed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from eligibility.batch import looks
from eligibility.batch.cells import BadCell, DateFormat, Reading, says_nothing, value_of
from eligibility.batch.columns import ASK, ColumnMap, Feed
from eligibility.batch.fields import ROW, BadPath, Field, Form, field_of
from eligibility.batch.heading_row import BELOW
from eligibility.batch.headings import LONGEST, Meaning, bare, is_of_work, known_words, meaning_of, path_of
from eligibility.batch.looks import Cells
from eligibility.batch.people import Refused
from eligibility.batch.table import Table
from eligibility.loading.nearest import nearest
from eligibility.reference import Reference

_ALIKE, _SURELY = 0.75, 0.85
_COMPARED = 50
"""How many headings that nothing knows are compared with all that is known."""
_SKIPPED = 2
"""How many columns that are none of a record's may stand between its columns."""
_LONG_TABLE = 0.8
"""A table is one of records where ids come again: at most so many of them are different."""
_OF_PEOPLE = ("birth_date", "citizenships", "domicile")


class Guess(NamedTuple):
    """What a column seems to be.

    `path` is its field; else `asked` is the field that it may be, which only the owner of the table knows, or `close` the one that its
    heading comes close to. `why` is the key of a sentence. `known` says that the heading is known, if only as none of a profile's.
    """

    header: str
    path: str | None = None
    asked: str | None = None
    close: str | None = None
    why: str = ""
    example: str = ""
    known: bool = False


class Guesses(NamedTuple):
    """What the columns of a table seem to be, and how they are read. `names` are the columns that together are the name; `date_format` is
    `ask` where days can be read in two ways, and so is `rate_unit`; `open_ends` are columns of last days with blank cells. `twice` are
    headings of fields above more than one column: nobody knows which of them is meant.
    """

    columns: tuple[Guess, ...]
    names: tuple[str, ...] = ()
    date_format: str | None = None
    rate_unit: str | None = None
    one_person: bool = False
    open_ends: tuple[tuple[str, int], ...] = ()
    twice: tuple[str, ...] = ()

    def feeds(self) -> Iterator[Feed]:
        """What feeds which field."""
        if len(self.names) > 1:
            yield Feed(field_of("name"), self.names, " ")
        for one in self.columns:
            if one.path is not None and (one.path != "name" or len(self.names) < 2):
                yield Feed(field_of(one.path), (one.header,))

    def map(self) -> ColumnMap:
        """The map of what is surely known."""
        settled = DateFormat(self.date_format) if self.date_format not in (None, ASK) else None
        return ColumnMap(tuple(self.feeds()), date_format=settled, one_person=self.one_person)


def guess(table: Table, reference: Reference) -> Guesses:
    """What the columns of a table seem to be."""
    return _Table(table, reference).guesses()


class _Column(NamedTuple):
    place: int
    header: str
    meaning: Meaning | None
    cells: Cells


class _Table:
    """The columns of a table, looked at one beside the other."""

    def __init__(self, table: Table, reference: Reference) -> None:
        self.reference = reference
        times = Counter(table.headers)
        rows = [line.cells for line in table.first if not isinstance(line.cells, Refused)]
        self.rows = [[*cells] for cells in rows]
        self.columns = [
            _Column(index, header, meaning_of(header, reference) if times[header] == 1 else Meaning("none"), _cells(rows, index))
            for index, header in enumerate(table.headers)
        ]
        meant = {header: meaning_of(header, reference) for header, number in times.items() if header and number > 1}
        self.twice = tuple(header for header, one in meant.items() if one is not None and one.kind in ("field", "path", "name"))
        self.found: dict[int, Guess] = {}
        self.taken: set[str] = set()
        self.compared = 0

    def guesses(self) -> Guesses:
        self.ids()
        names = self.names()
        work = self.is_of_employees()
        for column in self.columns:
            if column.place not in self.found and (meaning := column.meaning) is not None and meaning.kind in ("field", "path"):
                self.field(column, meaning)
            elif column.place not in self.found and meaning is not None and meaning.kind == "work" and work:
                self.put(column, meaning.what, "heading")
        for column in self.columns:
            if column.place not in self.found and (meaning := column.meaning) is not None and meaning.bare:
                self.beside(column, meaning)
        for column in self.columns:
            if column.place not in self.found:
                self.rest(column)
        one_person = self.long(names)
        found = tuple(self.found[one.place] for one in self.columns)
        mapped = [(column, field_of(one.path)) for column, one in zip(self.columns, found, strict=True) if one.path is not None]
        return Guesses(
            found, tuple(self.columns[one].header for one in names), self.order_of_days(mapped), self.unit_of_rates(mapped), one_person,
            self.open_ends(mapped), self.twice,
        )  # fmt: skip

    # ---------------------------------------------------------------------------------------------- one column

    def put(self, column: _Column, path: str, why: str) -> bool:
        """Take a column for a field, unless its cells speak against it, or another column is that field."""
        field = _field(path)
        if field is None or not column.header:
            return False
        told_twice = field.form in (Form.WORDS, Form.LANGUAGES) or (len(field.steps) == 1 and path not in ("id", "name"))
        if path in self.taken and not (told_twice or why == "path"):
            self.found[column.place] = Guess(column.header, why="twice", known=True, example=_example(column))
            return False
        if why != "path" and len(column.cells.held) > 1 and not looks.are(column.cells, field, self.reference):
            self.found[column.place] = Guess(column.header, asked=path, why="cells_differ", known=True, example=_example(column))
            return False
        self.found[column.place] = Guess(column.header, path, why=why, known=True, example=_example(column, field))
        self.taken.add(path)
        return True

    def field(self, column: _Column, meaning: Meaning) -> None:
        path = meaning.what
        if meaning.kind == "path":
            self.put(column, path, "path")
            return
        if path.endswith(".employer_name") and looks.are_kinds(column.cells, "employer", self.reference):
            path = path.removesuffix("_name")
        elif path.endswith("].employer") and not looks.are_kinds(column.cells, "employer", self.reference):
            path = f"{path}_name"
        if (
            path.startswith("experience[")
            and path.endswith("].type")
            and column.cells.held
            and column.cells.share(looks.is_time) >= looks.ENOUGH
        ):
            path = f"{path.removesuffix('type')}full_time"
        if path.endswith("].language") and not self.is_each_one(column, meaning):
            path = "languages"  # several in a cell, or with their levels
        if path.endswith(".title") and _field(path) is None:
            path = f"{path.removesuffix('title')}function"
        self.put(column, path, "heading")

    def is_each_one(self, column: _Column, meaning: Meaning) -> bool:
        """Whether a column of languages has one in a cell: in that of the second language, some may have typed two."""
        if meaning.number is None:
            return column.cells.share(looks.is_one_language) == 1
        return column.cells.share(looks.is_one_language_and_level) >= looks.ENOUGH

    def beside(self, column: _Column, meaning: Meaning) -> None:
        """An attribute whose record is told by the columns beside it, or by those of the same number."""
        for name, number in self.records_near(column, meaning):
            for attribute in meaning.bare:
                path = f"{name}[{number}].{attribute}"
                if attribute == "title" and _field(path) is None:
                    path = f"{name}[{number}].function"
                if attribute in ("in", "type") and meaning.number is None and not self.is_of_records(name):
                    continue  # the country of the person, as likely
                if path not in self.taken and _field(path) is not None and self.put(column, path, "beside"):
                    return
        self.found.pop(column.place, None)

    def is_of_employees(self) -> bool:
        """Whether the table is one of employees: dates of entry are those of a job there, and of a school elsewhere."""
        return any(
            is_of_work(column.header)
            or (column.meaning is not None and column.meaning.kind == "field" and column.meaning.what.startswith("experience["))
            for column in self.columns
            if column.header and len(column.header) <= LONGEST
        )

    def records_near(self, column: _Column, meaning: Meaning) -> Iterator[tuple[str, int]]:
        numbered = [step for one in self.found.values() if (step := _record(one.path)) is not None and step[1] == (meaning.number or 1) - 1]
        if meaning.number is not None:
            yield from dict.fromkeys(self.nearest(column, numbered))
            return
        for index in range(column.place - 1, max(-1, column.place - 2 - _SKIPPED), -1):
            step = _record(self.found[index].path) if index in self.found else None
            if step is not None:
                yield step
                return
        if len(only := {*numbered}) == 1 and self.is_of_records(next(iter(only))[0]):
            yield from only

    def nearest(self, column: _Column, records: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
        """The records, those first whose columns are the nearest."""

        def distance(record: tuple[str, int]) -> int:
            return min(abs(index - column.place) for index, one in self.found.items() if _record(one.path) == record)

        return sorted(dict.fromkeys(records), key=distance)

    def is_of_records(self, name: str) -> bool:
        """Whether the table seems to have a row per record of one list."""
        lists = {step[0] for one in self.found.values() if (step := _record(one.path)) is not None}
        if lists != {name} or any(path in self.taken for path in _OF_PEOPLE):
            return False
        return self.ids_again() or not self.taken & {"id", "name"}

    def rest(self, column: _Column) -> None:
        """A column that is no field by its heading alone."""
        meaning, header = column.meaning, column.header
        alone = bool(header) and BELOW not in header  # below other words a heading may be anybody's
        compared = meaning is None and alone and len(header) <= LONGEST and self.compared < _COMPARED
        self.compared += compared
        close, alike = _close(bare(header)) if compared else (None, 0.0)
        if compared and self.by_its_cells(column, close if alike >= _SURELY else None):
            return
        if meaning is not None and meaning.kind in ("ask", "work") and column.cells.held:
            self.found[column.place] = Guess(header, asked=meaning.what, why="ask", known=True, example=_example(column))
            return
        self.found[column.place] = Guess(header, close=close, known=meaning is not None, example=_example(column))

    def by_its_cells(self, column: _Column, close: str | None) -> bool:
        """A heading that is nearly a known one (`close`), whose cells are what they would be; or cells that say it without a heading."""
        field = None if close is None else _field(close)
        if close is not None and field is not None and column.cells.held and close not in self.taken and _tells(field):
            return looks.are(column.cells, field, self.reference) and self.put(column, close, "nearly")
        if column.cells.held and column.cells.share(looks.tells_levels) >= looks.NEARLY_ALL and "languages" not in self.taken:
            return self.put(column, "languages", "cells")
        return False

    # ------------------------------------------------------------------------------------------------- people

    def ids(self) -> None:
        """The id: by its heading; or a heading of names whose cells are codes."""
        for column in self.columns:
            meaning = column.meaning
            if meaning is not None and meaning.kind in ("field", "path") and meaning.what == "id" and "id" not in self.taken:
                self.put(column, "id", "heading")
        for column in self.columns:
            meaning = column.meaning
            if meaning is None or meaning.kind != "name" or meaning.what != "full" or "id" in self.taken or not column.cells.held:
                continue
            if column.cells.share(looks.is_code) == 1:
                self.put(column, "id", "codes")

    def names(self) -> list[int]:
        """The columns that are the name: the given and the family name together, else the whole one."""
        parts: dict[str, list[_Column]] = {}
        for column in self.columns:
            meaning = column.meaning
            if meaning is None or meaning.kind != "name" or column.place in self.found:
                continue
            if meaning.number in (None, 1) or meaning.what == "family":
                parts.setdefault("family2" if meaning.number == 2 else meaning.what, []).append(column)
        for some in parts.values():
            some.sort(key=lambda one: not one.cells.held)  # forms have a `Name` that nobody fills in
        full, given, family = parts.get("full", []), parts.get("given", []), parts.get("family", [])
        alone, used = parts.get("alone", []), parts.get("used", [])
        for column in full:
            if self.language_names(column):
                return []
        if given and (family or alone or used or full):
            last = family or alone or used or full
            chosen = [*given[:1], *parts.get("middle", [])[:1], *last[:1], *parts.get("family2", [])[:1]]
        elif family and alone:  # Apellidos, Nombre
            chosen = [alone[0], family[0], *parts.get("family2", [])[:1]]
        else:
            chosen = (full or alone or family or used)[:1]
        for column in chosen:
            self.found[column.place] = Guess(column.header, "name", why="heading", known=True, example=_example(column))
            self.taken.add("name")
        for some in parts.values():
            for column in some:
                if column.place not in self.found:
                    self.found[column.place] = Guess(column.header, why="twice", known=True, example=_example(column))
        return [column.place for column in chosen]

    def language_names(self, column: _Column) -> bool:
        """`Name` above languages, in a table of languages."""
        levels = [one for one in self.columns if one.meaning is not None and "level" in one.meaning.bare]
        if not levels or not column.cells.held or column.cells.share(looks.is_language) < looks.NEARLY_ALL:
            return False
        return self.put(column, "languages[0].language", "cells")

    def ids_again(self) -> bool:
        """Whether the same ids come again, row after row."""
        column = next((one for one in self.columns if one.place in self.found and self.found[one.place].path == "id"), None)
        if column is None or len(column.cells.held) < 2:
            return False
        return len({*column.cells.texts}) <= _LONG_TABLE * len(column.cells.held)

    def same_people(self) -> bool:
        """Whether rows of one id say the same of the person, and differ in what they say of a record: a row per job, with whose it is."""
        own = [one.place for one in self.columns if (path := self.found[one.place].path) is not None and _record(path) is None]
        ids = next((place for place in own if self.found[place].path == "id"), None)
        if ids is None or not self.ids_again():
            return False
        told: dict[object, set[tuple[object, ...]]] = {}
        for cells in self.rows:
            if ids < len(cells):
                told.setdefault(cells[ids], set()).add(tuple(cells[place] if place < len(cells) else None for place in own))
        return all(len(one) == 1 for one in told.values()) and len({tuple(cells) for cells in self.rows}) == len(self.rows)

    def long(self, names: Sequence[int]) -> bool:
        """Turn the records of a table with a row per record into those of its rows; whether all rows are one person."""
        lists = {step[0] for one in self.found.values() if (step := _record(one.path)) is not None}
        records = [one for one in self.found.values() if (step := _record(one.path)) is not None and step[1] == 0]
        if len(lists) != 1 or len(records) < 2:
            return False
        if any(path in self.taken for path in _OF_PEOPLE) and not self.same_people():
            return False
        named = bool({"id", "name"} & self.taken)
        if named and not self.ids_again():
            return False
        if not named and names:
            return False
        for index, one in self.found.items():
            if one.path is not None and "[0]" in one.path:
                self.found[index] = one._replace(path=one.path.replace("[0]", f"[{ROW}]", 1))
            elif one.asked is not None and "[0]" in one.asked:
                self.found[index] = one._replace(asked=one.asked.replace("[0]", f"[{ROW}]", 1))
        return not named

    # ---------------------------------------------------------------------------------------------- the whole

    def order_of_days(self, mapped: Sequence[tuple[_Column, Field]]) -> str | None:
        """How the table writes days: decided where a figure above 12, or a heading, proves it and nothing speaks against it; else asked."""
        dated = [column for column, field in mapped if field.form in (Form.DATE, Form.END)]
        marks = [one for column in dated for one in looks.day_marks(column.cells.held)]
        if not marks:
            return None
        day_first = any(first > 12 >= second for first, second, _ in marks)  # 13.13. is a slip, and proves nothing
        month_first = any(second > 12 >= first for first, second, _ in marks)
        for column in dated:
            told = _order_in(column.header)
            day_first, month_first = day_first or told == "day", month_first or told == "month"
        if day_first == month_first:
            return ASK
        mark = Counter(mark for _, _, mark in marks).most_common(1)[0][0]
        return mark.join(("DD", "MM", "YYYY") if day_first else ("MM", "DD", "YYYY"))

    def unit_of_rates(self, mapped: Sequence[tuple[_Column, Field]]) -> str | None:
        """Whether shares of working time without a sign may be all of it, or a hundredth."""
        for column, field in mapped:
            for cell in column.cells.held if field.form is Form.SHARE else ():
                try:
                    value_of(cell, field, Reading())
                except BadCell as error:
                    if error.code == "E618":
                        return ASK
        return None

    def open_ends(self, mapped: Sequence[tuple[_Column, Field]]) -> tuple[tuple[str, int], ...]:
        """The columns of last days that are blank where the record has a first day."""
        starts: dict[tuple[str | int, ...], _Column] = {
            field.steps[:2]: column for column, field in mapped if len(field.steps) == 3 and field.steps[2] == "from"
        }
        return tuple(
            (column.header, column.cells.blank - starts[field.steps[:2]].cells.blank)
            for column, field in mapped
            if field.form is Form.END and field.steps[:2] in starts and column.cells.blank > starts[field.steps[:2]].cells.blank
        )


def _cells(rows: Sequence[Sequence[object]], index: int) -> Cells:
    held, blank = [], 0
    for cells in rows:
        cell = cells[index] if index < len(cells) else None
        if says_nothing(cell):
            blank += any(one is not None and str(one).strip() for one in cells)
        else:
            held.append(cell)
    return Cells(tuple(held), blank)


def _field(path: str) -> Field | None:
    try:
        return field_of(path)
    except BadPath:
        return None


def _record(path: str | None) -> tuple[str, int] | None:
    """The list and the number of the record that a path is of."""
    field = None if path is None else _field(path)
    if field is None or field.record is None or not isinstance(field.record[1], int):
        return None
    return field.record[0], field.record[1]


def _tells(field: Field) -> bool:
    """Whether cells of a field look like nothing else."""
    return field.form in (Form.DATE, Form.END, Form.LANGUAGES) or field.steps == ("citizenships",)


def _close(words: str) -> tuple[str | None, float]:
    """The path of the field whose heading is nearly this one, and how alike they are: `brith date`, but not `phone`, which is no `home`."""
    close = nearest(words, known_words())
    alike = 0.0 if close is None else SequenceMatcher(None, words, close).ratio()
    return (None, 0.0) if close is None or alike < _ALIKE else (path_of(close), alike)


def _order_in(header: str) -> str | None:
    """`Date of birth (DD/MM/YYYY)`, `Date de naissance (jj/mm/aaaa)`: which of day and month comes first."""
    words = bare(header).split()
    first = next((word[0] for word in words if word in ("dd", "jj", "tt", "mm", "d", "m", "j")), None)
    years = any(word in ("yyyy", "aaaa", "jjjj", "yy", "aa") for word in words)
    return None if first is None or not years else "month" if first == "m" else "day"


def _example(column: _Column, field: Field | None = None) -> str:
    """A cell of the column: the first one that looks like its field."""
    return next(iter(column.cells.texts), "")
