"""Deadlines as a calendar (RFC 5545): one event per vacancy. The same deadlines give the same bytes, whenever they are written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from eligibility.vacancy import ClosingTime, Vacancy
from eligibility.wording import Words


class Due(NamedTuple):
    """A vacancy that closes: its earliest closing, the zone of it, when it closes in words, and what those who may apply come to."""

    vacancy: Vacancy
    closing: ClosingTime
    zone: str
    told: str
    people: Sequence[str]


def calendar_of(found: Sequence[Due], words: Words, remind: Sequence[int], icalendar: Any) -> bytes:
    """The calendar. `remind` are the days before a deadline on which to be reminded; `icalendar` is the library.

    A deadline with an hour is an event at that hour in its zone; one without is that whole day. An event keeps its UID, so that reading
    the calendar again changes it and adds none; its stamp is the day the rule was reviewed.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//eligibility//deadlines//EN")
    calendar.add("version", "2.0")
    for due in found:
        calendar.add_component(_event(due, words, remind, icalendar))
    years = [date.fromordinal(due.closing.day).year for due in found]
    if years:  # the rules of the zones from a year before the first deadline to a year after the last
        calendar.add_missing_timezones(date(max(min(years) - 1, 1), 1, 1), date(min(max(years) + 1, 9999), 12, 31))
    text: bytes = calendar.to_ical()
    return text


def _event(due: Due, words: Words, remind: Sequence[int], icalendar: Any) -> Any:
    vacancy, closing = due.vacancy, due.closing
    title, organisation = words.of(vacancy.title), words.of(vacancy.organisation)
    title = f"{title}, {organisation}" if organisation else title
    day = date.fromordinal(closing.day)
    event = icalendar.Event()
    event.add("uid", f"{vacancy.id}@eligibility")
    event.add("dtstamp", datetime.combine(_stamp(vacancy, day), time(), UTC))
    event.add("summary", words.text("deadlines.event", title=title))
    if closing.time is None:
        event.add("dtstart", day)
    else:
        event.add("dtstart", datetime.combine(day, time.fromisoformat(closing.time), ZoneInfo(due.zone)))
    event.add("description", "\n".join((due.told, *due.people)))
    event.add("transp", "TRANSPARENT")
    if vacancy.notice is not None and vacancy.notice.url is not None:
        event.add("url", vacancy.notice.url)
    for days in sorted(set(remind), reverse=True):
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", words.text("deadlines.alarm", title=title))
        alarm.add("trigger", timedelta(days=-days))
        event.add_component(alarm)
    return event


def _stamp(vacancy: Vacancy, closing: date) -> date:
    """The day the rule was reviewed, else that on which the notice came out, else the closing day."""
    published = None if vacancy.notice is None else vacancy.notice.published
    return vacancy.reviewed or published or closing
