"""How much a CV may hold, and the refusals of what no profile file may hold either."""

from __future__ import annotations

from typing import Any, NoReturn

from eligibility.diagnostic import Diagnostic, Place, Problems
from eligibility.loading.files import open_ordinary
from eligibility.loading.yaml_characters import MAX_MARKS, composed, forbidden, invisible
from eligibility.loading.yaml_reader import MAX_TEXT
from eligibility.loading.yaml_syntax import MAX_DEPTH

MAX_CV = 10_000_000
"""The largest file, or part of an archive, in bytes: a photograph may be in it."""
MAX_VALUES = 100_000
"""The most values of a file."""
TOO_LONG = "…"
"""What stands for a text that is longer than any of a profile, such as a photograph."""


def read_bytes(path: str) -> bytes:
    """The bytes of an ordinary file. Raises `Problems`."""
    with open_ordinary(path) as file:
        data = file.read(MAX_CV + 1)
    if len(data) > MAX_CV:
        refuse(path, "E136", form="cv", limit=MAX_CV)
    if not data.strip():
        refuse(path, "E102")
    return data


def refuse(name: str, code: str, line: int = 1, column: int = 1, inside: str | None = None, **params: Any) -> NoReturn:
    """Refuse a whole file; `inside` says where in it, where there are no lines to tell."""
    raise Problems([Diagnostic(code, Place(name, line, column), params, inside)]) from None


def clean(text: str, name: str, inside: str) -> str:
    """A text as a profile file would have it, without letters that nobody sees; `TOO_LONG` for one that none would. Raises `Problems`."""
    if len(text) > MAX_TEXT:
        return TOO_LONG
    if not text.isprintable():
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if (found := forbidden(text)) is not None:
            refuse(name, found[0], inside=inside, character=found[1], n=1)
        while (unseen := invisible(text)) is not None:  # what nobody sees says nothing
            text = text.replace(chr(int(unseen[2:], 16)), "")
    if (normal := composed(text)) is None:
        refuse(name, "E157", inside=inside, limit=MAX_MARKS)
    return normal


class Walk:
    """A file of values gone through: as many, as deep, and texts as in a profile file."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._values = 0

    def checked(self, value: Any, inside: str = "", depth: int = 1) -> Any:
        """The value with its texts as a profile file would have them. Raises `Problems`."""
        self._values += 1
        if self._values > MAX_VALUES:
            refuse(self._name, "E113", limit=MAX_VALUES)
        if isinstance(value, str):
            return clean(value, self._name, inside)
        if isinstance(value, dict | list):
            if depth > MAX_DEPTH:
                refuse(self._name, "E112", inside=inside, limit=MAX_DEPTH)
            if isinstance(value, list):
                return [self.checked(one, f"{inside}[{number}]", depth + 1) for number, one in enumerate(value)]
            return {
                clean(key, self._name, inside): self.checked(one, f"{inside}.{key[:40]}" if inside else key[:40], depth + 1)
                for key, one in value.items()
            }  # fmt: skip
        return value
