"""`eligibility list`: the vacancies there are rules for."""

from __future__ import annotations

import sys

from eligibility.cli import NOTHING, OK, UNREADABLE
from eligibility.cli.options import Lang, Rules, load_library, words_for
from eligibility.cli.terminal import complain, style_of, write
from eligibility.reference import load_reference
from eligibility.reporters.describe import closing_words
from eligibility.reporters.layout import safe, wrapped

EPILOG = "Example: eligibility list --lang fr"


def command(rules: Rules = None, lang: Lang = None) -> int:
    """List the vacancies: name, id and closing date."""
    words, reference = words_for(lang), load_reference()
    library = load_library(rules, reference, words)
    if not library.vacancies:
        complain(words.text("no_vacancy_read" if library.unread else "no_vacancy"))
        return UNREADABLE if library.unread else NOTHING
    style = style_of(sys.stdout, "never")
    lines: list[str] = []
    for vacancy in sorted(library.vacancies, key=lambda one: one.id):
        organisation = words.of(vacancy.organisation)
        title = words.of(vacancy.title)
        lines += wrapped(safe(f"{title}, {organisation}" if organisation else title), style.width, "", "  ")
        lines.append(f"  {safe(vacancy.id)}")  # to be copied: never broken
        if "deadline" in vacancy.dates:
            lines += wrapped(safe(closing_words(vacancy, words, reference)), style.width, "  ")
    write("".join(f"{line}\n" for line in lines), sys.stdout, style)
    return UNREADABLE if library.unread else OK
