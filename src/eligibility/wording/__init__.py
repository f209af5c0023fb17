"""Sentences in every language: templates, plurals, dates and lists, all of them data.

A language is a folder of JSON files beside this module; adding one needs no Python. A template holds `{names}`; an entry may
be `{"one": …, "other": …}`, chosen by the parameter `n` and by the language's own `plural` rule.
"""

import json
import os
import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

_FOLDER = os.path.dirname(__file__)  # importlib.resources would cost more to import than the words to read
_NAME = re.compile(r"\{(\w+)\}")
_CODE = re.compile(r"[EWN]\d{3}")


class Message(NamedTuple):
    """A problem in words: one sentence, and what to do about it (empty where there is nothing to add)."""

    message: str
    help: str


MOST_LISTED = 100
"""How many of the words that would be right a sentence names: of a file's own, there may be thousands."""


class MissingMessage(KeyError):
    """A language has no words for a code."""


def languages() -> tuple[str, ...]:
    """The languages there are words for."""
    return tuple(sorted(name for name in os.listdir(_FOLDER) if os.path.isfile(os.path.join(_FOLDER, name, "base.json"))))


@lru_cache
def _catalogue(language: str) -> Mapping[str, Any]:
    if language not in languages():  # it may come from anywhere, and is part of a path
        raise ValueError(f"no words in {language!r}; there are: {', '.join(languages())}")
    entries: dict[str, Any] = {}
    folder = os.path.join(_FOLDER, language)
    for name in sorted(os.listdir(folder)):
        if name.endswith(".json"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                entries.update(json.load(file))
    return entries


class Words:
    """The words of one language (`en`, `fr`). Raises ValueError for one that there are none in."""

    __slots__ = ("_entries", "language")

    def __init__(self, language: str) -> None:
        self.language = language
        self._entries = _catalogue(language)

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def text(self, key: str, /, **params: Any) -> str:
        """The sentence of a key. Raises MissingMessage."""
        try:
            entry = self._entries[key]
        except KeyError:
            raise MissingMessage(f"{self.language}: {key}") from None
        return self.fill(entry, params)

    def first(self, keys: Iterable[str], /, **params: Any) -> str:
        """The sentence of the first of several keys that has one: from the particular to the general."""
        tried = list(keys)
        for key in tried:
            if key in self._entries:
                return self.fill(self._entries[key], params)
        raise MissingMessage(f"{self.language}: {' / '.join(tried)}")

    def fill(self, entry: Any, params: Mapping[str, Any]) -> str:
        if isinstance(entry, dict):
            entry = entry["one" if self._is_one(params.get("n", 2)) else "other"]
        return _NAME.sub(lambda found: str(params.get(found[1], found[0])), str(entry))

    def _is_one(self, n: Any) -> bool:
        return bool(n in (0, 1)) if self._entries["plural"] == "zero_and_one" else bool(n == 1)

    def problem(self, code: str, params: Mapping[str, Any]) -> Message:
        """A problem of a file in words. Raises MissingMessage."""
        form = "empty" if params.get("value") == "" else params.get("form")  # the same problem in a situation that wants other words
        entry = self._entries.get(f"{code}:{form}") if form else None
        entry = entry or self._entries.get(code)
        if entry is None:
            raise MissingMessage(f"{self.language}: {code}")
        filled = {name: self._fact(code, value, params) for name, value in params.items()}
        if (key := f"expected.{filled.get('expected')}") in self._entries:
            filled["expected"] = self.text(key, **filled)
        if "why" in params and f"{code}.{params['why']}" not in self._entries:  # the code has no words of its own for it
            filled["why"] = self.why(str(params["why"]))
        hint = self.fill(entry.get("help", ""), filled)
        if filled.get("suggestion"):
            guess = self.text("did_you_mean", word=filled["suggestion"])
            if params.get("fixable"):
                hint = f"{guess} {self.text('fix.guess')}"
            else:
                hint = f"{guess} {hint}" if hint else guess
        elif params.get("fixable"):
            hint = self.text("fix.hint", help=hint)
        return Message(self.fill(entry["message"], filled), hint)

    def why(self, code: str) -> str:
        """What is wrong with a cell that counts for nothing, in words that stand behind it: "is not a date". Empty for no code."""
        return self.text(f"why.{code}" if f"why.{code}" in self._entries else "why.other") if code else ""

    def page(self, code: str, english: str | None = None) -> str:
        """The page of a code: a heading on the first line, then text. `english` is the page that stands in the code of a check.

        Raises MissingMessage.
        """
        page = self._entries.get(f"page.{code}", english)
        if page is None:
            raise MissingMessage(f"{self.language}: page.{code}")
        return str(page) if isinstance(page, str) else "\n".join(page)

    def pages(self) -> tuple[str, ...]:
        """The codes whose pages stand among the words of the language."""
        return tuple(key.removeprefix("page.") for key in self._entries if key.startswith("page."))

    def entries(self, prefix: str) -> dict[str, Any]:
        """The entries whose keys begin so, under the rest of their keys: for a program in another language that fills them itself."""
        return {key.removeprefix(prefix): entry for key, entry in self._entries.items() if key.startswith(prefix)}

    def codes(self) -> tuple[str, ...]:
        """Every code that a problem of a file can have, sorted."""
        return tuple(sorted(key for key in self._entries if _CODE.fullmatch(key)))

    def _fact(self, code: str, value: Any, params: Mapping[str, Any]) -> Any:
        """A fact of a problem: in words where the code has words for it (`E307.short`), words in several languages in one's own, a list as
        alternatives."""
        if isinstance(value, dict):
            return self.of(value)
        if isinstance(value, list | tuple):
            shown = value if len(value) <= MOST_LISTED + 1 else value[:MOST_LISTED]
            listed = [self._fact(code, one, params) for one in shown]
            if others := len(value) - len(shown):
                listed.append(self.text("others", number=self.number(others)))
            return self.either(listed) or self.text("nothing_listed")
        entry = self._entries.get(f"{code}.{value}") if isinstance(value, str) else None
        return value if entry is None else self.fill(entry, params)

    # ------------------------------------------------------------------------------- dates and lists

    def date(self, day: int, weekday: bool = False) -> str:
        """A day in words: `1 October 2023`, `dimanche 1er octobre 2023`."""
        when = _on_calendar(day)
        number = self._entries["first_of_month"] if when.day == 1 else str(when.day)
        text = self.text("date", day=number, month=self._entries["months"][when.month - 1], year=when.year)
        return self.text("date_with_weekday", weekday=self._entries["weekdays"][when.weekday()], date=text) if weekday else text

    def day_of_year(self, text: str) -> str:
        """A day of any year, `09-01`, in words: `1 September`, `1er septembre`."""
        month, day = map(int, text.split("-"))
        number = self._entries["first_of_month"] if day == 1 else str(day)
        return self.text("day_and_month", day=number, month=self._entries["months"][month - 1])

    def month(self, day: int) -> str:
        """The month of a day: `October 2023`."""
        when = _on_calendar(day)
        return self.text("month_and_year", month=self._entries["months"][when.month - 1], year=when.year)

    def number(self, value: float) -> str:
        """A number with the language's separators; whole numbers without decimals."""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = f"{value:,}"
        return text.translate({ord(","): self._entries["thousands"], ord("."): self._entries["decimal"]})

    def count(self, key: str, n: float) -> str:
        """`3 days`: a counted thing, in the right plural."""
        return self.text(key, n=n, number=self.number(n))

    def both(self, words: Iterable[object]) -> str:
        """`a, b and c`."""
        return self._joined([str(word) for word in words], "and")

    def either(self, words: Iterable[object]) -> str:
        """`a, b or c`."""
        return self._joined([str(word) for word in words], "or")

    def _joined(self, words: list[str], joiner: str) -> str:
        if len(words) < 2:
            return "".join(words)
        return self.text(f"join_{joiner}", first=", ".join(words[:-1]), last=words[-1])

    def of(self, texts: Mapping[str, str] | None) -> str:
        """One's own language out of words in several, else English, else whichever there is."""
        if not texts:
            return ""
        return texts.get(self.language) or texts.get("en") or next(iter(texts.values()))


def _on_calendar(day: int) -> date:
    """A day as a date; one beyond the calendar is its first or its last."""
    return date.fromordinal(min(max(day, 1), date.max.toordinal()))
