"""Which ids have come already, in a few bytes each: so that a hundred thousand people take hardly more memory than a thousand."""

from __future__ import annotations

from array import array
from hashlib import blake2b

_FIRST_SIZE = 1024


class Seen:
    """Ids, each with a number of at most 64 bits, in 16 bytes a place of a table that is at most three quarters full.

    An id is kept as a mark of 64 bits: among a million people, two ids share one by chance once in forty million batches.
    """

    __slots__ = ("_count", "_marks", "_numbers")

    def __init__(self) -> None:
        self._marks = array("Q", bytes(8 * _FIRST_SIZE))
        self._numbers = array("Q", bytes(8 * _FIRST_SIZE))
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def first(self, name: str, number: int) -> int | None:
        """The number that came with this id the first time; None where this is the first time, and it is kept."""
        mark = int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") or 1  # 0 is an empty place
        at = self._place_of(mark)
        if self._marks[at]:
            return self._numbers[at]
        self._marks[at], self._numbers[at] = mark, number
        self._count += 1
        if self._count * 4 > len(self._marks) * 3:
            self._grow()
        return None

    def _place_of(self, mark: int) -> int:
        """Where the mark stands, or would stand."""
        marks, last = self._marks, len(self._marks) - 1  # a power of two
        at = mark & last
        while marks[at] not in (0, mark):
            at = (at + 1) & last
        return at

    def _grow(self) -> None:
        marks, numbers = self._marks, self._numbers
        self._marks, self._numbers = (array("Q", bytes(16 * len(marks))) for _ in range(2))
        for mark, number in zip(marks, numbers, strict=True):
            if mark:
                at = self._place_of(mark)
                self._marks[at], self._numbers[at] = mark, number
