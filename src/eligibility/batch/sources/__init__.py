"""Where the people of a batch come from: folders of profile files, tables, JSON Lines. One kind of file per module."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, NamedTuple

from eligibility.batch.cells import Reading
from eligibility.batch.columns import ColumnMap, Proposal, propose
from eligibility.batch.people import Entry
from eligibility.batch.table import Table, people_of
from eligibility.diagnostic import Diagnostic, Place, Problems
from eligibility.loading.files import find_files, open_ordinary
from eligibility.reference import Reference

Notice = Callable[[Diagnostic], None]
"""What is told of a file that can be read all the same."""

TABLES = {
    ".csv": "csv_file",
    ".tsv": "csv_file",
    ".txt": "csv_file",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".ods": "xlsx",
    ".parquet": "parquet",
}
_JSON_LINES = (".jsonl", ".ndjson")
_PROFILES = (".yaml", ".yml")


class MissingExtra(Exception):
    """A library that is not installed; `name` is the extra that brings it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Choices(NamedTuple):
    """How tables are read: the map of columns (None: by their headers), the format of dates, the reference data for names."""

    reference: Reference
    mapped: ColumnMap | None = None
    reading: Reading = Reading()


def people_in(path: str, choices: Choices, tell: Notice) -> Iterator[Entry]:
    """Everybody in a folder, a table or a profile file (`-`: a profile on standard input), in order. Raises `Problems`."""
    if path == "-" or os.path.isdir(path) or path.lower().endswith(_PROFILES):
        for name in [path] if path == "-" else find_files(path):
            yield Entry(os.path.splitext(os.path.basename(name))[0] if name != "-" else "-", name)
    elif path.lower().endswith(_JSON_LINES):
        from eligibility.batch.sources import jsonl

        yield from jsonl.people(path)
    else:
        table = table_in(path, tell)
        yield from people_of(table, columns_of(table, choices, tell), choices.reading)


def table_in(path: str, tell: Notice) -> Table:
    """The table in a file. Raises `Problems` for a file of another kind, and MissingExtra where a library is needed."""
    module = TABLES.get(os.path.splitext(path)[1].lower())
    if module is None:
        open_ordinary(path).close()
        raise Problems([Diagnostic("E601", Place(path), {"path": path, "known": sorted({*TABLES, *_JSON_LINES, *_PROFILES})})])
    table: Table = import_module(f"eligibility.batch.sources.{module}").read(path, tell)
    return table


def columns_of(table: Table, choices: Choices, tell: Notice) -> ColumnMap:
    """The fields of the columns of a table: by the map, else by their headers. Raises `Problems` for a header told twice or not there.

    Columns that are not read are told once.
    """
    place = Place(table.name, max(table.headers_at, 1))
    twice = sorted({header for header in table.headers if header and list(table.headers).count(header) > 1})
    if choices.mapped is not None:
        missing = [header for header in choices.mapped.fields if header not in table.headers]
        if missing:
            raise Problems([Diagnostic("E611", place, {"word": header, "allowed": list(table.headers)}) for header in missing])
        found = choices.mapped
        left = [Proposal(header, None) for header in table.headers if header and header not in found.fields]
    else:
        proposals = propose(table.headers, choices.reference)
        found = ColumnMap({one.header: (one.field,) for one in proposals if one.field is not None})
        left = [one for one in proposals if one.field is None and one.header]
    used_twice = [header for header in twice if header in found.fields]
    if used_twice:
        raise Problems([Diagnostic("E612", place, {"word": header}) for header in used_twice])
    if not found.fields:
        raise Problems([Diagnostic("E615", place, {"headers": list(table.headers)})])
    if left:
        tell(Diagnostic("W603", place, {"n": len(left), "columns": [one.header for one in left]}))
        for one in left:
            if one.close is not None:
                tell(Diagnostic("N604", place, {"word": one.header, "close": one.close}))
    return found


def extra(module: str, name: str) -> Any:
    """A library that not everybody needs. Raises MissingExtra."""
    try:
        return import_module(module)
    except ImportError:
        raise MissingExtra(name) from None


__all__ = ["Choices", "MissingExtra", "Notice", "columns_of", "extra", "open_ordinary", "people_in", "table_in"]
