"""Until when one is in time for each vacancy, however its notice is read: the day, the hour and the zone, the same for everybody."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from eligibility.batch.writers import About
from eligibility.engine import check
from eligibility.profile import Profile
from eligibility.reporters.next_step import safe_end


class Due(NamedTuple):
    """The last day in ISO 8601, the hour there where the notice gives one, and the time zone."""

    day: str
    time: str | None
    zone: str


def due_of(about: About) -> tuple[Due | None, ...]:
    """Of each vacancy, in the order of the cells; None where it has no deadline."""
    deadlines = [check(one, Profile(), about.on, about.reference).deadline for one in about.vacancies]
    found: list[Due | None] = []
    for deadline in deadlines:
        if deadline is None:
            found.append(None)
            continue
        day, time = safe_end(deadline)
        found.append(Due(date.fromordinal(day).isoformat(), time, deadline.zone))
    return tuple(found)
