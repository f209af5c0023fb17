"""A profile that meets everything, to vary one fact of at a time: made from the criteria, then mended with the engine's help."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from eligibility.engine import check
from eligibility.inventing.satisfy import Piece, Satisfier, exact, sources
from eligibility.inventing.stated import facts_in
from eligibility.inventing.values import LEVELS
from eligibility.language.keys import TOLD
from eligibility.loading.models import read_profile
from eligibility.profile import Profile
from eligibility.question.by_choice import is_by_choice
from eligibility.reference import Reference
from eligibility.report import Report
from eligibility.vacancy import Vacancy
from eligibility.verdict import Verdict

_SINGLE = ("birth_date", "domicile", "availability")


class Tried(NamedTuple):
    """A profile in plain data, a day, and what the engine says of it."""

    data: Mapping[str, Any]
    day: str
    report: Report


class Workbench:
    """One vacancy, the plain data of its rule file, and profiles to try on it."""

    def __init__(self, vacancy: Vacancy, data: Mapping[str, Any], reference: Reference, spent: Callable[[], bool] = lambda: False) -> None:
        """`spent` says when no more profiles may be tried to make up somebody who meets everything."""
        self.spent = spent
        self.vacancy = vacancy
        self.data = data
        self.reference = reference
        self.criteria: list[Any] = self.vacancy.criteria
        self.satisfier = Satisfier(self.data, reference)

    def tried(self, data: Mapping[str, Any], day: str) -> Tried | None:
        """What the engine says of a profile; None when it is no valid profile, or says something impossible."""
        known = {key: value for key, value in data.items() if value is not None}
        profile, problems = read_profile(known, self.reference)
        if profile is None or any(one.code[0] == "E" for one in problems):
            return None
        return Tried(known, day, self._report(profile, day))

    def _report(self, profile: Profile, day: str) -> Report:
        when: date | datetime = date.fromisoformat(day) if len(day) == 10 else datetime.fromisoformat(day)
        return check(self.vacancy, profile, when, self.reference)

    def made(self) -> Tried:
        """Somebody who meets as much of the vacancy as can be made up from its criteria, with as few records as will do."""
        day = self.satisfier.values.application().isoformat()
        choose: dict[int, int] = {}
        best = self._assembled(choose, day)
        for criterion in self.criteria:
            for members in _alternatives(criterion):
                for index in range(len(members)):
                    if self.spent() or not open_points(best):
                        break
                    found = self._assembled({**choose, id(members): index}, day)
                    if len(open_points(found)) < len(open_points(best)):
                        best, choose = found, {**choose, id(members): index}
        return self._joined(self._aged(best))

    def _joined(self, found: Tried) -> Tried:
        """The same person with as few records as will do: a job that can be two in one."""
        best = found
        for field in [name for name, value in found.data.items() if isinstance(value, list)]:
            index = 1
            while index < len(best.data[field]) and not self.spent():
                other = self._with_one_less(best, field, index)
                if other is None:
                    index += 1
                else:
                    best = other
        return best

    def _with_one_less(self, best: Tried, field: str, index: int) -> Tried | None:
        records = best.data[field]
        for place in range(index):
            one, two = records[place], records[index]
            if not isinstance(one, dict) or not isinstance(two, dict) or any(
                one[key] != two[key] for key in one.keys() & two.keys() if exact(one[key]) is None
            ):  # fmt: skip
                continue
            both: dict[str, Any] = {
                **one,
                **two,
                **{key: min(one[key], two[key]) for key in one.keys() & two.keys() if exact(one[key]) is not None},
            }
            rest = [record for at, record in enumerate(records) if at not in (place, index)]
            other = self.tried({**best.data, field: [*rest[:place], both, *rest[place:]]}, best.day)
            if other is not None and len(open_points(other)) <= len(open_points(best)):
                return other
        return None

    def _aged(self, found: Tried) -> Tried:
        """The same person at whichever age meets most."""
        best = found
        if "birth_date" in found.data:
            for age in range(14, 75) if not self.spent() else ():
                birth = (self.satisfier.values.application() - timedelta(int(age * 365.25) + 180)).isoformat()
                other = self.tried({**found.data, "birth_date": birth}, found.day)
                if other is not None and len(open_points(other)) < len(open_points(best)):
                    best = other
        return best

    def _assembled(self, choose: Mapping[int, int], day: str) -> Tried:
        pieces = [piece for criterion in self.criteria for piece in self.satisfier.pieces(criterion, choose)]
        lists: dict[str, Any] = {field: [] for field in sorted(sources(self.criteria)) if field not in (*_SINGLE, "facts")}
        data = self.profile(pieces, {})
        found = self.tried({**lists, **data}, day) or self.tried({}, day)
        assert found is not None
        return found

    def profile(self, pieces: Iterable[Piece], data: Mapping[str, Any]) -> dict[str, Any]:
        """A profile with pieces added to it; a record that is there already is not written twice, and a language once, at its best."""
        found: dict[str, Any] = {**data}
        for field, value, key in pieces:
            if field == "facts":
                found["facts"] = {**(found.get("facts") or {}), key: value}
            elif field == "choices":
                found["applications"] = [_chosen(found, self.vacancy.id, str(key), value)]
            elif field in _SINGLE:
                if value is not None:
                    found.setdefault(field, value)
            elif value is None:
                found.setdefault(field, [])
            else:
                found[field] = _with(found.get(field) or [], value, field)
        return found

    def without(self, data: Mapping[str, Any], criterion: Mapping[str, Any]) -> dict[str, Any]:
        """A profile in which what one criterion asks about is empty, and its facts denied."""
        found = dict(data)
        for field in sources(criterion):
            if field in _SINGLE:
                found.pop(field, None)
            elif field == "facts":
                denied = {name: contrary for name, _, contrary in facts_in(criterion, self.satisfier.tables)}
                found["facts"] = {**(data.get("facts") or {}), **denied}
            else:
                found[field] = []
        return found


def unmet(tried: Tried) -> list[str]:
    """The ids of the required criteria that are not met."""
    return [str(one.id) for one in tried.report.required if one.verdict is not Verdict.PASS]


def open_points(tried: Tried) -> list[str]:
    """The ids of the criteria, assets among them, that are not met though somebody can meet them."""
    return [str(one.id) for one in tried.report.findings if one.verdict not in (Verdict.PASS, Verdict.NOT_APPLICABLE)]


def _alternatives(raw: Any) -> Iterator[Sized]:
    """The members of every any-of in a criterion, and the values of every choice."""
    if isinstance(raw, Mapping):
        if is_by_choice(raw):
            yield raw["values"]
        if isinstance(raw.get("any_of"), list):
            yield raw["any_of"]
        for key, value in raw.items():
            if key not in TOLD:
                yield from _alternatives(value)
    elif isinstance(raw, list):
        for one in raw:
            yield from _alternatives(one)


def _chosen(data: Mapping[str, Any], vacancy: str, name: str, value: Any) -> dict[str, Any]:
    known: dict[str, Any] = dict(next(iter(data.get("applications") or []), {"vacancy": vacancy}))
    known["choices"] = {**known.get("choices", {}), name: value}
    return known


def _with(records: list[Any], record: Any, field: str) -> list[Any]:
    if record in records:
        return records
    if field == "languages":
        for index, one in enumerate(records):
            if one.get("language") == record.get("language") and "level" in one and "level" in record:
                better = max(one, record, key=lambda entry: LEVELS.index(entry["level"]) if entry["level"] in LEVELS else 0)
                return [*records[:index], better, *records[index + 1 :]]
    return [*records, record]
