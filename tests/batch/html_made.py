"""Pages for the tests: our invented people and some who mean harm, before our vacancies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from eligibility.asking.at_desk import AskingDesk
from eligibility.batch.desk import Job
from eligibility.batch.people import Entry
from eligibility.batch.results import Row
from eligibility.batch.sources import ProfileFiles
from eligibility.batch.writers import About, order
from eligibility.batch.writers.html import render
from eligibility.batch.writers.offers import Offer, offers_of
from eligibility.batch.writers.packed import unpacked
from eligibility.batch.writers.tally import Tally
from eligibility.diagnostic import Diagnostic, Place
from eligibility.wording import Words

ROOT = Path(__file__).parent.parent.parent
ON = date(2023, 10, 15)  # one vacancy is closed, five are open

HOSTILE = (
    "</script><script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    '"><svg onload=window.hit=1>',
    "' autofocus onfocus=window.hit=1 x='",
    "</template></table></dialog><iframe src=javascript:window.hit=1>",
    "{{ 7*7 }}{% raw %}${7*7}",
    "&lt;b&gt;&amp;lt;",
    "a\u202egnp.exe\u2066",
    "\x00\x1b[31mred\x07\x85\u2028",
    "half \ud800 letter",
    "=cmd|' /C calc'!A0",
    "<!-- <script>",
    "شيماء العلوي",
)


ADDED = "{languages: [{language: fr, level: C2}, {language: en, level: C2}], citizenships: [FR]}"
"""Facts that change answers of some of our people."""


@cache
def desk(language: str, added: tuple[str, ...] = ()) -> AskingDesk:
    rules = sorted(str(path) for path in (ROOT / "rules").glob("*.yaml") if not path.name.endswith(".cases.yaml"))
    return AskingDesk(Job(tuple(rules), ON, language, (ProfileFiles("profiles"),), reasons=True, added=added))


def about(language: str = "en", source: str = "students.csv", added: tuple[str, ...] = ()) -> About:
    here = desk(language)
    return About(here.vacancies, ON, Words(language), here.reference, source, added=added)


@cache
def ours(language: str = "en", added: tuple[str, ...] = ()) -> tuple[Row, ...]:
    """The people of `profiles/`, and two whose data cannot be read."""
    paths = sorted((ROOT / "profiles").glob("*.yaml"))
    read = [desk(language, added).row(number, Entry(0, 1, str(path))) for number, path in enumerate(paths)]
    return (*read, unread(len(read), "étudiant"), unread(len(read) + 1, "other"))


def as_shown(rows: Iterable[Row], of: About) -> tuple[list[Row], list[Offer]]:
    """Those who could be read and the vacancies, in the order of the page."""
    tally, read = Tally(offers_of(of)), [row for row in rows if row.read]
    for row in read:
        tally.add(row)
    chosen = order.columns(tally)
    offers = [tally.offers[index] for index in chosen]
    arranged = [row._replace(cells=tuple(row.cells[index] for index in chosen)) for row in read]
    return sorted(arranged, key=lambda row: order.nearness(row, offers)), offers


def unread(number: int, name: str, where: str = "students.csv") -> Row:
    problem = Diagnostic("E605", Place(where, number + 2, 4), {"column": "born", "cell": f"D{number + 2}", "value": "03/04/2001"})
    return Row(number, name, None, where, (problem,), ())


def hostile(language: str = "en") -> list[Row]:
    """Everybody under a name that means harm."""
    rows = ours(language)
    renamed = [rows[at % 12]._replace(number=at, name=name, id=name[::-1], place=name) for at, name in enumerate(HOSTILE)]
    bad = [unread(len(renamed) + at, name, name) for at, name in enumerate(HOSTILE)]
    return renamed + bad


def page(rows: Iterable[Row], of: About) -> str:
    return "".join(render(rows, of))


def packed(text: str) -> dict[str, Any]:
    found = re.search(r'<template id="packed">([^<]*)</template>', text)
    assert found is not None
    return unpacked(found[1])


class Tags(HTMLParser):
    """Every tag of a page with its attributes, the texts of its scripts and styles, and the rows of its matrix."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self.matrix: list[list[str]] = []
        self._inside: list[str] = []
        self._grid = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside.append(tag)
        if tag == "table":
            self._grid = dict(attrs).get("id") == "grid"
        if self._grid and tag == "tr":
            self.matrix.append([])
        if self._grid and tag in ("td", "th"):
            self.matrix[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass
        if tag == "table":
            self._grid = False

    def handle_data(self, data: str) -> None:
        if self._inside and self._inside[-1] in self.raw:
            self.raw[self._inside[-1]].append(data)
        elif self._grid and self.matrix and self.matrix[-1]:
            self.matrix[-1][-1] += data
