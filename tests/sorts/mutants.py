"""Files that differ from an example in one value, or in one key that nobody knows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from .examples import Example, Kind

_DIGITS = "a number of 5,000 digits"
SORTS: dict[str, Any] = {
    "a mapping": {"xyzzy": "plugh"},
    "an empty mapping": {},
    "a list": ["xyzzy"],
    "an empty list": [],
    "a list in a list": [["xyzzy"]],
    "a list of a mapping": [{"xyzzy": "plugh"}],
    "a text": "xyzzy",
    "an empty text": "",
    "a zero": 0,
    "a negative number": -1,
    "a share": 0.5,
    "a number of forty digits": 10**39,
    "true": True,
    "nothing": None,
    "an impossible date": "2024-02-30",
    "the first day there is": "0001-01-01",
    "the last day there is": "9999-12-31",
    "the first minute there is": "0001-01-01T00:00",
    "the last minute there is": "9999-12-31T23:59",
    _DIGITS: _DIGITS,
    "5,000 digits in quotes": "9" * 5_000,
    "a length of 5,000 digits": "9" * 5_000 + " years",
    "a length of forty digits": "9" * 40 + " years",
    "100,000 characters": "x" * 100_000,
    "100,000 words": "x " * 50_000,
}
"""What a value is replaced by."""

NEVER = ("a mapping", "a list in a list")
"""What is refused everywhere but under `FREE`."""

FREE = (
    "lists", "facts", "choices", "dates", "options", "values", "derogations", "profile", "expect", "columns", "test", "grade",
    "at_least", "at_most", "more_than", "less_than",
)  # fmt: skip
"""Keys whose values may have keys that the author chose."""

UNKNOWN_KEY = "a key that nobody knows"

Path = tuple[str | int, ...]


class Mutant(NamedTuple):
    """An example in which one thing is otherwise."""

    example: Example
    path: Path
    sort: str

    @property
    def keys(self) -> tuple[str, ...]:
        """The last keys above the value: what is read in the same way wherever it stands."""
        return tuple(step for step in self.path if isinstance(step, str))[-3:]

    @property
    def refused(self) -> bool:
        """Whether it surely has to be refused."""
        return (self.sort in NEVER or self.sort == UNKNOWN_KEY) and not any(step in FREE for step in self.path)

    def text(self) -> str:
        """The file."""
        value = {} if self.sort == UNKNOWN_KEY else SORTS[self.sort]
        data = _changed(self.example.data, self.path, value, self.sort == UNKNOWN_KEY)
        text = _toml(data) if self.example.kind is Kind.SETTINGS else json.dumps(data, ensure_ascii=False)
        return text.replace(json.dumps(_DIGITS), "9" * 5_000)

    def __str__(self) -> str:
        return f"{self.example.path} at {'.'.join(map(str, self.path))}: {self.sort}"


def mutants(example: Example) -> Iterator[Mutant]:
    """Every value of an example × every sort, and an unknown key in every mapping."""
    inner: Any = example.data
    for step in example.root:
        inner = inner[step]
    for path, value in _paths(inner, example.root):
        if path:
            yield from (Mutant(example, path, sort) for sort in SORTS)
        if isinstance(value, dict):
            yield Mutant(example, (*path, "xyzzy"), UNKNOWN_KEY)


def _paths(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    yield path, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, one in inner:
        yield from _paths(one, (*path, step))


def _changed(data: Any, path: Path, value: Any, new: bool) -> Any:
    """The data with another value at a path; only what is on the path is copied."""
    if not path:
        return value
    step, *rest = path
    if isinstance(data, dict):
        inner = "plugh" if new and not rest else _changed(data.get(step), tuple(rest), value, new)
        return {**data, step: inner}
    at = int(step)
    return [*data[:at], _changed(data[at], tuple(rest), value, new), *data[at + 1 :]]


def _toml(data: Any) -> str:
    """The data as a file of settings: tables inline, and nothing for what TOML has not."""
    return "".join(f"{json.dumps(key)} = {_toml_value(value)}\n" for key, value in data.items() if value is not None)


def _toml_value(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_toml_value(one)}" for key, one in value.items() if one is not None) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_toml_value(one) for one in value if one is not None) + "]"
    return json.dumps(value, ensure_ascii=False)
