"""The page on tables shows what Python says, with every library that is there; frames give what their tables give."""

from __future__ import annotations

import doctest
import re
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset
import pyarrow.parquet
import pytest

from eligibility.columns import check

from .material import PROFILES, REFERENCE, ROOT, VACANCIES, table_of

DOCS = ROOT / "docs"
BLOCKS = re.compile(r"^```python\n(.*?)```", re.S | re.M)
LIBRARIES = ("pandas", "polars", "duckdb")
FIRST = BLOCKS.findall((DOCS / "columns.md").read_text("utf-8"))[0]


@pytest.mark.parametrize("page", ["columns.md", "fr/columns.md"])
@pytest.mark.parametrize("library", ["", *LIBRARIES])
def test_the_examples(page: str, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples of one library, after the first of the page, which makes the people."""
    if library:
        pytest.importorskip(library, reason=f"{library} is not installed")
    monkeypatch.chdir(ROOT)
    blocks = [one for one in BLOCKS.findall((DOCS / page).read_text("utf-8")) if "pyspark" not in one]  # `test_spark.py` has a session
    needs = [next((name for name in LIBRARIES if f"import {name}\n" in block), "") for block in blocks]
    examples = "\n".join([*([FIRST] if library else []), *(block for block, needed in zip(blocks, needs, strict=True) if needed == library)])
    runner = doctest.DocTestRunner()
    runner.run(doctest.DocTestParser().get_doctest(examples, {}, page, page, 0))
    assert runner.summarize(verbose=False).attempted > len(LIBRARIES)
    assert runner.summarize(verbose=False).failed == 0


def frames(library: str, table: pa.Table, folder: Path) -> Any:
    """The table as a library has it."""
    if library == "pandas":
        return table.to_pandas()
    if library == "polars":
        return pytest.importorskip("polars", reason="polars is not installed").from_arrow(table)
    path = str(folder / "people.parquet")
    pa.parquet.write_table(table, path)
    if library == "duckdb":
        return pytest.importorskip("duckdb", reason="duckdb is not installed").connect().read_parquet(path)
    dataset = pa.dataset.dataset(path)
    return dataset if library == "dataset" else dataset.scanner() if library == "scanner" else table.to_reader()


@pytest.mark.parametrize("library", ["pandas", "polars", "duckdb", "dataset", "scanner", "reader", "batch"])
def test_whatever_holds_a_table_gives_the_same(library: str, tmp_path: Path) -> None:
    if library == "pandas":
        pytest.importorskip("pandas", reason="pandas is not installed")
    on = date(2024, 3, 27)
    columns = ["id", "birth_date", "citizenships", "degrees", "experience", "languages", "residences"]
    table = table_of(PROFILES).select([name for name in columns if name in table_of(PROFILES).column_names])
    held = table.to_batches()[0] if library == "batch" else frames(library, table, tmp_path)
    answers = check(held, VACANCIES, on, reference=REFERENCE).read_all()
    assert answers.to_pylist() == check(table, VACANCIES, on, reference=REFERENCE).read_all().to_pylist()
