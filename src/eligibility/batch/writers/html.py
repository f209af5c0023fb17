"""One self-contained HTML page of a batch, which asks nothing of anybody.

`page.html` is the page, `page.css` its style, `page.js` the only script: the content security policy of the page allows these by their
hashes and nothing else. Every text goes through `safe` and is escaped; the script writes text, never markup.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from unicodedata import normalize

from eligibility._version import VERSION
from eligibility.batch.results import Cell, Row
from eligibility.batch.unclear import CODES, Unclear, columns_of, hanging
from eligibility.batch.writers import About, order
from eligibility.batch.writers.moved import Moved, before, in_words
from eligibility.batch.writers.offers import Asked, Offer, offers_of
from eligibility.batch.writers.packed import Packer
from eligibility.batch.writers.person import answer_key
from eligibility.batch.writers.tally import WORDS, Tally
from eligibility.batch.writers.templates import environment, markup_file, policy_hash
from eligibility.batch.writers.timeline import timeline
from eligibility.diagnostic import Diagnostic
from eligibility.reporters.compared import Told, added_told, answer_told
from eligibility.reporters.layout import safe
from eligibility.reporters.period import moment_told
from eligibility.reporters.sentences import Sentences
from eligibility.verdict import Closing, Outcome, Verdict
from eligibility.wording import Words

CELLS = 60_000
"""How many cells a page shows at most: beyond, a browser is no pleasure, and the page shows the first people and the totals of all."""

UNREAD = 1_000
"""How many of the people that could not be read are listed, and how many different remarks on the others."""

MOVED = 300
"""How many people with another answer than before are listed."""

STOPPERS = 8
"""How many criteria the page names among those that stop most people."""

KEYS = dict(zip(WORDS, "emnc", strict=True))
"""The class of a cell, by its word."""

_ASCII = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})

_GROUPS = (Verdict.FAIL, Verdict.UNKNOWN, Verdict.PASS, Verdict.NOT_APPLICABLE)


class Problem(NamedTuple):
    """One thing wrong in the data of a person, in words."""

    place: str
    message: str
    help: str


class Stopper(NamedTuple):
    """How many people do not meet a criterion of an offer, and of how many it is not known."""

    offer: int
    criterion: int
    asked: Asked
    fail: int
    unknown: int
    met: int
    apart: int


# ------------------------------------------------------------------------------------------------------------- the page


def render(rows: Iterable[Row], about: About) -> Iterator[str]:
    """The page, in pieces. Rows beyond the cells that a page can hold are counted and forgotten. Raises MissingExtra."""
    template = environment().get_template("page.html")
    words = about.words
    told = offers_of(about)
    tally = Tally(told)
    limit = max(1, CELLS // max(1, len(told)))
    kept: list[Row] = []
    unread: list[tuple[Row, list[Problem]]] = []
    remarks = Remarks()
    unclear = Unclear()
    moved = Moved(MOVED)
    for row in rows:
        tally.add(row)
        if row.since is not None:
            moved.add(row.id, row.name, row.since)
        if row.problems and row.read:
            unclear.add(row.problems, hanging(row.problems, row.cells))
            remarks.add(row, words)
        if not row.read:
            if len(unread) < UNREAD:
                unread.append((row, _problems(row, about)))
        elif len(kept) < limit:
            kept.append(row)
    chosen = order.columns(tally)
    tally = tally.arranged(chosen)
    offers = tuple(tally.offers)
    packer = Packer(offers, Sentences(words, about.reference))
    shown = []
    for row in sorted((_arranged(row, chosen) for row in kept), key=lambda row: order.nearness(row, offers)):
        packer.add(row)
        shown.append(_person(row, offers, about))
    stoppers = [_stoppers(index, tally) for index in range(len(offers))]
    line = timeline(offers, about.on, words)
    yield from template.generate(
        **_common(about._replace(vacancies=[about.vacancies[index] for index in chosen]), offers),
        script=markup_file("page.js"),
        tally=tally,
        heads=[_head(offer) for offer in offers],
        shut=sum(offer.closing is Closing.CLOSED for offer in offers),
        shown=shown,
        cut=tally.people > len(shown),
        unread=unread,
        remarks=remarks.groups(words),
        unclear=unclear.told,
        not_understood=columns_of(unclear.groups()[:UNREAD], words, UNREAD),
        stoppers=stoppers,
        worst=_worst(stoppers),
        changes=_changes(moved, about) if about.compares else None,
        line=line,
        undated=[offers[index].title for index in line.without],
        told=json.dumps(_told(words), ensure_ascii=False, sort_keys=True),
        headers=json.dumps(_headers(offers), ensure_ascii=False, sort_keys=True),
        data=packer.packed(),
    )


class Shown(NamedTuple):
    """A row of the table: the person, the classes of the cells in one text, the cells with their titles and what each was before, where
    it was another answer, and what to do next."""

    row: Row
    code: str
    cells: list[tuple[str, str, str, str]]
    step: str
    due: int


def _arranged(row: Row, chosen: Sequence[int]) -> Row:
    return row._replace(cells=tuple([row.cells[index] for index in chosen]))


def _person(row: Row, offers: Sequence[Offer], about: About) -> Shown:
    words = about.words
    pairs = zip(row.cells, offers, strict=True)
    were = _were(row, words)
    cells = [(cell.word, _first_unmet(cell, offer, about), _short(cell, words), were.get(cell.vacancy, "")) for cell, offer in pairs]
    nearest = order.best(row, offers)
    step = ""
    cell = None if nearest is None else row.cells[nearest]
    if cell is not None and cell.action is not None and (cell.outcome is not Outcome.NOT_ELIGIBLE or cell.waiting is not None):
        step = words.text("web.step", title=offers[nearest or 0].title, action=cell.action)
    return Shown(row, "".join(KEYS[word] for word, _, _, _ in cells), cells, step, order.due(row, offers))


def _short(cell: Cell, words: Words) -> str:
    """The word of a cell; of a closed vacancy, what the answer would be."""
    return words.text(f"web.was.{cell.outcome}" if cell.word == "closed" else f"web.short.{cell.word}")


def _were(row: Row, words: Words) -> dict[str, str]:
    """What was answered before, of each vacancy whose answer is another one now."""
    changes = row.since.changes if row.since is not None else ()
    moved = [one for one in changes if one.before is not one.after or one.closing_before is not one.closing]
    return {one.vacancy: words.text("web.before", answer=answer_told(*before(one), words)) for one in moved}


class Otherwise(NamedTuple):
    """Somebody whose answers are otherwise: what is said of them alone (that they are new), or the changes of each vacancy."""

    name: str
    id: str
    said: str
    changes: list[Told]


class Changes(NamedTuple):
    """What is otherwise: what it is compared with, the facts that were added, how many go from which answer to which, who, and the rest."""

    title: str
    added: str
    overview: list[str]
    people: list[Otherwise]
    more: int
    rest: list[str]
    number: int


def _changes(moved: Moved, about: About) -> Changes:
    words, titles = about.words, {one.id: about.words.of(one.title) for one in about.vacancies}
    people = []
    for one in moved.changed:
        said = "" if one.since.state == "changed" else words.text(f"since.{one.since.state}")
        people.append(
            Otherwise(one.name or one.id, one.id, said, [in_words(each, titles[each.vacancy], words) for each in one.since.changes])
        )
    return Changes(
        moved.title(about), added_told(about.added, about.redacted, words) if about.added else "", list(moved.overview(about)), people,
        moved.listable - len(people), [*moved.only_criteria_told(words), *moved.not_compared(about)], moved.otherwise,
    )  # fmt: skip


class Head(NamedTuple):
    """The head of a column: until when, how long that is, and whether it is closed."""

    due: str
    left: str
    shut: bool


def _head(offer: Offer) -> Head:
    return Head(offer.due, offer.left, offer.closing is Closing.CLOSED)


def _headers(offers: Sequence[Offer]) -> list[dict[str, Any]]:
    """What the script has to know of each column before anything is unpacked."""
    return [
        {
            "id": safe(offer.id), "title": safe(offer.title), "shut": offer.closing is Closing.CLOSED,
            "criteria": [safe(one.id) for one in offer.criteria],
        }
        for offer in offers
    ]  # fmt: skip


class Remark(NamedTuple):
    """The same remark on the data of some people: the sentence, of how many, and the first of them."""

    message: str
    help: str
    times: int
    people: str


class Remarks:
    """Remarks on the data of those who could be read, each once, with how many they are about."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], tuple[Diagnostic, list[str], Counter[str]]] = {}

    def add(self, row: Row, words: Words) -> None:
        """The remarks on one person. What was not understood is told elsewhere."""
        for one in row.problems:
            if one.code in CODES:
                continue
            said = {key: value for key, value in one.params.items() if key not in ("cell", "line", "path", "at")}
            key = (one.code, str(sorted((name, str(value)) for name, value in said.items())))
            if key in self._found or len(self._found) < UNREAD:
                _, people, counted = self._found.setdefault(key, (one, [], Counter()))
                counted["times"] += 1
                if len(people) < _NAMED:
                    people.append(row.name or row.id)

    def groups(self, words: Words) -> list[Remark]:
        """The most frequent first."""
        told = []
        for one, people, counted in self._found.values():
            message, help_ = words.problem(one.code, one.params)
            times = counted["times"]
            more = times - len(people)
            names = [*people, *([words.count("step.more", more)] if more else [])]
            told.append(Remark(message, help_, times, words.both(names)))
        return sorted(told, key=lambda remark: -remark.times)


