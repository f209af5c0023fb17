"""One person of a table, read as `eligibility batch` reads it."""

from __future__ import annotations

from typing import Any

from eligibility.batch.columns import read_map
from eligibility.batch.people import Refused
from eligibility.batch.sources import Choices, open_people
from eligibility.dates import Days
from eligibility.diagnostic import Diagnostic, Problems
from eligibility.importing.limits import refuse
from eligibility.importing.reading import Reader
from eligibility.loading.loaded import Readable
from eligibility.profile import SOURCES
from eligibility.reference.spelling import fold

_SHOWN = 10


def read(path: str, row: str | None, columns: str | None, to: Reader) -> None:
    """Read the person of a row: by its number as a spreadsheet shows it, else by the name or the id in it. Raises `Problems`."""
    if row is None:
        refuse(path, "E644", form="which")
    told: list[Diagnostic] = []
    mapped = None if columns is None else read_map(columns)[0]
    people = open_people(path, Choices(to.reference, mapped), told.append)
    wanted = fold(row)
    found: list[tuple[int, Readable]] = []
    names: list[str] = []
    broken: list[Diagnostic] = []
    for line, held in people.held:
        by_number = row.isdecimal() and int(row) == line
        if isinstance(held, Refused):
            broken += held.problems if by_number else ()
            continue
        try:
            person = people.reader.read(line, held)
        except Problems as error:
            broken += error.diagnostics if by_number else ()
            continue
        said = [str(person.data.get(key)) for key in ("name", "id") if person.data.get(key) is not None]
        names += said[:1] if len(names) < _SHOWN else ()
        if by_number or wanted in map(fold, said):
            found.append((line, person))
            if by_number:
                found = found[-1:]
                break
    if broken and not found:
        raise Problems(broken)
    if not found:
        refuse(path, "E644", form="none", row=row, names=names)
    if len(found) > 1:
        refuse(path, "E644", form="several", row=row, rows=[str(line) for line, _ in found])
    _keep(*found[0], told, to)


def _keep(line: int, person: Readable, told: list[Diagnostic], to: Reader) -> None:
    """What the row says, and what could not be read of it."""
    data: dict[str, Any] = dict(person.data)
    unsure = set(data.pop("incomplete", ()))
    where = f"{person.name}:{line}"
    for key, value in data.items():
        if isinstance(value, list) and value and key in SOURCES:
            for number, one in enumerate(value):
                if isinstance(one, dict) and any(isinstance(day, Days) for day in one.values()):
                    unsure.add(key)  # an end that cannot be read: left out, it would say that there is none
                    continue
                entry = to.draft.entry(key, f"{where}, {key}[{number}]")
                entry.record = one if isinstance(one, dict) else {"country": one}
            if key not in unsure:
                to.draft.complete.add(key)
        else:
            to.draft.facts[key] = value
    for problem in (one for one in (*told, *person.diagnostics) if one.code[0] != "N"):
        to.draft.doubt("", "problem", problem=problem)
