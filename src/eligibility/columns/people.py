"""People as columns: the records of everybody in flat arrays, each value by its number.

Whoever these columns cannot hold, because a value cannot be read or has no column here, is `strange`, and decided alone.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from math import inf
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from eligibility.columns.reading import KEYS, MODELS, UNREADABLE, UNSAID, Array, Reading, Words
from eligibility.columns.rows import values_of
from eligibility.dates import FOREVER, LONG_AGO, Days
from eligibility.deciding.absences import LOST_AT
from eligibility.facts import ProfileFacts, Row, rate_of, read_degree
from eligibility.profile import SOURCES

_PACKED = 20
"""Bits of the number of a word where several are packed into one."""


class Ends(NamedTuple):
    """The first and the last day that one end of each record may be."""

    first: Array
    last: Array


class Rows:
    """The records of one source of everybody, in the order of their persons; or those of some people (`of`: whose, and which of them)."""

    def __init__(
        self, source: str, said: Array, lengths: Array, codes: Mapping[str, Array], reading: Reading, of: tuple[Rows, Array] | None = None
    ) -> None:  # fmt: skip
        self.source = SOURCES[source]
        self.reading = reading
        self.said = said
        """Whether the profile has the list at all."""
        self.lengths = lengths
        self.offsets: Array = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        self.owner: Array = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
        self.attributes: frozenset[str] = frozenset(codes) if of is None else of[0].attributes
        """Those that the table has."""
        self._codes = dict(codes)
        self._of = of
        self._ends: tuple[Ends, Ends] | None = None
        self._rates: tuple[Array, Array, Array] | None = None
        self._derived: dict[str, tuple[Array, list[Any]]] = {}

    def __len__(self) -> int:
        return len(self.owner)

    def take(self, people: Array) -> tuple[Rows, Array]:
        """The records of some people, as often as each is named, and where each record stands in this list."""
        lengths = self.lengths[people]
        starts = self.offsets[:-1][people]
        index = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths - starts, lengths)
        return Rows(self.source.name, self.said[people], lengths, {}, self.reading, (self, index)), index

    def joined(self, flags: Array) -> Array:
        """The bits that any record of each person has."""
        found = np.zeros(len(self.lengths), np.uint16)
        if len(flags):
            some = np.flatnonzero(self.lengths)
            found[some] = np.bitwise_or.reduceat(flags, self.offsets[some])
        return found

    def may_be_long(self) -> Array:
        """The people whose records of a stay away may come to half a year, all together."""
        days = np.maximum(self.end.last - self.start.first - 1, 0)
        return np.bincount(self.owner, days, minlength=len(self.lengths)) >= LOST_AT

    def values(self, attribute: str) -> tuple[Array, list[Any], list[Any] | None]:
        """The numbers of an attribute as the rules see it, what they stand for, and what was written."""
        if self.source.name == "degrees" and attribute in ("level", "gives_access_to", "years"):
            return (*self._degree(attribute), None)
        if (
            attribute == "works_in" and "place" in self.attributes and self.source.working_time
        ):  # one works where the employer is, unless it is said otherwise
            own, place = self._plain(attribute), self._plain("place")
            return np.where(own == UNSAID, place, own), self.reading.words(self.source.name, "place").values, None
        if attribute not in self.attributes:
            return self._plain(attribute), [], None
        words = self.reading.words(self.source.name, attribute)
        return self._plain(attribute), words.values, words.written

    def days(self, attribute: str) -> Ends:
        """The days that a date of each record may be; of one that does not say it, any."""
        if attribute not in self.attributes:
            return Ends(np.full(len(self), LONG_AGO), np.full(len(self), FOREVER))
        found = self.reading.words(self.source.name, attribute).days[self._plain(attribute)]
        return Ends(found[:, 0], found[:, 1])

    def says(self, attribute: str) -> Array:
        found: Array = self._plain(attribute) != UNSAID
        return found

    def _plain(self, attribute: str) -> Array:
        """By record, the number of the value of an attribute."""
        codes = self._codes.get(attribute)
        if codes is None:
            if self._of is None or attribute not in self.attributes:
                codes = np.full(len(self), UNSAID, np.int64)
            else:
                codes = self._of[0]._plain(attribute)[self._of[1]]
            self._codes[attribute] = codes
        return codes

    def _degree(self, attribute: str) -> tuple[Array, list[Any]]:
        """What a title means where it is awarded, worked out for each distinct degree."""
        if self._of is not None:
            codes, known_there = self._of[0]._degree(attribute)
            return codes[self._of[1]], known_there
        if attribute not in self._derived:
            asked: tuple[str, ...] = ("title", "place", "level", "gives_access_to", "years")
            if not self.says("title").any():
                asked = (attribute,)
            columns = [self._plain(one) for one in asked]
            known = [self.reading.words("degrees", one).values for one in asked]
            numbers, distinct = distinct_of(columns)
            seen, values = self.reading.derived.setdefault(attribute, ({}, []))
            for combination in distinct:
                if (asked, combination) in seen:
                    continue
                said = {one: words[code] for one, words, code in zip(asked, known, combination, strict=True) if code != UNSAID}
                row = Row(self.source, "", said)
                read_degree(row, self.reading.reference)
                seen[asked, combination] = len(values) if attribute in row.values else UNSAID
                if attribute in row.values:
                    values.append(row.values[attribute])
            table = np.array([seen[asked, combination] for combination in distinct], np.int64)
            self._derived[attribute] = table[numbers], values
        return self._derived[attribute]

    @property
    def start(self) -> Ends:
        return self._both()[0]

    @property
    def end(self) -> Ends:
        return self._both()[1]

    def _both(self) -> tuple[Ends, Ends]:
        """The first and the last day of each record, as `Row` has them."""
        if self._ends is None and self._of is not None:
            whole, index = self._of
            self._ends = Ends(*(one[index] for one in whole.start)), Ends(*(one[index] for one in whole.end))
        if self._ends is None:
            source = self.source
            start_said, end_said = self.says("start"), self.says("start" if source.momentary else "end")
            start, end, expected = (
                self.days("start"),
                self.days("start" if source.momentary else "end"),
                self.days("expected_end") if "expected_end" in self.attributes else None,
            )
            last = np.full(len(self), LONG_AGO) if source.open_start else np.where(end_said, end.last, FOREVER)
            first, start_last = np.where(start_said, start.first, LONG_AGO), np.where(start_said, start.last, last)
            end_first = np.where(end_said, end.first, FOREVER if source.open_end else np.maximum(first, LONG_AGO))
            end_last = np.where(end_said, end.last, FOREVER)
            if expected is not None:
                goes_on = self.says("expected_end") & end_said & (end.first == FOREVER)
                end_first = np.where(goes_on, np.maximum(first, expected.first), end_first)
            start_last = np.where((start_last > end_last) & (end_last >= first), end_last, start_last)
            end_first = np.where((end_first < first) & (first <= end_last), first, end_first)
            self._ends = Ends(first, start_last), Ends(end_first, end_last)
        return self._ends

    def rates(self) -> tuple[Array, Array, Array]:
        """Working time in whole percent, at least and at most, and whether it is anything but whole percent."""
        if self._rates is None and self._of is not None:
            whole, index = self._of
            low, high, odd = whole.rates()
            self._rates = low[index], high[index], odd[index]
        if self._rates is None:
            self._rates = self._working_time()
        return self._rates

    def _working_time(self) -> tuple[Array, Array, Array]:
        if not self.source.working_time:
            full = np.full(len(self), 100)
            return full, full, np.zeros(len(self), bool)
        asked = [one for one in ("rate", "full_time", "hours_per_week") if one in self.attributes]
        if not asked:
            return np.zeros(len(self), np.int64), np.full(len(self), 100), np.zeros(len(self), bool)
        known = [self.reading.words("experience", one).values for one in asked]
        numbers, distinct = distinct_of([self._plain(one) for one in asked])
        found = [
            rate_of({one: words[code] for one, words, code in zip(asked, known, combination, strict=True) if code != UNSAID})
            for combination in distinct
        ]  # fmt: skip
        odd = np.array([not all(isinstance(one, int) for one in rate) for rate in found], bool)
        low, high = (np.array([int(rate[side]) for rate in found], np.int64) for side in (0, 1))
        return low[numbers], high[numbers], odd[numbers]

    def copies(self) -> Array:
        """The people two of whose records may be equal in every key."""
        alike = np.zeros(len(self.lengths), bool)
        if self.source.name == "children" or len(self) < 2:
            return alike
        mixed = np.zeros(len(self), np.uint64)
        for codes in self._codes.values():
            mixed = mixed * np.uint64(1_000_003) + (codes + 3).astype(np.uint64)
        for apart in range(1, int(self.lengths.max(initial=0))):
            same = (self.owner[apart:] == self.owner[:-apart]) & (mixed[apart:] == mixed[:-apart])
            alike[self.owner[apart:][same]] = True
        return alike

    def record(self, index: int) -> SimpleNamespace:
        """One record as a model has it."""
        said = {
            name: self.reading.words(self.source.name, name).values[code]
            for name in self.attributes if (code := int(self._plain(name)[index])) != UNSAID
        }  # fmt: skip
        return SimpleNamespace(**said)

    @property
    def rewritten(self) -> bool:
        """Whether some value may have been written in other words."""
        return any(self.reading.words(self.source.name, name).rewritten for name in self.attributes)

    def written(self, index: int) -> dict[str, Any]:
        """What one record says in other words, by key."""
        found = {}
        for name in self.attributes:
            words = self.reading.words(self.source.name, name).written
            if (code := int(self._plain(name)[index])) != UNSAID and words[code] is not None:
                found[KEYS[self.source.name][name]] = words[code]
        return found


def distinct_of(columns: Sequence[Array]) -> tuple[Array, list[tuple[int, ...]]]:
    """For each place, which of the distinct combinations of values stands there; and these."""
    first, *others = columns
    if len(first) == 0:
        return np.zeros(0, np.int64), []
    numbers, keys = _numbered(first)
    found: list[tuple[int, ...]] = [(int(key),) for key in keys]
    for column in others:
        inner, known = _numbered(column)
        if len(known) == 1:  # the same of everybody: most tables do not have most attributes
            found = [(*one, int(known[0])) for one in found]
            continue
        numbers, keys = _numbered(numbers * len(known) + inner)
        found = [(*found[key // len(known)], int(known[key % len(known)])) for key in keys.tolist()]
    return numbers, found


def _numbered(values: Array) -> tuple[Array, Array]:
    """The place of each value among the distinct ones, and these in order."""
    low, high = int(values.min()), int(values.max())
    if low == high:
        return np.zeros(len(values), np.int64), np.array([low])
    if high - low <= 4 * len(values) + 1000:  # no sorting where a table of all there may be is small
        there = np.zeros(high - low + 1, bool)
        there[values - low] = True
        place = np.cumsum(there) - 1
        return place[values - low], np.flatnonzero(there) + low
    order = np.argsort(values, kind="stable")
    ranked = values[order]
    new = np.concatenate([[True], ranked[1:] != ranked[:-1]])
    numbers = np.empty(len(values), np.int64)
    numbers[order] = np.cumsum(new) - 1
    return numbers, ranked[new]


def heads(ranked: Array) -> Array:
    """Where another value begins among values that are in order."""
    new = np.ones(len(ranked), bool)
    new[1:] = ranked[1:] != ranked[:-1]
    return new


def once_each(values: Array) -> Array:
    """The distinct values, in order."""
    ranked = np.sort(values)
    return ranked[heads(ranked)]


class Kept(dict[Any, Any]):
    """What was worked out last, so many things at most."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def get(self, key: Any, default: Any = None) -> Any:
        """What is known; it is the last to be forgotten."""
        if key not in self:
            return default
        self[key] = found = self.pop(key)
        return found

    def keep(self, key: Any, found: Any) -> Any:
        """Remember something, and forget what has not been asked for longest."""
        if len(self) >= self._most:
            del self[next(iter(self))]
        self[key] = found
        return found


