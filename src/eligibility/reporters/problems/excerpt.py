"""A line of a file as a terminal can show it, with carets under the exact place.

A terminal counts cells, a diagnostic counts code points: an accent on its own takes no cell, a Chinese letter two, a tab
up to four, and a character that could drive the terminal is shown as an escape of six. Where a terminal cannot write every
letter, those that no single ASCII letter can stand for are escapes too, or the carets would be shifted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import category, combining, east_asian_width, normalize

from eligibility.diagnostic import Place
from eligibility.reporters.layout import safe

_TAB = 4
_REACH = 500  # code points looked at on either side of the place: a line may be as long as a file
_MARKS = 8  # marks shown on one letter
_CUT = "..."


class Excerpt(NamedTuple):
    """The line before (None for the first line), the line itself, and the carets below it."""

    before: str | None
    line: str
    carets: str


def lines_of(text: str) -> list[str]:
    """The lines of a file as diagnostics count them: without byte order mark, ended by LF, CRLF or CR alone."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def excerpt(lines: Sequence[str], place: Place, room: int, ascii_only: bool = False) -> Excerpt | None:
    """What stands at a place, in at most `room` cells; None for a line that the file does not have."""
    if not 1 <= place.line <= len(lines):
        return None
    line = lines[place.line - 1]
    first = min(max(place.column, 1), len(line) + 1) - 1
    last = min(max(place.end_column - 1, first + 1), first + _REACH)
    left, right = max(0, first - _REACH), first + _REACH
    if len(line) <= 2 * _REACH:
        left, right = 0, len(line)
    shown = _Cells(line[left:right], bool(left), right < len(line), ascii_only)
    start, end = shown.span(first - left, last - left)
    begin = _begin(shown.total, start, end, room)
    stop = begin + room - (len(_CUT) if shown.more_right or begin + room < max(shown.total, end) else 0)
    carets = " " * (start - begin) + "^" * max(1, min(end, stop) - start)
    before = None
    if place.line > 1:
        above = lines[place.line - 2]
        more = len(above) > left + 2 * _REACH
        before = _Cells(above[left : left + 2 * _REACH], bool(left), more, ascii_only).cut(begin, room)
    return Excerpt(before, shown.cut(begin, room), carets)


def _begin(total: int, start: int, end: int, room: int) -> int:
    """The first cell to show: 0 where all fits, else such that the place stands in the middle."""
    total = max(total, end)
    if total <= room:
        return 0
    span = min(end - start, room - 2 * len(_CUT))
    return max(0, min(start - (room - span) // 2, total - room))


class _Cells:
    """A stretch of a line: what is shown for each letter, and the cell where it begins."""

    def __init__(self, line: str, more_left: bool, more_right: bool, ascii_only: bool) -> None:
        self.more_left, self.more_right = more_left, more_right
        self.shown: list[str] = []
        self.starts: list[int] = []
        at = marks = 0
        for letter in line:
            text, width = _letter(letter, at, ascii_only)
            marks = 0 if width else marks + 1
            self.shown.append(text if marks <= _MARKS else "")
            self.starts.append(at)
            at += width
        self.starts.append(at)
        self.total = at

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The cells from the letter `first` up to the letter `last`; those of its letter for a mark, and never none."""
        while 0 < first < len(self.shown) and self.starts[first] == self.starts[first + 1]:
            first -= 1
        start = self.starts[min(first, len(self.shown))]
        end = self.starts[min(last, len(self.shown))]
        return start, max(end, start + 1)

    def cut(self, begin: int, room: int) -> str:
        """The cells from `begin` on, at most `room`, with dots where something is left out."""
        end = begin + room
        left = begin + len(_CUT) if self.total and (begin or self.more_left) else begin
        right = end - len(_CUT) if self.total > end or self.more_right else end
        out = [_CUT] if left > begin else []
        for index, text in enumerate(self.shown):
            start, stop = self.starts[index], self.starts[index + 1]
            if start >= left and stop <= right and (start < stop or start > left or not left):
                out.append(text)
            elif start < right and stop > left:
                out.append(" " * (min(stop, right) - max(start, left)))
        if right < end:
            out.append(_CUT)
        return "".join(out).rstrip()


def _letter(letter: str, at: int, ascii_only: bool) -> tuple[str, int]:
    """What is shown for a letter that begins in the cell `at`, and how many cells it takes."""
    if " " <= letter < "\x7f":
        return letter, 1
    if letter == "\t":
        width = _TAB - at % _TAB
        return " " * width, width
    kind, text = category(letter), safe(letter)
    if text == letter and (kind in ("Cc", "Cf", "Cs", "Zl", "Zp") or (ascii_only and not _has_ascii(letter))):
        text = f"\\u{ord(letter):04x}"
    if text != letter:
        return text, len(text)
    if combining(letter) or kind in ("Mn", "Me") or "\u1160" <= letter <= "\u11ff":  # the latter join a Korean syllable
        return letter, 0
    return letter, 2 if east_asian_width(letter) in "WF" else 1


def _has_ascii(letter: str) -> bool:
    """Whether one ASCII letter can stand for a letter: `e` for `é`."""
    return sum(part.isascii() for part in normalize("NFKD", letter)) == 1 and east_asian_width(letter) not in "WF"
