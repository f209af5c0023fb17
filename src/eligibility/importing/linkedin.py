"""The data that LinkedIn hands to its members: a folder or an archive of CSV files, or some of the files. Told by their headings: English
as it writes them, or in the language of whoever translated the files or typed them off."""

from __future__ import annotations

import csv
import io
import json
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from eligibility.importing.draft import Entry, joined
from eligibility.importing.limits import MAX_CV, clean, read_bytes, refuse
from eligibility.importing.reading import Reader
from eligibility.loading.files import open_ordinary
from eligibility.loading.understood import Sort
from eligibility.loading.yaml_reader import MAX_TEXT
from eligibility.reference.spelling import fold

MAX_ROWS = 10_000
"""The most rows of a file."""
_MAX_MEMBERS = 10_000
_MAX_RATIO, _FREE_SIZE = 200, 2_000_000
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, LookupError)
_LEADING = 10
"""How many lines may stand above the headings."""

Row = Mapping[str, str]


def in_folder(path: str, to: Reader) -> bool:
    """Read every file of an export. Whether there was one."""
    found = False
    for name in sorted(_below(path)):
        short = os.path.relpath(name, path).replace(os.sep, "/")
        found |= _part(name, short, to, True) if name.lower().endswith(".csv") else False
    return found


def _below(path: str) -> Iterator[str]:
    """The files of a folder and of the folders in it, as exports have them; no link is followed."""
    for entry in sorted(os.scandir(path), key=lambda one: one.name):
        if entry.name.startswith("."):
            continue
        if entry.is_file(follow_symlinks=False):
            yield entry.path
        elif entry.is_dir(follow_symlinks=False):
            with os.scandir(entry.path) as inner:
                yield from (one.path for one in inner if one.is_file(follow_symlinks=False))


def _part(path: str, short: str, to: Reader, in_export: bool) -> bool:
    kind = kind_of(heading_in(path), in_export)
    if kind is None:
        to.draft.left(short)
        return False
    _READERS[kind](_rows(read_bytes(path), path, kind), short, to)
    return True


def heading_in(path: str) -> bytes:
    """The first bytes of a file, for its headings."""
    with open_ordinary(path) as file:
        return file.read(4096)


def in_archive(path: str, to: Reader) -> bool:
    """Read every file of an export in an archive, which is never unpacked to the disk. Whether there was one."""
    found = False
    with open_ordinary(path) as file:
        try:
            packed = zipfile.ZipFile(file)
        except _BROKEN:
            refuse(path, "E643", form="damaged")
        with packed:
            members = packed.infolist()
            _look_at(members, path)
            for one in members:
                if one.is_dir() or not one.filename.lower().endswith(".csv"):
                    continue
                try:
                    with packed.open(one) as inner:
                        data = inner.read(MAX_CV + 1)
                except _BROKEN:
                    refuse(path, "E643", form="damaged")
                if len(data) > MAX_CV:
                    refuse(path, "E136", form="unpacked_cv", limit=MAX_CV)
                kind = kind_of(data[:4096], True)
                if kind is None:
                    to.draft.left(one.filename)
                else:
                    found = True
                    _READERS[kind](_rows(data, f"{path}/{one.filename}", kind), os.path.basename(one.filename), to)
    return found


def _look_at(members: list[zipfile.ZipInfo], path: str) -> None:
    """Refuse an archive whose directory says what no export does."""
    if len(members) > _MAX_MEMBERS:
        refuse(path, "E136", form="members", limit=_MAX_MEMBERS)
    for one in members:
        parts = one.filename.replace("\\", "/").split("/")
        if ".." in parts or one.filename.startswith(("/", "\\")) or ":" in parts[0]:
            refuse(path, "E643", form="outside", member=one.filename)
        if one.compress_type not in _PACKINGS or one.flag_bits & 1:
            refuse(path, "E643", form="damaged")
        if one.filename.lower().endswith(".csv") and one.file_size > min(MAX_CV, max(_FREE_SIZE, _MAX_RATIO * one.compress_size)):
            refuse(path, "E136", form="unpacked_cv", limit=MAX_CV)


def in_file(path: str, to: Reader) -> None:
    """Read one file of an export, whose headings were recognised."""
    _part(path, os.path.basename(path), to, False)


def kind_of(head: bytes, in_export: bool = False) -> str | None:
    """Which file of an export begins so; None for any other. `Nom;Niveau` may stand above a class, too: such headings are those of an
    export only where the file was found `in_export`."""
    for line in _text(head).splitlines()[:_LEADING]:
        headings = [one.strip().strip('"') for one in line.split(_mark(line))]
        for kind, needed in _HEADINGS.items():
            if needed <= {one.lower() for one in headings}:
                return kind
            if (in_export or kind in _UNLIKE_OTHERS) and needed <= {*_in_english(headings, kind)}:
                return kind
    return None


_UNLIKE_OTHERS = ("positions", "education")
"""The files whose translated headings are those of no other table."""


def _mark(line: str) -> str:
    """What stands between the headings: a comma, or the semicolon of a spreadsheet that has saved the file again."""
    return ";" if line.count(";") > line.count(",") else ","


def _in_english(headings: Sequence[str], kind: str) -> list[str]:
    """The headings of a kind of file as LinkedIn writes them."""
    names = {fold(word): name for part in ("every file", kind) for name, words in _translated().get(part, {}).items() for word in words}
    return [names.get(fold(one), one.lower()) for one in headings]


