"""Spark gives the answers that a table gets on one machine. It needs Java; `.ci/run` brings both."""

from __future__ import annotations

import doctest
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest

from eligibility import Problems, Vacancy
from eligibility.columns import check as check_table

from .material import PROFILES, ROOT, VACANCIES, comparable, expected, table_of
from .test_pages import BLOCKS, DOCS, FIRST

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java, which is not installed", allow_module_level=True)

from pyspark.sql import DataFrame, SparkSession  # noqa: E402

from eligibility.spark import check  # noqa: E402

ON = date(2024, 3, 27)
WRONG: Mapping[str, Any] = {"id": "wrong", "birth_date": "1999-02-30", "citizenships": ["FR"]}
PEOPLE = [*({"id": f"p{number:02}", **person} for number, person in enumerate(PROFILES)), WRONG]
FILES = [str(vacancy.file) for vacancy in VACANCIES]
SETTINGS = {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable, "PYTHONPATH": str(ROOT / "src")}
"""The workers have the Python of the tests, and the package from where these have it."""


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """Two workers in processes of their own."""
    patch = pytest.MonkeyPatch()
    folder = tmp_path_factory.mktemp("spark")
    for name, value in {**SETTINGS, "SPARK_WORKER_DIR": str(folder / "work")}.items():
        patch.setenv(name, value)
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()
    patch.undo()


