"""A file that was read: its plain data, and the line and column of every key and value."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import Any

from eligibility.diagnostic import Diagnostic, Place
from eligibility.loading.files import Source

_BITS = 20  # every line and column of a file of 1 MB fits
_MASK = (1 << _BITS) - 1


def pack(line: int, column: int, end_column: int) -> int:
    """A stretch of a line as one number; `end_column` is 0 where it is not known yet."""
    return (line << 2 * _BITS) | (column << _BITS) | end_column


def unpack(spot: int) -> tuple[int, int, int]:
    """The 1-based line, column and end column of a packed spot."""
    return spot >> 2 * _BITS, spot >> _BITS & _MASK, spot & _MASK


@cache
def _sha256() -> Any:
    """Python's own SHA-256, as `random` of the standard library takes it: `hashlib` would load all of OpenSSL first (3 ms)."""
    for name in ("_sha2", "_sha256", "hashlib"):  # since Python 3.12, before, anywhere
        with suppress(ImportError):
            return import_module(name).sha256
    raise ImportError("hashlib")


def sha256_of(data: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    digest: str = _sha256()(data).hexdigest()
    return digest


def value_at(data: Any, path: str) -> Any:
    """What plain data say at a written path such as `experience[2].from`; None where they say nothing."""
    found = data
    for step in steps_of(path):
        try:
            found = found[step]
        except (KeyError, IndexError, TypeError):
            return None
    return found


def steps_of(path: str) -> list[str | int]:
    """The keys and numbers of a written path."""
    steps: list[str | int] = []
    for part in path.split("."):
        name, _, rest = part.partition("[")
        steps.append(name)
        if rest:
            index = rest.rstrip("]")
            steps.append(int(index) if index else index)
    return steps


class Marks:
    """Where the nodes of a file stand, in the order of the file.

    A node is a key or a value; what a mapping or a list holds follows it directly. Kept for each node: its
    spot, the index after all it holds (0 while it is open) and, for a key, its text.
    """

    __slots__ = ("_after", "_fields", "_items", "_keys", "_spots")

    def __init__(self) -> None:
        self._spots = array("Q")
        self._after = array("I")
        self._keys: list[str | None] = []
        self._fields: dict[int, dict[str, tuple[int, int]]] = {}  # of the mappings and lists asked for so far:
        self._items: dict[int, list[int]] = {}  # a file with a thousand problems asks for a thousand places

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, spot: int) -> None:
        """Add a scalar."""
        self._spots.append(spot)
        self._keys.append(None)
        self._after.append(len(self._keys))

    def open(self, spot: int) -> int:
        """Add a mapping or a list, and give its node."""
        self._spots.append(spot)
        self._keys.append(None)
        self._after.append(0)
        return len(self._keys) - 1

    def close(self, node: int, line: int, end_column: int) -> None:
        """End a mapping or a list; its spot reaches the end only if that is on the same line."""
        self._after[node] = len(self._keys)
        start_line, column, _ = unpack(self._spots[node])
        if start_line == line:
            self._spots[node] = pack(line, column, end_column)

    def name_last(self, key: str) -> None:
        """Make the node added last a key."""
        self._keys[-1] = key

    def find(self, path: Iterable[str | int]) -> tuple[int, int | None]:
        """The nodes of the deepest existing value on a path and of its key (None in a list and at the top)."""
        node, key = 0, None
        for step in path:
            if isinstance(step, int):
                items = self._items_of(node)
                if not 0 <= step < len(items):
                    break
                node, key = items[step], None
            elif (found := self._fields_of(node).get(step)) is not None:
                node, key = found
            else:
                break
        return node, key

    def _fields_of(self, node: int) -> dict[str, tuple[int, int]]:
        """The nodes of each value and of its key in a mapping that is closed; none for anything else."""
        if (fields := self._fields.get(node)) is None:
            fields = self._fields[node] = {}
            key, end = node + 1, self._after[node]
            while key < end and (value := self._after[key]) < end:
                if (name := self._keys[key]) is not None:
                    fields[name] = value, key
                key = self._after[value]
        return fields

    def _items_of(self, node: int) -> list[int]:
        """The nodes of the items of a list that is closed; none for anything else."""
        if (items := self._items.get(node)) is None:
            items = self._items[node] = []
            item, end = node + 1, self._after[node]
            while item < end and self._keys[item] is None:
                items.append(item)
                item = self._after[item]
        return items

    def exactly(self, path: Iterable[str | int]) -> tuple[int, int | None] | None:
        """The nodes of the value at a path and of its key; None where there is none."""
        node, key = 0, None
        for step in path:
            if isinstance(step, int):
                items = self._items_of(node)
                if not 0 <= step < len(items):
                    return None
                node, key = items[step], None
            elif (found := self._fields_of(node).get(step)) is not None:
                node, key = found
            else:
                return None
        return node, key

    def spot(self, node: int) -> tuple[int, int, int]:
        """Line, column and end column; of a mapping over several lines, those of its first key."""
        line, column, end = unpack(self._spots[node])
        if not end and self._after[node] > node + 1:
            first_line, first_column, first_end = unpack(self._spots[node + 1])
            if (first_line, first_column) == (line, column):
                end = first_end
        return line, column, end

    def whole(self, node: int) -> tuple[int, int, int]:
        """Line, column and end column; the last is 0 for a mapping or a list over several lines."""
        return unpack(self._spots[node])

    def is_empty(self, node: int) -> bool:
        """Whether nothing at all is written for a node."""
        _, column, end = unpack(self._spots[node])
        return end == column


