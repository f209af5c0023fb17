"""The columns on every case that people wrote: a table of one gets the answers that its person gets alone."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from eligibility.testing.find import find_cases
from eligibility.testing.model import CaseFile

from .material import REFERENCE, ROOT, answers_of, expected, table_of

FILES = find_cases([str(ROOT / "rules"), *map(str, sorted((ROOT / "tests" / "cases").glob("*.yaml")))], REFERENCE).files
ASKED_ALONE = ("relatives", "applications")
"""What one table cannot hold beside what it holds of others: those who say it are asked alone, and their cells are not compared here."""


@pytest.mark.parametrize("file", FILES, ids=lambda file: Path(file.name).name)
def test_every_case_gets_the_answers_of_one_person(file: CaseFile) -> None:
    compared = 0
    for case in file.cases:
        try:
            table = table_of([case.data])
        except pa.ArrowException:  # one column of two types
            continue
        answers = answers_of(table, [case.vacancy], case.day)
        assert answers == [{"id": None, **expected(case.data, [case.vacancy], case.day)}], case.name
        compared += 1
    assert compared > 0.9 * len(file.cases)
