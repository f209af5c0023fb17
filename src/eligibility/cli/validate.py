"""`eligibility validate`: whether rule files, profiles and files of cases are right, every problem in one run."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from eligibility.checks.files import Folders, Kind, duplicate_ids, look_at
from eligibility.cli import FINDINGS, NOTHING, OK, UNREADABLE
from eligibility.cli.configuration import settings
from eligibility.cli.options import (
    Color,
    Colour,
    Lang,
    Usage,
    deliver,
    file_asked,
    inputs_of,
    moment,
    refuse_output,
    rule_folder,
    tell,
    words_for,
)
from eligibility.cli.selection import Level, Selection, Shown, selection
from eligibility.cli.terminal import complain, style_of
from eligibility.diagnostic import Diagnostic, Problems
from eligibility.loading.files import STDIN_NAME, find_files, read_source
from eligibility.loading.vocabularies import without_declared
from eligibility.reference import Reference, load_reference
from eligibility.reporters import Style
from eligibility.reporters.problems import FORMATS, MACHINE, Told, problem_reporter
from eligibility.wording import Words

if TYPE_CHECKING:
    from eligibility.cli.repairing import Repairer

EPILOG = "Example: eligibility validate rules/ profiles/ --format concise"


class Shape(StrEnum):
    """The formats of problems; `auto` is `github` where GitHub runs it, else `full`."""

    AUTO = "auto"
    FULL = "full"
    CONCISE = "concise"
    JSON = "json"
    JSONL = "jsonl"
    GITHUB = "github"
    GITLAB = "gitlab"
    SARIF = "sarif"
    JUNIT = "junit"


def command(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH", help="Files or folders, or - for standard input (default: the rules).")
    ] = None,
    form: Annotated[Shape, typer.Option("--format", "-f", help="The shape of the answer.")] = Shape.AUTO,
    output: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Write the answer to this file.")] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Write what can only be meant (slips in words, dates, quotes), and tell what is left.")
    ] = False,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", metavar="CODES", envvar="ELIGIBILITY_SELECT", help="Only these codes, or all that begin so: E,W313."),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", metavar="CODES", envvar="ELIGIBILITY_IGNORE", help="Not these codes, or any that begin so."),
    ] = None,
    severity: Annotated[
        Shown | None, typer.Option("--severity", envvar="ELIGIBILITY_SEVERITY", help="The least grave problems to show (default: note).")
    ] = None,
    fail_on: Annotated[
        list[Level] | None,
        typer.Option("--fail-on", envvar="ELIGIBILITY_FAIL_ON", help="Exit with 1 for these as well as for errors; may be repeated."),
    ] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day on which deadlines may have passed.")] = None,
    lang: Lang = None,
    color: Color = Colour.AUTO,
) -> int:
    """Check rule files, profiles and case files. Every problem of every file is told, with its line and column."""
    words, reference, output = words_for(lang), load_reference(), file_asked(output)
    chosen = selection(select, ignore, severity, fail_on, settings(), words)
    when = moment(on, words)
    asked = paths or [rule_folder(os.environ.get("ELIGIBILITY_RULES"))]
    if fix and "-" in asked:
        raise Usage(words.text("fix.stdin"), param_hint="--fix")
    names, unopened = _files_below(asked)
    if not names and not unopened:
        complain(words.text("no_file"))
        return NOTHING
    inputs = inputs_of(*asked)
    if output is not None and fix:
        refuse_output(output, words, inputs)  # before anything is changed
    repairer = _repairer(chosen, asked, reference, when, words) if fix else None
    files: list[str] = []
    found: list[Diagnostic] = []
    silenced = 0
    seen: dict[str, str] = {}
    profiles, declared = set[str](), frozenset[str]()
    kept_open = {}
    folders: Folders = {}
    for name in names:
        looked = look_at(name, reference, when, folders)
        if not looked.opened:
            unopened += looked.diagnostics
            continue
        if repairer is not None:
            looked = repairer.repair(looked)
        files.append(looked.name)
        silenced += looked.silenced
        declared |= looked.declared
        if looked.kind is Kind.PROFILE:
            profiles.add(looked.name)
        found += [one for one in (*looked.diagnostics, *duplicate_ids(looked, seen)) if chosen.shows(one)]
        if looked.name == STDIN_NAME:
            kept_open[looked.name] = looked.text
    tell(unopened, words)
    of_people, rest = ([one for one in found if (one.place.file in profiles) is wanted] for wanted in (True, False))
    found = [*rest, *without_declared(of_people, declared)]  # a profile may use the words of the rules beside it
    found.sort(key=lambda one: (one.place.file, one.place.line, one.place.column, one.code))
    shape = _shape(form)
    if shape in MACHINE:  # the same bytes under any locale: only a language that was asked for changes the sentences
        words = words_for(lang, locale=False)
    style = style_of(sys.stdout, color) if output is None else Style()
    told = Told(found, files, words, lambda name: kept_open.get(name) or _text_of(name), style, silenced, os.getcwd(), _pages(words))
    if files or shape != Shape.FULL:  # where no file could be opened, "no problem found" would be untrue
        deliver(problem_reporter(shape)(told), output, style if shape == Shape.FULL else style._replace(colour=False), words, inputs)
    if unopened or (repairer is not None and repairer.failed):
        return UNREADABLE
    return FINDINGS if any(map(chosen.fails, found)) else OK


def _repairer(chosen: Selection, asked: Sequence[str], reference: Reference, when: date | datetime, words: Words) -> Repairer:
    from eligibility.cli.repairing import Repairer

    return Repairer(chosen, asked, reference, when, words)


def _files_below(paths: Sequence[str]) -> tuple[list[str], list[Diagnostic]]:
    """Every file to look at, sorted, each once; and the paths that cannot be opened."""
    found: dict[str, str] = {}
    unopened: list[Diagnostic] = []
    for path in paths:
        try:
            for name in find_files(path, cases=True) if path != "-" else [path]:
                found.setdefault(os.path.realpath(name) if name != "-" else name, name)
        except Problems as error:
            unopened += error.diagnostics
    return sorted(found.values()), unopened


def _text_of(name: str) -> str | None:
    try:
        return read_source(name).data.decode("utf-8", "replace").removeprefix("\ufeff")
    except Problems:
        return None


def _pages(words: Words) -> Callable[[str], tuple[str, str]]:
    def page_of(code: str) -> tuple[str, str]:
        from eligibility.checks.pages import summary_of  # only one format shows them

        return summary_of(code, words)

    return page_of


def _shape(form: Shape) -> str:
    if form is not Shape.AUTO:
        return str(form)
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "full"


assert {str(shape) for shape in Shape} - {"auto"} == set(FORMATS)
