"""Builds profiles/class/class.xlsx from class.csv, with true dates and true numbers where the CSV has text. `--check`: is it fresh?"""

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


def build() -> bytes:
    with (FOLDER / "class.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
    sheet, head, day = book.add_worksheet("Classe"), book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.freeze_panes(1, 2)
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if found := DAY.fullmatch(cell):
                sheet.write_datetime(at, column, datetime(int(found[3]), int(found[2]), int(found[1])), day)
            elif cell:
                sheet.write_string(at, column, cell, head if at == 0 else None)
    sheet.autofilter(0, 0, len(rows) - 1, len(rows[0]) - 1)
    book.close()
    return out.getvalue()


def main() -> int:
    target, built = FOLDER / "class.xlsx", build()
    if "--check" in sys.argv[1:]:
        if not target.exists() or target.read_bytes() != built:
            print("profiles/class/class.xlsx is stale: run python scripts/build_class.py")
            return 1
        return 0
    target.write_bytes(built)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
