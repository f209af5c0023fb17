"""`eligibility schema`: the schemas that editors and other programs validate our files with."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from typing import Annotated

import typer

from eligibility.cli import OK

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


def command(
    name: Annotated[Schema, typer.Argument(metavar="NAME", help="vacancy, profile, cases, report, problems, batch or ask.")],
) -> int:
    """Print a JSON Schema. It is that of a rule file, a profile, a case file, or of the JSON of reports, problems, a batch or questions."""
    text = shipped(str(name))
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:
        sys.stdout.write(text)
    else:
        binary.write(text.encode())  # the very bytes of the file, whatever the terminal writes in
        binary.flush()
    return OK


def shipped(name: str) -> str:
    """The text of a schema, from the installed program or from the folder it is developed in."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    repository = os.path.dirname(os.path.dirname(package))
    for folder in (os.path.join(package, "schema"), os.path.join(repository, "schema")):
        path = os.path.join(folder, f"{name}.schema.json")
        if os.path.isfile(path):
            with open(path, encoding="utf-8", newline="") as file:
                return file.read()
    raise FileNotFoundError(name)
