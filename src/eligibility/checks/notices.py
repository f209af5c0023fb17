"""A rule file beside the text of its notice: where that lies, and which sentence each criterion points to."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

from eligibility.application_period import told_day
from eligibility.diagnostic import Problems
from eligibility.loading.files import STDIN_NAME, read_source
from eligibility.reporters.notice_text import Beside, Said
from eligibility.vacancy import Vacancy

if TYPE_CHECKING:
    from eligibility.notices.days import Days
    from eligibility.notices.find import Finding


def notice_path(vacancy: Vacancy, file: str) -> str | None:
    """Where the text of the notice lies: beside the rule file or in `notices` beside it; no path leads out of these folders."""
    name = vacancy.notice.document if vacancy.notice else None
    if not name or file == STDIN_NAME or os.path.basename(name) != name or not name.endswith((".txt", ".md")):
        return None
    paths = (os.path.join(os.path.dirname(file), folder, name) for folder in ("", "notices"))
    return next((path for path in paths if os.path.isfile(path)), None)


def notice_text(path: str) -> str | None:
    """The text of a notice; None where there is nothing to read."""
    try:
        return read_source(path).data.decode("utf-8", "replace")
    except Problems:
        return None


def beside(vacancy: Vacancy, document: str, text: str) -> Beside:
    """The sentences of a notice that look like conditions, or that the rule file points to, each with the criteria that say it."""
    from eligibility.notices.notice import read_notice
    from eligibility.notices.passages import Passage
    from eligibility.notices.pointed import Entry, Pointed, quotable, quoted_at

    notice = read_notice(text)
    owners: list[int | None] = []
    entries: list[Entry] = []
    for number, raw in enumerate(vacancy.criteria):
        for quote, clause in _told(raw):
            owners.append(number)
            entries.append(Entry(quote, clause))
    for one in vacancy.information:
        owners.append(None)
        entries.append(Entry(None, one.clause))
    looks = {(one.line, one.text): (one, post.days) for post in notice.posts for one in post.findings}
    sentences = []
    for part, by in zip(notice.parts, Pointed(text, notice.parts).pointed(entries), strict=True):
        found = looks.get((part.line, part.text))
        if by or found is not None:
            last = found[0].last if found is not None else part.last if isinstance(part, Passage) else part.line
            closes = found is not None and not by and gives_the_deadline(*found, vacancy)
            criteria = tuple(dict.fromkeys(owner for index in by if (owner := owners[index]) is not None))
            sentences.append(Said(part.text, part.line, last, criteria, any(owners[index] is None for index in by), closes))
    whole = quotable(text)
    lost = [
        owner
        for owner, entry in zip(owners, entries, strict=True)
        if owner is not None and entry.quote and quoted_at(entry.quote, whole) is None
    ]
    return Beside(document, sentences, list(dict.fromkeys(lost)))


def _told(raw: object) -> list[tuple[str | None, str | None]]:
    """The quotation and the clause of a criterion, and those of the parts of a group."""
    if isinstance(raw, list):
        return [one for part in raw for one in _told(part)]
    if not isinstance(raw, dict):
        return []
    quote, clause = raw.get("quote"), raw.get("clause")
    own = [(quote if isinstance(quote, str) else None, clause if isinstance(clause, str) else None)]
    return [*(own if own != [(None, None)] else []), *(one for value in raw.values() for one in _told(value))]


def gives_the_deadline(one: Finding, days: Days, vacancy: Vacancy) -> bool:
    """Whether a sentence only speaks of a deadline, and gives none that the rule file does not give."""
    if one.about[:1] != ("deadline",):
        return False
    deadline = told_day(vacancy, "deadline")
    said = [closing for closing in days.closings if closing.line == one.line]
    if deadline is not None and not said:
        return True
    given = {closing.day for closing in deadline.closings} if deadline is not None else set()
    return any(date.fromisoformat(closing.at[:10]).toordinal() in given for closing in said)
