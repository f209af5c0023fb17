"""A batch says what `check` says, and the same people say the same whichever file they come from."""

from __future__ import annotations

import json
import time
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from eligibility.batch.columns import ColumnMap, read_map
from eligibility.batch.desk import Desk, Job
from eligibility.batch.people import Entry, Reader
from eligibility.batch.results import Cell, Point
from eligibility.batch.run import everybody, rows
from eligibility.batch.sources import Choices, open_people
from eligibility.batch.sources.jsonl import JsonLines
from eligibility.engine import check
from eligibility.loading.document import value_at
from eligibility.loading.loaded import Loaded
from eligibility.loading.models import load_vacancy, profile_in
from eligibility.loading.vocabularies import not_understood, unknown_to
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reference import load_reference
from eligibility.report import Finding
from eligibility.reporters.asked import Asked
from eligibility.reporters.next_step import action
from eligibility.reporters.sentences import Sentences
from eligibility.wording import Words
from tests.laws.catalogue import CRITERIA, HEADER, blurred, people
from tests.laws.strategies import TODAY, law

from .material import CLASS, ON, RULES, column_map, write_csv, write_folder, write_jsonl, write_xlsx

REFERENCE = load_reference()
VACANCIES = [load_vacancy(path, REFERENCE) for path in RULES]


def cells(loaded: Loaded, desk: Desk) -> tuple[Cell, ...]:
    """What `check` says of a profile, in the form of a batch."""
    unclear = not_understood(unknown_to(desk.vacancies, loaded, REFERENCE))
    value = partial(value_at, loaded.document.data)
    sentences = Sentences(Words("en"), REFERENCE, value, Asked(desk.vacancies, REFERENCE), unclear)
    sentences.by_name = True  # whoever reads a batch does not have the file of the person before them
    reports = [check(vacancy, loaded.model, desk.job.on, REFERENCE, on_last_day=True) for vacancy in desk.vacancies]
    options = [None if report.option is None else sentences.words.of(report.option) for report in reports]
    return tuple(
        Cell(
            report.vacancy, report.outcome, report.closing, tuple(_point(one, sentences) for one in report.findings), option,
            action(sentences, report, asks=False),
        )
        for report, option in zip(reports, options, strict=True)
    )  # fmt: skip


def _point(finding: Finding, sentences: Sentences) -> Point:
    gap = None if finding.gap is None else (finding.gap.amount, finding.gap.unit)
    causes, reason, lacks = tuple(map(str, finding.causes)), sentences.reason(finding), sentences.lacks(finding.missing)
    return Point(finding.id or "", finding.verdict, finding.importance == "required", finding.code, causes, finding.missing, gap, reason, lacks)


def desk(*readers: Reader, on: date = ON) -> Desk:
    return Desk(Job(RULES, on, "en", readers, reasons=True), REFERENCE, VACANCIES)


@st.composite
def anybody(draw: st.DrawFn) -> dict[str, Any]:
    """Somebody of the catalogue, known well or less well."""
    person = draw(people)
    return draw(blurred(person)) if draw(st.booleans()) else person


@law
@given(anybody())
def test_batch_says_what_check_says(person: dict[str, Any]) -> None:
    """For everybody, the six vacancies and one with every kind of criterion: the same outcome, verdicts, codes and sentences."""
    from eligibility.vacancy import Vacancy

    named = [{"id": f"c{index}", **criterion} for index, criterion in enumerate(CRITERIA)]
    every_kind = Vacancy.model_validate({"format": 1, "id": "post", "title": "A post", "criteria": named, **HEADER})
    here = Desk(Job((), TODAY, "en", (JsonLines("people.jsonl"),), reasons=True), REFERENCE, [*VACANCIES, every_kind])
    row = here.row(0, Entry(0, 1, json.dumps(person).encode()))
    document = here.job.readers[0].read(1, json.dumps(person).encode())
    assert row.read
    assert row.cells == cells(profile_in(document, REFERENCE), here)


FLAT = ("domicile", "birth_date")
LISTS = {"experience": 3, "degrees": 2, "residences": 3, "studies": 2, "participations": 2, "certificates": 2}
"""The lists that tables can hold, and how many records of each."""