@cache
def _translated() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Headings in other languages, those of every file of an export and those of one kind."""
    with open(os.path.join(os.path.dirname(__file__), "linkedin.json"), encoding="utf-8") as file:
        known: Mapping[str, Mapping[str, Sequence[str]]] = json.load(file)
    return known


_HEADINGS = {
    "volunteering": {"company name", "role", "cause", "started on"},
    "positions": {"company name", "title", "started on", "finished on"},
    "education": {"school name", "degree name", "start date", "end date"},
    "certifications": {"name", "authority", "started on"},
    "languages": {"name", "proficiency"},
    "profile": {"first name", "last name", "headline"},
}


def _text(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4:  # the first bytes of a file may end within a letter
            return data.decode("utf-8-sig", "replace")
        return data.decode("cp1252", "replace")


def _rows(data: bytes, name: str, kind: str) -> Iterator[tuple[int, Row]]:
    """The rows of a file under its headings, with the number of their line. Raises `Problems`."""
    if b"\0" in data and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        refuse(name, "E138", form="table")
    csv.field_size_limit(MAX_TEXT)
    text = _text(data)
    marks = [_mark(line) for line in text.splitlines()[:_LEADING] if kind_of(line.encode(), True) == kind]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=marks[0] if marks else ",")
    headings: list[str] | None = None
    number = 0
    try:
        for cells in reader:
            line = reader.line_num
            if headings is None:
                found = _in_english([one.strip() for one in cells], kind)
                headings = found if _HEADINGS[kind] <= {*found} else None
                continue
            number += 1
            if number > MAX_ROWS:
                refuse(name, "E136", line=line, form="rows", limit=MAX_ROWS)
            if any(cell.strip() for cell in cells):
                yield line, {key: clean(cell, name, f"{key}, {line}") for key, cell in zip(headings, cells, strict=False)}
    except csv.Error:
        refuse(name, "E603", line=max(reader.line_num, 1))


def _leave(row: Row, read: tuple[str, ...], name: str, to: Reader) -> None:
    to.draft.left(*(f"{name}: {key}" for key, cell in row.items() if key not in read and cell.strip()))


def _profile(rows: Iterator[tuple[int, Row]], name: str, to: Reader) -> None:
    for number, row in rows:
        where = f"{name}:{number}"
        said = joined((row.get("first name"), row.get("last name"))) or None
        born = row.get("birth date")
        to.person(said, born, (where, f"{where}, Birth Date"))
        to.home(row.get("geo location"), f"{where}, Geo Location")
        _leave(row, ("first name", "last name", "birth date", "geo location"), name, to)


def _positions(rows: Iterator[tuple[int, Row]], name: str, to: Reader) -> None:
    for number, row in rows:
        where = f"{name}:{number}"
        entry = to.draft.entry("experience", where)
        to.job_title(entry, row.get("title"), f"{where}, Title")
        to.employer(entry, row.get("company name"), f"{where}, Company Name")
        _days(entry, row, where, to)
        to.place(entry, "in", row.get("location"), f"{where}, Location")
        _leave(row, ("title", "company name", "location", "started on", "finished on"), name, to)


def _days(entry: Entry, row: Row, where: str, to: Reader) -> None:
    """The days of a position; LinkedIn leaves the last one blank of those that one holds still."""
    first, last = row.get("started on", ""), row.get("finished on", "")
    goes_on = bool(first.strip()) and not last.strip()
    to.days(entry, first, last, (f"{where}, Started On", f"{where}, Finished On"), goes_on)
    if goes_on:
        entry.doubt("blank_end")


def _education(rows: Iterator[tuple[int, Row]], name: str, to: Reader) -> None:
    for number, row in rows:
        to.studies(
            f"{name}:{number}", row.get("degree name"), (row.get("start date"), row.get("end date")), school=row.get("school name"),
            names=("Degree Name", "Start Date", "End Date", "Degree Name", "Location"),
        )  # fmt: skip
        _leave(row, ("degree name", "start date", "end date", "school name"), name, to)


def _languages(rows: Iterator[tuple[int, Row]], name: str, to: Reader) -> None:
    for number, row in rows:
        where = f"{name}:{number}"
        entry = to.language(row.get("name"), where)
        if entry is not None:
            to.taken(entry, "level", row.get("proficiency"), Sort.LEVEL, f"{where}, Proficiency", tell=True)
            if len(entry.record) == 1:
                entry.doubt("no_level", where=where)


def _volunteering(rows: Iterator[tuple[int, Row]], name: str, to: Reader) -> None:
    for number, row in rows:
        where = f"{name}:{number}"
        entry = to.draft.entry("volunteering", where)
        to.named(entry, "organisation", row.get("company name"), f"{where}, Company Name")
        _days(entry, row, where, to)
        _leave(row, ("company name", "started on", "finished on"), name, to)


def _certifications(rows: Iterator[tuple[int, Row]], name: str, to: Reader) -> None:
    for number, row in rows:
        if not to.certificate(row.get("name"), row.get("started on"), f"{name}:{number}"):
            to.draft.left(f"{name}: {row.get('name', '')[:60]}")


_READERS: Mapping[str, Callable[[Iterator[tuple[int, Row]], str, Reader], None]] = {
    "profile": _profile, "positions": _positions, "education": _education, "languages": _languages, "volunteering": _volunteering,
    "certifications": _certifications,
}  # fmt: skip
