"""`eligibility check`: one profile against the vacancies."""

# Without `from __future__ import annotations`: Typer evaluates each annotation that is a text, which takes longer.

import sys
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from shlex import quote
from typing import Annotated

import typer

from eligibility.batch.extras import MissingExtra
from eligibility.cli import FINDINGS, OK, UNREADABLE
from eligibility.cli.one_person import OnePerson, read_person, tell_redacted
from eligibility.cli.options import (
    Added,
    AppliedOn,
    Color,
    Colour,
    FailOn,
    Lang,
    Rules,
    Usage,
    deliver,
    file_asked,
    inputs_of,
    moment,
    repeated,
    rule_folder,
    tell,
    vacancy_ids,
    words_for,
)
from eligibility.cli.terminal import complain, style_of
from eligibility.engine import check
from eligibility.facts import ProfileFacts
from eligibility.loading.document import value_at
from eligibility.profile import Profile
from eligibility.redacted import bare, is_hidden, redacted, shown_data
from eligibility.reference import Reference, load_reference
from eligibility.report import Report, Waiting
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
    HTML = "html"


assert {str(shape) for shape in Shape} == set(FORMATS)


def command(
    profiles: Annotated[
        list[str], typer.Argument(metavar="PROFILE...", help="The profile file (YAML), or - for standard input; several give a summary.")
    ],
    rules: Rules = None,
    vacancy: Annotated[
        list[str] | None,
        typer.Option("--vacancy", metavar="ID", autocompletion=vacancy_ids, help="Only this vacancy, in detail; may be repeated."),
    ] = None,
    detail: Annotated[bool, typer.Option("--detail", help="Every vacancy criterion by criterion.")] = False,
    on: AppliedOn = None,
    added: Added = None,
    lang: Lang = None,
    form: Annotated[
        Shape | None, typer.Option("--format", "-f", help="The shape of the report (default: text; html for a file called so).")
    ] = None,
    output: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Write the report to this file.")] = None,
    papers: Annotated[bool, typer.Option("--papers", help="The papers to gather for the vacancies one may apply for.")] = False,
    redact: Annotated[
        bool, typer.Option("--redact", help="Leave out names, dates of birth, and every day or age that follows from them.")
    ] = False,
    fail_on: Annotated[list[FailOn] | None, typer.Option("--fail-on", help="Exit with 1 when a vacancy ends so; may be repeated.")] = None,
    color: Color = Colour.AUTO,
) -> int:
    """Tell which vacancies a person may apply for, and why."""
    output = file_asked(output)
    form = form or (Shape.HTML if output is not None and output.lower().endswith((".html", ".htm")) else Shape.TEXT)
    if len(profiles) > 1:
        from eligibility.cli.batch import check_several  # many people are another work, with other imports

        if detail:
            raise Usage(words_for(lang).text("batch.detail"), param_hint="--detail")
        if added:
            raise Usage(words_for(lang).text("with.several"), param_hint="--with")
        if form is Shape.HTML:
            raise Usage(words_for(lang).text("mine.several"), param_hint="--output")
        if papers:
            raise Usage(words_for(lang).text("papers.several"), param_hint="--papers")
        return check_several(profiles, rules, vacancy or [], on, lang, form, output, fail_on or [], color, redact)
    profile = profiles[0]
    words = words_for(lang)
    if papers and form is Shape.JSONL:
        raise Usage(words.text("papers.lines"), param_hint="--papers")
    reference = load_reference()
    when = moment(on, words)
    person = read_person(profile, rules, vacancy or [], when, reference, words, added or [], tell_redacted if redact else tell)
    facts = ProfileFacts(person.profile, reference)
    reports = [check(one, person.profile, when, reference, facts, on_last_day=True) for one in person.vacancies]
    waits = _waiting(person, reports, when, reference, facts)
    style = style_of(sys.stdout, color) if output is None else Style()
    options = repeated({"--on": on, "--rules": rules, "--lang": lang})
    shown = Shown(
        reports,
        words,
        reference,
        person.loaded.document.name,
        person.place,
        detail or bool(vacancy),
        person.unread,
        options + tuple(f"--with {quote(one)}" for one in added or ()),
        style,
        person.said,
        person.vacancies,
        person.not_understood,
        [check(one, person.plain, when, reference, on_last_day=True) for one in person.vacancies] if added else None,
        papers=papers,
        remarks=person.remarks,
        added=added or (),
        asks=() if profile == "-" or added else ("eligibility ask", quote(profile), *options),
        waiting=waits,
    )
    if redact:
        shown = _redacted(shown, person, when, repeated({"--on": on, "--lang": lang}))
    try:
        text = reporter(form)(shown)
    except MissingExtra as error:
        complain(error.told(words))
        return UNREADABLE
    deliver(text, output, style if form is Shape.TEXT else style._replace(colour=False), words, inputs_of(profile, rule_folder(rules)))
    if person.unread:
        return UNREADABLE
    return FINDINGS if any(_matches(report, one) for report in reports for one in fail_on or ()) else OK


def _waiting(
    person: OnePerson, reports: Sequence[Report], on: date | datetime, reference: Reference, facts: ProfileFacts
) -> dict[str, Waiting]:  # fmt: skip
    """What waiting brings before the vacancies that are open, and for which one is not eligible yet."""
    pairs = zip(person.vacancies, reports, strict=True)
    refused = [(vacancy, report) for vacancy, report in pairs if report.outcome is Outcome.NOT_ELIGIBLE and not report.closed]
    if not refused:
        return {}
    from eligibility.when import waiting  # most people have no use for it

    found = ((report.vacancy, waiting(vacancy, person.profile, report, on, reference, facts)) for vacancy, report in refused)
    return {vacancy: waits for vacancy, waits in found if waits is not None}


def _redacted(shown: Shown, person: OnePerson, when: date | datetime, options: Sequence[str]) -> Shown:
    """What there is to show, without names, dates of birth, and what follows from them: no word of the file as it is, nor its name."""
    reference, vacancies = shown.reference, person.vacancies
    data = shown_data(bare(person.profile))

    def each(reports: Sequence[Report], profile: Profile) -> list[Report]:
        return [redacted(report, vacancy, profile, when, reference) for report, vacancy in zip(reports, vacancies, strict=True)]

    return shown._replace(
        reports=each(shown.reports, person.profile), before=None if shown.before is None else each(shown.before, person.plain),
        profile_name=shown.words.text("redacted.profile"), remarks=(), place=lambda path: None,
        value=partial(value_at, data), options=options, added=(), asks=(), waiting={},
        not_understood={path: word for path, word in person.not_understood.items() if not is_hidden(path)},
    )  # fmt: skip


def _matches(report: Report, what: FailOn) -> bool:
    if what is FailOn.CLOSED:
        return report.closed
    wanted = Outcome.NOT_ELIGIBLE if what is FailOn.NOT_ELIGIBLE else Outcome.MORE_INFORMATION
    return report.outcome is wanted
