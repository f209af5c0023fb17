"""The line of a table that counts for one candidate: each that may, where not everything is said, and what would tell which."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

from eligibility.answer import Used
from eligibility.dates import Days, birthday, impossible_birth
from eligibility.deciding.age import ages_on
from eligibility.deciding.case import Case
from eligibility.question.others import Declared
from eligibility.question.table import AGE, Column, Line, Table


class Looked(NamedTuple):
    """The lines that may be a candidate's, by the answers to the columns that lead there (None: no line has them); the columns whose
    answer the profile does not settle; where each is answered, and what stands there."""

    table: Table
    lines: Mapping[tuple[Any, ...], Line | None]
    open: frozenset[str]
    said: Mapping[str, Used]

    def known(self, names: Sequence[str]) -> list[tuple[str, Any, Mapping[str, str] | None]]:
        """Those of some columns of which one answer is possible, each with it, and with what it is called."""
        found = []
        for place, column in enumerate(self.table.columns):
            answers = {answers[place] for answers in self.lines}
            if column.name in names and len(answers) == 1:
                found.append((column.name, answers.pop(), column.label))
        return found

    def missing(self, answer: Callable[[Line | None], Hashable]) -> tuple[str, ...]:
        """The paths of what could change an answer that a line leads to, whatever else is so."""
        found = []
        for place, column in enumerate(self.table.columns):
            led: dict[tuple[Any, ...], set[Hashable]] = {}
            for answers, line in self.lines.items():
                led.setdefault((*answers[:place], *answers[place + 1 :]), set()).add(answer(line))
            if column.name in self.open and any(len(several) > 1 for several in led.values()):
                found.append(self.said[column.name].path)
        return tuple(found)


def look(table: Table, case: Case, day: Days | None) -> Looked:
    """The lines of a table that may be a candidate's on a day."""
    found = {column.name: _possible(column, case, day) for column in table.columns}
    lines = {one: table.line_of(one) for one in product(*(answers for answers, _, _ in found.values()))}
    unsettled = frozenset(name for name, (_, settled, _) in found.items() if not settled)
    return Looked(table, lines, unsettled, {name: said for name, (_, _, said) in found.items()})


def _possible(column: Column, case: Case, day: Days | None) -> tuple[Sequence[Any], bool, Used]:
    """The answers to a column that are possible, whether the profile can say no more, and what it says."""
    if column.sort == AGE:
        return _ages(column, case, day)
    if column.sort == "choice":
        chosen = case.choices.get(column.name)
        known = chosen in column.answers
        return [chosen] if known else column.answers, known, Used(f"choices.{column.name}", chosen)
    stated = case.facts.declared(column.name)
    known = stated is not None and isinstance(stated, bool) is (column.sort == "truth")
    return [stated] if known else column.answers, known, Used(case.facts.path(f"facts.{column.name}"), stated)


def _ages(column: Column, case: Case, day: Days | None) -> tuple[Sequence[int], bool, Used]:
    birth = case.facts.birth
    said = Used(case.facts.path("birth_date"), birth)
    if birth is None or impossible_birth(birth, case.today) is not None:
        return column.answers, False, said
    low, high = ages_on(birth, case.today if day is None else day.first, case.leap_birthday)
    return range(low, high + 1), birth.exact, said


def days_of_tables(criterion: Declared, case: Case) -> list[int]:
    """The days on which somebody comes to another line: birthdays."""
    birth = case.facts.birth
    if birth is None:
        return []
    columns = [column for bound in criterion.bounds if bound.table is not None for column in bound.table.columns if column.sort == AGE]
    return [birthday(born, age, policy) for column in columns for age in column.answers for born in birth for policy in ("feb28", "mar1")]
