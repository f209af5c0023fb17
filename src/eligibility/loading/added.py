"""What if: a profile with facts added, which the profile itself does not say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from eligibility.diagnostic import Diagnostic, Place, Problems
from eligibility.loading.document import sha256_of
from eligibility.loading.files import Source, read_source
from eligibility.loading.loaded import Loaded, Readable
from eligibility.loading.models import profile_in
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reference import Reference

NAME = "--with"

_Path = tuple[str | int, ...]


class Together:
    """A document with the facts of others added; a fact has the place where it was written."""

    def __init__(self, document: Readable, added: Iterable[Readable]) -> None:
        every = [document, *added]
        self._document = document
        self.name = document.name
        self.diagnostics: tuple[Diagnostic, ...] = document.diagnostics
        self.digest = sha256_of(" ".join(one.digest for one in every).encode())
        self.data: dict[str, Any] = document.data
        self._origins: dict[_Path, tuple[Readable, _Path]] = {}
        for one in every[1:]:
            self._origins |= {path: (one, there) for path, there in _new_paths(self.data, one.data)}
            self.data = added_to(self.data, one.data)

    def place(self, path: Iterable[str | int], key: bool = False) -> Place:
        """Where the value at a path stands in the file that says it, or the nearest of what holds it."""
        document, there = self._origin(tuple(path))
        return document.place(there, key)

    def path(self, path: Iterable[str | int]) -> str | None:
        """The path of a value in writing, where there are no lines."""
        document, there = self._origin(tuple(path))
        return document.path(there)

    def _origin(self, path: _Path) -> tuple[Readable, _Path]:
        """The document that says what stands at a path, and the path there."""
        for steps in (path[:2], path[:1]):
            if steps in self._origins:
                document, there = self._origins[steps]
                return document, (*there, *path[len(steps) :])
        return self._document, path


def _new_paths(said: Mapping[str, Any], more: Mapping[str, Any]) -> Iterator[tuple[_Path, _Path]]:
    """The paths that more facts get when they are added to those said, as `added_to` adds them, each with its path among the former."""
    for name, value in more.items():
        before = said.get(name)
        if isinstance(value, list) and isinstance(before, list):
            yield from (((name, len(before) + index), (name, index)) for index in range(len(value)))
        elif isinstance(value, dict) and isinstance(before, dict):
            yield from (((name, key), (name, key)) for key in value)
        else:
            yield (name,), (name,)


def added_to(said: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """What a profile says, and more: entries are added to lists, keys to mappings; anything else is said anew.

    A list that the profile does not have stays open when entries are added to it: there may be others.
    """
    found = dict(said)
    opened = []
    for name, value in more.items():
        before = said.get(name)
        if isinstance(value, list) and name != "incomplete":
            if value and before is None:
                opened.append(name)
            found[name] = [*(before if isinstance(before, list) else ()), *value]
        elif isinstance(value, list) and isinstance(before, list):
            found[name] = [*before, *value]
        elif isinstance(value, dict) and isinstance(before, dict):
            found[name] = {**before, **value}
        else:
            found[name] = value
    opened = [name for name in opened if name not in ("applications", "incomplete")]
    if opened:
        found["incomplete"] = [*dict.fromkeys([*(found.get("incomplete") or ()), *opened])]
    return found


def with_added(loaded: Loaded, texts: Iterable[str], reference: Reference) -> Loaded:
    """The profile with the facts of YAML texts, or of files, added. Raises `Problems` for what cannot be read or makes no profile."""
    return joined(loaded, [one.document for one in read_added(texts, reference)], reference)


def read_added(texts: Iterable[str], reference: Reference) -> list[Loaded]:
    """The facts of YAML texts, or of files, each as a profile of its own. Raises `Problems` for what cannot be read."""
    added = []
    for text in texts:
        source = Source(NAME, text.encode("utf-8", "replace")) if _is_text(text) else read_source(text)
        document = read_yaml(source)
        alone = profile_in(document, reference)  # what is wrong is told where it is written
        if alone.model is None:
            raise Problems(alone.diagnostics)
        added.append(alone)
    return added


def joined(loaded: Loaded, added: Iterable[Readable], reference: Reference) -> Loaded:
    """A profile with the facts of documents added. Raises `Problems` where both make none."""
    together = profile_in(Together(loaded.document, added), reference)
    if together.model is None:
        raise Problems(one._replace(place=Place(NAME, 1, 1)) for one in together.diagnostics if one.is_error)
    return together


def _is_text(text: str) -> bool:
    """Whether it is YAML rather than the name of a file: it has a key, or says nothing at all."""
    return not text.strip() or ": " in text or ":\n" in text or text.rstrip().endswith(":") or text.lstrip().startswith("{")
