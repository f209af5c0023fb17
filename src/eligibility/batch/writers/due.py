"""Until when one is in time for each vacancy, however its notice is read: the day, the hour and the zone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from eligibility.application_period import NO_CHOICES, day_there, safe_end
from eligibility.batch.results import Cell
from eligibility.batch.writers import About
from eligibility.ready import made_ready
from eligibility.report import Deadline
from eligibility.vacancy import Vacancy


class Due(NamedTuple):
    """The last day in ISO 8601, the hour there where the notice gives one, and the time zone."""

    day: str
    time: str | None
    zone: str


class Dues(NamedTuple):
    """Until when one is in time for a vacancy, None where it has no deadline: before anybody has chosen an option, and with each option of
    the choice that its deadline rests on."""

    untold: Due | None
    told: Mapping[str, Due | None]

    def of(self, cell: Cell) -> Due | None:
        """Until when the person of a cell is in time."""
        return self.untold if cell.due_as is None else self.told[cell.due_as]


def due_of(about: About) -> tuple[Dues, ...]:
    """Of each vacancy, in the order of the cells."""
    return tuple(_dues(vacancy, about) for vacancy in about.vacancies)


def _dues(vacancy: Vacancy, about: About) -> Dues:
    ready = made_ready(vacancy, about.reference)
    today, deadline = day_there(about.on, ready.zone), ready.deadline
    if deadline is None or deadline.by is None:
        return Dues(_due(ready.deadline_on(today, NO_CHOICES)), {})
    told = {option: _due(ready.deadline_on(today, {deadline.by: option})) for option, _ in deadline.values}
    return Dues(_due(ready.deadline_on(today, NO_CHOICES)), told)


def _due(deadline: Deadline | None) -> Due | None:
    if deadline is None:
        return None
    day, time = safe_end(deadline)
    return Due(date.fromordinal(day).isoformat(), time, deadline.zone)
