"""Rule files as whoever answers with them needs them: read, and refused where their meaning has an error."""

from __future__ import annotations

from datetime import date

from eligibility.checks import CHECKS, Rule
from eligibility.checks.each_way import problems_each_way
from eligibility.checks.suppressions import silence, suppressions_in
from eligibility.diagnostic import in_line_order
from eligibility.loading.files import Source, read_source
from eligibility.loading.loaded import Loaded
from eligibility.loading.models import placed, sound, vacancy_in
from eligibility.loading.plain_data import open_vacancy_data
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reference import Reference, load_reference
from eligibility.vacancy import Vacancy


def load_vacancy(path: str, reference: Reference | None = None) -> Vacancy:
    """The vacancy in a rule file. Raises `Problems` with everything that is wrong in it."""
    vacancy: Vacancy = sound(open_vacancy(path, reference or load_reference()))
    return vacancy


def open_vacancy(path: str, reference: Reference) -> Loaded:
    """The vacancy of a file with its document; no vacancy where `validate` finds an error. Raises `Problems` when nothing can be read."""
    return vacancy_in_source(read_source(path), reference)


def vacancy_in_source(source: Source, reference: Reference) -> Loaded:
    """The vacancy in the bytes of a rule file, as `open_vacancy` reads it. Raises `Problems` when nothing can be read."""
    document = read_yaml(source)
    return _with_meaning(vacancy_in(document, reference), reference, document.text)


def read_vacancy_data(data: object, reference: Reference | None = None) -> Vacancy:
    """The vacancy in plain data, with the keys of a rule file. Raises `Problems` with everything that is wrong in it."""
    reference = reference or load_reference()
    loaded = _with_meaning(open_vacancy_data(data, reference), reference, "")
    vacancy: Vacancy = sound(loaded)
    vacancy._data = loaded.document.data
    return vacancy


def _with_meaning(loaded: Loaded, reference: Reference, text: str) -> Loaded:
    """A vacancy, refused where its meaning has an error that no comment of its text silences."""
    if loaded.model is None:
        return loaded
    document = loaded.document
    rule = Rule(loaded.model, reference, date.min)  # what is an error on one day is one on every day
    found = [placed(problem, document) for problem in problems_each_way([one for one in CHECKS if one.CODE[0] == "E"], rule)]
    errors = [one for one in silence(found, suppressions_in(text, document.name))[0] if one.is_error] if found else []
    if not errors:
        return loaded
    return Loaded(None, document, tuple(sorted([*loaded.diagnostics, *errors], key=in_line_order)))
