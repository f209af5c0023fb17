"""Days, hours and zones in words: since when and until when one can apply."""

from __future__ import annotations

from datetime import date, datetime

from eligibility.application_period import opening_of
from eligibility.dates import FOREVER, LONG_AGO, ONGOING, Days, show
from eligibility.reference import Reference
from eligibility.report import Deadline, Opening
from eligibility.vacancy import Vacancy
from eligibility.wording import Words


def days_told(days: Days, words: Words) -> str:
    """A day, or the year, the month or the interval it is known to lie in."""
    if days == ONGOING:
        return words.text("ongoing")
    if days.exact:
        return words.date(days.first)
    text = show(days)
    if len(text) == 4:
        return text
    if len(text) == 7:
        return words.month(days.first)
    if days.first <= LONG_AGO or days.last >= FOREVER:
        return words.text("unknown_day")
    return words.text("between_days", first=words.date(days.first), last=words.date(days.last))


def time_told(time: str, words: Words) -> str:
    hours, minutes = time.split(":")[:2]
    return words.text("noon" if (hours, minutes) == ("12", "00") else "clock", hours=str(int(hours)), hours2=hours, minutes=minutes)


def moment_told(moment: datetime, words: Words) -> str:
    """The hour of a moment, with its zone where it has one; without, it is that of each vacancy."""
    time = time_told(moment.strftime("%H:%M"), words)
    return f"{time} UTC{moment.isoformat()[-6:]}" if moment.tzinfo else time


def zone_told(zone: str, words: Words) -> str:
    return words.first([f"zone.{zone}", "zone.other"], zone=zone)


def deadline_told(deadline: Deadline | None, closed: bool, words: Words) -> str:
    """When the vacancy closes, and in how many days."""
    if deadline is None:
        return words.text("no_deadline")
    day = words.date(deadline.day, weekday=True)
    if closed:
        return words.text("closed_since", day=day)
    time = words.text("at_time", time=time_told(deadline.time, words)) if deadline.time else words.text("no_time")
    left = words.text("today") if deadline.days_left == 0 else words.text("in_days", days=words.count("days", deadline.days_left))
    text = words.text("closes", day=day, time=time, zone=zone_told(deadline.zone, words), left=left).replace(" ,", ",")
    others = [
        words.text("closes_reading", name=words.of(name), day=words.date(at)) for name, at, _, shown in deadline.readings if not shown
    ]
    return f"{text} {words.text('closes_other', readings=words.both(others))}" if others else text


def opening_told(opening: Opening | None, words: Words) -> str:
    """From when one can apply, where that is not surely past; else nothing."""
    if opening is None or opening.open:
        return ""
    if opening.day != opening.last:
        return words.text("not_open_vague", day=days_told(Days(opening.day, opening.last), words))
    zone = zone_told(opening.zone, words)

    def begins(day: int, time: str | None) -> str:
        if time is None:
            return words.date(day)
        return words.text("not_open_time", day=words.date(day), time=time_told(time, words), zone=zone)

    text = words.text("not_open", day=begins(opening.day, opening.time))
    readings = [
        words.text("closes_reading", name=words.of(name), day=begins(day, time)) for name, day, time, shown in opening.readings if not shown
    ]
    return f"{text} {words.text('not_open_other', readings=words.both(readings))}" if readings else text


def opening_words(vacancy: Vacancy, words: Words, reference: Reference, moment: date | datetime = date.min) -> str:
    """From when one can apply, where that is not surely past at a moment; without one, wherever the rule gives it. Else nothing."""
    return opening_told(opening_of(vacancy, moment, vacancy.time_zone(reference)), words)


def closing_words(vacancy: Vacancy, words: Words, reference: Reference, closed: bool = False) -> str:
    """When a vacancy closes, said without knowing today; or when it did, where it is known to be `closed`."""
    deadline, zone = vacancy.dates["deadline"], zone_told(vacancy.time_zone(reference), words)
    texts = []
    for closing in deadline.closings:
        day = words.date(closing.day, weekday=True)
        text = (
            words.text("show.closes", day=day)
            if closing.time is None
            else words.text("show.closes_at", day=day, time=time_told(closing.time, words), zone=zone)
        )
        texts.append(f"{text} ({words.of(closing.name)})" if closing.name else text)
    if not texts:
        return days_told(deadline.days or Days(1, 1), words)
    return words.text("show.closed" if closed else "show.closing", closings=words.either(texts))
