"""What a candidate has to be like to meet a criterion: records and facts made from what the criterion itself says.

Nothing is decided here: the engine says afterwards whether the criterion is met. What cannot be made up is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any, NamedTuple

from eligibility.dates import Length, parse_days
from eligibility.inventing.stated import Tables, facts_in, first_lines, inside, stated
from eligibility.inventing.values import EMPLOYER, PLACES, Values, entries_of, moved, whole_years
from eligibility.language.groups import BOTH_PARENTS, GROUPS, OF_RELATIVE
from eligibility.language.keys import TOLD, as_read
from eligibility.language.kinds import RECORD_KINDS
from eligibility.profile import SOURCES
from eligibility.question.by_choice import by_choices, with_option
from eligibility.question.quantity import OPERATORS, parse_quantity
from eligibility.question.table import AGE
from eligibility.reference import Reference

_BEGIN = {"citizenships": "since", "permits": "from", "documents": "issued", "certificates": "issued", "children": "born", "exams": "taken"}
_EVENTS = {"degrees": "awarded"}


_MOST_RECORDS = 200
"""More records of one kind nobody is made up with."""


class Piece(NamedTuple):
    """One thing of a profile: a record of a list, a value of its own, a fact, a choice; or (`value` None) a list that is empty."""

    field: str
    value: Any
    key: str | None = None


class Satisfier:
    """Makes pieces for the criteria of one vacancy, from its plain data."""

    def __init__(self, data: Mapping[str, Any], reference: Reference) -> None:
        self.data = data
        self.reference = reference
        self.values = Values(data, reference)
        self.elsewhere = self._elsewhere()
        self.tables: Tables = data.get("tables") or {}
        self.conditions = {one["id"]: one for key in ("conditions", "criteria") for one in data.get(key) or []}

    def _elsewhere(self) -> str | None:
        """Where a job is that must not count as living in the place: only where days worked there do count."""
        places = [
            one["in"]
            for one in _within(self.data.get("criteria"))
            if one.get("kind") == "residence" and one.get("including") and "in" in one
        ]
        if not places:
            return None
        wanted = places[0]
        record: dict[str, Any] = {}
        self.values.differ(record, "place", "in", "FR" if isinstance(wanted, dict) else wanted)
        place: str | None = record.get("in")
        return place

    def pieces(self, raw: Mapping[str, Any], choose: Mapping[int, int] | None = None) -> Iterator[Piece]:
        """What meets a criterion. `choose` says which member of an any-of (by its identity) to meet; else the first ones."""
        choose = choose or {}
        for reading in raw.get("readings") or []:
            if reading.get("importance") != "desirable":
                yield from self.pieces(merged(raw, reading), choose)
        if raw.get("readings"):
            return
        changing = next((value for _, value in by_choices(raw)), None)
        if changing is not None:
            option = list(changing["values"])[choose.get(id(changing["values"]), 0)]
            yield Piece("choices", option, changing["by"])
            yield from self.pieces(with_option(raw, changing["by"], option), choose)
            return
        if "when" in raw:
            yield from self.pieces(raw["when"], choose)
        if "met" in raw:
            yield from self.pieces(self.conditions[raw["met"]], choose)
        elif "all_of" in raw:
            pieces = (piece for member in raw["all_of"] for piece in self.pieces(member, choose))
            yield from pieces if raw.get("same") != OF_RELATIVE else _of_one_relative(list(pieces))
        elif "any_of" in raw:
            start = choose.get(id(raw["any_of"]), 0)
            for member in raw["any_of"][start : start + raw.get("how_many", 1)]:
                yield from self.pieces(member, choose)
        elif "none_of" in raw:
            yield from (Piece(source, None) for member in raw["none_of"] for source in sources(member) if source != "facts")
            yield from (Piece("facts", contrary, name) for name, _, contrary in facts_in(raw["none_of"], self.tables))
        elif "together" in raw:
            for member in raw["together"]:
                yield from self.pieces({**member, "at_least": member.get("whole")}, choose)
        elif "chosen" in raw:
            yield from self._chosen(raw["chosen"])
        elif "kind" in raw:
            yield from self._kind(raw)

    def _compared(self, one: str, other: str, differ: bool) -> Iterator[Piece]:
        """The same option of two choices, or another one of each."""
        choices = self.data.get("choices") or {}
        known = [list(choices[name].get("options") or ("FR", "DE")) for name in (one, other) if name in choices]
        pairs = product(*known) if len(known) == 2 else ()
        for first, second in pairs:
            if (first != second) is differ:
                yield from (Piece("choices", first, one), Piece("choices", second, other))
                return

    def _chosen(self, options: Any) -> Iterator[Piece]:
        wanted = options[0] if isinstance(options, list) else options
        for name, choice in (self.data.get("choices") or {}).items():
            if wanted in (choice.get("options") or {}):
                yield Piece("choices", wanted, name)

    def _kind(self, raw: Mapping[str, Any]) -> Iterator[Piece]:
        kind = raw["kind"]
        if kind == "permanent_residence":
            yield from self._records({"kind": "permit", "type": "permanent", "in": raw.get("of")})
        elif kind in RECORD_KINDS:
            yield from self._records(raw)
        elif kind == "age":
            yield Piece("birth_date", self._birth(raw))
        elif kind == "declared":
            for line in first_lines(raw, self.tables):
                yield from self._line(line)
            yield Piece("facts", stated(raw, self.tables)[0], raw["fact"])
        elif kind == "choice":
            wanted = raw.get("equals")
            if isinstance(wanted, Mapping) and (other := self.values.choice_in(wanted)) is not None:
                yield from self._compared(raw["choice"], other, "except" in wanted)
            else:
                yield Piece("choices", wanted[0] if isinstance(wanted, list) else wanted, raw["choice"])

    def _line(self, line: Mapping[str, Any]) -> Iterator[Piece]:
        """Somebody whom the line of a table is about."""
        for column, cell in line.items():
            if column == AGE:
                yield Piece("birth_date", self._birth(cell if isinstance(cell, Mapping) else {"at_least": cell, "at_most": cell}))
            elif column in (self.data.get("choices") or {}):
                yield Piece("choices", inside(cell), column)
            else:
                yield Piece("facts", inside(cell), column)

    # --------------------------------------------------------------------------------------------- age

    def _birth(self, raw: Mapping[str, Any]) -> str:
        if "born" in raw:
            return self.values.inside(raw["born"], date(1990, 1, 1)).isoformat()
        low = raw.get("at_least", raw.get("more_than"))
        high = raw.get("at_most", raw.get("less_than"))
        low, high = whole_years(low), whole_years(high)
        age = (low + high) // 2 if low is not None and high is not None else low + 5 if low is not None else (high or 30) - 5
        day = self.values.day_of(raw)
        return moved(day, -int(365.25 * age) - 180).isoformat()

    # ----------------------------------------------------------------------------------------- records

    def _records(self, raw: Mapping[str, Any], earlier: int = 0) -> Iterator[Piece]:
        """`earlier`: so many days before the others, for the record that others are counted from."""
        source = RECORD_KINDS[raw["kind"]].source
        yield Piece(source, None)
        if _asks_absences(raw):
            yield Piece("absences", None)
        asked = [raw[key] for key in ("at_least", "more_than") if key in raw]
        yield from (Piece("choices", place, name) for name, place in self.values.countries_asked(raw))
        if not asked and any(key in raw for key in OPERATORS):
            return  # only a maximum: the empty list meets it
        for nested in _nested(raw):
            yield from self._records(nested, 200)
        quantity = parse_quantity(self.values.by_choice(asked[0])) if asked else None
        for record in self.matching(
            raw, quantity.amount if quantity is not None and quantity.measure in ("count", "number") else 1, earlier
        ):
            if raw.get("whose"):
                whose = raw["whose"]
                for relation in ("parent", "parent") if whose == BOTH_PARENTS else (whose[0] if isinstance(whose, list) else whose,):
                    yield Piece("relatives", {"relation": relation, source: [record]})
            else:
                yield Piece(source, record)

    def matching(self, raw: Mapping[str, Any], count: int, earlier: int = 0) -> list[Any]:
        """So many records that match the filters of a criterion."""
        kind, among = RECORD_KINDS[raw["kind"]], [*entries_of(raw, "among_them"), *entries_of(raw, "of_which")]
        demands = entries_of(raw, "different") or [*among, *[{}] * min(max(1, int(count)) - len(among), _MOST_RECORDS)]
        found: list[Any] = []
        for index, demand in enumerate(demands):
            record: dict[str, Any] = {}
            for key in kind.filters:
                if key in {**raw, **demand} and key not in ("skills", "valid"):
                    self.values.fill(record, kind.filters[key], key, {**raw, **demand}[key], index, self.values.day_of(raw))
            for left_out in (*entries_of(raw, "other_than"), *entries_of(raw, "limits")):
                for key, value in left_out.items():
                    if key in kind.filters and key not in record:
                        self.values.differ(record, kind.filters[key], key, value)
            if kind.source == "exams":
                self._examined(record, found)
            apart = 0 if SOURCES[kind.source].momentary else index  # two equal records might be one that was pasted twice
            self._dated(record, raw, kind.source, earlier + apart)
            found.append(record.get("in", PLACES[0]) if kind.source == "domicile" else record)
        return found

    def _examined(self, record: dict[str, Any], earlier: list[Any]) -> None:
        """The grade of an exam on its own scale, and another subject than those before, unless one is asked for."""
        if isinstance(grade := record.get("grade"), dict):
            record["exam"], record["grade"] = grade["scale"], grade["value"]
        taken = [one.get("subject") for one in earlier]
        known = (one for one in self.reference.vocabulary("exam_subjects") if one not in taken)
        record.setdefault("subject", next(known, None))

    def _dated(self, record: dict[str, Any], raw: Mapping[str, Any], source: str, earlier: int) -> None:
        """Dates, working time and amounts that meet the length asked for, with a year to spare."""
        day = self.values.day_of(raw)
        asked = next((raw[key] for key in ("at_least", "more_than") if key in raw), None)
        quantity = parse_quantity(self.values.by_choice(asked)) if asked is not None else None
        days = quantity.amount.most_days if quantity is not None and isinstance(quantity.amount, Length) else 0
        begin = moved(day, -(days + 366 + earlier)).isoformat()
        if source in _EVENTS:
            nested = 366 * 12 if raw.get("take") == "first" else 366 + earlier
            record.setdefault(_EVENTS[source], moved(day, -nested).isoformat())
        elif source in _BEGIN:
            if source != "citizenships":
                record.setdefault(_BEGIN[source], begin)
        elif source in ("languages", "domicile"):
            return
        else:
            record.setdefault("from", begin)
            record.setdefault("to", "ongoing")
        if source == "experience":
            record.setdefault("rate", "100%")
            record.setdefault("employer_name", EMPLOYER)
            if self.elsewhere is not None:
                record.setdefault("works_in", self.elsewhere)
        if quantity is not None and quantity.measure == "credits":
            record["credits"] = quantity.amount
        if quantity is not None and quantity.measure == "hours":
            record["hours_per_week"] = 40
            record["from"] = moved(day, -int(quantity.amount / 40 * 7) - 60).isoformat()
        if source == "availability":
            start = self.values.moment(raw.get("from")) or day
            record.update({"from": moved(start, -30).isoformat(), "to": moved(start, days + 30).isoformat()})


def _of_one_relative(pieces: list[Piece]) -> Iterator[Piece]:
    """What relatives have, as one relative has it."""
    one: dict[str, Any] = {}
    for piece in pieces:
        if piece.field != "relatives" or piece.value is None:
            yield piece
            continue
        for key, value in piece.value.items():
            one[key] = [*one.get(key, []), *value] if isinstance(value, list) else value
    if one:
        yield Piece("relatives", one)


def _within(raw: Any) -> Iterator[Mapping[str, Any]]:
    """Every mapping inside a value, itself included."""
    if isinstance(raw, Mapping):
        yield raw
    for one in raw.values() if isinstance(raw, Mapping) else raw if isinstance(raw, list) else ():
        yield from _within(one)


def _nested(raw: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The record questions inside the windows of a criterion: the diploma one counts from."""
    for value in raw.values():
        if isinstance(value, dict):
            for inner in (value, *(one for one in value.values() if isinstance(one, dict))):
                if inner.get("kind") in RECORD_KINDS:
                    yield inner


