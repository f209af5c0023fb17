"""Tables of people against vacancies: Arrow in, Arrow out, a batch of people at a time.

The answers are those of `eligibility.check`, which still gives them where a criterion or a person has something that is not decided
for a whole table at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pyarrow as pa

    from eligibility.reference import Reference
    from eligibility.vacancy import Vacancy

__all__ = ["check"]


def check(
    table: Any,
    vacancies: Iterable[Vacancy],
    on: date | datetime,
    *,
    columns: str | Mapping[str, Any] | None = None,
    reference: Reference | None = None,
    detail: Literal["criteria", "outcomes"] = "criteria",
    language: str = "en",
) -> pa.RecordBatchReader:
    """Everybody in a table against every vacancy: a reader of record batches with a row per person, in the order of the table.

    `table` is an Arrow table, record batch, reader, data set or scanner, or what gives one (a frame of pandas, Polars or DuckDB). It is
    read a batch at a time, and so are the answers: a table larger than the memory will do. Its columns are the fields of profile files,
    lists of records being lists of structures; what is null is not said. A day is a date, a timestamp without a zone at midnight, or
    text as in a profile. Or the table is flat, and `columns` says which column is which field: the path of a map as
    `eligibility batch --columns` takes it, or what stands in one (`{"columns": {"birth_date": "Born"}, "complete": […]}`).

    `on` and `reference` are those of `eligibility.check`. The answers have the columns

    * `row` (integer): the number of the person in the table, from 1; `id` (text): what the profile says;
    * `problems`: a list of `code`, `path` and `message` (in `language`, `en` or `fr`), the same that `eligibility validate` tells. A
      person with an error among them (a code that begins with E) is refused: their columns of vacancies are null. The others are checked;
    * one for each vacancy, named by its id: `outcome` and `closing`; `option`, where the vacancy offers a choice that the applicant may
      not have made: the option that is told of, the best; and, unless `detail` is `outcomes`, one for each criterion, named by its id:
      `verdict`, `code`, `causes` (a list of texts) and `gap` (`amount` and `unit`, null where there is no distance to a threshold).
      Criteria that only a person can judge have no column.

    A column that no profile has is not read, and told in every row that has something in it (W603); one whose name is nearly that of a
    field is taken for a misspelt one, and those people are refused (E203).

    Raises `Problems` for a map that is wrong, `TypeError` for what is no table, `ValueError` for two vacancies or a vacancy and another
    column of the same name, and `MissingExtra` where pyarrow or numpy is not installed (`pip install "eligibility[columns]"`).
    """
    from eligibility.batch.extras import extra
    from eligibility.reference import load_reference

    extra("numpy", "columns", "numpy")
    extra("pyarrow", "columns", "pyarrow")
    from eligibility.columns.answering import answered

    if detail not in ("criteria", "outcomes"):
        raise ValueError(f"detail is criteria or outcomes: {detail!r}")
    return answered(table, tuple(vacancies), on, columns, reference or load_reference(), detail == "criteria", language)
