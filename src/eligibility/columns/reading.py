"""What each distinct value of a table means, read once as the profile of one person is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from math import isfinite
from typing import Any, get_args

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BaseModel

from eligibility.batch.cells import BadCell, plain
from eligibility.columns.rows import values_of
from eligibility.dates import FOREVER, LONG_AGO, Days
from eligibility.loading.models import read_profile
from eligibility.profile import SOURCES, Profile
from eligibility.reference import Reference

Array = npt.NDArray[Any]

UNSAID, UNREADABLE = -1, -2
"""In the place of the number of a value: there is none, or one that its reader refuses."""
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOST_KNOWN = 500_000
"""So many distinct values are remembered at most, before all are forgotten."""


Value = tuple[Any, Any]
"""A value as it was read and, where it was read as another, what was written."""
ReadAll = Callable[[Sequence[Any]], list[Value | None]]
"""Reads some distinct values as a profile's are read; None where one is refused, or told of."""


class Words:
    """The distinct values of one attribute, each with a number and read once."""

    def __init__(self, read: ReadAll) -> None:
        self._read = read
        self._numbers: dict[Any, int] = {None: UNSAID}
        self.values: list[Any] = []
        self.written: list[Any] = []
        """What the file says where it was read as something else; else None."""
        self.rewritten = False
        self._days = np.array([(LONG_AGO, FOREVER)], np.int64)
        self._seen: dict[pa.DataType, tuple[pa.Array, Array]] = {}
        self._members, self._member = np.empty((0, 3), np.int64), dict[str, int]()
        self._parts: Words | None = None
        self.packed: dict[int, int] = {}
        """Of a list of few words, each by its number among the parts, the number of the list."""

    def numbers(self, raw: Sequence[Any]) -> list[int]:
        """The numbers of some values as the table has them."""
        keys = [(bool, one) if type(one) is bool else one for one in raw]  # Python takes True and 1 for the same
        new = {key: one for key, one in zip(keys, raw, strict=True) if key not in self._numbers}
        for key, found in zip(new, self._read(list(new.values())) if new else (), strict=True):
            if found is None:
                self._numbers[key] = UNREADABLE
                continue
            self._numbers[key] = len(self.values)
            self.values.append(found[0])
            self.written.append(found[1])
            self.rewritten = self.rewritten or found[1] is not None
        return [self._numbers[key] for key in keys]

    def coded(self, distinct: pa.Array) -> Array:
        """The numbers of distinct values of a table; those of texts that have been seen are looked up by Arrow."""
        if not pa.types.is_string(distinct.type):
            return np.array(self.numbers(values_of(distinct)), np.int64)
        seen, known = self._seen.get(distinct.type, (distinct.slice(0, 0), np.zeros(0, np.int64)))
        place = pc.fill_null(pc.index_in(distinct, value_set=seen), -1).to_numpy(zero_copy_only=False)
        new = place < 0
        if new.any():
            more = distinct.filter(pa.array(new))
            known = np.concatenate([known, np.array(self.numbers(values_of(more)), np.int64)])
            place = np.where(new, len(seen) - 1 + np.cumsum(new), place)
            self._seen[distinct.type] = pa.concat_arrays([seen, more]), known
        found: Array = known[place]
        return found

    @property
    def parts(self) -> Words:
        """The words of values that are lists of words, as they are written."""
        if self._parts is None:
            self._parts = Words(lambda values: [(one, None) for one in values])
        return self._parts

    def members(self) -> tuple[Array, list[str]]:
        """Of each value that is a short list of words, read as they are written, the numbers of its words (else -1); and these words."""
        there = len(self._members)
        if there < len(self.values):
            new = np.full((len(self.values) - there, 3), -1, np.int64)
            for at, value in enumerate(self.values[there:]):
                if isinstance(value, tuple) and 0 < len(value) <= 3 and self.written[there + at] is None:
                    new[at, : len(value)] = [self._member.setdefault(word, len(self._member)) for word in value]
            self._members = np.concatenate([self._members, new])
        return self._members, list(self._member)

    @property
    def days(self) -> Array:
        """The first and the last day of each value that is a date; of no value (-1), and of one that is no date, nothing to rely on."""
        there = len(self._days) - 1
        if there < len(self.values):
            self._days = np.concatenate([self._days[:-1], np.array(self.values[there:], np.int64), self._days[-1:]])
        return self._days


