"""Lines of text that fit: wrapping by what a terminal shows, never cutting, and no control character from a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from unicodedata import combining, east_asian_width

_UNSAFE = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)  # controls, what cannot be seen or turns the text around, half characters


@cache
def _unsafe() -> re.Pattern[str]:
    """Takes longer to compile than to use: only a text that needs it pays for it."""
    return re.compile(_UNSAFE)


def safe(text: str) -> str:
    """The text in one line, with what could drive a terminal, hide, or not be written at all shown as an escape."""
    text = text.replace("\t", " ").replace("\n", " ")
    if text.isprintable():
        return text
    return _unsafe().sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def width_of(text: str) -> int:
    """How many columns a terminal uses for the text."""
    if text.isascii() or max(text) < "\u0300":
        return len(text)
    return sum(0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def wrapped(text: str, width: int, first: str = "", rest: str | None = None) -> Iterator[str]:
    """The text in lines of at most `width` columns, after `first` on the first line and `rest` on the others.

    A word longer than the line is broken, never shortened.
    """
    rest = first if rest is None else rest
    if "«" in text or " :" in text or " ;" in text or " ?" in text or " !" in text:
        text = re.sub(r"(?<=«) | (?=[»:;?!](?:\s|$))", "\u00a0", text)  # French punctuation starts no line and ends none
    line, empty = first, True
    room, later = width - width_of(first), width - width_of(rest)
    for word in text.split(" "):
        if not word:
            continue
        wide = width_of(word)
        if not empty and wide >= room:  # a space stands before it
            yield line
            line, empty, room = rest, True, later
        begin = 0
        while wide > room:
            end, used = _fitting(word, begin, room)
            yield line + word[begin:end]
            begin, wide = end, wide - used
            line, room = rest, later
        if begin < len(word):
            line += word[begin:] if empty else f" {word}"
            room -= wide if empty else wide + 1
            empty = False
    if not empty or line == first:
        yield line.rstrip() if empty else line


def _fitting(word: str, begin: int, room: int) -> tuple[int, int]:
    """Where the part of a word ends that fits, at least one letter; and how wide it is."""
    used = 0
    for index in range(begin, len(word)):
        wide = width_of(word[index])
        if used + wide > room and index > begin:
            return index, used
        used += wide
    return len(word), used


def plain_markdown(text: str) -> str:
    """Text in which nothing is read as Markdown or HTML, but for code."""
    return safe(text).replace("<", "&lt;").replace("[", "\\[").replace("*", "\\*").replace("_", "\\_")


def command_lines(parts: Sequence[str], indent: str, width: int) -> Iterator[str]:
    """A command that can be copied: broken between its words only, and so that a shell reads on; a long word runs over the width."""
    line = ""
    fits = [[part] if width_of(f"{indent}{part} \\") <= width else part.split(" ", 1) for part in map(safe, parts)]
    for part in (one for several in fits for one in several):
        if line and width_of(f"{indent}{line} {part} \\") > width:
            yield f"{indent}{line} \\"
            line = part
        else:
            line = f"{line} {part}".strip()
    yield f"{indent}{line}"
