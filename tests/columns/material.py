"""People as tables, and what `check` says of each of them."""

from __future__ import annotations

import glob
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from eligibility.batch.people import TableRow, person_in
from eligibility.columns import check as check_table
from eligibility.engine import check
from eligibility.loading.files import read_source
from eligibility.loading.models import load_vacancy
from eligibility.loading.vocabularies import unknown_to
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reference import load_reference
from eligibility.vacancy import Vacancy
from eligibility.wording import Words

ROOT = Path(__file__).parents[2]
REFERENCE = load_reference()
VACANCIES = [load_vacancy(path, REFERENCE) for path in sorted(glob.glob(str(ROOT / "rules" / "*.yaml"))) if not path.endswith(".cases.yaml")]
PROFILES: list[Mapping[str, Any]] = [read_yaml(read_source(path)).data for path in sorted(glob.glob(str(ROOT / "profiles" / "*.yaml")))]


def table_of(people: Sequence[Mapping[str, Any]]) -> pa.Table:
    """People as a table of nested fields: each column has one type."""
    alike = [_alike(one) for one in people]
    names = dict.fromkeys(name for one in alike for name in one)
    return pa.table({name: pa.array([one.get(name) for one in alike]) for name in names or ("id",)})


_LISTS = frozenset({"field", "function", "tags", "allows", "recognised_in", "incomplete"})


def _alike(value: Any, key: str = "") -> Any:
    """A value in the one type that its column has."""
    if isinstance(value, Mapping) and set(value) == {"said"}:
        return f"said:{value['said']}"
    if isinstance(value, Mapping):
        return {name: _alike(one, name) for name, one in value.items()}
    if key == "citizenships" and isinstance(value, list):
        return [{"country": one} if isinstance(one, str) else _alike(one) for one in value]
    if isinstance(value, list):
        return [_alike(one) for one in value]
    if key in _LISTS:
        return [value]
    if isinstance(value, int) and key in ("from", "to", "since", "until", "issued", "expires", "awarded", "defended", "born", "birth_date", "taken"):
        return str(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and key == "rate":
        return f"{value}%"
    return value


def expected(person: Mapping[str, Any], vacancies: Iterable[Vacancy], on: date | datetime, criteria: bool = True) -> dict[str, Any]:
    """The row of a person, put together from what `check` and `validate` say."""
    vacancies = list(vacancies)
    loaded = person_in(TableRow("table", 1, json.loads(json.dumps(person))), REFERENCE)
    problems = unknown_to(vacancies, loaded, REFERENCE)
    words = Words("en")
    row: dict[str, Any] = {
        "id": person.get("id"),
        "problems": sorted((one.code, words.problem(one.code, one.params).message) for one in problems),
    }
    for vacancy in vacancies:
        if loaded.model is None:
            row[vacancy.id] = None
            continue
        report = check(vacancy, loaded.model, on, REFERENCE)
        row[vacancy.id] = {"outcome": str(report.outcome), "closing": str(report.closing)}
        if report.tracks or vacancy.parsed(REFERENCE).tracks:
            row[vacancy.id]["option"] = next((one.option for one in report.tracks if one.label == report.option), None)
        for one in report.findings if criteria else ():
            row[vacancy.id][one.id or ""] = {
                "verdict": str(one.verdict), "code": one.code, "causes": [str(cause) for cause in one.causes],
                "gap": None if one.gap is None else {"amount": one.gap.amount, "unit": one.gap.unit},
            }  # fmt: skip
    return row


def comparable(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of answers as `expected` gives them."""
    return [
        {**{key: value for key, value in row.items() if key != "row"}, "problems": sorted((one["code"], one["message"]) for one in row["problems"])}
        for row in rows
    ]


def answers_of(table: pa.Table, vacancies: Sequence[Vacancy], on: date | datetime) -> list[dict[str, Any]]:
    """The rows of a table with every criterion, of which the outcomes are those that are told where nothing else is asked for."""
    rows = comparable(check_table(table, vacancies, on, reference=REFERENCE).read_all().to_pylist())
    outcomes = comparable(check_table(table, vacancies, on, reference=REFERENCE, detail="outcomes").read_all().to_pylist())
    names, words = {one.id for one in vacancies}, ("outcome", "closing", "option")

    def word(said: Mapping[str, Any] | None) -> dict[str, Any] | None:
        return None if said is None else {key: said[key] for key in words if key in said}

    assert outcomes == [{key: word(said) if key in names else said for key, said in row.items()} for row in rows]
    return rows
