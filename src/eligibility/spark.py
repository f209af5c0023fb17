"""A DataFrame of people against vacancies on a cluster: what `eligibility.columns.check` answers, made by Spark's workers.

Rules travel as text, and the workers read them: no object of this package crosses the wire. The package has to be installed in the
Python of the workers, in the version of the driver.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from eligibility import columns as tables
from eligibility._version import VERSION
from eligibility.batch.extras import extra
from eligibility.checks.vacancies import read_vacancy_data, vacancy_in_source
from eligibility.loading.files import Source, read_source
from eligibility.loading.models import sound
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reference import load_reference
from eligibility.vacancy import Vacancy

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

__all__ = ["check"]

Detail = Literal["criteria", "outcomes"]


def check(
    frame: DataFrame,
    vacancies: Iterable[str | os.PathLike[str] | Vacancy] | str | os.PathLike[str] | Vacancy,
    on: date | datetime,
    *,
    columns: str | Mapping[str, Any] | None = None,
    detail: Detail = "criteria",
    language: str = "en",
) -> DataFrame:
    """Everybody in a DataFrame against every vacancy: a DataFrame with a row for each person. Nothing runs until it is asked for.

    `vacancies` are paths of rule files, or vacancies of `load_vacancy` or `Vacancy.from_dict`, or one of them. They are read here, so
    that a broken one is told before any job starts, and travel as text; a process of a worker reads each set of rules once. `on`,
    `columns`, `detail` and `language` are those of `eligibility.columns.check`; a map at a path is read here.

    The columns of `frame` are the fields of profile files, lists of records being arrays of structures, or any with a map. A day is a
    DATE, a TIMESTAMP_NTZ at midnight or a text; a TIMESTAMP is a moment that has another day in another zone, and refuses the person.

    The answers have the columns of `eligibility.columns.check` without `row`, words as texts: `id` says who is who. Somebody who cannot be
    read is a row whose vacancies are null, with the problems. Where a sentence names a cell of a flat table, its number is that of the
    row among those that one task read.

    Raises `Problems` for a rule file or a map that is wrong, `TypeError` for what is no DataFrame, `ValueError` for a vacancy that is no
    longer what it was read from (a copy with something changed, a file that was written since) and for what `eligibility.columns.check`
    refuses, and `MissingExtra` where pyspark is not installed (`pip install "eligibility[spark]"`).
    """
    types = extra("pyspark.sql.pandas.types", "spark", "pyspark")
    arrow = extra("pyarrow", "spark", "pyarrow")
    if not hasattr(frame, "mapInArrow"):
        raise TypeError(f"no DataFrame of Spark: {type(frame).__name__}")
    if isinstance(vacancies, str | os.PathLike | Vacancy):
        vacancies = (vacancies,)
    rules = tuple(_rule(one) for one in vacancies)
    nobody = arrow.schema([(name, arrow.null()) for name in frame.columns]).empty_table()
    answers = tables.check(nobody, _vacancies(rules), on, columns=columns, detail=detail, language=language)
    if isinstance(columns, str):
        columns = read_yaml(read_source(columns)).data
    task = Task(VERSION, rules, on, None if columns is None else dict(columns), detail, language)
    return frame.mapInArrow(task.answers, types.from_arrow_schema(_sent(answers.schema)))


class Rule(NamedTuple):
    """A vacancy as text: the bytes of the rule file of that name, or plain data in JSON, which have no name."""

    file: str | None
    text: bytes

    def vacancy(self) -> Vacancy:
        """The vacancy, read. Raises `Problems`."""
        if self.file is None:
            return read_vacancy_data(json.loads(self.text))
        vacancy: Vacancy = sound(vacancy_in_source(Source(self.file, self.text), load_reference()))
        return vacancy


def _rule(vacancy: str | os.PathLike[str] | Vacancy) -> Rule:
    """The text of a vacancy. Raises `Problems` where a file cannot be read, ValueError where the text says something else."""
    if not isinstance(vacancy, Vacancy):
        return Rule(*read_source(os.fspath(vacancy)))
    if vacancy._data is not None:
        rule = Rule(None, json.dumps(vacancy._data).encode("ascii"))
    elif vacancy.file is not None:
        rule = Rule(*read_source(vacancy.file))
    else:
        raise ValueError(f"{vacancy.id} does not come from load_vacancy or Vacancy.from_dict: its text is not known")
    if rule.vacancy() != vacancy:
        raise ValueError(f"{vacancy.id} is not what {vacancy.file or 'the data it was made of'} says: load it anew")
    return rule


@lru_cache(maxsize=4)
def _vacancies(rules: tuple[Rule, ...]) -> tuple[Vacancy, ...]:
    """The vacancies of some texts. A worker answers one task after the other with the same rules, and reads them for the first: the same
    texts are the same vacancies, so nobody can tell but by the time."""
    return tuple(one.vacancy() for one in rules)


class Task(NamedTuple):
    """What a worker needs to answer: all of it plain data, and the version of the package that the driver has."""

    version: str
    rules: tuple[Rule, ...]
    on: date | datetime
    columns: Mapping[str, Any] | None
    detail: Detail
    language: str

    def answers(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The answers to the people of a partition, which may have none."""
        import pyarrow as pa

        if self.version != VERSION:  # its answers may be others
            raise RuntimeError(f"this worker has eligibility {VERSION}, the driver {self.version}: install the same version on both")
        first = next(batches, None)
        if first is None:
            return
        people = pa.RecordBatchReader.from_batches(first.schema, _all(first, batches))
        vacancies = _vacancies(self.rules)
        with tables.check(people, vacancies, self.on, columns=self.columns, detail=self.detail, language=self.language) as reader:
            sent = _sent(reader.schema)
            for batch in reader:
                yield batch.select(sent.names).cast(sent)


def _all(first: pa.RecordBatch, others: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    yield first
    yield from others


def _sent(schema: pa.Schema) -> pa.Schema:
    """The schema of answers as Spark has them: no number of the row, which each partition would begin anew, and no dictionaries."""
    import pyarrow as pa

    return pa.schema([field.with_type(_plain(field.type)) for field in schema if field.name != "row"])


def _plain(kind: pa.DataType) -> pa.DataType:
    import pyarrow as pa

    if pa.types.is_dictionary(kind):
        return kind.value_type
    if pa.types.is_struct(kind):
        return pa.struct([field.with_type(_plain(field.type)) for field in kind])
    if pa.types.is_list(kind):
        return pa.list_(kind.value_field.with_type(_plain(kind.value_type)))
    return kind
