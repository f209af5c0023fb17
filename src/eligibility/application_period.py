"""When one can apply: from the opening of a vacancy to its deadline, each of which may be read in several ways."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from eligibility.dates import day_in, end_of_day, instant
from eligibility.report import Deadline, Opening
from eligibility.vacancy import ClosingTime, Vacancy, Words
from eligibility.verdict import Closing


def usual(readings: Iterable[ClosingTime]) -> ClosingTime:
    """The reading that is shown first. A rule names exactly one."""
    return next(one for one in readings if one.preferred)


def _readings(every: tuple[ClosingTime, ...]) -> tuple[tuple[Words | None, int, str | None, bool], ...]:
    """The readings as a report has them; none where there is but one."""
    return tuple((one.name, one.day, one.time, one.preferred) for one in every) if len(every) > 1 else ()


def day_there(moment: date | datetime, zone: str) -> int:
    """The day that a moment is where the vacancy is; a day, or a time without a zone, is meant there."""
    return day_in(moment, zone) if isinstance(moment, datetime) and moment.tzinfo is not None else moment.toordinal()


def closing_of(closings: tuple[ClosingTime, ...], moment: date | datetime, today: int, zone: str) -> Closing:
    """Whether one can still apply, under every reading of the deadline."""
    if len(closings) == 1:
        return _state(closings[0], moment, today, zone)
    states = {_state(one, moment, today, zone) for one in closings}
    return states.pop() if len(states) == 1 else Closing.DISPUTED


def deadline_of(closings: tuple[ClosingTime, ...], today: int, zone: str) -> Deadline:
    """The deadline as it is usually read, how many days are left, and its other readings."""
    shown = usual(closings)
    return Deadline.model_construct(day=shown.day, time=shown.time, zone=zone, days_left=shown.day - today, readings=_readings(closings))


def opening_of(vacancy: Vacancy, moment: date | datetime, zone: str) -> Opening | None:
    """From when one can apply, and whether that is past at a moment; None where the rule does not say, or only the candidate can tell."""
    named = vacancy.dates.get("opening")
    if named is None or named.days is None:
        return None
    begins = named.closings or (ClosingTime(named.days.first), ClosingTime(named.days.last))
    states = {_begun(one, moment, zone) for one in begins}
    shown = usual(begins) if named.closings else None
    return Opening.model_construct(
        day=shown.day if shown else named.days.first,
        last=shown.day if shown else named.days.last,
        time=shown.time if shown else None,
        zone=zone,
        open=states.pop() if len(states) == 1 else None,
        readings=_readings(named.closings),
    )


def _begun(opening: ClosingTime, moment: date | datetime, zone: str) -> bool | None:
    """Whether an opening is past; None on its day, where it has an hour and nobody says what time it is."""
    today = day_there(moment, zone)
    if opening.time is None or today != opening.day:
        return today >= opening.day
    return _utc(moment, zone) >= _instant(opening, zone, first=True) if isinstance(moment, datetime) else None


def _state(closing: ClosingTime, moment: date | datetime, today: int, zone: str) -> Closing:
    if isinstance(moment, datetime):
        sent = _utc(moment, zone)
        in_time = sent < end_of_day(closing.day, zone) if closing.time is None else sent <= _instant(closing, zone)
        return Closing.OPEN if in_time else Closing.CLOSED
    if today == closing.day and closing.time is not None:
        return Closing.DISPUTED
    return Closing.OPEN if today <= closing.day else Closing.CLOSED


def _utc(moment: datetime, zone: str) -> datetime:
    return instant(moment, zone) if moment.tzinfo is None else moment


def _instant(when: ClosingTime, zone: str, first: bool = False) -> datetime:
    """The instant of a day with a time of day: where the clock shows it twice the last one, for a deadline; for an opening the `first`."""
    local = datetime.fromisoformat(f"{date.fromordinal(when.day).isoformat()}T{when.time}")
    return instant(local, zone, first)
