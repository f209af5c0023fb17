"""From the rows of a table to people: each cell to the field of its column, blank cells left out, and never a guess.

A cell that cannot be read costs its field, which stays unknown, and is told. A record without any readable cell may be none at all: its
list is not complete then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from eligibility.batch.cells import BadCell, Broken, Day, Reading, Said, plain, value_of
from eligibility.batch.columns import ColumnMap, Default, Feed, folded
from eligibility.batch.fields import ROW, Field, Form, identity_of
from eligibility.batch.headings import tells_of_now
from eligibility.batch.inside import INSIDE, is_inside, path_of
from eligibility.batch.inside import gathered as gathered_inside
from eligibility.batch.people import UNKNOWN_DAY, Path, Refused, Spot, TableRow, cell_name, left_out_says, lost
from eligibility.diagnostic import Diagnostic

_EXPECTED = {
    Form.TEXT: "text", Form.WORDS: "text", Form.FLAG: "true_or_false", Form.FACT: "fact", Form.NUMBER: "number", Form.SHARE: "percent",
    Form.MARK: "text", Form.MONEY: "text", Form.LANGUAGES: "text", Form.TEST: "text", Form.GRADE: "text",
}  # fmt: skip
_MOST_KNOWN = 5_000
"""So many different cells of a column are remembered at most."""
_WORKING_TIME = frozenset({"rate", "full_time", "hours_per_week"})
"""Keys of which one says what the others would."""


class Line(NamedTuple):
    """A row of a table: its number as the file counts lines, and its cells, or why there are none."""

    number: int
    cells: Sequence[object] | Refused


class Table(NamedTuple):
    """A table: the name of its file, its headers, and its rows, which are read as they are asked for.

    `headers_at` is the line of the headers; `size` says about how many rows there are; `first` are the first rows, once more.
    """

    name: str
    headers: Sequence[str]
    lines: Iterable[Line]
    headers_at: int = 1
    size: Callable[[], int] = lambda: 0
    first: Sequence[Line] = ()


class Fed:
    """A field, the columns it is read from, and what their cells were found to say: a table says the same few words again and again."""

    __slots__ = ("blank", "columns", "feed", "known", "steps")

    def __init__(self, feed: Feed, columns: tuple[int, ...]) -> None:
        self.feed = feed
        self.columns = columns
        self.steps = feed.field.steps
        self.blank = feed.blank is not None or left_out_says(self.steps) == "open"
        """Whether a blank cell says something."""
        self.known: dict[str, Any] = {}

    def meant(self, cell: object, reading: Reading) -> Any:
        """What a cell says; a BadCell where it cannot be read."""
        if type(cell) is not str:
            return _tried(cell, self.feed, reading)
        try:
            return self.known[cell]
        except KeyError:
            if len(self.known) >= _MOST_KNOWN:
                self.known.clear()
            found = self.known[cell] = _tried(cell, self.feed, reading)
            return found


class TableReader(NamedTuple):
    """Reads the rows of one table; `fed` says which of its columns are which field."""

    name: str
    fed: tuple[Fed, ...]
    headers: Mapping[int, str]
    complete: frozenset[str]
    reading: Reading
    defaults: tuple[Default, ...] = ()

    def read(self, line: int, held: Sequence[object]) -> TableRow:
        """The row as a profile."""
        person = Person(self.complete, self.reading.strict)
        person.add(self, line, held)
        return person.row(self.name, line, self.headers)

    def id_of(self, line: int, held: object) -> str:
        """The number of the line."""
        return str(line)

    def place_of(self, line: int, held: object) -> str:
        """The line of the table."""
        return f"{self.name}:{line}"


def reader_of(table: Table, mapped: ColumnMap, reading: Reading) -> TableReader:
    """The reader of a table whose columns `mapped` names."""
    at = {header: index for index, header in enumerate(table.headers)}
    fed = tuple(Fed(feed, tuple(at[header] for header in feed.headers)) for feed in mapped.feeds if all(one in at for one in feed.headers))
    reading = Reading(reading.date_format or mapped.date_format, mapped.rate_unit, reading.strict)
    headers = {index: table.headers[index] for one in fed for index in one.columns}
    return TableReader(table.name, fed, headers, mapped.complete, reading, mapped.defaults)


def rows_of(table: Table) -> Iterator[tuple[int, Any]]:
    """The rows of a table that are not blank, and the lines that are no rows."""
    for number, cells in table.lines:
        if isinstance(cells, Refused) or any(cell is not None and str(cell).strip() for cell in cells):
            yield number, cells


class Person:
    """What the cells of one person say, by field and by record: of a row, or of several of them, in one table or in more."""

    def __init__(self, complete: frozenset[str], strict: bool) -> None:
        self.complete = complete
        self.strict = strict
        self.data: dict[str, Any] = {}
        self.spots: dict[Path, Spot] = {}
        self.problems: list[Diagnostic] = []
        self.records: dict[str, dict[str | int, dict[str, tuple[Any, Spot]]]] = {}
        self.beside: dict[str, dict[str | int, dict[str, tuple[Any, Spot]]]] = {}
        """What cells say of other keys than those of their columns: it counts where no column does."""
        self.blanks: list[tuple[Field, int | None, Any, Spot]] = []
        """What blank cells of records stand for: it counts where there is a record."""
        self.none: dict[str, set[str | int]] = {}
        self.now: set[str] = set()
        """The lists of which a column tells the present entry only."""
        self.unread: set[Path] = set()
        """The fields and the keys of records that no cell tells because what is there cannot be read."""
        self.incomplete: set[str] = set()
        self.defaults: list[Default] = []
        self.rows: dict[str, int] = {}
        """How many records have stood in rows of their own."""

    def add(self, table: TableReader, line: int, cells: Sequence[object]) -> None:
        """One more row about the person."""
        width = len(cells)
        number = None
        for fed in table.fed:
            feed, columns = fed.feed, fed.columns
            column = columns[0]
            if ROW in fed.steps:
                number = self.rows.setdefault("", 0)
            cell = cells[column] if column < width else None
            if len(columns) > 1:
                cell = _joined([cells[one] for one in columns if one < width], feed.joined or " ")
            if cell is None or cell == "" or (type(cell) is str and cell.isspace()):
                if fed.blank:
                    self._blank(feed, number, Spot(table.name, line, column, table.headers[column]))
                continue
            spot = Spot(table.name, line, column, table.headers[column])
            value = fed.meant(cell, table.reading)
            if isinstance(value, BadCell):
                self._lose(feed.field, number, value, spot)
                continue
            try:
                self._keep(feed.field, number, value, spot)
            except BadCell as error:
                self._lose(feed.field, number, error, spot)
        if number is not None:
            self.rows[""] = number + 1
        for one in table.defaults:
            if one not in self.defaults:
                self.defaults.append(one)

    def _blank(self, feed: Feed, number: int | None, spot: Spot) -> None:
        if feed.blank is not None:
            self.blanks.append((feed.field, number, feed.blank, spot))
        elif left_out_says(feed.field.steps) == "open":
            self.blanks.append((feed.field, number, UNKNOWN_DAY, spot))

    def _keep(self, field: Field, row: int | None, value: Any, spot: Spot) -> None:
        if value is None:
            return
        if isinstance(value, Said):
            self._said(field, row, value, spot)
            return
        name, number, key = _steps(field, row)
        if number is not None:
            if value == [] and is_inside(str(key)):
                return  # no mark, no test: nothing is said of the degree, or of the language
            if value == [] and name == "experience" and tells_of_now(spot.header):
                self.now.add(name)  # no job now is not never any
            if value == [] and field.form is not Form.WORDS:
                self.none.setdefault(name, set()).add(number)
                return
            record = self.records.setdefault(name, {}).setdefault(number, {})
            known = record.get(str(key))
            record[str(key)] = (_agreed(field, None if known is None else known[0], value), spot)
        elif value == [] and field.form not in (Form.WORDS, Form.LANGUAGES):
            return  # "-" where there is no list: nothing is said
        elif key is not None:
            inner = self.data.setdefault(name, {})
            inner[key] = _agreed(field, inner.get(key), value)
            self.spots[(name, key)] = spot
        else:
            self.data[name] = _agreed(field, self.data.get(name), value)
            self.spots[(name,)] = spot

    def _said(self, field: Field, row: int | None, said: Said, spot: Spot) -> None:
        """What a cell says of its field, of others of the same record, and in words that were not understood."""
        name, number, _ = _steps(field, row)
        if said.value is not None:
            self._keep(field, row, said.value, spot)
        if number is not None and said.beside:
            beside = self.beside.setdefault(name, {}).setdefault(number, {})
            for key, value in said.beside.items():
                beside[key] = (value, spot)
        if said.left:
            self.incomplete.add(name)
            self.problems.append(lost(spot, "E625", field.path, value=", ".join(said.left)[:80]))

    def _lose(self, field: Field, row: int | None, error: BadCell, spot: Spot) -> None:
        """A cell that cannot be read."""
        params = dict(error.params)
        if error.code == "E607":
            params["expected"] = _EXPECTED.get(field.form, "text")
        if error.code == "E617":
            params["field"] = field.path
        if self.strict:
            place = {"column": spot.header, "cell": cell_name(spot.column, spot.line)}
            self.problems.append(Diagnostic(error.code, spot.place, {**place, **params}))
            return
        self.problems.append(lost(spot, error.code, field.path, **params))
        name, number, key = _steps(field, row)
        if error.code == "E617":  # two columns contradict one another: nobody chooses
            self._forget(name, number, key)
        if number is None:
            self.unread.add((name,) if key is None else (name, key))
            return
        self.unread.add((name, number, str(key)))
        says = left_out_says(field.steps)
        if says == "open":
            self.blanks.append((field, row, UNKNOWN_DAY, spot))
        elif says == "something":
            self.unread.add((name, number))

    def _forget(self, name: str, number: str | int | None, key: str | None) -> None:
        if number is not None:
            self.records.get(name, {}).get(number, {}).pop(str(key), None)
        elif key is not None:
            self.data.get(name, {}).pop(key, None)
        else:
            self.data.pop(name, None)

    def row(self, name: str, line: int, headers: Mapping[int, str]) -> TableRow:
        """The person as a profile."""
        for field, row, value, spot in self.blanks:
            steps = _steps(field, row)
            if steps[1] is None:
                if (steps[0],) not in self.unread and self.data.get(steps[0]) is None:
                    self._keep(field, row, value, spot)
            elif (record := self.records.get(steps[0], {}).get(steps[1])) is not None:
                record.setdefault(str(steps[2]), (value, spot))
        self._gather()
        self._default_fields()
        vague = any(one[2] is UNKNOWN_DAY for one in self.blanks)
        return TableRow(name, line, self.data, self.problems, self.spots, headers, self.strict, vague)

    def _gather(self) -> None:
        """The records of every list, in the order of their numbers; blank ones fall out.

        "None" in the first numbered record is an empty list; where a word names the record (no English), it says nothing of the
        others, unless the table holds the list whole.
        """
        for name, numbers in self.none.items():
            if name in self.now and name not in self.complete:
                continue
            if name not in self.records and name not in self.data and (0 in numbers or name in self.complete):
                self.data[name] = []
        for path in self.unread:
            name = str(path[0])
            if len(path) == 3 and path[1] not in self.records.get(name, {}):
                self.incomplete.add(name)  # whether there is such a record nobody can tell
                if self.data.get(name) == []:
                    del self.data[name]
        listed = [*self.records]
        for name in {*self.records, *self.beside}:
            self._gather_list(name)
        unsure = [name for name in sorted({*listed, *self.beside}) if name in self.data and name not in self.complete]
        for name in ("citizenships", "languages"):
            if self.data.get(name) and name not in self.complete and name not in unsure:
                unsure.append(name)  # a school's table has one nationality of those who have two
        unsure += sorted(one for one in self.incomplete if one in self.data and one not in unsure)
        if unsure:  # whoever has more jobs than the table has columns for
            self.data["incomplete"] = [*self.data.get("incomplete", ()), *unsure]

    def _gather_list(self, name: str) -> None:
        found, beside = self.records.get(name, {}), self.beside.get(name, {})
        before = self.data.get(name)
        gathered = list(before) if isinstance(before, list) else []
        if before:
            gathered = [one if isinstance(one, dict) else {"country": one} for one in gathered] if name == "citizenships" else gathered
        for number in sorted({*found, *beside}, key=lambda one: (isinstance(one, str), one)):
            if (name, number) in self.unread:  # what is left out would say something
                self.incomplete.add(name)
                continue
            cells = {**found.get(number, {})}
            for key, said in beside.get(number, {}).items():
                if key not in cells and (name, number, key) not in self.unread:
                    cells[key] = said
            record = {key: value for key, (value, _) in cells.items() if not is_inside(key)}
            if isinstance(number, str):
                record.setdefault(identity_of(name), number.removeprefix("="))
            for wrong in gathered_inside(name, record, {key: said for key, said in cells.items() if is_inside(key)}):
                shown = "" if self.rows else str(number).removeprefix("=")
                self.problems.append(lost(wrong.spot, wrong.error.code, f"{name}[{shown}].{path_of(wrong.key)}", **wrong.error.params))
            self._default(name, number, record)
            index = _same(gathered, record) if name == "languages" else None
            if index is None:
                index = len(gathered)
                gathered.append(record)
            else:
                gathered[index] = {**gathered[index], **record}
            for key, (_, spot) in cells.items():
                self.spots[(name, index, key.partition(INSIDE)[0])] = spot
        if gathered or name in self.records:
            self.data[name] = gathered

    def _default(self, name: str, number: str | int, record: dict[str, Any]) -> None:
        """What is so of a record where no cell says anything else, readable or not."""
        for one in self.defaults:
            if one.name != name or one.key is None or one.number not in (None, number):
                continue
            said = _WORKING_TIME if one.key in _WORKING_TIME else frozenset({one.key})
            if said.isdisjoint(record) and not any((name, number, key) in self.unread for key in said):
                record[one.key] = one.value

    def _default_fields(self) -> None:
        for one in self.defaults:
            if one.name in self.records or one.number is not None:
                continue
            if one.key is None:
                if one.name not in self.data and not any(path[0] == one.name for path in self.unread):
                    self.data[one.name] = one.value
            elif one.name in ("facts", "availability") and (one.name, one.key) not in self.unread:
                self.data.setdefault(one.name, {}).setdefault(one.key, one.value)


def _steps(field: Field, row: int | None) -> tuple[str, str | int | None, str | None]:
    """The list or the field, the number of the record, and the key in it."""
    steps = field.steps
    if (record := field.record) is not None:
        name, number, inner = record
        return name, row if number == ROW and row is not None else number, INSIDE.join(map(str, inner))
    return str(steps[0]), None, str(steps[1]) if len(steps) == 2 else None


def _joined(cells: Sequence[object], between: str) -> str:
    """Several cells as one text; blank ones fall out."""
    texts = [str(cell.iso if isinstance(cell, Day) else cell).strip() for cell in cells if cell is not None]
    return between.join(text for text in texts if text)


def _tried(cell: object, feed: Feed, reading: Reading) -> Any:
    try:
        return _meant(cell, feed, reading)
    except BadCell as error:
        return error


def _meant(cell: object, feed: Feed, reading: Reading) -> Any:
    """What a cell says of the field: by the words of the map, else as it is understood. Raises BadCell."""
    if feed.part is not None:
        pattern, number = feed.part
        text = plain(str(cell)).strip()
        parts = pattern.split(text)
        if parts is None:
            raise BadCell("E627", value=text[:60], pattern=pattern.text)
        cell = parts[number]
        if not cell:
            return None
    if feed.values and not isinstance(cell, Broken):
        word = folded(cell.iso if isinstance(cell, Day) else str(cell))
        if word in feed.values:
            cell = feed.values[word]
            if cell is None or isinstance(cell, list | dict):
                return cell
    try:
        return value_of(cell, feed.field, reading)
    except BadCell as error:
        if feed.said and error.code == "E625" and feed.field.form is Form.TEXT:
            return {"said": plain(str(cell)).strip().casefold().replace(" ", "_")}
        raise


def _agreed(field: Field, known: Any, value: Any) -> Any:
    """The value that two columns of one field agree on; lists are joined."""
    if known is None or known == value:
        return value
    if field.form is Form.WORDS:
        return list(dict.fromkeys([*known, *(value if isinstance(value, list) else [value])]))
    if field.form is Form.LANGUAGES:
        return _languages(known, value)
    raise BadCell("E617", value=str(value))


def _same(languages: Sequence[Mapping[str, Any]], record: Mapping[str, Any]) -> int | None:
    """The place of the same language in a list, where neither says anything else of it than the other."""
    for index, one in enumerate(languages):
        if one.get("language") == record.get("language") is not None and all(one.get(key, value) == value for key, value in record.items()):
            return index
    return None


def _languages(known: list[Any], more: list[Any]) -> list[Any]:
    """Two lists of languages: of one that is in both, whatever either says."""
    found = {one["language"]: one for one in known}
    for one in more:
        if one["language"] in found and any(found[one["language"]].get(key, value) != value for key, value in one.items()):
            raise BadCell("E617", value=one["language"])
        found[one["language"]] = {**found.get(one["language"], {}), **one}
    return list(found.values())