@pytest.fixture(scope="module")
def people(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> DataFrame:
    """The sample profiles, one of which cannot be read, in several partitions."""
    path = str(tmp_path_factory.mktemp("people") / "people.parquet")
    pa.parquet.write_table(table_of(PEOPLE), path)
    return spark.read.parquet(path).repartition(3).cache()


def rows_of(frame: DataFrame) -> list[dict[str, Any]]:
    return sorted((row.asDict(recursive=True) for row in frame.collect()), key=lambda row: str(row["id"]))


def on_one_machine(on: date | datetime, **how: Any) -> list[dict[str, Any]]:
    rows = check_table(table_of(PEOPLE), VACANCIES, on, **how).read_all().drop_columns("row").to_pylist()
    return sorted(rows, key=lambda row: str(row["id"]))


@pytest.mark.parametrize("on", [ON, datetime(2025, 5, 10, 12, 30)])
def test_the_answers_are_those_of_one_machine(people: DataFrame, on: date | datetime) -> None:
    answers = check(people, FILES, on)
    assert answers.columns == ["id", "problems", *(vacancy.id for vacancy in VACANCIES)]
    assert rows_of(answers) == on_one_machine(on)


def test_the_answers_are_those_of_each_person_alone(people: DataFrame) -> None:
    alone = sorted((expected(person, VACANCIES, ON) for person in PEOPLE), key=lambda row: str(row["id"]))
    assert comparable(rows_of(check(people, FILES, ON))) == alone


def test_outcomes_alone_and_sentences_in_french(people: DataFrame) -> None:
    how: dict[str, Any] = {"detail": "outcomes", "language": "fr"}
    assert rows_of(check(people, VACANCIES, ON, **how)) == on_one_machine(ON, **how)


def test_somebody_who_cannot_be_read_is_a_row(people: DataFrame) -> None:
    wrong = [row for row in rows_of(check(people, FILES, ON)) if row["id"] == "wrong"]
    assert [(one["code"], one["path"]) for one in wrong[0]["problems"]] == [("E105", "birth_date")]
    assert len(wrong) == 1
    assert all(wrong[0][vacancy.id] is None for vacancy in VACANCIES)


def test_a_flat_table_with_a_map_in_a_file(spark: SparkSession, tmp_path: Path) -> None:
    named = tmp_path / "people.columns.yaml"
    named.write_text("columns: {id: Who, birth_date: Born}\ndate_format: DD/MM/YYYY\n", "utf-8")
    flat = [{"Who": "dora", "Born": "20/05/1990"}, {"Who": "emil", "Born": "31/02/1990"}]
    answers = rows_of(check(spark.createDataFrame(flat), FILES, ON, columns=str(named)))
    named.unlink()
    assert [(row["id"], [one["code"] for one in row["problems"]]) for row in answers] == [("dora", []), ("emil", ["W607"])]
    with pytest.raises(Problems):
        check(spark.createDataFrame(flat), FILES, ON, columns={"columns": {"birth": "Born"}})


def test_a_timestamp_is_no_day(spark: SparkSession) -> None:
    moment = spark.sql("select 'a' as id, timestamp '1990-05-20 00:00:00' as birth_date")
    day = spark.sql("select 'a' as id, timestamp_ntz '1990-05-20 00:00:00' as birth_date")
    assert [one["code"] for one in rows_of(check(moment, FILES, ON))[0]["problems"]] == ["E106"]
    assert rows_of(check(day, FILES, ON))[0]["problems"] == []


def test_nobody_at_all(people: DataFrame) -> None:
    assert rows_of(check(people.where("id = 'nobody'"), FILES, ON)) == []


def test_one_rule_file_may_stand_alone(people: DataFrame) -> None:
    assert check(people, FILES[0], ON).columns == check(people, [VACANCIES[0]], ON).columns == check(people, VACANCIES[0], ON).columns


def test_a_broken_rule_file_is_told_before_any_job(spark: SparkSession, people: DataFrame, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("id: broken\ntitle: Broken\ncriteria:\n- {id: age, kind: age, at_leest: 18}\n", "utf-8")
    spark.sparkContext.setJobGroup("broken", "broken")
    with pytest.raises(Problems) as told:
        check(people, [*FILES, broken], ON)
    assert {one.code for one in told.value.diagnostics} >= {"E203"}
    assert list(spark.sparkContext.statusTracker().getJobIdsForGroup("broken")) == []


def test_vacancies_of_plain_data_travel_too(people: DataFrame) -> None:
    post = Vacancy.from_dict(
        {"id": "post", "title": "Post", "dates": {"deadline": date(2024, 5, 1)}, "criteria": [{"id": "age", "kind": "age", "at_least": 18}]}
    )
    answers = rows_of(check(people, [post], ON))
    alone = sorted((expected(person, [post], ON) for person in PEOPLE), key=lambda row: str(row["id"]))
    assert comparable(answers) == alone


def test_a_vacancy_that_is_not_what_it_was_read_from_is_refused(people: DataFrame, tmp_path: Path) -> None:
    changed = VACANCIES[0].model_copy(update={"title": {"en": "Another"}})
    with pytest.raises(ValueError, match="load it anew"):
        check(people, [changed], ON)
    with pytest.raises(ValueError, match="its text is not known"):
        check(people, [Vacancy(id="post", title={"en": "Post"}, criteria=[])], ON)
    with pytest.raises(TypeError, match="no DataFrame"):
        check(table_of(PEOPLE), FILES, ON)


@pytest.mark.parametrize("page", ["columns.md", "fr/columns.md"])
def test_the_examples_of_the_page(page: str, spark: SparkSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    blocks = BLOCKS.findall((DOCS / page).read_text("utf-8"))
    examples = "\n".join([FIRST, *(one for one in blocks if "pyspark" in one)])
    runner = doctest.DocTestRunner()
    runner.run(doctest.DocTestParser().get_doctest(examples, {}, page, page, 0))
    assert runner.summarize(verbose=False).attempted > 5
    assert runner.summarize(verbose=False).failed == 0


@pytest.mark.parametrize("form", ["parquet", "json"])
def test_the_example_job(form: str, tmp_path: Path) -> None:
    """In a session of its own, from a file to a file."""
    source, target = tmp_path / f"people.{form}", tmp_path / "answers"
    if form == "parquet":
        pa.parquet.write_table(table_of(PEOPLE), str(source))
    else:
        source.write_text("".join(json.dumps(one) + "\n" for one in table_of(PEOPLE).to_pylist()), "utf-8")
    job = [sys.executable, str(ROOT / "examples" / "spark_job.py"), str(source), str(target), "--on", str(ON), *FILES]
    done = subprocess.run(job, capture_output=True, text=True, env={**os.environ, **SETTINGS}, timeout=600)
    assert done.returncode == 0, done.stderr
    answers = pa.parquet.read_table(str(target)).to_pylist()
    assert sorted(answers, key=lambda row: str(row["id"])) == on_one_machine(ON)
