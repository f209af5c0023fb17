"""`eligibility list`: the vacancies there are rules for."""

from __future__ import annotations

import sys
from datetime import date

from eligibility.cli import NOTHING, OK, UNREADABLE
from eligibility.cli.options import Lang, Rules, SeenFrom, load_library, moment, repeated, words_for
from eligibility.cli.terminal import complain, style_of, write
from eligibility.ready import made_ready
from eligibility.reference import load_reference
from eligibility.reporters.layout import safe, wrapped
from eligibility.reporters.period import closing_words, opening_words
from eligibility.verdict import Closing

EPILOG = "Example: eligibility list --lang fr"


def command(rules: Rules = None, on: SeenFrom = None, lang: Lang = None) -> int:
    """List the vacancies: name, id, and when each closes or has closed."""
    words, reference = words_for(lang), load_reference()
    when = moment(on, words)
    library = load_library(rules, reference, words)
    if not library.vacancies:
        complain(words.text("no_vacancy_read" if library.unread else "no_vacancy"))
        return UNREADABLE if library.unread else NOTHING
    style = style_of(sys.stdout, "never")
    lines: list[str] = []
    last_days: list[date] = []
    for vacancy in sorted(library.vacancies, key=lambda one: one.id):
        organisation = words.of(vacancy.organisation)
        title = words.of(vacancy.title)
        lines += wrapped(safe(f"{title}, {organisation}" if organisation else title), style.width, "", "  ")
        lines.append(f"  {safe(vacancy.id)}")  # to be copied: never broken
        if opening := opening_words(vacancy, words, reference, when):
            lines += wrapped(safe(opening), style.width, "  ")
        if "deadline" in vacancy.dates:
            last_day, closing = made_ready(vacancy, reference).asked_at(when, on_last_day=True)
            if closing is Closing.CLOSED:
                last_days.append(last_day)
            lines += wrapped(safe(closing_words(vacancy, words, reference, closing is Closing.CLOSED)), style.width, "  ")
    if len(last_days) == len(library.vacancies):
        lines += ["", *wrapped(words.text("list.all_closed"), style.width)]
        lines.append(" ".join(["  eligibility list", f"--on {max(last_days):%Y-%m-%d}", *repeated({"--rules": rules, "--lang": lang})]))
    write("".join(f"{line}\n" for line in lines), sys.stdout, style)
    return UNREADABLE if library.unread else OK
