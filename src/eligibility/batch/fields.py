"""The fields of a profile as columns: `birth_date`, `experience[0].from`, `languages[en].writing`, `facts.married`.

A path names one value of a profile. A number in brackets counts the records of a list; a word in brackets is what identifies one:
the language of a language, the type of a certificate. Empty brackets are the record that a row of the table is. `citizenships` and
`languages` alone are the whole list, in one cell.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from eligibility.dates import Days
from eligibility.profile import SOURCES, Profile
from eligibility.profile_values import Money

_STEP = re.compile(r"([a-z_]+)(?:\[([^\[\]]*)\])?")
ROW = ""
"""The number of a record that stands in a row of its own: `experience[].from`."""


class Form(StrEnum):
    """What a cell of a field holds."""

    TEXT = "text"
    DATE = "date"
    END = "end"
    FLAG = "flag"
    FACT = "fact"
    NUMBER = "number"
    MARK = "mark"
    SHARE = "share"
    WORDS = "words"
    MONEY = "money"
    LANGUAGES = "languages"
    TEST = "test"
    GRADE = "grade"


_WHOLE = {"citizenships": Form.WORDS, "languages": Form.LANGUAGES}
"""The lists that a cell can hold whole."""
_WHOLE_RECORDS = {"grade": Form.GRADE, "tests": Form.TEST}
"""The records inside a record that a cell can hold whole: `degrees[0].grade`, `languages[en].tests[ielts]`."""


class BadPath(ValueError):
    """A path that no profile has."""


class Field(NamedTuple):
    """One value of a profile: its steps, and what a cell of it holds."""

    steps: tuple[str | int, ...]
    form: Form

    @property
    def record(self) -> tuple[str, str | int, tuple[str | int, ...]] | None:
        """The list, the number of the record in it, and the steps inside; None where it is no value of a record in a list."""
        if len(self.steps) < 3 or not (isinstance(self.steps[1], int) or self.steps[1] == ROW or self.steps[1].startswith("=")):
            return None
        return str(self.steps[0]), self.steps[1], self.steps[2:]

    @property
    def path(self) -> str:
        """The path as people write it."""
        written = ""
        for step in self.steps:
            counted = isinstance(step, int) or step == ROW or step.startswith("=")
            written += f"[{str(step).removeprefix('=')}]" if counted else f".{step}"
        return written[1:]


def field_of(path: str) -> Field:
    """The field a path names. Raises BadPath."""
    steps: list[str | int] = []
    model: Any = Profile
    form: Form | None = None
    parts = path.strip().split(".")
    for place, part in enumerate(parts, 1):
        found = _STEP.fullmatch(part)
        if found is None or form is not None:
            raise BadPath(path)
        name, index = found[1], found[2]
        steps.append(name)
        if model is dict:  # facts: whatever somebody can state
            form = Form.FACT
            continue
        inner = _hints(model).get(name)
        if inner is None:
            raise BadPath(path)
        record, many = _record_in(inner)
        if record is None:
            form = _form(name, inner)
            if form is None:
                model = dict
        elif many and index is None:
            form = _WHOLE.get(name) if part == path.strip() else None
            if form is None:
                raise BadPath(path)
        elif many and index is not None and model is not Profile and (index == ROW or index.isdecimal()):
            raise BadPath(path)  # records inside a record are told by their names
        else:
            if many and index is not None:
                steps.append(ROW if index == ROW else int(index) if index.isdecimal() else f"={index}")
            model = record
            form = _WHOLE_RECORDS.get(name) if place == len(parts) else None
        if index is not None and not many:
            raise BadPath(path)
    if form is None:
        raise BadPath(path)
    return Field(tuple(steps), form)


def every_path() -> Iterator[str]:
    """Every path of a profile, with 0 for the number of a record; facts and the lives of relatives apart."""
    for name, hint in _hints(Profile).items():
        record, many = _record_in(hint)
        if name in ("relatives", "facts"):
            continue
        if record is None:
            yield name
            continue
        if name in _WHOLE:
            yield name
        for inner, inner_hint in _hints(record).items():
            if _record_in(inner_hint)[0] is None and _form(inner, inner_hint) is not None:
                yield f"{name}[0].{inner}" if many else f"{name}.{inner}"


def identity_of(name: str) -> str:
    """The key that identifies a record of a list: the language of a language, the type of a certificate."""
    source = SOURCES.get(name)
    return (source.identity if source is not None else None) or "type"


@cache
def _hints(model: type[BaseModel]) -> dict[str, Any]:
    """The keys of a record as its file writes them, with their types."""
    hints = get_type_hints(model)
    return {field.alias or name: hints[name] for name, field in model.model_fields.items()}


def _record_in(hint: Any) -> tuple[type[BaseModel] | None, bool]:
    """The record a type holds, and whether it is a list of them."""
    for part in _alternatives(hint):
        if isinstance(part, type) and issubclass(part, BaseModel):
            return part, False
        if get_origin(part) is tuple:
            first = get_args(part)[0]
            if isinstance(first, type) and issubclass(first, BaseModel):
                return first, True
    return None, False


def _alternatives(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)


def _form(name: str, hint: Any) -> Form | None:
    kinds = _alternatives(hint)
    if Days in kinds:
        return Form.END if name == "to" else Form.DATE
    if Money in kinds:
        return Form.MONEY
    if bool in kinds:
        return Form.FLAG
    if int in kinds and str in kinds:
        return Form.MARK
    if int in kinds or float in kinds:
        return Form.SHARE if name == "rate" else Form.NUMBER
    if any(get_origin(kind) is tuple for kind in kinds):
        return Form.WORDS
    return Form.TEXT if str in kinds else None
