"""What only the day and the vacancies tell about a profile: a birth date that cannot be, facts and tags that no rule asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from eligibility.dates import Days, day_in, impossible_birth, show
from eligibility.diagnostic import Diagnostic
from eligibility.loading.loaded import Loaded
from eligibility.loading.nearest import nearest
from eligibility.reference import Reference
from eligibility.vacancy import Vacancy


def impossible_births(loaded: Loaded, when: date | datetime) -> Iterator[Diagnostic]:
    """A birth after the day of application, or more than 120 years before it: a verdict on it would be nonsense."""
    today = when.toordinal()
    if isinstance(when, datetime) and when.tzinfo is not None:
        today = day_in(when, "Etc/GMT-14")  # where the day begins first: nobody is refused for being born there
    people: list[tuple[tuple[str | int, ...], Any]] = [
        ((), loaded.model),
        *((("relatives", index), one) for index, one in enumerate(loaded.model.relatives or ())),
    ]
    for path, person in people:
        born: Days | None = person.birth_date
        if born is None:
            continue
        if (how := impossible_birth(born, today)) is not None:
            place = loaded.document.place((*path, "birth_date"))
            yield Diagnostic("E237", place, {"value": show(born), "how": how, "on": when.isoformat()[:10]})


def unasked(loaded: Loaded, vacancies: list[Vacancy], reference: Reference) -> Iterator[Diagnostic]:
    """Facts that no vacancy asks for, and tags that are nearly one of those asked for: most likely misspelt."""
    data = loaded.document.data
    stated = list(data["facts"]) if isinstance(data.get("facts"), dict) else []
    tagged = list(_tags(data))
    if not (stated or tagged):
        return
    from eligibility.reporters.asked import Asked  # most profiles state none

    facts, tags = Asked(vacancies, reference).words()
    for name in stated:
        if name not in facts:
            close = nearest(name, sorted(facts))
            yield Diagnostic("N202", loaded.document.place(("facts", name), key=True), {"word": name, "suggestion": close})
    for path, tag in tagged:
        if tag not in tags and (close := nearest(tag, sorted(tags))) is not None:
            yield Diagnostic("N203", loaded.document.place(path), {"word": tag, "suggestion": close})


def _tags(data: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for name, records in data.items():
        for index, record in enumerate(records if isinstance(records, list) else ()):
            said = record.get("tags") if isinstance(record, dict) else None
            if isinstance(said, str):
                yield (name, index, "tags"), said
            for number, tag in enumerate(said if isinstance(said, list) else ()):
                yield (name, index, "tags", number), str(tag)
