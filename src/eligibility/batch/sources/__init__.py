"""Where the people of a batch come from: folders of profile files, tables, JSON Lines. One kind of file per module."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from eligibility.batch.cells import Reading, plainly, vocabulary_of
from eligibility.batch.columns import ColumnMap, beside, folded
from eligibility.batch.extras import extra
from eligibility.batch.fields import Form
from eligibility.batch.people import People, Refused
from eligibility.batch.table import Line, Table, reader_of, rows_of
from eligibility.diagnostic import Diagnostic, Place, Problems
from eligibility.loading.files import STDIN_NAME, Source, find_files, open_ordinary, read_source
from eligibility.loading.loaded import Readable
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reference import Reference

if TYPE_CHECKING:
    from eligibility.batch.guesses import Guesses

Notice = Callable[[Diagnostic], None]
"""What is told of a file that can be read all the same."""

TABLES = {
    ".csv": "csv_file",
    ".tsv": "csv_file",
    ".txt": "csv_file",
    ".md": "csv_file",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".ods": "ods",
    ".parquet": "parquet",
}
_JSON_LINES = (".jsonl", ".ndjson")
_PROFILES = (".yaml", ".yml")
_WORDS = 20
"""How many words that are read as others are told."""
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
    mapped = columns_of(table, choices, tell)
    reader = reader_of(table, mapped, choices.reading)
    if not mapped.together:
        return People(reader, _to_the_break(rows_of(table), table.name), table.size)
    from eligibility.batch.together import people_in

    tables = [(table._replace(lines=_kept(table)), reader)]
    for name, one in mapped.tables.items():
        other = table_in(beside(mapped, path, name), tell)
        tables.append((other._replace(lines=_kept(other)), reader_of(other, _matched(other, one), choices.reading)))
    return people_in(tables, mapped, tell)


def _kept(table: Table) -> Iterator[Line]:
    """The rows of a table; where it breaks off, that is a line that cannot be read."""
    try:
        yield from table.lines
    except Problems as error:
        yield Line(error.diagnostics[0].place.line, Refused(error.diagnostics))


def _to_the_break(rows: Iterator[tuple[int, Any]], name: str) -> Iterator[tuple[int, Any]]:
    """The rows of a table; where it breaks off, that is one person who cannot be read, and those before are kept."""
    try:
        yield from rows
    except Problems as error:
        yield error.diagnostics[0].place.line, Refused(error.diagnostics)


def is_table(path: str) -> bool:
    """Whether the name is that of a table of people, or of JSON Lines."""
    return path.lower().endswith((*TABLES, *_JSON_LINES))


def tables_of(folder: str) -> list[str]:
    """The tables that lie in a folder itself; they are read when they are named."""
    return sorted(os.path.join(folder, name) for name in os.listdir(folder) if is_table(name))


def table_in(path: str, tell: Notice) -> Table:
    """The table in a file. Raises `Problems` for a file of another kind, and MissingExtra where a library is needed."""
    module = TABLES.get(os.path.splitext(path)[1].lower())
    if module is None:
        open_ordinary(path).close()
        form = {"form": "profiles"} if path.lower().endswith((*_JSON_LINES, *_PROFILES)) else {}
        raise Problems([Diagnostic("E601", Place(path), {"path": path, "known": sorted({*TABLES, *_JSON_LINES, *_PROFILES}), **form})])
    table: Table = import_module(f"eligibility.batch.sources.{module}").read(path, tell)
    return table


def columns_of(table: Table, choices: Choices, tell: Notice) -> ColumnMap:
    """The fields of the columns of a table: by the map, else by what they seem to be. Raises `Problems` for a header that is there twice,
    or not at all.

    Columns that are not read are told once, and lists that a table may not hold whole.
    """
    place = Place(table.name, max(table.headers_at, 1))
    if choices.mapped is not None:
        found = _matched(table, choices.mapped)
        left = [header for header in table.headers if header and header not in found.fields]
    else:
        from eligibility.batch.guesses import guess

        guesses = guess(table, choices.reference)
        if guesses.twice:
            raise Problems([Diagnostic("E612", place, {"word": header}) for header in guesses.twice])
        found = guesses.map()
        left = [one.header for one in guesses.columns if one.path is None and one.header]
    if not found.feeds:
        raise Problems([Diagnostic("E615", place, {"headers": _some(header for header in table.headers if header)})])
    if choices.mapped is None:
        _tell_guesses(guesses, found, place, tell)
    if left:
        tell(Diagnostic("W603", place, {"n": len(left), "columns": _some(left)}))
    for one in guesses.columns if choices.mapped is None else ():
        if one.close is not None:
            tell(Diagnostic("N604", place, {"word": one.header, "close": one.close}))
    if read_as := _read_as(table, found, choices.reference):
        shown = [f"{word}: {meant}" for word, meant in read_as.items()]
        tell(Diagnostic("N608", place, {"n": len(shown), "words": "; ".join(shown[:_WORDS]) + ("; …" if len(shown) > _WORDS else "")}))
    open_lists = found.lists - found.complete
    if open_lists:
        tell(Diagnostic("N605", place, {"n": len(open_lists), "lists": ", ".join(sorted(open_lists))}))
    return found


def _is_name(cell: str, vocabulary: str | None, reference: Reference) -> bool:
    """Whether a cell has names of what it means, of countries, titles and so on: their codes are no other reading of them."""
    parts = [part for part in (one.strip() for one in cell.split(";")) if part]
    if vocabulary in ("place", "language", None):
        return all(
            (reference.named("place", one) or reference.find_place(one, False).id or reference.named("language", one)) for one in parts
        )
    return all(reference.find_term(vocabulary, one, False).id is not None for one in parts)


def _read_as(table: Table, mapped: ColumnMap, reference: Reference) -> dict[str, str]:
    """The words of the first rows that are read as others, in columns of words, with what they are read as."""
    reader = reader_of(table, mapped, Reading())
    found: dict[str, str] = {}
    for fed in reader.fed:
        if fed.feed.field.form not in (Form.TEXT, Form.WORDS, Form.SHARE, Form.LANGUAGES) or len(fed.columns) > 1:
            continue
        vocabulary = vocabulary_of(fed.feed.field)
        for line in table.first:
            cell = None if isinstance(line.cells, Refused) or fed.columns[0] >= len(line.cells) else line.cells[fed.columns[0]]
            if not isinstance(cell, str) or len(cell) > _TOLD or cell in found or _is_name(cell, vocabulary, reference):
                continue
            meant = plainly(fed.meant(cell, Reading()))
            if meant and meant.casefold() != cell.strip().casefold():
                found[" ".join(cell.split())] = meant
    return found


def _tell_guesses(guesses: Guesses, found: ColumnMap, place: Place, tell: Notice) -> None:
    """What was decided by looking at the cells."""
    for one in guesses.columns:
        if one.why == "nearly" and one.path is not None:
            tell(Diagnostic("N604", place, {"word": one.header, "close": one.path, "form": "taken"}))
    if found.date_format is not None:
        tell(Diagnostic("N607", place, {"format": found.date_format.text}))


def _matched(table: Table, mapped: ColumnMap) -> ColumnMap:
    """The map under the headers as the table writes them. Raises `Problems` for a header that is not there, or not there once."""
    place = Place(table.name, max(table.headers_at, 1))
    times = Counter(table.headers)
    alike: dict[str, list[str]] = {}
    for header in table.headers:
        alike.setdefault(folded(header), []).append(header)
    known: dict[str, str] = {}
    problems = []
    for header in mapped.fields:
        found = [header] * times[header] or alike.get(folded(header), [])
        if len(found) == 1:
            known[header] = found[0]
        elif found:
            problems.append(Diagnostic("E612", place, {"word": header}))
        elif len(problems) < _TOLD:
            problems.append(Diagnostic("E611", place, {"word": header, "allowed": [_cut(one) for one in table.headers if one][:_TOLD]}))
    if problems:
        raise Problems(problems)
    return mapped._replace(feeds=tuple(feed._replace(headers=tuple(known[one] for one in feed.headers)) for feed in mapped.feeds))


def _some(headers: Iterable[str]) -> str:
    """The first headers; a table with thousands of columns is told in a line, too."""
    every = list(headers)
    return ", ".join([_cut(one) for one in every[:_TOLD]]) + (", …" if len(every) > _TOLD else "")


def _cut(header: str) -> str:
    return header if len(header) <= _TOLD else f"{header[:_TOLD]}…"


__all__ = ["Choices", "Notice", "columns_of", "extra", "open_ordinary", "open_people", "table_in"]
