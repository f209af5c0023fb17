"""The files a batch can write: one format per file. A writer decides nothing and computes no verdict."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from eligibility.reference import Reference
from eligibility.vacancy import Vacancy
from eligibility.wording import Words


class About(NamedTuple):
    """What is the same for everybody: the vacancies in the order of the cells, the day of application, the language, the input's name."""

    vacancies: Sequence[Vacancy]
    on: date | datetime
    words: Words
    reference: Reference
    source: str


class MissingExtra(Exception):
    """A writer needs a library that is not installed; `extra` is what to ask pip for: `eligibility[EXTRA]`."""

    def __init__(self, extra: str, library: str) -> None:
        super().__init__(f"{library} is not installed")
        self.extra = extra
        self.library = library
