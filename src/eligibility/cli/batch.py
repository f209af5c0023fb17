"""`eligibility batch`: everybody in folders and tables against the vacancies."""

# Without `from __future__ import annotations`: Typer evaluates each annotation that is a text, which takes longer.

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import partial
from itertools import islice
from typing import Annotated, NamedTuple

import typer

from eligibility.asking.at_desk import AskingDesk
from eligibility.batch.between import Between
from eligibility.batch.cells import BadFormat, DateFormat, Reading
from eligibility.batch.columns import read_map
from eligibility.batch.desk import Desk, Done, Job
from eligibility.batch.extras import MissingExtra
from eligibility.batch.session import NobodyToRead, Output, open_all, run
from eligibility.batch.since import Last, NoAnswer, read_last
from eligibility.batch.sources import Choices, is_table, tables_of
from eligibility.batch.summary import Tally, summary
from eligibility.batch.writers import SUFFIXES, About, Against, Choice, format_of, wants_points
from eligibility.cli import FINDINGS, NOTHING, OK, UNREADABLE
from eligibility.cli.options import (
    Added,
    Color,
    Colour,
    Columns,
    FailOn,
    Lang,
    Language,
    Rules,
    Usage,
    Vacancies,
    WrittenDays,
    deliver,
    file_asked,
    inputs_of,
    load_library,
    moment,
    pick,
    rule_folder,
    tell,
    unwritable,
    words_for,
)
from eligibility.cli.progress import watched
from eligibility.cli.terminal import complain, style_of
from eligibility.columns.desk import TableDesk, wanted
from eligibility.diagnostic import Diagnostic, Problems
from eligibility.loading.added import read_added
from eligibility.loading.files import open_ordinary
from eligibility.loading.vocabularies import unknown_to
from eligibility.reference import Reference, load_reference
from eligibility.reporters import Style
from eligibility.wording import Words

EPILOG = "Example: eligibility batch class.csv --on 2024-03-20 --date-format DD/MM/YYYY -o class.xlsx -o class.html"


