"""From the text of a cell to a value of a profile. What can be meant in two ways is refused with its cell, never guessed."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from eligibility.batch.fields import Form
from eligibility.loading.yaml_characters import MAX_MARKS, composed, forbidden
from eligibility.loading.yaml_reader import MAX_TEXT
from eligibility.loading.yaml_scalars import MAX_DIGITS
from eligibility.loading.yaml_syntax import shorten

NOTHING_THERE = frozenset({"-", "–", "—", "none", "aucun", "aucune"})
"""What people write for "there is none": the empty list. A blank cell is unknown."""

_ONGOING = frozenset({"ongoing", "en cours", "present", "présent", "now", "aujourd'hui", "à ce jour"})
_YES = frozenset({"true", "yes", "oui", "vrai", "x"})
_NO = frozenset({"false", "no", "non", "faux"})
_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_NUMBER = re.compile(r"-?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?|-?\d+(?:[.,]\d+)?")
_PARTS = re.compile(r"\s*[;,|\n]\s*")
_DAY, _MONTH, _YEAR = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})", r"(?P<year>\d{4})"
_TOKENS = {"YYYY": _YEAR, "AAAA": _YEAR, "MM": _MONTH, "DD": _DAY, "JJ": _DAY}
_SHARE = re.compile(r"(-?\d+(?:[.,]\d+)?)\s*%")
_ENDLESS = frozenset({"inf", "infinity", "nan"})
"""Numbers that are none: what is compared with them says yes to anything."""
FRACTION, PERCENT = "fraction", "percent"
RATE_UNITS = (FRACTION, PERCENT)
"""What a share of working time without a sign is: 0.8, or 80."""
_DAY_IN_SOME_ORDER = re.compile(r"\d{1,4}[/. -]\d{1,2}[/. -]\d{1,4}")


class BadFormat(ValueError):
    """A date format that does not name a year, or holds something else than YYYY, MM and DD."""


class BadCell(ValueError):
    """A value that cannot be read; `code` and `params` say why."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class Day(NamedTuple):
    """A true date of a spreadsheet, as exact as the cell shows it: `2024`, `2024-06` or `2024-06-30`."""

    iso: str


class Broken(NamedTuple):
    """What stands in a cell that the file itself cannot tell, and why: a code and the value."""

    code: str
    value: str


class DateFormat:
    """How the table writes a day, such as DD/MM/YYYY (or JJ/MM/AAAA). Raises BadFormat."""

    def __init__(self, text: str) -> None:
        pattern = re.escape(text)
        for token, group in _TOKENS.items():
            pattern = pattern.replace(token, group)
        if any(pattern.count(name) > 1 for name in ("<year>", "<month>", "<day>")):
            raise BadFormat(text)
        if "year" not in pattern or re.search(r"[A-Za-z]", re.sub(r"\(\?P<\w+>\\d\{\d,?\d?\}\)", "", pattern)):
            raise BadFormat(text)
        self.text = text
        self._pattern = re.compile(pattern)

    def read(self, text: str) -> str | None:
        """The day in ISO form; None where the text is not written so. Raises ValueError for a day that does not exist."""
        found = self._pattern.fullmatch(text)
        if found is None:
            return None
        parts = found.groupdict()
        month, day = parts.get("month"), parts.get("day")
        if month is None:
            return parts["year"]
        if day is None:
            return date(int(parts["year"]), int(month), 1).isoformat()[:7]
        return date(int(parts["year"]), int(month), int(day)).isoformat()


class Reading(NamedTuple):
    """How cells are read: the format of dates (None: ISO only); what a share without a sign is (None: nobody knows)."""

    date_format: DateFormat | None = None
    rate_unit: str | None = None


