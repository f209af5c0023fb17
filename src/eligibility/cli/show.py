"""`eligibility show`: one vacancy in plain words."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from eligibility.cli import NOTHING, OK, UNREADABLE
from eligibility.cli.options import Lang, Rules, load_library, pick, words_for
from eligibility.cli.terminal import complain, style_of, write
from eligibility.columns import supports
from eligibility.reference import load_reference
from eligibility.reporters.describe import Describer
from eligibility.reporters.plan import plan_lines

EPILOG = "Example: eligibility show icesco-p039 --lang fr"


def command(
    vacancy: Annotated[str, typer.Argument(metavar="VACANCY", help="The id of the vacancy (see eligibility list).")],
    plan: Annotated[bool, typer.Option("--plan", help="Show what will be decided, in order, with what is shared.")] = False,
    rules: Rules = None,
    lang: Lang = None,
) -> int:
    """Show what one vacancy asks, before any profile exists."""
    words, reference = words_for(lang), load_reference()
    library = load_library(rules, reference, words)
    if not library.vacancies:
        complain(words.text("no_vacancy_read" if library.unread else "no_vacancy"))
        return UNREADABLE if library.unread else NOTHING
    [chosen] = pick(library, [vacancy], words, "VACANCY")
    style = style_of(sys.stdout, "never")
    if plan:
        alone = supports.alone(chosen, chosen.parsed(reference))
        lines = plan_lines(chosen, words, reference, style.width, alone, style.ascii)
    else:
        lines = Describer(chosen, words, reference, style.width, style.ascii).lines()
    write("".join(f"{line.rstrip()}\n" for line in lines), sys.stdout, style)
    return UNREADABLE if library.unread else OK