_NAMED = 5
"""So many people are named under one remark."""


def _common(about: About, offers: tuple[Offer, ...]) -> dict[str, Any]:
    """What every template may use."""
    words = about.words
    letters = {word: words.text(f"web.letter.{word}") for word in WORDS}
    short = {word: words.text(f"web.short.{word}") for word in WORDS}
    day = words.date(about.on.toordinal())
    if isinstance(about.on, datetime):
        day = words.text("web.day_and_time", day=day, time=moment_told(about.on, words))
    return {
        "t": words.text,
        "count": words.count,
        "number": words.number,
        "both": words.both,
        "language": words.language,
        "about": about,
        "version": VERSION,
        "sources": list(zip(about.vacancies, offers, strict=True)),
        "day": day,
        "offers": offers,
        "style": markup_file("page.css") + _columns(offers),
        "hash": policy_hash,
        "words": WORDS,
        "keys": KEYS,
        "letters": letters,
        "short": short,
        "legend": words.both(words.text("web.legend", letter=letters[word], word=short[word]) for word in WORDS),
        "shares": _shares,
        "key": answer_key,
    }


def _columns(offers: Sequence[Offer]) -> str:
    """The style that depends on the vacancies: how many columns there are, and what a cell is about where there is no head above it."""
    from markupsafe import Markup

    open_ = sum(offer.closing is not Closing.CLOSED for offer in offers)
    lines = [f"#grid {{ --columns: {len(offers)}; }}", f".matrix:has(#f-closed:not(:checked)) #grid:not(.one) {{ --columns: {open_}; }}"]
    lines.append("@media (max-width: 42rem) {")
    for number, offer in enumerate(offers, 2):
        lines.append(f'#grid td:nth-child({number})::after {{ content: "{_quoted(offer.title)} \\2014 \\20 {_quoted(offer.due)}"; }}')
    return Markup("".join(f"{line}\n" for line in [*lines, "}"]))


