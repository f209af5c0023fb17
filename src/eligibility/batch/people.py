"""The people of a batch, one after the other, as an input holds them; and how a worker makes profiles of them."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any, NamedTuple, Protocol

from eligibility.diagnostic import Diagnostic, Place
from eligibility.loading.loaded import Loaded, Readable
from eligibility.loading.models import profile_in
from eligibility.reference import Reference

Path = tuple[str | int, ...]
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


class TableRow:
    """The profile that a row of a table holds, with the cell of every field: it is read like a document.

    `data` are the fields under the names of profile files; `diagnostics` what the table's reader found wrong with its cells;
    `columns` the number of the column of a field, by its path, and `headers` what the columns are called.
    """

    __slots__ = ("columns", "data", "diagnostics", "headers", "line", "name")

    def __init__(
        self, name: str, line: int, data: dict[str, Any], diagnostics: Iterable[Diagnostic] = (),
        columns: Mapping[Path, int] | None = None, headers: Mapping[int, str] | None = None,
    ) -> None:  # fmt: skip
        self.name = name
        self.line = line
        self.data = data
        self.diagnostics = tuple(diagnostics)
        self.columns = columns or {}
        self.headers = headers or {}

    def place(self, path: Iterable[str | int], key: bool = False) -> Place:
        """The cell of a field, or of the nearest field above it, else the start of the row."""
        steps = tuple(path)
        while steps and steps not in self.columns:
            steps = steps[:-1]
        column = self.columns.get(steps)
        return Place(self.name, self.line) if column is None else Place(self.name, self.line, column + 1, column + 2)

    def path(self, path: Iterable[str | int]) -> None:
        """None: it has a line and columns."""

    def named(self, problem: Diagnostic) -> Diagnostic:
        """A problem with the header and the cell of the field it is about."""
        header = self.headers.get(problem.place.column - 1)
        if header is None or "cell" in problem.params or problem.place.end_column == problem.place.column:
            return problem
        return problem._replace(params={**problem.params, "column": header, "cell": cell_name(problem.place.column - 1, self.line)})

    @property
    def digest(self) -> str:
        """The SHA-256 of the fields, in hexadecimal: whatever table they come from."""
        return sha256(json.dumps(self.data, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def cell_name(column: int, line: int) -> str:
    """The name of a cell as spreadsheets have it: column 0 of line 12 is `A12`."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{line}"


def person_in(document: Readable, reference: Reference) -> Loaded:
    """The profile in a document. A number of a table that is out of its range costs that field, which stays unknown, and is told."""
    loaded = profile_in(document, reference)
    if loaded.model is not None or not isinstance(document, TableRow):
        return loaded
    errors = [one for one in loaded.diagnostics if one.is_error]
    if not all(_out_of_range(one) and one.place.end_column > one.place.column for one in errors):
        return loaded
    columns = {one.place.column - 1 for one in errors}
    rest = TableRow(document.name, document.line, copy.deepcopy(document.data), document.diagnostics, document.columns, document.headers)
    for path in [path for path, column in document.columns.items() if column in columns]:
        inner: Any = rest.data
        for step in path[:-1]:
            inner = inner[step]
        del inner[path[-1]]
    again = profile_in(rest, reference)
    told = [Diagnostic("W607", one.place, {"expected": "share", **one.params}) for one in errors]
    return again._replace(diagnostics=(*again.diagnostics, *told))


def _out_of_range(problem: Diagnostic) -> bool:
    """Whether a problem is about a number that no such field can be: beyond its limits, or none of the whole ones."""
    if problem.code == "E204" and problem.params["expected"] in ("number", "whole_number"):
        return _NUMBER.fullmatch(str(problem.params["value"])) is not None
    return problem.code == "E224" or (problem.code == "E204" and "limit" in problem.params)


class Refused(NamedTuple):
    """What stands in for a person that the input itself cannot tell: a broken line, a table that breaks off."""

    problems: tuple[Diagnostic, ...]


class Entry(NamedTuple):
    """One person to check: the number of the input, the line in it, and what the input holds there, raw."""

    source: int
    line: int
    held: Any


class Reader(Protocol):
    """Makes profiles of what an input holds. It passes between processes, so it holds no open file."""

    @property
    def name(self) -> str: ...
    def read(self, line: int, held: Any) -> Readable:
        """The person as a document. Raises `Problems`."""

    def id_of(self, line: int, held: Any) -> str:
        """What the person is called who has no id of their own."""

    def place_of(self, line: int, held: Any) -> str:
        """Where the person stands, for people: the file, or the line of a table."""


class People(NamedTuple):
    """An input that was opened: its reader, what it holds line by line, and about how many people that will be."""

    reader: Reader
    held: Iterator[tuple[int, Any]]
    size: Callable[[], int]
