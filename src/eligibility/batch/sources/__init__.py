"""Where the people of a batch come from: folders of profile files, tables, JSON Lines. One kind of file per module."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any, NamedTuple

from eligibility.batch.cells import Reading
from eligibility.batch.columns import ColumnMap, Proposal, folded, propose
from eligibility.batch.extras import extra
from eligibility.batch.fields import Field
from eligibility.batch.people import People, Refused
from eligibility.batch.table import Table, reader_of, rows_of
from eligibility.diagnostic import Diagnostic, Place, Problems
from eligibility.loading.files import STDIN_NAME, Source, find_files, open_ordinary, read_source
from eligibility.loading.loaded import Readable
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reference import Reference

Notice = Callable[[Diagnostic], None]
"""What is told of a file that can be read all the same."""

TABLES = {
    ".csv": "csv_file",
    ".tsv": "csv_file",
    ".txt": "csv_file",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".ods": "ods",
    ".parquet": "parquet",
}
_JSON_LINES = (".jsonl", ".ndjson")
_PROFILES = (".yaml", ".yml")
_TOLD = 100
"""How many headers are told, and how much of one."""


class Choices(NamedTuple):
    """How tables are read: the map of columns (None: by their headers), the format of dates, the reference data for names."""

    reference: Reference
    mapped: ColumnMap | None = None
    reading: Reading = Reading()


class ProfileFiles(NamedTuple):
    """Reads profile files; of standard input, what was read of it already."""

    name: str

    def read(self, line: int, held: str | Source) -> Readable:
        """The document of a file."""
        return read_yaml(read_source(held) if isinstance(held, str) else held)

    def id_of(self, line: int, held: str | Source) -> str:
        """The name of the file, without folder and ending."""
        return os.path.splitext(os.path.basename(held))[0] if isinstance(held, str) else "-"

    def place_of(self, line: int, held: str | Source) -> str:
        """The file."""
        return held if isinstance(held, str) else STDIN_NAME


def open_people(path: str, choices: Choices, tell: Notice) -> People:
    """A folder, a table or a profile file (`-`: a profile on standard input), opened: what is wrong with it as a whole is found here.

    Raises `Problems`, and MissingExtra where a library is needed.
    """
    if path == "-" or os.path.isdir(path) or path.lower().endswith(_PROFILES):
        held: list[Any] = [read_source(path)] if path == "-" else list(find_files(path))
        if path != "-" and not os.path.isdir(path) and not os.path.lexists(path):
            open_ordinary(path).close()
        return People(ProfileFiles(path), ((1, one) for one in held), lambda: len(held))
    if path.lower().endswith(_JSON_LINES):
        from eligibility.batch.sources import jsonl

        return jsonl.people(path)
    table = table_in(path, tell)
    reader = reader_of(table, columns_of(table, choices, tell), choices.reading)
    return People(reader, _to_the_break(rows_of(table), table.name), table.size)


def _to_the_break(rows: Iterator[tuple[int, Any]], name: str) -> Iterator[tuple[int, Any]]:
    """The rows of a table; where it breaks off, that is one person who cannot be read, and those before are kept."""
    try:
        yield from rows
    except Problems as error:
        yield error.diagnostics[0].place.line, Refused(error.diagnostics)


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

    Columns that are not read are told once, and lists that a table may not hold whole.
    """
    place = Place(table.name, max(table.headers_at, 1))
    twice = sorted(header for header, times in Counter(table.headers).items() if header and times > 1)
    if choices.mapped is not None:
        found = _matched(table, choices.mapped, place)
        left = [Proposal(header, None) for header in table.headers if header and header not in found.fields]
    else:
        proposals = propose(table.headers, choices.reference)
        found = ColumnMap({one.header: (one.field,) for one in proposals if one.field is not None})
        left = [one for one in proposals if one.field is None and one.header]
    used_twice = [header for header in twice if header in found.fields]
    if used_twice:
        raise Problems([Diagnostic("E612", place, {"word": header}) for header in used_twice])
    if not found.fields:
        raise Problems([Diagnostic("E615", place, {"headers": _some(header for header in table.headers if header)})])
    if left:
        tell(Diagnostic("W603", place, {"n": len(left), "columns": _some(one.header for one in left)}))
        for one in left:
            if one.close is not None:
                tell(Diagnostic("N604", place, {"word": one.header, "close": one.close}))
    open_lists = found.lists - found.complete
    if open_lists:
        tell(Diagnostic("N605", place, {"n": len(open_lists), "lists": ", ".join(sorted(open_lists))}))
    return found


def _matched(table: Table, mapped: ColumnMap, place: Place) -> ColumnMap:
    """The map under the headers as the table writes them. Raises `Problems` for a header that is not there, or not there once."""
    known = set(table.headers)
    alike: dict[str, list[str]] = {}
    for header in table.headers:
        alike.setdefault(folded(header), []).append(header)
    fields: dict[str, tuple[Field, ...]] = {}
    problems = []
    for header, some in mapped.fields.items():
        found = [header] if header in known else alike.get(folded(header), [])
        if len(found) == 1:
            fields[found[0]] = (*fields.get(found[0], ()), *some)
        elif found:
            problems.append(Diagnostic("E612", place, {"word": header}))
        elif len(problems) < _TOLD:
            problems.append(Diagnostic("E611", place, {"word": header, "allowed": [_cut(one) for one in table.headers if one][:_TOLD]}))
    if problems:
        raise Problems(problems)
    return mapped._replace(fields=fields)


def _some(headers: Iterable[str]) -> str:
    """The first headers; a table with thousands of columns is told in a line, too."""
    every = list(headers)
    return ", ".join([_cut(one) for one in every[:_TOLD]]) + (", …" if len(every) > _TOLD else "")


def _cut(header: str) -> str:
    return header if len(header) <= _TOLD else f"{header[:_TOLD]}…"


__all__ = ["Choices", "Notice", "columns_of", "extra", "open_ordinary", "open_people", "table_in"]
