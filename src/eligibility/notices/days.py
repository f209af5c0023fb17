"""The days that a notice gives: when one can apply until, with the hour and the zone, and when the post begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import available_timezones

from eligibility.loading.understood import Sort, understand
from eligibility.notices.passages import Passage, plain
from eligibility.notices.patterns import Patterns, data_of

_DATE = re.compile(
    r"\b\d{1,2}(?:er|st|nd|rd|th)?[ -](?:de |of |)?[a-z]{3,10}\.?,?[ -]\d{4}\b|\b[a-z]{3,10}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}\b"
    r"|\b\d{1,2}([/.-])\d{1,2}\1\d{4}\b|\b\d{4}-\d{2}-\d{2}\b"
)
_HOUR = re.compile(
    r"\b(?P<h>2[0-4]|[01]?\d)(?!\d) ?(?:h(?:eures?|rs?|ours?)?(?: ?(?P<m>[0-5]\d))?"
    r"|:(?P<m2>[0-5]\d)(?::[0-5]\d)?|\.(?P<m3>[0-5]\d)(?= ?(?:[ap]\.?m|hrs?|hours?)))? ?(?P<half>[ap]\.?m\b\.?)?"
)
_NEAR = 60
"""Characters around a date in which its hour stands."""


class Closing(NamedTuple):
    """One reading of the deadline: a day, with an hour where the notice gives one, as `2025-03-27` or `2025-03-27T12:00`; the line that
    says so, and why it is one of several (`before`, `midnight`, `day_or_month`), if it is."""

    at: str
    line: int
    why: str = ""


class Days(NamedTuple):
    """What was found: readings of the deadline (the usual one first), the zone, the first and the last day of the post, and the line of
    these."""

    closings: tuple[Closing, ...] = ()
    zone: str | None = None
    start: str | None = None
    end: str | None = None
    line: int = 0


def days_in(passages: Sequence[Passage], by: Patterns) -> Days:
    """The days of a notice."""
    closings: dict[str, Closing] = {}
    zone = None
    found = Days()
    for one in passages:
        text = plain(one.text)
        if not any(map(str.isdigit, text)):
            continue
        if by.holds(text, "signs", "deadline"):
            new = [closing for closing in _closings(text, one.line, by) if closing.at not in closings]
            closings |= {closing.at: closing for closing in new}
            zone = zone or _zone(text, by)
        elif found.start is None and by.holds(text, "dates", "start"):
            first, last = _span(text, by)
            if first is not None:
                found = found._replace(start=first, end=last, line=one.line)
    return found._replace(closings=tuple(closings.values()), zone=zone)


def _closings(text: str, line: int, by: Patterns) -> Iterator[Closing]:
    """The readings of a deadline in one sentence: of each date that no other event stands before."""
    for match in _DATE.finditer(text):
        before = text[max(0, match.start() - _NEAR) : match.start()]
        if by.holds(before, "dates", "not_deadline") and not by.holds(before, "dates", "deadline"):
            continue
        days = _meant(match[0], by)
        around = text[max(0, match.start() - _NEAR) : match.start()], text[match.end() : match.end() + _NEAR]
        hour = next((one for part in (around[1], around[0]) if (one := _hour(part)) is not None), None)
        midnight = any(by.holds(part, "dates", "midnight") for part in around)
        if hour is None and not midnight and any(by.holds(part, "dates", "noon") for part in around):
            hour = "12:00"
        day_before = [pattern.regex for pattern in by.of("dates", "before")]
        is_before = hour is None and any(re.search(rf"(?:{one.pattern}) (?:the |le )?$", before) for one in day_before)
        for day in days:
            why = "day_or_month" if len(days) > 1 else ""
            if hour is not None:
                yield Closing(f"{day}T{hour}", line, why)
            elif midnight:
                yield Closing(day, line, "midnight")
                yield Closing(_eve(day), line, "midnight_before")
            elif is_before:
                yield Closing(_eve(day), line, "before")
                yield Closing(day, line, "before_included")
            else:
                yield Closing(day, line, why)


def counted_on(text: str, by: Patterns) -> str | None:
    """The day that a plain sentence says its condition is counted on (`au 31 mars 2027`, `as at 31 March 2027`), where it is the only date
    in it and can be read in one way."""
    dates = list(_DATE.finditer(text))
    if len(dates) != 1 or len(days := _meant(dates[0][0], by)) != 1:
        return None
    before = text[: dates[0].start()]
    named = any(re.search(rf"(?:^|[ ,(])(?:{one.regex.pattern}) (?:the )?$", before) for one in by.of("dates", "on_day"))
    return days[0] if named else None


def _eve(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _meant(words: str, by: Patterns) -> tuple[str, ...]:
    """The day a text stands for; both where day and month may be swapped, unless the notice is in French, which writes the day first."""
    found = understand(words, Sort.DATE)
    if isinstance(found.value, str) and len(found.value) == len("2025-03-27"):
        return (found.value,)
    if found.readings:
        return (str(found.readings[0]),) if by.languages[0] == "fr" else tuple(map(str, found.readings))
    return ()


def _hour(text: str) -> str | None:
    """The first hour of a text, as `17:00`."""
    for match in _HOUR.finditer(text):
        minutes = match["m"] or match["m2"] or match["m3"]
        if minutes is None and match["half"] is None and "h" not in match[0]:
            continue
        hour = int(match["h"])
        half = (match["half"] or "").replace(".", "").strip()
        if half:
            if not 1 <= hour <= 12:
                continue
            hour = hour % 12 + (12 if half == "pm" else 0)
        if hour < 24:
            return f"{hour:02}:{minutes or '00'}"
        return "23:59"  # 24:00 ends the day
    return None


def _zone(text: str, by: Patterns) -> str | None:
    """The zone that a sentence names, by its city or its abbreviation."""
    for name in sorted(_named_zones(by)):
        if by.holds(text, "zones", name):
            return name
    for _, match in by.hits(text, "dates", "city"):
        words = match["city"].split()
        for city in (" ".join(words), words[0], words[-1]):
            if (zone := _cities().get(city)) is not None:
                return zone
    return None


def _named_zones(by: Patterns) -> set[str]:
    return {name for language in by.languages for name in data_of(language)["zones"]}


@cache
def _cities() -> dict[str, str]:
    """The zone of each city that gives one its name."""
    return {
        plain(name.rpartition("/")[2].replace("_", " ")): name
        for name in sorted(available_timezones())
        if name.count("/") == 1 and not name.startswith("Etc")
    }


def _span(text: str, by: Patterns) -> tuple[str | None, str | None]:
    """The first and the last day that a sentence gives; the year may stand at the last one only."""
    for _, match in by.hits(text, "dates", "range"):
        last = understand(match["last"], Sort.DATE).value
        if not isinstance(last, str):
            continue
        words = match["first"].split()
        if len(words) == 1:
            words += match["last"].split()[1:2]
        if not words[-1].isdigit() or len(words[-1]) != 4:
            words.append(last[:4])
        first = understand(" ".join(words), Sort.DATE).value
        if isinstance(first, str) and first <= last:
            return first, last
    dates = [day for match in _DATE.finditer(text) if len(days := _meant(match[0], by)) == 1 for day in days]
    return (dates[0], None) if len(dates) == 1 else (None, None)
