"""From the text of a cell to a value of a profile. What can be meant in two ways is refused with its cell, never guessed."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, NamedTuple

from eligibility.batch.fields import Form

NOTHING_THERE = frozenset({"-", "–", "—", "none", "aucun", "aucune"})
"""What people write for "there is none": the empty list. A blank cell is unknown."""

_ONGOING = frozenset({"ongoing", "en cours", "present", "présent", "now", "aujourd'hui", "à ce jour"})
_YES = frozenset({"true", "yes", "oui", "vrai", "x"})
_NO = frozenset({"false", "no", "non", "faux"})
_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_NUMBER = re.compile(r"-?\d{1,3}(?:[   ]\d{3})+(?:[.,]\d+)?|-?\d+(?:[.,]\d+)?")
_PARTS = re.compile(r"\s*[;,|\n]\s*")
_DAY, _MONTH, _YEAR = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})", r"(?P<year>\d{4})"
_TOKENS = {"YYYY": _YEAR, "AAAA": _YEAR, "MM": _MONTH, "DD": _DAY, "JJ": _DAY}
_DAY_IN_SOME_ORDER = re.compile(r"\d{1,4}[/. -]\d{1,2}[/. -]\d{1,4}")


class BadFormat(ValueError):
    """A date format that does not name a year, or holds something else than YYYY, MM and DD."""


class BadCell(ValueError):
    """A cell that cannot be read; `code` and `value` say why."""

    def __init__(self, code: str, value: str) -> None:
        super().__init__(code)
        self.code = code
        self.value = value


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
    """How cells are read: the format of dates (None: ISO only)."""

    date_format: DateFormat | None = None


def value_of(cell: object, form: Form, reading: Reading) -> Any:
    """The value of a cell: None for a blank one, [] for "none"; raises BadCell.

    A `date` stands for a true date of a spreadsheet, a number for a number, everything else is text.
    """
    if isinstance(cell, date):
        if form not in (Form.DATE, Form.END):
            raise BadCell("E607", cell.isoformat()[:10])
        return cell.isoformat()[:10]
    if isinstance(cell, bool):
        return cell if form is Form.FLAG else _text(str(cell).lower(), form, reading)
    if isinstance(cell, int | float):
        is_year = float(cell).is_integer() and 1900 <= cell <= 2100
        if form in (Form.DATE, Form.END) and not is_year:  # perhaps the serial number of a day; perhaps not
            raise BadCell("E606", _plain_number(cell))
        if form is Form.NUMBER:
            return int(cell) if float(cell).is_integer() else cell
        return _text(_plain_number(cell), form, reading)
    text = "" if cell is None else str(cell).strip()
    return _text(text, form, reading) if text else None


def _plain_number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else str(value)


def _text(text: str, form: Form, reading: Reading) -> Any:
    word = text.casefold()
    if form is Form.WORDS:
        return [] if word in NOTHING_THERE else [part for part in _PARTS.split(text) if part]
    if word in NOTHING_THERE:
        return []
    if form is Form.END and word in _ONGOING:
        return "ongoing"
    if form in (Form.DATE, Form.END):
        return _date(text, reading)
    if form is Form.FLAG:
        if word in _YES or word in _NO:
            return word in _YES
        raise BadCell("E608", text)
    if form is Form.NUMBER:
        if _NUMBER.fullmatch(text):
            number = float(re.sub(r"[   ]", "", text).replace(",", "."))
            return int(number) if number.is_integer() else number
        return text  # `80%` is a number too, and the profile says whether it will do
    return text


def _date(text: str, reading: Reading) -> str:
    if reading.date_format is not None:
        try:
            day = reading.date_format.read(text)
        except ValueError:
            raise BadCell("E105", text) from None
        if day is not None:
            return day
    if _ISO.fullmatch(text):
        return text
    raise BadCell("E605" if _DAY_IN_SOME_ORDER.fullmatch(text) else "E616", text)
