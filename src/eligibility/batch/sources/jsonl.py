"""JSON Lines: a profile a line, with the keys of profile files. Workers read the lines; here they are only told apart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from eligibility.batch.cells import BadCell, plain
from eligibility.batch.people import People, TableRow
from eligibility.batch.sources import open_ordinary
from eligibility.batch.sources.limits import MAX_LINE
from eligibility.diagnostic import Diagnostic, Place, Problems
from eligibility.loading.yaml_reader import MAX_NODES
from eligibility.loading.yaml_scalars import MAX_DIGITS
from eligibility.loading.yaml_syntax import MAX_DEPTH, shorten

_PIECE = 1 << 16
"""Bytes looked at in one go."""


class JsonLines(NamedTuple):
    """Reads the lines of one file."""

    name: str

    def read(self, line: int, held: bytes) -> TableRow:
        """The mapping of a line. Raises `Problems`."""
        place = Place(self.name, line)
        if len(held) > MAX_LINE:
            raise Problems([Diagnostic("E136", place, {"path": self.name, "form": "line", "limit": MAX_LINE})])
        try:
            return TableRow(self.name, line, _mapping(held))
        except BadCell as error:
            raise Problems([Diagnostic(error.code, place, error.params)]) from None

    def id_of(self, line: int, held: bytes) -> str:
        """The number of the line."""
        return str(line)

    def place_of(self, line: int, held: bytes) -> str:
        """The line of the file."""
        return f"{self.name}:{line}"


def people(path: str) -> People:
    """A person for every line that is not blank."""
    open_ordinary(path).close()
    return People(JsonLines(path), _lines(path), lambda: _count(path))


def _lines(path: str) -> Iterator[tuple[int, bytes]]:
    with open_ordinary(path) as file:
        number = 0
        while line := file.readline(MAX_LINE + 1):
            number += 1
            rest = line
            while len(rest) > MAX_LINE and not rest.endswith(b"\n"):  # too long to keep: only its end is looked for
                rest = file.readline(MAX_LINE + 1)
            if line.strip():
                yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line


def _count(path: str) -> int:
    with open_ordinary(path) as file:
        return sum(piece.count(b"\n") for piece in iter(lambda: file.read(_PIECE), b""))


def _mapping(line: bytes) -> dict[str, Any]:
    try:
        data = _DECODER.decode(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BadCell("E140", byte=f"0x{line[error.start]:02X}") from None
    except BadCell:
        raise
    except (ValueError, RecursionError):
        raise BadCell("E602") from None
    if not isinstance(data, dict):
        raise BadCell("E602")
    checked: dict[str, Any] = _Walk().checked(data, 1)
    return checked


class _Walk:
    """A line gone through: as many values, as deep, and texts as in a profile file."""

    def __init__(self) -> None:
        self.nodes = 0

    def checked(self, value: Any, depth: int) -> Any:
        """The value with its texts as a profile file would have them. Raises BadCell."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise BadCell("E113", limit=MAX_NODES)
        if isinstance(value, str):
            return plain(value)
        if isinstance(value, dict | list):
            if depth > MAX_DEPTH:
                raise BadCell("E112", limit=MAX_DEPTH)
            if isinstance(value, list):
                return [self.checked(one, depth + 1) for one in value]
            self.nodes += len(value)
            return {plain(key): self.checked(one, depth + 1) for key, one in value.items()}
        return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise BadCell("E609", key=shorten(name))
            seen.add(name)
    return data


def _no_constant(name: str) -> Any:
    raise BadCell("E122", value=name)


def _integer(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise BadCell("E119", value=shorten(text))
    return int(text)


def _decimal(text: str) -> float:
    if len(text) > MAX_DIGITS:
        raise BadCell("E119", value=shorten(text))
    if (number := float(text)) in (float("inf"), float("-inf")):
        raise BadCell("E122", value=text)
    return number


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_constant, parse_int=_integer, parse_float=_decimal)
