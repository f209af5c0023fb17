"""Excel: one sheet, row by row. A cell is what it shows (see `shown`); a number where a date should be is refused with its cell."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple

from eligibility.batch.heading_row import headed, headings_known
from eligibility.batch.sources import Notice
from eligibility.batch.sources.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_STRINGS, too_large, within
from eligibility.batch.sources.packed import Damaged, Package
from eligibility.batch.sources.shown import BUILT_IN, iso_day, shown
from eligibility.batch.table import Line, Table
from eligibility.diagnostic import Diagnostic, Place, Problems
from eligibility.loading.yaml_reader import MAX_TEXT

_REFERENCE = re.compile(r"[A-Z]{1,3}([1-9][0-9]{0,6})")
_LETTERS = re.compile(r"[A-Z]{1,3}")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
MAX_SHEETS, _NAMED, _LONGEST_NAME = 20, 8, 40
"""How many sheets are looked at, and named."""
_PEOPLE = 2
"""So many headings that are known are those of a table of people."""
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class _Book(NamedTuple):
    """What the cells of a sheet refer to: texts, the codes of formats by the number of a style; whether days count from 1904."""

    strings: list[str]
    formats: list[str]
    from_1904: bool


def read(path: str, tell: Notice) -> Table:
    """The table on the sheet of a workbook that has people: the first one, unless its headings are not theirs, and another's are. Raises
    `Problems`.
    """
    package = Package(path)
    main = _target(package, "", "officeDocument") or "xl/workbook.xml"
    contents = _Contents()
    package.read(main, contents)
    if not contents.sheets:
        raise Problems([Diagnostic("E102", Place(path))])
    parts = _relations(package, main)
    sheets = [(name, parts.get(relation, ("", ""))[1]) for name, relation in contents.sheets]
    texts, styles = _Texts(), _Styles()
    if (shared := _target(package, main, "sharedStrings")) is not None:
        if package.sizes.get(shared, 0) > MAX_STRINGS:
            too_large(path, "unpacked", MAX_STRINGS)
        package.read(shared, texts)
    if (styled := _target(package, main, "styles")) is not None:
        package.read(styled, styles)
    book = _Book(texts.found, styles.codes(), contents.from_1904)
    begun = (_lines(package, part, Sheet(path, book)) if part in package.sizes else iter(()) for _, part in sheets[:MAX_SHEETS])
    chosen = with_people(map(headings_known, begun)) if len(sheets) > 1 else 0
    tell_sheets([name for name, _ in sheets], chosen, path, tell)
    return table_of(package, sheets[chosen][1], Sheet(path, book), tell)


def with_people(headings: Iterable[int]) -> int:
    """The number of the sheet to be read, of how many headings of people each has."""
    known = list(headings)
    most = max(known)
    return 0 if most < _PEOPLE or 2 * known[0] >= most else known.index(most)


def tell_sheets(names: list[str], chosen: int, path: str, tell: Notice) -> None:
    """Tell which of several sheets is read, and which are left out."""
    if len(names) < 2:
        return
    others = [name for index, name in enumerate(names) if index != chosen]
    listed = ", ".join(f"`{name[:_LONGEST_NAME]}`" for name in others[:_NAMED]) + (", …" if len(others) > _NAMED else "")
    form = {"form": "found"} if chosen else {}
    tell(Diagnostic("W602", Place(path), {"sheet": names[chosen], "n": len(others), "others": listed, **form}))


def table_of(package: Package, part: str, sheet: Rows, tell: Notice) -> Table:
    """The table of a sheet. Raises `Problems`."""
    lines = within(_lines(package, part, sheet), package.path)
    return headed(package.path, lines, lambda line: max(0, sheet.claimed - line), tell)


def _lines(package: Package, part: str, sheet: Rows) -> Iterator[Line]:
    try:
        for _ in package.pieces(part, sheet):
            yield from sheet.ready
            sheet.ready.clear()
    except Problems:  # those before are kept
        yield from sheet.ready
        raise


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """What a part refers to: the kind and the name of a part, by the id of the reference."""
    folder, name = posixpath.split(part)
    found = _Relations()
    if (listed := posixpath.join(folder, "_rels", f"{name}.rels")) not in package.sizes:
        return {}
    package.read(listed, found)
    return {
        key: (kind.rpartition("/")[2], posixpath.normpath(posixpath.join(folder, target)) if target[:1] != "/" else target[1:])
        for key, (kind, target) in found.targets.items()
    }


def _target(package: Package, part: str, wanted: str) -> str | None:
    return next((target for kind, target in _relations(package, part).values() if kind == wanted and target in package.sizes), None)


class Quiet:
    """A part of which only some elements say something."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None: ...
    def end(self, name: str) -> None: ...
    def text(self, text: str) -> None: ...


