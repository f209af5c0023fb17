"""A printable page for each person, in a folder: workers make the pages, each is written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from eligibility.batch.results import Row
from eligibility.batch.writers import About, Choice
from eligibility.diagnostic import Diagnostic
from eligibility.outputs import Pending, naming


def piece(about: About, choice: Choice) -> Callable[[Row], tuple[str, bytes] | None]:
    """The name and the text of a person's page; nothing for one who could not be read. Raises MissingExtra."""
    html: Any = import_module("eligibility.batch.writers.html")

    def page(row: Row) -> tuple[str, bytes] | None:
        return None if row.page is None else (html.file_name(row), row.page().encode("utf-8", "replace"))

    return page


class Writer:
    """Writes each page into the folder, under a name beside it first."""

    def __init__(self, folder: str, inputs: Sequence[str] = ()) -> None:
        self.folder = folder
        self.inputs = inputs
        self.written = 0
        with naming(folder):
            os.makedirs(folder, exist_ok=True)

    def add(self, piece: tuple[str, bytes] | None) -> None:
        """One more page."""
        if piece is None:
            return
        with Pending(os.path.join(self.folder, piece[0]), self.inputs) as pending:
            pending.file.write(piece[1])
            pending.finish(durable=False)
            pending.commit()
        self.written += 1

    def close(self, notices: Sequence[Diagnostic]) -> None:
        """The end."""

    def abandon(self) -> None:
        """There is nothing to take away."""