class People:
    """Some people, by what their profiles say."""

    def __init__(self, batch: pa.RecordBatch, reading: Reading) -> None:
        self.count = batch.num_rows
        self.reading = reading
        self.strange: Array = np.zeros(self.count, bool)
        """The people whom these columns do not hold: to be decided alone."""
        self.birth = np.full(self.count, UNSAID, np.int64)
        self.declared: dict[str, tuple[list[bool | float], Array]] = {}
        """By fact: what is stated of it, and which of that by whom; -1 of who says nothing."""
        self._rows: dict[str, Rows] = {}
        self.answers: Kept = Kept(200)
        """What has been asked of everybody, by what was asked."""
        self.placed: Kept = Kept(40)
        """What the own days of everybody's records say, by source and day."""
        self.matched: Kept = Kept(300)
        """How everybody's records meet the filters that no day changes, by what the filter says."""
        self.told: dict[str, Array] = {}
        """By source, what there is of it, as bits."""
        self.employers: dict[Hashable, Any] = {}
        """Who has two names of employers that may be of one, by source and the names that a notice gives."""
        self._unlisted: dict[str, Array] = {}
        self._alone: dict[int, ProfileFacts] = {}
        self.rewritten: list[tuple[str, Rows]] = []
        """The lists in which some words of the file may have been read as others."""
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            if name in ("id", "name"):
                self.strange |= _there(column) & ~_is_plain_text(column)
            elif name == "birth_date":
                self.birth = self._coded("", name, column, np.arange(self.count))
            elif name == "domicile":
                said, codes = _there(column), self._coded("domicile", "place", column, np.arange(self.count))
                self._rows[name] = Rows(name, said, said.astype(np.int64), {"place": codes[said]}, reading)
            elif name in MODELS:
                self._rows[name] = self._listed(name, column)
            elif name == "facts" and pa.types.is_struct(column.type):
                self._facts(column)
            elif name == "incomplete" and pa.types.is_list(column.type):
                self._incomplete(column)
            else:
                self.strange |= _there(column)
        for name, rows in self._rows.items():
            if rows.rewritten:
                self.rewritten.append((name, rows))
            self.strange |= rows.copies()  # who has the same entry twice is told so

    def rows(self, source: str) -> Rows:
        """The records of a source; nobody says any where the table has no such column."""
        if source not in self._rows:
            nobody = np.zeros(self.count, bool)
            self._rows[source] = Rows(source, nobody, nobody.astype(np.int64), {}, self.reading)
        return self._rows[source]

    def complete(self, source: str) -> Array:
        """Whose list of a source holds everything there is."""
        unlisted = self._unlisted.get(source)
        return np.ones(self.count, bool) if unlisted is None else ~unlisted

    def facts(self, person: int) -> ProfileFacts:
        """One of them, as one person is asked about; made of the same values."""
        known = self._alone.get(person)
        if known is None:
            told = _Told(self, person)
            known = self._alone[person] = ProfileFacts(told, self.reading.reference, "", told.written)  # type: ignore[arg-type]  # it has what is asked of a person
        return known

    def forget(self) -> None:
        """Let go of those who were asked alone, who hold on to everybody."""
        self._alone.clear()

    def _coded(self, source: str, attribute: str, column: pa.Array, owner: Array) -> Array:
        """The numbers of a column; whoever has a value that cannot be read is strange."""
        words = self.reading.words(source, attribute)
        kind = column.type
        if pa.types.is_list(kind) or pa.types.is_large_list(kind):
            codes = _coded_lists(column, words)
        elif pa.types.is_nested(kind) and not pa.types.is_dictionary(kind):
            codes = np.where(_there(column), UNREADABLE, UNSAID)
        else:
            codes = _coded_values(column, lambda distinct: self.reading.coded(source, attribute, distinct))
        return self._readable(codes, owner)

    def _readable(self, codes: Array, owner: Array) -> Array:
        refused = codes == UNREADABLE
        if refused.any():
            self.strange[owner[refused]] = True
            codes = np.where(refused, UNSAID, codes)
        return codes

    def _listed(self, name: str, column: pa.Array) -> Rows:
        """The records of a list, or of what is one record."""
        said = _there(column)
        kind = column.type
        if name == "availability":
            lengths, values = said.astype(np.int64), column.filter(pa.array(said))
        elif pa.types.is_list(kind) or pa.types.is_large_list(kind):
            lengths, values = (
                pc.fill_null(pc.list_value_length(column), 0).to_numpy(zero_copy_only=False).astype(np.int64),
                column.flatten(),
            )
        else:
            self.strange |= said
            return Rows(name, np.zeros(self.count, bool), np.zeros(self.count, np.int64), {}, self.reading)
        owner = np.repeat(np.arange(self.count), lengths)
        codes: dict[str, Array] = {}
        if name == "citizenships" and not pa.types.is_struct(values.type):
            codes["country"] = self._coded(name, "country", values, owner)
            self.strange[owner[codes["country"] == UNSAID]] = True
        elif pa.types.is_struct(values.type):
            self.strange[owner[~_there(values)]] = True
            attributes = {key: attribute for attribute, key in KEYS[name].items()}
            for index, inner in enumerate(values.flatten()):
                key = values.type.field(index).name
                if key in attributes:
                    codes[attributes[key]] = self._coded(name, attributes[key], inner, owner)
                else:
                    self.strange[owner[_there(inner)]] = True
        else:
            self.strange[owner] = True
        rows = Rows(name, said, lengths, codes, self.reading)
        if name == "leaves" and "child" in codes:  # who does not list that child is told so
            self.strange[owner[rows.says("child")]] = True
        if "start" in codes and "end" in codes:
            both = rows.says("start") & rows.says("end")
            self.strange[owner[both & (rows.days("end").last < rows.days("start").first)]] = True  # it ends before it begins
        return rows

    def _facts(self, column: pa.Array) -> None:
        for index, inner in enumerate(column.flatten()):
            if pa.types.is_boolean(inner.type) or pa.types.is_integer(inner.type) or pa.types.is_floating(inner.type):
                coded = inner.dictionary_encode()
                codes = pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False)
                values = coded.dictionary.to_pylist()
                self.declared[column.type.field(index).name] = values, codes
                truth = not pa.types.is_boolean(inner.type) and column.type.field(index).name in self.reading.reference.vocabulary("facts")
                cannot_be = [truth or not 0 <= value < inf for value in values]
                self.strange |= np.array([*cannot_be, False])[codes]
            else:
                self.strange |= _there(inner)

    def _incomplete(self, column: pa.Array) -> None:
        lengths = pc.fill_null(pc.list_value_length(column), 0).to_numpy(zero_copy_only=False)
        owner = np.repeat(np.arange(self.count), lengths)
        names: list[str] = []
        codes = self._readable(
            _coded_values(column.flatten(), lambda values: np.array([_place_in(names, one) for one in values_of(values)], np.int64)), owner
        )
        self.strange[owner[codes == UNSAID]] = True
        for index, name in enumerate(names):
            self._unlisted[name] = np.zeros(self.count, bool)
            self._unlisted[name][owner[codes == index]] = True


