"""From the text of a cell to a value of a profile. What can be meant in two ways is refused with its cell, never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from eligibility.batch.fields import Field, Form
from eligibility.loading.typed import NO_THOUSANDS
from eligibility.loading.understood import Sort, Understood, is_nothing, understand
from eligibility.loading.understood.figures import in_our_figures, of_our_calendar
from eligibility.loading.yaml_characters import MAX_MARKS, composed, forbidden
from eligibility.loading.yaml_reader import MAX_TEXT
from eligibility.loading.yaml_scalars import MAX_DIGITS
from eligibility.loading.yaml_syntax import shorten
from eligibility.numerals import readings
from eligibility.profile import SOURCES
from eligibility.reference import load_reference

NOTHING_THERE = frozenset({"-", "–", "—", "none", "aucun", "aucune"})
"""What people write for "there is none": the empty list. A blank cell is unknown."""

_NOBODY_KNOWS = frozenset({
    "?", "??", "???", "n/a", "n.a.", "#n/a", "unknown", "not known", "not available", "tbc", "tbd", "inconnu", "inconnue", "nsp", "n/d",
    "unbekannt", "k. a.", "k.a.", "keine angabe", "keine angaben", "desconocido", "desconocida", "n/c", "no consta",
})  # fmt: skip
"""What people write where they do not know, or where a thing is not available: it says no more than a blank cell. `NA` is Namibia."""
_YES = frozenset({"true", "yes", "oui", "vrai", "x"})
_NO = frozenset({"false", "no", "non", "faux"})
_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_PARTS = re.compile(r"\s*[;,|\n]\s*")
_DAY, _MONTH, _YEAR = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})", r"(?P<year>\d{4})"
_TOKENS = {"YYYY": _YEAR, "AAAA": _YEAR, "MM": _MONTH, "DD": _DAY, "JJ": _DAY}
_SHARE = re.compile(r"(-?\d+(?:[.,]\d+)?)\s*%")
_BEGINNING = 200
_ENDLESS = frozenset({"inf", "infinity", "nan"})
"""Numbers that are none: what is compared with them says yes to anything."""
FRACTION, PERCENT = "fraction", "percent"
RATE_UNITS = (FRACTION, PERCENT)
"""What a share of working time without a sign is: 0.8, or 80."""
_SHORT_YEAR = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{2})")
_NEXT_CENTURY = 50
"""From here on, two figures of a year are of the last century."""
_LEVEL = re.compile(r"[ABC][12]\+?")
_FIGURES = re.compile(r"\d+")
_MIDNIGHT = re.compile(r"[T ]00:00(?::00(?:\.0+)?)?$")
_DAY_IN_SOME_ORDER = re.compile(r"\d{1,4}[/. -]\d{1,2}[/. -]\d{1,4}")


class BadFormat(ValueError):
    """A date format that does not name a year, or holds something else than YYYY, MM and DD."""


NO_TEXT = ("E111", "E118", "E126", "E127", "E157")
"""Why a cell is no text at all: characters that no file may hold, or too many."""


class BadCell(ValueError):
    """A value that cannot be read; `code` and `params` say why."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class Said(NamedTuple):
    """What a cell says of a record beside the field of its column (`15 h/sem` of a share of working time), or of a list: `value` is the
    field's own, None where the cell says nothing of that. `left` are its words that were not understood.
    """

    value: Any = None
    beside: Mapping[str, Any] = {}
    left: tuple[str, ...] = ()


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
        self._pattern = re.compile(pattern, re.ASCII)
        self._order = sorted(("year", "month", "day"), key=lambda name: pattern.find(f"<{name}>"))
        self._whole = all(f"<{name}>" in pattern for name in self._order)

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

    def pick(self, readings: tuple[str, ...], text: str) -> str | None:
        """The one of several readings that has day and month in this order, whatever stands between them."""
        figures = _FIGURES.findall(text)
        if not self._whole or len(figures) != 3:
            return None
        parts = dict(zip(self._order, map(int, figures), strict=True))
        wanted = f"{parts['month']:02}-{parts['day']:02}"
        found = [one for one in readings if one[5:] == wanted]
        return found[0] if len(found) == 1 else None

    def of_century(self, text: str) -> str | None:
        """A day in this order whose year has two figures, where only one century can be meant: nobody has seen 2097."""
        found = _SHORT_YEAR.fullmatch(text)
        if found is None or not self._whole or self._order[2] != "year" or int(found[3]) < _NEXT_CENTURY:
            return None
        parts = dict(zip(self._order, (int(found[1]), int(found[2]), 1900 + int(found[3])), strict=True))
        try:
            return date(parts["year"], parts["month"], parts["day"]).isoformat()
        except ValueError:
            return None


