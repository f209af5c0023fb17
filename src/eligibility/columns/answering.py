"""A table answered: each batch is read, decided in columns where that can be done, else person by person, and written as Arrow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from eligibility.batch.columns import ColumnMap, map_in, read_map
from eligibility.batch.people import TableRow
from eligibility.columns.answers import CLOSING, CLOSINGS, CRITERION, NONE, OUTCOME, OUTCOMES, WORD, Answers, words
from eligibility.columns.one import OneByOne, Person
from eligibility.columns.rows import Rows, flat_rows, nested_rows
from eligibility.columns.stream import stream_of
from eligibility.diagnostic import Problems
from eligibility.reference import Reference
from eligibility.vacancy import Vacancy

PROBLEM = pa.struct([("code", pa.string()), ("path", pa.string()), ("message", pa.string())])
PERSON = [pa.field("row", pa.int64()), pa.field("id", pa.string()), pa.field("problems", pa.list_(PROBLEM))]


def answered(
    table: Any, vacancies: Sequence[Vacancy], on: date | datetime, columns: str | Mapping[str, Any] | None, reference: Reference,
    criteria: bool, language: str,
) -> pa.RecordBatchReader:  # fmt: skip
    """The answers to a table, made as they are read."""
    units = ["days", "times", "days_too_old", "days_too_young", "days_too_late", "hours", "credits", "percent"]
    asked = [Asked.of(one, reference, criteria, units) for one in vacancies]
    schema = pa.schema([*PERSON, *(pa.field(one.vacancy.id, one.type) for one in asked)])
    if len(set(schema.names)) < len(schema.names):
        raise ValueError(f"columns of the same name: {', '.join(schema.names)}")
    rows = nested_rows if columns is None else flat_rows(_map(columns))
    _, batches = stream_of(table)
    return pa.RecordBatchReader.from_batches(schema, _answers(batches, asked, OneByOne(vacancies, on, reference, language), rows, schema))


def _map(columns: str | Mapping[str, Any]) -> ColumnMap:
    """The map of a file, or the one that is given. Raises `Problems`."""
    if isinstance(columns, str):
        return read_map(columns)[0]
    mapped, found = map_in(TableRow("columns", 1, dict(columns)))
    if any(one.is_error for one in found):
        raise Problems(found)
    return mapped


class Asked(NamedTuple):
    """A vacancy with the ids of its criteria (none where only outcomes are wanted), whether its outcome may be that
    of an option, and the units of gaps, which all vacancies share."""

    vacancy: Vacancy
    criteria: tuple[str, ...]
    options: bool
    units: list[str]

    @classmethod
    def of(cls, vacancy: Vacancy, reference: Reference, criteria: bool, units: list[str]) -> Asked:
        """What is asked of a vacancy."""
        parsed = vacancy.parsed(reference)
        names = [one.common.id or f"criterion-{number}" for number, one in enumerate(parsed.criteria, 1) if one.kind != "judged"]
        return cls(vacancy, tuple(names) if criteria else (), bool(parsed.tracks), units)

    @property
    def type(self) -> pa.DataType:
        """The type of its column."""
        option = [("option", pa.string())] if self.options else []
        return pa.struct([("outcome", WORD), ("closing", WORD), *option, *((name, CRITERION) for name in self.criteria)])


class Said:
    """What one vacancy says of the people of a batch."""

    def __init__(self, asked: Asked, people: int) -> None:
        self.asked = asked
        self.outcome = np.full(people, NONE, np.int8)
        self.closing = np.full(people, NONE, np.int8)
        self.option: list[str | None] = [None] * people if asked.options else []
        self.criteria = [Answers(people, asked.units) for _ in asked.criteria]

    def column(self) -> pa.StructArray:
        """The same as a column."""
        fields = list(self.asked.type)
        option = [pa.array(self.option, pa.string())] if self.asked.options else []
        parts = [words(self.outcome, OUTCOMES), words(self.closing, CLOSINGS), *option, *(one.column() for one in self.criteria)]
        return pa.StructArray.from_arrays(parts, fields=fields, mask=pa.array(self.outcome == NONE))


def _answers(
    batches: Iterator[pa.RecordBatch], asked: Sequence[Asked], one: OneByOne, rows: Rows, schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    first = 1
    for batch in batches:
        people = batch.num_rows
        said = [Said(vacancy, people) for vacancy in asked]
        ids: list[str | None] = [None] * people
        problems: list[Sequence[Any]] = [()] * people
        for place, row in enumerate(rows(batch, range(people), first)):
            person = one.read(row)
            ids[place], problems[place] = _id(person, row.data), person.problems
            if person.profile is not None:
                for vacancy in said:
                    _ask(vacancy, place, person, one)
        numbers = pa.array(np.arange(first, first + people))
        told = pa.array([[problem._asdict() for problem in some] for some in problems], pa.list_(PROBLEM))
        columns = [numbers, pa.array(ids, pa.string()), told, *(vacancy.column() for vacancy in said)]
        yield pa.RecordBatch.from_arrays(columns, schema=schema)
        first += people


def _id(person: Person, data: Mapping[str, Any]) -> str | None:
    """The id of somebody who could be read, and of one who could not, where it is one."""
    if person.profile is not None:
        return person.profile.id
    told = data.get("id")
    return told if isinstance(told, str) else None


def _ask(said: Said, place: int, person: Person, one: OneByOne) -> None:
    answer = one.answer(said.asked.vacancy, person, bool(said.criteria))
    said.outcome[place], said.closing[place] = OUTCOME[answer.outcome], CLOSING[answer.closing]
    if said.asked.options:
        said.option[place] = answer.option
    for answers, finding in zip(said.criteria, answer.findings, strict=True) if said.criteria else ():
        answers.put(place, finding)