def merged(raw: Mapping[str, Any], reading: Mapping[str, Any]) -> dict[str, Any]:
    """A criterion as one of its readings asks it."""
    if {"kind", *GROUPS} & set(reading):
        raw = {key: value for key, value in raw.items() if key in ("id", "as_of", "when")}
    return as_read(raw, reading)


def _asks_absences(raw: Mapping[str, Any]) -> bool:
    """Whether stays away matter: to a rule of their own, or as gaps in a residence that are forgiven."""
    return "absence_rule" in raw or (raw.get("kind") == "residence" and isinstance(raw.get("unbroken"), dict))


def sources(raw: Any) -> set[str]:
    """The lists of the profile that a criterion asks about, in any of its branches; `birth_date` and `facts` where it asks those."""
    if isinstance(raw, list):
        return set().union(*(sources(one) for one in raw)) if raw else set()
    if not isinstance(raw, Mapping):
        return set()
    found = set().union(*(sources(one) for key, one in raw.items() if key not in TOLD))
    kind = str(raw.get("kind"))
    if kind in RECORD_KINDS:
        found.add("relatives" if raw.get("whose") else RECORD_KINDS[kind].source)
        if _asks_absences(raw):
            found.add("absences")
        found |= {{"work": "experience", "study": "studies"}.get(one, one) for one in entries_of(raw, "including")}
    elif kind == "permanent_residence":
        found.add("permits")
    elif kind == "age":
        found.add("birth_date")
    elif kind == "declared":
        found.add("facts")
    return found


def exact(text: Any) -> date | None:
    """The day of a text that names exactly one."""
    if not isinstance(text, str) or len(text) != 10:
        return None
    try:
        days = parse_days(text)
    except ValueError:
        return None
    return date.fromordinal(days.first) if days.exact else None