class Reading(NamedTuple):
    """How cells are read: the format of dates (None: what can be read in one way only); what a share without a sign is (None: nobody
    knows). With `strict`, a cell that cannot be read costs the person.
    """

    date_format: DateFormat | None = None
    rate_unit: str | None = None
    strict: bool = False


def value_of(cell: object, field: Field, reading: Reading) -> Any:
    """The value of a cell: None for a blank one, [] for "none", a `Said` where it says more than the value of the field; raises BadCell.

    A `Day` stands for a true date of a spreadsheet, a number for a number, everything else is text.
    """
    form = field.form
    if isinstance(cell, Broken):
        raise BadCell(cell.code, value=cell.value, byte=cell.value, expected="text")
    if isinstance(cell, Day):
        if form not in (Form.DATE, Form.END):
            raise BadCell("E607", value=cell.iso)
        return _told(cell.iso, form)
    if isinstance(cell, bool):
        return cell if form in (Form.FLAG, Form.FACT) else _text(str(cell).lower(), field, reading)
    if isinstance(cell, int | float):
        if cell != cell or cell in (float("inf"), float("-inf")):
            raise BadCell("E122", value=str(cell))
        is_year = float(cell).is_integer() and 1900 <= cell <= 2100
        if form in (Form.DATE, Form.END) and not is_year:  # perhaps the serial number of a day; perhaps not
            raise BadCell("E606", value=_plain_number(cell))
        if form in (Form.NUMBER, Form.MARK, Form.FACT):
            return int(cell) if float(cell).is_integer() else cell
        return _text(_plain_number(cell), field, reading)
    text = "" if cell is None else plain(str(cell)).strip()
    return _text(text, field, reading) if text else None


def plainly(value: Any) -> str:
    """What a cell was read as, in short, as a profile would have it; empty for what is no word or was not understood."""
    if isinstance(value, Said):
        parts = [plainly(value.value), *(f"{key} {plainly(one) or one}" for key, one in value.beside.items())]
        return "" if value.left else ", ".join(part for part in parts if part)
    if isinstance(value, list):
        return ", ".join(plainly(one) for one in value)
    if isinstance(value, dict):
        named = [str(value["language"])] if "language" in value else []
        said = [key if one is True else plainly(one) or _figure(one) for key, one in value.items() if key not in ("language", "tests")]
        return " ".join([*named, *said])
    return value if isinstance(value, str) else ""


def _figure(value: Any) -> str:
    return f"{value:g}" if isinstance(value, int | float) else ""


def plain(text: str) -> str:
    """A text as a profile file would have it: composed, lines ended by one character. Raises BadCell for what such a file may not hold."""
    if len(text) > MAX_TEXT:
        raise BadCell("E118", limit=MAX_TEXT, value=_harmless(text))
    if not text.isprintable():
        text = text.replace("\r\n", "\n")
        if (found := forbidden(text)) is not None:
            code, character = found
            raise BadCell(code, character=character, n=1, value=character)
    if (normal := composed(text)) is None:
        raise BadCell("E157", limit=MAX_MARKS, value=_harmless(text))
    return normal


def _harmless(text: str) -> str:
    """The beginning of a text that is refused, without what cannot be seen and without marks on letters."""
    return shorten("".join(one for one in text[:_BEGINNING] if one.isprintable() and not unicodedata.combining(one)))


def _plain_number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else format(Decimal(str(value)), "f")


def _text(text: str, field: Field, reading: Reading) -> Any:
    form = field.form
    if form in _OF_FIGURES:
        text = in_our_figures(text)
    word = text.casefold()
    if word in _NOBODY_KNOWS or (word == "na" and not _has_codes(field)):
        return None
    if form is Form.FACT and (number := _number(text, field)) is not None:
        return number
    if form in (Form.FLAG, Form.FACT):
        return [] if word in NOTHING_THERE else _flag(text, field)
    if word in NOTHING_THERE or (word != "na" and is_nothing(text)):
        return []
    if form in (Form.DATE, Form.END):
        return _told(_date(text, form, reading), form)
    if form is Form.SHARE:
        return _share(text, reading)
    if form is Form.LANGUAGES:
        found = understand(text, Sort.LANGUAGES)
        return Said(_surely(found, text), {}, found.left)
    if form in (Form.NUMBER, Form.MARK):
        return _amount(text, field)
    if form is Form.WORDS:
        return _words(text, field)
    if form is Form.GRADE:
        return _surely(understand(text, Sort.MARK), text)
    if form is Form.MONEY:
        found = understand(text, Sort.MONEY)
        return _surely(found, text) if found.readings else found.value or text
    if form is Form.TEST:
        return _result(text, str(field.steps[-1]).removeprefix("="))
    return _one_word(text, field) if form is Form.TEXT else text


