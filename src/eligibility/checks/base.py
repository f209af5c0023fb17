"""What a check of meaning is given, and how it walks through the criteria of a rule file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from eligibility.application_period import day_there
from eligibility.dates import Days
from eligibility.deciding.case import Case, vague_names
from eligibility.deciding.session import Session
from eligibility.explaining import ONE
from eligibility.facts import ProfileFacts
from eligibility.language.groups import GROUPS, JOINING
from eligibility.language.keys import TOLD
from eligibility.language.kinds import RECORD_KINDS
from eligibility.profile import Profile
from eligibility.question.by_choice import is_by_choice
from eligibility.reading.criteria import RuleContext
from eligibility.reading.days import parse_moment
from eligibility.reading.reader import Context, Path, Problem
from eligibility.reading.tables import read_tables
from eligibility.reference import Reference
from eligibility.vacancy import Vacancy

BESIDE = ("when", "unless", "derogation")


class Rule:
    """One rule file that can be read: its model, the reference data, the moment of the check (for what has expired), and the text of
    its notice where there is one beside it. What several checks ask for is found once."""

    def __init__(self, vacancy: Vacancy, reference: Reference, when: date | datetime, notice_text: str | None = None) -> None:
        self.vacancy = vacancy
        self.reference = reference
        self.when = when
        self.notice_text = notice_text

    @cached_property
    def criteria(self) -> tuple[Place, ...]:
        """Every question as written: conditions and criteria, and those inside groups, exceptions, windows, credits and limits that move.
        What is inside is asked on the day of what it serves, and of the same records where it does not say of which."""
        return tuple(
            place
            for key in ("conditions", "criteria")
            for index, raw in enumerate(getattr(self.vacancy, key))
            for place in _within(raw, (key, index), 0)
        )

    @cached_property
    def context(self) -> Context:
        """What parts of a criterion may refer to, for reading one of them again by itself."""
        choices = {name: tuple(one.options) if one.options else None for name, one in self.vacancy.choices.items()}
        context = RuleContext(self.reference, dates=self.vacancy.dates, choices=choices, lists=self.vacancy.lists)
        read_tables(self.vacancy.tables, [], context)
        return context

    @cached_property
    def case(self) -> Case:
        """The days of the vacancy with nobody standing before it: for moments and windows that rest on no record."""
        dates = {name: day.days for name, day in self.vacancy.dates.items() if day.days is not None}
        today = day_there(self.when, self.vacancy.time_zone(self.reference))
        nobody = ProfileFacts(Profile(), self.reference)
        return Case(nobody, Session(self.reference), today, dates, vague_names(dates), by=ONE)

    def day_of(self, raw: Any) -> Days | None:
        """The day or days that `as_of` (or another moment) stands for; None where only a candidate gives it."""
        moment = parse_moment(raw, (), self.context)
        return None if moment is None or moment.record is not None else ONE.resolve(moment, self.case)[0]

    def counted_on(self, criterion: Mapping[str, Any]) -> Days | None:
        """The day or days a criterion of the file is counted on, where the rule file tells: its own, else the default."""
        if "as_of" not in criterion:
            return self._usual_day
        return self._counted(criterion["as_of"])

    @cached_property
    def _usual_day(self) -> Days | None:
        """The day on which the vacancy counts what says nothing of it."""
        raw: Any = self.vacancy.as_of
        if raw is None:
            raw = "deadline" if "deadline" in self.vacancy.dates else "application"
        return self._counted(raw)

    def _counted(self, raw: Any) -> Days | None:
        return self.day_of({key: value for key, value in raw.items() if key != "assumed"} if isinstance(raw, dict) else raw)


class Place(NamedTuple):
    """A criterion as written, its path, and in how many groups it stands."""

    raw: Mapping[str, Any]
    path: Path
    depth: int


MOST_COMPARED = 150
"""Criteria compared pair by pair. No notice has as many; a file made to take an hour has more."""


def leaves(raw: Any) -> int:
    """How many criteria stand in a criterion: itself, or those of its groups."""
    if not isinstance(raw, dict):
        return 1
    groups = [members for key in JOINING if isinstance(members := raw.get(key), list)]
    return sum(leaves(member) for members in groups for member in members) or 1


def criteria_of(vacancy: Vacancy) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The criteria that are counted by themselves, each with its path."""
    for index, raw in enumerate(vacancy.criteria):
        yield ("criteria", index), raw


