"""CSV: UTF-8 or, with a notice, Windows-1252; commas, semicolons or tabs. Every cell is text; nothing is taken for a number or a blank."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator

from eligibility.batch.sources import Notice, open_ordinary
from eligibility.batch.table import Line, Table
from eligibility.diagnostic import Diagnostic, Place, Problems

_DELIMITERS = ";,\t"
_LONGEST_CELL = 100_000


def read(path: str, tell: Notice) -> Table:
    """The table in a CSV file; its rows are read one by one. Raises `Problems` when there is no table at all."""
    encoding = _encoding(path, tell)
    csv.field_size_limit(_LONGEST_CELL)
    file = codecs.getreader(encoding)(open_ordinary(path))
    delimiter = _delimiter(file.readline())
    file.seek(0)
    reader = csv.reader(_without_mark(file), delimiter=delimiter, strict=True)
    try:
        headers = next(reader, None)
    except csv.Error:
        raise Problems([Diagnostic("E603", Place(path))]) from None
    if headers is None or not any(header.strip() for header in headers):
        raise Problems([Diagnostic("E102", Place(path))])
    return Table(path, [header.strip() for header in headers], _lines(reader, path, len(headers)), reader.line_num)


def _lines(reader: Iterator[list[str]], path: str, width: int) -> Iterator[Line]:
    while True:
        start = reader.line_num + 1  # type: ignore[attr-defined]  # the reader of the csv module has it
        try:
            cells = next(reader, None)
        except csv.Error:
            raise Problems([Diagnostic("E603", Place(path, start))]) from None
        if cells is None:
            return
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            raise Problems([Diagnostic("E604", Place(path, start), {"cells": len(cells), "columns": width})])
        yield Line(start, cells[:width])


def _without_mark(file: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(file):
        yield line.removeprefix("\ufeff") if number == 0 else line


def _encoding(path: str, tell: Notice) -> str:
    """UTF-8 if all of the file is; else Windows-1252, which is told. Raises `Problems` for what is no text."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with open_ordinary(path) as file:
        try:
            while piece := file.read(1 << 20):
                if b"\0" in piece:
                    raise Problems([Diagnostic("E138", Place(path))])
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            tell(Diagnostic("W601", Place(path)))
            return "cp1252"
    return "utf-8"


def _delimiter(line: str) -> str:
    """The mark that stands most often between the headers, outside quotes."""
    bare = "".join(part for index, part in enumerate(line.split('"')) if index % 2 == 0)
    return max(_DELIMITERS, key=bare.count)