def says_nothing(cell: object) -> bool:
    """Whether a cell is blank, or says no more than a blank one, or that there is none."""
    if cell is None or not isinstance(cell, str):
        return cell is None
    word = cell.strip().casefold()
    return not word or word in _NOBODY_KNOWS or word in NOTHING_THERE or (word != "na" and is_nothing(word))


def _surely(found: Understood, text: str) -> Any:
    """What was understood. Raises BadCell, with the readings where there are two."""
    if found.value is None:
        raise BadCell("E626" if found.readings else "E625", value=shorten(text))
    return found.value


def _flag(text: str, field: Field) -> Any:
    word = text.casefold()
    if word in _YES or word in _NO:
        return word in _YES
    if (said := understand(text, Sort.YES_NO).value) is not None:
        return said
    if field.steps[-1] == "full_time" and (time := understand(text, Sort.WORKING_TIME)).value is not None:
        return _beside(time, "full_time")
    raise BadCell("E608", value=shorten(text), **({"form": "fact"} if field.form is Form.FACT else {}))


def _beside(found: Understood, key: str) -> Said:
    """The value of a key, and what was said of others of the same record."""
    beside = {**found.value}
    return Said(beside.pop(key, None), beside)


def _amount(text: str, field: Field) -> Any:
    """A number. What is none stays as it is: the profile says so. Raises BadCell for one that may be two."""
    if (number := _number(text, field)) is not None:
        return number
    if field.steps[-2:] == ("grade", "value") and (mark := understand(text, Sort.MARK)).value is not None:
        return mark.value
    if field.steps[-1] == "hours_per_week" and (time := understand(text, Sort.WORKING_TIME)).value is not None:
        return _beside(time, "hours_per_week")
    return text


def _result(text: str, test: str) -> Mapping[str, Any]:
    """The result of a test, which a cell may name as well. Raises BadCell."""
    reference = load_reference()
    for typed in (text, f"{test} {text}"):
        read = understand(typed, Sort.LEVEL)
        results = (read.value or {}).get("tests", ())
        if len(results) != 1 or read.left:
            continue
        found: Mapping[str, Any] = results[0]
        if found["test"] == test or reference.language_of_test(found["test"]) == reference.language_of_test(test):
            return found
    raise BadCell("E625", value=shorten(text))


_OF_FIGURES = (Form.NUMBER, Form.MARK, Form.SHARE, Form.FACT)
"""What is a number, however its figures are written."""
_NAMED = {"place": Sort.COUNTRY, "field": Sort.FIELD}
"""Vocabularies whose words are understood by themselves, one by one."""


def _words(text: str, field: Field) -> list[str]:
    if field.steps == ("citizenships",) and (found := understand(text, Sort.COUNTRIES)).value is not None:
        return [*dict.fromkeys(found.value)]
    parts = [part for part in _PARTS.split(text) if part]
    if (sort := _NAMED.get(str(vocabulary_of(field)))) is not None:
        parts = [understand(part, sort).value or part for part in parts]
    return [*dict.fromkeys(parts)]


def _has_codes(field: Field) -> bool:
    """Whether a cell of the field may be the code of a country."""
    return field.steps == ("citizenships",) or vocabulary_of(field) == "place"


def vocabulary_of(field: Field) -> str | None:
    """The vocabulary of the words of a field: `place`, `language`, or one of the reference data."""
    name = str(field.steps[0])
    return "place" if name == "domicile" else SOURCES[name].words.get(str(field.steps[-1])) if name in SOURCES else None


