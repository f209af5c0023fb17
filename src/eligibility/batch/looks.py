"""What the cells of a column look like: whether they can be days, countries, languages, working time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from eligibility.batch.cells import BadCell, Day, Reading, value_of
from eligibility.batch.fields import Field, Form
from eligibility.loading.understood import Sort, understand
from eligibility.profile import SOURCES
from eligibility.reference import Reference, load_reference

_FIGURES = re.compile(r"[-+]?\d[\d\s.,'’]*")
_CODE = re.compile(r"(?=\S*\d)\S{1,30}")
_DAY = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(?:\d{4}|\d{2})")
_LONGEST_NAME = 40
_SKILLS = ("level", "listening", "reading", "spoken_interaction", "spoken_production", "speaking", "writing")
ENOUGH = 0.5
"""The share of a column's cells that have to look like its field."""
NEARLY_ALL = 0.8


class Cells(NamedTuple):
    """The cells of a column that are not blank, as text or as days, and how many are blank."""

    held: tuple[object, ...]
    blank: int = 0

    @property
    def texts(self) -> list[str]:
        """The cells as text."""
        return [one.iso if isinstance(one, Day) else " ".join(str(one).split()) for one in self.held]

    def share(self, looks: Callable[[object], bool]) -> float:
        """How many of the cells look so; all, where there is none."""
        return sum(map(looks, self.held)) / len(self.held) if self.held else 1.0


def is_day(cell: object) -> bool:
    """Whether a cell may be a day, a month or a year."""
    if isinstance(cell, Day):
        return True
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell).is_integer() and 1900 <= cell <= 2100
    found = understand(str(cell), Sort.END)
    return found.value is not None or bool(found.readings) or found.note in ("short_year", "no_such_day", "range")


def is_place(cell: object) -> bool:
    """Whether a cell names countries or nationalities, perhaps misspelt."""
    found = understand(str(cell), Sort.COUNTRIES)
    if found.value is None and not found.readings and found.note is None:
        return bool(load_reference().find_place(str(cell)).suggestions) if len(str(cell)) < _LONGEST_NAME else False
    return not (found.value is not None and found.left)


def is_language(cell: object) -> bool:
    """Whether a cell names languages, and says nothing else but how well."""
    found = understand(str(cell), Sort.LANGUAGES)
    return (found.value is not None and len(found.left) <= len(found.value)) or bool(found.readings)


def is_one_language(cell: object) -> bool:
    """Whether a cell names one language and nothing else."""
    return understand(str(cell), Sort.LANGUAGE).value is not None


def is_one_language_and_level(cell: object) -> bool:
    """Whether a cell names one language, perhaps with its level."""
    found = understand(str(cell), Sort.LANGUAGES)
    return is_one_language(cell) or (found.value is not None and len(found.value) == 1 and not found.left)


def is_result(cell: object, test: str) -> bool:
    """Whether a cell is the result of a language test."""
    try:
        return value_of(str(cell), Field(("languages", f"={test}", "tests", f"={test}"), Form.TEST), Reading()) is not None
    except BadCell:
        return False


def is_mark(cell: object) -> bool:
    """Whether a cell is a mark, with its scale or without it."""
    return is_number(cell) or understand(str(cell), Sort.MARK).value is not None


def tells_levels(cell: object) -> bool:
    """Whether a cell names languages, each with its level."""
    found = understand(str(cell), Sort.LANGUAGES)
    every = found.value if found.value is not None else found.readings[0] if found.readings else []
    return bool(every) and any(len(one) > 1 for one in every)


def is_level(cell: object) -> bool:
    """Whether a cell says how well somebody knows a language."""
    found = understand(str(cell), Sort.LEVEL)
    return found.value is not None or bool(found.readings) or is_flag(cell)


def is_flag(cell: object) -> bool:
    """Whether a cell says yes or no."""
    return isinstance(cell, bool) or str(cell).strip().casefold() == "x" or understand(str(cell), Sort.YES_NO).value is not None


def is_number(cell: object) -> bool:
    """Whether a cell is a number, perhaps with a unit."""
    return isinstance(cell, int | float) or _FIGURES.fullmatch(str(cell).strip()) is not None


def is_time(cell: object) -> bool:
    """Whether a cell may be a working time."""
    found = understand(str(cell), Sort.WORKING_TIME)
    return is_number(cell) or found.value is not None or bool(found.readings)


def is_code(cell: object) -> bool:
    """Whether a cell is a number or a code, and no name."""
    return not isinstance(cell, Day) and _CODE.fullmatch(str(cell).strip()) is not None


def day_marks(cells: Sequence[object]) -> list[tuple[int, int, str]]:
    """The first two figures and the mark of every day whose order nobody has told."""
    found = [_DAY.fullmatch(str(cell).strip()) for cell in cells if isinstance(cell, str)]
    return [(int(one[1]), int(one[3]), one[2]) for one in found if one is not None]


def are(cells: Cells, field: Field, reference: Reference) -> bool:
    """Whether the cells of a column can be what a field holds."""
    name, key = str(field.steps[0]), str(field.steps[-1])
    vocabulary = "place" if name == "domicile" else SOURCES[name].words.get(key) if name in SOURCES else None
    match field.form:
        case Form.DATE | Form.END:
            return cells.share(is_day) >= ENOUGH
        case Form.LANGUAGES:
            return cells.share(is_language) >= ENOUGH
        case Form.FLAG:
            return cells.share(is_time if key == "full_time" else is_flag) >= ENOUGH
        case Form.FACT:
            return cells.share(lambda one: is_flag(one) or is_number(one)) >= ENOUGH
        case Form.SHARE:
            return cells.share(is_time) >= ENOUGH
        case Form.GRADE:
            return cells.share(lambda one: understand(str(one), Sort.MARK).value is not None) >= ENOUGH
        case Form.TEST:
            test = key.removeprefix("=")
            return cells.share(lambda one: is_result(one, test)) >= ENOUGH
        case Form.MARK:
            return field.steps[-2:] != ("grade", "value") or cells.share(is_mark) >= ENOUGH
        case Form.NUMBER:
            return cells.share(is_time if key == "hours_per_week" else is_number) >= ENOUGH
    if field.steps[-2:] == ("grade", "scale"):
        return cells.share(lambda one: understand(str(one), Sort.SCALE).value is not None) >= ENOUGH
    if vocabulary == "place" or field.steps == ("citizenships",):
        return cells.share(is_place) >= ENOUGH
    if name == "languages" and key in _SKILLS:
        return cells.share(is_level) >= ENOUGH
    if vocabulary == "language":
        return cells.share(is_language) >= ENOUGH
    if name == "id" or name == "name":
        return name == "id" or cells.share(lambda one: is_number(one) or isinstance(one, Day)) < ENOUGH
    return cells.share(lambda one: is_number(one) or isinstance(one, Day)) < NEARLY_ALL or not cells.held


def are_kinds(cells: Cells, vocabulary: str, reference: Reference) -> bool:
    """Whether the cells of a column are words of a vocabulary (of employers: kinds, and no names)."""
    return bool(cells.held) and cells.share(lambda one: reference.find_term(vocabulary, str(one), False).id is not None) >= ENOUGH
