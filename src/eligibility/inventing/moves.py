"""Small changes to somebody: around every threshold of a rule, to every word that it names, with one thing less or more."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from eligibility.dates import Length, add_months
from eligibility.inventing.branches import ages_in, branches, days_in, lengths_in, words_in
from eligibility.inventing.satisfy import Piece, exact
from eligibility.inventing.stated import is_numeric, numbers_in
from eligibility.inventing.values import EARLIER_EMPLOYER, LEVELS
from eligibility.inventing.workbench import Workbench
from eligibility.language.kinds import RECORD_KINDS
from eligibility.profile import SOURCES
from eligibility.question.quantity import OPERATORS, parse_quantity

Data = Mapping[str, Any]

_SKILLS = ("listening", "reading", "spoken_interaction", "spoken_production", "writing")
_DATES = ("from", "to", "awarded", "issued", "expires", "since", "until", "born", "defended", "expected_end", "taken", "child")
_MOST_DAYS = 160
_MOST_RECORDS = 12
"""More records of one kind nobody is made up with."""
_FIRST, _LAST = date(1900, 1, 1).toordinal(), date(2150, 1, 1).toordinal()


class Moves:
    """The changes that are worth trying of anybody before one vacancy, or before two that are compared."""

    def __init__(self, benches: Iterable[Workbench]) -> None:
        self.benches = list(benches)
        self.branches = [(bench, branch) for bench in self.benches for raw in _criteria(bench) for branch in branches(raw)]
        self.words: dict[tuple[str, str], list[Any]] = {}
        for bench in self.benches:
            for place, words in words_in(_criteria(bench), bench.satisfier.values, bench.reference).items():
                known = self.words.setdefault(place, [])
                known += [one for one in words if one not in known]
        self.skilled = any("skills" in branch for _, branch in self.branches)
        self.moments = sorted({day.toordinal() for bench in self.benches for day in _moments(bench)})
        self.lengths = _sums(list(dict.fromkeys(one for bench in self.benches for one in lengths_in(bench.data))))
        ages = sorted({age for bench in self.benches for age in ages_in(bench.data, bench.satisfier.tables)})
        self.births = _dates(add_months(day, -12 * years) for day in self.moments for years in _moved(ages, self.lengths))
        if any(branch.get("kind") == "age" and "born" in branch for _, branch in self.branches):
            self.births = sorted({*self.births, *_dates(self.moments)})
        self.days = _dates((*self.moments, *(length.before(day) for day in self.moments for length in self.lengths)))[-_MOST_DAYS:]

    # ------------------------------------------------------------------------------------------ whole people

    def beginnings(self) -> Iterator[tuple[Data, str]]:
        """People to start from: those who meet as much as can be made up, each criterion in its first way; and those who are nobody yet."""
        for bench in self.benches:
            base = bench.made()
            yield base.data, base.day

    def of(self, data: Data, fields: frozenset[str] | None = None) -> Iterator[Data]:
        """The changes of somebody; with `fields`, those that change one of these keys."""
        seen: set[str] = set()
        for changed in self._all(data, fields):
            if fields is not None and not any(changed.get(key) != data.get(key) for key in fields):
                continue
            key = json.dumps(changed, sort_keys=True, default=str)
            if key not in seen:
                seen.add(key)
                yield changed

    def _all(self, data: Data, fields: frozenset[str] | None) -> Iterator[Data]:
        def wanted(field: str) -> bool:
            return fields is None or field in fields

        yield from self._meeting(data)
        if wanted("birth_date"):
            yield from ({**data, "birth_date": day} for day in self.births)
        for name, value in (data.get("facts") or {}).items():
            if wanted("facts"):
                others = [not value] if isinstance(value, bool) else self._numbers(name)
                yield from ({**data, "facts": {**data["facts"], name: other}} for other in others)
        if wanted("applications"):
            yield from self._choices(data)
        for field, value in data.items():
            if field in ("birth_date", "facts", "applications", "relatives") or not wanted(field):
                continue
            if isinstance(value, list):
                yield from ({**data, field: changed} for changed in self._list(field, value))
            elif field == "domicile":
                yield from ({**data, field: one} for one in self.words.get(("domicile", "in"), ()))
            elif isinstance(value, Mapping):
                yield from ({**data, field: changed} for changed in self._record(field, value))
        if wanted("relatives") and (relatives := data.get("relatives")):
            yield {**data, "relatives": []}
            for index, one in enumerate(relatives):
                for changed in self._relative(one):
                    yield {**data, "relatives": [*relatives[:index], *changed, *relatives[index + 1 :]]}

    def _meeting(self, data: Data) -> Iterator[Data]:
        """A branch met besides, or instead of what was there; a criterion not met; a record more than there may be."""
        for bench in self.benches:
            for raw in bench.criteria:
                yield bench.without(data, raw)
        for bench, branch in self.branches:
            pieces = list(bench.satisfier.pieces(branch))
            yield bench.profile(pieces, data)
            yield bench.profile(pieces, bench.without(data, branch))
            yield from self._counted(bench, branch, data)
            if branch.get("kind") == "declared" and "fact" in branch:
                told = self._numbers(branch["fact"]) if is_numeric(branch) else (True, False)
                yield from ({**data, "facts": {**(data.get("facts") or {}), branch["fact"]: said}} for said in told)

    def _numbers(self, fact: str) -> list[float]:
        """The numbers of a fact that are told apart."""
        return sorted({number for bench in self.benches for number in numbers_in(_criteria(bench), fact, bench.satisfier.tables)})

    def _counted(self, bench: Workbench, raw: Mapping[str, Any], data: Data) -> Iterator[Data]:
        """As many records as a criterion counts to, one less and one more; one of them where there may be none."""
        kind = RECORD_KINDS.get(str(raw.get("kind")))
        if kind is None or raw.get("whose") or kind.source in ("domicile", "availability"):
            return
        counts = {1}
        for key in OPERATORS:
            quantity = parse_quantity(raw.get(key))
            if quantity is not None and quantity.measure in ("count", "number") and isinstance(quantity.amount, int):
                counts |= {quantity.amount - 1, quantity.amount, quantity.amount + 1}
        for count in sorted(one for one in counts if 0 < one <= _MOST_RECORDS):
            records = bench.satisfier.matching(raw, count)
            there = data.get(kind.source) or []
            yield {**data, kind.source: records}
            yield {**data, kind.source: [*there, *(one for one in records if one not in there)]}

    def _choices(self, data: Data) -> Iterator[Data]:
        for bench in self.benches:
            for name, choice in bench.vacancy.choices.items():
                for option in choice.options or ("FR", "CA", "DE") if choice.country or choice.options else ():
                    yield bench.profile([Piece("choices", option, name)], data)

    # ------------------------------------------------------------------------------------------------ records

    def _list(self, field: str, records: list[Any]) -> Iterator[list[Any]]:
        others: list[list[Any]]
        if records:
            yield []
        if len(records) > 1:
            yield from ([one] for one in records)
            yield from self._at_once(field, records)
        for index, record in enumerate(records):
            rest = [*records[:index], *records[index + 1 :]]
            if len(records) > 1:
                yield rest
            if not isinstance(record, Mapping):
                name = SOURCES[field].identity if field in SOURCES else None
                others = [[one] for one in self.words.get((field, str(name)), ()) if one != record]
            else:
                others = [[one] for one in self._record(field, record)]
                if field in ("experience", "residences", "studies"):
                    others += self._split(field, record)
            yield from ([*records[:index], *other, *records[index + 1 :]] for other in others)

    def _relative(self, one: Mapping[str, Any]) -> Iterator[list[Any]]:
        """A relative who is not there, or has something else."""
        yield []
        for field, value in one.items():
            if isinstance(value, list):
                yield from ([{**one, field: changed}] for changed in self._list(field, value))

    def _at_once(self, field: str, records: list[Any]) -> Iterator[list[Any]]:
        """The same change of every record: all jobs elsewhere, all begun of late."""
        if not all(isinstance(one, Mapping) for one in records):
            return
        for (source, name), words in self.words.items():
            if source == field:
                yield from ([{**one, name: word} for one in records] for word in words)
        for key in _DATES:
            if all(exact(one.get(key)) is not None for one in records):
                yield from ([{**one, key: day} for one in records] for day in self.days)

    def _record(self, field: str, record: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        for (source, name), words in self.words.items():
            if source == field:
                yield from ({**record, name: one} for one in words if record.get(name) != one)
        for key, value in record.items():
            if key in _DATES and (exact(value) is not None or value == "ongoing"):
                yield from ({**record, key: day} for day in self._days_for(record, key) if day != value)
            elif isinstance(value, bool):
                yield {**record, key: not value}
            elif key == "rate":
                yield from ({**record, key: one} for one in ("100%", "50%", "40%") if one != value)
            elif key in ("hours_per_week", "credits", "score", "hours") and isinstance(value, int | float):
                yield from ({**record, key: one} for one in (value - 1, value + 1, value * 2, value // 2) if one >= 0)
            elif key == "grade" and isinstance(value, Mapping) and isinstance(value.get("value"), int | float):
                yield from ({**record, key: {**value, "value": value["value"] + step}} for step in (-1, 1))
            elif key == "grade" and isinstance(value, Mapping):
                for step in (-1, 1):
                    yield {**record, key: {**value, "value": self._worded("scales", str(value.get("scale")), value.get("value"), step)}}
            elif key == "tests" and isinstance(value, list):
                for step in (-1, 1):
                    yield {**record, key: [{**one, "score": self._worded("tests", one["test"], one["score"], step)} for one in value]}
            elif key == "tags" and value:
                yield {**record, key: []}
            elif key == "level" and value in LEVELS and self.skilled:
                lower = LEVELS[max(0, LEVELS.index(value) - 1)]
                yield from ({**record, skill: lower} for skill in _SKILLS)
                yield from ({"language": record.get("language"), **dict.fromkeys(_SKILLS, lower), skill: value} for skill in _SKILLS)

    def _worded(self, kind: str, name: str, mark: Any, step: int) -> Any:
        """The next mark up or down: a figure, or a word of the scale, which may be one of the lists of a notice."""
        if isinstance(mark, int | float):
            return mark + step
        for bench in self.benches:
            words = [*bench.reference.mark_words(kind, name)] or bench.satisfier.values.ids({"list": name})
            if mark in words:
                return words[min(max(0, words.index(mark) + step), len(words) - 1)]
        return mark

    def _days_for(self, record: Mapping[str, Any], key: str) -> Iterator[str]:
        """The days that matter, for one date of a record; its end stays after its beginning."""
        begin, end = exact(record.get("from")), exact(record.get("to"))
        for day in self.days:
            if (key == "to" and begin is not None and day < begin.isoformat()) or (
                key == "from" and end is not None and day > end.isoformat()
            ):
                continue
            yield day
        if key == "to" and begin is not None:
            yield "ongoing"
            yield from _dates(length.after(begin.toordinal()) for length in self.lengths)
        if key == "from" and end is not None:
            yield from _dates(length.before(end.toordinal()) for length in self.lengths)

    def _split(self, field: str, record: Mapping[str, Any]) -> Iterator[list[dict[str, Any]]]:
        """The record ended and another begun, on each of the days that matter: a new employer, another place."""
        begin, end = exact(record.get("from")), record.get("to")
        if begin is None:
            return
        for day in self.days:
            if day <= begin.isoformat() or (isinstance(end, str) and end != "ongoing" and day >= end):
                continue
            before = {**record, "to": (date.fromisoformat(day) - timedelta(1)).isoformat()}
            if "employer_name" in record:
                before["employer_name"] = EARLIER_EMPLOYER
            yield [before, {**record, "from": day}]
        if end == "ongoing" or exact(end) is not None:
            last = exact(end) or date.fromordinal(self.moments[-1])
            middle = begin + (last - begin) / 2
            ended = {**record, "to": (middle - timedelta(1)).isoformat()}
            begun = {**record, "from": middle.isoformat()}
            for (source, name), words in self.words.items():
                if source == field and name in record:
                    yield from ([{**ended, name: one}, begun] for one in words if one != record[name])


def _criteria(bench: Workbench) -> list[Any]:
    return [raw for key in ("conditions", "criteria") for raw in bench.data.get(key) or ()]


def _moments(bench: Workbench) -> Iterator[date]:
    yield date.fromordinal(bench.satisfier.values.application().toordinal())
    for day in bench.vacancy.dates.values():
        if day.days is not None:
            yield from (date.fromordinal(one) for one in {day.days.first, day.days.last} if _FIRST < one < _LAST)
    yield from (day for day in days_in(bench.data.get("criteria")) if _FIRST < day.toordinal() < _LAST)
    yield from (day for day in days_in(bench.data.get("conditions")) if _FIRST < day.toordinal() < _LAST)


def _sums(lengths: list[Length]) -> list[Length]:
    """The lengths, what two of them come to, and none."""
    likely = [one for one in lengths if one.most_days < 366 * 60]
    both = [Length(one.months + two.months, one.days + two.days) for index, one in enumerate(likely[:6]) for two in likely[index:6]]
    return list(dict.fromkeys([*likely, *both]))[:40]


def _moved(ages: list[int], lengths: list[Length]) -> list[int]:
    """The ages, with the years by which a limit may be moved, and those in between."""
    years = {length.months // 12 for length in lengths if length.months % 12 == 0 and length.months <= 240 and not length.days}
    found = {*ages, *(age + 1 for age in ages), *(age + more for age in ages for more in years)}
    found |= {(one + two) // 2 for one, two in pairwise(ages)}
    found |= {min(ages) - 5, max(ages) + 5} if ages else {16, 25, 40, 60}
    return sorted(one for one in found if 10 <= one <= 110)


def _dates(days: Iterable[int]) -> list[str]:
    """Days, their eves and their morrows, in order."""
    found = {day + step for day in days for step in (-1, 0, 1) if _FIRST < day < _LAST}
    return [date.fromordinal(day).isoformat() for day in sorted(found)]
