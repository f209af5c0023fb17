"""`eligibility compare`: what a change of a rule does."""

# Without `from __future__ import annotations`: Typer evaluates each annotation that is a text, which takes longer.

import sys
from enum import StrEnum
from typing import Annotated

import typer

from eligibility.analysing import show_people
from eligibility.analysing.compare import Comparison, compare
from eligibility.analysing.search import STEPS
from eligibility.analysing.show_compare import as_json, as_markdown, as_text
from eligibility.batch.between import Between
from eligibility.batch.between_page import page
from eligibility.batch.extras import MissingExtra
from eligibility.batch.writers import format_of
from eligibility.cli import FINDINGS, OK, UNREADABLE
from eligibility.cli.batch import Asked, answer
from eligibility.cli.options import Color, Colour, Columns, Lang, Usage, WrittenDays, deliver, file_asked, inputs_of, put, words_for
from eligibility.cli.rule_files import Steps, read_rule_file
from eligibility.cli.terminal import complain, style_of
from eligibility.reference import load_reference
from eligibility.reporters import Style
from eligibility.wording import Words

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
    people: Annotated[
        list[str] | None,
        typer.Argument(metavar="PEOPLE...", help="Folders of profiles, tables or JSON Lines: who gains and who loses among them."),
    ] = None,
    columns: Columns = None,
    date_format: WrittenDays = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="Day of application (default: this instant).")] = None,
    steps: Steps = STEPS,
    fail_on: Annotated[Change | None, typer.Option("--fail-on", help="Exit with 1 when an answer changes for anybody.")] = None,
    lang: Lang = None,
    form: Annotated[Shape, typer.Option("--format", "-f", help="The shape of the answer.")] = Shape.TEXT,
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write the answer to this file; of people, also .html or .csv; may be repeated."
        ),
    ] = None,
    color: Color = Colour.AUTO,
) -> int:
    """Tell what a change of a rule does: for each criterion and direction the smallest person whose answer differs."""
    words, reference = words_for(lang), load_reference()
    if not people:
        for option, given in (("--columns", columns), ("--date-format", date_format), ("--on", on)):
            if given is not None:
                raise Usage(words.text("compare.people.needed", option=option), param_hint=option)
    before, after = (read_rule_file(path, reference, words) for path in (old, new))
    if before is None or after is None:
        return UNREADABLE
    texts, pages, tables = _outputs(output or [], bool(people))
    for path in texts:  # a workbook or a page with plain text in it opens nowhere
        if format_of(path) in ("xlsx", "html", "csv", "parquet"):
            raise Usage(words.text("batch.no_format", file=path, known=_WRITTEN), param_hint="--output")
    if len(texts) > 1:
        raise Usage(words.text("batch.written_twice", file=texts[1]), param_hint="--output")
    target = file_asked(texts[0]) if texts else None
    inputs = inputs_of(old, new, columns, *(people or ()))
    between, code = None, OK
    if people:
        between = Between()
        asked = Asked(
            people, new, on=on, lang=lang, columns=columns, date_format=date_format, output=tables, table="changes", reasons=False,
            nearly=0, before=old, tells_unclear=False,
        )  # fmt: skip
        code = answer(asked, between=between)
        if not between.people and not between.unread:
            return code
    found = compare((before.vacancy, before.document.data), (after.vacancy, after.document.data), reference, steps)
    style = style_of(sys.stdout, color) if target is None else Style()
    told = _told(found, between, form, words, style)
    deliver(told, target, style if form is Shape.TEXT else style._replace(colour=False), words, inputs)
    for path in pages:
        assert between is not None
        title = words.text("compare.people.title", vacancy=words.of(after.vacancy.title))
        try:
            put(path, page(between, title, show_people.heading(between, words), words), words, inputs)
        except MissingExtra as error:
            complain(error.told(words))
            return UNREADABLE
    changed = found.changed or (between is not None and between.changed)
    return code if code not in (OK, FINDINGS) else FINDINGS if fail_on is not None and changed else OK


_WRITTEN = ".txt, .md, .json; .html, .csv, .parquet (PEOPLE)"
"""The endings of what is written; the last ones over people."""


def _told(found: Comparison, between: Between | None, form: Shape, words: Words, style: Style) -> str:
    """The whole answer in one shape."""
    if form is Shape.JSON:
        return as_json(found, None if between is None else show_people.as_data(between))
    if form is Shape.MARKDOWN:
        return as_markdown(found, words) + ("" if between is None else show_people.as_markdown(between, words))
    return as_text(found, words, style) + ("" if between is None else show_people.as_text(between, words, style))


def _outputs(paths: list[str], over_people: bool) -> tuple[list[str], list[str], list[str]]:
    """Where the answer goes, and over people which pages and tables are written besides."""
    pages = [path for path in paths if over_people and format_of(path) == "html"]
    tables = [path for path in paths if over_people and format_of(path) in ("csv", "parquet")]
    return [path for path in paths if path not in (*pages, *tables)], pages, tables
