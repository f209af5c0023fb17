"""A file of settings, read and checked: every problem with its line and column."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from eligibility.cli.settings import Settings, code_meant
from eligibility.diagnostic import Diagnostic, Place, Problems
from eligibility.loading.files import Source
from eligibility.loading.nearest import nearest
from eligibility.loading.toml_places import Path, Places
from eligibility.loading.yaml_characters import decode
from eligibility.wording import Words, languages

_AT = re.compile(r"\(at line (\d+), column (\d+)\)$")
_TWICE = ("Cannot overwrite", "Cannot declare", "Cannot mutate", "Duplicate")


def settings_from(source: Source, section: tuple[str, ...]) -> Settings | None:
    """What the section of a file says; None where the file has no such section."""
    try:
        text, odd = decode(source)
    except Problems as error:
        return Settings(file=source.name, problems=error.diagnostics)
    if problems := tuple(one for one in odd if one.is_error):
        return Settings(file=source.name, problems=problems)
    try:
        data: Any = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return Settings(file=source.name, problems=(_syntax(str(error), source.name, text),))
    for name in section:
        data = data.get(name) if isinstance(data, dict) else None
        if data is None:
            return None
    return _Reading(source.name, text, section).settings(data)


def _syntax(told: str, file: str, text: str) -> Diagnostic:
    """What TOML's reader could not read: its place, never its sentence."""
    code = "E505" if told.startswith(_TWICE) else "E501"
    found = _AT.search(told)
    lines = text.split("\n")
    if found is None:  # at the end, or a number or a depth beyond what Python reads
        line = max((number for number, one in enumerate(lines, start=1) if one.strip()), default=1) if "end of" in told else 1
        return Diagnostic(code, Place(file, line, 1, 2))
    line, column = int(found[1]), int(found[2])
    if code == "E505":  # told at the end of its line
        written = lines[line - 1].rstrip()
        column = len(written) - len(written.lstrip()) + 1
        return Diagnostic(code, Place(file, line, column, max(len(written) + 1, column + 1)))
    return Diagnostic(code, Place(file, line, column, column + 1))


class _Reading:
    """The reading of one section."""

    def __init__(self, file: str, text: str, section: Path) -> None:
        self.file, self.section = file, section
        self.places = Places(file, text)
        self.problems: list[Diagnostic] = []
        self.words = Words("en")
        self.keys: Mapping[str, Callable[[str, Any], Any]] = {
            "rules": self._rules,
            "lang": lambda key, value: self._word(key, value, languages()),
            "select": self._codes,
            "ignore": self._codes,
            "severity": lambda key, value: self._word(key, value, ("error", "warning", "note")),
            "fail-on": lambda key, value: self._words(key, value, ("error", "warning", "note", "expired")),
        }

    def settings(self, data: Any) -> Settings:
        said: dict[str, Any] = {}
        if not isinstance(data, dict):
            self._tell("E503", (), value=_shown(data), expected="section")
            data = {}
        for key, value in data.items():
            if (read := self.keys.get(key)) is None:
                self._tell("E502", (key,), on_key=True, word=key, allowed=list(self.keys), suggestion=nearest(key, self.keys))
            elif (found := read(key, value)) is not None:
                said[key.replace("-", "_")] = found
        problems = sorted(self.problems, key=lambda one: (one.place.line, one.place.column))
        return Settings(**said, file=self.file, problems=tuple(problems))

    def _rules(self, key: str, value: Any) -> str | None:
        if not isinstance(value, str) or not value:
            self._tell("E503", (key,), value=_shown(value), expected="path")
            return None
        return os.path.normpath(os.path.join(os.path.dirname(self.file), value))

    def _word(self, key: str, value: Any, allowed: tuple[str, ...], *at: int) -> str | None:
        if not isinstance(value, str):
            self._tell("E503", (key, *at), value=_shown(value), expected="text")
            return None
        if value not in allowed:
            self._tell("E504", (key, *at), key=key, word=value, allowed=list(allowed), suggestion=nearest(value, allowed))
            return None
        return value

    def _words(self, key: str, value: Any, allowed: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(word for at, one in self._items(key, value) if (word := self._word(key, one, allowed, at)) is not None)

    def _codes(self, key: str, value: Any) -> tuple[str, ...]:
        """Codes, or what codes begin with."""
        found = []
        for at, one in self._items(key, value):
            if not isinstance(one, str):
                self._tell("E503", (key, at), value=_shown(one), expected="text")
            elif not one or not any(code.startswith(one) for code in self.words.codes()):
                self._tell("E506", (key, at), word=one, suggestion=code_meant(one, self.words))
            else:
                found.append(one)
        return tuple(found)

    def _items(self, key: str, value: Any) -> Iterator[tuple[int, Any]]:
        if isinstance(value, list):
            yield from enumerate(value)
        else:
            self._tell("E503", (key,), value=_shown(value), expected="texts")

    def _tell(self, code: str, path: Path, on_key: bool = False, **params: object) -> None:
        place = self.places.place((*self.section, *path), key=on_key)
        if expected := params.get("expected"):
            params["expected"] = f"config.{expected}"
        self.problems.append(Diagnostic(code, place, params))


def _shown(value: Any) -> str:
    """A value as TOML writes it, shortened."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"
