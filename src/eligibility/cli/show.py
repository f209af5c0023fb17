"""`eligibility show`: one vacancy in plain words."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from eligibility.cli import NOTHING, OK, UNREADABLE
from eligibility.cli.options import Lang, Rules, Usage, load_library, pick, vacancy_ids, words_for
from eligibility.cli.terminal import complain, style_of, write
from eligibility.columns import supports
from eligibility.reference import load_reference
from eligibility.reporters.describe import Describer
from eligibility.reporters.layout import wrapped
from eligibility.reporters.notice_text import Beside
from eligibility.reporters.notice_text import lines as notice_lines
from eligibility.reporters.plan import plan_lines
from eligibility.vacancy import Vacancy
from eligibility.wording import Words

EPILOG = "Example: eligibility show icesco-p039 --lang fr"


def command(
    vacancy: Annotated[
        str, typer.Argument(metavar="VACANCY", autocompletion=vacancy_ids, help="The id of the vacancy (see eligibility list).")
    ],
    plan: Annotated[bool, typer.Option("--plan", help="Show what will be decided, in order, with what is shared.")] = False,
    notice: Annotated[
        bool, typer.Option("--notice", help="Show the text of the notice, and beside each condition the criterion that says it.")
    ] = False,
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
    if plan and notice:
        raise Usage(words.text("show.notice_or_plan"), param_hint="--notice")
    if notice:
        found = _beside(chosen, words)
        if found is None:
            return NOTHING
        describer = Describer(chosen, words, reference, style.width, style.ascii)
        lines = notice_lines(found, describer, words, style.width, style.ascii)
    elif plan:
        alone = supports.alone(chosen, chosen.parsed(reference))
        lines = plan_lines(chosen, words, reference, style.width, alone, style.ascii)
    else:
        lines = Describer(chosen, words, reference, style.width, style.ascii).lines()
    write("".join(f"{line.rstrip()}\n" for line in lines), sys.stdout, style)
    return UNREADABLE if library.unread else OK


def _beside(vacancy: Vacancy, words: Words) -> Beside | None:
    """The notice and the rule file; None, and a sentence, where the text of the notice is not there."""
    from eligibility.checks.notices import beside, notice_path, notice_text

    document = vacancy.notice.document if vacancy.notice else None
    path = notice_path(vacancy, vacancy.file) if vacancy.file else None
    text = notice_text(path) if path is not None else None
    if document is None or text is None:
        said = words.text("notice.not_there", document=document, path=vacancy.file) if document else words.text("notice.not_named")
        for line in wrapped(said, style_of(sys.stderr, "never").width):
            complain(line)
        return None
    return beside(vacancy, document, text)
