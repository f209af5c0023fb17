"""Plain data of a program, `{"birth_date": date(1999, 2, 3)}`, gone through like a file: the same limits, the same refusals.

Nothing is trusted: data may be as deep, as large and as tangled as whoever sent them liked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NoReturn

from eligibility.diagnostic import Diagnostic, Place, Problems
from eligibility.loading.document import sha256_of
from eligibility.loading.files import MAX_BYTES
from eligibility.loading.loaded import Loaded
from eligibility.loading.models import profile_in, sound, vacancy_in
from eligibility.loading.yaml_characters import MAX_MARKS, composed, forbidden, invisible
from eligibility.loading.yaml_reader import MAX_NODES, MAX_TEXT
from eligibility.loading.yaml_scalars import MAX_DIGITS
from eligibility.loading.yaml_syntax import MAX_DEPTH, shorten
from eligibility.profile import Profile
from eligibility.reference import Reference, load_reference

NAME = "<data>"
"""What stands for the file in a place."""

Path = tuple[str | int, ...]
_TOO_LARGE = 10**MAX_DIGITS
_MOMENTS = "submitted"
"""The key of a profile at which midnight is an hour, and not a way to write a day."""


class PlainData:
    """Data that were gone through: `data` are as a file would have given them, and a path says where."""

    __slots__ = ("data", "diagnostics", "name")

    def __init__(self, data: dict[str, Any], diagnostics: Iterable[Diagnostic] = ()) -> None:
        self.name = NAME
        self.data = data
        self.diagnostics = tuple(diagnostics)

    @property
    def digest(self) -> str:
        """The SHA-256 of the data, in hexadecimal."""
        from json import dumps

        return sha256_of(dumps(self.data).encode("ascii"))

    def place(self, path: Iterable[str | int], key: bool = False) -> Place:
        """The same for all: they have no lines."""
        return Place(NAME)

    def path(self, path: Iterable[str | int]) -> str:
        """The path of a value, or of its nearest parent that there is: `criteria[0].at_least`."""
        found: Any = self.data
        steps: list[str | int] = []
        for step in path:
            try:
                found = found[step]
            except (KeyError, IndexError, TypeError):
                break
            steps.append(step)
        return _in_writing(steps)


def _in_writing(steps: Iterable[str | int]) -> str:
    return "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in steps).removeprefix(".")


def read_profile_data(data: object, reference: Reference | None = None) -> Profile:
    """The profile in plain data, with the keys of a profile file. Raises `Problems` with everything that is wrong in it."""
    document = _Walk({"first": "birth_date", "second": "citizenships"}, True).document(data)
    profile: Profile = sound(profile_in(document, reference or load_reference()))
    return profile


def open_vacancy_data(data: object, reference: Reference) -> Loaded:
    """The vacancy in plain data. Raises `Problems` when nothing can be read at all."""
    return vacancy_in(_Walk({"first": "id", "second": "title"}, False).document(data), reference)


class _Walk:
    """One pass over the data, without recursion: a level is an iterator of its own."""

    def __init__(self, first_keys: Mapping[str, str], of_a_person: bool) -> None:
        self._first_keys = first_keys
        self._of_a_person = of_a_person
        self._problems: list[Diagnostic] = []
        self._nodes = 0
        self._letters = 0

    def document(self, data: object) -> PlainData:
        """Everything that the data hold. Raises `Problems` where they hold too much, or are no mapping."""
        if not isinstance(data, Mapping):
            self._stop("E103", (), form="data", **self._first_keys)
        top: dict[str, Any] = {}
        levels: list[tuple[Path, Iterator[tuple[str | int, Any]], Any]] = [((), self._entries(data, ()), top)]
        while levels:
            inside, entries, held = levels[-1]
            entry = next(entries, None)
            if entry is None:
                levels.pop()
                continue
            step, value = entry
            path = (*inside, step)
            self._count(path)
            if isinstance(value, Mapping | list | tuple):
                if len(levels) >= MAX_DEPTH:
                    self._stop("E112", path, limit=MAX_DEPTH)
                inner: Any = {} if isinstance(value, Mapping) else []
                levels.append((path, self._entries(value, path), inner))
                value = inner
            else:
                value = self._value(value, path)
            if isinstance(held, list):
                held.append(value)
            else:
                held[step] = value
        return PlainData(top, self._problems)

    def _entries(self, container: Any, path: Path) -> Iterator[tuple[str | int, Any]]:
        """The values of a list by their numbers, of a mapping by their keys, of which those that are no text are told and left out."""
        if not isinstance(container, Mapping):
            yield from enumerate(container)
            return
        seen: set[str] = set()
        for key, value in container.items():
            self._count(path)
            if not isinstance(key, str):
                self._tell("E124", path, value=_shown(key))
                continue
            name = self._text(key, path)
            if name in seen:  # two spellings of the same letters
                self._tell("E110", path, form="data", key=shorten(name))
            elif name or not key:
                seen.add(name)
                yield name, value

    def _value(self, value: object, path: Path) -> str | int | float | bool | None:
        """A single value as a file would have it; where it is refused, a stand-in."""
        match value:
            case None | bool():
                return value
            case str():
                return self._text(value, path)
            case int():
                return self._number(int(value), path)
            case float():
                return self._number(float(value), path)
            case Decimal():
                return self._decimal(value, path)
            case datetime():
                at_midnight = value.time() == time() and value.tzinfo is None
                whole = self._of_a_person and at_midnight and path[-1] != _MOMENTS  # how many databases write a day
                return value.date().isoformat() if whole else value.isoformat()
            case date():
                return value.isoformat()
        self._tell("E204", path, value=type(value).__name__, expected="plain_value")
        return None

    def _decimal(self, value: Decimal, path: Path) -> int | float:
        if not value.is_finite():
            return self._number(float("nan"), path)
        if len(value.as_tuple().digits) > MAX_DIGITS or abs(value.adjusted()) >= MAX_DIGITS:
            self._tell("E119", path, value=shorten(str(value)))
            return 0
        return int(value) if value == value.to_integral_value() else float(value)

    def _number(self, value: int | float, path: Path) -> int | float:
        if value != value or value in (float("inf"), float("-inf")):
            self._tell("E122", path, value=str(value))
            return 0
        if not -_TOO_LARGE < value < _TOO_LARGE:
            self._tell("E119", path, value=_shown(value))
            return 0
        return value

    def _text(self, value: str, path: Path) -> str:
        text = str.__str__(value)  # of an enumeration, the text that it is
        self._letters += len(text)
        if self._letters > MAX_BYTES:
            self._stop("E136", path, limit=MAX_BYTES)
        if len(text) > MAX_TEXT:
            self._tell("E118", path, limit=MAX_TEXT)
            return ""
        if not text.isprintable():
            if (found := forbidden(text)) is not None:
                self._tell(found[0], path, character=found[1], n=1)
                return ""
            if (character := invisible(text)) is not None:
                self._tell("W103", path, character=character, n=1)
        if (normal := composed(text)) is None:
            self._tell("E157", path, limit=MAX_MARKS)
            return ""
        return normal

    def _count(self, path: Path) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._stop("E113", path, limit=MAX_NODES)

    def _tell(self, code: str, path: Path, **params: object) -> None:
        self._problems.append(Diagnostic(code, Place(NAME), params, _in_writing(path)))

    def _stop(self, code: str, path: Path, **params: object) -> NoReturn:
        self._tell(code, path, **params)
        raise Problems(self._problems)


def _shown(value: object) -> str:
    """A number or a key in a few letters: Python itself refuses to write a number of many thousand digits."""
    if isinstance(value, int) and not -(_TOO_LARGE**2) < value < _TOO_LARGE**2:
        return f"{'-' if value < 0 else ''}{abs(value) >> (value.bit_length() - 32)}…"
    if isinstance(value, bool | int | float | date | None):
        return shorten(str(value))
    return type(value).__name__
