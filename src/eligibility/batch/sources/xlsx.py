"""Excel: the first sheet. True dates are dates; a number where a date should be is refused with its cell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from eligibility.batch.sources import Notice, extra, open_ordinary
from eligibility.batch.table import Line, Table
from eligibility.diagnostic import Diagnostic, Place, Problems


def read(path: str, tell: Notice) -> Table:
    """The table on the first sheet of a workbook. Raises `Problems`."""
    calamine: Any = extra("python_calamine", "batch")
    open_ordinary(path).close()  # what is no ordinary file is refused before a library sees it
    try:
        workbook = calamine.CalamineWorkbook.from_path(path)
        names = workbook.sheet_names
        if len(names) > 1:
            tell(Diagnostic("W602", Place(path), {"sheet": names[0], "n": len(names) - 1}))
        rows = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except calamine.CalamineError:
        raise Problems([Diagnostic("E614", Place(path))]) from None
    first = next((index for index, row in enumerate(rows) if any(str(cell).strip() for cell in row)), None)
    if first is None:
        raise Problems([Diagnostic("E102", Place(path))])
    headers = [str(cell).strip() for cell in rows[first]]
    return Table(path, headers, _lines(rows, first + 1), first + 1)


def _lines(rows: list[list[object]], start: int) -> Iterator[Line]:
    for index, row in enumerate(rows[start:], start=start + 1):
        yield Line(index, [cell.date() if isinstance(cell, datetime) else cell for cell in row])
