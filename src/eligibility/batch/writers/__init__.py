"""The files a batch can write: one format per file. A writer decides nothing and computes no verdict.

A format is a module with two things. `piece(about, choice)` gives the function that makes of one row what the format wants of it;
it runs in the workers, so what it makes should be small, and as far on its way to the file as can be. `Writer(file, about, choice)`
puts the pieces into a binary file, one after the other, and ends it. `FORMATS` is the list; a new format is one file and one line
here. A module that offers `render(rows, about)` instead, which gives the file in pieces of text, will do as well.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from importlib import import_module
from typing import IO, Any, NamedTuple, Protocol

from eligibility.batch.extras import MissingExtra
from eligibility.batch.results import Row
from eligibility.batch.since import Last
from eligibility.diagnostic import Diagnostic
from eligibility.reference import Reference
from eligibility.vacancy import Vacancy
from eligibility.wording import Words


class Against:
    """The earlier answer that everybody is compared with, and who of it has not come (yet)."""

    def __init__(self, last: Last, anonymise: bool) -> None:
        self.last, self.anonymise = last, anonymise
        self.left = {key: person.name for key, person in last.people.items()}

    def come(self, key: str) -> None:
        """Somebody is there."""
        self.left.pop(key, None)

    def gone(self) -> list[tuple[str, str | None]]:
        """Who is no longer there, by id and name: nobody's, where people are told by codes."""
        return [] if self.anonymise else list(self.left.items())

    def as_data(self, about: About) -> dict[str, Any]:
        """The same for programs, with the vacancies that only one of both answers has."""
        now = {one.id for one in about.vacancies}
        return {
            "on": self.last.on.isoformat(), "gone": [{"id": key, "name": name} for key, name in self.gone()], "gone_people": len(self.left),
            "gone_vacancies": sorted(self.last.rules.keys() - now), "new_vacancies": sorted(now - self.last.rules.keys()),
            "unnamed": self.last.unnamed,
        }  # fmt: skip


class About(NamedTuple):
    """What is the same for everybody: the vacancies in the order of the cells, the day of application, the language, the input's name.

    `anonymised` says that people are told by codes; `against` is the earlier answer they are compared with.
    `redacted` says that dates of birth, and what follows from them, are left out as well. `added` are the facts that everybody was given,
    `compares` says whether it is told what is otherwise.
    """

    vacancies: Sequence[Vacancy]
    on: date | datetime
    words: Words
    reference: Reference
    source: str
    anonymised: bool = False
    against: Against | None = None
    redacted: bool = False
    added: Sequence[str] = ()

    @property
    def compares(self) -> bool:
        """Whether it is told what is otherwise: with facts added, or since an earlier answer."""
        return bool(self.added) or self.against is not None


class Choice(NamedTuple):
    """One output: its format; for tables, which one (`matrix`, `next`, `long` or `changes`), and what stands between the cells of CSV."""

    format: str
    table: str = "matrix"
    delimiter: str = ","


class Writes(Protocol):
    """An output that is being written."""

    def add(self, piece: Any) -> None:
        """One more person."""

    def close(self, notices: Sequence[Diagnostic]) -> None:
        """The end: everybody has come; `notices` is what was told of the inputs."""

    def abandon(self) -> None:
        """Nothing more comes, be it the end or not: what the writer keeps open or beside the file goes away."""


FORMATS: Mapping[str, str] = {
    "csv": "eligibility.batch.writers.csv_file",
    "xlsx": "eligibility.batch.writers.xlsx",
    "json": "eligibility.batch.writers.json_document",
    "jsonl": "eligibility.batch.writers.jsonl",
    "parquet": "eligibility.batch.writers.parquet",
    "html": "eligibility.batch.writers.html",
    "pages": "eligibility.batch.writers.pages",
}
"""Each format and its module, which is imported only when it is used."""

SUFFIXES: Mapping[str, str] = {
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".html": "html",
    ".htm": "html",
}
"""The format of a file, by the end of its name."""


def format_of(path: str) -> str | None:
    """The format that the name of a file asks for."""
    return SUFFIXES.get(os.path.splitext(path)[1].lower())


def wants_points(choice: Choice) -> bool:
    """Whether an output shows criteria, and sentences if they are wanted: a matrix shows the word of each vacancy only."""
    return choice.format not in ("csv", "parquet") or choice.table != "matrix"


def pieces_for(choice: Choice, about: About) -> Callable[[Row], Any]:
    """What makes a piece of a row, for a worker. Raises MissingExtra."""
    module = import_module(FORMATS[choice.format])
    make: Callable[[Row], Any] = module.piece(about, choice) if hasattr(module, "piece") else _itself
    return make


def writer_for(choice: Choice, file: IO[bytes], about: About) -> Writes:
    """The writer of an output. Raises MissingExtra."""
    module = import_module(FORMATS[choice.format])
    if hasattr(module, "Writer"):
        writer: Writes = module.Writer(file, about, choice)
        return writer
    from eligibility.batch.writers.rendered import Rendered

    return Rendered(module.render, file, about)


def _itself(row: Row) -> Row:
    return row


__all__ = ["FORMATS", "SUFFIXES", "About", "Choice", "MissingExtra", "Writes", "format_of", "pieces_for", "wants_points", "writer_for"]
