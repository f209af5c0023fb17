"""JSON Schemas for editors: of a vacancy, a profile and a case file, built from the tables that the program itself reads by.

A new kind, filter, vocabulary or field of the profile appears in them by itself. They say what a form can say; that a day is
named under `dates`, or that an id is written twice, only the program can tell. The schemas are committed and shipped; the
program never builds them at run time, see `scripts/build_schema.py`.
"""

from __future__ import annotations

from eligibility.reference import Reference
from eligibility.schema.cases import case_file
from eligibility.schema.criteria import criterion
from eligibility.schema.profile import profile_file
from eligibility.schema.questions import question
from eligibility.schema.store import Schema, Store
from eligibility.schema.vacancy import small_vacancy, vacancy_file

FILES = {"vacancy": vacancy_file, "profile": profile_file, "cases": case_file}
"""The kinds of file an author writes, each with what describes it."""


def schema_of(name: str, reference: Reference) -> Schema:
    """The whole schema (draft-07) of one kind of file: `vacancy`, `profile` or `cases`."""
    store = Store(reference, {"criterion": criterion, "question": question, "vacancy": small_vacancy})
    body = FILES[name](store)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"https://eligibility.example/schema/{name}-1.json",
        "title": store.both(f"schema.{name}.title", " / "),
        **store.described(f"schema.{name}"),
        **body,
        "definitions": dict(sorted(store.definitions.items())),
    }