class Shape(StrEnum):
    """The formats of standard output."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"


class Table(StrEnum):
    """The tables of CSV and Parquet."""

    MATRIX = "matrix"
    NEXT = "next"
    LONG = "long"
    CHANGES = "changes"


class Fails(StrEnum):
    """What makes the exit code 1."""

    NOT_ELIGIBLE = "not-eligible"
    INCOMPLETE = "incomplete"
    CLOSED = "closed"
    CHANGED = "changed"


class Asked(NamedTuple):
    """What was asked for, whichever command it came from."""

    people: Sequence[str]
    rules: str | None = None
    vacancy: Sequence[str] = ()
    on: str | None = None
    lang: Language | None = None
    columns: str | None = None
    date_format: str | None = None
    output: Sequence[str] = ()
    per_person: str | None = None
    table: str = "matrix"
    form: str = "text"
    delimiter: str | None = None
    reasons: bool = True
    nearly: int | None = None
    anonymise: bool = False
    fail_on: Sequence[str] = ()
    jobs: int | None = None
    color: str = "auto"
    strict: bool = False
    added: Sequence[str] = ()
    against: str | None = None
    tells_unclear: bool = True
    redact: bool = False
    before: str | None = None


def command(
    people: Annotated[
        list[str], typer.Argument(metavar="PEOPLE...", help="Folders of profiles, tables, JSON Lines, or - for one profile.")
    ],
    rules: Rules = None,
    vacancy: Vacancies = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="Day of application (default: this instant).")] = None,
    lang: Lang = None,
    columns: Columns = None,
    date_format: WrittenDays = None,
    output: Annotated[
        list[str] | None, typer.Option("--output", "-o", metavar="FILE", help=f"Write {', '.join(SUFFIXES)}; may be repeated.")
    ] = None,
    table: Annotated[Table, typer.Option("--table", help="For CSV and Parquet: a row per person, vacancy or criterion.")] = Table.MATRIX,
    form: Annotated[Shape, typer.Option("--format", "-f", help="What standard output gets.")] = Shape.TEXT,
    csv_delimiter: Annotated[
        str | None, typer.Option("--csv-delimiter", metavar="MARK", help="Between cells (default: ; in French, else a comma).")
    ] = None,
    reasons: Annotated[bool, typer.Option("--reasons/--no-reasons", help="Sentences, or only codes, which is faster.")] = True,
    nearly: Annotated[
        int | None, typer.Option("--nearly", metavar="N", min=0, help="List who misses at most N criteria (default: 1).")
    ] = None,
    anonymise: Annotated[bool, typer.Option("--anonymise", help="Codes for names, ids and files, in every output.")] = False,
    redact: Annotated[
        bool, typer.Option("--redact", help="Codes, and no dates of birth, nor any day or age that follows from them.")
    ] = False,
    per_person: Annotated[str | None, typer.Option("--per-person", metavar="DIR", help="A page for each person.")] = None,
    fail_on: Annotated[
        list[Fails] | None, typer.Option("--fail-on", help="Exit with 1 when a vacancy ends so, or an answer has changed; may be repeated.")
    ] = None,
    added: Added = None,
    against: Annotated[
        str | None,
        typer.Option("--against", metavar="FILE", help="An earlier answer (.json): tells whose answer has changed since, and why."),
    ] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", metavar="N", min=1, help="Processes (default: one per processor).")] = None,
    color: Color = Colour.AUTO,
    strict: Annotated[bool, typer.Option("--strict", help="A cell that cannot be read costs the person, not only its field.")] = False,
) -> int:
    """Check many people at once, from folders and spreadsheets."""
    return answer(
        Asked(
            people, rules, vacancy or (), on, lang, columns, date_format, output or (), per_person, table, form, csv_delimiter,
            reasons, nearly, anonymise, fail_on or (), jobs, color, strict, added=added or (), against=against, redact=redact,
        )
    )  # fmt: skip


def answer(asked: Asked, text_file: str | None = None, between: Between | None = None) -> int:
    """Do what was asked and return the exit code. `text_file` is where the answer goes instead of standard output; with `between`, which
    counts what is otherwise than by the rule `asked.before`, whoever asked tells it."""
    if asked.redact:
        asked = asked._replace(anonymise=True)
    gc.freeze()
    gc.set_threshold(50_000, 10, 50)  # what reports leave behind has few cycles
    gc.enable()  # `main` turned it off for short work
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")  # Arrow's own keeps what was freed: a fifth more for many people
    machine = asked.form != "text"
    words = words_for(asked.lang, locale=not machine)
    reference = load_reference()
    when = moment(asked.on, words)
    library = load_library(asked.rules, reference, words)
    if not library.vacancies:
        complain(words.text("no_vacancy"))
        return UNREADABLE if library.unread else NOTHING
    chosen = pick(library, list(asked.vacancy), words)
    outputs = _outputs(asked, words, text_file)
    inputs = inputs_of(*asked.people, rule_folder(asked.rules), asked.columns, asked.against)
    last = _last(asked, words)
    notices: list[Diagnostic] = []

    def noticed(problem: Diagnostic) -> None:
        notices.append(problem)
        tell([problem], words)

    try:
        choices = _choices(asked, reference, words)
        opened = open_all(asked.people, choices, noticed, asked.anonymise)
        source = _source(asked, words)
        against = None if last is None else Against(last, asked.anonymise)
        about = About(chosen, when, words, reference, source, asked.anonymise, against, asked.redact, asked.added)
        known = [one for added in read_added(asked.added, reference) for one in unknown_to(library.vacancies, added, reference)]
        tell(known, words)
        job = Job(
            tuple(vacancy.file or "" for vacancy in chosen),
            when,
            words.language,
            tuple(one.reader for one in opened),
            tuple(one.choice for one in outputs),
            asked.reasons and any(wants_points(one.choice) for one in outputs),
            asked.anonymise,
            0 if machine else 1 if asked.nearly is None else asked.nearly,
            frozenset(asked.vacancy),
            source,
            tuple(asked.added),
            last,
            asked.redact,
            () if asked.before is None else (asked.before,),
        )
        tally = Tally(len(chosen), job.nearly, asked.nearly is not None)
        processes = asked.jobs or _processors()
        watch = watched(lambda: sum(one.size() for one in opened), words)
        if between is not None:
            watch = partial(_both, between.watch, watch)
        desk = TableDesk if wanted(job) else AskingDesk if job.reasons else Desk
        counts = run(opened, job, outputs, about, noticed, tally, processes, watch, notices, inputs, desk)
    except Problems as error:
        tell(error.diagnostics, words)
        return UNREADABLE
    except NobodyToRead as error:
        tell(error.diagnostics, words)
        return UNREADABLE
    except MissingExtra as error:
        complain(error.told(words))
        return UNREADABLE
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.filename is None:  # standard output
            raise
        raise Usage(unwritable(error, error.filename, words), param_hint="--output") from None
    if not tally.people and not tally.unread:
        tables = next((found for one in asked.people if os.path.isdir(one) and (found := tables_of(one))), None)
        complain(words.text("batch.nobody") if tables is None else words.text("batch.only_tables", file=tables[0]))
        return NOTHING
    if machine and tally.unclear.told:
        place = "input-1" if asked.anonymise else asked.people[0]
        tell([*islice(tally.unclear.notices(place), _WORDS_TOLD)], words)
    if not machine and between is None:
        style = style_of(sys.stdout, asked.color)
        written = [(one.path or "", _what(one, number, words)) for one, number in zip(outputs, counts, strict=True) if one.path]
        deliver(summary(tally, about, written, library.unread, style), text_file, style if text_file is None else Style(), words, inputs)
    if tally.unread or library.unread:
        return UNREADABLE
    unclear = asked.tells_unclear and tally.unclear.told
    changed = Fails.CHANGED in asked.fail_on and (tally.moved.otherwise or (about.against is not None and about.against.left))
    return FINDINGS if unclear or changed or any(tally.found(_LETTERS[one]) for one in asked.fail_on if one in _LETTERS) else OK


Watch = Callable[[Iterator[Done]], Iterator[Done]]


def _both(one: Watch, other: Watch, everybody: Iterator[Done]) -> Iterator[Done]:
    """Everybody passes both."""
    return one(other(everybody))


_WORDS_TOLD = 20
_LETTERS = {str(Fails.NOT_ELIGIBLE): "nN", str(Fails.INCOMPLETE): "mM", str(Fails.CLOSED): "EMN"}


_MAX_LAST = 1_000_000_000
"""The largest earlier answer that is read, in bytes: some hundred thousand people."""


def _whole(path: str) -> bytes:
    """All of a file that is no larger than that. Raises NoAnswer, and `Problems` for what is no ordinary file."""
    with open_ordinary(path) as file:
        text = file.read(_MAX_LAST + 1)
    if len(text) > _MAX_LAST:
        raise NoAnswer("since.too_large")
    return text


def _last(asked: Asked, words: Words) -> Last | None:
    """The earlier answer to compare with. What makes no sense beside it, or without it, is a usage error."""
    if asked.added and asked.against is not None:
        raise Usage(words.text("since.two_questions"), param_hint="--against")
    if not asked.added and asked.against is None and asked.before is None:
        if asked.table == "changes":
            raise Usage(words.text("since.of_what", value="changes"), param_hint="--table")
        if Fails.CHANGED in asked.fail_on:
            raise Usage(words.text("since.of_what", value="changed"), param_hint="--fail-on")
        return None
    if asked.against is None:
        return None
    try:
        return read_last(_whole(asked.against))
    except Problems as error:
        tell(error.diagnostics, words)
        raise typer.Exit(UNREADABLE) from None
    except NoAnswer as error:
        raise Usage(words.text(str(error), file=asked.against), param_hint="--against") from None


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _outputs(asked: Asked, words: Words, text_file: str | None) -> list[Output]:
    """Every output asked for, the folder of pages and standard output among them."""
    delimiter = asked.delimiter or (";" if words.language == "fr" else ",")
    delimiter = {"\\t": "\t", "tab": "\t"}.get(delimiter, delimiter)
    if len(delimiter) != 1 or delimiter in "\"\r\n'" or delimiter.isalnum():
        raise Usage(words.text("batch.no_delimiter", mark=asked.delimiter), param_hint="--csv-delimiter")
    outputs, seen = [], {os.path.realpath(path) for path in asked.people if path != "-" and not os.path.isdir(path)}
    for path in asked.output:
        if file_asked(path) is None:  # it gets what --format says anyhow
            continue
        form = format_of(path)
        if form is None:
            raise Usage(words.text("batch.no_format", file=path, known=", ".join(SUFFIXES)), param_hint="--output")
        if os.path.realpath(path) in seen:
            raise Usage(words.text("batch.written_twice", file=path), param_hint="--output")
        seen.add(os.path.realpath(path))
        if (folder := _folder_around(path, asked.people)) is not None:
            raise Usage(words.text("batch.among", file=path, folder=folder), param_hint="--output")
        outputs.append(Output(Choice(form, asked.table, delimiter), path))
    if asked.per_person is not None:
        outputs.append(Output(Choice("pages"), asked.per_person))
    if asked.form != "text":
        choice = Choice(asked.form, asked.table, delimiter)
        outputs.append(Output(choice, text_file) if text_file else Output(choice, None, getattr(sys.stdout, "buffer", None)))
    return outputs


def _folder_around(path: str, people: Sequence[str]) -> str | None:
    """The folder of people in which a table stands already where an output is to be: not read, but as likely somebody's as the profiles."""
    if not is_table(path) or not os.path.lexists(path):
        return None
    place = os.path.realpath(path)
    return next((one for one in people if os.path.isdir(one) and place.startswith(os.path.join(os.path.realpath(one), ""))), None)


