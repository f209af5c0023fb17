"""What is loaded: a model, the document that it comes from, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol

from eligibility.diagnostic import Diagnostic, Place


class Readable(Protocol):
    """What a model can be read from: plain data whose every value has a place."""

    @property
    def name(self) -> str: ...
    @property
    def data(self) -> dict[str, Any]: ...
    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]: ...
    @property
    def digest(self) -> str: ...
    def place(self, path: Iterable[str | int], key: bool = False) -> Place:
        """Where the value at a path stands, or its key."""

    def path(self, path: Iterable[str | int]) -> str | None:
        """The path of a value in writing, where there are no lines to tell its place by."""


class Loaded(NamedTuple):
    """A model (None when the file has errors), the document it came from, and every problem found, in line order."""

    model: Any
    document: Readable
    diagnostics: tuple[Diagnostic, ...]