def _one_word(text: str, field: Field) -> Any:
    """A word in its plain form; what is not understood stays as it was typed, for the profile to tell."""
    name, key, vocabulary = field.steps[0], str(field.steps[-1]), vocabulary_of(field)
    if (sort := _NAMED.get(str(vocabulary))) is not None:
        return understand(text, sort).value or text
    if vocabulary == "language":
        return _language(text)
    if field.steps[-2:] == ("grade", "scale"):
        return _surely(understand(text, Sort.SCALE), text)
    if vocabulary == "titles" and (degree := understand(text, Sort.DEGREE)).value is not None:
        return _beside(degree, "title")
    if vocabulary == "employer" and (employer := understand(text, Sort.EMPLOYER)).value is not None:
        return _beside(employer, "employer")
    if name == "languages" and key not in ("language", "tests"):
        return text if _LEVEL.fullmatch(text) else _level(_surely(understand(text, Sort.LEVEL), text), key)
    return text


def _language(text: str) -> str | Said:
    """The code of a language, with its level where the cell says it; `no` may be Norwegian, and `SE` Swedish, too. Raises BadCell."""
    found = understand(text, Sort.LANGUAGE)
    if found.readings or text.casefold() == "no":
        raise BadCell("E626", value=text)
    if found.value is None and (more := understand(text, Sort.LANGUAGES)).value is not None and not more.left and len(more.value) == 1:
        beside = {**more.value[0]}
        return Said(beside.pop("language"), beside)
    return str(found.value or text)


def _level(said: Mapping[str, Any], key: str) -> Said:
    beside = {**said}
    level = beside.pop("level", None)
    return Said(level, beside)


def _number(text: str, field: Field) -> int | float | None:
    """The number that a text is, None where it is none; raises BadCell for one that is too long, has no end, or may be two."""
    if text.casefold().lstrip("+-") in _ENDLESS:
        raise BadCell("E122", value=text)
    found = readings(text.removeprefix("-"))
    if not found and _NUMBER.fullmatch(text) is None:
        return None
    if sum(map(str.isdigit, text)) > MAX_DIGITS:
        raise BadCell("E119", value=shorten(text))
    if len(found) > 1 and field.steps[-1] not in NO_THOUSANDS and field.form is not Form.MARK:
        raise BadCell("E626", value=text)
    number = float(found[-1] if found else text.replace(",", ".")) * (-1 if found and text.startswith("-") else 1)
    return int(number) if number.is_integer() else number


def _share(text: str, reading: Reading) -> Any:
    """A share of working time with its sign: `80%`. Without one, 1 is all of it for some, and a hundredth for others."""
    if (signed := _SHARE.fullmatch(text)) is not None:
        return text if signed[1].isdecimal() else f"{_decimals(signed[1])}%"
    if not (figures := readings(text)):
        found = understand(text, Sort.WORKING_TIME)
        _surely(found, text)
        return _beside(found, "rate")
    figure = Decimal(figures[-1])
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


def _only_order(text: str) -> str | None:
    """`31/12/97`: a day whose year has two figures, where one order of day and month is possible."""
    found = {day for order in _ORDERS if (day := order.of_century(text)) is not None}
    return found.pop() if len(found) == 1 else None


_ORDERS = (DateFormat("DD/MM/YYYY"), DateFormat("MM/DD/YYYY"))


def _told(day: str, form: Form) -> str:
    """A day; as a last one, 31 December 9999 is none: whoever has it in a register is still there."""
    return "ongoing" if form is Form.END and day.startswith("9999") else day


def _date(text: str, form: Form, reading: Reading) -> str:
    """A day, a month or a year. Raises BadCell for what can be two days, and for what is none."""
    plain_figures = in_our_figures(text)
    day = _day(plain_figures, form, reading)
    if plain_figures != text and not of_our_calendar(day):
        raise BadCell("E616", value=shorten(text))
    return day


def _day(text: str, form: Form, reading: Reading) -> str:
    order = reading.date_format
    if order is not None:
        try:
            day = order.read(text)
        except ValueError:
            raise BadCell("E105", value=shorten(text)) from None
        if day is not None:
            return day
    if _ISO.fullmatch(text := _MIDNIGHT.sub("", text)):
        return text
    found = understand(text, Sort.END if form is Form.END else Sort.DATE)
    if found.value is not None:
        return str(found.value)
    picked = order.pick(found.readings, text) or order.of_century(text) if order is not None else _only_order(text)
    if picked is not None:
        return picked
    if found.note == "no_such_day":
        raise BadCell("E105", value=shorten(text))
    if text.isdecimal() and len(text) > 4:
        raise BadCell("E606", value=shorten(text))
    if found.note == "term":
        raise BadCell("E616", value=shorten(text), form="term")
    raise BadCell("E605" if found.readings or _DAY_IN_SOME_ORDER.fullmatch(text) else "E616", value=shorten(text))