def _place_in(names: list[str], raw: Any) -> int:
    if not isinstance(raw, str):
        return UNREADABLE
    if raw not in names:
        names.append(raw)
    return names.index(raw)


class _Told:
    """A person as the model has one: its records are looked up when they are asked for."""

    def __init__(self, people: People, person: int) -> None:
        self._people, self._person = people, person
        code = people.birth[person]
        self.birth_date: Days | None = None if code == UNSAID else people.reading.words("", "birth_date").values[code]
        self.incomplete = tuple(name for name, unlisted in people._unlisted.items() if unlisted[person])
        self.facts = {fact: values[codes[person]] for fact, (values, codes) in people.declared.items() if codes[person] >= 0}
        self.written = {
            f"{name}[{index}]": words
            for name, rows in people.rewritten
            for index, at in enumerate(self._places(rows)) if (words := rows.written(at))
        }  # fmt: skip

    def _places(self, rows: Rows) -> range:
        begin = int(rows.offsets[self._person])
        return range(begin, begin + int(rows.lengths[self._person]))

    def __getattr__(self, name: str) -> Any:
        if name not in SOURCES:
            raise AttributeError(name)
        rows = self._people.rows(name)
        if not rows.said[self._person]:
            return None
        found = tuple(rows.record(index) for index in self._places(rows))
        if name == "domicile":
            return found[0].place
        return found[0] if name == "availability" else found


