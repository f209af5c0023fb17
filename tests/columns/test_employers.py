"""Names of employers in a table: each pair that somebody has is compared once, however many people and batches there are."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from eligibility.columns import check, employers, stream

from .material import REFERENCE, VACANCIES

NAMES = [f"Office {place}" for place in ("Paris", "Lima", "Dakar", "Oslo", "Tunis", "Quito")]


def test_two_names_are_compared_once_in_all_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """A million people with 200 employers took three minutes, most of it the same comparisons again and again."""
    people = [
        {"id": f"p{number}", "experience": [
            {"from": f"20{10 + job}-01-01", "to": "ongoing", "employer": "national_administration", "employer_name": NAMES[(number + job) % 6]}
            for job in range(4)
        ]} for number in range(60)
    ]  # fmt: skip
    asked: list[Any] = []
    compare = employers.same_name

    def counted(*given: Any) -> Any:
        asked.append(given[1:3])
        return compare(*given)

    monkeypatch.setattr(employers, "same_name", counted)
    monkeypatch.setattr(stream, "ROWS", 10)
    for batch in check(pa.Table.from_pylist(people), VACANCIES, date(2023, 9, 15), reference=REFERENCE):
        assert batch.num_rows == 10
    assert asked
    assert len(asked) == len(set(asked))