def _quoted(text: str) -> str:
    """A text inside the quotes of a style: whatever is not a letter or a digit of ASCII is written as its number."""
    return "".join(one if one.isascii() and one.isalnum() else f"\\{ord(one):x} " for one in safe(text))


def _shares(counted: Counter[str]) -> list[tuple[str, str, str]]:
    """The parts of a bar: the class, where it begins and how wide it is, in percent."""
    total = sum(counted.values())
    parts, start = [], 0
    for word, key in KEYS.items():
        if counted[word]:
            parts.append((key, f"{100 * start / total:.2f}%", f"{100 * counted[word] / total:.2f}%"))
            start += counted[word]
    return parts


def _first_unmet(cell: Cell, offer: Offer, about: About) -> str:
    """The first criterion that stands between the person and the vacancy, and how many more there are."""
    unmet = cell.unmet
    if not unmet:
        return ""
    label = offer.label(unmet[0].id)
    return label if len(unmet) == 1 else about.words.text("web.and_more", label=label, number=len(unmet) - 1)


def _problems(row: Row, about: About) -> list[Problem]:
    told = [(str(one.place), about.words.problem(one.code, one.params)) for one in row.problems]
    return [Problem(place, message.message, message.help) for place, message in told]


def _stoppers(index: int, tally: Tally) -> list[Stopper]:
    """The criteria of an offer in the order of the notice, with the people they stop."""
    found = []
    for number, asked in enumerate(tally.offers[index].criteria):
        counted = tally.verdicts[index][asked.id]
        found.append(Stopper(index, number, asked, *(counted[one] for one in _GROUPS)))
    return found


def _worst(stoppers: list[list[Stopper]]) -> list[Stopper]:
    """The required criteria that stop most people."""
    every = [one for offer in stoppers for one in offer if one.asked.required and one.fail]
    return sorted(every, key=lambda one: (-one.fail, -one.unknown, one.offer, one.criterion))[:STOPPERS]


def _told(words: Words) -> dict[str, Any]:
    """The words that the script needs."""
    entries = words.entries("web.script.")
    return {
        **entries,
        "outcomes": [words.text(f"outcome.{one}") for one in WORDS],
        "verdicts": [words.text(f"section.{one}") for one in Verdict],
        "delimiter": ";" if words.language == "fr" else ",",
        "colon": words.text("colon"),
    }


def file_name(row: Row) -> str:
    """The name of a person's page: what is ASCII of the name, and the number of the row, which no other person has."""
    plain = normalize("NFKD", (row.name or row.id).lower().translate(_ASCII)).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")
    return f"{slug or 'person'}-{row.number + 1}.html"
