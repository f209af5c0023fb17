"""What is wrong with a table is told with its row and its column, and everybody else gets an answer."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from eligibility.columns import check
from eligibility.diagnostic import Problems

from .material import REFERENCE, VACANCIES

ON = date(2024, 3, 27)
GOOD = {"id": "good", "birth_date": "1990-01-02"}


def answers(table: pa.Table, **how: Any) -> list[dict[str, Any]]:
    return check(table, VACANCIES, ON, reference=REFERENCE, detail="outcomes", **how).read_all().to_pylist()


def told(row: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["code"], one["path"]) for one in row["problems"]]


def checked(row: dict[str, Any]) -> bool:
    """Whether every vacancy has an answer for the person; else none has."""
    there = [row[vacancy.id] is not None for vacancy in VACANCIES]
    assert all(there) or not any(there)
    return all(there)


REFUSED: dict[str, tuple[pa.Array, list[tuple[str, str]]]] = {
    "a day that does not exist": (pa.array(["1999-02-30"]), [("E105", "birth_date")]),
    "a timestamp that is not at midnight": (pa.array([datetime(1990, 1, 2, 3)]), [("E106", "birth_date")]),
    "a timestamp with a zone": (pa.array([datetime(1990, 1, 2)], pa.timestamp("us", "Europe/Paris")), [("E106", "birth_date")]),
    "true or false for a day": (pa.array([True]), [("E106", "birth_date")]),
    "a list for a day": (pa.array([["1990"]]), [("E106", "birth_date")]),
    "a structure for a day": (pa.array([{"day": 1}]), [("E106", "birth_date")]),
    "a number of days for a day": (pa.array([32_874]), [("E106", "birth_date")]),
    "a length of time for a day": (pa.array([timedelta(1)]), [("E204", "birth_date")]),
    "bytes that are no text": (pa.array([b"\xff"]), [("E140", "birth_date")]),
    "not a number": (pa.array([float("nan")]), [("E122", "birth_date")]),
    "a day beyond every calendar": (pa.array([10_000_000], pa.int32()).cast(pa.date32()), [("E105", "birth_date")]),
}


@pytest.mark.parametrize("wrong", REFUSED)
def test_a_birth_date_that_is_none(wrong: str) -> None:
    """The person is refused, the two around are not."""
    values, problems = REFUSED[wrong]
    table = pa.table({"id": ["a", "b", "c"], "birth_date": pa.array([None, values[0], None], values.type)})
    before, refused, after = answers(table)
    assert (told(before), told(refused), told(after)) == ([], problems, [])
    assert (checked(before), checked(refused), checked(after)) == (True, False, True)
    assert (refused["row"], refused["id"]) == (2, "b")


@pytest.mark.parametrize(
    ("column", "values", "problems"),
    [
        ("domicile", [["FR"]], [("E204", "domicile")]),
        ("documents", ["passport"], [("E236", "documents")]),
        ("degrees", [[{"level": 9}]], [("E204", "degrees[0].level")]),
        ("degrees", [[None]], [("E204", "degrees[0]")]),
        ("experience", [[{"from": "2020-01-01", "to": "2019-12-31"}]], [("E233", "experience[0].to")]),
        ("experience", [[{"from": "2020-01-01"}, {"rate": "120%"}]], [("E224", "experience[1].rate")]),
        ("experience", [[{"beginning_of": "2020-01-01"}]], [("E203", "experience[0].beginning_of")]),
        ("experiencing", [[{"from": "2020-01-01"}]], [("E203", "experiencing")]),
        ("facts", [{"full_rights": "perhaps"}], [("E204", "facts.full_rights")]),
        ("name", ["a\x07b"], [("E126", "name")]),
    ],
)
def test_what_is_refused_is_told_with_its_path(column: str, values: list[Any], problems: list[tuple[str, str]]) -> None:
    table = pa.table({"id": ["a", "b"], column: pa.array([*values, None])})
    refused, other = answers(table)
    assert (told(refused), told(other)) == (problems, [])
    assert (checked(refused), checked(other)) == (False, True)


def test_a_column_nobody_knows_is_told_where_it_says_something_and_not_read() -> None:
    said, unsaid = answers(pa.table({"birth_date": ["1990-01-02"] * 2, "phone": ["33", None]}))
    assert (told(said), told(unsaid)) == ([("W603", "phone")], [])
    assert checked(said)
    assert checked(unsaid)


def test_words_nobody_knows_are_told_and_the_person_is_checked() -> None:
    row = answers(pa.table({"citizenships": [["FR", "Atlantis"]]}))[0]
    assert told(row) == [("W202", "citizenships[1]")]
    assert checked(row)


@pytest.mark.parametrize(
    "values",
    [
        pa.array([date(1990, 1, 2)]), pa.array([datetime(1990, 1, 2)], pa.timestamp("ns")), pa.array([datetime(1990, 1, 2)], pa.date64()),
        pa.array(["1990-01-02"]), pa.array(["1990-01-02"]).dictionary_encode(), pa.array(["1990-01-02"], pa.large_string()),
        pa.array([b"1990-01-02"]),
    ],
    ids=lambda values: str(values.type),
)  # fmt: skip
def test_days_are_dates_timestamps_at_midnight_and_texts(values: pa.Array) -> None:
    """All of them give what the text gives."""
    text = answers(pa.table({"id": ["a"], "birth_date": ["1990-01-02"]}))
    assert answers(pa.table({"id": ["a"], "birth_date": values})) == text


def test_whole_numbers_may_come_with_a_decimal_point() -> None:
    """Where some number of a column is missing, frames have 7.0 for 7; ids may be numbers."""
    for level in (pa.array([7.0]), pa.array([Decimal("7.00")]), pa.array([7], pa.int8())):
        row = answers(pa.table({"id": [12], "degrees": pa.array([[{"level": level[0].as_py()}]], pa.list_(pa.struct([("level", level.type)])))}))[0]
        assert (row["id"], row["problems"]) == ("12", [])


def test_a_flat_table_is_read_by_its_map(tmp_path: Path) -> None:
    """A problem stands at the header of its column, and costs the field."""
    columns = {"columns": {"birth_date": "Born", "experience[0].from": "Since", "id": "Who"}, "date_format": "DD/MM/YYYY"}
    table = pa.table({"Who": ["a", "b"], "Born": ["02/01/1990", "1/1"], "Since": [datetime(2020, 1, 1), None], "Remarks": ["x", "y"]})
    good, bad = answers(table, columns=columns)
    assert ((good["id"], told(good), checked(good)), (told(bad), checked(bad))) == (("a", [], True), ([("W607", "Born")], True))
    path = tmp_path / "map.yaml"
    path.write_text('columns: {birth_date: Born, "experience[0].from": Since, id: Who}\ndate_format: DD/MM/YYYY\n', "utf-8")
    assert answers(table, columns=str(path)) == [good, bad]


def test_what_cannot_be_asked_is_refused_at_once() -> None:
    table = pa.table({"id": ["a"]})
    with pytest.raises(TypeError):
        check([{"id": "a"}], VACANCIES, ON)
    with pytest.raises(ValueError, match="columns of the same name"):
        check(table, [VACANCIES[0], VACANCIES[0]], ON)
    with pytest.raises(ValueError, match="detail"):
        check(table, VACANCIES, ON, detail="all")  # type: ignore[arg-type]  # that there is no such detail is the point
    with pytest.raises(Problems):
        check(table, VACANCIES, ON, columns={"columns": {"birthdate": "id"}})
    with pytest.raises(Problems):
        check(table, VACANCIES, ON, columns={"columns": {"birth_date": "Born"}})


def test_nobody_gets_nothing() -> None:
    assert answers(pa.table({"id": pa.array([], pa.string())})) == []


def test_problems_are_in_the_language_that_is_asked_for() -> None:
    row = answers(pa.table({"birth_date": ["1999-02-30"]}), language="fr")[0]
    assert row["problems"][0]["message"] == "cette date n'existe pas\u00a0: 1999-02-30"
