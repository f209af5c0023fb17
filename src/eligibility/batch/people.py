"""The people of a batch, one after the other: a profile file each, or a row of a table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from eligibility.diagnostic import Diagnostic, Place

Path = tuple[str | int, ...]


class TableRow:
    """The profile that a row of a table holds, with the cell of every field: it is read like a document.

    `data` are the fields under the names of profile files; `diagnostics` what the table's reader found wrong with its cells;
    `places` the cell of a field, by its path.
    """

    __slots__ = ("data", "diagnostics", "name", "places", "start")

    def __init__(
        self, name: str, data: dict[str, Any], diagnostics: Iterable[Diagnostic], places: Mapping[Path, Place], start: Place
    ) -> None:
        self.name = name
        self.data = data
        self.diagnostics = tuple(diagnostics)
        self.places = places
        self.start = start

    def place(self, path: Iterable[str | int], key: bool = False) -> Place:
        """The cell of a field, or of the nearest field above it, else the start of the row."""
        steps = tuple(path)
        while steps and steps not in self.places:
            steps = steps[:-1]
        return self.places.get(steps, self.start)

    @property
    def digest(self) -> str:
        """The SHA-256 of the fields, in hexadecimal: whatever table they come from."""
        return sha256(json.dumps(self.data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class Entry(NamedTuple):
    """One person to check: `path` is a profile file still to be read, `row` a row that was read.

    `id` is what the input calls the person: the stem of the file, the id column, else the number of the row.
    """

    id: str
    path: str | None = None
    row: TableRow | None = None
