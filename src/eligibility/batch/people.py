"""The people of a batch, one after the other, as an input holds them; and how a worker makes profiles of them."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple, Protocol

from eligibility.dates import FOREVER, LONG_AGO, Days
from eligibility.diagnostic import Diagnostic, Place
from eligibility.loading.loaded import Loaded, Readable
from eligibility.loading.models import profile_in
from eligibility.profile import SOURCES
from eligibility.reference import Reference

Path = tuple[str | int, ...]


UNKNOWN_DAY = Days(LONG_AGO, FOREVER)
"""A day of which nobody knows anything, where leaving it out would say that there is none: until when a permit is good."""
_SAYS_SOMETHING = frozenset({("degrees", "expected"), ("experience", "works_in"), ("studies", "completed"), ("studies", "expected_end")})
"""Keys that say something by not being there."""


def left_out_says(steps: Sequence[str | int]) -> str | None:
    """What a key of a record says by not being there: that it has no such day (`open`), or `something` else; None: nothing."""
    if len(steps) != 3 or (source := SOURCES.get(str(steps[0]))) is None:
        return None
    if (source.open_end and steps[2] == source.end) or (source.open_start and steps[2] == source.start):
        return "open"
    return "something" if (steps[0], steps[2]) in _SAYS_SOMETHING else None


class Spot(NamedTuple):
    """The cell that a value comes from."""

    file: str
    line: int
    column: int
    header: str

    @property
    def place(self) -> Place:
        return Place(self.file, self.line, self.column + 1, self.column + 2)


def lost(spot: Spot, why: str, path: str, **params: object) -> Diagnostic:
    """A cell that counts for nothing: what depends on its field stays unknown. `why` is the code of what is wrong with it."""
    told = {"column": spot.header, "cell": cell_name(spot.column, spot.line), "why": why, "at": path}
    return Diagnostic("W607", spot.place, {"value": "", **params, **told})


class TableRow:
    """The profile that a row of a table holds, with the cell of every field: it is read like a document.

    `data` are the fields under the names of profile files; `diagnostics` what the table's reader found wrong with its cells;
    `spots` the cell of a field, by its path, and `headers` what the columns are called. `strict` says that a cell that cannot be read
    costs the person; `vague` that there are days of which nothing is known.
    """

    __slots__ = ("data", "diagnostics", "headers", "line", "name", "spots", "strict", "vague")

    def __init__(
        self, name: str, line: int, data: dict[str, Any], diagnostics: Iterable[Diagnostic] = (),
        spots: Mapping[Path, Spot] | None = None, headers: Mapping[int, str] | None = None, strict: bool = False, vague: bool = False,
    ) -> None:  # fmt: skip
        self.name = name
        self.line = line
        self.data = data
        self.diagnostics = tuple(diagnostics)
        self.spots = spots or {}
        self.headers = headers or {}
        self.strict = strict
        self.vague = vague

    def place(self, path: Iterable[str | int], key: bool = False) -> Place:
        """The cell of a field, or of the nearest field above it, else the start of the row."""
        steps = tuple(path)
        while steps and steps not in self.spots:
            steps = steps[:-1]
        spot = self.spots.get(steps)
        return Place(self.name, self.line) if spot is None else spot.place

    def path(self, path: Iterable[str | int]) -> None:
        """None: it has a line and columns."""

    def named(self, problem: Diagnostic) -> Diagnostic:
        """A problem with the header and the cell of the field it is about."""
        header = self.header(problem.place)
        if header is None or "cell" in problem.params:
            return problem
        cell = cell_name(problem.place.column - 1, problem.place.line)
        return problem._replace(params={**problem.params, "column": header, "cell": cell})

    def header(self, place: Place) -> str | None:
        """The header of the column of a place; None where it is the whole row."""
        if place.end_column == place.column:
            return None
        if (place.file, place.line) == (self.name, self.line) and (header := self.headers.get(place.column - 1)) is not None:
            return header
        return next((spot.header for spot in self.spots.values() if spot.place == place), None)

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
    """The profile in a document. A cell of a table that its field cannot take costs that field, which stays unknown, and is told; with
    nothing left that can be read, the row is refused.
    """
    loaded = profile_in(document, reference)
    if not isinstance(document, TableRow):
        return loaded
    if document.strict and not all(_out_of_range(one) for one in loaded.diagnostics if one.is_error):
        return loaded
    told: list[Diagnostic] = []
    row = document
    for _ in range(_ATTEMPTS):
        if loaded.model is not None:
            break
        errors = [one for one in loaded.diagnostics if one.is_error]
        if any(row.header(one.place) is None for one in errors):
            return loaded
        told += [_lost(one, row) for one in errors]
        row = _without(row, errors)
        loaded = profile_in(row, reference)
    if loaded.model is None:
        return loaded
    kept = [one for one in told if one not in loaded.diagnostics]
    every = (*loaded.diagnostics, *kept)
    if not any(key != "incomplete" for key in row.data) and any(one.code == "W607" for one in every):
        return Loaded(None, document, (*every, Diagnostic("E620", Place(row.name, row.line))))
    return loaded._replace(diagnostics=every)


def _out_of_range(problem: Diagnostic) -> bool:
    """Whether a problem is about a number that no such field can be, beyond its limits or none of the whole ones: it costs the field."""
    if problem.code == "E204" and problem.params["expected"] in ("number", "whole_number"):
        return _NUMBER.fullmatch(str(problem.params["value"])) is not None
    return problem.code == "E224" or (problem.code == "E204" and "limit" in problem.params)


_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_ATTEMPTS = 5
"""Taking out what is wrong may show what else is."""


def _lost(problem: Diagnostic, row: TableRow) -> Diagnostic:
    place = problem.place
    spot = Spot(place.file, place.line, place.column - 1, row.header(place) or "")
    path = next((_written(path) for path, one in row.spots.items() if one.place == place), "")
    return lost(spot, problem.code, path, **{key: value for key, value in problem.params.items() if key != "at"})


def _written(path: Path) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def _without(row: TableRow, errors: Sequence[Diagnostic]) -> TableRow:
    """The row without what its cells with errors say: a field is unknown; a record of which that would say something is none."""
    places = {one.place for one in errors}
    wrong = [path for path, spot in row.spots.items() if spot.place in places]
    for at in [at for at in wrong if len(at) == 3]:  # what ends before it begins: nobody knows which day is wrong
        if any(one.code == "E233" and one.place == row.spots[at].place for one in errors):
            wrong += [one for one in row.spots if one[:2] == at[:2] and _is_day_of(one) and one not in wrong]
    data = copy.deepcopy(row.data)
    gone: dict[str, set[int]] = {}
    unlisted: set[str] = set()
    vague = row.vague
    for path in wrong:
        name = str(path[0])
        if len(path) == 1:
            data.pop(name, None)
        elif len(path) == 2 and isinstance(path[1], str):
            data.get(name, {}).pop(path[1], None)
        else:
            index = int(path[1])
            record = data[name][index]
            says = left_out_says(path) if len(path) == 3 else "something"
            if len(path) == 3:
                record.pop(path[2], None)
            if says == "open":
                record[path[2]] = UNKNOWN_DAY
                vague = True
            elif says == "something" or not any(spot[:2] == path[:2] and spot not in wrong for spot in row.spots):
                gone.setdefault(name, set()).add(index)
                unlisted.add(name)
    spots = {path: spot for path, spot in row.spots.items() if path not in wrong}
    for name, numbers in gone.items():
        left = [index for index in range(len(data[name])) if index not in numbers]
        data[name] = [data[name][index] for index in left]
        moved: dict[str | int, int] = {index: place for place, index in enumerate(left)}
        spots = {
            (name, moved[path[1]], *path[2:]) if path[0] == name and len(path) > 1 else path: spot
            for path, spot in spots.items()
            if path[0] != name or len(path) == 1 or path[1] in moved
        }
    if unlisted:
        data["incomplete"] = [*dict.fromkeys([*data.get("incomplete", ()), *sorted(unlisted)])]
    return TableRow(row.name, row.line, data, row.diagnostics, spots, row.headers, row.strict, vague)


def _is_day_of(path: Path) -> bool:
    source = SOURCES.get(str(path[0]))
    return source is not None and path[2] in (source.start, source.end)


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
