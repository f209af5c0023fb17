"""`eligibility analyse`: what is true of rules whoever comes."""

# Without `from __future__ import annotations`: Typer evaluates each annotation that is a text, which takes longer.

import os
import sys
from enum import StrEnum
from typing import Annotated

import typer

from eligibility.analysing.conclude import analyse
from eligibility.analysing.people import Budget, Panel
from eligibility.analysing.search import STEPS
from eligibility.analysing.show import Shown, as_json, as_text
from eligibility.cli import FINDINGS, NOTHING, OK, UNREADABLE
from eligibility.cli.options import (
    Color,
    Colour,
    Lang,
    Library,
    Vacancies,
    deliver,
    file_asked,
    inputs_of,
    pick,
    rule_folder,
    tell,
    words_for,
)
from eligibility.cli.rule_files import RuleFile, Steps, read_rule_file
from eligibility.cli.terminal import complain, style_of
from eligibility.diagnostic import Diagnostic
from eligibility.loading.document import Document
from eligibility.loading.files import find_files
from eligibility.reference import Reference, load_reference
from eligibility.reporters import Style
from eligibility.wording import Words

EPILOG = "Example: eligibility analyse rules/icesco-p039.yaml"


class Shape(StrEnum):
    """The formats of the answer."""

    TEXT = "text"
    JSON = "json"


class Grave(StrEnum):
    """What ends the command with 1."""

    FOUND = "found"


def command(
    rules: Annotated[str | None, typer.Argument(metavar="RULES", help="A rule file or a folder of them (default: ./rules).")] = None,
    vacancy: Vacancies = None,
    steps: Steps = STEPS,
    fail_on: Annotated[Grave | None, typer.Option("--fail-on", help="Exit with 1 when something is found that is probably a slip.")] = None,
    lang: Lang = None,
    form: Annotated[Shape, typer.Option("--format", "-f", help="The shape of the answer.")] = Shape.TEXT,
    output: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Write the answer to this file.")] = None,
    color: Color = Colour.AUTO,
) -> int:
    """Tell what is true of rules whoever comes: who passes, who just fails, and what nobody can meet or nobody can fail."""
    words, reference, output = words_for(lang), load_reference(), file_asked(output)
    documents, library = _read(rules, reference, words)
    if not library.vacancies:
        complain(words.text("no_vacancy_read" if library.unread else "no_vacancy"))
        return UNREADABLE if library.unread else NOTHING
    analyses = []
    for one in pick(library, vacancy or [], words):
        document = documents[one.id]
        analyses.append((analyse(Panel(one, document.data, reference, Budget()), steps), document))
    style = style_of(sys.stdout, color) if output is None else Style()
    shown = Shown(analyses, words, library.unread, style)
    text = as_text(shown) if form is Shape.TEXT else as_json(shown)
    inputs = inputs_of(rule_folder(rules))
    deliver(text, output, style if form is Shape.TEXT else style._replace(colour=False), words, inputs)
    if library.unread:
        return UNREADABLE
    return FINDINGS if fail_on is not None and any(found.is_fault for one, _ in analyses for found in one.found) else OK


def _read(rules: str | None, reference: Reference, words: Words) -> tuple[dict[str, Document], Library]:
    """The rule files below a path that can be read, by the id of the vacancy in them."""
    path = rule_folder(rules)
    found: dict[str, RuleFile] = {}
    unread: list[str] = []
    for name in find_files(path) if os.path.isdir(path) else [path]:
        one = read_rule_file(name, reference, words)
        if one is not None and one.vacancy.id in found:
            twice = {"id": one.vacancy.id, "other": found[one.vacancy.id].document.name}
            tell([Diagnostic("E302", one.document.place(("id",)), twice)], words)
            one = None
        if one is None:
            unread.append(name)
        else:
            found[one.vacancy.id] = one
    return {name: one.document for name, one in found.items()}, Library([one.vacancy for one in found.values()], unread)
