"""A table answered: each batch is read, decided in columns where that can be done, else person by person, and written as Arrow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from eligibility.batch.columns import ColumnMap, map_in, read_map
from eligibility.batch.people import TableRow
from eligibility.batch.sources import Choices, columns_of
from eligibility.batch.table import Table
from eligibility.columns.answers import (
    CAUSE,
    CLOSING,
    CLOSINGS,
    CODE,
    CRITERION,
    NONE,
    OUTCOME,
    OUTCOMES,
    WORD,
    Answers,
    outcomes_of,
    words,
)
from eligibility.columns.kernels import AllKernels
from eligibility.columns.kinds import Answer
from eligibility.columns.one import OneByOne, Person, Told
from eligibility.columns.rows import Rows, flat_rows, nested_rows
from eligibility.columns.stream import stream_of
from eligibility.deciding.result import Result
from eligibility.diagnostic import Diagnostic, Place, Problems
from eligibility.explaining import reason_of
from eligibility.reference import Reference
from eligibility.vacancy import Vacancy
from eligibility.verdict import Verdict

PROBLEM = pa.struct([("code", pa.string()), ("path", pa.string()), ("message", pa.string())])
ALONE = 1_000
"""People who are read alone, at a time."""
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
    read, batches = stream_of(table)
    rows = nested_rows if columns is None else flat_rows(_map(columns, read, reference))
    one = OneByOne(vacancies, on, reference, language)
    kernels = AllKernels(vacancies, on, reference, outcomes=not criteria) if rows is nested_rows else None
    return pa.RecordBatchReader.from_batches(schema, _answers(batches, asked, one, kernels, rows, schema))


def _map(columns: str | Mapping[str, Any], schema: pa.Schema, reference: Reference) -> ColumnMap:
    """The map of a file, or the one that is given, for the columns of the table. Raises `Problems`."""
    if isinstance(columns, str):
        mapped, document = read_map(columns)
        place = document.place(())
    else:
        place = Place("columns")
        mapped, found = map_in(TableRow("columns", 1, dict(columns)))
        if any(one.is_error for one in found):
            raise Problems(found)
    if mapped.together:
        raise Problems([Diagnostic("E629", place)])
    return columns_of(Table("table", schema.names, ()), Choices(reference, mapped), lambda notice: None)


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


def in_columns(batch: pa.RecordBatch, said: Sequence[Said], kernels: AllKernels) -> Any:
    """Decide what can be decided of a whole batch at once, and give the people who are left, as a Boolean array.

    Whoever is not left has an outcome, a closing and every answer in `said`, exactly those that one person would get, and no problem to be
    told. Whoever is left is read and asked alone: people with a value that is refused or warned of, and everybody before a vacancy that
    has something columns do not know.
    """
    if not all(one.known for one in kernels.vacancies):
        return np.ones(batch.num_rows, bool)
    people = kernels.read(batch)
    for place in kernels.order:
        vacancy, one, on = said[place], kernels.vacancies[place], kernels.moments[place]
        if vacancy.criteria:
            required = []
            for answers, (criterion, answer) in zip(vacancy.criteria, one.decide(people, on), strict=True):
                fill(answers, answer, verdict := answer.verdict())
                if criterion.common.importance == "required":
                    required.append(verdict)
        else:
            required = list(one.verdicts(people, on))
        vacancy.outcome[:] = outcomes_of(required, batch.num_rows)
        vacancy.closing[:] = CLOSING[one.closing(kernels.on)]
    for vacancy in said:
        vacancy.outcome[people.strange] = NONE
    people.forget()
    return people.strange


def fill(answers: Answers, answer: Answer, verdict: Any) -> None:
    """Put the answers of everybody to a criterion in their place."""
    kinds, units = answer.kinds, answers.units

    def causes(result: Result) -> int:
        return sum(CAUSE[one] for one in result.causes) if result.verdict is Verdict.UNKNOWN else 0

    def unit(result: Result) -> int:
        gap = reason_of(result).gap
        return NONE if gap is None or result.verdict not in (Verdict.UNKNOWN, Verdict.FAIL) else units.index(gap.unit)

    answers.verdict = verdict.astype(np.int8)
    answers.code = kinds.kept("code", lambda result: CODE[result.code])[answer.number]
    answers.causes = kinds.kept("causes", causes)[answer.number].astype(np.uint8)
    answers.unit = kinds.kept("unit", unit)[answer.number].astype(np.int8)
    answers.gap = answer.gap.copy()


def _answers(
    batches: Iterator[pa.RecordBatch], asked: Sequence[Asked], one: OneByOne, kernels: AllKernels | None, rows: Rows, schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    first = 1
    for batch in batches:
        said = [Said(vacancy, batch.num_rows) for vacancy in asked]
        left = np.ones(batch.num_rows, bool) if kernels is None else in_columns(batch, said, kernels)
        yield pa.RecordBatch.from_arrays(_columns(batch, first, left, said, one, rows), schema=schema)
        first += batch.num_rows


def _columns(batch: pa.RecordBatch, first: int, left: Any, said: Sequence[Said], one: OneByOne, rows: Rows) -> list[pa.Array]:
    """The columns of a batch, once those who are left have been read and asked alone."""
    ids: dict[int, str | None] = {}
    problems: dict[int, Sequence[Told]] = {}
    wanted = np.flatnonzero(left).tolist()
    for start in range(0, len(wanted), ALONE):
        some = wanted[start : start + ALONE]
        for place, row in zip(some, rows(batch, some, first), strict=True):
            person = one.read(row)
            ids[place], problems[place] = _id(person, row.data), person.problems
            if person.profile is not None:
                for vacancy in said:
                    _ask(vacancy, place, person, one)
    numbers = pa.array(np.arange(first, first + batch.num_rows))
    return [numbers, _ids(batch, ids), _problems(batch.num_rows, problems), *(vacancy.column() for vacancy in said)]


def _ids(batch: pa.RecordBatch, alone: Mapping[int, str | None]) -> pa.Array:
    """What people call themselves: as the table has it, but for those who were read alone."""
    if len(alone) == batch.num_rows or "id" not in batch.schema.names:
        return pa.array([alone.get(place) for place in range(batch.num_rows)], pa.string())
    column = batch.column("id").cast(pa.string())
    if not alone:
        return column
    mask = np.zeros(batch.num_rows, bool)
    mask[list(alone)] = True
    return pc.replace_with_mask(column, pa.array(mask), pa.array([alone[place] for place in sorted(alone)], pa.string()))


def _problems(people: int, told: Mapping[int, Sequence[Told]]) -> pa.ListArray:
    """The problems of each person."""
    lengths = np.zeros(people + 1, np.int32)
    flat: list[Told] = []
    for place in sorted(told):
        lengths[place + 1] = len(told[place])
        flat += told[place]
    parts = [pa.array([one[part] for one in flat], pa.string()) for part in range(len(PROBLEM))]
    return pa.ListArray.from_arrays(pa.array(np.cumsum(lengths, dtype=np.int32)), pa.StructArray.from_arrays(parts, fields=list(PROBLEM)))


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
    for answers, one_answer in zip(said.criteria, answer.answers, strict=True) if said.criteria else ():
        answers.put(place, one_answer)
