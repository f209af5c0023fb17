"""What a rule file points to in its notice: by a sentence that it quotes, or by a clause that names lines or an item under a heading."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple
from unicodedata import normalize

from eligibility.notices.passages import Heading, Passage, plain
from eligibility.notices.patterns import Patterns

_SAME = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "«": '"', "»": '"', "\u00ad": None, "\u2011": "-"})
_LEFT_OUT = re.compile(r"\[\s*(?:…|\.\.\.)\s*\]|…|\.\.\.")


class Entry(NamedTuple):
    """What a criterion, or a piece of information, says of where it stands."""

    quote: str | None
    clause: str | None


def quotable(text: str) -> str:
    """The text without what print and typing may change: spaces, line ends, the shape of apostrophes and quotation marks."""
    text = normalize("NFC", text).translate(_SAME)
    return " ".join(re.sub(r'\s*"\s*', '"', text).split())


def quoted_at(quote: str, notice: str) -> list[tuple[int, int]] | None:
    """Where the parts of a quotation stand in a quotable text, one after the other; None where one of them does not."""
    found = []
    at = 0
    for part in map(quotable, _LEFT_OUT.split(quote)):
        start = notice.find(part, at)
        if start < 0:
            return None
        at = start + len(part)
        if part:
            found.append((start, at))
    return found


class Pointed:
    """The passages of a notice, asked by whom they are pointed to."""

    def __init__(self, text: str, parts: Sequence[Passage | Heading]) -> None:
        self._text = quotable(text)
        self.passages = [one for one in parts if isinstance(one, Passage)]
        self._said = list(parts)
        self._starts: list[int] = []
        self._ends: list[int] = []
        at = 0
        for one in parts:  # what is not found, because of a mark within it, stands nowhere
            words = quotable(one.text)
            start = self._text.find(words, at)
            if start < 0:
                start, words = at, ""
            self._starts.append(start)
            self._ends.append(start + len(words))
            at = start + len(words)

    def lines(self, entry: Entry) -> set[int]:
        """The places (from 0, headings counted) of what an entry points to."""
        found = set()
        for start, end in (entry.quote and quoted_at(entry.quote, self._text)) or ():
            found |= set(range(bisect_right(self._ends, start), bisect_left(self._starts, end)))
        if entry.clause:
            found |= set(self._clause(entry.clause))
        return found

    def pointed(self, entries: Iterable[Entry]) -> list[list[int]]:
        """For each passage and heading the entries (from 0) that point to it, or to one that says the same."""
        found: list[list[int]] = [[] for _ in self._said]
        same: dict[str, list[int]] = {}
        for index, one in enumerate(self._said):
            same.setdefault(one.text, []).append(index)
        for number, entry in enumerate(entries):
            places = {other for index in self.lines(entry) for other in same[self._said[index].text]}
            for index in sorted(places):
                found[index].append(number)
        return found

    # ---------------------------------------------------------------------------------------------------------- clauses

    def _clause(self, clause: str) -> Iterator[int]:
        """What a clause names: lines; or, after a heading, the number of an item, or the words it begins with."""
        for whole in clause.split(" ; "):
            text = plain(whole)
            lines = [
                (int(match["first"]), int(match["last"] or match["first"]))
                for pattern in _by().of("pointers", "lines")
                for match in pattern.regex.finditer(text)
            ]
            for first, last in lines:
                yield from (index for index, one in enumerate(self._said) if _overlaps(one, first, last))
            if not lines:
                yield from self._under_heading([part.strip() for part in text.split(",")])

    def _under_heading(self, parts: Sequence[str]) -> Iterator[int]:
        for number in range(len(parts) - 1, 0, -1):
            title, rest = parts[number - 1], ", ".join(parts[number:])
            below = [(index, one) for index, one in enumerate(self._said) if isinstance(one, Passage) and _is_under(one, title)]
            if not below or not title:
                continue
            numbers = _numbers(rest)
            items = {one.number for _, one in below if one.item}
            listed = len(items) >= len({one.number for _, one in below if not one.item})
            for index, one in below:
                if (one.number in numbers and one.item == listed) or (not numbers and plain(one.text).startswith(rest)):
                    yield index
            return


def _overlaps(one: Passage | Heading, first: int, last: int) -> bool:
    return one.line <= last and first <= (one.last if isinstance(one, Passage) else one.line)


def _is_under(one: Passage, title: str) -> bool:
    heading = plain(one.heading)
    return heading == title or (len(title) >= _LETTERS and heading.startswith(title))


_LETTERS = 5


def _numbers(text: str) -> frozenset[int]:
    """The items that `2`, `2 and 3`, `2-4` name; none where other words stand beside them."""
    if re.fullmatch(r"\d{1,3}(?:(?: ?[-,] ?| (?:et|and|a|to) )\d{1,3})*", text) is None:
        return frozenset()
    found = set(map(int, re.findall(r"\d+", text)))
    for first, last in re.findall(r"(\d+) ?(?:-| a | to ) ?(\d+)", text):
        found |= set(range(int(first), int(last) + 1))
    return frozenset(found)


@cache
def _by() -> Patterns:
    return Patterns()
