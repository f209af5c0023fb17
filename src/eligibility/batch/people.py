"""The people of a batch, one after the other, as an input holds them; and how a worker makes profiles of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any, NamedTuple, Protocol

from eligibility.diagnostic import Diagnostic, Place
from eligibility.loading.models import Readable

Path = tuple[str | int, ...]


class TableRow:
    """The profile that a row of a table holds, with the cell of every field: it is read like a document.

    `data` are the fields under the names of profile files; `diagnostics` what the table's reader found wrong with its cells;
    `columns` the number of the column of a field, by its path.
    """

    __slots__ = ("columns", "data", "diagnostics", "line", "name")

    def __init__(
        self, name: str, line: int, data: dict[str, Any], diagnostics: Iterable[Diagnostic] = (), columns: Mapping[Path, int] | None = None
    ) -> None:
        self.name = name
        self.line = line
        self.data = data
        self.diagnostics = tuple(diagnostics)
        self.columns = columns or {}

    def place(self, path: Iterable[str | int], key: bool = False) -> Place:
        """The cell of a field, or of the nearest field above it, else the start of the row."""
        steps = tuple(path)
        while steps and steps not in self.columns:
            steps = steps[:-1]
        column = self.columns.get(steps)
        return Place(self.name, self.line) if column is None else Place(self.name, self.line, column + 1, column + 2)

    @property
    def digest(self) -> str:
        """The SHA-256 of the fields, in hexadecimal: whatever table they come from."""
        return sha256(json.dumps(self.data, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


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
