"""Where the keys and values of a TOML text stand: Python's reader gives values without places.

The text must have been read by `tomllib` already: nothing is checked here a second time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from eligibility.diagnostic import Place

Path = tuple[str | int, ...]

_SPACE = re.compile(r"[ \t]*")
_SPACE_AND_COMMENTS = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}(?!")|' r"'''.*?'{3,5}(?!')|" r'"(?:[^"\\\n]|\\.)*"|' r"'[^'\n]*'",
    re.DOTALL,
)
_OTHER = re.compile(r"[^,\]}#\r\n]*[^,\]}#\s]")  # a number, a date or a word: up to a comma, a bracket, a comment or the end of the line


class Spot(NamedTuple):
    """Where a key and its value start and end in the text; for a section, both are its name in the header."""

    key: tuple[int, int]
    value: tuple[int, int]


def spots_of(text: str) -> Mapping[Path, Spot]:
    """The spot of everything in the text, by its path of keys and, in lists, numbers."""
    return _Scan(text).document()


class Places:
    """The places of a text, which is looked through once, when the first of them is asked for."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text

    def place(self, path: Iterable[str | int], key: bool = False) -> Place:
        """Where the value at a path stands, or its key; for a path that does not exist, the nearest parent's."""
        steps = tuple(path)
        while steps and steps not in self._spots:
            steps = steps[:-1]
        start, end = (self._spots[steps].key if key else self._spots[steps].value) if steps else (0, 0)
        line = bisect_right(self._lines, start)
        column = start - self._lines[line - 1] + 1
        length = len(self.text[start:end].partition("\n")[0].rstrip("\r"))
        return Place(self.file, line, column, column + max(length, 1))

    @cached_property
    def _spots(self) -> Mapping[Path, Spot]:
        return spots_of(self.text)

    @cached_property
    def _lines(self) -> list[int]:
        """Where each line begins: TOML's end with a line feed."""
        return [0, *(found.end() for found in re.finditer("\n", self.text))]


class _Scan:
    """One pass over a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Path, Spot] = {}
        self.counts: dict[Path, int] = {}  # of the sections `[[name]]` so far

    def document(self) -> Mapping[Path, Spot]:
        section: Path = ()
        while self._skip(_SPACE_AND_COMMENTS) and self.at < len(self.text):
            if self._next("["):
                section = self._header(self._next("["))
            else:
                self._pair(section)
        return self.found

    def _header(self, repeated: bool) -> Path:
        """`[a.b]` or `[[a.b]]`: the path of the section that starts here."""
        path: Path = ()
        keys = self._keys()
        for number, (name, span) in enumerate(keys, start=1):
            path = (*path, name)
            self.found.setdefault(path, Spot(span, span))
            if repeated and number == len(keys):
                self.counts[path] = self.counts.get(path, 0) + 1
            if path in self.counts:
                path = (*path, self.counts[path] - 1)
                self.found.setdefault(path, Spot(span, span))
        self._next("]")
        if repeated:
            self._next("]")
        return path

    def _pair(self, section: Path) -> None:
        """`key = value`."""
        path, keys = section, self._keys()
        for name, span in keys:
            path = (*path, name)
            self.found.setdefault(path, Spot(span, span))
        self._next("=")
        self._skip(_SPACE)
        self.found[path] = Spot(keys[-1][1], self._value(path))

    def _value(self, path: Path) -> tuple[int, int]:
        start = self.at
        if self._next("["):
            number = 0
            while self._skip(_SPACE_AND_COMMENTS) and not self._next("]"):
                span = self._value((*path, number))
                self.found[*path, number] = Spot(span, span)
                number += 1
                self._skip(_SPACE_AND_COMMENTS)
                self._next(",")
        elif self._next("{"):
            while self._skip(_SPACE_AND_COMMENTS) and not self._next("}"):
                self._pair(path)
                self._skip(_SPACE_AND_COMMENTS)
                self._next(",")
        else:
            self._take(_STRING) or self._take(_OTHER)
        return start, self.at

    def _keys(self) -> list[tuple[str, tuple[int, int]]]:
        """The names of a dotted key, with their spans."""
        found = []
        while True:
            self._skip(_SPACE)
            start = self.at
            text = self._take(_BARE_KEY) or self._take(_STRING)
            found.append((_name(text), (start, self.at)))
            self._skip(_SPACE)
            if not self._next("."):
                return found

    def _skip(self, what: re.Pattern[str]) -> bool:
        self._take(what)
        return True

    def _take(self, what: re.Pattern[str]) -> str:
        found = what.match(self.text, self.at)
        if found is None:
            return ""
        self.at = found.end()
        return found[0]

    def _next(self, character: str) -> bool:
        """Whether this character comes next; if so, it is passed."""
        if self.text.startswith(character, self.at):
            self.at += 1
            return True
        return False


def _name(key: str) -> str:
    if key[:1] == '"' and "\\" in key:
        from tomllib import loads

        return str(loads(f"name = {key}")["name"])
    return key[1:-1] if key[:1] in "\"'" else key
