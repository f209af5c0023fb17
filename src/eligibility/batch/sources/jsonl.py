"""JSON Lines: a profile a line, with the keys of profile files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from eligibility.batch.people import Entry, TableRow
from eligibility.batch.sources import open_ordinary
from eligibility.diagnostic import Diagnostic, Place

_LONGEST_LINE = 1_000_000


def people(path: str) -> Iterator[Entry]:
    """A person for every line that is not blank; a line that is no JSON mapping is a person that cannot be read."""
    with open_ordinary(path) as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            place = Place(path, number)
            try:
                if len(line) > _LONGEST_LINE:
                    raise _Refused("E136", limit=_LONGEST_LINE)
                data = _mapping(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)
            except _Refused as error:
                yield Entry(str(number), None, TableRow(path, {}, [Diagnostic(error.code, place, error.params)], {}, place))
                continue
            yield Entry(str(data.get("id") or number), None, TableRow(path, data, (), {}, place))


class _Refused(Exception):
    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def _mapping(line: bytes) -> dict[str, Any]:
    try:
        data = json.loads(line.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
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