def _is_plain_text(column: pa.Array) -> Array:
    """Which values are short text as any file may hold it."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return np.zeros(len(column), bool)
    plain_ = pc.and_(pc.and_(pc.string_is_ascii(column), pc.utf8_is_printable(column)), pc.less(pc.utf8_length(column), 1000))
    found: Array = pc.fill_null(plain_, False).to_numpy(zero_copy_only=False)
    return found


def _there(column: pa.Array) -> Array:
    found: Array = column.is_valid().to_numpy(zero_copy_only=False)
    return found


def _coded_values(column: pa.Array, numbers: Callable[[pa.Array], Array]) -> Array:
    """The number of each value of a column: each distinct one is read once."""
    if not pa.types.is_dictionary(column.type):
        if pa.types.is_null(column.type):
            return np.full(len(column), UNSAID, np.int64)
        if not any(is_such(column.type) for is_such in _READ):
            return np.where(_there(column), UNREADABLE, UNSAID)
        column = column.dictionary_encode()
    table = np.append(numbers(column.dictionary), UNSAID)
    codes: Array = table[pc.fill_null(column.indices, -1).to_numpy(zero_copy_only=False)]
    return codes


_READ = (
    pa.types.is_string, pa.types.is_large_string, pa.types.is_boolean, pa.types.is_integer, pa.types.is_floating, pa.types.is_date,
    pa.types.is_timestamp,
)  # fmt: skip
"""The types of columns whose distinct values are read; people with a value of another type are read alone."""


def _coded_lists(column: pa.Array, words: Words) -> Array:
    """The number of each list of words, as of one value."""
    lengths = pc.fill_null(pc.list_value_length(column), 0).to_numpy(zero_copy_only=False).astype(np.int64)
    inner, parts = _coded_values(column.flatten(), words.parts.coded), words.parts.values
    starts = np.cumsum(lengths) - lengths
    packed = np.zeros(len(lengths), np.int64)
    for at in range(3):
        longer = np.flatnonzero(lengths > at)
        packed[longer] = packed[longer] << _PACKED | inner[starts[longer] + at] + 2
    long = np.flatnonzero((lengths > 3) | (len(parts) >= 1 << _PACKED - 1))
    packed[long] = -1 - np.arange(len(long))
    if not len(packed):
        return np.full(len(lengths), UNSAID, np.int64)
    numbers, keys = _numbered(packed)
    many = {-1 - at: tuple(parts[code] if code >= 0 else None for code in inner[starts[row] : starts[row] + lengths[row]])
            for at, row in enumerate(long)}  # fmt: skip
    new = [key for key in keys.tolist() if key >= 0 and key not in words.packed]
    words.packed.update(zip(new, words.numbers([_unpacked(key, parts) for key in new]), strict=True))
    table = np.array([words.numbers([many[key]])[0] if key < 0 else words.packed[key] for key in keys.tolist()], np.int64)
    codes = np.where(_there(column), table[numbers], UNSAID)
    codes[np.repeat(np.arange(len(lengths)), lengths)[inner == UNREADABLE]] = UNREADABLE
    return codes


def _unpacked(key: int, known: list[Any]) -> tuple[Any, ...]:
    found: list[Any] = []
    while key:
        code = (key & (1 << _PACKED) - 1) - 2
        found.insert(0, known[code] if code >= 0 else None)
        key >>= _PACKED
    return tuple(found)
