"""Deadlines as a calendar (RFC 5545): an event per vacancy, and one for its opening.

The same deadlines give the same bytes, whenever they are written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from eligibility.vacancy import ClosingTime, Vacancy
from eligibility.wording import Words


class Due(NamedTuple):
    """A vacancy that closes, or an `option` of it that closes on a day of its own: the earliest closing, the zone of it, when it closes in
    words, and what those who may apply come to.

    `opening` is when one can apply from, where that is known; `not_yet` says it in words, where it is not past on the day of the list.
    """

    vacancy: Vacancy
    closing: ClosingTime
    zone: str
    told: str
    people: Sequence[str]
    opening: ClosingTime | None = None
    not_yet: str = ""
    option: str | None = None

    @property
    def choices(self) -> Mapping[str, str]:
        """The choice that it is about, where it is about one option."""
        by = self.vacancy.dates["deadline"].by
        return {} if by is None or self.option is None else {by: self.option}


def calendar_of(found: Sequence[Due], words: Words, remind: Sequence[int], icalendar: Any) -> bytes:
    """The calendar. `remind` are the days before a deadline on which to be reminded; `icalendar` is the library.

    A deadline, or an opening, with an hour is an event at that hour in its zone; one without is that whole day. An event keeps its UID, so
    that reading the calendar again changes it and adds none; its stamp is the day the rule was reviewed.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//eligibility//deadlines//EN")
    calendar.add("version", "2.0")
    for due in found:
        if due.opening is not None:
            calendar.add_component(_event(due, due.opening, "opens", words, icalendar))
        event = _event(due, due.closing, "event", words, icalendar)
        event.add("description", "\n".join((due.told, *due.people)))
        _remind(event, due, words, remind, icalendar)
        calendar.add_component(event)
    years = [date.fromordinal(one.day).year for due in found for one in (due.opening, due.closing) if one is not None]
    if years:  # the rules of the zones from a year before the first deadline to a year after the last
        calendar.add_missing_timezones(date(max(min(years) - 1, 1), 1, 1), date(min(max(years) + 1, 9999), 12, 31))
        _change_when_clocks_do(calendar)
    text: bytes = calendar.to_ical()
    return text


def _change_when_clocks_do(calendar: Any) -> None:
    """RFC 5545, 3.6.5: the first moment of a part of the year is written by the clock before it. The library writes that of summer time by
    the clock after it, an hour late."""
    for zone in calendar.walk("VTIMEZONE"):
        clock = ZoneInfo(str(zone["TZID"]))
        for part in zone.walk("DAYLIGHT"):
            before, after = part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td
            repeated = part.get("RDATE", [])
            moments = [one for some in (repeated if isinstance(repeated, list) else [repeated]) for one in some.dts]
            for one in (part["DTSTART"], *moments):
                moment = (one.dt - before).replace(tzinfo=UTC)
                if (moment - timedelta(seconds=1)).astimezone(clock).utcoffset() != before:
                    one.dt -= after - before


def _event(due: Due, when: ClosingTime, about: str, words: Words, icalendar: Any) -> Any:
    """What is about (`opens`, or `event` for the deadline) at an hour or on a whole day."""
    vacancy, day = due.vacancy, date.fromordinal(when.day)
    event = icalendar.Event()
    name = vacancy.id if due.option is None else f"{vacancy.id}-{due.option}"
    event.add("uid", f"{name}-opening@eligibility" if about == "opens" else f"{name}@eligibility")
    event.add("dtstamp", datetime.combine(_stamp(vacancy, day), time(), UTC))
    event.add("summary", words.text(f"deadlines.{about}", title=title_of(due, words)))
    if when.time is None:
        event.add("dtstart", day)
    else:
        event.add("dtstart", datetime.combine(day, time.fromisoformat(when.time), ZoneInfo(due.zone)))
    event.add("transp", "TRANSPARENT")
    if vacancy.notice is not None and vacancy.notice.url is not None:
        event.add("url", vacancy.notice.url)
    return event


def _remind(event: Any, due: Due, words: Words, remind: Sequence[int], icalendar: Any) -> None:
    for days in sorted(set(remind), reverse=True):
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", words.text("deadlines.alarm", title=title_of(due, words)))
        alarm.add("trigger", timedelta(days=-days))
        event.add_component(alarm)


def title_of(due: Due, words: Words) -> str:
    """What closes: the vacancy, and the option where it is about one."""
    title, organisation = words.of(due.vacancy.title), words.of(due.vacancy.organisation)
    title = f"{title}, {organisation}" if organisation else title
    for choice, option in due.choices.items():
        title = words.text("with_option", text=title, option=words.of((due.vacancy.choices[choice].options or {})[option]))
    return title


def _stamp(vacancy: Vacancy, day: date) -> date:
    """The day the rule was reviewed, else that on which the notice came out, else the day itself."""
    published = None if vacancy.notice is None else vacancy.notice.published
    return vacancy.reviewed or published or day
