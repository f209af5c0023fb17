"""Tables of a notice: a limit that depends on facts, on an age or on a choice, line by line. One line counts for each person, or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, inf
from typing import Any, NamedTuple

AGE = "age"
"""The column that is no fact: the age in completed years."""
OLDEST = 130
"""Nobody is older."""


class Range(NamedTuple):
    """Numbers between two ends, each of which may be left out."""

    low: float = 0
    without_low: bool = False
    high: float = inf
    without_high: bool = False

    def __contains__(self, number: object) -> bool:
        if not isinstance(number, int | float):
            return False
        above = number > self.low if self.without_low else number >= self.low
        return above and (number < self.high if self.without_high else number <= self.high)

    @property
    def empty(self) -> bool:
        return self.low > self.high or (self.low == self.high and (self.without_low or self.without_high))

    def meets(self, other: Range) -> bool:
        """Whether some number lies in both."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return low < high or (low == high and low in self and low in other)

    def in_years(self) -> Range:
        """The same of whole numbers, with both ends."""
        low = floor(self.low) + 1 if self.without_low else ceil(self.low)
        high = OLDEST if self.high == inf else ceil(self.high) - 1 if self.without_high else floor(self.high)
        return Range(low, False, high, False)


Cell = Range | tuple[Any, ...]
"""What a line asks of a column: numbers, or what may be stated or chosen."""


class Column(NamedTuple):
    """A column, what it is of (`number`, `truth`, `choice` or `age`), and answers that stand for all there are: no line tells apart two
    that none of these lies between."""

    name: str
    sort: str
    answers: tuple[Any, ...]
    label: Mapping[str, str] | None = None
    """What a criterion about the same fact is called, in each language."""


@dataclass(frozen=True, eq=False, slots=True)
class Line:
    """What a line asks of the columns, and the limit it gives."""

    cells: Mapping[str, Cell]
    limit: float

    def meets(self, other: Line) -> bool:
        """Whether both may be somebody's."""
        return all(_meet(cell, other.cells[name]) for name, cell in self.cells.items() if name in other.cells)


@dataclass(frozen=True, eq=False, slots=True)
class Table:
    """The lines of a table, of which no two meet."""

    name: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    @property
    def dated(self) -> bool:
        """Whether it depends on the day: on an age."""
        return any(column.sort == AGE for column in self.columns)

    def line_of(self, answers: Sequence[Any]) -> Line | None:
        """The line of whoever answers so, column by column; None where there is none."""
        known = {column.name: answer for column, answer in zip(self.columns, answers, strict=True)}
        return next((line for line in self.lines if all(known[name] in cell for name, cell in line.cells.items())), None)


def _meet(one: Cell, other: Cell) -> bool:
    if isinstance(one, Range) and isinstance(other, Range):
        return one.meets(other)
    return any(answer in other for answer in one)


def answers_of(sort: str, cells: Sequence[Cell], options: Sequence[Any]) -> tuple[Any, ...]:
    """Answers to a column that stand for all there are."""
    if sort == "truth":
        return True, False
    if sort == "choice":
        return tuple(options)
    ends = sorted({end for cell in cells if isinstance(cell, Range) for end in (cell.low, cell.high) if end < inf})
    if sort == AGE:
        return tuple(sorted({0, OLDEST, *(int(age) for end in ends for age in (end - 1, end, end + 1) if 0 <= age <= OLDEST)}))
    return tuple(sorted({0, *ends, *((low + high) / 2 for low, high in pairwise([0, *ends])), max(ends, default=0) + 1}))


def hull(column: Column, table: Table) -> Iterator[Any]:
    """The answers to a column between the first and the last that some line speaks of."""
    cells = [line.cells.get(column.name, Range()) for line in table.lines]
    ranges = [cell for cell in cells if isinstance(cell, Range)]
    if column.sort in ("truth", "choice"):
        yield from column.answers
        return
    inside = [answer for answer in column.answers if any(answer in one for one in ranges)]
    yield from (answer for answer in column.answers if inside and inside[0] <= answer <= inside[-1])
