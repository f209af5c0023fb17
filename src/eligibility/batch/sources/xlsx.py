"""Excel and OpenDocument: the first sheet. True dates are dates; a number where a date should be is refused with its cell."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from eligibility.batch.sources import Notice, extra, open_ordinary
from eligibility.batch.table import Line, Table
from eligibility.diagnostic import Diagnostic, Place, Problems

_LARGEST = 300_000_000
"""The most bytes that a workbook may unpack to: a zip of some kilobytes can hold gigabytes."""


def read(path: str, tell: Notice) -> Table:
    """The table on the first sheet of a workbook. Raises `Problems`."""
    calamine = extra("python_calamine", "batch", "python-calamine")
    _refuse_bombs(path)
    try:
        workbook = calamine.CalamineWorkbook.from_path(path)
        names = workbook.sheet_names
        if not names:
            raise Problems([Diagnostic("E102", Place(path))])
        if len(names) > 1:
            tell(Diagnostic("W602", Place(path), {"sheet": names[0], "n": len(names) - 1}))
        rows: list[list[Any]] = _apart(lambda: workbook.get_sheet_by_index(0).to_python(skip_empty_area=False))
    except Problems:
        raise
    except BaseException as error:  # the library's own errors; and its panics, which derive from BaseException
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise Problems([Diagnostic("E614", Place(path))]) from None
    first = next((index for index, row in enumerate(rows) if any(str(cell).strip() for cell in row)), None)
    if first is None:
        raise Problems([Diagnostic("E102", Place(path))])
    headers = [str(cell).strip() for cell in rows[first]]
    return Table(path, headers, _lines(rows, first + 1), first + 1, lambda: len(rows) - first - 1)


def _apart(job: Callable[[], Any]) -> Any:
    """What `job` gives, worked out beside this thread: the library unpacks a large sheet for seconds, and Ctrl-C does not wait for it."""
    found: list[Any] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            found.append(job())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(0.1)  # without an end, a join cannot be interrupted on Windows
    if failed:
        raise failed[0]
    return found[0]


def _refuse_bombs(path: str) -> None:
    with open_ordinary(path) as file:  # what is no ordinary file is refused before a library sees it
        try:
            with zipfile.ZipFile(file) as packed:
                total = sum(one.file_size for one in packed.infolist())
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):  # the last of a packing that Python does not know
            raise Problems([Diagnostic("E614", Place(path))]) from None
    if total > _LARGEST:
        raise Problems([Diagnostic("E136", Place(path), {"path": path, "limit": _LARGEST})])


def _lines(rows: list[list[object]], start: int) -> Iterator[Line]:
    for index, row in enumerate(rows[start:], start=start + 1):
        yield Line(index, [cell.date() if isinstance(cell, datetime) else cell for cell in row])