@st.composite
def tabular(draw: st.DrawFn) -> dict[str, Any]:
    """Somebody whom a row of a table can say whole: no lists in lists, no records without a value."""
    person = draw(anybody())
    kept = {key: value for key, value in person.items() if key in FLAT}
    kept["facts"] = draw(st.fixed_dictionaries({"tax_resident_quebec": st.booleans()}))
    kept["citizenships"] = draw(st.lists(st.sampled_from(["FR", "CA", "NA", "NO", "MA"]), unique=True, max_size=2))
    for name in LISTS:
        if name in person:
            records = [{key: value for key, value in one.items() if not isinstance(value, dict)} for one in person[name]]
            kept[name] = [one for one in records if one]
    kept["languages"] = draw(
        st.lists(st.fixed_dictionaries({"language": st.sampled_from(["fr", "en", "ar"]), "level": st.sampled_from(["B2", "C1"])}),
                 max_size=2, unique_by=lambda one: one["language"])
    )  # fmt: skip
    return kept


def table_of(people: list[dict[str, Any]], dates: bool = False) -> tuple[list[str], list[list[object]]]:
    """People as a table: its headers are the paths, its cells texts, or true dates and numbers."""
    headers = ["name", *FLAT, "citizenships", "facts.tax_resident_quebec"]
    for name, most in {**LISTS, "languages": 2}.items():
        attributes = sorted({key for person in people for one in person.get(name, ()) for key in one})
        if not attributes and any(name in person for person in people):
            attributes = ["language" if name == "languages" else "from"]
        headers += [f"{name}[{number}].{key}" for number in range(most) for key in attributes]

    def cell(value: Any) -> object:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, list):
            return "; ".join(map(str, value)) if value else "none"
        if dates and isinstance(value, str) and len(value) == 10 and value[4] == "-":
            return date.fromisoformat(value)
        return value if dates else str(value)

    rows: list[list[object]] = []
    for number, person in enumerate(people):
        found: dict[str, object] = {"name": f"person {number}"}
        for key in (*FLAT, "citizenships"):
            if key in person:
                found[key] = cell(person[key])
        found["facts.tax_resident_quebec"] = cell(person["facts"]["tax_resident_quebec"])
        for name in (*LISTS, "languages"):
            if name not in person:
                continue
            for index, one in enumerate(person[name]):
                found |= {f"{name}[{index}].{key}": cell(value) for key, value in one.items()}
            if not person[name]:
                found[next(header for header in headers if header.startswith(f"{name}[0]"))] = "none"
        rows.append([found.get(header) for header in headers])
    return headers, rows


@pytest.mark.parametrize("seed", range(4))
def test_the_same_people_from_every_kind_of_file(seed: int, tmp_path: Path) -> None:
    """B2: a folder of YAML, CSV, Excel with true dates, JSON Lines and Parquet give the same cells, word for word."""
    group = _examples(seed)
    group = [{"name": f"person {number}", **person} for number, person in enumerate(group)]
    complete = [*LISTS, "citizenships", "languages"]
    headers, texts = table_of(group)
    _, typed = table_of(group, dates=True)
    mapping = {"columns": {header: header for header in headers}, "complete": complete}
    mapped = column_map(tmp_path, yaml.safe_dump(mapping, sort_keys=False))
    columns = {header: [None if row[index] is None else str(row[index]) for row in texts] for index, header in enumerate(headers)}
    columns["birth_date"] = [None if (day := person.get("birth_date")) is None else day for person in group]
    pyarrow.parquet.write_table(pyarrow.table({name: pyarrow.array(values, pyarrow.string()) for name, values in columns.items()}), tmp_path / "a.parquet")
    sources = {
        "yaml": (write_folder(tmp_path / "people", group), None),
        "jsonl": (write_jsonl(tmp_path / "a.jsonl", group), None),
        "csv": (write_csv(tmp_path / "a.csv", [headers, *([cell if cell is not None else "" for cell in row] for row in texts)]), mapped),
        "semicolon": (write_csv(tmp_path / "b.csv", [headers, *([cell if cell is not None else "" for cell in row] for row in texts)], ";", "utf-8-sig"), mapped),
        "xlsx": (write_xlsx(tmp_path / "a.xlsx", [headers, *typed]), mapped),
        "parquet": (tmp_path / "a.parquet", mapped),
    }
    answers = {name: answers_of(path, how) for name, (path, how) in sources.items()}
    for name, found in answers.items():
        assert [problems for problems, _ in found] == [[]] * len(group), name
        for number, (one, other) in enumerate(zip(found, answers["yaml"], strict=True)):
            assert one == other, f"{name}: {group[number]}"


