"""Days, hours and zones in words: since when and until when one can apply."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from eligibility.application_period import NO_CHOICES, opening_of, told_day
from eligibility.dates import FOREVER, LONG_AGO, ONGOING, Days, show
from eligibility.reference import Reference
from eligibility.report import Deadline, Opening, Report, Track
from eligibility.vacancy import NamedDay, Vacancy
from eligibility.verdict import Closing
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
    if deadline.choice is not None:
        return _closes_by_option(deadline, closed, words)
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


def _closes_by_option(deadline: Deadline, closed: bool, words: Words) -> str:
    """When it closes with each option, where nobody has told which one holds."""
    today, zone = deadline.day - deadline.days_left, zone_told(deadline.zone, words)
    texts = []
    for name, day, time, _ in deadline.readings:
        past = "_past" if day < today and not closed else ""
        texts.append(words.text(f"closes_with_option{past}", closes=_closes_at(day, time, zone, words), option=words.of(name)))
    return words.text("show.closed" if closed else "show.closing", closings=words.either(texts))


def _closes_at(day: int, time: str | None, zone: str, words: Words) -> str:
    told = words.date(day, weekday=True)
    if time is None:
        return words.text("show.closes", day=told)
    return words.text("show.closes_at", day=told, time=time_told(time, words), zone=zone)


def closes_told(report: Report, words: Words) -> str:
    """When the vacancy closes, with the option that it is said of where nobody has picked one and others close otherwise."""
    text = deadline_told(report.deadline, report.closed, words)
    if report.option is None or all(one.deadline == report.deadline for one in report.tracks):
        return text
    return _of_option(text, report, words)


def opens_told(report: Report, words: Words) -> str:
    """From when one can apply, where that is not surely past, and else nothing; with the option, as `closes_told`."""
    text = "" if report.closed else opening_told(report.opening, words)
    if not text or report.option is None or all(one.opening == report.opening for one in report.tracks):
        return text
    return _of_option(text, report, words)


def _of_option(text: str, report: Report, words: Words) -> str:
    return f"{words.of(report.option)}{words.text('colon')} {text}"


def options_asked(deadline: Deadline, words: Words) -> str:
    """The question which option holds, where nobody has told and the deadline depends on it."""
    return words.text("ask.option", options=words.either(dict.fromkeys(words.of(name) for name, _, _, _ in deadline.readings)))


def closing_note(closing: Closing, deadline: Deadline | None, words: Words) -> str:
    """What to know, and to tell, where it is not sure that one can still apply; else nothing."""
    if closing is Closing.BY_CHOICE and deadline is not None:
        path = f"applications[].choices.{deadline.choice}"
        return words.text("closing.depends_on_choice", question=options_asked(deadline, words), path=path)
    return words.text("closing.disputed") if closing is Closing.DISPUTED else ""


def closed_told(one: Report | Track, words: Words) -> str:
    """What one came to on the last day, or on the day that was answered, and that it has closed."""
    assert one.deadline is not None
    since = closed_on(one, words)
    key = "closed_but" if one.on == one.deadline.day else "closed_late"
    return words.text(f"{key}.{one.outcome}", on=words.date(one.on), closed=since)


def closed_on(one: Report | Track, words: Words, key: str = "closed_on") -> str:
    """On which day one closed; on which days, where nobody has told the option that it depends on, or all of a choice have closed apart."""
    assert one.deadline is not None
    days = [(day, name or {}) for name, day, _, _ in one.deadline.readings] if one.deadline.choice is not None else []
    if isinstance(one, Report) and any(track.deadline != one.deadline for track in one.tracks):
        days = [(track.deadline.day, track.label) for track in one.tracks if track.deadline is not None]
    if not days:
        return words.text(key, day=words.date(one.deadline.day))
    told = words.either(words.text("on_day_with_option", day=words.date(day), option=words.of(name)) for day, name in days)
    return words.text(f"{key}_days", days=told)


def track_told(track: Track, report: Report, words: Words) -> str:
    """What an option comes to; where options close on different days, until when, too."""
    told = words.text("track", label=words.of(track.label), outcome=words.text(f"outcome.{track.outcome}"))
    if all((one.closing, one.opening, one.deadline) == (track.closing, track.opening, track.deadline) for one in report.tracks):
        return told
    if track.closing is Closing.CLOSED:
        return words.text("track_closed", label=words.of(track.label), closed=closed_told(track, words))
    closes, opens = deadline_told(track.deadline, False, words), opening_told(track.opening, words)
    return " ".join(filter(None, (f"{told}.", closes, closing_note(track.closing, track.deadline, words), opens)))


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

    if opening.choice is not None:
        days = [(begins(day, time), words.of(name)) for name, day, time, _ in opening.readings]
        told = [words.text("not_open_with_option", day=day, option=name) for day, name in days]
        return words.text("not_open_by_option", days=words.either(told))
    text = words.text("not_open", day=begins(opening.day, opening.time))
    readings = [
        words.text("closes_reading", name=words.of(name), day=begins(day, time)) for name, day, time, shown in opening.readings if not shown
    ]
    return f"{text} {words.text('not_open_other', readings=words.both(readings))}" if readings else text


def named_day_told(named: NamedDay, vacancy: Vacancy, words: Words) -> str:
    """A day of the vacancy that is known, that of each option where a choice decides it."""
    if named.by is None:
        return days_told(named.days or Days(LONG_AGO, FOREVER), words)
    options = vacancy.choices[named.by].options or {}
    days = [(named_day_told(day, vacancy, words), words.of(options[option])) for option, day in named.values]
    return words.either(words.text("closes_with_option", closes=day, option=name) for day, name in days)


def opening_words(
    vacancy: Vacancy, words: Words, reference: Reference, moment: date | datetime = date.min, choices: Mapping[str, str] = NO_CHOICES
) -> str:
    """From when one can apply after these choices, where that is not surely past at a moment; without one, wherever the rule gives it. Else
    nothing."""
    return opening_told(opening_of(vacancy, moment, vacancy.time_zone(reference), choices), words)


def closing_words(
    vacancy: Vacancy, words: Words, reference: Reference, closed: bool = False, choices: Mapping[str, str] = NO_CHOICES
) -> str:
    """When a vacancy closes after these choices, said without knowing today; or when it did, where it is known to be `closed`."""
    deadline, zone = told_day(vacancy, "deadline", choices), zone_told(vacancy.time_zone(reference), words)
    texts = []
    for closing in deadline.closings if deadline is not None else ():
        text = _closes_at(closing.day, closing.time, zone, words)
        texts.append(words.text("closes_with_option", closes=text, option=words.of(closing.name)) if closing.name else text)
    return words.text("show.closed" if closed else "show.closing", closings=words.either(texts))
