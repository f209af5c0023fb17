"""What is true of a candidate, before anybody decides anything.

`Facts` is the small interface between the rules and whoever answers them: one profile today (`ProfileFacts`), a table
of columns later. Facts are ranges (low, high); comparing them with a bound is the criteria's business.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple, Protocol, TypeVar

from eligibility.answer import Used
from eligibility.dates import FOREVER, LONG_AGO, ONGOING, Days
from eligibility.profile import SOURCES, Grade, Person, Profile, Relative, Source, Written
from eligibility.reference import Reference

_Made = TypeVar("_Made")


KEYS: Mapping[str, str] = {"place": "in", "start": "from", "end": "to"}
"""What the file calls an attribute, where the two differ."""


class Row:
    """One record of the profile, ready to be asked: its values, its place in the file, its first and last day.

    `memory` keeps what has been worked out of these values alone, so that the next vacancy need not do it again. `again` says that an
    earlier record is equal in every key: it may be the same one, written twice.
    """

    __slots__ = ("again", "end", "memory", "path", "rate", "source", "start", "values", "written")

    def __init__(self, source: Source, path: str, values: dict[str, Any]) -> None:
        self.source = source
        self.path = path
        self.values = values
        start, end = values.get("start"), values.get("end")
        if start is None:  # it cannot have begun after it ended
            start = Days(LONG_AGO, LONG_AGO) if source.open_start else Days(LONG_AGO, FOREVER if end is None else end.last)
        expected = values.get("expected_end")
        if source.momentary:
            end = start
        elif end is None:
            end = ONGOING if source.open_end else Days(max(start.first, LONG_AGO), FOREVER)
        elif end == ONGOING and expected is not None:  # it surely goes on until then, and nobody knows whether any longer
            end = Days(max(start.first, expected.first), FOREVER)
        if start.last > end.last >= start.first:  # of vague dates, each tells something of the other
            start = Days(start.first, end.last)
        if end.first < start.first <= end.last:
            end = Days(start.first, end.last)
        self.start: Days = start
        self.end: Days = end
        self.rate: tuple[Any, Any] = (100, 100)
        self.again = False
        self.memory: dict[Any, Any] = {}
        self.written: Mapping[str, Any] | None = None
        """The words of the file, by attribute, where they were read as others (`LL.M.` as a master's degree)."""

    @property
    def core(self) -> tuple[int, int]:
        """The days that surely belong to the record: latest start to earliest end."""
        return self.start[1], self.end[0]

    @property
    def hull(self) -> tuple[int, int]:
        """The days that possibly belong to the record: earliest start to latest end."""
        return self.start[0], self.end[1]

    @property
    def exact(self) -> bool:
        """Whether its days and its working time are exactly known."""
        start, end, rate = self.start, self.end, self.rate
        return start[0] == start[1] and end[0] == end[1] and rate[0] == rate[1]

    def date(self, attribute: str) -> Days | None:
        """A date of the record as far as it is known; its first and its last day also where one of them tells something of the other."""
        if attribute == "end":
            return self.end
        if attribute == "start" and not (self.source.open_start and "start" not in self.values):
            return self.start
        found: Days | None = self.values.get(attribute)
        return found

    def date_key(self, attribute: str) -> str:
        """The path of what would make a date exact."""
        ends_as_expected = attribute == "end" and "expected_end" in self.values and self.values.get("end") == ONGOING
        return self.key("expected_end" if ends_as_expected else attribute)

    def vague_dates(self) -> tuple[str, ...]:
        """The paths of the first and last day, where they are not exactly known."""
        ends = ((self.start, "start"), (self.end, "end"))
        return tuple([self.date_key(key) for days, key in ends if days[0] != days[1]])

    def lasting(self, start: Days, end: Days) -> Row:
        """The same with another first and last day."""
        return Row(self.source, self.path, {**self.values, "start": start, "end": end})

    @property
    def telling(self) -> str:
        """What would tell it from a record that is equal: of work, with whom; else the record itself."""
        return self.key("employer_name") if self.source.working_time else self.path

    def key(self, attribute: str) -> str:
        """The path of one attribute, in the words of the profile file."""
        if self.source.name == "domicile":
            return self.path
        if attribute == "relation":
            return f"{self.path.partition('].')[0]}].relation"
        if attribute == "start":
            return f"{self.path}.{self.source.start}"
        if attribute == "end":
            return f"{self.path}.{self.source.end}"
        if attribute == "works_in" and self.values.get(attribute) is not None and self.values[attribute] == self.values.get("place"):
            attribute = "place"  # where the employer is
        return f"{self.path}.{KEYS.get(attribute, attribute)}"

    def shown(self, dated: bool) -> list[Used]:
        """The facts an explanation quotes: its first and last day (`dated`), or what identifies the record."""
        known: list[Used] | None = self.memory.get(dated)
        if known is None:
            keys = ("start", "end") if dated else (self.source.identity,)
            facts = [Used(self.key(key), self.values[key]) for key in keys if key in self.values]
            known = self.memory[dated] = facts or [Used(self.path, None)]
        return known


class Facts(Protocol):
    """What a rule can ask about a candidate."""

    birth: Days | None

    def rows(self, source: str) -> Sequence[Row] | None:
        """The records of a source; None where the profile says nothing of it."""

    def complete(self, source: str) -> bool:
        """Whether a list that is present holds everything there is."""

    def listed(self, source: str) -> tuple[Sequence[Row] | None, bool, str]:
        """The records of a source, whether they are complete, and where they stand in the profile."""

    def turns(self, source: str) -> list[int]:
        """The days on which something begins or ends in a source."""

    def declared(self, fact: str) -> bool | float | None:
        """What the person states about one named fact: whether it is so, or how much."""

    def about(self, rows: Sequence[Row], made_of: Callable[[Sequence[Row]], _Made]) -> _Made:
        """What is made of some records and of nothing else."""


class Related(NamedTuple):
    """What a relative is to the candidate, from when until when: as far as nothing is said of that, always."""

    relation: str
    start: Days
    end: Days

    @classmethod
    def of(cls, relative: Relative) -> Related:
        start, end = relative.start or Days(LONG_AGO, LONG_AGO), relative.end or ONGOING
        return cls(relative.relation, Days(start.first, min(start.last, end.last)), Days(max(end.first, start.first), end.last))


class ProfileFacts:
    """The facts of one profile. Records are prepared once and shared by every vacancy they are checked against."""

    __slots__ = (
        "_about", "_incomplete", "_listed", "_prefix", "_reference", "_relatives", "_rows", "_turns", "_written", "birth",
        "person", "related",
    )  # fmt: skip

    def __init__(self, person: Person, reference: Reference, prefix: str = "", written: Written | None = None) -> None:
        self.person = person
        self.related = Related.of(person) if isinstance(person, Relative) else None
        self._written = person.written if isinstance(person, Profile) else written
        self.birth: Days | None = person.birth_date
        self._prefix = prefix
        self._reference = reference
        self._incomplete = frozenset(person.incomplete)
        self._rows: dict[str, tuple[Row, ...] | None] = {}
        self._listed: dict[str, tuple[tuple[Row, ...] | None, bool, str]] = {}
        self._turns: dict[str, list[int]] = {}
        self._about: dict[Any, Any] = {}
        self._relatives: tuple[tuple[str, ProfileFacts], ...] | None = None

    def path(self, name: str) -> str:
        """Where a top-level fact of this person stands in the profile file."""
        return self._prefix + name

    def rows(self, source: str) -> tuple[Row, ...] | None:
        try:
            return self._rows[source]
        except KeyError:
            found = self._rows[source] = self._prepare(source)
            return found

    def complete(self, source: str) -> bool:
        return source not in self._incomplete

    def listed(self, source: str) -> tuple[tuple[Row, ...] | None, bool, str]:
        known = self._listed.get(source)
        if known is None:
            known = self._listed[source] = self.rows(source), self.complete(source), self.path(source)
        return known

    def turns(self, source: str) -> list[int]:
        """The days on which a record of the source begins, ends or is awarded, as far as they are known."""
        known = self._turns.get(source)
        if known is None:
            days = [day for row in self.rows(source) or () for day in (*row.start, *row.end)]
            days += [day for row in self.rows(source) or () for key in ("awarded", "defended") for day in row.values.get(key, ())]
            known = self._turns[source] = sorted({day for day in days if LONG_AGO < day < FOREVER})
        return known

    def about(self, rows: Sequence[Row], made_of: Callable[[Sequence[Row]], _Made]) -> _Made:
        """What is made of these records and nothing else, made once. `rows` is a list this object has given."""
        known: tuple[Sequence[Row], _Made] | None = self._about.get(made_of)
        if known is None or known[0] is not rows:
            known = self._about[made_of] = rows, made_of(rows)
        return known[1]

    def declared(self, fact: str) -> bool | float | None:
        facts = self.person.facts
        return None if facts is None else facts.get(fact)

    def relatives(self) -> tuple[tuple[str, ProfileFacts], ...] | None:
        """The relatives the profile names, each with the relation; None where it says nothing of relatives."""
        listed = self.person.relatives if isinstance(self.person, Profile) else None
        if listed is None:
            return None
        if self._relatives is None:
            self._relatives = tuple(
                (relative.relation, ProfileFacts(relative, self._reference, f"{self._prefix}relatives[{index}].", self._written))
                for index, relative in enumerate(listed)
            )
        return self._relatives

    def may_be_related(self, on: int) -> bool:
        """Whether a relative may be what they are to the candidate on a day."""
        return self.related is None or self.related.start.first <= on <= self.related.end.last

    def surely_related(self, on: int, relations: Sequence[str]) -> bool:
        """Whether a relative surely is one of these to the candidate on a day."""
        return self.related is None or (self.related.relation in relations and self.related.start.last <= on <= self.related.end.first)

    @property
    def turns_of_relation(self) -> list[int]:
        """The days on which a relative begins to be one, and the last ones, as far as they are known."""
        return [] if self.related is None else [day for day in (*self.related.start, *self.related.end) if LONG_AGO < day < FOREVER]

    def _relation(self) -> dict[str, Any]:
        return {} if self.related is None else {"relation": self.related.relation, "related": self.related}

    def _prepare(self, name: str) -> tuple[Row, ...] | None:
        source = SOURCES[name]
        listed: Any = getattr(self.person, name)
        if listed is None:
            return None
        if name == "domicile":
            return (Row(source, self.path(name), {"place": listed, **self._relation()}),)
        if name == "availability":
            listed = (listed,)
        rows = []
        path_of_list = self.path(name)
        for index, record in enumerate(listed):
            path = path_of_list if name == "availability" else f"{path_of_list}[{index}]"
            values = {key: value for key, value in record.__dict__.items() if value is not None}
            values |= self._relation()
            row = Row(source, path, values)
            if self._written:
                row.written = self._written.get(path)
            if name == "degrees":
                read_degree(row, self._reference)
            elif name == "exams" and "grade" in values:  # the scale of a grade is that of its exam
                values["grade"] = Grade.model_construct(scale=values.get("exam", ""), value=values["grade"], out_of=None)
            elif source.working_time:
                row.rate = rate_of(values)
                if "works_in" not in values and "place" in values:  # one works where the employer is, unless it is said otherwise
                    values["works_in"] = values["place"]
            rows.append(row)
        if len(rows) > 1 and name != "children":  # twins are two
            _mark_copies(rows)
        return tuple(rows)


LESS_THAN_FULL = Fraction(999, 10)
"""The most that part-time work can be, in percent."""


def rate_of(values: Mapping[str, Any]) -> tuple[Any, Any]:
    """Working time in percent, as a range: stated, or told by `full_time`; unknown is anything from 0 to 100."""
    if "rate" in values:
        rate = values["rate"]
        if not isinstance(rate, int):
            share = Fraction(str(rate))  # exactly as it is written
            rate = int(share) if share.denominator == 1 else share
        return rate, rate
    if values.get("full_time"):
        return 100, 100
    if "hours_per_week" in values:
        hours = values["hours_per_week"]  # a full week is 35 to 40 hours, unless the rule says (`full_week`)
        return share_of_week(hours, 40), share_of_week(hours, 35)
    if "full_time" in values:
        return 0, LESS_THAN_FULL
    return 0, 100


def read_degree(row: Row, reference: Reference) -> None:
    """Fill in what a title means where it is awarded: the level (a range for a bare word), access, normal length."""
    values = row.values
    title, place = values.get("title"), values.get("place")
    level = values.get("level")
    if level is not None:
        values["level"] = (level, level)
    if title is None:
        return
    meaning = reference.degree(title, place)
    if level is None and meaning.level is not None:
        values["level"] = meaning.level
    if "gives_access_to" not in values and meaning.gives_access:
        values["gives_access_to"] = 5, 8  # higher education begins at 5; how far the title opens it, only the person can say
    if "years" not in values and meaning.years is not None:
        values["years"] = meaning.years


def share_of_week(hours: float, full_week: float) -> Any:
    """The working time of so many hours a week, in percent, exactly."""
    share = Fraction(str(hours)) * 100 / Fraction(str(full_week))
    return 100 if share >= 100 else int(share) if share.denominator == 1 else share


def _mark_copies(rows: Sequence[Row]) -> None:
    """Note which records are equal in every key to an earlier one."""
    first: dict[Any, Row] = {}  # values may be no keys; days are
    seen: dict[Any, set[str]] = {}
    for row in rows:
        alike = row.values.get("start"), row.values.get("end"), str(row.values.get(row.source.identity or ""))
        if alike not in first:  # most differ already in these
            first[alike] = row
            continue
        known = seen.setdefault(alike, {_written(first[alike])})
        row.again = (text := _written(row)) in known
        known.add(text)


def _written(row: Row) -> str:
    return repr(sorted(row.values.items(), key=_name_of))


def _name_of(item: tuple[str, Any]) -> str:
    return item[0]