def _examples(seed: int) -> list[dict[str, Any]]:
    """Twelve people, the same on every run."""
    from hypothesis import Phase, settings
    from hypothesis import seed as seeded

    found: list[dict[str, Any]] = []

    @seeded(seed)
    @settings(max_examples=12, database=None, deadline=None, phases=[Phase.generate])
    @given(tabular())
    def collect(person: dict[str, Any]) -> None:
        found.append(person)

    collect()
    return found[:12]


def answers_of(path: Path, mapped: ColumnMap | None) -> list[tuple[list[str], tuple[Any, ...]]]:
    """What everybody in an input gets: errors, and for each criterion everything but where it stands in the profile."""
    opened = open_people(str(path), Choices(REFERENCE, mapped), lambda problem: None)
    here = desk(opened.reader)
    found = [here.row(number, Entry(0, line, held)) for number, (line, held) in enumerate(opened.held)]
    return [([one.code for one in row.problems if one.is_error], (row.name, row.cells)) for row in found]


def test_the_class_is_the_same_from_csv_and_excel() -> None:
    """The sample class, with true dates in Excel and JJ/MM/AAAA in CSV; every outcome occurs."""
    mapped, _ = read_map(str(CLASS / "class.columns.yaml"))
    texts, sheet = (answers_of(CLASS / f"class.{form}", mapped) for form in ("csv", "xlsx"))
    assert texts == sheet
    assert len(texts) == 40
    assert {cell.word for _, (_, row) in texts for cell in row} == {"likely_eligible", "more_information_needed", "not_eligible", "closed"}


def test_a_batch_of_processes_says_what_one_desk_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows from two processes, in order, are those of this one."""
    from eligibility.batch import run as pool

    monkeypatch.setattr(pool, "CHUNK", 5)
    mapped, _ = read_map(str(CLASS / "class.columns.yaml"))
    opened = open_people(str(CLASS / "class.csv"), Choices(REFERENCE, mapped), lambda problem: None)
    entries = [Entry(0, line, held) for line, held in opened.held]
    job = Job(RULES, ON, "fr", (opened.reader,), reasons=True)
    assert list(rows(entries, job, 2)) == list(rows(entries, job, 1))
    assert list(everybody(entries, job, 2)) == list(everybody(entries, job, 1))


@pytest.mark.parametrize("taken", [0, 1])
def test_no_process_is_left_behind_when_nobody_reads_on(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C may come before the first answer is asked for, while the outputs are opened."""
    from eligibility.batch import run as pool

    pools: list[Any] = []  # a pool that nobody holds any more ends its processes by itself, but not in a program that ends at once
    begin = pool.ProcessPoolExecutor
    monkeypatch.setattr(pool, "ProcessPoolExecutor", lambda *given: pools.append(begin(*given)) or pools[-1])
    monkeypatch.setattr(pool, "CHUNK", 5)
    opened = open_people(str(CLASS / "class.csv"), Choices(REFERENCE, read_map(str(CLASS / "class.columns.yaml"))[0]), lambda problem: None)
    entries = [Entry(0, line, held) for line, held in opened.held]
    begun = everybody(entries, Job(RULES, ON, "en", (opened.reader,)), 2)
    processes = list(pools[0]._processes.values())
    list(islice(begun, taken))
    begun.close()
    assert processes
    for process in processes:
        until = time.monotonic() + 20
        while process.is_alive() and time.monotonic() < until:  # the pool waits for it, too: who comes second knows a moment later
            process.join(0.05)
        assert not process.is_alive()


def test_profiles_of_the_repository() -> None:
    """Every sample profile, from its file."""
    from .material import ROOT

    opened = open_people(str(ROOT / "profiles"), Choices(REFERENCE), lambda problem: None)
    here = desk(opened.reader)
    for number, (line, held) in enumerate(opened.held):
        row = here.row(number, Entry(0, line, held))
        assert row.cells == cells(profile_in(read_yaml(open_source(held)), REFERENCE), here)


def open_source(path: str) -> Any:
    from eligibility.loading.files import read_source

    return read_source(path)


