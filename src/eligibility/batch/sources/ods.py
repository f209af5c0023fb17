"""OpenDocument: one sheet, row by row. A cell is what it shows: its type tells the unit, the format of a date how exact it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from eligibility.batch.cells import Day
from eligibility.batch.heading_row import headings_known
from eligibility.batch.sources import Notice
from eligibility.batch.sources.limits import MAX_COLUMNS, MAX_REPEATED, too_large
from eligibility.batch.sources.packed import Damaged, Package, local
from eligibility.batch.sources.xlsx import MAX_SHEETS, Quiet, Rows, table_of, tell_sheets, with_people
from eligibility.batch.table import Line, Table
from eligibility.diagnostic import Diagnostic, Place, Problems
from eligibility.loading.yaml_reader import MAX_TEXT

_CONTENT = "content.xml"
_BEGUN = 40
"""How many rows of a sheet are looked at for headings of people."""
_UNIT = re.compile(r"[\d\s.,+()'’-]|E[+-]\d+")
_ZEROS = re.compile(r"0\d+")
_DAY_PARTS = ("day", "day-of-week")


def read(path: str, tell: Notice) -> Table:
    """The table on the sheet of a workbook that has people: the first one, unless its headings are not theirs, and another's are. Raises
    `Problems`.
    """
    package = Package(path)
    sheets = _Sheets(path)
    package.read(_CONTENT, sheets)
    if not sheets.names:
        raise Problems([Diagnostic("E102", Place(path))])
    chosen = with_people(map(headings_known, map(iter, sheets.begun))) if len(sheets.names) > 1 else 0
    tell_sheets(sheets.names, chosen, path, tell)
    styles = _Styles()
    if "styles.xml" in package.sizes:
        package.read("styles.xml", styles)
    return table_of(package, _CONTENT, _Sheet(path, styles, chosen), tell)


def _own(attributes: Mapping[str, str]) -> dict[str, str]:
    return {local(key): value for key, value in attributes.items()}


class _Sheets(Quiet):
    """The names of the sheets, and the rows that the first ones begin with."""

    def __init__(self, path: str) -> None:
        self.names: list[str] = []
        self.begun: list[list[Line]] = []
        self._path = path
        self._inside = 0
        self._sheet: _Sheet | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "table":
            if not self._inside:
                self.names.append(_own(attributes).get("name", ""))
                if len(self.names) <= MAX_SHEETS:
                    self._sheet = _Sheet(self._path, _Styles())
                    self.begun.append(self._sheet.ready)
            self._inside += 1
        self._look(lambda sheet: sheet.start(name, attributes))

    def end(self, name: str) -> None:
        self._inside -= name == "table"
        self._look(lambda sheet: sheet.end(name))

    def text(self, text: str) -> None:
        self._look(lambda sheet: sheet.text(text))

    def _look(self, happens: Callable[[_Sheet], None]) -> None:
        if self._sheet is None:
            return
        try:
            happens(self._sheet)
        except Problems:  # a sheet too large to be read has no people, or is refused once it is read
            self._sheet = None
        else:
            if len(self._sheet.ready) >= _BEGUN:
                self._sheet = None


class _Styles(Quiet):
    """How exact the dates of a style are: the style of a cell names one of data, or another style that does."""

    def __init__(self) -> None:
        self._data: dict[str, str] = {}
        self._parents: dict[str, str] = {}
        self._parts: dict[str, set[str]] = {}
        self._open: set[str] = set()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "style":
            own = _own(attributes)
            self._data[own.get("name", "")] = own.get("data-style-name", "")
            self._parents[own.get("name", "")] = own.get("parent-style-name", "")
        elif name == "date-style":
            self._open = self._parts.setdefault(_own(attributes).get("name", ""), set())
        else:
            self._open.add(name)

    def end(self, name: str) -> None:
        if name == "date-style":
            self._open = set()

    def precision(self, style: str) -> int:
        """How much of an ISO date a style shows: 4, 7 or 10 characters."""
        for _ in range(10):
            if parts := self._parts.get(self._data.get(style, "")):
                if "year" in parts and parts.isdisjoint(_DAY_PARTS):
                    return 7 if "month" in parts else 4
                break
            style = self._parents.get(style, "")
        return 10


class _Sheet(Rows):
    """A sheet of OpenDocument; what stands in its file before it are styles."""

    def __init__(self, path: str, styles: _Styles, number: int = 0) -> None:
        """`number` is how many sheets stand before it."""
        super().__init__(path)
        self._styles = styles
        self._tables = 0  # how many have begun
        self._before = number
        self._nested = 0  # 1 in a sheet, more in a table in one of its cells
        self._row: tuple[int, str] = 1, ""
        self._columns: list[tuple[int, str]] = []  # the last column of each stretch, and its style
        self._cells: list[object] = []
        self._cell: dict[str, str] = {}
        self._column = 0
        self._pieces: list[str] = []
        self._length = 0
        self._paragraphs = self._inside = self._aside = 0
        self._extra = 0

    @property
    def _inside_it(self) -> bool:
        return self._tables == self._before + 1 and self._nested == 1

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if not self._tables:
            self._styles.start(name, attributes)
        if name == "table":
            self._tables += not self._nested
            self._nested += 1
        if not self._inside_it:
            return
        if name in ("table-cell", "covered-table-cell"):
            self._cell = _own(attributes)
            self._pieces, self._length, self._paragraphs = [], 0, 0
        elif name == "table-row":
            own = _own(attributes)
            self._row = _times(own.get("number-rows-repeated")), own.get("default-cell-style-name", "")
            self._cells, self._column = [], 0
        elif name == "table-column":
            own = _own(attributes)
            last = self._columns[-1][0] if self._columns else 0
            self._columns.append((last + _times(own.get("number-columns-repeated")), own.get("default-cell-style-name", "")))
        elif name == "annotation":
            self._aside += 1
        elif not self._aside:
            self._start_text(name, attributes)

    def _start_text(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "p":
            if self._paragraphs:
                self.text("\n", True)
            self._paragraphs += 1
            self._inside += 1
        elif name == "s":
            self.text(" " * min(_times(_own(attributes).get("c")), MAX_TEXT))
        elif name in ("tab", "line-break"):
            self.text("\t" if name == "tab" else "\n")

    def end(self, name: str) -> None:
        if not self._tables:
            self._styles.end(name)
        if name == "table":
            self._nested -= 1
        if not self._inside_it:
            return
        if name in ("table-cell", "covered-table-cell"):
            self._end_cell(hidden=name != "table-cell")
        elif name == "table-row":
            self._end_row()
        elif name == "annotation":
            self._aside -= 1
        elif name == "p" and not self._aside:
            self._inside -= 1

    def text(self, text: str, between: bool = False) -> None:
        if (self._inside or between) and not self._aside and self._length <= MAX_TEXT:
            self._length += len(text)
            self._pieces.append(text)

    def _end_cell(self, hidden: bool) -> None:
        times = _times(self._cell.get("number-columns-repeated"))
        value = "" if hidden else self._value("".join(self._pieces)[: MAX_TEXT + 1])
        if value != "":
            self.spans(self.row + 1, self._column + times)
            self._cells.extend([""] * (self._column - len(self._cells)))
            self._cells.extend([value] * times)
        self._column = min(self._column + times, MAX_COLUMNS)

    def _end_row(self) -> None:
        times = self._row[0]
        if not self._cells:
            self.row += times
            return
        self._extra += times - 1
        if self._extra > MAX_REPEATED:
            too_large(self.path, "repeated", MAX_REPEATED, self.row + 1)
        for _ in range(times):
            self.row += 1
            self.spans(self.row, len(self._cells))
            self.ready.append(Line(self.row, self._cells))

    def _value(self, text: str) -> object:
        cell = self._cell
        match cell.get("value-type", ""):
            case "float" | "percentage" | "currency" as kind:
                return _number(cell.get("value", ""), kind, cell.get("currency", ""), text)
            case "date":
                return self._day(cell.get("date-value", ""))
            case "boolean":
                return cell.get("boolean-value") == "true"
            case "string":
                return cell.get("string-value", text)[: MAX_TEXT + 1]
        return text

    def _day(self, text: str) -> object:
        try:
            day = date.fromisoformat(text[:10])
        except ValueError:
            return text
        return Day(day.isoformat()[: self._styles.precision(self._style())])

    def _style(self) -> str:
        """The style of the cell being read: its own, else that of its row, else that of its column."""
        if own := self._cell.get("style-name") or self._row[1]:
            return own
        return next((style for last, style in self._columns if self._column < last), "")


def _number(value: str, kind: str, currency: str, text: str) -> object:
    """A figure with its unit: `100%`, `3500 EUR`, or the letters that are shown beside it; `00123` where that is shown."""
    try:
        figure = Decimal(value)
        number = float(value)
    except (InvalidOperation, ValueError):
        return text
    if not figure.is_finite() or abs(figure.adjusted()) > 300:
        return number
    if kind == "percentage":
        return f"{_plain(figure * 100)}%"
    if kind == "currency" and currency:
        return f"{_plain(figure)} {currency}"
    if _ZEROS.fullmatch(text) and int(text[:50]) == number:
        return text
    unit = _UNIT.sub("", text[:100])
    if any(letter.isalpha() or letter == "%" for letter in unit):
        return f"{_plain(figure)} {unit}"
    return int(number) if number.is_integer() else number


def _plain(figure: Decimal) -> str:
    return format(figure.normalize(), "f")


def _times(text: str | None) -> int:
    """How often something is repeated. Raises Damaged for what is no number."""
    if text is None:
        return 1
    if not (text.isascii() and text.isdecimal()) or not 0 < len(text) < 8 or int(text) < 1:
        raise Damaged(text)
    return int(text)