def value_of(cell: object, form: Form, reading: Reading) -> Any:
    """The value of a cell: None for a blank one, [] for "none"; raises BadCell.

    A `Day` stands for a true date of a spreadsheet, a number for a number, everything else is text.
    """
    if isinstance(cell, Broken):
        raise BadCell(cell.code, value=cell.value, byte=cell.value, expected="text")
    if isinstance(cell, Day):
        if form not in (Form.DATE, Form.END):
            raise BadCell("E607", value=cell.iso)
        return cell.iso
    if isinstance(cell, bool):
        return cell if form is Form.FLAG else _text(str(cell).lower(), form, reading)
    if isinstance(cell, int | float):
        if cell != cell or cell in (float("inf"), float("-inf")):
            raise BadCell("E122", value=str(cell))
        is_year = float(cell).is_integer() and 1900 <= cell <= 2100
        if form in (Form.DATE, Form.END) and not is_year:  # perhaps the serial number of a day; perhaps not
            raise BadCell("E606", value=_plain_number(cell))
        if form is Form.NUMBER:
            return int(cell) if float(cell).is_integer() else cell
        return _text(_plain_number(cell), form, reading)
    text = "" if cell is None else plain(str(cell)).strip()
    return _text(text, form, reading) if text else None


def plain(text: str) -> str:
    """A text as a profile file would have it: composed, lines ended by one character. Raises BadCell for what such a file may not hold."""
    if len(text) > MAX_TEXT:
        raise BadCell("E118", limit=MAX_TEXT)
    if not text.isprintable():
        text = text.replace("\r\n", "\n")
        if (found := forbidden(text)) is not None:
            code, character = found
            raise BadCell(code, character=character, n=1)
    if (normal := composed(text)) is None:
        raise BadCell("E157", limit=MAX_MARKS)
    return normal


def _plain_number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else format(Decimal(str(value)), "f")


def _text(text: str, form: Form, reading: Reading) -> Any:
    word = text.casefold()
    if form is Form.WORDS:
        return [] if word in NOTHING_THERE else list(dict.fromkeys(part for part in _PARTS.split(text) if part))
    if word in NOTHING_THERE:
        return []
    if form is Form.END and word in _ONGOING:
        return "ongoing"
    if form in (Form.DATE, Form.END):
        return _date(text, reading)
    if form is Form.FLAG:
        if word in _YES or word in _NO:
            return word in _YES
        raise BadCell("E608", value=shorten(text))
    if form is Form.SHARE:
        return _share(text, reading)
    if form is Form.NUMBER:
        return text if (number := _number(text)) is None else number  # the profile says that a text is no number
    return text


def _number(text: str) -> int | float | None:
    """The number that a text is, None where it is none; raises BadCell for one that is too long or has no end."""
    if text.casefold().lstrip("+-") in _ENDLESS:
        raise BadCell("E122", value=text)
    if _NUMBER.fullmatch(text) is None:
        return None
    if sum(map(str.isdigit, text)) > MAX_DIGITS:
        raise BadCell("E119", value=shorten(text))
    number = float(re.sub(r"[ \u00a0\u202f]", "", text).replace(",", "."))
    return int(number) if number.is_integer() else number


def _share(text: str, reading: Reading) -> str:
    """A share of working time with its sign: `80%`. Without one, 1 is all of it for some, and a hundredth for others."""
    if (signed := _SHARE.fullmatch(text)) is not None:
        return text if signed[1].isdecimal() else f"{_decimals(signed[1])}%"
    if _number(text) is None:
        return text
    figure = Decimal(_decimals(re.sub(r"[ \u00a0\u202f]", "", text)))
    if reading.rate_unit == FRACTION:
        return f"{_decimals(format(figure * 100, 'f'))}%"
    if reading.rate_unit is None and figure and abs(figure) < 2:
        guess = {"suggestion": f"{_decimals(format(figure * 100, 'f'))}%"} if 0 < figure <= 1 else {}
        raise BadCell("E618", value=text, **guess)
    return f"{_decimals(format(figure, 'f'))}%"


def _decimals(text: str) -> str:
    """A number with a decimal point and no zeros at its end: `37,50` is `37.5`."""
    whole, point, rest = text.replace(",", ".").partition(".")
    return f"{whole}{point}{rest}".rstrip("0").rstrip(".") if point else whole


def _date(text: str, reading: Reading) -> str:
    if reading.date_format is not None:
        try:
            day = reading.date_format.read(text)
        except ValueError:
            raise BadCell("E105", value=shorten(text)) from None
        if day is not None:
            return day
    if _ISO.fullmatch(text):
        return text
    raise BadCell("E605" if _DAY_IN_SOME_ORDER.fullmatch(text) else "E616", value=shorten(text))
