"""Reading the tables of a vacancy: their lines, of which no two may be anybody's, and the bounds that name them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import Any

from eligibility.question.quantity import OPERATORS, parse_quantity
from eligibility.question.table import AGE, Cell, Column, Line, Range, Table, answers_of
from eligibility.reading.reader import Context, Path, Reader, as_word, written

IS = "is"
"""The key of a line that gives the limit."""
MOST_LINES = 500
MOST_ANSWERS = 50_000
"""So many different people a table may tell apart: no notice has such a table."""


def read_tables(raw: Mapping[str, Any], criteria: Any, context: Context) -> None:
    """The tables of a vacancy, for the bounds that name them; its columns are called what the criteria about the same facts are."""
    context.labels = dict(_labels(criteria)) if raw else {}
    for name, lines in raw.items():
        before = len(context.problems)
        table = _table(name, lines, context)
        context.tables[name] = table if len(context.problems) == before else None


def _labels(raw: Any) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The facts that criteria ask about, at any depth, with their labels."""
    if isinstance(raw, dict):
        fact, label = raw.get("fact"), raw.get("label")
        if isinstance(fact, str) and isinstance(label, dict) and all(isinstance(one, str) for one in label.values()):
            yield fact, label
    for one in raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list) else ():
        yield from _labels(one)


def table_named(raw: Mapping[str, Any], path: Path, context: Context) -> Table | None:
    """The table of a bound, `{table: least-weight}`; None where it is wrong, which is told."""
    reader = Reader(raw, path, context)
    name = reader.text("table")
    reader.unknown_keys("bound")
    if name is None:
        return None
    if name not in context.tables:
        context.problem("E253", (*path, "table"), word=name, allowed=sorted(context.tables))
        return None
    return context.tables[name]


def _table(name: str, raw: Any, context: Context) -> Table | None:
    path: Path = ("tables", name)
    if not isinstance(raw, list) or not raw:
        if raw == []:
            context.problem("E211", path)
        else:
            context.problem("E204", path, expected="lines", value=written(raw))
        return None
    if len(raw) > MOST_LINES:
        context.problem("E254", path, True, limit=MOST_LINES)
        return None
    sorts: dict[str, str] = {}
    lines = [_line(one, (*path, index), sorts, context) for index, one in enumerate(raw)]
    if any(line is None for line in lines):
        return None
    found = tuple(line for line in lines if line is not None)
    for later, line in enumerate(found):
        earlier = next((index for index in range(later) if found[index].meets(line)), None)
        if earlier is not None:
            context.problem("E255", (*path, later), first=(*path, earlier))
    columns = tuple(_column(one, sort, found, context) for one, sort in sorts.items())
    if prod(len(column.answers) for column in columns) > MOST_ANSWERS:
        context.problem("E254", path, True, form="answers", limit=MOST_ANSWERS)
    return Table(name, columns, found)


def _column(name: str, sort: str, lines: Sequence[Line], context: Context) -> Column:
    cells = [line.cells[name] for line in lines if name in line.cells]
    return Column(name, sort, answers_of(sort, cells, context.choices.get(name) or ()), context.labels.get(name))


def _line(raw: Any, path: Path, sorts: dict[str, str], context: Context) -> Line | None:
    if not isinstance(raw, dict):
        context.problem("E204", path, expected="line", value=written(raw))
        return None
    reader = Reader(raw, path, context)
    before = len(context.problems)
    limit = parse_quantity(reader.raw(IS))
    if IS not in raw:
        reader.problem("E201", what="line", lacking=IS)
    elif limit is None or limit.measure != "number":
        reader.problem("E204", IS, expected="number", value=written(raw[IS]))
    names = [str(key) for key in raw if key != IS]
    if not names:
        reader.problem("E201", what="line", lacking=AGE)
    cells = {name: _cell(raw[name], name, reader.at(name), sorts, context) for name in names}
    if len(context.problems) > before or limit is None:
        return None
    return Line({name: cell for name, cell in cells.items() if cell is not None}, limit.amount)


def _cell(raw: Any, name: str, path: Path, sorts: dict[str, str], context: Context) -> Cell | None:
    """What a line asks of one column: bounds, a number, true or false, or options of the choice that is called so."""
    if name in context.choices:
        return _options(raw, name, path, sorts, context)
    sort = AGE if name == AGE else "truth" if isinstance(raw, bool) else "number"
    known = sorts.setdefault(name, sort)
    truth = name in context.reference.vocabulary("facts")
    if sort != known or (truth and sort != "truth") or (sort == AGE and isinstance(raw, bool)):
        expected = "true_or_false" if truth or known == "truth" else "number_or_bounds"
        context.problem("E204", path, expected=expected, value=written(raw))
        return None
    if sort == "truth":
        return (raw,)
    found = _range(raw, path, context)
    if found is None:
        return None
    if sort == AGE:
        found = found.in_years()
    if found.empty:
        context.problem("E256", path)
        return None
    return found


def _range(raw: Any, path: Path, context: Context) -> Range | None:
    if not isinstance(raw, dict):
        number = _number(raw, path, context)
        return None if number is None else Range(number, False, number, False)
    reader = Reader(raw, path, context)
    if not raw:
        reader.problem("E211")
        return None
    limits = {operator: _number(reader.raw(operator), reader.at(operator), context) for operator in OPERATORS if operator in reader}
    reader.unknown_keys("bound")
    if any(limit is None for limit in limits.values()):
        return None
    found = Range()
    for operator, limit in limits.items():
        assert limit is not None
        if operator in ("at_least", "more_than"):
            if (limit, operator == "more_than") > (found.low, found.without_low):
                found = found._replace(low=limit, without_low=operator == "more_than")
        elif (limit, operator == "at_most") < (found.high, not found.without_high):
            found = found._replace(high=limit, without_high=operator == "less_than")
    return found


def _number(raw: Any, path: Path, context: Context) -> float | None:
    quantity = parse_quantity(raw)
    if quantity is None or quantity.measure != "number":
        context.problem("E204", path, expected="number", value=written(raw))
        return None
    number: float = quantity.amount
    return number


def _options(raw: Any, name: str, path: Path, sorts: dict[str, str], context: Context) -> Cell | None:
    options = context.choices[name]
    sorts[name] = "choice"
    if options is None:
        context.problem("E242", path, word=name, expected="choice_of_words")
        return None
    entries = [((*path, index), one) for index, one in enumerate(raw)] if isinstance(raw, list) else [(path, raw)]
    for at, one in entries:
        if as_word(one) not in options:
            context.problem("E214", at, word=written(one), allowed=sorted(options))
    if not entries:
        context.problem("E211", path)
    return tuple(as_word(one) for _, one in entries)
