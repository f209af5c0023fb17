"""`eligibility columns`: proposes which column of a table is which field of a profile."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from eligibility.batch.columns import read_map
from eligibility.batch.extras import MissingExtra
from eligibility.batch.proposal import map_for
from eligibility.batch.sources import table_in
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
        text = map_for(table_in(table, notices.append), load_reference(), words, known, document.data if document is not None else None)
    except Problems as error:
        tell(error.diagnostics, words)
        return UNREADABLE
    except MissingExtra as error:
        complain(error.told(words))
        return UNREADABLE
    tell(notices, words)
    deliver(text, file_asked(output), style_of(sys.stdout, "never"), words, inputs_of(table, columns))
    return OK
