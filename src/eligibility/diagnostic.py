"""A problem in a file, and where.

A diagnostic holds a stable code, the facts of the problem and its place; `eligibility.wording` turns the
code into a sentence. Lines and columns are 1-based; columns count code points, as editors do.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from eligibility import above

MERE_NOTES = ("N204", "N205")
"""What nothing has to be done about: readings of words that are sure."""


class Severity(StrEnum):
    """How much a problem matters: an error refuses the file, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Place(NamedTuple):
    """A stretch of one line of a file; `end_column` is the column after the last character."""

    file: str
    line: int = 1
    column: int = 1
    end_column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Edit(NamedTuple):
    """A stretch of one line of a file, and what to write in its place. With `end_column` 0, the line is taken away."""

    line: int
    column: int
    end_column: int
    text: str


class Diagnostic(NamedTuple):
    """One problem: `code` (such as `E105`), where, and the facts its sentence is made of.

    Data that come from no file have no lines: there `path` says where, such as `criteria[0].at_least` (empty for all of them). `edits`
    write in the file what is surely meant, where that is known.
    """

    code: str
    place: Place
    params: Mapping[str, object] = {}
    path: str | None = None
    edits: tuple[Edit, ...] = ()

    @property
    def severity(self) -> Severity:
        """Told by the first letter of the code: E error, W warning, N note."""
        return {"E": Severity.ERROR, "W": Severity.WARNING, "N": Severity.NOTE}[self.code[0]]

    @property
    def is_error(self) -> bool:
        return self.code[0] == "E"

    @property
    def message(self) -> str:
        """What is wrong: one sentence, in English."""
        return above.problem_in_words(self.code, self.params, "en")[0]

    @property
    def hint(self) -> str:
        """What to do about it, in English; empty where there is nothing to add."""
        return above.problem_in_words(self.code, self.params, "en")[1]

    def text(self, language: str = "en") -> str:
        """What is wrong and what to do about it, in a language (`en`, `fr`). Raises ValueError for one that there are no words in."""
        message, hint = above.problem_in_words(self.code, self.params, language)
        return f"{message} — {hint}" if hint else message


class Problems(Exception):
    """The one exception of loading: every problem found in one file, in line order.

    `diagnostics` holds them all, notes and warnings included; at least one is an error.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(diagnostics, key=lambda d: (d.place.file, *in_line_order(d))))
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        return "\n".join(f"{one.place if one.path is None else one.path or one.place.file}: {one.message}" for one in self.diagnostics)


def in_line_order(problem: Diagnostic) -> tuple[int, int, str, str]:
    """A key to sort the problems of one file by: line, column (or path), code."""
    place = problem.place
    return place.line, place.column, problem.path or "", problem.code
