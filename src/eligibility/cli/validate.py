"""`eligibility validate`: whether rule files, profiles and files of cases are right, every problem in one run."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer

from eligibility.checks.files import duplicate_ids, look_at
from eligibility.cli import FINDINGS, NOTHING, OK, UNREADABLE
from eligibility.cli.options import Color, Colour, Lang, deliver, moment, rule_folder, tell, words_for
from eligibility.cli.terminal import complain, style_of
from eligibility.diagnostic import Diagnostic, Problems, Severity
from eligibility.loading.files import STDIN_NAME, find_files, read_source
from eligibility.reference import load_reference
from eligibility.reporters import Style
from eligibility.reporters.problems import FORMATS, MACHINE, Told, problem_reporter

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


class Level(StrEnum):
    """How grave a problem is, and `expired` for a vacancy that has closed."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    EXPIRED = "expired"


class Shown(StrEnum):
    """The least grave problems that are shown."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


_GRAVITY = {Severity.NOTE: 0, Severity.WARNING: 1, Severity.ERROR: 2}
_EXPIRED = "N312"


def command(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH]...", help="Files or folders, or - for standard input (default: the rules).")
    ] = None,
    form: Annotated[Shape, typer.Option("--format", "-f", help="The shape of the answer.")] = Shape.AUTO,
    output: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Write the answer to this file.")] = None,
    select: Annotated[
        list[str] | None, typer.Option("--select", metavar="CODES", help="Only these codes, or all that begin so: E,W313.")
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", metavar="CODES", help="Not these codes, or any that begin so.")] = None,
    severity: Annotated[Shown, typer.Option("--severity", help="The least grave problems to show.")] = Shown.NOTE,
    fail_on: Annotated[
        list[Level] | None, typer.Option("--fail-on", help="Exit with 1 for these as well as for errors; may be repeated.")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day on which deadlines may have passed.")] = None,
    lang: Lang = None,
    color: Color = Colour.AUTO,
) -> int:
    """Check rule files, profiles and files of cases: every problem of every file, with its line and column."""
    words, reference = words_for(lang), load_reference()
    when = moment(on, words)
    today = (when.date() if isinstance(when, datetime) else when).toordinal()
    names, unopened = _files_below(paths or [rule_folder(None)])
    if not names and not unopened:
        complain(words.text("no_file"))
        return NOTHING
    found: list[Diagnostic] = []
    silenced = 0
    seen: dict[str, str] = {}
    kept_open = {}
    for name in names:
        looked = look_at(name, reference, today)
        silenced += looked.silenced
        if not looked.opened:
            unopened += looked.diagnostics
            continue
        found += [*looked.diagnostics, *duplicate_ids(looked, seen)]
        if looked.name == STDIN_NAME:
            kept_open[looked.name] = looked.text
    tell(unopened, words)
    chosen = [one for one in found if _is_chosen(one, select, ignore) and _GRAVITY[one.severity] >= _GRAVITY[Severity(severity)]]
    chosen.sort(key=lambda one: (one.place.file, one.place.line, one.place.column, one.code))
    shape = _shape(form)
    if shape in MACHINE:  # the same bytes under any locale: only a language that was asked for changes the sentences
        words = words_for(lang, locale=False)
    style = style_of(sys.stdout, color) if output is None else Style()
    files = [name if name != "-" else STDIN_NAME for name in names]
    told = Told(chosen, files, words, lambda name: kept_open.get(name) or _text_of(name), style, silenced, os.getcwd())
    deliver(problem_reporter(shape)(told), output, style if shape == Shape.FULL else style._replace(colour=False), words)
    if unopened:
        return UNREADABLE
    return FINDINGS if any(_fails(one, fail_on or ()) for one in chosen) else OK


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


def _is_chosen(problem: Diagnostic, select: Sequence[str] | None, ignore: Sequence[str] | None) -> bool:
    def among(given: Sequence[str]) -> bool:
        return any(problem.code.startswith(code.strip().upper()) for text in given for code in text.split(",") if code.strip())

    return (not select or among(select)) and not (ignore and among(ignore))


def _fails(problem: Diagnostic, fail_on: Sequence[Level]) -> bool:
    if problem.is_error or (problem.code == _EXPIRED and Level.EXPIRED in fail_on):
        return True
    wanted = [_GRAVITY[Severity(level)] for level in fail_on if level is not Level.EXPIRED]
    return bool(wanted) and _GRAVITY[problem.severity] >= min(wanted)


def _shape(form: Shape) -> str:
    if form is not Shape.AUTO:
        return str(form)
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "full"


assert {str(shape) for shape in Shape} - {"auto"} == set(FORMATS)
