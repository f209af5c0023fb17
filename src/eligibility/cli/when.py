"""`eligibility when`: since when and until when a person may apply."""

# Without `from __future__ import annotations`: Typer evaluates each annotation that is a text, which takes longer.

import sys
from enum import StrEnum
from shlex import quote
from typing import Annotated

import typer

from eligibility.cli import OK, UNREADABLE
from eligibility.cli.one_person import read_person
from eligibility.cli.options import (
    Color,
    Colour,
    Lang,
    Rules,
    SeenFrom,
    Vacancies,
    deliver,
    file_asked,
    inputs_of,
    moment,
    repeated,
    rule_folder,
    words_for,
)
from eligibility.cli.terminal import style_of
from eligibility.facts import ProfileFacts
from eligibility.reference import load_reference
from eligibility.reporters import Style
from eligibility.reporters.when import Shown, as_json, as_text
from eligibility.when import when

EPILOG = "Example: eligibility when me.yaml --vacancy icesco-p039"


class Shape(StrEnum):
    """The formats of the answer."""

    TEXT = "text"
    JSON = "json"


def command(
    profile: Annotated[str, typer.Argument(metavar="PROFILE", help="The profile file (YAML), or - for standard input.")],
    rules: Rules = None,
    vacancy: Vacancies = None,
    on: SeenFrom = None,
    lang: Lang = None,
    form: Annotated[Shape, typer.Option("--format", "-f", help="The shape of the answer.")] = Shape.TEXT,
    output: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Write the answer to this file.")] = None,
    color: Color = Colour.AUTO,
) -> int:
    """Tell since when and until when a person may apply, if nothing else changes."""
    output = file_asked(output)
    words, reference = words_for(lang), load_reference()
    day = moment(on, words)
    person = read_person(profile, rules, vacancy or [], day, reference, words)
    facts = ProfileFacts(person.profile, reference)
    options = repeated({"--on": on, "--rules": rules, "--lang": lang})
    style = style_of(sys.stdout, color) if output is None else Style()
    shown = Shown(
        [when(one, person.profile, day, reference, facts) for one in person.vacancies], words, reference, person.loaded.document.name,
        facts.birth, person.vacancies, person.unread, style, person.said, person.not_understood,
        () if profile == "-" else ("eligibility ask", quote(profile), *(f"--vacancy {quote(one)}" for one in vacancy or ()), *options),
    )  # fmt: skip
    text = as_text(shown) if form is Shape.TEXT else as_json(shown)
    deliver(text, output, style if form is Shape.TEXT else style._replace(colour=False), words, inputs_of(profile, rule_folder(rules)))
    return UNREADABLE if person.unread else OK
