"""A profile written by answering questions, one by one. What a person does not know is left out, and so stays unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from eligibility.authoring.answers import (
    Again,
    Read,
    Understanding,
    date,
    end,
    language,
    language_level,
    level,
    percent,
    place,
    places,
    term,
    text,
    yes,
)

_FIELDS: Mapping[str, Mapping[str, Read]] = {
    "degrees": {"level": level, "field": term("field"), "in": place, "awarded": date},
    "studies": {"level": level, "field": term("field"), "in": place, "from": date, "full_time": yes},
    "experience": {
        "from": date, "to": end, "type": term("experience_types"), "employer": term("employer"), "field": term("field"),
        "in": place, "rate": percent,
    },
    "languages": {"language": language, "level": language_level},
}  # fmt: skip
_UNKNOWN = object()


class Interview:
    """Asks and understands. `ask` shows a question and returns what was typed; `say` shows a sentence."""

    def __init__(self, ask: Callable[[str], str], say: Callable[[str], None], by: Understanding) -> None:
        self._ask = ask
        self._say = say
        self._by = by

    def profile(self) -> dict[str, Any]:
        """The profile, with only what was answered."""
        self._say(self._by.words.text("interview.intro"))
        found: dict[str, Any] = {}
        for key, read in (("name", text), ("birth_date", date), ("citizenships", places), ("domicile", place)):
            self._into(found, key, key, read)
        incomplete = self._home(found)
        for name, fields in _FIELDS.items():
            records, complete = self._records(name, fields)
            if records is not None:
                found[name] = records
                incomplete += [] if complete else [name]
        return {**found, "incomplete": incomplete} if incomplete else found

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
        if answer is not _UNKNOWN:
            record[key] = answer

    def _answer(self, question: str, read: Read, record: Mapping[str, Any]) -> Any:
        """What was answered, asked again until it is understood."""
        words = self._by.words
        while True:
            typed = self._ask(words.text(f"interview.{question}")).strip()
            if typed in ("", "?"):
                return _UNKNOWN
            if read is places and self._by.says(typed, "none"):
                return []
            try:
                return read(typed, record, self._by)
            except Again as again:
                hint = words.text("interview.try", words=words.either(again.suggestions)) if again.suggestions else ""
                self._say(f"{words.text(f'interview.wrong.{again.key}', word=again.word)} {hint}".rstrip())


def _completed(name: str, record: dict[str, Any]) -> dict[str, Any]:
    """A record in the words of a profile: a mother tongue has no level, studies under way go on."""
    if name == "studies":
        return {**record, "to": "ongoing"}
    if record.get("level") == "native":
        return {key: value for key, value in record.items() if key != "level"} | {"native": True}
    return record
