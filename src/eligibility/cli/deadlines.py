"""`eligibility deadlines`: when the vacancies close that one may apply for, as a list and as a calendar."""

# Without `from __future__ import annotations`: Typer evaluates each annotation that is a text, which takes longer.

import sys
from collections.abc import Collection, Mapping, Sequence
from typing import Annotated, NamedTuple

import typer

from eligibility.application_period import closing_of, day_there, told_day, usual
from eligibility.batch.extras import MissingExtra, extra
from eligibility.cli import NOTHING, OK, UNREADABLE
from eligibility.cli.one_person import read_profile_file
from eligibility.cli.options import (
    Lang,
    Rules,
    SeenFrom,
    Usage,
    Vacancies,
    inputs_of,
    load_library,
    moment,
    pick,
    rule_folder,
    unwritable,
    words_for,
)  # fmt: skip
from eligibility.cli.terminal import complain, style_of, write
from eligibility.engine import check
from eligibility.outputs import write_file
from eligibility.profile import Profile
from eligibility.ready import made_ready
from eligibility.reference import Reference, load_reference
from eligibility.report import Report
from eligibility.reporters.calendar import Due, calendar_of, title_of
from eligibility.reporters.layout import safe, wrapped
from eligibility.reporters.period import closing_words, opening_words
from eligibility.vacancy import ClosingTime
from eligibility.verdict import Closing, Outcome
from eligibility.wording import Words

EPILOG = "Example: eligibility deadlines me.yaml -o deadlines.ics --remind 7"


def command(
    profiles: Annotated[
        list[str] | None,
        typer.Argument(metavar="PROFILE...", help="Profile files (YAML), or - for standard input; without one, every vacancy is shown."),
    ] = None,
    rules: Rules = None,
    vacancy: Vacancies = None,
    on: SeenFrom = None,
    every: Annotated[bool, typer.Option("--all", help="Closed vacancies, too, and those that nobody here may apply for.")] = False,
    remind: Annotated[
        list[int] | None,
        typer.Option("--remind", metavar="DAYS", min=0, max=365, help="In the calendar, a reminder so many days before; may be repeated."),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write a calendar (iCalendar, .ics) to this file; - is standard output."),
    ] = None,
    lang: Lang = None,
) -> int:
    """Tell when the vacancies close that a person may apply for."""
    words, reference = words_for(lang), load_reference()
    when = moment(on, words)
    if remind and output is None:
        raise Usage(words.text("deadlines.remind"), param_hint="--remind")
    people: list[Profile] = [read_profile_file(one, when, reference, words)[1].model for one in profiles or ()]
    library = load_library(rules, reference, words)
    if not library.vacancies:
        complain(words.text("no_vacancy_read" if library.unread else "no_vacancy"))
        return UNREADABLE if library.unread else NOTHING
    found: list[Due] = []
    closed: set[tuple[str, str | None]] = set()
    left_out = undated = 0
    for one in pick(library, vacancy or [], words):
        deadline = one.dates.get("deadline")
        if deadline is None:
            undated += 1
            continue
        zone = one.time_zone(reference)
        ready = made_ready(one, reference)
        reports = [(ready.chosen_by(person), check(one, person, when, reference, on_last_day=True)) for person in people]
        shown = 0
        for option, closes in deadline.values or ((None, deadline),):
            closing = closing_of(closes, when, day_there(when, zone), zone)
            if closing is Closing.CLOSED:
                closed.add((one.id, option))
            told = [_came_to(report, deadline.by, option) for chosen, report in reports if chosen.get(deadline.by or "") in (None, option)]
            possible = [came_to for came_to in told if came_to.outcome is not Outcome.NOT_ELIGIBLE]
            if not (every and (told or not people)) and (closing is Closing.CLOSED or (people and not possible)):
                continue
            choices = {} if option is None or deadline.by is None else {deadline.by: option}
            opening = told_day(one, "opening", choices)
            found.append(Due(
                one, min(closes.closings, key=_hour), zone, closing_words(one, words, reference, choices=choices),
                tuple(_told(came_to, words) for came_to in (told if every else possible)),
                usual(opening.closings) if opening is not None and opening.closings else None,
                opening_words(one, words, reference, when, choices), option,
            ))  # fmt: skip
            shown += 1
        left_out += not shown
    found.sort(key=lambda due: (*_hour(due.closing), due.vacancy.id))
    if output is not None:
        try:
            text = calendar_of(found, words, remind or [], extra("icalendar", "calendar", "icalendar"))
        except MissingExtra as error:
            complain(error.told(words))
            return UNREADABLE
        if output == "-":
            sys.stdout.write(text.decode())
        else:
            try:
                write_file(output, text, inputs_of(*(profiles or ()), rule_folder(rules)))
            except OSError as error:
                raise Usage(unwritable(error, output, words), param_hint="--output") from None
        if output == "-":
            return UNREADABLE if library.unread else OK
    style = style_of(sys.stdout, "never")
    lines = _lines(found, closed, words, reference, style.width, words.date(when.toordinal()))
    for key, number in (("deadlines.left_out", left_out), ("deadlines.undated", undated)):
        if number:
            lines += wrapped(words.text(key, n=number, number=number), style.width)
    if not found and left_out and len({name for name, _ in closed}) == left_out:
        lines += wrapped(words.text("another_day"), style.width)
    if output is not None:
        lines += wrapped(safe(words.text("deadlines.written", file=output)), style.width)
    write("".join(f"{line}\n" for line in lines), sys.stdout, style)
    return UNREADABLE if library.unread else OK


def _lines(
    found: Sequence[Due], closed: Collection[tuple[str, str | None]], words: Words, reference: Reference, width: int, day: str
) -> list[str]:
    """The deadlines as a list, the nearest first. Unlike a calendar, which is the same on every day, it tells which are `closed`."""
    if not found:
        return [*wrapped(words.text("deadlines.none"), width)]
    lines = [*wrapped(words.text("deadlines.title", day=day), width), ""]
    for due in found:
        lines += wrapped(safe(title_of(due, words)), width, "- ", "  ")
        lines.append(f"  {safe(due.vacancy.id)}")  # to be copied: never broken
        closes = closing_words(due.vacancy, words, reference, (due.vacancy.id, due.option) in closed, due.choices)
        for told in (*([due.not_yet] if due.not_yet else []), closes, *due.people):
            lines += wrapped(safe(told), width, "  ")
    return [*lines, ""]


def _hour(closing: ClosingTime) -> tuple[int, str]:
    """When it is, to sort by; the end of a day comes after its hours."""
    return closing.day, closing.time or "24"


class _CameTo(NamedTuple):
    """What somebody comes to: the name, the outcome, and the option that it is said of where the entry does not say it."""

    name: str | None
    outcome: Outcome
    option: Mapping[str, str] | None


def _came_to(report: Report, by: str | None, option: str | None) -> _CameTo:
    """What a report says of an entry: where the applicant may pick the option of it, what comes of that one."""
    track = next((one for one in report.tracks if (one.choice, one.option) == (by, option)), None)
    if track is not None:
        return _CameTo(report.candidate, track.outcome, None)
    return _CameTo(report.candidate, report.outcome, report.option)


def _told(one: _CameTo, words: Words) -> str:
    """What somebody comes to in words; of one person without a name, the outcome alone."""
    outcome = words.text(f"outcome.{one.outcome}")
    outcome = outcome if one.option is None else words.text("with_option", text=outcome, option=words.of(one.option))
    return words.text("deadlines.for_person", name=one.name, outcome=outcome) if one.name else outcome[:1].upper() + outcome[1:]
