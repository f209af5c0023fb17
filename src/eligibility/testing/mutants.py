"""Mutants: the ways in which a rule file is easily wrong, one at a time.

Each changes one thing of the plain data: a bound by one unit or a day, *at least* to *more than*, *any of* to *all of*, an entry
fewer in a list, a member, a filter, a condition or a criterion fewer, *required* to *desirable*, a day earlier or later, counted
on another day. A mutant that is no valid vacancy is left out, and so is what decides nothing: words, and points for a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from eligibility.language.keys import TOLD, as_read
from eligibility.question.by_choice import is_by_choice
from eligibility.question.quantity import OPERATORS
from eligibility.reading.reader import Path
from eligibility.reference import Reference
from eligibility.testing.edits import DROPPED, OTHER_OPERATOR, changed, near, renamed, shown

_WORDS = frozenset({
    *TOLD, "id", "name", "preferred", "kind", "importance", "asked", "fact", "met", "chosen", "choice",
})  # fmt: skip
_SWAPPED: Mapping[str, str] = {"any_of": "all_of", "all_of": "any_of", "none_of": "any_of"}
_PARTS = ("when", "unless", "derogation")
_FALSE_BY_DEFAULT = ("or_related", "unbroken")
_DEFAULTS: Mapping[str, Any] = {"part_time": "pro_rata", "expected": "not_accepted", "counted": "completed_years"}
"""What holds also where it is not written: without it, the rule is the same."""
_MOMENTS = ("as_of", "before", "after", "from", "to", "day")


class Mutant(NamedTuple):
    """A rule file with one thing changed. `name` is stable (`age.at_most: 35 -> 36`); `criterion` the id of what was changed, None
    for the header and the conditions; `path` where it stands."""

    name: str
    criterion: str | None
    path: Path
    data: Mapping[str, Any]


class _Edit(NamedTuple):
    name: str
    path: Path
    value: Any
    at: Path  # the place to show: of a key that was added there is none


def mutants_of(data: Mapping[str, Any], reference: Reference) -> Iterator[Mutant]:
    """Every mutant of a rule file, in the order of the file; the data must be those of a valid vacancy. Names are unique."""
    seen: set[str] = set()
    for criterion, edit in _Mutation(data, reference).edits():
        if edit.name not in seen:
            seen.add(edit.name)
            yield Mutant(edit.name, criterion, edit.at, changed(data, edit.path, edit.value))


class _Mutation:
    """The edits of one vacancy."""

    def __init__(self, data: Mapping[str, Any], reference: Reference) -> None:
        self.data = data
        self.reference = reference
        self.dates: Mapping[str, Any] = data.get("dates") or {}
        self.days = (*self.dates, "application")

    def edits(self) -> Iterator[tuple[str | None, _Edit]]:
        for edit in self._header():
            yield None, edit
        for key in ("conditions", "criteria"):
            for index, raw in enumerate(self.data.get(key) or []):
                owner = str(raw["id"])
                path: Path = (key, index)
                if raw.get("kind") == "judged":
                    continue
                criterion = owner if key == "criteria" else None
                if key == "criteria":
                    yield criterion, _Edit(f"{owner}: dropped", path, DROPPED, path)
                    new = "required" if raw.get("importance") == "desirable" else "desirable"
                    yield criterion, self._set(owner, path, raw, "importance", new, raw.get("importance", "required"))
                for edit in self._criterion(raw, owner, path):
                    yield criterion, edit

    # -------------------------------------------------------------------------------------- the header

    def _header(self) -> Iterator[_Edit]:
        for name, value in self.dates.items():
            if name == "deadline" or self._is_used(name):
                yield from self._dates(value, f"dates.{name}", ("dates", name))
        raw = self.data.get("as_of")
        yield from self._moment(raw if raw is not None else "deadline" if "deadline" in self.dates else "application", "as_of", ("as_of",))
        for name, entries in (self.data.get("lists") or {}).items():
            yield from self._value(entries, f"lists.{name}", ("lists", name))
        for name, lines in (self.data.get("tables") or {}).items():
            yield from self._value(lines, f"tables.{name}", ("tables", name))

    def _dates(self, value: Any, name: str, path: Path) -> Iterator[_Edit]:
        if isinstance(value, dict) and isinstance(value.get("readings"), list):
            for index, reading in enumerate(value["readings"]):
                for new in near(reading.get("at"), self.reference):
                    at = (*path, "readings", index, "at")
                    yield _Edit(f"{name}.readings[{index}].at: {reading['at']} -> {new}", at, new, at)
        elif isinstance(value, dict) and isinstance(value.get("values"), dict):
            for option, day in value["values"].items():
                yield from self._dates(day, f"{name}.values.{option}", (*path, "values", option))
        elif isinstance(value, dict):
            for key in ("from", "to", "at"):
                yield from self._near(value.get(key), f"{name}.{key}", (*path, key))
        else:
            yield from self._near(value, name, path)

    def _is_used(self, name: str) -> bool:
        """Whether a criterion, or the vacancy by default, is counted on a day of the vacancy."""

        def mentions(value: Any) -> bool:
            if isinstance(value, dict):
                return any(mentions(one) for key, one in value.items() if key not in (*TOLD, "name"))
            return any(mentions(one) for one in value) if isinstance(value, list) else bool(value == name)

        return any(mentions(self.data.get(key)) for key in ("as_of", "criteria", "conditions"))

    # ------------------------------------------------------------------------------------ one criterion

    def _criterion(self, raw: Mapping[str, Any], name: str, path: Path) -> Iterator[_Edit]:
        readings = [set(one) for one in raw.get("readings") or []]
        replaced = set.intersection(*readings) if readings else set()  # by every reading: what stands there is never read
        for key, value in raw.items():
            here, at = f"{name}.{key}", (*path, key)
            if key == "chosen":
                yield from self._chosen(raw, here, at)
            if key in _WORDS or key in replaced:
                continue
            if key in OPERATORS:
                yield from self._bound(raw, key, name, path)
            elif key in ("all_of", "any_of", "none_of", "together"):
                yield from self._group(raw, key, name, path)
            elif key == "readings":
                yield from self._readings(raw, name, path)
            elif key == "largest" and len(value) == 2:  # the other one alone: a list of one is none
                for index, other in enumerate(reversed(value)):
                    yield _Edit(f"{here}[{index}]: dropped", path, {**_without(raw, key), **other}, (*at, index))
                yield from self._value(value, here, at)
            elif key in _PARTS:
                yield _Edit(f"{here}: dropped", at, DROPPED, at)
                yield from self._criterion(value, here, at)
            elif is_by_choice(value):
                yield _Edit(f"{here}: dropped", at, DROPPED, at)
                yield from self._value(value, here, at)
            elif key in _MOMENTS:
                yield from self._moment(value, here, at)
            else:
                if _DEFAULTS.get(key) != value:
                    yield _Edit(f"{here}: dropped", at, DROPPED, at)
                if key not in _FALSE_BY_DEFAULT or isinstance(value, dict):
                    yield from self._value(value, here, at)

    def _chosen(self, raw: Mapping[str, Any], name: str, path: Path) -> Iterator[_Edit]:
        """Another option of the choice; the first of them."""
        choices = self.data.get("choices") or {}
        choice = choices.get(raw.get("of", next(iter(choices), None)))
        options = choice.get("options") if isinstance(choice, dict) else None
        other = next((one for one in options or () if one != raw["chosen"]), None)
        if isinstance(raw["chosen"], str) and other is not None:
            yield _Edit(f"{name}: {raw['chosen']} -> {other}", path, other, path)

    def _bound(self, raw: Mapping[str, Any], key: str, name: str, path: Path) -> Iterator[_Edit]:
        value, here, at = raw[key], f"{name}.{key}", (*path, key)
        new = OTHER_OPERATOR[key]
        if new not in raw:
            yield _Edit(f"{here}: -> {new}", path, renamed(raw, key, new), at)
        if len([one for one in OPERATORS if one in raw]) > 1:
            yield _Edit(f"{here}: dropped", at, DROPPED, at)
        if isinstance(value, dict):
            yield from self._value(value.get("values", value), f"{here}.values" if "values" in value else here,
                                   (*at, "values") if "values" in value else at)  # fmt: skip
        else:
            yield from self._near(value, here, at)

    def _group(self, raw: Mapping[str, Any], key: str, name: str, path: Path) -> Iterator[_Edit]:
        members, at = raw[key], (*path, key)
        if key in _SWAPPED and (len(members) > 1 or key == "none_of"):
            yield _Edit(f"{name}.{key}: -> {_SWAPPED[key]}", path, renamed(raw, key, _SWAPPED[key]), at)
        for index, member in enumerate(members):
            here, where = f"{name}.{key}[{index}]", (*at, index)
            if len(members) > 1:
                yield _Edit(f"{here}: dropped", where, DROPPED, where)
            yield from self._criterion(member, here, where)

    def _readings(self, raw: Mapping[str, Any], name: str, path: Path) -> Iterator[_Edit]:
        readings = raw["readings"]
        for index, reading in enumerate(readings):
            at = (*path, "readings", index)
            here = f"{name}.readings[{index}]"
            others = [one for place, one in enumerate(readings) if place != index]
            if len(others) == 1:
                yield _Edit(f"{here}: dropped", path, _alone(raw, others[0]), at)
            else:
                if reading.get("preferred"):
                    others = [{**others[0], "preferred": True}, *others[1:]]
                yield _Edit(f"{here}: dropped", (*path, "readings"), others, at)
            if not reading.get("preferred"):
                moved = [
                    {**_without(one, "preferred"), **({"preferred": True} if place == index else {})} for place, one in enumerate(readings)
                ]
                yield _Edit(f"{here}: preferred", (*path, "readings"), moved, at)
            same = {f"{here}.{key}: dropped" for key in reading if key in raw and raw[key] == reading[key]}
            yield from (edit for edit in self._criterion(reading, here, at) if edit.name not in same)

    # -------------------------------------------------------------------------------------- any value

    def _value(self, value: Any, name: str, path: Path) -> Iterator[_Edit]:
        if is_by_choice(value):
            for option, one in value["values"].items():
                yield from self._moment(one, f"{name}.values.{option}", (*path, "values", option))
        elif isinstance(value, list):
            for index, entry in enumerate(value):
                here, at = f"{name}[{index}]", (*path, index)
                if len(value) > 1:
                    yield _Edit(f"{here}: {shown(entry)} dropped" if isinstance(entry, str) else f"{here}: dropped", at, DROPPED, at)
                if isinstance(entry, dict):
                    yield from self._criterion(entry, here, at)
                elif not isinstance(entry, str):
                    yield from self._near(entry, here, at)
        elif isinstance(value, dict):
            yield from self._criterion(value, name, path)
        else:
            yield from self._near(value, name, path)

    def _near(self, value: Any, name: str, path: Path) -> Iterator[_Edit]:
        for new in near(value, self.reference):
            yield _Edit(f"{name}: {shown(value)} -> {shown(new)}", path, new, path)

    def _moment(self, value: Any, name: str, path: Path) -> Iterator[_Edit]:
        if isinstance(value, dict) and "day" in value:
            yield from self._moment(value["day"], f"{name}.day", (*path, "day"))
            for key in value:
                if key not in ("day", "included", "assumed"):  # the end of its month, the September before
                    yield _Edit(f"{name}.{key}: dropped", (*path, key), DROPPED, (*path, key))
            if "included" in value:
                yield from self._near(value["included"], f"{name}.included", (*path, "included"))
        elif isinstance(value, dict | list):
            yield from self._value(value, name, path)
        elif value in self.days:
            for day in self.days:
                if day != value:
                    yield _Edit(f"{name}: {value} -> {day}", path, day, path)
        else:
            yield from self._near(value, name, path)

    @staticmethod
    def _set(name: str, path: Path, raw: Mapping[str, Any], key: str, new: Any, old: Any) -> _Edit:
        return _Edit(f"{name}.{key}: {old} -> {new}", (*path, key), new, (*path, key) if key in raw else path)


def _without(raw: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in raw.items() if key not in keys}


def _alone(raw: Mapping[str, Any], reading: Mapping[str, Any]) -> dict[str, Any]:
    """The criterion as one of its readings has it, and no other."""
    groups = {"kind", "all_of", "any_of", "none_of", "together", "met"}
    kept = ("id", "label", "clause", "source", "importance", "as_of", "when", "unless", "derogation")
    return as_read(raw if not groups & set(reading) else {key: raw[key] for key in kept if key in raw}, reading)
