"""The words of every language, by what they are taken for: read when the first word that is not plain turns up."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from eligibility.reference.spelling import fold

LANGUAGES = ("en", "fr", "de", "es")
"""The languages whose words are understood, each in a file of its own."""

Meanings = Mapping[str, tuple[str, ...]]


@cache
def data_of(language: str) -> Mapping[str, Any]:
    """The file of a language: its sources, and words by section and meaning."""
    with open(os.path.join(os.path.dirname(__file__), f"{language}.json"), encoding="utf-8") as file:
        data: Mapping[str, Any] = json.load(file)
    return data


@cache
def meanings(section: str) -> Meanings:
    """What each folded word of a section is taken for, in the languages together: one meaning, or the several that it has."""
    found: dict[str, dict[str, None]] = {}
    for language in LANGUAGES:
        for meaning, words in data_of(language).get(section, {}).items():
            for word in words:
                found.setdefault(fold(word), {}).update(dict.fromkeys(meaning.split(",")))
    return {word: tuple(several) for word, several in found.items()}


@cache
def words_for(section: str) -> frozenset[str]:
    """The folded words of a section that is a list, in all languages."""
    return frozenset(fold(word) for language in LANGUAGES for word in data_of(language).get(section, ()))


def says(section: str, text: str) -> bool:
    """Whether a text is one of the words of a section that is a list."""
    return fold(text) in words_for(section)


_LONGEST_RUN = 3
_WORD = re.compile(r"[^\W_]+")
_SIGNS = re.compile(r"[?¿<>~≈≤≥±]")
"""Signs of what is not sure, or of a limit."""


def holds(section: str, text: str) -> bool:
    """Whether one, two or three words in a row of a text are a word of a section that is a list."""
    words = _WORD.findall(text)
    known = words_for(section)
    return any(
        fold("".join(words[start : start + length])) in known for start in range(len(words)) for length in range(1, _LONGEST_RUN + 1)
    )


def doubtful(text: str) -> bool:
    """Whether words beside what was understood say that it is not so, not now, not surely, not of this person, or only within a limit."""
    return _SIGNS.search(text) is not None or holds("doubt", text)


@cache
def months() -> Mapping[str, int]:
    """The number of the month by each of its names and abbreviations, and by every beginning, of three letters or more, of one alone."""
    found: dict[str, set[int]] = {}
    for language in LANGUAGES:
        for number, names in enumerate(data_of(language)["months"], 1):
            for name in map(fold, names):
                for length in range(3, len(name) + 1):
                    found.setdefault(name[:length], set()).add(number)
    return {word: numbers.pop() for word, numbers in found.items() if len(numbers) == 1}


@cache
def _between() -> re.Pattern[str]:
    """What stands between the parts of a list: a comma, a slash, a new line, `and` in any language."""
    ands = "|".join(re.escape(word) for language in LANGUAGES for word in data_of(language)["and"])
    return re.compile(rf"\s*(?:[;|/\n+&]|(?<!\d),|,(?!\d))\s*(?![^()]*\))|\s+(?:{ands})\s+(?![^()]*\))", re.IGNORECASE)


def parts(text: str) -> list[str]:
    """The parts of a list in one text; what stands in parentheses stays whole."""
    return [part for one in _between().split(text) if (part := one.strip(" .:"))]


def without(section: str, text: str, at_end: bool = True) -> str:
    """A text without the words of a section, at its beginning and at its end: `citizen`, `niveau`."""
    words = text.split()
    while words and says(section, words[0]):
        words.pop(0)
    while at_end and words and says(section, words[-1]):
        words.pop()
    return " ".join(words).strip(" ,;:-–")
