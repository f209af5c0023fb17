"""CSV: UTF-8, UTF-16 or, with a notice, Windows-1252; commas, semicolons, tabs or bars. Every cell is text; nothing is taken for a number
or a blank.

A line that cannot be read costs one person: where a quote that never closes has swallowed the lines that follow, they are read again.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from itertools import islice

from eligibility.batch.heading_row import headed
from eligibility.batch.people import Refused
from eligibility.batch.sources import Notice, open_ordinary
from eligibility.batch.sources.limits import MAX_LINE
from eligibility.batch.table import Line, Table
from eligibility.diagnostic import Diagnostic, Place, Problems
from eligibility.loading.yaml_reader import MAX_TEXT

_DELIMITERS = ";,\t|"
_LINES_COMPARED = 30
"""How many lines are looked at for the mark between cells."""
_PIECE = 1 << 16
"""Bytes looked at in one go."""
_SECOND_READINGS = 200
"""How often swallowed lines are read again; a file with more broken quotes than this is told line by line without it."""
_SEPARATOR = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
"""A first line that Excel writes, and understands: which mark stands between cells."""


def read(path: str, tell: Notice) -> Table:
    """The table in a CSV file; its rows are read one by one. Raises `Problems` when there is no table at all."""
    encoding = _encoding(path, tell)
    csv.field_size_limit(MAX_TEXT)
    lines = _Lines(_texts(path, encoding))
    ahead = lines.peek(_LINES_COMPARED)
    delimiter = _delimiter([text for text in ahead if text is not None])
    first = next((number for number, text in enumerate(ahead) if text is None or text.strip()), 0)
    if first < len(ahead) and (told := _SEPARATOR.fullmatch((ahead[first] or "").strip("\r\n "))) is not None:
        delimiter = told[1]
        for _ in range(first + 1):
            next(lines)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    rows = _rows(reader, lines, path)
    if delimiter == "|":
        rows = (line for line in rows if isinstance(line.cells, Refused) or not _RULE.fullmatch("|".join(map(str, line.cells))))
    return headed(path, rows, lambda line: _count(path) - line + 1, tell, narrow=True)


_RULE = re.compile(r"[\s|:+-]*-{2}[\s|:+-]*")
"""The line below the headings of a table that was pasted from a text or a terminal: `|---|:--:|`, `-----+-----`."""


class _TooLong(Exception):
    """A line that is longer than any line of a table."""


class _Lines:
    """The lines of a file, of which those since the last mark can be had again; None stands for one that is too long to be kept."""

    def __init__(self, texts: Iterator[str | None]) -> None:
        self.texts = texts
        self.ahead: deque[str | None] = deque()
        self.since: list[str | None] = []
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        text = self.ahead.popleft() if self.ahead else next(self.texts)
        self.number += 1
        self.since.append(text)
        if text is None:
            raise _TooLong
        return text

    def peek(self, lines: int) -> list[str | None]:
        """The lines that come next."""
        self.ahead.extend(islice(self.texts, lines - len(self.ahead)))
        return list(self.ahead)

    def mark(self) -> int:
        """The number of the line that comes next."""
        self.since.clear()
        return self.number + 1

    def back(self) -> None:
        """Everything after the first line since the mark comes again."""
        self.ahead.extendleft(reversed(self.since[1:]))
        self.number -= len(self.since) - 1


def _rows(reader: Iterator[list[str]], lines: _Lines, path: str) -> Iterator[Line]:
    again = 0
    while True:
        start = lines.mark()
        try:
            cells = next(reader, None)
        except (csv.Error, _TooLong) as error:
            alone = len(lines.since) == 1
            place = Place(path, start)
            if alone and isinstance(error, _TooLong):
                problem = Diagnostic("E136", place, {"path": path, "form": "line", "limit": MAX_LINE})
            elif alone and len(lines.since[0] or "") > MAX_TEXT and "limit" in str(error):
                problem = Diagnostic("E118", place, {"limit": MAX_TEXT})
            else:
                problem = Diagnostic("E603", place)
            if again < _SECOND_READINGS:
                again += 1
                lines.back()
            yield Line(start, Refused((problem,)))
            continue
        if cells is None:
            return
        yield Line(start, cells)


def _texts(path: str, encoding: str) -> Iterator[str | None]:
    # "replace": five bytes are nothing in Windows-1252; no `newline`: other marks than those of CSV end no line
    with io.TextIOWrapper(open_ordinary(path), encoding, "replace", newline="") as file:
        mark = "\ufeff"
        while text := file.readline(MAX_LINE + 1):
            whole = len(text) <= MAX_LINE
            while len(text) > MAX_LINE and not text.endswith(("\n", "\r")):  # only its end is looked for
                text = file.readline(MAX_LINE + 1)
            yield text.removeprefix(mark) if whole else None
            mark = ""


def _encoding(path: str, tell: Notice) -> str:
    """UTF-8 if all of the file is, UTF-16 if its mark or its bytes say so; else Windows-1252, which is told. Raises `Problems`."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with open_ordinary(path) as file:
        if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) and file.read(2) != b"\0\0":  # those would be UTF-32
            return "utf-16"
        file.seek(0)
        if (unmarked := _utf16(file.read(_PIECE))) is not None:
            return unmarked
        file.seek(0)
        try:
            while piece := file.read(_PIECE):
                if b"\0" in piece:
                    raise Problems([Diagnostic("E138", Place(path), {"form": "table"})])
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            tell(Diagnostic("W601", Place(path)))
            return "cp1252"
    return "utf-8"


def _utf16(piece: bytes) -> str | None:
    """UTF-16 without a mark: most of its letters have a zero for one of their two bytes, always the same."""
    pairs = len(piece) // 2
    high, low = piece[0::2].count(0), piece[1::2].count(0)
    if pairs < 2 or len(piece) % 2 or b"\0\0" in piece:
        return None
    return "utf-16-le" if low * 2 > pairs and not high else "utf-16-be" if high * 2 > pairs and not low else None


def _count(path: str) -> int:
    """About how many lines there are."""
    found = [0, 0]
    with open_ordinary(path) as file:
        for piece in iter(lambda: file.read(_PIECE), b""):
            found = [found[0] + piece.count(b"\n"), found[1] + piece.count(b"\r")]
    return max(found)


def _delimiter(lines: Sequence[str]) -> str:
    """The mark that stands equally often in most lines, outside quotes; of several such, the one that stands there most often."""
    counts = {mark: [_bare(line).count(mark) for line in lines if line.strip()] for mark in _DELIMITERS}

    def worth(mark: str) -> tuple[int, int]:
        usual = Counter(count for count in counts[mark] if count).most_common(1)
        return (usual[0][1], usual[0][0]) if usual else (0, 0)

    return max(_DELIMITERS, key=worth)


def _bare(line: str) -> str:
    """A line without what stands in quotes."""
    return "".join(part for index, part in enumerate(line.split('"')) if index % 2 == 0)