_OF_THE_SAME = ("of_which", "limits", "also", "among_them")
"""The keys that hold questions about the records of the one they stand in."""


def _within(raw: Any, path: Path, depth: int) -> Iterator[Place]:
    if not isinstance(raw, dict):
        return
    yield Place(raw, path, depth)
    for key, value in raw.items():
        if key in JOINING and isinstance(value, list):
            for index, member in enumerate(value):
                yield from _within(member, (*path, key, index), depth + 1)
        elif key not in (*TOLD, "readings"):  # a reading is looked at with what it leaves as it is
            yield from _below(value, (*path, key), depth, raw, key)


def _below(value: Any, path: Path, depth: int, around: Mapping[str, Any], key: str) -> Iterator[Place]:
    """The questions inside a value of a criterion, `around` it."""
    if isinstance(value, list):
        for index, one in enumerate(value):
            yield from _below(one, (*path, index), depth, around, key)
    elif isinstance(value, dict):
        if key in _OF_THE_SAME and "kind" not in value and "kind" in around:
            value = {"kind": around["kind"], **value}
        if "kind" in value or not set(GROUPS).isdisjoint(value):
            yield from _within({**{one: around[one] for one in ("as_of",) if one in around}, **value}, path, depth)
        else:
            for name, one in value.items():
                yield from _below(one, (*path, name), depth, around, name)


__all__ = ["BESIDE", "MOST_COMPARED", "Path", "Place", "Problem", "Rule", "criteria_of", "leaves"]


class FilterUsed(NamedTuple):
    """A filter of a question about records: its key, its form (`names:schools`), its value and where that stands; `out` where what it
    names must not be there, under a maximum or in `none_of`."""

    key: str
    form: str
    value: Any
    path: Path
    out: bool


def filters_of(rule: Rule) -> Iterator[FilterUsed]:
    """Every filter of the criteria and conditions, in windows, exceptions and credits as well."""
    for key in ("conditions", "criteria"):
        for index, raw in enumerate(getattr(rule.vacancy, key)):
            yield from _filters_in(raw, (key, index), None, False)


_MOST = frozenset({"at_most", "less_than"})


def _filters_in(raw: Any, path: Path, kind: str | None, out: bool) -> Iterator[FilterUsed]:
    if isinstance(raw, list):
        for index, one in enumerate(raw):
            yield from _filters_in(one, (*path, index), kind, out)
    if not isinstance(raw, dict):
        return
    kind = raw.get("kind", kind)
    filters = RECORD_KINDS[kind].filters if isinstance(kind, str) and kind in RECORD_KINDS else {}
    out = out or not _MOST.isdisjoint(raw)
    for key, value in raw.items():
        if key in filters:
            for at, one in _each_option(value, (*path, key)):
                yield FilterUsed(key, filters[key], one, at, out)
        if key == "also":  # the most that counts of a credit keeps nobody out
            inner = [{name: one for name, one in entry.items() if name not in _MOST} if isinstance(entry, dict) else entry
                     for entry in value] if isinstance(value, list) else value  # fmt: skip
            yield from _filters_in(inner, (*path, key), kind, out)
        else:
            yield from _filters_in(value, (*path, key), kind, out or key == "none_of")


def _each_option(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """A value, or those of each option of the choice that it depends on."""
    values = value.get("values") if is_by_choice(value) else None
    if not isinstance(values, dict):
        yield path, value
        return
    for option, one in values.items():
        yield from _each_option(one, (*path, "values", option))
