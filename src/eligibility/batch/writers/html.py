"""One self-contained HTML page of a batch, and one printable page per person. No page asks anything of anybody.

`page.html` and `person.html` are the pages, `page.css` their style, `page.js` the only script: the content security policy of a page
allows these by their hashes and nothing else. Every text goes through `safe` and is escaped; the script writes text, never markup.
"""

from __future__ import annotations

import json
import os
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize

from eligibility._version import VERSION
from eligibility.answer import Gap
from eligibility.batch.results import Cell, Point, Row
from eligibility.batch.unclear import Unclear, columns_of, hanging
from eligibility.batch.writers import About, MissingExtra
from eligibility.batch.writers.flat import beside_option
from eligibility.batch.writers.offers import Asked, Offer, offers_of
from eligibility.batch.writers.packed import Packer
from eligibility.batch.writers.tally import WORDS, Tally
from eligibility.batch.writers.timeline import timeline
from eligibility.reporters.layout import safe
from eligibility.reporters.sentences import Sentences
from eligibility.verdict import Verdict

if TYPE_CHECKING:
    from jinja2 import Environment

CELLS = 60_000
"""How many cells a page shows at most: beyond, a browser is no pleasure, and the page shows the first people and the totals of all."""

UNREAD = 1_000
"""How many of the people that could not be read are listed, and how many remarks on the others."""

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
    template = _environment().get_template("page.html")
    words = about.words
    sentences = Sentences(words, about.reference)
    offers = offers_of(about)
    tally, packer = Tally(offers), Packer(offers, sentences)
    limit = max(1, CELLS // max(1, len(offers)))
    shown: list[tuple[Row, str, list[tuple[str, str]]]] = []
    unread: list[tuple[Row, list[Problem]]] = []
    remarks: list[tuple[Row, list[Problem]]] = []
    unclear = Unclear()
    for row in rows:
        tally.add(row)
        if row.problems and row.read:
            unclear.add(row.problems, hanging(row.problems, row.cells))
        if not row.read:
            if len(unread) < UNREAD:
                unread.append((row, _problems(row, about)))
            continue
        if row.problems and len(remarks) < UNREAD:
            remarks.append((row, _problems(row, about)))
        if len(shown) < limit:
            packer.add(row)
            cells = [(cell.word, _first_unmet(cell, offer, about)) for cell, offer in zip(row.cells, offers, strict=True)]
            shown.append((row, "".join(KEYS[word] for word, _ in cells), cells))
    stoppers = [_stoppers(index, tally) for index in range(len(offers))]
    line = timeline(offers, about.on, words)
    yield from template.generate(
        **_common(about, offers),
        script=_file("page.js"),
        tally=tally,
        shown=shown,
        cut=tally.people > len(shown),
        unread=unread,
        remarks=remarks,
        unclear=unclear.told,
        not_understood=columns_of(unclear.groups()[:UNREAD], words, UNREAD),
        stoppers=stoppers,
        worst=_worst(stoppers),
        line=line,
        undated=[offers[index].title for index in line.without],
        told=json.dumps(_told(words), ensure_ascii=False, sort_keys=True),
        data=packer.packed(),
    )


def _common(about: About, offers: tuple[Offer, ...]) -> dict[str, Any]:
    """What every template may use."""
    words = about.words
    letters = {word: words.text(f"web.letter.{word}") for word in WORDS}
    short = {word: words.text(f"web.short.{word}") for word in WORDS}
    day = words.date(about.on.toordinal())
    if isinstance(about.on, datetime):
        day = words.text("web.day_and_time", day=day, time=Sentences(words, about.reference).moment(about.on))
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
        "style": _file("page.css") + f"#grid {{ --columns: {len(offers)}; }}\n",
        "hash": _hash,
        "words": WORDS,
        "keys": KEYS,
        "letters": letters,
        "short": short,
        "legend": words.both(words.text("web.legend", letter=letters[word], word=short[word]) for word in WORDS),
        "shares": _shares,
    }


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


