"""Excel: a sheet with the matrix, one with what to do next, one with every criterion; where answers are compared, one of what is otherwise.
No text becomes a formula, a link or a number."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import IO, Any, NamedTuple

from eligibility.batch.extras import extra
from eligibility.batch.results import Row
from eligibility.batch.writers import About, Choice
from eligibility.batch.writers.due import due_of
from eligibility.batch.writers.flat import (
    CHANGES,
    LONG,
    NEXT,
    NUMBERS,
    PERSON,
    UNREAD,
    change_rows,
    gone_rows,
    long_rows,
    matrix_row,
    next_rows,
)
from eligibility.diagnostic import Diagnostic
from eligibility.reporters.compared import added_told
from eligibility.verdict import Verdict

_LAST = 1_048_575
"""The number of the last row that a sheet has room for."""
_LONGEST = 32_767
"""The letters that a cell has room for."""
_COLOURS = {
    "likely_eligible": ("#1D4F91", "#DCE9F9"), "more_information_needed": ("#5B4A00", "#FFF3C4"), "not_eligible": ("#7A2E0E", "#FBE3D6"),
    "closed": ("#4A4A4A", "#E9E9E9"), UNREAD: ("#FFFFFF", "#5A5A5A"),
    "pass": ("#1D4F91", "#DCE9F9"), "unknown": ("#5B4A00", "#FFF3C4"), "fail": ("#7A2E0E", "#FBE3D6"),
    "not_applicable": ("#4A4A4A", "#E9E9E9"),
}  # fmt: skip
"""Of each word the colour of its letters and of its ground: blue, yellow, orange; the word says everything."""
_WIDTHS = {
    "name": 26, "place": 24, "vacancy": 30, "criterion": 26, "reason": 80, "problems": 40, "missing": 30, "code": 20, "outcome": 24,
    "before": 24, "after": 24, "why": 40, "next_action": 60, "next_question": 60, "deadline_zone": 18,
}  # fmt: skip


class Lines(NamedTuple):
    """The row of a person in the matrix, and the rows in the sheets of next steps, of criteria, and of what is otherwise."""

    person: tuple[Any, ...]
    steps: list[tuple[Any, ...]]
    details: list[tuple[Any, ...]]
    changes: list[tuple[Any, ...]]


def piece(about: About, choice: Choice) -> Callable[[Row], Lines]:
    """The rows of a person."""
    words, width, due = about.words, len(about.vacancies), due_of(about)

    def lines(row: Row) -> Lines:
        person = matrix_row(row, words, width, lambda word: words.text(f"sheet.word.{word}"))
        return Lines(person, list(next_rows(row, words, due)), list(long_rows(row, words)), list(change_rows(row, labels=True)))

    return lines


class Writer:
    """Writes all sheets row by row. Raises MissingExtra."""

    def __init__(self, file: IO[bytes], about: About, choice: Choice) -> None:
        library = extra("xlsxwriter", "batch", "XlsxWriter")
        words = about.words
        self.about, self.text, self.redacted = about, words.text, about.redacted
        # what does not fit into memory waits beside the output, in a folder that goes away with it
        name = getattr(file, "name", None)
        folder = os.path.dirname(name) or os.curdir if isinstance(name, str) else None
        self.folder = tempfile.TemporaryDirectory(prefix=".eligibility-", dir=folder)
        self.book = library.Workbook(
            file, {"constant_memory": True, "tmpdir": self.folder.name, "strings_to_formulas": False, "strings_to_urls": False,
                   "strings_to_numbers": False, "nan_inf_to_errors": True},
        )  # fmt: skip
        self.book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None), "title": words.text("sheet.title")})
        self.words = {
            word: words.text(f"sheet.word.{word}")
            for word in (*_COLOURS, "read", "open", "disputed", "depends_on_choice", "none", "required", "desirable", *_STATES)
        }
        self.formats = {
            word: self.book.add_format({"font_color": letters, "bg_color": ground, "valign": "top"})
            for word, (letters, ground) in _COLOURS.items()
        }
        self.plain = self.book.add_format({"valign": "top"})
        self.wrapped = self.book.add_format({"valign": "top", "text_wrap": True})
        self.head = self.book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        titles = [words.of(vacancy.title) for vacancy in about.vacancies]
        self.matrix = self._sheet(words.text("sheet.matrix"), [*self._named(PERSON), *titles], [*PERSON, *("outcome" for _ in titles)])
        self.steps = self._sheet(words.text("sheet.next"), self._named(NEXT), NEXT)
        self.details = self._sheet(words.text("sheet.details"), self._named(LONG), LONG)
        self.changes = self._sheet(words.text("sheet.changes"), self._named(CHANGES), CHANGES) if about.compares else None
        self.titles = {vacancy.id: words.of(vacancy.title) for vacancy in about.vacancies}
        self.at, self.step_at, self.detail_at, self.change_at = 0, 0, 0, 0

    def _named(self, columns: Sequence[str]) -> list[str]:
        """The headers of columns."""
        return [self.text(f"sheet.column.{name}") for name in columns]

    def _sheet(self, name: str, headers: Sequence[str], columns: Sequence[str]) -> Any:
        sheet = self.book.add_worksheet(name)
        for index, column in enumerate(columns):
            sheet.set_column(index, index, _WIDTHS.get(column, 14))
        sheet.freeze_panes(1, 3)
        for index, header in enumerate(headers):
            sheet.write_string(0, index, _fitting(header), self.head)
        return sheet

    def add(self, piece: Lines) -> None:
        """One more person."""
        self.at = self._rows(self.matrix, self.at, [piece.person], PERSON)
        self.step_at = self._rows(self.steps, self.step_at, piece.steps, NEXT)
        self.detail_at = self._rows(self.details, self.detail_at, piece.details, LONG)
        if self.changes is not None:
            self.change_at = self._rows(self.changes, self.change_at, piece.changes, CHANGES)

    def _rows(self, sheet: Any, at: int, rows: Sequence[tuple[Any, ...]], columns: Sequence[str]) -> int:
        """Write rows below the last one, as many as there is room for; gives the number of the last."""
        kept = rows[: _LAST - at]
        for number, row in enumerate(kept, at + 1):
            self._row(sheet, number, row, columns)
        return at + len(kept)

    def _row(self, sheet: Any, at: int, cells: Sequence[Any], columns: Sequence[str]) -> None:
        for index, cell in enumerate(cells):
            column = columns[index] if index < len(columns) else "outcome"
            if cell is None:
                continue
            if column in NUMBERS or column in ("times", "answers"):
                sheet.write_number(at, index, cell, self.plain)
            elif sheet in (self.steps, self.changes) and column == "vacancy":
                sheet.write_string(at, index, _fitting(self.titles[cell]), self.wrapped)
            elif column == "why":
                sheet.write_string(at, index, " ".join(self.text(f"since.why.{code}") for code in cell.split()), self.wrapped)
            elif column in _SAID and cell in self.words:
                sheet.write_string(at, index, self.words[cell], self.formats.get(cell, self.plain))
            else:
                sheet.write_string(at, index, _fitting(str(cell)), self.wrapped if column in _WRAPPED else self.plain)

    def close(self, notices: Sequence[Diagnostic]) -> None:
        """The end: who is no longer there, a sheet of what was not understood, one that says what is left out or added, filters over
        everything, and the file itself."""
        if self.changes is not None:
            self.change_at = self._rows(self.changes, self.change_at, list(gone_rows(self.about)), CHANGES)
            self.changes.autofilter(0, 0, max(self.change_at, 1), len(CHANGES) - 1)
        if unclear := [one for one in notices if one.code == "W606"]:
            sheet = self._sheet(self.text("sheet.unclear"), self._named(_UNCLEAR), _UNCLEAR)
            for at, one in enumerate(unclear[: _LAST - 1], 1):
                self._row(sheet, at, [one.params[name] or None for name in _UNCLEAR_FACTS], _UNCLEAR)
        if self.redacted:
            self._sheet(self.text("sheet.redacted"), [self.text("redacted.notice")], ["reason"])
        if self.about.added:
            self._sheet(self.text("sheet.added"), [added_told(self.about.added, self.redacted, self.about.words)], ["reason"])
        self.matrix.autofilter(0, 0, max(self.at, 1), len(PERSON) + len(self.titles) - 1)
        self.steps.autofilter(0, 0, max(self.step_at, 1), len(NEXT) - 1)
        self.details.autofilter(0, 0, max(self.detail_at, 1), len(LONG) - 1)
        self.book.close()

    def abandon(self) -> None:
        """The folder of what waited goes away."""
        self.folder.cleanup()


_UNCLEAR, _UNCLEAR_FACTS = ("column", "word", "times", "answers"), ("where", "word", "n", "answers")
"""The columns of the sheet of what was not understood, and the facts of its notices."""
_STATES = ("changed", "new", "gone", "unread", "unnamed")
"""What may be otherwise with a person; `read`, that the data can be read now, has its word."""
_SAID = frozenset({
    "status", "outcome", "closing", "verdict", "importance", "state", "before", "closing_before", "after", "criterion_before",
    "criterion_after",
})  # fmt: skip
"""The columns whose codes are told in words."""
_WRAPPED = frozenset({"reason", "problems", "next_action", "next_question"})
"""The columns of sentences."""

assert set(map(str, Verdict)) <= set(_COLOURS)


def _fitting(text: str) -> str:
    """What a cell has room for, without half characters."""
    text = text if text.isascii() else text.encode("utf-8", "replace").decode()
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
