"""`eligibility columns`: proposes which column of a table is which field of a profile."""

from __future__ import annotations

import sys
from itertools import islice
from typing import Annotated

import typer

from eligibility.batch.columns import read_map
from eligibility.batch.extras import MissingExtra
from eligibility.batch.people import Refused
from eligibility.batch.proposal import map_for
from eligibility.batch.sources import table_in
from eligibility.batch.table import Table
from eligibility.cli import OK, UNREADABLE
from eligibility.cli.options import Lang, deliver, file_asked, inputs_of, tell, words_for
from eligibility.cli.terminal import complain, style_of
from eligibility.diagnostic import Diagnostic, Problems
from eligibility.reference import load_reference

EPILOG = "Example: eligibility columns class.csv -o class.columns.yaml"


def command(
    table: Annotated[str, typer.Argument(metavar="FILE", help="A table: CSV, Excel or Parquet.")],
    columns: Annotated[str | None, typer.Option("--columns", metavar="MAP", help="A map to start from.")] = None,
    output: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Write the map to this file.")] = None,
    lang: Lang = None,
) -> int:
    """Propose which column of a table is what."""
    words = words_for(lang)
    notices: list[Diagnostic] = []
    try:
        known, document = read_map(columns) if columns is not None else (None, None)
        opened = table_in(table, notices.append)
        text = map_for(opened, load_reference(), words, known, document.data if document is not None else None)
    except Problems as error:
        tell(error.diagnostics, words)
        return UNREADABLE
    except MissingExtra as error:
        complain(error.told(words))
        return UNREADABLE
    broken = _broken(opened)
    tell([*notices, *broken], words)
    deliver(text, file_asked(output), style_of(sys.stdout, "never"), words, inputs_of(table, columns))
    return UNREADABLE if broken else OK


def _broken(table: Table) -> list[Diagnostic]:
    """What is no row among those that were looked at; and the end of the file where it breaks off after them."""
    found: list[Diagnostic] = []
    try:
        for line in islice(table.lines, len(table.first) + 1):
            if isinstance(line.cells, Refused):
                found += line.cells.problems
    except Problems as error:
        found += error.diagnostics
    return found
