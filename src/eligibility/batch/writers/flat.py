"""People as rows of tables: the matrix has a row per person, the table of next steps one per person and vacancy, the long one one per
criterion. Headers and codes are in no language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from eligibility.batch.results import Cell, Row
from eligibility.batch.writers import About
from eligibility.batch.writers.due import Dues, due_of
from eligibility.wording import Words

READ, UNREAD = "read", "could_not_be_read"

PERSON = ("number", "id", "name", "place", "status", "problems")
LONG = (
    "number", "id", "name", "place", "status", "vacancy", "outcome", "closing", "unmet", "criterion", "importance", "verdict", "code",
    "causes", "missing", "gap", "gap_unit", "reason", "option",
)  # fmt: skip
NEXT = (
    *PERSON, "vacancy", "outcome", "closing", "unmet", "deadline", "deadline_time", "deadline_zone", "next_action", "next_question",
    "option",
)  # fmt: skip
CHANGES = (
    "number", "id", "name", "place", "state", "vacancy", "before", "closing_before", "after", "closing", "why", "criterion",
    "criterion_before", "criterion_after",
)  # fmt: skip
NUMBERS = frozenset({"number", "unmet", "gap"})
"""The columns that hold numbers; all others hold text."""


def columns_of(table: str, about: About) -> tuple[str, ...]:
    """The headers of a table; one more says that something is left out."""
    fixed = {"long": LONG, "next": NEXT, "changes": CHANGES}
    columns = fixed[table] if table in fixed else matrix_columns(about)
    return (*columns, "redacted") if about.redacted else columns


def rows_of(table: str, about: About) -> Callable[[Row], Iterable[tuple[Any, ...]]]:
    """What gives the rows of a person in a table."""
    make = _rows_of(table, about)
    return (lambda row: ((*one, "true") for one in make(row))) if about.redacted else make


def _rows_of(table: str, about: About) -> Callable[[Row], Iterable[tuple[Any, ...]]]:
    words, width = about.words, len(about.vacancies)
    if table == "changes":
        return change_rows
    if table == "next":
        due = due_of(about)
        return lambda row: next_rows(row, words, due)
    if table == "long":
        return lambda row: long_rows(row, words)
    return lambda row: [matrix_row(row, words, width)]


def matrix_columns(about: About) -> tuple[str, ...]:
    """The headers of the matrix: the person, then a column per vacancy."""
    return (*PERSON, *(vacancy.id for vacancy in about.vacancies))


def matrix_row(row: Row, words: Words, width: int, said: Callable[[str], str] = str) -> tuple[Any, ...]:
    """A person and the word of each cell; nothing in the cells of one who could not be read. Beside an option a word is `said`."""
    person = (row.number + 1, row.id, row.name, row.place, READ if row.read else UNREAD, problems_of(row, words))
    if not row.read:
        return (*person, *(None,) * width)
    return (*person, *(cell.word if cell.option is None else beside_option(said(cell.word), cell, words) for cell in row.cells))


def beside_option(word: str, cell: Cell, words: Words) -> str:
    """A word about a cell, with the option it is said of."""
    return word if cell.option is None else words.text("with_option", text=word, option=cell.option)


def long_rows(row: Row, words: Words) -> Iterator[tuple[Any, ...]]:
    """A row per vacancy and criterion; one who could not be read has one, with the problems for a reason."""
    person = (row.number + 1, row.id, row.name, row.place)
    if not row.read:
        yield (*person, UNREAD, *(None,) * (len(LONG) - 7), problems_of(row, words), None)
        return
    for cell in row.cells:
        start = (*person, READ, cell.vacancy, str(cell.outcome), str(cell.closing), len(cell.unmet))
        for point in cell.points:
            amount, unit = point.gap or (None, None)
            yield (
                *start, point.id, "required" if point.required else "desirable", str(point.verdict), point.code,
                " ".join(point.causes) or None, " ".join(point.missing) or None, amount, unit, point.reason, cell.option,
            )  # fmt: skip
        if not cell.points:
            yield (*start, *(None,) * 9, cell.option)


def next_rows(row: Row, words: Words, due: Sequence[Dues]) -> Iterator[tuple[Any, ...]]:
    """A row per vacancy: until when, what to do next and what to ask; one who could not be read has one."""
    person = (row.number + 1, row.id, row.name, row.place, READ if row.read else UNREAD, problems_of(row, words))
    if not row.read:
        yield (*person, *(None,) * (len(NEXT) - len(person)))
        return
    for cell, until in zip(row.cells, due, strict=True):
        yield (
            *person, cell.vacancy, str(cell.outcome), str(cell.closing), len(cell.unmet), *(until.of(cell) or (None, None, None)),
            cell.action, cell.question, cell.option,
        )  # fmt: skip


def change_rows(row: Row, labels: bool = False) -> Iterator[tuple[Any, ...]]:
    """A row per criterion that is otherwise, or per vacancy where only its outcome is; one for who is new or could not be read. Criteria
    are named by their ids, or by what they are called (`labels`)."""
    since = row.since
    if since is None or since.state == "same":
        return
    person = (row.number + 1, row.id, row.name, row.place, since.state)
    if not since.changes:
        yield (*person, *(None,) * (len(CHANGES) - len(person)))
    for one in since.changes:
        vacancy = (one.vacancy, str(one.before), str(one.closing_before), str(one.after), str(one.closing), " ".join(one.why) or None)
        for each in one.criteria:
            yield (*person, *vacancy, each.label if labels else each.id, each.before, each.after)
        if not one.criteria:
            yield (*person, *vacancy, None, None, None)


def gone_rows(about: About) -> Iterator[tuple[Any, ...]]:
    """A row for everybody who is no longer there."""
    for key, name in about.against.gone() if about.against is not None else ():
        yield (None, key, name, None, "gone", *(None,) * (len(CHANGES) - 5))


def problems_of(row: Row, words: Words) -> str | None:
    """What is wrong with the data of a person, each with its place, in one text."""
    if not row.problems:
        return None
    return "; ".join(f"{one.place}: {words.problem(one.code, one.params).message}" for one in row.problems)
