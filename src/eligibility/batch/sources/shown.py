"""What a cell of a workbook shows: its number format tells the unit of the figure, how exact a date is, and keeps zeros.

The figure itself is the one that is stored: 74.6 shown as 75 % is 74.6 %.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from eligibility.batch.cells import Day

BUILT_IN = {
    9: "0%", 10: "0.00%", 14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "m/d/yy h:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0",
}  # fmt: skip
"""The formats that a workbook names by number only, where they tell more than the figure; the others depend on the country."""

_LONGEST = 255
_LAST_DAY = 2_958_465  # 31 December 9999
_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"? | \\(?P<escaped>.) | (?P<space>_.|\*.) | \[(?P<bracket>[^\]]*)\] | (?P<general>General|Standard)
    | (?P<exponent>E[+-]) | (?P<half>AM/PM|A/P) | (?P<semicolon>;) | (?P<date>y+|m+|d+|h+|s+) | (?P<digits>[0\#?][0\#?,]*)
    | (?P<decimals>\.[0\#?]*) | (?P<percent>%) | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")


class Section(NamedTuple):
    """One of the parts of a format: how it shows a date ("day", "month", "year", "time"; "" for a number), whether the figure stands for a
    hundred times as much, how many digits are shown at least, and what words or signs stand before and after them."""

    precision: str = ""
    percent: bool = False
    zeros: int = 0
    before: str = ""
    after: str = ""
    condition: tuple[str, float] | None = None

    @property
    def bare(self) -> bool:
        """Whether the section says nothing that the figure does not say."""
        return not (self.precision or self.percent or self.before or self.after) and self.zeros < 2


def shown(value: float, code: str, from_1904: bool = False) -> object:
    """What a figure with a format is: a number, a `Day`, or the text of the figure with its zeros, its sign and its unit."""
    section = _section(sections(code), value)
    if section.bare or value in (float("inf"), float("-inf")) or value != value:
        return int(value) if value.is_integer() else value
    if section.precision == "time":
        return _time(value)
    if section.precision:
        return _day(value, section.precision, from_1904)
    figure = Decimal(format(value, ".15g"))  # the digits that a workbook keeps: 0.57, not 0.56999999999999995
    if section.percent:
        figure *= 100
    digits = format(figure.normalize(), "f")
    if section.zeros > 1:
        whole, point, rest = digits.lstrip("-").partition(".")
        digits = ("-" if value < 0 else "") + whole.zfill(section.zeros) + point + rest
    return f"{section.before} {digits}{' ' if section.after not in ('', '%') else ''}{section.after}".strip()


def iso_day(text: str, code: str) -> object:
    """What a date written as text (`2023-06-01T00:00:00`) shows under a format; the text itself where it is none."""
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return text
    return _cut(day, sections(code)[0].precision)


def _section(found: tuple[Section, ...], value: float) -> Section:
    """The section that shows a figure: by its own condition, else the first for those above zero, the second below, the third for zero."""
    if any(one.condition is not None for one in found):
        return next((one for one in found if one.condition is None or _holds(value, *one.condition)), found[0])
    if value < 0 and len(found) > 1:
        return found[1]
    return found[2] if value == 0 and len(found) > 2 else found[0]


def _holds(value: float, operator: str, limit: float) -> bool:
    return {
        "<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit, "=": value == limit, "<>": value != limit,
    }[operator]  # fmt: skip


def _day(value: float, precision: str, from_1904: bool) -> object:
    """The day of a figure that is shown as one; the figure itself where the calendar of workbooks has no such day."""
    number = int(value // 1) + (1462 if from_1904 else 0)
    if not 1 <= number <= _LAST_DAY or number == 60:  # 60 is 29 February 1900, which never was
        return int(value) if value.is_integer() else value
    return _cut(date.fromordinal(693_594 + number + (number < 60)), precision)


def _cut(day: date, precision: str) -> Day:
    return Day(day.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)])


def _time(value: float) -> str:
    """A time of day, or a length of time, in hours: a text, which is no day and no number."""
    minutes = round(value * 1440)
    return f"{minutes // 60}:{minutes % 60:02}"


@lru_cache(1000)
def sections(code: str) -> tuple[Section, ...]:
    """The parts of a format, at least one."""
    if len(code) > _LONGEST:
        return (Section(),)
    parts: list[list[tuple[str, str]]] = [[]]
    for found in _TOKEN.finditer(code):
        kind = found.lastgroup or ""
        if kind == "semicolon":
            parts.append([])
        else:
            parts[-1].append((kind, found[kind]))
    return tuple(_read(tokens) for tokens in parts)


def _read(tokens: list[tuple[str, str]]) -> Section:
    letters = [text.lower() for kind, text in tokens if kind == "date"]
    elapsed = any(kind == "bracket" and _ELAPSED.fullmatch(text) for kind, text in tokens)
    condition = next((found for kind, text in tokens if kind == "bracket" and (found := _CONDITION.fullmatch(text))), None)
    holds = None if condition is None else (condition[1], float(condition[2]))
    if elapsed or letters:
        return Section("time" if elapsed else _precision(letters), condition=holds)
    zeros, percent, words = 0, False, ["", ""]
    side = 0
    for kind, text in tokens:
        if kind == "exponent":
            zeros = 0
            break
        if kind == "digits":
            zeros += text.count("0")
            side = 1
        elif kind in ("decimals", "general"):
            side = 1
        elif kind == "percent":
            percent = True
        elif kind in ("quoted", "escaped", "other", "half"):
            words[side] += text
        elif kind == "bracket" and text.startswith("$"):  # a currency: `$€-40C`
            words[side] += text[1:].partition("-")[0]
    before, after = (_unit(text) for text in words)
    return Section("", percent, zeros, before, "%" if percent and not after else after, holds)


def _precision(letters: list[str]) -> str:
    """How exact a date is shown: an `m` beside hours or seconds is minutes."""
    first = {one[0] for one in letters}
    months = any(
        one[0] == "m" and not (at and letters[at - 1][0] == "h") and not (letters[at + 1 :] and letters[at + 1][0] == "s")
        for at, one in enumerate(letters)
    )
    if "d" in first:
        return "day"
    if months:
        return "month"
    return "year" if "y" in first else "time"


def _unit(text: str) -> str:
    """The letters and signs of what a format adds to the figure; brackets and dashes say nothing."""
    if any(letter.isalpha() or letter == "%" or unicodedata.category(letter) == "Sc" for letter in text):
        return text.strip()
    return ""
