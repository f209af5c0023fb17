"""`eligibility schema`: the schemas that editors and other programs validate our files with."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from eligibility.cli import OK
from eligibility.schema.shipped import SCHEMAS, shipped

EPILOG = "Example: eligibility schema vacancy > vacancy.schema.json"


class Schema(StrEnum):
    """The schemas that come with the program."""

    VACANCY = "vacancy"
    PROFILE = "profile"
    CASES = "cases"
    REPORT = "report"
    PROBLEMS = "problems"
    BATCH = "batch"
    ASK = "ask"
    WHEN = "when"
    ANALYSE = "analyse"
    COMPARE = "compare"


assert tuple(map(str, Schema)) == SCHEMAS


def command(
    name: Annotated[
        Schema,
        typer.Argument(metavar="NAME", help="vacancy, profile, cases, report, problems, batch, ask, when, analyse or compare."),
    ],
) -> int:
    """Print a JSON Schema. It is that of a rule file, a profile, a case file, or of the JSON of an answer."""
    text = shipped("schema", f"{name}.schema.json")
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:
        sys.stdout.write(text)
    else:
        binary.write(text.encode())  # the very bytes of the file, whatever the terminal writes in
        binary.flush()
    return OK
