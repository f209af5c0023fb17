"""Which kind of CV a file is: told by what is in it, not by its name."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Sequence
from datetime import date

from eligibility.importing.draft import Draft
from eligibility.importing.limits import MAX_CV, read_bytes, refuse
from eligibility.importing.reading import Reader
from eligibility.loading.files import STDIN_NAME, open_ordinary, read_source
from eligibility.reference import Reference

_TABLES = (".xlsx", ".xlsm", ".ods", ".parquet", ".csv", ".tsv", ".txt")
_WORKBOOKS = ("xl/workbook.xml", "content.xml")
_HEAD = 4096


def read_cv(paths: Sequence[str], row: str | None, columns: str | None, reference: Reference, today: date) -> Draft:
    """What one or several files say of one person. Raises `Problems` for a file that is no CV, or says nothing of a person."""
    whole = Draft()
    for path in paths:
        draft = Draft()
        to = Reader(draft, reference, today)
        form = _read(path, row, columns, to)
        draft.forms.append((STDIN_NAME if path == "-" else path, form))
        if not draft.says_something:
            refuse(path, "E641", form="empty")
        whole.merge(draft)
    return whole


def _read(path: str, row: str | None, columns: str | None, to: Reader) -> str:
    """Read one file, and tell what it is."""
    if path == "-":
        return _in_text(read_source(path).data, STDIN_NAME, to)
    from eligibility.importing import linkedin

    if os.path.isdir(path):
        if not linkedin.in_folder(path, to):
            refuse(path, "E641", form="folder")
        return "linkedin"
    with open_ordinary(path) as file:
        head = file.read(_HEAD)
    ending = os.path.splitext(path)[1].lower()
    if head[:2] == b"PK":
        return _in_archive(path, row, columns, to)
    if head.lstrip()[:5] == b"%PDF-" or ending == ".pdf":
        refuse(path, "E642", form="pdf")
    if head[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" or ending in (".doc", ".rtf", ".odt", ".docx"):
        refuse(path, "E642", form="letter")
    if ending in (".yaml", ".yml"):
        refuse(path, "E641", form="profile")
    if _first_letter(head) in ("{", "[", "<"):
        return _in_text(read_bytes(path), path, to)
    if linkedin.kind_of(head) is not None:
        linkedin.in_file(path, to)
        return "linkedin"
    if ending in _TABLES:
        return _row(path, row, columns, to)
    return refuse(path, "E641") if head.strip() else refuse(path, "E102")


def _in_archive(path: str, row: str | None, columns: str | None, to: Reader) -> str:
    from eligibility.importing import linkedin

    try:
        with open_ordinary(path) as file, zipfile.ZipFile(file) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, EOFError):
        refuse(path, "E643", form="damaged")
    if "word/document.xml" in names or ("content.xml" in names and not path.lower().endswith(".ods")):
        refuse(path, "E642", form="letter")
    if names.intersection(_WORKBOOKS):
        return _row(path, row, columns, to)
    if not linkedin.in_archive(path, to):
        refuse(path, "E641", form="archive")
    return "linkedin"


def _row(path: str, row: str | None, columns: str | None, to: Reader) -> str:
    from eligibility.importing import table_row

    table_row.read(path, row, columns, to)
    return "row"


def _in_text(data: bytes, name: str, to: Reader) -> str:
    """JSON or XML."""
    from eligibility.importing import europass, json_resume

    if len(data) > MAX_CV:
        refuse(name, "E136", form="cv", limit=MAX_CV)
    if _first_letter(data) == "<":
        from eligibility.importing import xml_file

        root, found = xml_file.values_in(data, name)
        if root == "Candidate":
            europass.read_candidate(found, to)
            return "europass"
        if not europass.fits(found):
            refuse(name, "E641", form="xml", root=root[:60])
        europass.read(found, to)
        return "europass"
    if _first_letter(data) not in ("{", "["):
        refuse(name, "E641")
    from eligibility.importing import json_file

    found = json_file.values_in(data, name)
    if europass.fits(found):
        europass.read(found, to)
        return "europass"
    if json_resume.fits(found):
        json_resume.read(found, to)
        return "json_resume"
    return refuse(name, "E641", form="json")


def _first_letter(data: bytes) -> str:
    text = data[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return text[:1].decode("ascii", "replace")