class Reading:
    """The values that have been seen, by attribute: what is kept from one batch to the next."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self._words: dict[tuple[str, str], Words] = {}
        self._dates: dict[bool, Words] = {}
        self._last: dict[tuple[str, str], tuple[pa.Array, Array]] = {}
        self.derived: dict[str, tuple[dict[Any, int], list[Any]]] = {}
        """Of an attribute of degrees, the number of what it comes to for the numbers of what is said, and what these stand for."""
        self.employers: dict[Hashable, tuple[Array, Array]] = {}
        """By the names that a notice gives, pairs of names of employers, each packed into a number, in order, and what they are of."""

    def words(self, source: str, attribute: str) -> Words:
        """The values of one attribute of a source; the same dates are the same everywhere."""
        key = source, attribute
        known = self._words.get(key)
        if known is None:
            if attribute in DATES.get(source, ()):
                read = self._reader(*(("degrees", "awarded") if attribute == "birth_date" else key))
                ends = read(["ongoing"]) != [None]
                if ends not in self._dates:
                    self._dates[ends] = Words(_days_first(read))
                known = self._dates[ends]
            elif attribute == "works_in":
                known = self.words(source, "place")
            else:
                known = Words(self._reader(source, attribute))
            self._words[key] = known
        return known

    def coded(self, source: str, attribute: str, distinct: pa.Array) -> Array:
        """The numbers of the distinct values of a column; pieces of a batch have the same ones."""
        last = self._last.get((source, attribute))
        if last is None or not distinct.equals(last[0]):
            last = self._last[source, attribute] = distinct, self.words(source, attribute).coded(distinct)
        return last[1]

    @property
    def full(self) -> bool:
        """Whether so many different values have been seen that it is time to forget them."""
        return sum(len(one.values) for one in self._words.values()) > _MOST_KNOWN

    def _reader(self, source: str, attribute: str) -> ReadAll:
        """What reads the values of an attribute as they are read in a profile, each in a record of its own."""
        key = KEYS[source][attribute]
        if source in ("domicile", "availability"):
            return lambda values: [self._read_one(source, key, attribute, plainly(one)) for one in values]

        def read(values: Sequence[Any]) -> list[Value | None]:
            found: list[Value | None] = [None] * len(values)
            left = {place: value for place, one in enumerate(values) if (value := plainly(one)) is not None}
            while left:
                profile, problems = read_profile({source: [{key: value} for value in left.values()]}, self.reference)
                if not problems and profile is not None:
                    written = profile.written or {}
                    for index, (place, record) in enumerate(zip(left, getattr(profile, source), strict=True)):
                        value = getattr(record, attribute)
                        if value is not None:
                            found[place] = value, written.get(f"{source}[{index}]", {}).get(key)
                    break
                places = list(left)
                for index in {int(one.path[1]) for one in problems}:  # refused, or told of: the others are read again
                    left.pop(places[index])
            return found

        return read

    def _read_one(self, source: str, key: str, attribute: str, value: Any) -> Value | None:
        """The same of what is no list."""
        if value is None:
            return None
        profile, problems = read_profile({key: value} if source == "domicile" else {source: {key: value}}, self.reference)
        if profile is None or problems:
            return None
        return (profile.domicile if source == "domicile" else getattr(profile.availability, attribute)), None


def _days_first(read: ReadAll) -> ReadAll:
    """Reads dates: a plain ISO day by the calendar, without a profile around it; all else in a profile."""

    def reads(values: Sequence[Any]) -> list[Value | None]:
        days = [_plain_day(one) for one in values]
        others = iter(read([one for one, day in zip(values, days, strict=True) if day is None]))
        return [next(others) if day is None else (day, None) for day in days]

    return reads


def _plain_day(raw: Any) -> Days | None:
    if not (isinstance(raw, str) and _ISO_DAY.fullmatch(raw)):
        return None
    try:
        day = date.fromisoformat(raw).toordinal()
    except ValueError:
        return None
    return Days(day, day)


def plainly(raw: Any) -> Any:
    """A value of a table as a profile would have it; None where it has none."""
    if isinstance(raw, str):
        try:
            return plain(raw)
        except BadCell:
            return None
    if isinstance(raw, tuple):
        inner = [plainly(one) for one in raw]
        return None if None in inner else inner
    if isinstance(raw, float):
        return int(raw) if raw.is_integer() else raw if isfinite(raw) else None
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.tzinfo is None and raw.time() == time() else None
    return raw.isoformat() if isinstance(raw, date) else raw if isinstance(raw, bool | int) else None


def _records(name: str) -> type[BaseModel]:
    """The model of the records of a list of the profile."""

    def models(annotation: Any) -> Iterator[type[BaseModel]]:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield annotation
        for part in get_args(annotation):
            yield from models(part)

    return next(models(Profile.model_fields[name].annotation))


MODELS = {name: _records(name) for name in SOURCES if name != "domicile"}
KEYS: Mapping[str, Mapping[str, str]] = {
    name: {attribute: field.alias or attribute for attribute, field in model.model_fields.items()} for name, model in MODELS.items()
} | {"domicile": {"place": "domicile"}}  # fmt: skip
"""The key in a profile of each attribute of the records of a source."""
DATES: Mapping[str, frozenset[str]] = {
    name: frozenset(keys) & {"start", "end", "awarded", "defended", "expected_end"} for name, keys in KEYS.items()
} | {"": frozenset({"birth_date"})}  # fmt: skip
