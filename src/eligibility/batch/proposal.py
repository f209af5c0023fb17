"""A map of columns as YAML, proposed from the headings and the first rows of a table: it works as it is, and is to be read by a person."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from eligibility.batch.cells import BadCell, DateFormat, Reading, Said, plain, plainly, value_of
from eligibility.batch.columns import ASK, FILE, ColumnMap
from eligibility.batch.fields import Field, Form, field_of
from eligibility.batch.guesses import Guess, Guesses, guess
from eligibility.batch.people import Refused
from eligibility.batch.table import Table
from eligibility.loading.models import read_profile
from eligibility.reference import Reference
from eligibility.reporters.layout import safe, wrapped
from eligibility.wording import Words

_WIDTH = 100
_EXAMPLE = 40
"""How much of a cell is shown."""
_WRITTEN = 200
"""Of a longer word no line is proposed."""
_WORDS = 5
"""How many words of a column that are not understood are named."""
_BY_THEMSELVES = (Form.LANGUAGES, Form.TEST, Form.GRADE)
"""Forms whose cells are understood as wholes or not at all."""
_KEPT = ("split", "default", "tables")


def map_for(table: Table, reference: Reference, words: Words, known: ColumnMap | None = None, data: Mapping[str, Any] | None = None) -> str:
    """The map, ending in a newline. What `known` says stays; `data` is what stands in it."""
    return "".join(f"{line}\n" for line in _Proposal(table, reference, words, known, data or {}).lines())


class _Proposal:
    def __init__(self, table: Table, reference: Reference, words: Words, known: ColumnMap | None, data: Mapping[str, Any]) -> None:
        self.table, self.reference, self.words, self.known, self.data = table, reference, words, known, data
        self.rows = [line.cells for line in table.first if not isinstance(line.cells, Refused)]
        said = known.fields if known is not None else {}
        self.guesses: Guesses = guess(table, reference)
        self.columns = [one for one in self.guesses.columns if one.header and one.header not in said]
        self.paths = {field.path for some in said.values() for field in some}

    def lines(self) -> Iterator[str]:
        yield from self.comment(self.text("head", file=self.table.name))
        fields = [*self.mapped()]
        yield "columns:" if fields else "columns: {}"
        yield from fields
        yield from self.asked()
        yield from self.rest()
        for key in _KEPT:
            if self.data.get(key) is not None:
                yield f"{key}: {_flow(self.data[key])}"
        yield ""
        yield from self.reading()
        if self.guesses.one_person or (self.known is not None and self.known.one_person):
            yield from self.comment(self.text("one_person"))
            yield f"person: {FILE}"
        yield from self.complete()

    def text(self, key: str, **facts: Any) -> str:
        return self.words.text(f"columns.{key}", **facts)

    def comment(self, text: str, indent: str = "") -> Iterator[str]:
        return wrapped(safe(text), _WIDTH, f"{indent}# ")

    # ------------------------------------------------------------------------------------------------- fields

    def mapped(self) -> Iterator[str]:
        """The lines of the fields, each with a cell and the reason; then the words in it that are not understood."""
        for path, told in (self.data.get("columns") or {}).items():
            yield f"  {path}: {_flow(told)}"
        names = [one.header for one in self.columns if one.path == "name"]
        order = [one for one in self.guesses.names if one in names]
        if len(order) > 1 and "name" not in self.paths:
            shown = " ".join(next((one.example for one in self.columns if one.header == header), "") for header in order).strip()
            yield self.line("name", f"{{join: {_flow(order)}}}", shown, "heading")
        together: dict[str, list[Guess]] = {}
        for one in self.columns:
            if one.path is not None and one.path not in self.paths and (one.path != "name" or len(order) < 2):
                together.setdefault(one.path, []).append(one)
        for path, some in together.items():
            headers = [one.header for one in some]
            field = field_of(path)
            yield self.line(path, _flow(headers[0] if len(headers) == 1 else headers), self.read_as(some[0], field), some[0].why)
            for one in some:
                yield from self.not_understood(one, field)
                yield from self.blank_ends(one)

    def line(self, path: str, told: str, example: str, why: str) -> str:
        reason = self.text(f"why.{why}") if why else ""
        shown = self.text("because", example=example if example else self.text("no_cell"), why=reason)
        return f"  {path}: {told}  # {safe(shown)}"

    def read_as(self, one: Guess, field: Field) -> str:
        """A cell, and what it is read as where that is something else."""
        cell = _short(next((text for text in self.cells(one) if text), "") or one.example)
        try:
            value = value_of(cell, field, self.cell_reading())
        except BadCell:
            return cell
        meant = plainly(value)
        return self.text("read_as", cell=cell, value=meant) if meant and meant != cell else cell

    def cells(self, one: Guess) -> list[str]:
        index = list(self.table.headers).index(one.header)
        held = [cells[index] for cells in self.rows if index < len(cells)]
        return [" ".join(cell.split()) for cell in held if isinstance(cell, str)]

    def cell_reading(self) -> Reading:
        settled = self.guesses.date_format
        return Reading(DateFormat(settled) if settled not in (None, ASK) else None)

    def not_understood(self, one: Guess, field: Field) -> Iterator[str]:
        """The words of a column that nothing knows, with what to write."""
        if field.form is Form.SHARE and self.guesses.rate_unit == ASK:
            return
        found = Counter(text for cell in self.cells(one) if (text := cell.strip()) and not self.is_understood(text, field))
        if not found:
            return
        listed = ", ".join(f"{_flow(_short(word))} ({number})" for word, number in found.most_common(_WORDS))
        more = self.words.text("columns.more_words", n=len(found) - _WORDS, number=len(found) - _WORDS) if len(found) > _WORDS else ""
        values = ", ".join(f"{_flow(word)}: …" for word, _ in found.most_common(_WORDS) if _can_be_written(word))
        told = self.text("not_understood", words=f"{listed}{more}")
        yield from self.comment(f"{told} {self.text('not_understood.write')}" if values else told, "    ")
        if not values:
            return
        yield f"    # {field.path}: {{column: {_flow(one.header)}, values: {{{safe(values)}}}}}"

    def is_understood(self, text: str, field: Field) -> bool:
        try:
            value = value_of(text, field, self.cell_reading())
        except BadCell as error:
            return error.code == "E605" and self.guesses.date_format == ASK  # asked about below
        left: tuple[str, ...] = ()
        if isinstance(value, Said):
            left, value = value.left, value.value
        if left:
            return False
        if value is None or value == [] or field.steps[0] in ("id", "name", "facts") or field.form in _BY_THEMSELVES:
            return True
        if field.steps[-2:-1] == ("grade",) or "tests" in field.steps:
            return True
        name, *rest = field.steps
        data = {str(name): value if not rest else [{str(rest[-1]): value}] if len(rest) == 2 else {str(rest[-1]): value}}
        return not any(one.code not in ("N204", "N205") for one in read_profile(data, self.reference)[1])

    def blank_ends(self, one: Guess) -> Iterator[str]:
        """What to write where a blank last day means that it goes on."""
        number = dict(self.guesses.open_ends).get(one.header)
        if number:
            yield from self.comment(self.words.text("columns.blank", n=number, number=number), "    ")
            yield f"    # {one.path}: {{column: {_flow(one.header)}, blank: ongoing}}"

    # -------------------------------------------------------------------------------------------------- others

    def asked(self) -> Iterator[str]:
        """Columns of which only the owner of the table knows what they are."""
        asked = [one for one in self.columns if one.path is None and one.asked is not None]
        if asked:
            yield from self.comment(self.text("ask"), "  ")
        for one in asked:
            yield f"  # {one.asked}: {_flow(one.header)}  # {safe(_short(one.example))}"

    def rest(self) -> Iterator[str]:
        """Columns that are no field of a profile, and those of which nothing is known."""
        others = [one for one in self.columns if one.path is None and one.asked is None]
        if none := [one.header for one in others if one.known]:
            yield from self.comment(self.text("none", columns=", ".join(map(_flow, none))), "  ")
        if unknown := [one for one in others if not one.known]:
            yield from self.comment(self.text("unknown"), "  ")
            for one in unknown:
                hint = f" {self.text('close', field=one.close)}" if one.close else ""
                yield f"  # ?: {_flow(one.header)}{hint}"

    def reading(self) -> Iterator[str]:
        """How days and shares are written: decided, or asked."""
        french = self.words.language == "fr"
        if self.known is not None and self.data.get("date_format") is not None:
            yield f"date_format: {self.data['date_format']}"
        elif self.guesses.date_format == ASK:
            yield from self.comment(self.text("date_unsure"))
            for shown in ("DD/MM/YYYY", "MM/DD/YYYY"):
                yield f"# date_format: {_spelled(shown) if french else shown}"
            yield f"date_format: {ASK}"
        elif self.guesses.date_format is not None:
            shown = _spelled(self.guesses.date_format) if french else self.guesses.date_format
            yield from self.comment(self.text("date_format", format=shown))
            yield f"date_format: {shown}"
        if self.known is not None and self.data.get("rate_unit") is not None:
            yield f"rate_unit: {self.data['rate_unit']}"
        elif self.guesses.rate_unit == ASK:
            yield from self.comment(self.text("rate_unsure"))
            yield "# rate_unit: fraction"
            yield "# rate_unit: percent"
            yield f"rate_unit: {ASK}"

    def complete(self) -> Iterator[str]:
        said = self.known.feeds if self.known is not None else ()
        fields = [*(feed.field for feed in said), *(field_of(one.path) for one in self.columns if one.path is not None)]
        lists = {str(one.steps[0]) for one in fields if one.record is not None or one.path in ("citizenships", "languages")}
        if not lists:
            return
        yield from self.comment(self.text("complete"))
        yield from self.comment(self.text("lists", lists=", ".join(sorted(lists))))
        complete = sorted(self.known.complete) if self.known is not None else []
        yield f"complete: [{', '.join(complete)}]"


def _can_be_written(word: str) -> bool:
    """Whether a map may say what a word means."""
    try:
        return len(plain(word)) <= _WRITTEN
    except BadCell:
        return False


def _flow(value: Any) -> str:
    """A value as YAML on one line: texts in double quotes, which take the escapes of JSON."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key if _plain(key) else _flow(key)}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=not value.isprintable())
    return json.dumps(value)


def _short(text: str) -> str:
    return text if len(text) <= _EXAMPLE else f"{text[: _EXAMPLE - 1]}…"


def _plain(key: Any) -> bool:
    return isinstance(key, str) and key.isidentifier() and key.isascii()


def _spelled(order: str) -> str:
    return order.replace("DD", "JJ").replace("YYYY", "AAAA")
