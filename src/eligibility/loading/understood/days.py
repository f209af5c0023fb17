"""Dates as people write them: `14 March 1998`, `août 2019`, `09/2020`, a timestamp at midnight, `en cours`."""

from __future__ import annotations

import re
from datetime import date

from eligibility.loading.nearest import bare
from eligibility.loading.understood.answer import DOUBTFUL, NOT_UNDERSTOOD, Understood
from eligibility.loading.understood.words import doubtful, months, says

_MIDNIGHT = re.compile(r"[t ]+0{1,2}:00(?::00(?:[.,]0+)?)?$")
_EUROPASS = re.compile(r"(\d{4})[ /,;-]*--(\d{2})(?:[ /,;-]*---(\d{2}))?")
_NO_YEAR = re.compile(r"--\d{2}(?:-\d{2})?|---\d{2}")
_COMMENT = re.compile(r"\s*\([^()]*\)$")
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_AROUND = frozenset(["the", "of", "on", "le", "de", "del", "el", "am", "den", "st", "nd", "rd", "th", "er", "ere", "in", "en"])
"""Small words of a date that say nothing, and the endings of ordinal numbers."""
_OPEN = re.compile(r"\s*[-–/].*\d.*|.*\d.*[-–/]\s*")
"""A stroke before or behind a date: up to it, or since then."""
_BETWEEN = re.compile(r"[\s./,'’º°\-–]*")
_YEAR = re.compile(r"\d{4}")
_MOST_DAYS = 31
_YEARS = range(1900, 2101)


def end(text: str) -> Understood:
    """A last day, or an open end."""
    if says("ongoing", text):
        return Understood("ongoing")
    if (comment := _COMMENT.search(text)) is not None and says("ongoing", text[: comment.start()]):  # present (fixed term until 2024)
        return DOUBTFUL if doubtful(comment[0]) or _YEAR.search(comment[0]) else Understood("ongoing")
    found = day(text)
    return Understood("ongoing") if found.value is not None and found.value.startswith("9999") else found  # the last day of registers


def day(text: str) -> Understood:
    """A day, a month or a year; both readings where day and month may be swapped."""
    plain = _MIDNIGHT.sub("", bare(text.strip()))
    if europass := _EUROPASS.fullmatch(plain):
        return _known(int(europass[1]), int(europass[2]), int(europass[3]) if europass[3] else None)
    if _NO_YEAR.fullmatch(plain):
        return Understood(note="no_year")
    if _OPEN.fullmatch(plain):
        return Understood(note="range")
    if _BETWEEN.fullmatch(_TOKEN.sub("", plain)) is None:
        return NOT_UNDERSTOOD
    tokens = _TOKEN.findall(plain)
    figures = [token for token in tokens if token.isdecimal()]
    words = [token for token in tokens if not token.isdecimal() and token not in _AROUND]
    if len(words) > 1:  # mar. 5 août: in French also a Tuesday
        words = [token for token in words if not says("weekdays", token)]
    if figures and any(says("terms", token) for token in words):
        return Understood(note="term")
    if not figures or not all(token.isascii() for token in figures) or len(words) > 1:
        return NOT_UNDERSTOOD
    if words:
        month = months().get(words[0])
        return NOT_UNDERSTOOD if month is None else _with_month(month, figures)
    return _in_figures(figures, plain)


def _with_month(month: int, figures: list[str]) -> Understood:
    """A date whose month is a word: the year has four figures, the day one or two."""
    years = [one for one in figures if len(one) == 4]
    others = [one for one in figures if len(one) <= 2]
    if len(years) + len(others) != len(figures) or len(years) > 1:
        return Understood(note="range" if len(years) > 1 else None)
    if years and len(others) <= 1:
        return _known(int(years[0]), month, int(others[0]) if others else None)
    if not years and len(others) == 2 and len(others[1]) == 2:  # 14-Mar-98
        return _of_two_centuries(int(others[1]), month, int(others[0]))
    if not years and len(others) == 1 and len(others[0]) == 2:  # juin-97; 12 mars and mai 19 may be days of any year
        return _of_two_centuries(int(others[0]), month, None) if int(others[0]) > _MOST_DAYS else Understood(note="short_year")
    return NOT_UNDERSTOOD


def _of_two_centuries(year: int, month: int, day: int | None) -> Understood:
    found = [_known(century + year, month, day).value for century in (2000, 1900)]
    readings = tuple(one for one in found if one is not None)
    return Understood(None, readings, note="short_year") if len(readings) == 2 else Understood(note="short_year")


def _in_figures(figures: list[str], text: str) -> Understood:
    lengths = [len(one) for one in figures]
    numbers = [int(one) for one in figures]
    match lengths:
        case [4] if numbers[0] >= 1000:
            return Understood(figures[0])
        case [8]:
            return _compact(figures[0])
        case [4, (1 | 2)]:
            if "/" in text and numbers[1] == (numbers[0] + 1) % 100 and 1 <= numbers[1] <= 12:  # 2009/10: also a school year
                return Understood(None, (f"{figures[0]}-{numbers[1]:02}", f"{numbers[0] + 1}"), note="range")
            if "," in text or ("." in text and lengths[1] == 1):  # 2019.1 is what a spreadsheet makes of October
                return NOT_UNDERSTOOD
            if numbers[1] <= 12:
                return _known(numbers[0], numbers[1], None)
            return Understood(
                note="range" if numbers[1] > numbers[0] % 100 else "no_such_day"
            )  # 2019-20 are two years, 2020-13 is no month
        case [(1 | 2), 4]:
            return _known(numbers[1], numbers[0], None)
        case [4, 4]:
            return Understood(note="range")
        case [4, (1 | 2), (1 | 2)]:
            return _known(*numbers)
        case [(1 | 2), (1 | 2), 4]:
            return _either(*numbers)
        case [(1 | 2), (1 | 2), 2]:
            return Understood(note="short_year")
    return NOT_UNDERSTOOD


def _either(first: int, second: int, year: int) -> Understood:
    """A day of which nobody says which figure is the month."""
    readings = dict.fromkeys(one.value for one in (_known(year, second, first), _known(year, first, second)) if one.value is not None)
    if len(readings) == 2:
        return Understood(None, tuple(readings))
    return Understood(next(iter(readings))) if readings else Understood(note="no_such_day")


def _compact(figures: str) -> Understood:
    """Eight figures: the year first, or last."""
    found = [
        _known(int(figures[:4]), int(figures[4:6]), int(figures[6:])),
        _known(int(figures[4:]), int(figures[2:4]), int(figures[:2])),
        _known(int(figures[4:]), int(figures[:2]), int(figures[2:4])),
    ]
    readings = dict.fromkeys(one.value for one in found if one.value is not None and int(one.value[:4]) in _YEARS)
    if len(readings) == 1:
        return Understood(next(iter(readings)))
    return Understood(None, tuple(readings)) if readings else NOT_UNDERSTOOD


def _known(year: int, month: int, day: int | None) -> Understood:
    try:
        found = date(year, month, 1 if day is None else day).isoformat()
    except ValueError:
        return Understood(note="no_such_day")
    return Understood(found[:7] if day is None else found) if year >= 1000 else NOT_UNDERSTOOD