class Document:
    """One file as plain data (`dict`, `list`, `str`, `int`, `float`, `bool`, `None`).

    `diagnostics` holds the errors and warnings found while reading, in line order. Where an error refused a
    value, `data` holds a stand-in: the text as written, or None.
    """

    __slots__ = ("_lines", "_marks", "_source", "data", "diagnostics")

    def __init__(self, source: Source, data: dict[str, object], diagnostics: Iterable[Diagnostic], marks: Marks) -> None:
        self._source = source
        self._marks = marks
        self._lines: list[str] | None = None
        self.data = data
        self.diagnostics = tuple(sorted(diagnostics, key=lambda d: (d.place.line, d.place.column, d.code)))

    @property
    def name(self) -> str:
        """The name of the file, as the user typed it."""
        return self._source.name

    @property
    def digest(self) -> str:
        """The SHA-256 of the bytes of the file, in hexadecimal."""
        return sha256_of(self._source.data)

    @property
    def text(self) -> str:
        """The file as its author sees it, without a byte order mark."""
        return self._source.data.decode("utf-8", "replace").removeprefix("\ufeff")

    @property
    def lines(self) -> list[str]:
        """The lines of the file, without their ends."""
        if self._lines is None:
            self._lines = re.split(r"\r\n|\n|\r", self.text)
        return self._lines

    def span(self, path: Iterable[str | int], key: bool = False) -> tuple[int, int, int] | None:
        """The line, column and end column of exactly the value at a path, or of its key; None where it is not all on one line."""
        nodes = self._marks.exactly(path)
        if nodes is None or (key and nodes[1] is None):
            return None
        line, column, end = self._marks.whole(nodes[1] if key and nodes[1] is not None else nodes[0])
        return (line, column, end) if end > column else None

    def in_braces(self, path: Iterable[str | int]) -> bool:
        """Whether the mapping at a path is written in braces."""
        nodes = self._marks.exactly(path)
        line, column, _ = self._marks.whole(nodes[0] if nodes is not None else 0)
        return self.lines[line - 1][column - 1 : column] == "{"

    def path(self, path: Iterable[str | int]) -> None:
        """None: it has lines."""

    def place(self, path: Iterable[str | int], key: bool = False) -> Place:
        """Where the value at a path stands, or its key; for a path that does not exist, the nearest parent's.

        A value left out after its colon is placed at its key.
        """
        node, key_node = self._marks.find(path)
        if key_node is not None and (key or self._marks.is_empty(node)):
            node = key_node
        line, column, end = self._marks.spot(node)
        return Place(self.name, line, column, max(end, column + 1))
