"""Builds the workbooks of profiles/class/ from the CSV files, with true dates where these have text. `--check`: are they fresh?"""

from __future__ import annotations

import csv
import io
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter

FOLDER = Path(__file__).resolve().parent.parent / "profiles" / "class"
DAY = re.compile(r"(\d\d)/(\d\d)/(\d{4})")


SHEETS = {"class": ("Classe", 0), "intake": ("Rentrée 2024", 2)}
"""Each table: the name of its sheet, and the row of its headings."""


def build(name: str) -> bytes:
    title, headings = SHEETS[name]
    with (FOLDER / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
    sheet, head, day = book.add_worksheet(title), book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.freeze_panes(headings + 1, 2)
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if found := DAY.fullmatch(cell):
                sheet.write_datetime(at, column, datetime(int(found[3]), int(found[2]), int(found[1])), day)
            elif cell:
                sheet.write_string(at, column, cell, head if at == headings else None)
    sheet.autofilter(headings, 0, len(rows) - 1, len(rows[0]) - 1)
    book.close()
    return out.getvalue()


def main() -> int:
    stale = 0
    for name in SHEETS:
        target, built = FOLDER / f"{name}.xlsx", build(name)
        if "--check" not in sys.argv[1:]:
            target.write_bytes(built)
        elif not target.exists() or target.read_bytes() != built:
            print(f"profiles/class/{name}.xlsx is stale: run python scripts/build_class.py")
            stale = 1
    return stale


if __name__ == "__main__":
    raise SystemExit(main())
