"""Rule files as whoever answers with them needs them: read, and refused where their meaning has an error."""

from __future__ import annotations

from datetime import date

from eligibility.checks import CHECKS, Rule
from eligibility.checks.suppressions import silence, suppressions_in
from eligibility.diagnostic import Problems
from eligibility.loading.files import read_source
from eligibility.loading.models import Loaded, placed, vacancy_in
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reference import Reference, load_reference
from eligibility.vacancy import Vacancy


def load_vacancy(path: str, reference: Reference | None = None) -> Vacancy:
    """The vacancy in a rule file. Raises `Problems` with everything that is wrong in it."""
    loaded = open_vacancy(path, reference or load_reference())
    if loaded.model is None:
        raise Problems(loaded.diagnostics)
    vacancy: Vacancy = loaded.model
    return vacancy


def open_vacancy(path: str, reference: Reference) -> Loaded:
    """The vacancy of a file with its document; no vacancy where `validate` finds an error. Raises `Problems` when nothing can be read."""
    document = read_yaml(read_source(path))
    loaded = vacancy_in(document, reference)
    if loaded.model is None:
        return loaded
    rule = Rule(loaded.model, reference, date.min)  # what is an error on one day is one on every day
    found = [placed(problem, document) for one in CHECKS if one.CODE[0] == "E" for problem in one.check(rule)]
    errors = [one for one in silence(found, suppressions_in(document.text, document.name))[0] if one.is_error] if found else []
    if not errors:
        return loaded
    ordered = sorted([*loaded.diagnostics, *errors], key=lambda one: (one.place.line, one.place.column, one.code))
    return Loaded(None, document, tuple(ordered))
