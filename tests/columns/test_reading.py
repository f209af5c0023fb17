"""Distinct values are read once, by the readers of profile files; what these refuse, or tell of, is read alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from eligibility.columns.people import People
from eligibility.columns.reading import Reading
from eligibility.loading.models import read_profile

from .material import REFERENCE


def degrees(levels: list[Any], kind: pa.DataType) -> pa.RecordBatch:
    return pa.record_batch({"degrees": pa.array([[{"level": one}] for one in levels], pa.list_(pa.struct([("level", kind)])))})


def test_true_is_no_number_though_one_was_read_before() -> None:
    """Python takes True and 1 for the same; a profile does not, whichever comes first."""
    one, true = degrees([1, 1], pa.int8()), degrees([True, None], pa.bool_())
    for batches in ((one, true), (true, one)):
        reading = Reading(REFERENCE)
        strange = {batch.column(0).type: People(batch, reading).strange.tolist() for batch in batches}
        assert strange == {one.column(0).type: [False, False], true.column(0).type: [True, False]}


@pytest.mark.parametrize("years", [float("inf"), float("-inf"), float("nan"), -1.0])
def test_a_number_that_none_can_be_is_not_read(years: float) -> None:
    batch = pa.record_batch({"degrees": pa.array([[{"years": years}], [{"years": 3.0}]])})
    assert People(batch, Reading(REFERENCE)).strange.tolist() == [True, False]


def test_many_values_of_which_one_is_refused() -> None:
    """The others are what each of them is alone."""
    days = [f"20{year:02}-{month:02}-15" for year in range(40) for month in range(1, 13)]
    days[200] = "2016-02-30"
    batch = pa.record_batch({"birth_date": pa.array(days)})
    people = People(batch, Reading(REFERENCE))
    assert [index for index, one in enumerate(people.strange.tolist()) if one] == [200]
    alone = [People(batch.slice(index, 1), Reading(REFERENCE)) for index in (0, 199, 201, 479)]
    read = people.reading.words("", "birth_date").values
    assert [read[people.birth[index]] for index in (0, 199, 201, 479)] == [
        one.reading.words("", "birth_date").values[one.birth[0]] for one in alone
    ]


def test_days_are_what_a_profile_makes_of_them() -> None:
    """A plain day is read without a profile around it: every form of it means the same."""
    days = [str(date.fromordinal(one)) for one in range(1, date.max.toordinal(), 9_973)]
    days += ["0000-01-01", "1899-12-31", "2024-02-29", "2023-02-29", "2023-13-01", "2023-00-10", "9999-12-31", "2023-1-1", "٢٠٢٣-٠١-٠١", "2023"]
    for source, record, key in (("degrees", {"level": 7}, "awarded"), ("experience", {"from": "0001-01-01"}, "to")):
        batch = pa.record_batch({source: pa.array([[{**record, key: one}] for one in days])})
        people = People(batch, Reading(REFERENCE))
        for index, one in enumerate(days):
            profile, problems = read_profile({source: [{**record, key: one}]}, REFERENCE)
            assert people.strange[index] == bool(problems), one
            if profile is not None and not problems:
                [read] = getattr(profile, source)
                ends = people.rows(source).days("awarded" if key == "awarded" else "end")
                assert (ends.first[index], ends.last[index]) == (read.awarded if key == "awarded" else read.end), one
