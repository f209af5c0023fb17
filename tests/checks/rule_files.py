"""Small rule files for tests: the lines that matter, with whatever else a rule file needs around them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from eligibility.batch.cells import Reading
from eligibility.batch.columns import ColumnMap, map_in, read_map
from eligibility.batch.people import Refused, person_in
from eligibility.batch.sources import Choices, columns_of, open_people
from eligibility.batch.table import Table
from eligibility.checks.files import look_at
from eligibility.diagnostic import Diagnostic, Problems
from eligibility.reference import load_reference

HEADER = {
    "format": "format: 1",
    "id": "id: post",
    "title": "title: {fr: Poste, en: Post}",
    "jurisdiction": "jurisdiction: FR",
    "dates": "dates: {deadline: 2024-06-30, start: 2024-09-01}",
    "criteria": 'criteria:\n  - {id: adult, kind: age, at_least: 18, clause: "1", label: {fr: Majeur, en: Of age}}',
}
NOTICE = "The closing date is 30 June.\nCandidates must be at\nleast 18 years old. They must speak « French » or l’anglais.\n"
TODAY = date.fromordinal(738_000)  # 25 July 2021: before the deadline


def rule_file(lines: str) -> str:
    """A whole rule file with these lines; what they do not say comes from a plain vacancy."""
    keys = {line.partition(":")[0] for line in lines.splitlines() if line[:1].isalpha()}
    return "\n".join([*(text for key, text in HEADER.items() if key not in keys), lines.strip("\n"), ""])


def looked_at(text: str, folder: Path, today: date = TODAY, name: str = "post.yaml") -> list[Diagnostic]:
    """What is found in a file with this text, with a notice beside it."""
    path = folder / name
    path.write_text(text, "utf-8")
    (folder / "notice.txt").write_text(NOTICE, "utf-8")
    return list(look_at(str(path), load_reference(), today).diagnostics)


def codes_in(lines: str, folder: Path, today: date = TODAY) -> set[str]:
    """The codes found in a rule file with these lines."""
    return {one.code for one in looked_at(rule_file(lines), folder, today)}


def looked_at_as(kind: str, lines: str, folder: Path, today: date = TODAY) -> list[Diagnostic]:
    """What is found in lines of a rule file or a profile, of cases beside a rule file, of a table, or of a map of columns."""
    if kind == "table":
        return found_in_table(lines, folder)
    if kind == "columns":
        return found_in_map(lines, folder)
    if kind == "cases":
        looked_at(rule_file(""), folder, today)
        return looked_at(lines, folder, today, "post.cases.yaml")
    return looked_at(rule_file(lines) if kind == "rule" else lines, folder, today)


def found_in_table(text: str, folder: Path) -> list[Diagnostic]:
    """What is found in a CSV file: of the file, of its columns, of each row and of the person in it."""
    (folder / "people.csv").write_text(text, "utf-8")
    reference = load_reference()
    strict = _found_in_people(folder, Choices(reference, reading=Reading(strict=True)))
    return [*strict, *(one for one in _found_in_people(folder, Choices(reference)) if one not in strict)]


def _found_in_people(folder: Path, choices: Choices) -> list[Diagnostic]:
    reference = choices.reference
    found: list[Diagnostic] = []
    try:
        people = open_people(str(folder / "people.csv"), choices, found.append)
        for line, held in people.held:
            try:
                if isinstance(held, Refused):
                    raise Problems(held.problems)
                found += person_in(people.reader.read(line, held), reference).diagnostics
            except Problems as error:
                found += error.diagnostics
    except Problems as error:
        found += error.diagnostics
    return found


def found_in_map(text: str, folder: Path) -> list[Diagnostic]:
    """What is found in a map of the columns of a small table; what is wrong between the two stands at the line of the header's field."""
    (folder / "map.yaml").write_text(text, "utf-8")
    table = Table("people.csv", ["Name", "Date of birth"], [])
    found: list[Diagnostic] = []
    mapped = ColumnMap(())
    try:
        mapped, document = read_map(str(folder / "map.yaml"))
        found += map_in(document)[1]
        columns_of(table, Choices(load_reference(), mapped), lambda _: None)
    except Problems as error:
        for one in error.diagnostics:
            fields = mapped.fields.get(str(one.params.get("word")), ())
            found.append(one._replace(place=document.place(("columns", fields[0].path))) if fields else one)
    return found
