"""What conditions look like, per language: read from the file of the language beside this one, and compiled once."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from eligibility.notices.passages import plain
from eligibility.reference import load_reference

LANGUAGES = ("en", "fr")
"""The languages of notices, each in a file of its own; a sentence is looked at with the patterns of all of them."""

LANGUAGE_MARK = "_l"
"""Follows the name of a language where languages are looked for."""


class Pattern(NamedTuple):
    """One of the patterns of a file, with its name there: `fr.signs.age.2`."""

    name: str
    regex: re.Pattern[str]


class _Section(NamedTuple):
    """The patterns of a section, and one that finds whatever one of them finds: most sentences hold none of them."""

    patterns: tuple[Pattern, ...]
    any: re.Pattern[str] | None


class Patterns:
    """The patterns of some languages, by section. `without` some of them, what only these find is not found: to measure what they are
    worth."""

    def __init__(self, languages: Sequence[str] = LANGUAGES, without: frozenset[str] = frozenset()) -> None:
        self.languages = tuple(languages)
        self._without = without
        self._known: dict[tuple[str, ...], _Section] = {}

    def of(self, *path: str) -> tuple[Pattern, ...]:
        """The patterns of a section, of all languages together."""
        return self._section(path).patterns

    def hits(self, text: str, *path: str) -> Iterator[tuple[Pattern, re.Match[str]]]:
        """Those of a section that a plain text holds, each with where it does first."""
        if self.holds(text, *path):
            for one in self.of(*path):
                if (found := one.regex.search(text)) is not None:
                    yield one, found

    def holds(self, text: str, *path: str) -> bool:
        """Whether a plain text holds one of a section."""
        section = self._section(path)
        return section.any is not None and section.any.search(text) is not None

    def _section(self, path: tuple[str, ...]) -> _Section:
        found = self._known.get(path)
        if found is None:
            found = self._known[path] = _together(path, self.languages, self._without)
        return found


@cache
def _together(path: tuple[str, ...], languages: tuple[str, ...], without: frozenset[str]) -> _Section:
    patterns = tuple(one for language in languages for one in _compiled(language, path) if one.name not in without)
    texts = [re.sub(r"\(\?P<\w+>", "(?:", one.regex.pattern) for one in patterns]
    words = [text.removeprefix(r"\b") for text in texts if text.startswith(r"\b")]
    others = [f"(?:{text})" for text in texts if not text.startswith(r"\b")]
    whole = "|".join([*([rf"\b(?:{'|'.join(words)})"] if words else []), *others])
    return _Section(patterns, re.compile(whole) if whole else None)


@cache
def data_of(language: str) -> Mapping[str, Any]:
    """The file of a language, as it is written."""
    with open(os.path.join(os.path.dirname(__file__), f"{language}.toml"), "rb") as file:
        return tomllib.load(file)


@cache
def numbers(language: str) -> Mapping[str, int]:
    """The numbers that are words in a language."""
    return dict(data_of(language)["numbers"])


def number(text: str) -> int | None:
    """What a number stands for, in figures or as a word of some language."""
    if text.isdecimal():
        return int(text)
    return next((found for language in LANGUAGES if (found := numbers(language).get(text)) is not None), None)


@cache
def _compiled(language: str, path: tuple[str, ...]) -> tuple[Pattern, ...]:
    section: Any = data_of(language)
    for step in path:
        section = section.get(step, {})
    words = "|".join(sorted(numbers(language), key=len, reverse=True))
    values = {"{n}": rf"(?:\d{{1,4}}|{words})", "{language}": rf"[a-z]+{LANGUAGE_MARK}"}
    found = []
    for index, text in enumerate(section or (), 1):
        for word, regex in values.items():
            text = text.replace(word, regex)
        found.append(
            Pattern(".".join((language, *path, str(index))), re.compile(text if text.startswith(("^", r"\b", "(?<")) else rf"\b{text}"))
        )
    return tuple(found)


@cache
def language_names() -> Mapping[str, str]:
    """The code of a language by its plain name in the languages of notices, of one word."""
    reference = load_reference()
    found: dict[str, str] = {}
    for code in reference.languages():
        for language in LANGUAGES:
            name = plain(reference.label("language", code, language))
            if len(name) > 3 and name.isalpha():
                found.setdefault(name, code)
    return found


_WORD = re.compile(r"[a-z]+")


def with_languages(text: str) -> str:
    """A plain text in which every name of a language bears the mark."""
    names = language_names()
    return _WORD.sub(lambda one: one[0] + LANGUAGE_MARK if one[0] in names else one[0], text)


def languages_of(text: str) -> tuple[str, ...]:
    """The languages a notice is written in, the main one first: by the small words it holds; one that has far fewer is not."""
    words = _WORD.findall(plain(text[:_LOOKED_AT]))
    counts = {language: sum(map(frozenset(data_of(language)["common"]).__contains__, words)) for language in LANGUAGES}
    most = max(counts.values())
    return tuple(sorted((one for one in LANGUAGES if counts[one] * _FAR_FEWER >= most), key=lambda one: -counts[one]))


_LOOKED_AT = 50_000
"""Characters by which the languages are told."""
_FAR_FEWER = 4
