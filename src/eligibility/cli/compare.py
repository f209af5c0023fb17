"""`eligibility compare`: what a change of a rule does."""

# Without `from __future__ import annotations`: Typer evaluates each annotation that is a text, which takes longer.

import sys
from enum import StrEnum
from typing import Annotated

import typer

from eligibility.analysing.compare import compare
from eligibility.analysing.search import STEPS
from eligibility.analysing.show_compare import as_json, as_markdown, as_text
from eligibility.cli import FINDINGS, OK, UNREADABLE
from eligibility.cli.options import Color, Colour, Lang, deliver, file_asked, inputs_of, words_for
from eligibility.cli.rule_files import Steps, read_rule_file
from eligibility.cli.terminal import style_of
from eligibility.reference import load_reference
from eligibility.reporters import Style

EPILOG = "Example: eligibility compare before.yaml rules/icesco-p039.yaml"


class Shape(StrEnum):
    """The formats of the answer."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


class Change(StrEnum):
    """What ends the command with 1."""

    CHANGED = "changed"


def command(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The rule file as it was.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The rule file as it is now.")],
    steps: Steps = STEPS,
    fail_on: Annotated[Change | None, typer.Option("--fail-on", help="Exit with 1 when an answer changes for anybody.")] = None,
    lang: Lang = None,
    form: Annotated[Shape, typer.Option("--format", "-f", help="The shape of the answer.")] = Shape.TEXT,
    output: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Write the answer to this file.")] = None,
    color: Color = Colour.AUTO,
) -> int:
    """Tell what a change of a rule does: for each criterion and direction the smallest person whose answer differs."""
    words, reference, output = words_for(lang), load_reference(), file_asked(output)
    before, after = (read_rule_file(path, reference, words) for path in (old, new))
    if before is None or after is None:
        return UNREADABLE
    found = compare((before.vacancy, before.document.data), (after.vacancy, after.document.data), reference, steps)
    style = style_of(sys.stdout, color) if output is None else Style()
    plain = style._replace(colour=False)
    text = as_text(found, words, style) if form is Shape.TEXT else as_json(found) if form is Shape.JSON else as_markdown(found, words)
    deliver(text, output, style if form is Shape.TEXT else plain, words, inputs_of(old, new))
    return FINDINGS if fail_on is not None and found.changed else OK
