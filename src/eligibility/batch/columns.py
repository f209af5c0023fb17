"""Which column of a table is which field of a profile, as a map says it, and how its cells are to be read."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from eligibility.batch.cells import RATE_UNITS, BadCell, BadFormat, DateFormat, Reading, value_of
from eligibility.batch.fields import ROW, BadPath, Field, Form, every_path, field_of
from eligibility.diagnostic import Diagnostic, Problems
from eligibility.loading.document import Document
from eligibility.loading.files import read_source
from eligibility.loading.loaded import Readable
from eligibility.loading.nearest import nearest
from eligibility.loading.yaml_characters import overloaded
from eligibility.loading.yaml_reader import read_yaml
from eligibility.profile import Profile

ASK = "ask"
"""What a map says of `date_format` and `rate_unit` while nobody has decided: cells that can be read in two ways stay unknown."""
MAP_KEYS = ("columns", "complete", "date_format", "default", "person", "rate_unit", "split", "tables")
TABLE_KEYS = ("columns", "date_format", "default", "rate_unit", "split")
FEED_KEYS = ("blank", "column", "join", "said", "values", "with")
FILE = "file"
"""`person: file`: all rows are about one person."""
_SUGGESTIONS = 100
"""How many headers that nothing knows are compared with all that is known."""
_PART = re.compile(r"\{([^{}]*)\}")


class Pattern(NamedTuple):
    """How the cells of a column are split: the texts before, between and after its parts."""

    text: str
    between: tuple[str, ...]

    def split(self, cell: str) -> list[str] | None:
        """The parts of a cell; None where it is not written so."""
        first, *rest = self.between
        if not cell.startswith(first):
            return None
        found, left = [], cell.removeprefix(first)
        for number, mark in enumerate(rest, 1):
            if number == len(rest):
                if not left.endswith(mark):
                    return None
                found.append(left[: len(left) - len(mark)].strip())
                break
            part, there, left = left.partition(mark)
            if not there:
                return None
            found.append(part.strip())
        return found


class Feed(NamedTuple):
    """What a field is read from: a column, several ones `joined` by a text, or a part of one that is split by a pattern.

    `values` are the words of the table with what they stand for, folded (None: nobody knows); `blank` is what a blank cell stands for
    (None: nothing is said); with `said`, a level in words is what somebody says of themselves.
    """

    field: Field
    headers: tuple[str, ...]
    joined: str | None = None
    values: Mapping[str, Any] = {}
    blank: Any = None
    said: bool = False
    part: tuple[Pattern, int] | None = None


class Default(NamedTuple):
    """What is so wherever the table does not say otherwise: of one field, or of every record of a list (`number` is None)."""

    name: str
    number: str | int | None
    key: str | None
    value: Any


class ColumnMap(NamedTuple):
    """What feeds which field; the lists that the table holds whole; how it writes days, and what a share of working time without a sign is,
    where it says so; what is so where nothing is said; further tables, by the names of their files, joined by their ids.

    A list read from columns may have more entries than the table has columns for: it is not taken as complete unless it is
    among `complete`. With `one_person`, all rows are about one person.
    """

    feeds: tuple[Feed, ...]
    complete: frozenset[str] = frozenset()
    date_format: DateFormat | None = None
    rate_unit: str | None = None
    defaults: tuple[Default, ...] = ()
    tables: Mapping[str, ColumnMap] = {}
    one_person: bool = False
    file: str | None = None
    """The file of the map: further tables stand beside it."""

    @property
    def fields(self) -> Mapping[str, tuple[Field, ...]]:
        """The fields that each column feeds, by its header."""
        found: dict[str, tuple[Field, ...]] = {}
        for feed in self.feeds:
            for header in feed.headers:
                found[header] = (*found.get(header, ()), feed.field)
        return found

    @property
    def lists(self) -> frozenset[str]:
        """The lists of the profile that some column speaks of."""
        fields = [feed.field for one in (self, *self.tables.values()) for feed in one.feeds]
        return frozenset(str(one.steps[0]) for one in fields if one.record is not None or one.path in ("citizenships", "languages"))

    @property
    def long(self) -> bool:
        """Whether a row is a record of somebody, of whom there may be more rows."""
        return self.one_person or any(ROW in feed.field.steps for feed in self.feeds)

    @property
    def together(self) -> bool:
        """Whether a person may be in more than one row, of this table or of another one."""
        return self.long or bool(self.tables)


def column_map(fields: Mapping[str, Field]) -> ColumnMap:
    """The map in which each column is one field."""
    return ColumnMap(tuple(Feed(field, (header,)) for header, field in fields.items()))


def read_map(path: str) -> tuple[ColumnMap, Document]:
    """The map in a YAML file: `columns: {birth_date: Date of birth}`, `complete: [degrees]`, `date_format: DD/MM/YYYY`.

    Raises `Problems` with everything that is wrong in it.
    """
    document = read_yaml(read_source(path))
    mapped, found = map_in(document)
    if any(one.is_error for one in found):
        raise Problems(found)
    return mapped._replace(file=path), document


def map_in(document: Readable) -> tuple[ColumnMap, tuple[Diagnostic, ...]]:
    """The map in a document that was read, and everything that is wrong in it."""
    read = _Map(document)
    mapped = read.whole()
    return mapped, tuple(sorted(read.found, key=lambda one: (one.place.line, one.place.column, one.code)))


Path = tuple[str | int, ...]


class _Map:
    """The reading of a map."""

    def __init__(self, document: Readable) -> None:
        self.document = document
        self.found: list[Diagnostic] = [*document.diagnostics]

    def tell(self, code: str, path: Path, key: bool = False, /, **params: Any) -> None:
        self.found.append(Diagnostic(code, self.document.place(path, key), params))

    def whole(self) -> ColumnMap:
        data: Any = self.document.data
        self.keys(data, MAP_KEYS, ())
        mapped = self.table(data, ())
        known, lists = [], _lists()
        complete = data.get("complete", [])
        for index, name in enumerate(complete if isinstance(complete, list) else [complete]):
            if name in lists:
                known.append(str(name))
            else:
                self.tell("E205", ("complete", index), word=str(name), allowed=list(lists), suggestion=nearest(str(name), lists))
        person = data.get("person")
        if person not in (None, FILE):
            self.tell("E205", ("person",), word=str(person)[:40], allowed=[FILE])
        mapped = mapped._replace(complete=frozenset(known), one_person=person == FILE, tables=self.tables(data.get("tables")))
        self.belong(mapped, ())
        for name, one in mapped.tables.items():
            self.belong(one._replace(one_person=mapped.one_person, tables={"": mapped}), ("tables", name))
        return mapped

    def belong(self, mapped: ColumnMap, path: Path) -> None:
        """Refuse a map that does not say which rows are one person: everybody would be several people, or nobody."""
        named = any(feed.field.steps == ("id",) for feed in mapped.feeds)
        if mapped.together and mapped.feeds and not named and not mapped.one_person:
            self.tell("E621", (*path, "columns"))

    def keys(self, data: Mapping[str, Any], allowed: Sequence[str], path: Path) -> None:
        for key in data:
            if key not in allowed:
                self.tell("E203", (*path, key), True, word=str(key), allowed=list(allowed), suggestion=nearest(str(key), allowed))

    def mapping(self, value: Any, path: Path) -> Mapping[Any, Any]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.tell("E204", path, value=str(value)[:40], expected="mapping")
            return {}
        return value

    def tables(self, value: Any) -> dict[str, ColumnMap]:
        found = {}
        for name, one in self.mapping(value, ("tables",)).items():
            path = ("tables", name)
            if not isinstance(one, dict):
                self.tell("E204", path, value=str(one)[:40], expected="mapping")
                continue
            self.keys(one, TABLE_KEYS, path)
            found[str(name)] = self.table(one, path)
        return found

    def table(self, data: Mapping[str, Any], path: Path) -> ColumnMap:
        """What is said of one table."""
        columns, split = data.get("columns"), data.get("split")
        if not (isinstance(columns, dict) and columns) and not (isinstance(split, dict) and split):
            self.tell("E201", (*path, "columns"), lacking="columns")
        feeds = [
            feed
            for written, told in (columns.items() if isinstance(columns, dict) else ())
            for feed in self.feeds(written, told, (*path, "columns", written))
        ]
        for header, text in self.mapping(split, (*path, "split")).items():
            feeds += self.split(str(header), text, (*path, "split", header))
        defaults = [
            one
            for written, value in self.mapping(data.get("default"), (*path, "default")).items()
            for one in self.default(str(written), value, feeds, (*path, "default", written))
        ]
        return ColumnMap(tuple(feeds), frozenset(), self.date_format(data, path), self.rate_unit(data, path), tuple(defaults))

    def date_format(self, data: Mapping[str, Any], path: Path) -> DateFormat | None:
        raw = data.get("date_format")
        if raw == ASK:
            self.tell("W608", (*path, "date_format"), key="date_format")
        elif raw is not None:
            try:
                return DateFormat(str(raw))
            except BadFormat:
                self.tell("E613", (*path, "date_format"), value=str(raw))
        return None

    def rate_unit(self, data: Mapping[str, Any], path: Path) -> str | None:
        raw = data.get("rate_unit")
        if raw == ASK:
            self.tell("W608", (*path, "rate_unit"), key="rate_unit")
        elif raw is not None and raw not in RATE_UNITS:
            self.tell("E205", (*path, "rate_unit"), word=str(raw)[:40], allowed=[*RATE_UNITS, ASK])
        return raw if raw in RATE_UNITS else None

    def field(self, written: Any, path: Path) -> Field | None:
        try:
            return field_of(str(written))
        except BadPath:
            close = nearest(str(written), every_path()) if len(self.found) < _SUGGESTIONS else None
            self.tell("E610", path, True, word=str(written), suggestion=close)
            return None

    def feeds(self, written: Any, told: Any, path: Path) -> Iterator[Feed]:
        """What feeds one field: a header, several (which must agree, or are joined as lists), or a mapping that says more."""
        field = self.field(written, path)
        if isinstance(told, dict):
            feed = self.feed(field, told, path)
            if feed is not None:
                yield feed
            return
        for number, header in enumerate(told if isinstance(told, list) else [told]):
            if isinstance(header, dict):
                if (feed := self.feed(field, header, (*path, number))) is not None:
                    yield feed
            elif not isinstance(header, str | int) or isinstance(header, bool):
                self.tell("E204", (*path, number) if isinstance(told, list) else path, value=str(header)[:40], expected="text")
            elif field is not None:
                yield Feed(field, (str(header),))

    def feed(self, field: Field | None, told: Mapping[str, Any], path: Path) -> Feed | None:
        self.keys(told, FEED_KEYS, path)
        column, join = told.get("column"), told.get("join")
        headers = [str(one) for one in join if isinstance(one, str | int)] if isinstance(join, list) else []
        if join is not None and (not isinstance(join, list) or len(headers) < 2 or len(headers) != len(join)):
            self.tell("E204", (*path, "join"), value=str(join)[:40], expected="list")
            return None
        if join is not None and column is not None:
            self.tell("E203", (*path, "column"), True, word="column", allowed=[one for one in FEED_KEYS if one != "column"])
        if join is None:
            if not isinstance(column, str | int) or isinstance(column, bool):
                self.tell("E201" if column is None else "E204", (*path,) if column is None else (*path, "column"), lacking="column",
                          value=str(column)[:40], expected="text")  # fmt: skip
                return None
            headers = [str(column)]
        if "with" in told and join is None:
            self.tell("E203", (*path, "with"), True, word="with", allowed=[one for one in FEED_KEYS if one != "with"])
        said = told.get("said", False)
        if not isinstance(said, bool):
            self.tell("E204", (*path, "said"), value=str(said)[:40], expected="true_or_false")
        elif said and field is not None and not _is_level(field):
            self.tell("E622", (*path, "said"), True, key="said", field=field.path)
        values = self.mapping(told.get("values"), (*path, "values"))
        if field is None:
            return None
        for word, value in values.items():
            self.readable(field, value, (*path, "values", word))
        if told.get("blank") is not None:
            self.readable(field, told["blank"], (*path, "blank"))
        return Feed(
            field, tuple(headers), str(told.get("with", " ")) if join is not None else None,
            {folded(_shown(word)): value for word, value in values.items()}, told.get("blank"), said is True,
        )  # fmt: skip

    def readable(self, field: Field, value: Any, path: Path) -> None:
        """Refuse a value that the field cannot take."""
        try:
            if value is not None and not isinstance(value, list | dict):
                value_of(value, field, Reading())
        except BadCell:
            self.tell("E628", path, value=str(value)[:40], field=field.path)

    def split(self, header: str, text: Any, path: Path) -> Iterator[Feed]:
        """The fields of a column that is split: `{experience[0].title}, {experience[0].employer_name}`."""
        if not isinstance(text, str):
            self.tell("E204", path, value=str(text)[:40], expected="text")
            return
        names, between = _PART.findall(text), tuple(_PART.split(text)[::2])
        if not any(names) or "{" in "".join(between) or "}" in "".join(between) or not all(between[1:-1]):
            self.tell("E623", path, value=text[:80])
            return
        for number, name in enumerate(names):
            if name.strip() and (field := self.field(name.strip(), path)) is not None:
                yield Feed(field, (header,), part=(Pattern(text, between), number))

    def default(self, written: str, value: Any, feeds: Sequence[Feed], path: Path) -> Iterator[Default]:
        """What is so where nothing is said: of a path, of every record of a list (`experience.full_time`), of the one list with the key."""
        name, _, key = written.rpartition(".")
        name = name.removesuffix("[]")
        lists = {str(feed.field.steps[0]) for feed in feeds if feed.field.record is not None}
        if not name and written not in Profile.model_fields:
            having = sorted(one for one in lists if _exists(f"{one}[0].{written}"))
            if len(having) > 1:
                self.tell("E624", path, True, word=written, fields=[f"{one}.{written}" for one in having])
                return
            name, key = (having[0] if having else ""), written
        if name and "[" not in name and _exists(f"{name}[0].{key}"):
            if name not in lists:
                self.tell("E622", path, True, key=written, field=name)
            yield Default(name, None, key, value)
            return
        field = self.field(written, path)
        if field is not None and len(field.steps) > 3:
            self.tell("E622", path, True, key=written, field=field.path)
        elif field is not None and len(field.steps) == 3:
            yield Default(str(field.steps[0]), field.steps[1], str(field.steps[2]), value)
        elif field is not None:
            yield Default(str(field.steps[0]), None, str(field.steps[1]) if len(field.steps) == 2 else None, value)


def _is_level(field: Field) -> bool:
    return field.steps[0] == "languages" and (len(field.steps) == 1 or field.form is Form.TEXT)


def _exists(path: str) -> bool:
    try:
        field_of(path)
    except BadPath:
        return False
    return True


def _shown(word: Any) -> str:
    """A key of YAML as a cell has it."""
    return str(word).lower() if isinstance(word, bool) else str(word)


def _lists() -> tuple[str, ...]:
    return tuple(sorted({path.partition("[")[0] for path in every_path() if "[" in path} - {"applications"}))


def folded(header: str) -> str:
    """A header, or a word, as it is compared: composed or decomposed accents, capitals and spaces make no difference."""
    if not header.isascii() and not overloaded(header):
        header = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", header).casefold())
    return " ".join(header.casefold().split())


def beside(mapped: ColumnMap, table: str, name: str) -> str:
    """Where a further table is: beside the map, else beside the table."""
    folder = os.path.dirname(mapped.file if mapped.file is not None else table)
    return os.path.join(folder, name)
