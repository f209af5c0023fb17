"""A problem in a file, and where.

A diagnostic holds a stable code, the facts of the problem and its place; `eligibility.wording` turns the
code into a sentence. Lines and columns are 1-based; columns count code points, as editors do.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple


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


class Diagnostic(NamedTuple):
    """One problem: `code` (such as `E105`), where, and the facts its sentence is made of."""

    code: str
    place: Place
    params: Mapping[str, object] = {}

    @property
    def severity(self) -> Severity:
        """Told by the first letter of the code: E error, W warning, N note."""
        return {"E": Severity.ERROR, "W": Severity.WARNING, "N": Severity.NOTE}[self.code[0]]

    @property
    def is_error(self) -> bool:
        return self.code[0] == "E"


class Problems(Exception):
    """The one exception of loading: every problem found in one file, in line order.

    `diagnostics` holds them all, notes and warnings included; at least one is an error.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(diagnostics, key=lambda d: (d.place.file, d.place.line, d.place.column, d.code)))
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        from eligibility.wording import Words  # sentences are needed only when somebody prints the exception

        words = Words("en")
        return "\n".join(f"{d.place}: {words.problem(d.code, d.params).message}" for d in self.diagnostics)
