"""A map of columns as YAML, proposed from the headers and the first rows of a table: valid as it is, and to be read by a person."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from eligibility.batch.columns import ColumnMap, propose
from eligibility.batch.fields import Form
from eligibility.batch.people import Refused
from eligibility.batch.table import Table
from eligibility.reference import Reference
from eligibility.reporters.layout import safe, wrapped
from eligibility.wording import Words

_ROWS = 2_000
"""The rows looked at for how days are written."""
_DAY = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2\d{4}")
_WIDTH = 100


def map_for(table: Table, reference: Reference, words: Words, known: ColumnMap | None = None) -> str:
    """The map, ending in a newline. What `known` says stays."""
    return "".join(f"{line}\n" for line in _lines(table, reference, words, known))


def _lines(table: Table, reference: Reference, words: Words, known: ColumnMap | None) -> Iterator[str]:
    fields: dict[str, list[str]] = {}
    unknown: list[tuple[str, str | None]] = []
    dated: list[int] = []
    lists: set[str] = set()
    said = known.fields if known is not None else {}
    times = Counter(table.headers)
    for index, one in enumerate(propose(table.headers, reference)):
        found = said.get(one.header) or ((one.field,) if one.field is not None else ())
        if not one.header or times[one.header] > 1:
            continue
        for field in found:
            fields.setdefault(field.path, []).append(one.header)
            if field.form in (Form.DATE, Form.END):
                dated.append(index)
            if len(field.steps) == 3 or field.path == "citizenships":
                lists.add(str(field.steps[0]))
        if not found:
            unknown.append((one.header, one.close))
    yield from _comment(words.text("columns.head", file=table.name))
    yield "columns:" if fields else "columns: {}"
    for path, headers in fields.items():
        shown = [_quoted(header) for header in headers]
        yield f"  {path}: {shown[0] if len(shown) == 1 else '[' + ', '.join(shown) + ']'}"
    if unknown:
        yield from _comment(words.text("columns.unknown"), "  ")
        for header, close in unknown:
            hint = f" {words.text('columns.close', field=close)}" if close else ""
            yield f"  # ?: {_quoted(header)}{hint}"
    yield ""
    yield from _dates(table, dated, words, known)
    if known is not None and known.rate_unit is not None:
        yield f"rate_unit: {known.rate_unit}"
        yield ""
    if lists:
        yield from _comment(words.text("columns.complete"))
        yield from _comment(words.text("columns.lists", lists=", ".join(sorted(lists))))
        complete = sorted(known.complete) if known is not None else []
        yield f"complete: [{', '.join(complete)}]"


def _comment(text: str, indent: str = "") -> Iterator[str]:
    return wrapped(safe(text), _WIDTH, f"{indent}# ")


def _quoted(text: str) -> str:
    """A text as a YAML scalar in double quotes, which takes the escapes of JSON."""
    return json.dumps(text, ensure_ascii=not text.isprintable())


def _dates(table: Table, columns: Sequence[int], words: Words, known: ColumnMap | None) -> Iterator[str]:
    """A guess at how days are written, as a comment; a fact only where a number above 12 proves it."""
    if known is not None and known.date_format is not None:
        yield f"date_format: {known.date_format.text}"
        yield ""
        return
    firsts, seconds, mark = set(), set(), ""
    for line in islice(table.lines, _ROWS):
        if isinstance(line.cells, Refused):
            continue
        for index in columns:
            cell = line.cells[index] if index < len(line.cells) else None
            if isinstance(cell, str) and (found := _DAY.fullmatch(cell.strip())):
                firsts.add(int(found[1]))
                seconds.add(int(found[3]))
                mark = mark or found[2]
    if not mark:
        return
    day_first, month_first = max(firsts) > 12, max(seconds) > 12
    formats = [_spelled(one, mark, words) for one in (("DD", "MM"), ("MM", "DD"))]
    if day_first != month_first:
        shown = formats[0] if day_first else formats[1]
        yield from _comment(words.text("columns.date_format", format=shown))
        yield f"# date_format: {shown}"
    else:
        yield from _comment(words.text("columns.date_unsure"))
        for shown in formats:
            yield f"# date_format: {shown}"
    yield ""


def _spelled(order: tuple[str, str], mark: str, words: Words) -> str:
    text = mark.join((*order, "YYYY"))
    return text.replace("DD", "JJ").replace("YYYY", "AAAA") if words.language == "fr" else text
