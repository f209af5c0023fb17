"""Records of a profile in one world: what a record says, what leaving something out means, and what the world says of the rest."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from eligibility.reference import load_reference

from .calendar_days import FIRST, LAST, interval
from .language import SOURCES
from .world import Impossible, World

REFERENCE = load_reference()
FULL_WEEKS = (Fraction(35), Fraction(40), Fraction(37), Fraction(71, 2))
"""The hours that a full week may have, where the rule does not say."""
_TERMS = {
    "employer": "employer", "field": "field", "title": "titles", "school": "schools", "programme": "programmes", "function": "functions",
    "exam": "exams", "subject": "exam_subjects",
}  # fmt: skip
_PLACES = ("in", "works_in", "country", "host", "recognised_in")
_LANGUAGES = ("language", "taught_in")


def meant(field: str, word: Any) -> Any:
    """A word as the reference data spell it: `UK` is GB, a label is its id."""
    if isinstance(word, list | tuple):
        return tuple(meant(field, one) for one in word)
    if not isinstance(word, str):
        return word
    if field in _PLACES:
        return word if REFERENCE.is_place(word) else REFERENCE.find_place(word, False).id or REFERENCE.named("place", word) or word
    if field in _LANGUAGES:
        return word if REFERENCE.is_language(word) else REFERENCE.find_language(word, False).id or word
    if field in _TERMS:
        return REFERENCE.find_term(_TERMS[field], word, False).id or word
    return word


class Further(dict[str, Any]):
    """An entry that a list may hold besides those it names: nothing is said of it, not even that it goes on."""


class Record:
    """One entry of a list of the profile."""

    def __init__(self, source: str, path: str, raw: Mapping[str, Any], world: World) -> None:
        self.source, self.path, self.raw, self.world = source, path, raw, world

    def says(self, field: str) -> Any:
        """What the record says of a field; None where it says nothing."""
        return meant(field, self.raw.get(field))

    def unknown(self, field: str) -> Any:
        """The world's answer for a field of which the record says nothing."""
        menu = self.world.menu
        another = (f"a subject of {self.path}",) if field == "subject" else ()  # than those of all others
        return self.world.settle((self.path, field), () if menu is None else (*menu.values(self.source, field), *another))

    def get(self, field: str) -> Any:
        """The value of a field in this world."""
        value = self.says(field)
        if value is not None:
            return value
        if field == "works_in":
            return self.get("in")
        if self.source == "degrees" and field in ("level", "years", "gives_access_to"):
            return self._told_by_title(field)
        return self.unknown(field)

    def _told_by_title(self, field: str) -> Any:
        title = self.says("title")
        if title is None:
            return self.unknown(field)
        meaning = REFERENCE.degree(title, self.says("in"))
        if field == "level" and meaning.level is not None:
            low, high = meaning.level
            return low if low == high else self.world.settle((self.path, field), tuple(range(low, high + 1)))
        if field == "years" and meaning.years is not None:
            return meaning.years
        if field == "gives_access_to" and meaning.gives_access:
            return self.world.settle((self.path, field), (5, 6, 7, 8))
        return self.unknown(field)

    # ---------------------------------------------------------------------------------------------- days

    def date(self, field: str) -> int:
        """The day of a field, exact in this world."""
        raw, menu = self.raw.get(field), self.world.menu
        if raw is None:
            return int(self.world.settle((self.path, field), () if menu is None else menu.days()))
        first, last = interval(raw)
        return first if first == last else int(self.world.settle((self.path, field), () if menu is None else menu.days(first, last)))

    def first(self) -> int:
        """The first day."""
        source = SOURCES[self.source]
        if not source.start or (source.open_start and self.raw.get(source.start) is None):
            return FIRST if not (source.start and isinstance(self.raw, Further)) else self.any_day(source.start, FIRST)
        day = self.date(source.start)
        end = self.raw.get(source.end)
        if end not in (None, "ongoing") and day > interval(end)[1]:
            raise Impossible
        if self.raw.get(source.start) is None and end is None and self.raw.get("role") == "applicant" and day >= self.world.on:
            raise Impossible  # applications that are listed without a day are earlier ones
        return day

    def last(self) -> int:
        """The last day; what goes on has none in sight."""
        source = SOURCES[self.source]
        raw = self.raw.get(source.end)
        if not source.end or (source.open_end and raw is None and not isinstance(self.raw, Further)):
            return LAST
        if raw == "ongoing":
            if self.raw.get("expected_end") is None:
                return LAST
            expected, menu = max(self.first(), self.date("expected_end")), self.world.menu
            later = () if menu is None else (LAST, expected, *(day for day in menu.days() if day > expected))
            return int(self.world.settle((self.path, "goes on until"), later))
        day = self.any_day(source.end, LAST) if raw is None and (source.open_end or source.end == "to") else self.date(source.end)
        if day < self.first():
            raise Impossible
        return day

    def any_day(self, field: str, without_end: int) -> int:
        """Any day, or none in sight."""
        menu = self.world.menu
        return int(self.world.settle((self.path, field), () if menu is None else (without_end, *menu.days())))

    # ---------------------------------------------------------------------------------------- working time

    def rate(self, full_week: Fraction | None) -> Fraction:
        """The share of full time worked."""
        if self.source != "experience":
            return Fraction(1)
        if self.raw.get("rate") is not None:
            return Fraction(str(self.raw["rate"]).strip().rstrip("%").strip().replace(",", ".")) / 100
        if self.raw.get("full_time"):
            return Fraction(1)
        if self.raw.get("hours_per_week") is not None:
            return min(Fraction(1), Fraction(str(self.raw["hours_per_week"])) / self.full_week(full_week))
        if self.raw.get("full_time") is False:
            return Fraction(self.world.settle((self.path, "rate below full time"), (0, Fraction(999, 10), 99, 50, 80, 90, 91, 20))) / 100
        return Fraction(self.world.settle((self.path, "rate"), (0, 100, 50, 80, 90, 91, 20, 99))) / 100

    def full_week(self, said: Fraction | None) -> Fraction:
        return said if said is not None else self.world.settle(("hours of a full week",), FULL_WEEKS)

    def full_time(self, full_week: Fraction | None) -> bool:
        """Whether it is full time: as said, or told by the working time."""
        if self.raw.get("full_time") is not None:
            return bool(self.raw["full_time"])
        if self.raw.get("rate") is not None:
            return self.rate(full_week) >= 1
        if self.raw.get("hours_per_week") is not None:
            return Fraction(str(self.raw["hours_per_week"])) >= self.full_week(full_week)
        return self.rate(full_week) >= 1 if self.source == "experience" else bool(self.unknown("full_time"))

    def weekly_hours(self, full_week: Fraction | None) -> Fraction:
        if self.raw.get("hours_per_week") is not None:
            return Fraction(str(self.raw["hours_per_week"]))
        return self.rate(full_week) * self.full_week(full_week)


class Lasting(Record):
    """A record with the first and the last day of all that it is a part of."""

    def __init__(self, record: Record, first: int, last: int) -> None:
        super().__init__(record.source, record.path, record.raw, record.world)
        self._first, self._last = first, last

    def first(self) -> int:
        return self._first

    def last(self) -> int:
        return self._last
