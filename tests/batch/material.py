"""What the tests of batches share: the command run in this process, and people written in every kind of file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml

from eligibility.batch.columns import ColumnMap, read_map
from eligibility.batch.desk import Desk, Job
from eligibility.batch.people import Entry
from eligibility.batch.results import Row
from eligibility.batch.sources import Choices, open_people
from eligibility.cli import run
from eligibility.diagnostic import Diagnostic
from eligibility.loading.files import find_files
from eligibility.reference import load_reference

ROOT = Path(__file__).parents[2]
RULES = tuple(find_files(str(ROOT / "rules")))
CLASS = ROOT / "profiles" / "class"
ON = date(2024, 3, 20)


def batch(*arguments: object, on: str = "2024-03-20", lang: str = "en") -> int:
    """The exit code of `eligibility batch`."""
    return run(["batch", *map(str, arguments), "--rules", str(ROOT / "rules"), "--on", on, "--lang", lang])


def read(
    path: Path, mapped: ColumnMap | None = None, date_format: str | None = None, strict: bool = True
) -> tuple[list[Row], list[Diagnostic]]:
    """Everybody in an input against no vacancy at all, and what was told of it. With `strict`, a bad cell costs the person."""
    from eligibility.batch.cells import DateFormat, Reading

    told: list[Diagnostic] = []
    reading = Reading(DateFormat(date_format) if date_format else None, strict=strict)
    people = open_people(str(path), Choices(load_reference(), mapped, reading), told.append)
    desk = Desk(Job((), ON, "en", (people.reader,)))
    return [desk.row(number, Entry(0, line, held)) for number, (line, held) in enumerate(people.held)], told


def profiles(path: Path, mapped: ColumnMap | None = None, date_format: str | None = None) -> list[dict[str, Any]]:
    """The data of everybody in an input, as a profile file would have them."""
    from eligibility.batch.cells import DateFormat, Reading

    reading = Reading(DateFormat(date_format) if date_format else None)
    people = open_people(str(path), Choices(load_reference(), mapped, reading), lambda problem: None)
    return [dict(people.reader.read(line, held).data) for line, held in people.held]


def column_map(folder: Path, text: str) -> ColumnMap:
    (folder / "map.columns.yaml").write_text(text, "utf-8")
    return read_map(str(folder / "map.columns.yaml"))[0]


def write_csv(path: Path, rows: Sequence[Sequence[object]], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def write_xlsx(path: Path, rows: Sequence[Sequence[object]], sheets: int = 1) -> Path:
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for _ in range(sheets):
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(at, column, cell, day)
                elif isinstance(cell, bool):
                    sheet.write_boolean(at, column, cell)
                elif isinstance(cell, int | float):
                    sheet.write_number(at, column, cell)
                elif cell is not None:
                    sheet.write_string(at, column, str(cell))
    book.close()
    return path


def write_folder(folder: Path, people: Sequence[dict[str, Any]]) -> Path:
    folder.mkdir(exist_ok=True)
    for number, person in enumerate(people):
        (folder / f"p{number:03}.yaml").write_text(yaml.safe_dump(person, allow_unicode=True, sort_keys=False), "utf-8")
    return folder


def write_jsonl(path: Path, people: Sequence[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(person, ensure_ascii=False) + "\n" for person in people), "utf-8")
    return path


def codes(row: Row) -> list[str]:
    return [one.code for one in row.problems]
