"""`eligibility new`: the first lines of a rule file or of a profile, so that nobody begins with an empty page."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from shlex import quote
from typing import Annotated

import typer

from eligibility.authoring.skeleton import modeline, skeleton, slug
from eligibility.cli import OK, UNREADABLE
from eligibility.cli.new_files import refuse_unless_new, schema_above, stem
from eligibility.cli.options import Lang, Rules, Usage, load_library, put, words_for
from eligibility.cli.terminal import complain, style_of, write
from eligibility.loading.files import read_source
from eligibility.loading.loaded import Loaded
from eligibility.reference import load_reference
from eligibility.reporters.layout import wrapped
from eligibility.schema.shipped import shipped
from eligibility.wording import Words

EPILOG = "Example: eligibility new profile me.yaml"


class What(StrEnum):
    """The files one can begin."""

    VACANCY = "vacancy"
    PROFILE = "profile"


def command(
    what: Annotated[What, typer.Argument(metavar="WHAT", help="vacancy or profile.")],
    file: Annotated[str | None, typer.Argument(metavar="FILE", help="The file to write (default: standard output).")] = None,
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="NOTICE", help="Draft the vacancy from the text of its notice (.txt, .md; - is standard input)."),
    ] = None,
    output: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="The same as FILE.")] = None,
    rules: Rules = None,
    lang: Lang = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
) -> int:
    """Begin a rule file or a profile. It is a valid skeleton with comments; on a terminal, a profile is asked for question by question.
    With --from, a vacancy is drafted from the text of its notice: everything that looks like a condition, to be compared with it."""
    words = words_for(lang)
    if file is not None and output is not None and file != output:
        raise Usage(words.text("new.two_files", first=file, second=output), param_hint="--output")
    file = file if file is not None else output
    target = None if file in (None, "-") else file
    if source is not None:
        from eligibility.cli.new_from import draft_from

        if what is not What.VACANCY:
            raise Usage(words.text("new.from_what", path=source), param_hint="--from")
        return draft_from(source, target, force, words, lang)
    if rules is not None and what is not What.PROFILE:
        raise Usage(words.text("new.rules"), param_hint="--rules")
    begun = _begun(what, target, force, words)
    if target is not None and begun is None:
        refuse_unless_new(target, force, words)
    folder = os.path.dirname(os.path.abspath(target or "here"))
    name = f"{what}.schema.json"
    known = schema_above(folder, name)
    text = _text(what, words, known or name, target, rules, begun)
    if target is None:
        write(text, sys.stdout, style_of(sys.stdout, "never"))
        if known is None:
            complain(words.text("new.schema_needed", command=f"eligibility schema {what} > {name}"))
        return OK
    put(target, text, words, hint="FILE")
    complain(words.text("new.written", path=target))
    if known is None and begun is None:
        beside = os.path.join(os.path.dirname(target), name)
        put(beside, shipped("schema", f"{what}.schema.json"), words, hint="FILE")
        complain(words.text("new.schema_written", path=beside))
    show = f"show {slug(stem(target))} --rules {quote(target)}"
    follow = show if what is What.VACANCY else f"check {quote(target)}"
    complain(words.text(f"new.next.{what}", command=f"eligibility {follow}{f' --lang {lang}' if lang else ''}"))
    return OK


def _on_a_terminal(what: What) -> bool:
    """Whether somebody is there to be asked for a profile."""
    return what is What.PROFILE and sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def _begun(what: What, target: str | None, force: bool, words: Words) -> Loaded | None:
    """The profile that is in the file already, and can go on."""
    if target is None or force or not _on_a_terminal(what) or not os.path.isfile(target):
        return None
    from eligibility.cli.one_person import readable
    from eligibility.loading.models import open_profile

    loaded = readable(lambda: open_profile(target, load_reference()), words)
    for line in wrapped(words.text("new.goes_on", path=target), style_of(sys.stderr, "never").width):
        complain(line)
    return loaded


def _text(what: What, words: Words, schema: str, target: str | None, rules: str | None, begun: Loaded | None) -> str:
    """A skeleton; for a profile on a terminal, what was answered there, after what was in the file before."""
    if _on_a_terminal(what):
        from eligibility.authoring.answers import Understanding
        from eligibility.authoring.edited import NotEdited
        from eligibility.authoring.going_on import gone_on
        from eligibility.authoring.interview import Interview, Stopped
        from eligibility.authoring.wanted import wanted_by
        from eligibility.authoring.written import written

        reference = load_reference()
        wanted = wanted_by(load_library(rules, reference, words).vacancies, reference)
        prompt = _Prompt(words, style_of(sys.stderr, "never").width)
        known = begun.document.data if begun is not None else {}
        try:
            profile = Interview(prompt.ask, prompt.say, Understanding(words, reference), wanted, known).profile()
            if begun is None:
                return f"{modeline(schema)}\n{written(profile)}"
            if not profile:
                raise Stopped
            return gone_on(read_source(begun.document.name).data.decode("utf-8"), begun.document.data, profile)
        except Stopped:
            complain(words.text("new.nothing"))
            raise typer.Exit(OK) from None
        except NotEdited as error:
            complain(words.text("new.cannot_go_on", lines=str(error)))
            raise typer.Exit(UNREADABLE) from None
    return skeleton(str(what), words, schema, slug(stem(target or "")))


class _Prompt:
    """Questions and sentences on the terminal, in lines that fit; standard output stays free for the file."""

    def __init__(self, words: Words, width: int) -> None:
        self._colon = words.text("colon")
        self._width = width

    def ask(self, question: str) -> str:
        """One question, answered. Raises Abort on Ctrl-C."""
        indent = question[: len(question) - len(question.lstrip())]
        *before, last = wrapped(f"{question.strip()}{self._colon}", self._width - 1, indent, indent)
        for line in before:
            complain(line)
        try:
            return str(typer.prompt(last, default="", show_default=False, prompt_suffix=" ", err=True))
        except UnicodeDecodeError:
            return "\udc80"  # stands for bytes that are no text: refused as they are where Python hands them on

    def say(self, text: str) -> None:
        indent = text[: len(text) - len(text.lstrip())]
        for line in (text,) if indent else wrapped(text, self._width):
            complain(line)
