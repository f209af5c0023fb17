"""Which column of a table is which field of a profile: told by a map, or by the header alone where it can mean one thing only."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import Any, NamedTuple

from eligibility.batch.cells import RATE_UNITS, BadFormat, DateFormat
from eligibility.batch.fields import BadPath, Field, every_path, field_of
from eligibility.diagnostic import Diagnostic, Problems
from eligibility.loading.document import Document
from eligibility.loading.files import read_source
from eligibility.loading.loaded import Readable
from eligibility.loading.nearest import nearest
from eligibility.loading.yaml_characters import overloaded
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reference import Reference

_ALIKE = 0.75
MAP_KEYS = ("columns", "complete", "date_format", "rate_unit")
_LONGEST_HEADER = 200
"""A longer header is no name of a field."""
_SUGGESTIONS = 100
"""How many headers that nothing knows are compared with all that is known."""


class ColumnMap(NamedTuple):
    """The fields of the columns, by header; the lists that the table holds whole; how it writes days, and what a share of working time
    without a sign is, where it says so.

    A list read from columns may have more entries than the table has columns for: it is not taken as complete unless it is
    among `complete`.
    """

    fields: Mapping[str, tuple[Field, ...]]
    complete: frozenset[str] = frozenset()
    date_format: DateFormat | None = None
    rate_unit: str | None = None

    @property
    def lists(self) -> frozenset[str]:
        """The lists of the profile that some column speaks of."""
        steps = [field.steps for fields in self.fields.values() for field in fields]
        return frozenset(str(one[0]) for one in steps if len(one) == 3 or one == ("citizenships",))


def read_map(path: str) -> tuple[ColumnMap, Document]:
    """The map in a YAML file: `columns: {birth_date: Date of birth}`, `complete: [degrees]`, `date_format: DD/MM/YYYY`.

    Raises `Problems` with everything that is wrong in it.
    """
    document = read_yaml(read_source(path))
    mapped, found = map_in(document)
    if any(one.is_error for one in found):
        raise Problems(found)
    return mapped, document


def map_in(document: Readable) -> tuple[ColumnMap, tuple[Diagnostic, ...]]:
    """The map in a document that was read, and everything that is wrong in it."""
    found: list[Diagnostic] = [*document.diagnostics]
    fields: dict[str, list[Field]] = {}
    data: Any = document.data
    for key in data:
        if key not in MAP_KEYS:
            found.append(_told(document, "E203", (key,), True, word=key, allowed=list(MAP_KEYS), suggestion=nearest(key, MAP_KEYS)))
    columns = data.get("columns")
    if not isinstance(columns, dict) or not columns:
        found.append(_told(document, "E201", ("columns",), lacking="columns"))
    for field_path, header in columns.items() if isinstance(columns, dict) else ():
        try:
            field = field_of(field_path)
        except BadPath:
            close = nearest(field_path, every_path()) if len(found) < _SUGGESTIONS else None
            found.append(_told(document, "E610", ("columns", field_path), True, word=field_path, suggestion=close))
            continue
        for number, text in enumerate(header if isinstance(header, list) else [header]):
            if not isinstance(text, str | int):
                place = ("columns", field_path, number) if isinstance(header, list) else ("columns", field_path)
                found.append(_told(document, "E204", place, value=str(text)[:40], expected="text"))
                continue
            fields.setdefault(str(text), []).append(field)
    date_format = None
    if (raw := data.get("date_format")) is not None:
        try:
            date_format = DateFormat(str(raw))
        except BadFormat:
            found.append(_told(document, "E613", ("date_format",), value=str(raw)))
    rate_unit = data.get("rate_unit")
    if rate_unit is not None and rate_unit not in RATE_UNITS:
        found.append(_told(document, "E205", ("rate_unit",), word=str(rate_unit)[:40], allowed=list(RATE_UNITS)))
    complete = data.get("complete", [])
    lists, known = _lists(), []
    for index, name in enumerate(complete if isinstance(complete, list) else [complete]):
        if name not in lists:
            close = nearest(str(name), lists)
            found.append(_told(document, "E205", ("complete", index), word=str(name), allowed=list(lists), suggestion=close))
            continue
        known.append(str(name))
    mapped = ColumnMap({header: tuple(some) for header, some in fields.items()}, frozenset(known), date_format, rate_unit)
    return mapped, tuple(sorted(found, key=lambda one: (one.place.line, one.place.column, one.code)))


def _told(document: Readable, code: str, path: tuple[str | int, ...], key: bool = False, /, **params: Any) -> Diagnostic:
    return Diagnostic(code, document.place(path, key), params)


def _lists() -> tuple[str, ...]:
    return tuple(sorted({path.partition("[")[0] for path in every_path() if "[" in path} - {"applications"}))


class Proposal(NamedTuple):
    """What a header seems to be: its field, else the path of the field it comes closest to."""

    header: str
    field: Field | None
    close: str | None = None


def propose(headers: Sequence[str], reference: Reference) -> list[Proposal]:
    """A field for every header that names one in the words of the language, of people (`Date de naissance`) or of habit (`job1_from`)."""
    found = []
    unknown = 0
    for header in headers:
        field = field_of_header(header, reference) if len(header) <= _LONGEST_HEADER else None
        close = None
        if field is None and header.strip():
            unknown += 1
            close = _close(_bare(header)) if unknown <= _SUGGESTIONS and len(header) <= _LONGEST_HEADER else None
        found.append(Proposal(header, field, close))
    return found


def folded(header: str) -> str:
    """A header as it is compared: composed or decomposed accents, capitals and spaces make no difference."""
    if not header.isascii() and not overloaded(header):
        header = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", header).casefold())
    return " ".join(header.casefold().split())


def _close(words: str) -> str | None:
    """The path of the field whose header is nearly this one: `brith date`, but not `phone`, which is no `home`."""
    close = nearest(words, _known_headers())
    if close is None or SequenceMatcher(None, words, close).ratio() < _ALIKE:
        return None
    path: str = _spellings()["fields"].get(close, close)
    return path


def field_of_header(header: str, reference: Reference) -> Field | None:
    """The field that a header can only mean; None where it may mean several, or nothing is known of it."""
    try:
        return field_of(header)
    except BadPath:
        pass
    words = _bare(header)
    spelled = _spellings()
    if words in spelled["fields"]:
        return field_of(spelled["fields"][words])
    return _record_field(words) or _language_field(words, reference)


def _record_field(words: str) -> Field | None:
    """`job1_from`, `Emploi 2 - début`, `date du diplôme 1`: a list, perhaps a number, an attribute of its records."""
    spelled = _spellings()
    for name, list_name in spelled["lists"].items():
        found = re.fullmatch(rf"{name}s?(?: (?P<number>\d+))?(?: (?P<rest>.*))?", words) or re.fullmatch(
            rf"(?P<rest>.+?) (?:d|de|du|de la|de l|of|of the) {name}(?: (?P<number>\d+))?", words
        )
        if found is None:
            continue
        number, rest = int(found["number"] or 1), found["rest"] or ""
        for attribute in spelled["attributes"].get(rest, ()):
            try:
                field = field_of(f"{list_name}[{max(0, number - 1)}].{attribute}")
            except BadPath:
                continue
            return field
    return None


def _language_field(words: str, reference: Reference) -> Field | None:
    """`Anglais`, `niveau d'anglais`, `english writing`, `fr_level`: a named language, and what of it."""
    spelled = _spellings()["attributes"]
    parts = [part for part in words.split() if part not in ("d", "de", "en", "in", "of", "l")] or words.split()
    for index, word in enumerate(parts):
        found = reference.find_language(word, False)
        if found.id is None or (len(word) < 4 and len(parts) == 1):
            continue
        rest = " ".join([*parts[:index], *parts[index + 1 :]])
        wanted = spelled.get(rest, ()) if rest else ("level",)
        for attribute in wanted:
            if attribute in ("level", "native", "reading", "writing", "listening", "speaking"):
                return field_of(f"languages[{found.id}].{attribute}")
    return None


def _bare(header: str) -> str:
    """A header without capitals, accents and punctuation, its numbers set apart: `Emploi2_début` is `emploi 2 debut`."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", header.casefold()) if not unicodedata.combining(letter))
    text = re.sub(r"[^\w]|_", " ", plain)
    return " ".join(re.sub(r"(\d+)", r" \1 ", text).split())


@cache
def _spellings() -> Mapping[str, Any]:
    with open(os.path.join(os.path.dirname(__file__), "headers.json"), encoding="utf-8") as file:
        rows = json.load(file)
    attributes: dict[str, list[str]] = {}
    for attribute, spelled in rows["attributes"].items():
        for word in (*spelled, attribute.replace("_", " ")):
            attributes.setdefault(word, []).append(attribute)
    return {
        "fields": {word: path for path, spelled in rows["fields"].items() for word in spelled},
        "lists": {word: name for name, spelled in rows["lists"].items() for word in (*spelled, name)},
        "attributes": attributes,
    }


@cache
def _known_headers() -> tuple[str, ...]:
    return tuple(_headers())


def _headers() -> Iterator[str]:
    spelled = _spellings()
    yield from spelled["fields"]
    yield from every_path()
