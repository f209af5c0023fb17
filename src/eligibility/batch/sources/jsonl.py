"""JSON Lines: a profile a line, with the keys of profile files. Workers read the lines; here they are only told apart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from eligibility.batch.people import People, TableRow
from eligibility.batch.sources import open_ordinary
from eligibility.diagnostic import Diagnostic, Place, Problems

_PIECE = 1 << 16
"""Bytes looked at in one go."""
_LONGEST_LINE = 1_000_000


class JsonLines(NamedTuple):
    """Reads the lines of one file."""

    name: str

    def read(self, line: int, held: bytes) -> TableRow:
        """The mapping of a line. Raises `Problems`."""
        place = Place(self.name, line)
        if len(held) > _LONGEST_LINE:
            raise Problems([Diagnostic("E136", place, {"path": self.name, "limit": _LONGEST_LINE})])
        try:
            return TableRow(self.name, line, _mapping(held))
        except _Refused as error:
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
        while line := file.readline(_LONGEST_LINE + 1):
            number += 1
            rest = line
            while len(rest) > _LONGEST_LINE and not rest.endswith(b"\n"):  # too long to keep: only its end is looked for
                rest = file.readline(_LONGEST_LINE + 1)
            if line.strip():
                yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line


def _count(path: str) -> int:
    with open_ordinary(path) as file:
        return sum(piece.count(b"\n") for piece in iter(lambda: file.read(_PIECE), b""))


class _Refused(Exception):
    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def _mapping(line: bytes) -> dict[str, Any]:
    try:
        data = _DECODER.decode(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _Refused("E140", byte=f"0x{line[error.start]:02X}") from None
    except (ValueError, RecursionError):
        raise _Refused("E602") from None
    if not isinstance(data, dict):
        raise _Refused("E602")
    return data


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Refused("E609", key=next(name for name in names if names.count(name) > 1))
    return data


def _no_constant(name: str) -> Any:
    raise _Refused("E122", value=name)


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_constant)
