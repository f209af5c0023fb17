"""`eligibility check`: one profile against the vacancies."""

# Without `from __future__ import annotations`: Typer evaluates each annotation that is a text, which takes longer.

import sys
from enum import StrEnum
from typing import Annotated, Any

import typer

from eligibility.cli import FINDINGS, NOTHING, OK, UNREADABLE
from eligibility.cli.options import (
    Color,
    Colour,
    FailOn,
    Lang,
    Rules,
    Usage,
    deliver,
    file_asked,
    inputs_of,
    load_library,
    moment,
    pick,
    repeated,
    rule_folder,
    tell,
    words_for,
)
from eligibility.cli.person import impossible_births, unasked
from eligibility.cli.terminal import complain, style_of
from eligibility.diagnostic import Place, Problems
from eligibility.engine import check
from eligibility.facts import ProfileFacts
from eligibility.loading.document import steps_of, value_at
from eligibility.loading.loaded import Loaded
from eligibility.loading.models import open_profile
from eligibility.loading.vocabularies import not_understood, unknown_to
from eligibility.reference import load_reference
from eligibility.report import Report
from eligibility.reporters import FORMATS, Shown, Style, reporter
from eligibility.verdict import Outcome

EPILOG = (
    "Example: eligibility check profiles/nadia.yaml --on 2024-03-20 --vacancy quebec-unesco-ethics-2023-020. "
    "No profile yet? `eligibility new profile me.yaml` asks for your facts and writes it."
)


class Shape(StrEnum):
    """The formats of a report."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"


assert {str(shape) for shape in Shape} == set(FORMATS)


def command(
    profiles: Annotated[
        list[str], typer.Argument(metavar="PROFILE...", help="The profile file (YAML), or - for standard input; several give a summary.")
    ],
    rules: Rules = None,
    vacancy: Annotated[
        list[str] | None, typer.Option("--vacancy", metavar="ID", help="Only this vacancy, in detail; may be repeated.")
    ] = None,
    detail: Annotated[bool, typer.Option("--detail", help="Every vacancy criterion by criterion.")] = False,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="Day of application: YYYY-MM-DD or YYYY-MM-DDTHH:MM (default: this instant)."),
    ] = None,
    lang: Lang = None,
    form: Annotated[Shape, typer.Option("--format", "-f", help="The shape of the report.")] = Shape.TEXT,
    output: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Write the report to this file.")] = None,
    fail_on: Annotated[list[FailOn] | None, typer.Option("--fail-on", help="Exit with 1 when a vacancy ends so; may be repeated.")] = None,
    color: Color = Colour.AUTO,
) -> int:
    """Tell which vacancies a person may apply for, and why."""
    output = file_asked(output)
    if len(profiles) > 1:
        from eligibility.cli.batch import check_several  # many people are another work, with other imports

        if detail:
            raise Usage(words_for(lang).text("batch.detail"), param_hint="--detail")
        return check_several(profiles, rules, vacancy or [], on, lang, form, output, fail_on or [], color)
    profile = profiles[0]
    words = words_for(lang)
    reference = load_reference()
    when = moment(on, words)
    try:
        loaded = open_profile(profile, reference)
    except Problems as error:
        tell(error.diagnostics, words)
        return UNREADABLE
    if loaded.model is None:
        tell(loaded.diagnostics, words)
        return UNREADABLE
    if impossible := list(impossible_births(loaded, when)):
        tell(impossible, words)
        return UNREADABLE
    library = load_library(rules, reference, words)
    known = unknown_to(library.vacancies, loaded, reference)
    tell(known, words)
    if not library.vacancies:
        complain(words.text("no_vacancy_read" if library.unread else "no_vacancy"))
        return UNREADABLE if library.unread else NOTHING
    chosen = pick(library, vacancy or [], words)
    tell(unasked(loaded, library.vacancies, reference), words)
    facts = ProfileFacts(loaded.model, reference)
    reports = [check(one, loaded.model, when, reference, facts) for one in chosen]
    style = style_of(sys.stdout, color) if output is None else Style()
    shown = Shown(
        reports,
        words,
        reference,
        loaded.document.name,
        lambda path: _place(loaded, path),
        detail or bool(vacancy),
        library.unread,
        repeated({"--on": on, "--rules": rules, "--lang": lang}),
        style,
        lambda path: said(loaded, path),
        chosen,
        not_understood(known),
    )
    text = reporter(form)(shown)
    deliver(text, output, style if form is Shape.TEXT else style._replace(colour=False), words, inputs_of(profile, rule_folder(rules)))
    if library.unread:
        return UNREADABLE
    return FINDINGS if any(_matches(report, one) for report in reports for one in fail_on or ()) else OK


def _place(loaded: Loaded, path: str) -> Place | None:
    """Where a fact such as `experience[2].from` stands in the profile file."""
    return loaded.document.place(steps_of(path))


def said(loaded: Loaded, path: str) -> Any:
    """What the profile file says at a path; None where it says nothing."""
    return value_at(loaded.document.data, path)


def _matches(report: Report, what: FailOn) -> bool:
    if what is FailOn.CLOSED:
        return report.closed
    wanted = Outcome.NOT_ELIGIBLE if what is FailOn.NOT_ELIGIBLE else Outcome.MORE_INFORMATION
    return report.outcome is wanted