def _told(words: Any) -> dict[str, Any]:
    """The words that the script needs."""
    entries = words.entries("web.script.")
    return {
        **entries,
        "outcomes": [words.text(f"outcome.{one}") for one in WORDS],
        "verdicts": [words.text(f"section.{one}") for one in Verdict],
        "colon": words.text("colon"),
    }


# -------------------------------------------------------------------------------------------------------- one person


class Explained(NamedTuple):
    """One vacancy for one person, ready to be written: the word, what follows from it, and the criteria by verdict."""

    offer: Offer
    word: str
    outcome: str
    note: str
    groups: list[tuple[Verdict, list[tuple[Asked, Point, str]]]]
    assets: list[tuple[Asked, Point, str]]


def person_page(row: Row, about: About, offers: tuple[Offer, ...] | None = None) -> str:
    """The page of one person: every vacancy with its whole explanation. Raises MissingExtra."""
    template = _environment().get_template("person.html")
    offers = offers_of(about) if offers is None else offers
    sentences = Sentences(about.words, about.reference)
    explained = [_explained(cell, offer, about, sentences) for cell, offer in zip(row.cells, offers, strict=True)]
    best_first = sorted(explained, key=lambda one: WORDS.index(one.word))
    remarks = _problems(row, about)
    return template.render(**_common(about, offers), row=row, explained=best_first, remarks=remarks)


def _explained(cell: Cell, offer: Offer, about: About, sentences: Sentences) -> Explained:
    asked = {one.id: one for one in offer.criteria}
    told = [
        (asked[point.id], point, sentences.gap(Gap(*point.gap)) if point.gap is not None else "")
        for point in cell.points
    ]  # fmt: skip
    counted = [one for one in told if one[1].required]
    groups = [(verdict, [one for one in counted if one[1].verdict is verdict]) for verdict in _GROUPS]
    note = offer.closed_but.get(cell.outcome, "") if cell.word == "closed" else ""
    outcome = beside_option(about.words.text(f"outcome.{cell.word}"), cell, about.words)
    assets = [one for one in told if not one[1].required]
    return Explained(offer, cell.word, outcome, note, [group for group in groups if group[1]], assets)


def file_name(row: Row) -> str:
    """The name of a person's page: what is ASCII of the name, and the number of the row, which no other person has."""
    plain = normalize("NFKD", (row.name or row.id).lower().translate(_ASCII)).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")
    return f"{slug or 'person'}-{row.number + 1}.html"


def write_person_pages(rows: Iterable[Row], about: About, directory: str, write: Callable[[str, str], None]) -> int:
    """A page for each person who could be read; how many. `write` puts a text into a file, whole or not at all.

    Raises MissingExtra, and OSError where the folder cannot be written.
    """
    offers = offers_of(about)
    os.makedirs(directory, exist_ok=True)
    written = 0
    for row in rows:
        if row.read:
            write(os.path.join(directory, file_name(row)), person_page(row, about, offers))
            written += 1
    return written


# ----------------------------------------------------------------------------------------------------- the templates


@cache
def _environment() -> Environment:
    try:
        from jinja2 import Environment, FunctionLoader, StrictUndefined
    except ImportError:
        raise MissingExtra("batch", "Jinja2") from None
    return Environment(
        autoescape=True,
        finalize=_shown,
        loader=FunctionLoader(lambda name: files(__package__).joinpath(name).read_text("utf-8")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _shown(value: object) -> object:
    """What is a text of ours or of others is made safe before it is escaped; markup of ours passes."""
    return safe(value) if type(value) is str else value


@cache
def _file(name: str) -> Any:
    """A style or a script of ours, as markup."""
    from markupsafe import Markup

    return Markup(files(__package__).joinpath(name).read_text("utf-8"))


def _hash(text: str) -> str:
    """How a content security policy names a text."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
