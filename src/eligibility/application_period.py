"""When one can apply: from the opening of a vacancy to its deadline, each of which may be read in several ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from eligibility.dates import day_in, end_of_day, instant
from eligibility.report import Deadline, Opening
from eligibility.vacancy import ClosingTime, NamedDay, Vacancy, Words
from eligibility.verdict import Closing

NO_CHOICES: Mapping[str, str] = {}


def usual(readings: Iterable[ClosingTime]) -> ClosingTime:
    """The reading that is shown first. A rule names exactly one."""
    return next(one for one in readings if one.preferred)


def _readings(every: tuple[ClosingTime, ...]) -> tuple[tuple[Words | None, int, str | None, bool], ...]:
    """The readings as a report has them; none where there is but one."""
    return tuple((one.name, one.day, one.time, one.preferred) for one in every) if len(every) > 1 else ()


def day_there(moment: date | datetime, zone: str) -> int:
    """The day that a moment is where the vacancy is; a day, or a time without a zone, is meant there."""
    return day_in(moment, zone) if isinstance(moment, datetime) and moment.tzinfo is not None else moment.toordinal()


def told_day(vacancy: Vacancy, name: str, choices: Mapping[str, str] = NO_CHOICES) -> NamedDay | None:
    """A day of the vacancy after these choices. One that rests on a choice that is not told has the moments of all its options, each called
    as the option is; the first of them heads them."""
    named = vacancy.dates.get(name)
    if named is None or (told := named.told(choices)).by is None:
        return named and told
    options = vacancy.choices[told.by].options or {}
    found = [
        one._replace(name=_called(options[option], one.name), preferred=one.preferred and number == 0)
        for number, (option, day) in enumerate(sorted(told.values, key=_first_day))
        for one in day.closings
    ]
    return told._replace(closings=tuple(found) if all(day.closings for _, day in told.values) else ())


def _first_day(value: tuple[str, NamedDay]) -> tuple[int, str]:
    """When the day of an option usually is, to sort by; the end of a day comes after its hours."""
    _, day = value
    shown = usual(day.closings) if day.closings else ClosingTime(day.days.first if day.days else 0)
    return shown.day, shown.time or "24"


def _called(option: Words, reading: Words | None) -> Words:
    """What the day of an option is called in a reading of it."""
    if reading is None:
        return option
    return {language: f"{text} ({reading[language]})" for language, text in option.items() if language in reading} or option


def closing_of(deadline: NamedDay, moment: date | datetime, today: int, zone: str) -> Closing:
    """Whether one can still apply, under every reading of the deadline, and with every option that it still depends on."""
    if deadline.by is not None:
        states = {closing_of(one, moment, today, zone) for _, one in deadline.values}
        return states.pop() if len(states) == 1 else Closing.BY_CHOICE
    if len(deadline.closings) == 1:
        return _state(deadline.closings[0], moment, today, zone)
    states = {_state(one, moment, today, zone) for one in deadline.closings}
    return states.pop() if len(states) == 1 else Closing.DISPUTED


def deadline_of(deadline: NamedDay, today: int, zone: str) -> Deadline:
    """The deadline as it is usually read, how many days are left, and its other readings; where it still depends on a choice, the next one
    of its options that is not past, else the last one."""
    closings = deadline.closings
    if deadline.by is not None:
        ahead = min((one for one in closings if one.day >= today), key=_moment, default=None) or max(closings, key=_moment)
        closings = tuple([one._replace(preferred=one is ahead) for one in closings])
    shown = usual(closings)
    return Deadline(
        day=shown.day, time=shown.time, zone=zone, days_left=shown.day - today, readings=_readings(closings), choice=deadline.by
    )


def safe_end(deadline: Deadline) -> tuple[int, str | None]:
    """The last day, and its hour, on which one is in time however the deadline is read, and whichever option that is not past holds."""
    if deadline.choice is not None:
        return deadline.day, deadline.time
    days = [(day, time) for _, day, time, _ in deadline.readings] or [(deadline.day, deadline.time)]
    return min(days, key=lambda one: (one[0], one[1] or "24"))


def _moment(closing: ClosingTime) -> tuple[int, str]:
    """When it is, to sort by; the end of a day comes after its hours."""
    return closing.day, closing.time or "24"


def opening_of(vacancy: Vacancy, moment: date | datetime, zone: str, choices: Mapping[str, str] = NO_CHOICES) -> Opening | None:
    """From when one can apply after these choices, and whether that is past at a moment; None where the rule does not say, or only the
    candidate can tell."""
    named = told_day(vacancy, "opening", choices)
    if named is None or named.days is None:
        return None
    begins = named.closings or (ClosingTime(named.days.first), ClosingTime(named.days.last))
    states = {_begun(one, moment, zone) for one in begins}
    shown = usual(begins) if named.closings else None
    return Opening(
        day=shown.day if shown else named.days.first,
        last=shown.day if shown else named.days.last,
        time=shown.time if shown else None,
        zone=zone,
        open=states.pop() if len(states) == 1 else None,
        readings=_readings(named.closings),
        choice=named.by,
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
