"""A profile written by answering questions, one by one. What a person does not know is left out, and so stays unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from eligibility.authoring.answers import (
    Again,
    Read,
    Several,
    Term,
    Understanding,
    date,
    duties_read,
    employer,
    end,
    how_much,
    language,
    language_level,
    level,
    place,
    places,
    text,
    title,
    words_of,
    working_time,
    yes,
)
from eligibility.authoring.wanted import NOTHING, Wanted
from eligibility.authoring.written import flow, written
from eligibility.loading.yaml_characters import forbidden

_ABSENCES: Mapping[str, Read] = {"in": place, "from": date, "to": end}
_PERMITS: Mapping[str, Read] = {"type": Term("permit_types"), "in": place, "from": date, "until": date}
_FIELDS: Mapping[str, Mapping[str, Read]] = {
    "degrees": {"title": title, "level": level, "field": Term("field"), "in": place, "awarded": date},
    "studies": {"title": title, "level": level, "field": Term("field"), "in": place, "from": date, "full_time": yes},
    "experience": {
        "from": date, "to": end, "type": Term("experience_types"), "employer": employer, "function": duties_read, "field": Term("field"),
        "in": place, "rate": working_time, "title": text,
    },
    "languages": {"language": language, "level": language_level, "taken": date},
    "participations": {"programme": Term("programmes"), "from": date, "to": end},
}  # fmt: skip
_UNKNOWN = object()
_NUMBERED = 40
"""The longest list whose words are chosen by number."""


class _Chosen(NamedTuple):
    """An answer that was chosen by its number."""

    value: Any


class Stopped(Exception):
    """The person wants no file after all."""


class _Back(Exception):
    """The last question is to be asked again."""


class Interview:
    """Asks and understands. `ask` shows a question and returns what was typed; `say` shows a sentence.

    `wanted` is what the rules ask that not everybody is asked; what is `known` already is not asked again.
    """

    def __init__(
        self, ask: Callable[[str], str], say: Callable[[str], None], by: Understanding, wanted: Wanted = NOTHING,
        known: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:  # fmt: skip
        self._wanted = wanted
        self._known = known
        self._stopped = False
        self._ask = ask
        self._say = say
        self._by = by
        self._typed: list[Any] = []
        self._again: list[Any] = []

    def profile(self) -> dict[str, Any]:
        """The profile, with only what was answered. Raises Stopped where, shown in the end, it is not wanted."""
        self._say(self._by.words.text("interview.intro"))
        while True:
            try:
                found = self._all()
                self._confirm(found)
                return found
            except _Back:  # all but the last answer are given again, unasked
                self._again, self._typed = self._typed[:-1], []

    def _all(self) -> dict[str, Any]:
        self._stopped = False
        found: dict[str, Any] = {}
        for key, read in (("name", text), ("birth_date", date), ("citizenships", places)):
            if key not in self._known:
                self._into(found, key, key, read)
        if found.get("citizenships"):
            found["citizenships"] = [self._since(country) for country in found["citizenships"]]
        if "domicile" not in self._known:
            self._into(found, "domicile", "domicile", place)
        incomplete = self._home(found) if "residences" not in self._known else []
        for name, fields in {"absences": _ABSENCES, "permits": _PERMITS, **_FIELDS}.items():
            if name in self._known:
                continue
            records, complete = self._records(name, fields)
            if records is not None:
                found[name] = records
                incomplete += [] if complete else [name]
        if facts := self._facts():
            found["facts"] = facts
        return {**found, "incomplete": incomplete} if incomplete else found

    def _facts(self) -> dict[str, bool | float]:
        """What the rules ask to be declared, in the words of the rules."""
        known = self._known.get("facts") or {}
        found: dict[str, bool | float] = {}
        for name, said in self._wanted.facts.items():
            if name not in known:
                numeric = name in self._wanted.numbers
                answer = self._answer("number" if numeric else "fact", how_much if numeric else yes, {}, said=self._by.words.of(said))
                if answer is not _UNKNOWN:
                    found[name] = answer
        return found

    def _since(self, country: str) -> Any:
        """A citizenship; without a day it is held from birth."""
        name = self._by.reference.label("place", country, self._by.words.language)
        since = self._answer("citizenships.since", date, {}, name=name)
        return country if since is _UNKNOWN else {"country": country, "since": since}

    def _home(self, found: dict[str, Any]) -> list[str]:
        """The stay at the present home; earlier ones were not asked for, so the list is not complete."""
        home = found.get("domicile", self._known.get("domicile"))
        if not isinstance(home, str):
            return []
        since = self._answer("residences.from", date, {})
        if since is _UNKNOWN:
            return []
        found["residences"] = [{"in": home, "from": since, "to": "ongoing"}]
        return ["residences"]

    def _records(self, name: str, fields: Mapping[str, Read]) -> tuple[list[dict[str, Any]] | None, bool]:
        """The records of a list and whether they are all there; None where it is not known whether there are any."""
        more = self._answer(name, yes, {})
        if more is _UNKNOWN:
            return None, False
        records: list[dict[str, Any]] = []
        while more is True:
            record: dict[str, Any] = {}
            for key, read in fields.items():
                if self._is_asked(name, key, record):
                    self._into(record, key, f"{name}.{key}", read)
            records.append(_completed(name, record))
            more = self._answer(f"{name}.more", yes, {})
        return records, more is False

    def _is_asked(self, name: str, key: str, record: Mapping[str, Any]) -> bool:
        """Whether a key is worth a question: some only where rules ask for it, some only where another answer has not told it."""
        if key == "taken":
            return self._wanted.tests and any("taken" not in one for one in record.get("tests", ()))
        if key in record:
            return False
        if key == "function":
            return bool(self._wanted.duties)
        if key == "title":
            return self._wanted.titles or name == "experience"
        told = self._by.reference.degree(record["title"], None).level if "title" in record else None
        return key != "level" or name == "languages" or told is None or told[0] != told[1]

    def _into(self, record: dict[str, Any], key: str, question: str, read: Read) -> None:
        answer = self._answer(question, read, record)
        if key == "taken":
            if answer is not _UNKNOWN:
                record["tests"] = [{"taken": answer} | one for one in record["tests"]]
        elif isinstance(answer, Several):
            record.update(answer)
        elif answer is not _UNKNOWN:
            record[key] = answer

    def _answer(self, question: str, read: Read, record: Mapping[str, Any], **facts: str) -> Any:
        """What was answered, asked again until it is understood. Raises _Back."""
        words = self._by.words
        choices: list[Any] = []
        while True:
            if self._stopped:
                return _UNKNOWN
            given = bool(self._again)
            typed = self._again.pop(0) if given else self._asked(words.text(f"interview.{question}", **facts))
            if isinstance(typed, _Chosen):
                self._typed.append(typed)
                return typed.value
            if self._by.says(typed, "stop"):
                self._stopped = True
                self._typed.append(typed)
                return _UNKNOWN
            if not given and self._by.says(typed, "back") and (self._typed or typed == "<"):
                if self._typed:
                    raise _Back
                self._say(words.text("interview.first"))
                continue
            if self._by.says(typed, "list") and (listed := words_of(read, self._by, self._wanted.duties)):
                choices = self._listed(listed)
                continue
            if typed.isdecimal() and 1 <= int(typed) <= len(choices):
                chosen = choices[int(typed) - 1]
                value = Several(chosen) if isinstance(chosen, dict) else chosen
                self._typed.append(_Chosen(value))
                return value
            if typed in ("", "?"):
                answer = _UNKNOWN
            elif read is places and self._by.says(typed, "none"):
                answer = []
            else:
                try:
                    answer = read(typed, record, self._by)
                except Again as again:
                    choices = self._said_why(again)
                    continue
                if not given and (shown := _shown(answer, typed, read)):
                    self._say(words.text("interview.read_as", value=shown))
            self._typed.append(typed)
            return answer

    def _listed(self, listed: Sequence[tuple[str, str]]) -> list[Any]:
        """Show the words that can be chosen; by number where they are not too many."""
        if len(listed) <= _NUMBERED:
            for number, (name, label) in enumerate(listed, 1):
                self._say(f"  {number}. {label} ({name})")
            return [name for name, _ in listed]
        self._say(", ".join(f"{label} ({name})" for name, label in listed))
        return []

    def _said_why(self, again: Again) -> list[Any]:
        """Say why an answer was not understood; the readings that can be chosen by number."""
        words = self._by.words
        hint = words.text("interview.try", words=words.either(again.suggestions)) if again.suggestions else ""
        where = words.text("interview.list", command=again.command) if again.command else ""
        self._say(" ".join(one for one in (words.text(f"interview.wrong.{again.key}", word=again.word), hint, where) if one))
        for number, reading in enumerate(again.readings, 1):
            self._say(f"  {number}. {_written(reading)}")
        return list(again.readings)

    def _asked(self, question: str) -> str:
        """What was typed, asked again while it holds what a profile may not: a file that cannot be written or read loses every answer."""
        while forbidden(typed := self._ask(question).strip()):
            self._say(self._by.words.text("interview.wrong.character"))
        return typed

    def _confirm(self, found: Mapping[str, Any]) -> None:
        """Show what will be written, and ask whether it is right. Raises _Back, or Stopped."""
        words = self._by.words
        if not found:
            return
        self._say(words.text("interview.summary"))
        for line in written(found).splitlines():
            self._say(f"  {line}")
        if found.get("incomplete"):
            self._say(words.text("interview.incomplete", names=words.both(found["incomplete"])))
        while True:
            typed = self._asked(words.text("interview.confirm"))
            if self._by.says(typed, "back"):
                raise _Back
            if typed in ("", "?") or self._by.says(typed, "yes"):
                return
            if self._by.says(typed, "none"):
                raise Stopped
            self._say(words.text("interview.wrong.yes_no", word=typed))


def _completed(name: str, record: dict[str, Any]) -> dict[str, Any]:
    """A record in the words of a profile: a mother tongue has no level, studies under way go on."""
    if name == "studies":
        return {**record, "to": "ongoing"}
    if record.get("level") == "native":
        return {key: value for key, value in record.items() if key != "level"} | {"native": True}
    return record


def _shown(answer: Any, typed: str, read: Read) -> str:
    """How an answer was read, where it stands there in other words."""
    if read in (date, end) and isinstance(answer, str) and answer not in (typed, "ongoing"):
        return answer
    if read is language_level and isinstance(answer, dict) and isinstance(answer.get("level"), dict):
        return _written(answer)
    if read is title or (read is employer and isinstance(answer, Several) and len(answer) > 1):
        return _written(answer)
    return ""


def _written(value: Any) -> str:
    """A value as it will be written; of several keys, each with its value."""
    return ", ".join(f"{key}: {flow(one)}" for key, one in value.items()) if isinstance(value, dict) else flow(value)
