"""What the program does with a file that may be wrong: it is refused with a code and a place, or everything is done with it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from eligibility.batch.cells import Reading
from eligibility.batch.columns import map_in
from eligibility.batch.people import Refused
from eligibility.batch.sources.csv_file import read as read_csv
from eligibility.batch.table import reader_of
from eligibility.checks.files import look_into
from eligibility.cli.person import impossible_births, unasked
from eligibility.cli.read_configuration import settings_from
from eligibility.diagnostic import Diagnostic
from eligibility.engine import check
from eligibility.facts import ProfileFacts
from eligibility.loading.files import Source, read_source
from eligibility.loading.loaded import Loaded
from eligibility.loading.models import load_profile, load_vacancy, profile_in, vacancy_in
from eligibility.loading.vocabularies import unknown_to
from eligibility.loading.yaml_reader import read_yaml
from eligibility.profile import Profile
from eligibility.reference import load_reference
from eligibility.reporters import Shown, Style, reporter
from eligibility.reporters.describe import Describer
from eligibility.reporters.problems import Told, problem_reporter
from eligibility.testing.beside import rule_beside
from eligibility.testing.model import Rule
from eligibility.testing.read import read_cases
from eligibility.testing.run import run_cases
from eligibility.vacancy import Vacancy
from eligibility.wording import Words

from .examples import ROOT, Kind
from .mutants import Mutant

REFERENCE = load_reference()
DAYS = (date(2024, 6, 1), datetime(2024, 6, 30, 12, 0))
TODAY = DAYS[0]
LANGUAGES = ("en", "fr")


def refused(mutant: Mutant) -> bool:
    """Whether the file of a mutant is refused; raises whatever should not happen."""
    kind, source = mutant.example.kind, Source(mutant.example.path, mutant.text().encode())
    if kind is Kind.SETTINGS:
        settings = settings_from(source, ("tool", "eligibility"))
        found: Sequence[Diagnostic] = () if settings is None else settings.problems
    else:
        found = look_into(source, REFERENCE, TODAY).diagnostics
    told(found, source)
    if any(one.is_error for one in found):
        return True
    if kind is Kind.RULE:
        vacancy = vacancy_in(read_yaml(source), REFERENCE).model
        shown(vacancy)
        for person in people():
            answered([vacancy], Loaded(person, read_yaml(Source("x.yaml", b"name: x")), ()))
    elif kind is Kind.PROFILE:
        answered(vacancies(), profile_in(read_yaml(source), REFERENCE))
    elif kind is Kind.CASES:
        file = read_cases(read_yaml(source), (), lambda wanted: rule_beside(source.name, wanted, _rule_at, _ids), REFERENCE).file
        assert file is not None
        run_cases([file])
    elif kind is Kind.COLUMNS:
        rows(read_yaml(source))
    return False


def told(found: Iterable[Diagnostic], source: Source) -> None:
    """Every problem has its place and its sentence."""
    for one in found:
        assert one.place.line > 0
        assert one.place.column > 0
    for language in LANGUAGES:
        text = problem_reporter("full")(Told(list(found), [source.name], Words(language), lambda _: source.data.decode()))
        assert text


def shown(vacancy: Vacancy) -> None:
    """The vacancy in plain words."""
    for language in LANGUAGES:
        assert list(Describer(vacancy, Words(language), REFERENCE, 80).lines())


def answered(vacancies: Iterable[Vacancy], loaded: Loaded) -> None:
    """The reports about a person, in every form."""
    every = list(vacancies)
    facts = ProfileFacts(loaded.model, REFERENCE)
    unknown_to(every, loaded, REFERENCE)
    list(unasked(loaded, every, REFERENCE))
    for day in DAYS:
        if list(impossible_births(loaded, day)):
            continue
        reports = [check(one, loaded.model, day, REFERENCE, facts) for one in every]
        for language in LANGUAGES:
            asked = Shown(reports, Words(language), REFERENCE, detail=day == DAYS[0], style=Style(80), vacancies=every)
            assert reporter("text")(asked)
            assert reporter("json")(asked)


def rows(document: Any) -> None:
    """The rows of the class, read by a map."""
    table = read_csv(str(ROOT / "profiles/class/class.csv"), lambda problem: None)
    reader = reader_of(table, map_in(document)[0], Reading())
    for number, cells in table.lines:
        if not isinstance(cells, Refused):
            profile_in(reader.read(number, cells), REFERENCE)


@cache
def people() -> list[Profile]:
    """Somebody who says much, somebody who says little, and somebody at the ends of the calendar."""
    far: dict[str, Any] = {
        "birth_date": "0001-01-01", "experience": [{"from": "0001", "to": "9999-12-31", "rate": 100}],
        "residences": [{"in": "FR", "from": "0001-01-01", "to": "ongoing"}], "absences": [{"from": "9999-01-01", "to": "9999-12-31"}],
        "degrees": [{"level": 7, "awarded": "9999"}], "children": [{"born": "9999-12-31"}],
    }  # fmt: skip
    known = [load_profile(str(ROOT / "profiles" / name), REFERENCE) for name in ("elena.yaml", "nadia.yaml")]
    return [*known, Profile.model_validate({}), Profile.model_validate(far)]


@cache
def vacancies() -> list[Vacancy]:
    """The vacancies of the repository."""
    return [load_vacancy(str(path), REFERENCE) for path in sorted((ROOT / "rules").glob("*.yaml")) if ".cases." not in path.name]


def _rule_at(path: str) -> Rule | None:
    document = read_yaml(read_source(path))
    return Rule(vacancy_in(document, REFERENCE).model, document)


@cache
def _ids(folder: str) -> dict[str, str]:
    return {name.removesuffix(".yaml"): os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".yaml")}