def _choices(asked: Asked, reference: Reference, words: Words) -> Choices:
    """How tables are read. Raises `Problems` for a map that is wrong."""
    reading = Reading(strict=asked.strict)
    if asked.date_format is not None:
        try:
            reading = Reading(DateFormat(asked.date_format), strict=asked.strict)
        except BadFormat:
            message, hint = words.problem("E613", {"value": asked.date_format})
            raise Usage(f"{message}; {hint}", param_hint="--date-format") from None
    mapped = read_map(asked.columns)[0] if asked.columns is not None else None
    return Choices(reference, mapped, reading)


def _source(asked: Asked, words: Words) -> str:
    """What the answer rests on, in words."""
    names = list(dict.fromkeys(asked.people))
    if asked.anonymise:
        return words.count("batch.inputs", len(names))
    return words.both(names) if len(names) <= 3 else words.text("batch.and_more", first=names[0], number=len(names) - 1)


def _what(output: Output, number: int, words: Words) -> str:
    """What an output holds."""
    choice = output.choice
    if choice.format == "pages":
        return words.text("batch.what.pages", n=number, number=words.number(number))
    key = f"{choice.format}.{choice.table}" if choice.format in ("csv", "parquet") else choice.format
    return words.text(f"batch.what.{key}")


def check_several(
    profiles: Sequence[str], rules: str | None, vacancy: Sequence[str], on: str | None, lang: Language | None, form: str,
    output: str | None, fail_on: Sequence[FailOn], color: str, redact: bool = False,
) -> int:  # fmt: skip
    """`check` with several profiles."""
    asked = Asked(profiles, rules, vacancy, on, lang, form=form, fail_on=fail_on, color=color, tells_unclear=False, redact=redact)
    return answer(asked, output)
