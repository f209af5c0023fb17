"""A profile as somebody typed it, put into plain form: `Moroccan` is `MA`, `level: native` is `native: true`, `none` is `[]`.

What can mean one thing only is read so, and told in a note that says how to write it; what can mean two stays unknown, and both are told.
Only a profile that does not read as it stands comes here: plain ones pay nothing for it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel

from eligibility.dates import Days, parse_days
from eligibility.loading.edits import Change, flow
from eligibility.loading.understood import Sort, Understood, is_nothing, understand
from eligibility.loading.understood.degrees import under_its_keys
from eligibility.loading.understood.licences import either_licence
from eligibility.loading.understood.words import meanings, says
from eligibility.numerals import readings
from eligibility.profile import SOURCES, Profile
from eligibility.profile_values import number_meant, parse_money
from eligibility.reading.reader import Path, Problem
from eligibility.reference import Reference
from eligibility.reference.spelling import fold

_DATES = frozenset({
    "birth_date", "from", "since", "until", "issued", "expires", "awarded", "defended", "born", "expected_end", "taken", "child",
})  # fmt: skip
_YES_OR_NO = frozenset({
    "full_time", "final_year", "completed", "native", "paid", "expected", "dependent", "accompanying",
})  # fmt: skip
_SKILLS = frozenset({"level", "listening", "reading", "spoken_interaction", "spoken_production", "speaking", "writing"})
_WORKING_TIME = frozenset({"rate", "full_time", "hours_per_week", "hours"})
_NUMBERS = frozenset({"score", "years", "credits", "value", "out_of", "year", "level", "gives_access_to"})
NO_THOUSANDS = _NUMBERS - {"credits"} | {"hours_per_week", "rate"}
"""What is never so much that thousands are set apart: `3.750` is a mark."""
_WHOLE = {
    "citizenships": Sort.COUNTRIES,
    "languages": Sort.LANGUAGES,
    "degrees": Sort.DEGREE,
    "studies": Sort.DEGREE,
    "residences": Sort.COUNTRY,
}
"""Lists of which one text may tell an entry, or all of them."""
_CODED = ("citizenships", "residences", "languages")
"""Lists of which an entry may be a code: `no` is Norway, and Norwegian."""
_TITLED = ("degrees", "studies")
_TERMS = ("title", "employer")
"""Keys with words of which a rule may have a list of its own."""
_WORDS = re.compile(r"[^\W\d_]|%")
"""What says more than a number: `Arbeitszeit: Vollzeit` is a working time, and `Arbeitszeit: 20` may be hours or a share."""
_OF_A_NUMBER = ("hours_per_week", "rate")
"""The keys that such a word may stand for above a bare number."""
_LICENCES = frozenset({"certificates", "permits"})
"""The lists in which a permit may stand of which nobody says whether it is one to drive."""
_NOT_SAID = object()
_SORTS = {"place": Sort.COUNTRY, "language": Sort.LANGUAGE, "field": Sort.FIELD}
"""What a word is of each of these vocabularies."""
_ONE = {**_WHOLE, "citizenships": Sort.COUNTRY}


class Typed(NamedTuple):
    """A profile with everything that was surely meant in plain form, and what to tell of it. `written` are the words of vocabularies that
    were read as others, by record and key: a rule may list just these."""

    data: dict[str, Any]
    told: list[Problem]
    written: dict[str, dict[str, Any]]


def in_plain_form(data: Mapping[str, Any], reference: Reference) -> Typed:
    """A profile in plain form."""
    typed = _Typed(reference)
    return Typed(typed.person(data, ()), typed.told, typed.written)


class _Typed:
    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self.told: list[Problem] = []
        self.written: dict[str, dict[str, Any]] = {}

    # ------------------------------------------------------------------------------------------ the profile

    def person(self, data: Mapping[str, Any], path: Path, of: str = "") -> dict[str, Any]:
        """A profile, or one of the relatives in it."""
        found: dict[str, Any] = {}
        data = self._whole_name(data, path)
        for name, value in self._named(data, path, of).items():
            at = (*path, self._written_key(data, name))
            if name == "relatives" and isinstance(value, list):
                found[name] = [self.person(one, (*at, n), name) if isinstance(one, dict) else one for n, one in enumerate(value)]
            elif name == "facts" and isinstance(value, dict):
                facts = {key: self._fact(one, (*at, key)) for key, one in value.items()}
                found[name] = {key: one for key, one in facts.items() if one is not _NOT_SAID}
            elif name in _LISTS:
                if (entries := self._list(name, value, at)) is not _NOT_SAID:
                    found[name] = entries
            elif name == "availability" and isinstance(value, dict):
                found[name] = self._record(name, value, at)
            elif name in ("birth_date", "from"):
                found[name] = self._value(value, at, Sort.DATE)
            elif name == "to":
                found[name] = self._value(value, at, Sort.END)
            elif name == "domicile":
                found[name] = self._value(value, at, Sort.COUNTRY)
            else:
                found[name] = value
        return found

    def _whole_name(self, data: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
        """A profile whose name stands in parts, `prénom` beside `nom`, with them in one."""
        given = [key for key in data if "given" in meanings("name_parts").get(fold(key), ())]
        family = [key for key in data if "family" in meanings("name_parts").get(fold(key), ())]
        whole = [key for key in data if fold(key) == "name" or "name" in meanings("keys").get(fold(key), ())]
        parts = [*given, *(family or whole)]
        if (
            not (given or family)
            or len(given) > 1
            or len(parts) > 2
            or (family and whole)
            or not all(isinstance(data[one], str) for one in parts)
        ):
            return data
        name = " ".join(str(data[one]) for one in parts)
        first, *others = sorted(parts, key=list(data).index)
        changes = [Change((*path, first), entries={"name": name}), *(Change((*path, key)) for key in others)]
        self._taken(", ".join(f"{key}: {data[key]}" for key in (first, *others)), {"name": name}, (*path, first), changes, on_key=True)
        return {"name" if key == first else key: name if key == first else value for key, value in data.items() if key not in others}

    def _list(self, name: str, value: Any, path: Path) -> Any:
        """A list of records, or a text that says what it would hold."""
        if isinstance(value, list):
            return [self._entry(name, one, (*path, number)) for number, one in enumerate(value)]
        if isinstance(value, dict) and value and set(value) <= _allowed(name):
            return self._taken(None, [self._record(name, value, path)], path, [])  # one entry without its dash
        if name == "languages" and isinstance(value, dict) and value:
            spoken = [self._spoken(one, level) for one, level in value.items()]
            if None not in spoken:
                return self._taken(", ".join(f"{key}: {level}" for key, level in value.items()), spoken, path, [Change(path, spoken)])
            if all(self._language_of(key) is not None for key in value):
                heard = [one or self._half_spoken(key, level, path) for one, (key, level) in zip(spoken, value.items(), strict=True)]
                return [one for one in heard if one is not None]
        if not isinstance(value, str):
            return value
        if is_nothing(value) or understand(value, Sort.YES_NO).value is False:
            if fold(value) == "no" and name in _CODED:
                return self._left_out(value, path, ("[]", f'["{"no" if name == "languages" else "NO"}"]'))
            if name == "citizenships" and says("not_applicable", value):  # as likely: not known
                return value
            return self._taken(value, [], path, [Change(path, [])])
        if name not in _WHOLE:
            return value
        found = understand(value, _WHOLE[name], self.reference)
        if len(found.readings) > 1 and found.note != "former":
            return self._left_out(value, path, map(_reading, found.readings))
        if found.value is None and name == "degrees" and under_its_keys(value, self.reference):
            return self._as_a_whole([{"title": value}], value, path)
        if found.value is None or (found.left and name not in _TITLED):
            return self._as_a_whole([_entry_of(name, value)], value, path) if name == "residences" else value
        entries = found.value if isinstance(found.value, list) else [_entry_of(name, found.value)]
        written = [self._as_typed(value, (*path, 0), entries[0])] if name in _TITLED else entries
        return self._taken(value, entries, path, [Change(path, written)])

    def _entry(self, name: str, value: Any, path: Path) -> Any:
        if name == "languages" and isinstance(value, dict) and len(value) == 1:
            [(key, level)] = value.items()
            if (spoken := self._spoken(key, level)) is not None:
                return self._taken(f"{key}: {level}", spoken, path, [Change((*path, key), entries=spoken)], place=(*path, key))
            if self._language_of(key) is not None and isinstance(level, str) and not is_nothing(level):
                return self._half_spoken(key, level, path)
        if isinstance(value, dict):
            return self._record(name, value, path)
        if not isinstance(value, str) or name not in _ONE:
            return value
        found = understand(value, _ONE[name], self.reference)
        one = found.value
        if isinstance(one, list):
            one = one[0] if len(one) == 1 else None
        if one is None and name == "degrees" and under_its_keys(value, self.reference):
            return self._as_a_whole({"title": value}, value, path)
        if one is None or (found.left and name not in _TITLED):
            self._ask(value, found, path)
            return self._as_a_whole(_entry_of(name, value), value, path) if name == "residences" else value
        if one == value:
            return value
        entry = _entry_of(name, one)
        return self._taken(value, entry, path, [Change(path, self._as_typed(value, path, entry) if name in _TITLED else entry)])

    def _as_a_whole(self, entry: Any, value: str, path: Path) -> Any:
        """An entry of which one word is said, and one that nothing knows, a place or a dated title: it costs no more than itself."""
        return self._taken(value, entry, path, [Change(path, entry)])

    def _language_of(self, key: str) -> str | None:
        """The language that a key names, and nothing else."""
        code: str | None = None if key in _allowed("languages") else understand(key, Sort.LANGUAGE, self.reference).value
        return code

    def _half_spoken(self, key: str, level: Any, path: Path) -> dict[str, Any] | None:
        """The entry of `anglais: B2/C1`, a language of which the level is not understood, and stays unknown; none for `allemand: aucun`."""
        at = (*path, key)
        if isinstance(level, str) and says("none", level):
            return None
        found = understand(level, Sort.LEVEL, self.reference) if isinstance(level, str) else Understood()
        if len(found.readings) > 1:
            self._ask(str(level), found, at)
        elif not (isinstance(level, str) and is_nothing(level)):
            self.told.append(Problem("W202", at, {"word": str(level), "at": _fact(at), "form": "level"}))
        return {"language": self._language_of(key)}

    def _spoken(self, key: str, level: Any) -> dict[str, Any] | None:
        """The entry of `anglais: courant`, a language and how well it is known; None for anything else."""
        language = self._language_of(key)
        known = understand(level, Sort.LEVEL, self.reference) if isinstance(level, str) else None
        if language is None or known is None or known.value is None or known.left:
            return None
        return {"language": language, **known.value}

    def _as_typed(self, value: str, path: Path, entry: Mapping[str, Any]) -> dict[str, Any]:
        """A degree as it is to be written: with its title as it was typed, which says more than what it was read as."""
        self.written.setdefault(_fact(path), {})["title"] = value
        return dict(entry) if _says_no_more(value, entry, "title") else {"title": value}

    def _record(self, name: str, record: Mapping[str, Any], path: Path) -> dict[str, Any]:
        named = self._named(record, path, name)
        words = SOURCES[name].words if name in SOURCES else {}
        found: dict[str, Any] = {}
        for key, value in named.items():
            at = (*path, self._written_key(record, key))
            if name == "languages" and key in ("test", "score", "date", "taken"):
                continue
            found |= self._field(name, key, value, at, words)
        if name == "languages":
            self._tests(named, found, path, record)
        return found

    def _field(self, name: str, key: str, value: Any, path: Path, words: Mapping[str, str]) -> dict[str, Any]:
        """What a key and its value say: nearly always that key, with that value."""
        vocabulary = words.get(key)
        if key in _DATES:
            return {key: self._value(value, path, Sort.DATE)}
        if key == "to":
            return {key: self._value(value, path, Sort.END)}
        if (sort := _SORTS.get(str(vocabulary))) is not None:
            if isinstance(value, list):
                return {key: [self._value(one, (*path, number), sort) for number, one in enumerate(value)]}
            return {key: self._value(value, path, sort)}
        if key in _WORKING_TIME:
            return self._working_time(name, key, value, path)
        if key in _YES_OR_NO:
            return {key: self._value(value, path, Sort.YES_NO)}
        if name == "languages" and key in _SKILLS:
            return self._level(key, value, path)
        if name in ("degrees", "studies") and key in ("title", "level") and isinstance(value, str) and number_meant(value) is None:
            read = understand(value, Sort.DEGREE, self.reference)  # of `Master 2 droit maritime` at least the title is known
            return self._keys(key, value, path, read._replace(left=()), self._knows("titles", key, value))
        if key == "employer" and isinstance(value, str):
            return self._keys(key, value, path, understand(value, Sort.EMPLOYER, self.reference), self._knows("employer", key, value))
        if key in _NUMBERS and isinstance(value, str):
            return self._figure(key, value, path)
        if key == "amount" and isinstance(value, str) and parse_money(value) is None:
            found = understand(value, Sort.MONEY, self.reference)
            self._ask(value, found, path)
            return {} if found.readings else {key: self._value(value, path, Sort.MONEY)}
        if isinstance(value, dict) and key == "grade":
            return {key: {one: self._field(key, one, what, (*path, one), {}).get(one, what) for one, what in value.items()}}
        return {key: value}

    def _figure(self, key: str, value: str, path: Path) -> dict[str, Any]:
        """What a number that is typed otherwise says: `1 607,5`. Where it may be two, the key is left out, and asked about."""
        numbers = _numbers(value, key)
        if len(numbers) > 1:
            self._doubt(value, path, numbers)
            return {}
        if not numbers:
            return {key: value}
        number = float(numbers[0]) if "." in numbers[0] else int(numbers[0])
        return {key: self._taken(value, number, path, [Change(path, number)])}

    def _knows(self, vocabulary: str, key: str, value: str) -> bool:
        """Whether a word is one of the vocabulary of its key as it stands."""
        return key != "level" and self.reference.find_term(vocabulary, value, suggest=False).id is not None

    # ------------------------------------------------------------------------------------------ one value

    def _value(self, value: Any, path: Path, sort: Sort) -> Any:
        """A value in plain form; as it was where nothing is known of it, and any day that it may mean where it may mean several."""
        if isinstance(value, int) and not isinstance(value, bool) and sort in (Sort.DATE, Sort.END) and value > 9999:
            value = str(value)
        if not isinstance(value, str):
            return value
        found = understand(value, sort, self.reference)
        if found.value is None:
            self._ask(value, found, path)
            days = [parse_days(one) for one in found.readings] if sort in (Sort.DATE, Sort.END) else []
            return Days(min(one.first for one in days), max(one.last for one in days)) if days else value
        if found.value == value or found.left:
            return value if not found.left else self._taken(value, found.value, path, [Change(path, found.value)])
        return self._taken(value, found.value, path, [Change(path, found.value)])

    def _keys(self, key: str, value: str, path: Path, found: Understood, known: bool = False) -> dict[str, Any]:
        """The keys that a value of one key fills: `title: Master 2 IA` has a field, too."""
        if known or found.left or found.value is None:
            if not known:
                self._ask(value, found, path)
            return {key: value}
        read: dict[str, Any] = dict(found.value)
        one = list(read) == [key]
        changes = [Change(path, read[key]) if one else Change(path, entries=read)]
        if key in _TERMS:
            self.written.setdefault(_fact(path[:-1]), {})[key] = value
            if not _says_no_more(value, read, key):
                changes = []
        self._taken(value, read[key] if one else read, path, changes)
        return read

    def _fact(self, value: Any, path: Path) -> Any:
        """Whether something is so, or how much it is: `yes`, `1,72`."""
        if isinstance(value, str) and _numbers(value, ""):
            return self._figure("", value, path).get("", _NOT_SAID)
        return self._value(value, path, Sort.YES_NO)

    def _level(self, key: str, value: Any, path: Path) -> dict[str, Any]:
        """The level of a language in words: `native`, `courant`, `C1 (IELTS 7.5)`."""
        if not isinstance(value, str):
            return {key: value}
        found = understand(value, Sort.LEVEL, self.reference)
        read = found.value
        if read is None and len(found.readings) > 1:
            self._ask(value, found, path)
            return {}
        if read is None or found.left or (key != "level" and set(read) != {"level"}):
            return {key: value}
        if key != "level":
            read = {key: read["level"]}
        if read == {key: value}:
            return {key: value}
        return self._keys(key, value, path, Understood(read))

    def _working_time(self, name: str, key: str, value: Any, path: Path) -> dict[str, Any]:
        """A share, hours, full time. The key tells which hours are meant where the value does not: `hours_per_week: 15 h`."""
        if isinstance(value, bool) or (key != "rate" and isinstance(value, int | float)):
            return {key: value}
        if isinstance(value, int | float):
            return self._share(key, value, path)
        if not isinstance(value, str):
            return {key: value}
        if key == "full_time" and (answer := understand(value, Sort.YES_NO)).value is not None:
            return {key: self._taken(value, answer.value, path, [Change(path, answer.value)])}
        numbers = _numbers(value, key)
        if numbers and key in ("hours", "hours_per_week"):
            return self._figure(key, value, path)
        if numbers and key == "rate":
            return self._share(key, float(numbers[0]), path, value)
        found = understand(value, Sort.WORKING_TIME)
        read = found.value or next((one for one in found.readings if set(one) == {key} and found.note is None), None)
        if read is None and len(found.readings) > 1:
            self._ask(value, found, path)
            return {}
        if read is None or found.left or not set(read) <= _allowed(name):
            return {key: value}
        if read == {key: value}:
            return {key: value}
        return self._keys(key, value, path, Understood(read))

    def _share(self, key: str, value: float, path: Path, typed: object = None) -> dict[str, Any]:
        """A share without its sign: below 2 it is all of it, or half of it, for some, and hundredths for others."""
        if 0 < value <= 1:
            self._doubt(str(value if typed is None else typed), path, (f"{100 * value:.12g}%", f"{value:.12g}%"))
            return {}
        return {key: value if typed is None else self._taken(typed, f"{value:.12g}%", path, [Change(path, f"{value:.12g}%")])}

    def _tests(self, named: Mapping[str, Any], found: dict[str, Any], path: Path, record: Mapping[str, Any]) -> None:
        """`test: IELTS 7.5` beside `date: Feb 2023` is a test of the list `tests`, with its day."""
        tests = found.get("tests")
        if isinstance(tests, str):
            read = understand(tests, Sort.LEVEL, self.reference).value
            if read is not None and set(read) == {"tests"}:
                at = (*path, "tests")
                found["tests"] = self._taken(tests, read["tests"], at, [Change(at, read["tests"])])
        elif isinstance(tests, list):
            found["tests"] = [self._test(one, (*path, "tests", number)) for number, one in enumerate(tests)]
        apart = [key for key in ("test", "score", "date", "taken") if key in named]
        if not apart:
            return
        said = {key: named[key] for key in apart}
        test = None if "tests" in found else self._one_test(said)
        if test is None:
            found.update(said)
            return
        first, *others = sorted((self._written_key(record, key) for key in apart), key=list(record).index)
        typed = ", ".join(f"{key}: {named[key]}" for key in apart)
        changes = [Change((*path, first), entries={"tests": [test]}), *(Change((*path, key)) for key in others)]
        self._taken(typed, {"tests": [test]}, (*path, first), changes, on_key=True)
        found["tests"] = [test]

    def _one_test(self, said: Mapping[str, Any]) -> dict[str, Any] | None:
        """The test of `test`, `score` and `date` (or `taken`) that stand apart; None unless all are understood."""
        parts = [str(said[key]) for key in ("test", "score") if key in said]
        read = understand(" ".join(parts), Sort.LEVEL, self.reference)
        tests = (read.value or {}).get("tests", [])
        if set(read.value or {}) != {"tests"} or len(tests) != 1 or read.left:
            return None
        test = dict(tests[0])
        for key in ("date", "taken"):
            if key in said:
                day = understand(str(said[key]), Sort.DATE).value
                if day is None or "taken" in test:
                    return None
                test["taken"] = day
        return test

    def _test(self, value: Any, path: Path) -> Any:
        if isinstance(value, str):
            read = understand(value, Sort.LEVEL, self.reference)
            tests = (read.value or {}).get("tests", [])
            if set(read.value or {}) == {"tests"} and len(tests) == 1 and not read.left:
                return self._taken(value, tests[0], path, [Change(path, tests[0])])
            return value
        if not isinstance(value, dict):
            return value
        found: dict[str, Any] = {}
        for key, one in self._named(value, path, "tests").items():
            found |= self._field("tests", key, one, (*path, self._written_key(value, key)), {})
        return found

    # ------------------------------------------------------------------------------------------ keys

    def _named(self, data: Mapping[str, Any], path: Path, name: str = "") -> dict[str, Any]:
        """A mapping with its keys in our words: `nationality` for `citizenships`, where it stands for one key and that is not there."""
        allowed = _allowed(name)
        found: dict[str, Any] = {}
        open_lists: list[str] = []
        for key, value in data.items():
            if allowed >= _LICENCES and (readings := either_licence(key, value)):
                self.told.append(
                    Problem("W207", (*path, key), {"word": f"{key}: {_said(value)}", "readings": readings, "at": "permits"}, True)
                )
                open_lists += [one for one in sorted(_LICENCES) if one in data and one != key]
                continue
            meant = self._keys_meant(key, allowed, data)
            if len(meant) > 1 and not any(one in data for one in meant):  # `formation`: degrees, or studies that go on
                told = {"word": key, "readings": meant, "at": _fact((*path, meant[0]))}
                self.told.append(Problem("W207", (*path, key), told, on_key=True))
                continue
            new = meant[0] if len(meant) == 1 and meant[0] not in data else None
            if new is None or new in found:  # a second key for the same thing is as unknown as any
                found[key] = value
                continue
            found[new] = value
            self._taken(key, new, (*path, key), [Change((*path, key), key=new)], on_key=True)
        if open_lists and isinstance(known := found.get("incomplete", []), list):  # it may be one more of them
            found["incomplete"] = [*dict.fromkeys([*known, *open_lists])]
        return found

    def _keys_meant(self, key: str, allowed: frozenset[str], data: Mapping[str, Any]) -> list[str]:
        """The keys that another word may stand for; none for one that is a key as it stands."""
        if key in allowed:
            return []
        return [one for one in _standing_for(key, data[key]) if one in allowed] or [
            one for one in sorted(allowed) if fold(one) == fold(key)
        ]

    def _written_key(self, data: Mapping[str, Any], name: str) -> str:
        """How the file writes a key that was read in our words."""
        if name in data:
            return name
        return next((key for key, value in data.items() if name in _standing_for(key, value) or fold(name) == fold(key)), name)

    # ------------------------------------------------------------------------------------------ telling

    def _taken(self, typed: object, read: Any, path: Path, changes: list[Change], on_key: bool = False, place: Path | None = None) -> Any:
        """What was read, told at its path, or at the key of another `place`."""
        if typed is not None:
            params: dict[str, Any] = {"word": str(typed), "read": flow(read), "becomes": json.dumps(read), "changes": changes}
            if not on_key and (label := self._label(read)) is not None:
                params |= {"label": label, "form": "named"}
            if params["word"] == params["read"]:  # it stands in quotes
                params["word"] = json.dumps(typed)
            if isinstance(read, dict):
                params["read"] = flow(read)[1:-1]
            if not changes:
                params["form"] = "kept"
            self.told.append(Problem("N204", place or path, params, on_key or place is not None))
        return read

    def _label(self, read: Any) -> dict[str, str] | None:
        """The name of a country or a language that was read."""
        code = read["country"] if isinstance(read, dict) and list(read) == ["country"] else read
        if not isinstance(code, str):
            return None
        kind = "place" if self.reference.is_place(code) else "language" if self.reference.is_language(code) else None
        return None if kind is None else {language: self.reference.label(kind, code, language) for language in ("en", "fr")}

    def _ask(self, typed: str, found: Understood, path: Path) -> None:
        if len(found.readings) > 1 and found.note != "former":
            self._doubt(typed, path, map(_reading, found.readings))

    def _left_out(self, typed: str, path: Path, readings: Iterable[str]) -> object:
        """Ask about a list that may be two: until then, it is not said."""
        self._doubt(typed, path, readings)
        return _NOT_SAID

    def _doubt(self, typed: str, path: Path, readings: Iterable[str]) -> None:
        self.told.append(Problem("W207", path, {"word": typed, "readings": list(readings), "at": _fact(path)}))


def _numbers(text: str, key: str) -> tuple[str, ...]:
    """The numbers that a text may be under a key; one with a zero before it may be another one for other readers."""
    found = () if re.match(r"0\d", text) else readings(text.strip("\"'"))
    return found[-1:] if key in NO_THOUSANDS else found


def _standing_for(key: str, value: object) -> tuple[str, ...]:
    """The keys that another word stands for; several where it may be one or the other."""
    known = meanings("keys").get(fold(key), ())
    of_words = meanings("keys_of_words").get(fold(key), ())
    if of_words and isinstance(value, int | float | str) and not isinstance(value, bool):
        return (*known, *(of_words if _WORDS.search(str(value)) else _OF_A_NUMBER))
    return known


def _said(value: Any) -> str:
    """A value as it was typed, nearly."""
    return value if isinstance(value, str) else flow(value)


def _reading(one: Any) -> str:
    """What may be written: the keys of an entry, or a value."""
    return flow(one)[1:-1] if isinstance(one, dict) else flow(one)


def _says_no_more(typed: str, read: Mapping[str, Any], key: str) -> bool:
    """Whether nothing is lost with the word that was typed: `master's` is a master, `Master of Laws` is more, and a rule may list it."""
    plain = str(read.get(key, ""))
    return read.get("employer_name") == typed or fold(typed) in {f"{fold(plain)}{end}" for end in ("", "s", "degree", "sdegree")}


def _fact(path: Path) -> str:
    return "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in path).removeprefix(".")


def _entry_of(name: str, value: Any) -> Any:
    """The entry of a list that a value makes: a place where somebody lived is `{in: CA}`."""
    return {"in": value} if name == "residences" else value


# ---------------------------------------------------------------------------------------------- what a profile may hold


def _records() -> dict[str, type[BaseModel]]:
    found = {}
    for name, field in Profile.model_fields.items():
        for part in _parts(field.annotation):
            if isinstance(part, type) and issubclass(part, BaseModel):
                found[name] = part
    return found


def _parts(annotation: Any) -> Iterable[Any]:
    yield annotation
    for part in get_args(annotation):
        yield from _parts(part)


_RECORDS = _records()
_LISTS = frozenset(_RECORDS) - {"availability", "relatives", "applications"}


def _allowed(name: str) -> frozenset[str]:
    """The keys of a record; without a name, those of a profile."""
    if name == "tests":
        return frozenset({"test", "score", "taken"})
    model = _RECORDS[name] if name else Profile
    return frozenset(field.alias or key for key, field in model.model_fields.items())
