"""Which ids have come already, in a few bytes each: so that a hundred thousand people take hardly more memory than a thousand."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from hashlib import blake2b


class Seen:
    """Ids, each with a number of at most 64 bits, in some 17 bytes: marks in order, on 256 shelves short enough to be inserted into.

    An id is kept as a mark of 64 bits: among a million people, two ids share one by chance once in forty million batches.
    """

    __slots__ = ("_shelves",)

    def __init__(self) -> None:
        self._shelves = [(array("Q"), array("Q")) for _ in range(256)]

    def first(self, name: str, number: int) -> int | None:
        """The number that came with this id the first time; None where this is the first time, and it is kept."""
        digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        marks, numbers = self._shelves[digest[0]]
        mark = int.from_bytes(digest, "big")
        at = bisect_left(marks, mark)
        if at < len(marks) and marks[at] == mark:
            return numbers[at]
        marks.insert(at, mark)
        numbers.insert(at, number)
        return None
