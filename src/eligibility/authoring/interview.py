"""A profile written by answering questions, one by one. What a person does not know is left out, and so stays unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from eligibility.authoring.answers import (
    Again,
    Read,
    Several,
    Understanding,
    date,
    end,
    language,
    language_level,
    level,
    place,
    places,
    term,
    text,
    working_time,
    yes,
)
from eligibility.authoring.written import written
from eligibility.loading.yaml_characters import forbidden

_ABSENCES: Mapping[str, Read] = {"in": place, "from": date, "to": end}
_PERMITS: Mapping[str, Read] = {"type": term("permit_types"), "in": place, "from": date, "until": date}
_FIELDS: Mapping[str, Mapping[str, Read]] = {
    "degrees": {"level": level, "field": term("field"), "in": place, "awarded": date},
    "studies": {"level": level, "field": term("field"), "in": place, "from": date, "full_time": yes},
    "experience": {
        "from": date, "to": end, "type": term("experience_types"), "employer": term("employer"), "field": term("field"),
        "in": place, "rate": working_time,
    },
    "languages": {"language": language, "level": language_level},
    "participations": {"programme": term("programmes"), "from": date, "to": end},
}  # fmt: skip
_UNKNOWN = object()


class Stopped(Exception):
    """The person wants no file after all."""


class _Back(Exception):
    """The last question is to be asked again."""


class Interview:
    """Asks and understands. `ask` shows a question and returns what was typed; `say` shows a sentence."""

    def __init__(self, ask: Callable[[str], str], say: Callable[[str], None], by: Understanding) -> None:
        self._ask = ask
        self._say = say
        self._by = by
        self._typed: list[str] = []
        self._again: list[str] = []

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
        found: dict[str, Any] = {}
        for key, read in (("name", text), ("birth_date", date), ("citizenships", places)):
            self._into(found, key, key, read)
        if found.get("citizenships"):
            found["citizenships"] = [self._since(country) for country in found["citizenships"]]
        self._into(found, "domicile", "domicile", place)
        incomplete = self._home(found)
        for name, fields in {"absences": _ABSENCES, "permits": _PERMITS, **_FIELDS}.items():
            records, complete = self._records(name, fields)
            if records is not None:
                found[name] = records
                incomplete += [] if complete else [name]
        return {**found, "incomplete": incomplete} if incomplete else found

    def _since(self, country: str) -> Any:
        """A citizenship; without a day it is held from birth."""
        name = self._by.reference.label("place", country, self._by.words.language)
        since = self._answer("citizenships.since", date, {}, name=name)
        return country if since is _UNKNOWN else {"country": country, "since": since}

    def _home(self, found: dict[str, Any]) -> list[str]:
        """The stay at the present home; earlier ones were not asked for, so the list is not complete."""
        if not isinstance(found.get("domicile"), str):
            return []
        since = self._answer("residences.from", date, {})
        if since is _UNKNOWN:
            return []
        found["residences"] = [{"in": found["domicile"], "from": since, "to": "ongoing"}]
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
                self._into(record, key, f"{name}.{key}", read)
            records.append(_completed(name, record))
            more = self._answer(f"{name}.more", yes, {})
        return records, more is False

    def _into(self, record: dict[str, Any], key: str, question: str, read: Read) -> None:
        answer = self._answer(question, read, record)
        if isinstance(answer, Several):
            record.update(answer)
        elif answer is not _UNKNOWN:
            record[key] = answer

    def _answer(self, question: str, read: Read, record: Mapping[str, Any], **facts: str) -> Any:
        """What was answered, asked again until it is understood. Raises _Back."""
        words = self._by.words
        while True:
            given = bool(self._again)
            typed = self._again.pop(0) if given else self._asked(words.text(f"interview.{question}", **facts))
            if not given and self._by.says(typed, "back") and (self._typed or typed == "<"):
                if self._typed:
                    raise _Back
                self._say(words.text("interview.first"))
                continue
            if typed in ("", "?"):
                answer = _UNKNOWN
            elif read is places and self._by.says(typed, "none"):
                answer = []
            else:
                try:
                    answer = read(typed, record, self._by)
                except Again as again:
                    hint = words.text("interview.try", words=words.either(again.suggestions)) if again.suggestions else ""
                    where = words.text("interview.list", command=again.command) if again.command else ""
                    self._say(" ".join(one for one in (words.text(f"interview.wrong.{again.key}", word=again.word), hint, where) if one))
                    continue
                if read in (date, end) and isinstance(answer, str) and answer not in (typed, "ongoing") and not given:
                    self._say(words.text("interview.read_as", value=answer))
            self._typed.append(typed)
            return answer

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