class _Relations(Quiet):
    def __init__(self) -> None:
        self.targets: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            self.targets[attributes.get("Id", "")] = attributes.get("Type", ""), attributes.get("Target", "")


class _Contents(Quiet):
    """The sheets of a workbook, each with the id of the reference to its part."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(" id")), "")
            self.sheets.append((attributes.get("name", ""), relation))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in ("1", "true")


class _Texts(Quiet):
    """The texts that cells share; how a text is pronounced is no part of it."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._inside = self._spoken = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._spoken = True
        elif name == "t":
            self._inside = not self._spoken

    def end(self, name: str) -> None:
        if name == "si":
            self.found.append(_unescaped("".join(self._pieces)))
        elif name == "rPh":
            self._spoken = False
        elif name == "t":
            self._inside = False

    def text(self, text: str) -> None:
        if self._inside:
            self._pieces.append(text)


class _Styles(Quiet):
    """The formats of numbers: a cell names a style, a style the number of a format, a format its code."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._styles: list[str] = []
        self._inside = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            self._styles.append(attributes.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._inside = False

    def codes(self) -> list[str]:
        """The code of every style."""
        built_in = {str(number): code for number, code in BUILT_IN.items()}
        return [self._codes.get(number) or built_in.get(number, "") for number in self._styles]


class Rows(Quiet):
    """The rows of a sheet as they are read, those that are `ready` to be passed on; `claimed` is how many the file says there are."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.ready: list[Line] = []
        self.row = 0
        self.claimed = 0
        self._widest = 0

    def spans(self, row: int, columns: int) -> None:
        """Refuse a cell so far away that the table would have more rows, columns or cells than any has. Raises `Problems`."""
        self._widest = max(self._widest, columns)
        if row > MAX_ROWS:
            too_large(self.path, "rows", MAX_ROWS, self.row)
        if columns > MAX_COLUMNS:
            too_large(self.path, "columns", MAX_COLUMNS, row)
        if row * self._widest > MAX_CELLS:
            too_large(self.path, "cells", MAX_CELLS, row)


class Sheet(Rows):
    """A sheet of Excel."""

    def __init__(self, path: str, book: _Book) -> None:
        super().__init__(path)
        self._book = book
        self._cells: list[object] = []
        self._number = ""  # of the row, as it is written
        self._column = 0  # of the cell being read, counted from 1
        self._type = self._style = ""
        self._pieces: list[str] = []
        self._inside = self._spoken = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name in ("v", "t"):
            self._inside = not self._spoken
        elif name == "row":
            number = attributes.get("r", str(self.row + 1))
            if not (number.isascii() and number.isdecimal()) or len(number) > 7 or int(number) <= self.row:
                raise Damaged(number)
            self.row, self._number = int(number), number
            self._cells, self._column = [], 0
            self.spans(self.row, 0)
        elif name == "rPh":
            self._spoken = True
        elif name == "dimension":
            last = _REFERENCE.fullmatch(attributes.get("ref", "").rpartition(":")[2])
            self.claimed = 0 if last is None else min(int(last[1]), MAX_ROWS)

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        column = self._column + 1
        if (reference := attributes.get("r")) is not None:
            letters = reference.rstrip("0123456789")
            if reference[len(letters) :] != self._number or (column := _column_of(letters)) <= self._column:
                raise Damaged(reference)
        if column > self._widest:
            self.spans(self.row, column)
        self._column = column
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._pieces = []

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._inside = False
        elif name == "c":
            if self._pieces:
                self._cells.extend([""] * (self._column - 1 - len(self._cells)))
                self._cells.append(self._value("".join(self._pieces)))
        elif name == "row":
            if self._cells:
                self.ready.append(Line(self.row, self._cells))
        elif name == "rPh":
            self._spoken = False

    def text(self, text: str) -> None:
        if self._inside:
            self._pieces.append(text)

    def _value(self, text: str) -> object:
        match self._type:
            case "s":
                return self._book.strings[int(text)]
            case "b":
                return text.strip() in ("1", "true")
            case "d":
                return iso_day(text, self._format())
            case "n":
                if _NUMBER.fullmatch(text.strip()) is None:
                    return text
                return shown(float(text), self._format(), self._book.from_1904)
            case _:
                return _unescaped(text)

    def _format(self) -> str:
        with suppress(ValueError, IndexError):
            return self._book.formats[int(self._style)]
        return ""


@lru_cache(MAX_COLUMNS)
def _column_of(letters: str) -> int:
    """The number of a column, counted from 1. Raises Damaged for what is none."""
    if _LETTERS.fullmatch(letters) is None:
        raise Damaged(letters)
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column


def _unescaped(text: str) -> str:
    """A text whose characters are written `_x000D_` where XML has no place for them; the rest of one that is too long is left out."""
    text = text[: MAX_TEXT + 1]
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
