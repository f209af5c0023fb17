"""`eligibility import`: a CV that another program wrote, read into a profile."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from shlex import quote
from typing import Annotated

import typer

from eligibility.authoring.skeleton import modeline
from eligibility.cli import OK, UNREADABLE
from eligibility.cli.new_files import schema_above
from eligibility.cli.options import Lang, Rules, deliver, file_asked, inputs_of, load_library, moment, refuse_output, tell, words_for
from eligibility.cli.terminal import complain, style_of
from eligibility.diagnostic import Problems
from eligibility.importing.draft import Draft
from eligibility.loading.loaded import Loaded
from eligibility.reference import Reference, load_reference
from eligibility.reporters.layout import wrapped
from eligibility.wording import Words

EPILOG = "Example: eligibility import resume.json -o me.yaml"
_QUESTIONS = 3


def command(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="A CV: JSON Resume, Europass (JSON or XML), a LinkedIn export (folder, zip), a table with --row. Several are one person.",
        ),
    ],
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write the profile to this file (default: standard output).")
    ] = None,
    row: Annotated[
        str | None, typer.Option("--row", metavar="ROW", help="Of a table: the number of the row, or the name or id in it.")
    ] = None,
    columns: Annotated[str | None, typer.Option("--columns", metavar="MAP", help="Of a table: the map of its columns.")] = None,
    rules: Rules = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day on which the questions are asked.")] = None,
    lang: Lang = None,
) -> int:
    """Read a CV into a profile. What is in doubt has a comment beside it, what found no place is listed, and nothing is made up."""
    words, reference, output = words_for(lang), load_reference(), file_asked(output)
    when = moment(on, words)
    inputs = inputs_of(*files, columns)
    if output is not None:
        refuse_output(output, words, inputs)
    found = _read(files, row, columns, reference, when, words)
    if found is None:
        return UNREADABLE
    draft, loaded = found
    from eligibility.importing.written import profile_text

    name = "profile.schema.json"
    known = schema_above(os.path.dirname(os.path.abspath(output or "here")), name)
    text = profile_text(draft, words, None if known is None else modeline(known))
    deliver(text, output, style_of(sys.stdout, "never"), words, inputs)
    _tell(draft, words, output)
    _ask(loaded, rules, when, reference, words)
    if output is not None:
        given = {"--rules": rules, "--on": on, "--lang": lang}
        options = [f" {option} {quote(str(value))}" for option, value in given.items() if value is not None]
        complain(words.text("import.next", command=f"eligibility check {quote(output)}{''.join(options)}"))
    return OK


def _read(
    files: list[str], row: str | None, columns: str | None, reference: Reference, when: date | datetime, words: Words
) -> tuple[Draft, Loaded] | None:
    """What the files say, settled; None where they could not be read, which was told."""
    from eligibility.batch.extras import MissingExtra
    from eligibility.importing.files import read_cv
    from eligibility.importing.settling import settle

    today = when.date() if isinstance(when, datetime) else when
    try:
        draft = read_cv(files, row, columns, reference, today)
    except Problems as error:
        tell(error.diagnostics, words)
        return None
    except MissingExtra as error:
        complain(error.told(words))
        return None
    return draft, settle(draft, reference, today)


def _tell(draft: Draft, words: Words, output: str | None) -> None:
    """What was read and what was not, in a few lines on standard error."""
    from eligibility.importing.written import left_out

    data = draft.data
    counts = [_count(name, len(data[name]), words) for name in draft.lists if name in data]
    shown = words.both([path for path, _ in draft.forms])
    say(words.text("import.read", files=shown, what=words.both(counts) or words.text("nothing_listed")), words)
    doubts = sum(map(len, draft.doubts.values())) + sum(len(one.doubts) for entries in draft.lists.values() for one in entries)
    if doubts:
        say(words.text("import.doubts", n=doubts, number=doubts), words)
    if draft.unplaced:
        say(left_out(draft, words), words)
    if output is not None:
        complain(words.text("new.written", path=output))


def _count(name: str, number: int, words: Words) -> str:
    """`4 jobs`."""
    return words.first((f"import.count.{name}", "import.count.other"), n=number, number=number, name=name)


def say(text: str, words: Words) -> None:
    """A sentence on standard error, in lines that fit."""
    for line in wrapped(text, style_of(sys.stderr, "never").width):
        complain(line)


def _ask(loaded: Loaded, rules: str | None, when: date | datetime, reference: Reference, words: Words) -> None:
    """The questions on which most answers hang, of the vacancies that are open, else of all."""
    if loaded.model is None:
        return
    from eligibility.importing.questions import most_wanted

    library = load_library(rules, reference, words)
    asked = most_wanted(loaded.model, library.vacancies, when, reference)[:_QUESTIONS]
    if not asked:
        return
    say(words.text("import.questions", n=len(asked)), words)
    for number, one in enumerate(asked, 1):
        key = "import.question" if one.question.path else "import.question.plain"
        text = words.text(key, text=one.question.text(words.language), path=one.question.path, n=one.vacancies, of=one.of)
        for line in wrapped(text, style_of(sys.stderr, "never").width, f"{number}. ", "   "):
            complain(line)
