"""From bytes to characters: UTF-8 only, and no character that hides, reorders or controls what a reader sees."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator

from eligibility.diagnostic import Diagnostic, Place, Problems
from eligibility.loading.files import Source

MAX_MARKS = 30
"""The most marks (accents and the like) that may follow one letter, as in the Stream-Safe Text Format of Unicode."""

FIRST_MARK = "\u0300"
"""No character before it is, or takes, a mark in Unicode's composed form."""

_NO_LETTERS = re.compile(rf"[^\w\s\x00-\x7f]{{{MAX_MARKS + 1},}}")  # where a run of marks may be: no mark is a letter

_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)  # UTF-32 LE begins as UTF-16 LE does

_CONTROLS = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0)))) + "\u2028\u2029\ufffe\uffff"
_CONTROLS = _CONTROLS.translate(dict.fromkeys(map(ord, "\t\n\r")))
_REORDERING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_INVISIBLE = "\u00ad\u115f\u1160\u180e\u200b\u2060\u2061\u2062\u2063\u2064\u3164\ufeff"

_CODES = {**dict.fromkeys(_CONTROLS, "E126"), **dict.fromkeys(_REORDERING, "E127"), **dict.fromkeys(_INVISIBLE, "W103")}
_SUSPECT = frozenset(_CODES)
_REPLACED = dict.fromkeys(map(ord, _CONTROLS + _REORDERING), "\ufffd")


def decode(source: Source) -> tuple[str, list[Diagnostic]]:
    """The text of a file without its byte order mark, and what is wrong with its characters.

    Every forbidden character is replaced by U+FFFD, so that reading goes on and places stay true. Each
    distinct one is told once, where it first stands. Raises `Problems` when the bytes are not UTF-8 text.
    """
    data = source.data
    if data.startswith(_WIDE_MARKS) or _looks_wide(data[:400]):
        raise Problems([Diagnostic("E137", Place(source.name))])
    if 0 in data:
        raise Problems([Diagnostic("E138", place_at(source.name, data[: data.index(0)].decode("utf-8", "replace")))])
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        place = place_at(source.name, data[: error.start].decode("utf-8"))
        raise Problems([Diagnostic("E140", place, {"byte": f"0x{data[error.start]:02X}"})]) from None
    if text.replace("\n", "").isprintable():
        return text, []
    text, lone_returns = _unix_line_ends(text)
    problems = list(_suspects(source.name, text))
    if lone_returns is not None:
        problems.append(Diagnostic("E128", place_at(source.name, text[:lone_returns])))
    return (text.translate(_REPLACED) if problems else text), problems


def composed(text: str) -> str | None:
    """The text in Unicode's composed form, so that one spelling has one code; None where letters have too many marks to be looked at."""
    if text.isascii() or max(text) < FIRST_MARK:
        return text
    return None if overloaded(text) else unicodedata.normalize("NFC", text)


def forbidden(value: str) -> tuple[str, str] | None:
    """The code and the name (`U+202E`) of the first forbidden character of a value, put there by an escape."""
    for character in value:
        if "\ud800" <= character <= "\udfff":
            return "E111", _name(character)
        if (code := "E126" if character == "\r" else _CODES.get(character, "")).startswith("E"):
            return code, _name(character)
    return None


def invisible(value: str) -> str | None:
    """The name of the first character of a value that nobody sees; None where there is none."""
    return next((_name(character) for character in value if _CODES.get(character) == "W103"), None)


def overloaded(text: str) -> bool:
    """Whether more than `MAX_MARKS` marks follow one letter: composing a text with a million would take half an hour."""
    for found in _NO_LETTERS.finditer(text):
        run = 0
        for character in found[0]:
            run = run + 1 if unicodedata.combining(character) else 0
            if run > MAX_MARKS:
                return True
    return False


def _looks_wide(head: bytes) -> bool:
    """Whether every second byte is mostly NUL, as in Western text in UTF-16 without a byte order mark."""
    first, second = head[::2].count(0), head[1::2].count(0)
    return len(head) > 3 and min(first, second) == 0 and max(first, second) * 4 > len(head)


def place_at(file: str, before: str) -> Place:
    """The place of the one character that follows the text `before`, whatever its lines end with."""
    before = before.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    column = len(before) - before.rfind("\n")
    return Place(file, before.count("\n") + 1, column, column + 1)


def _unix_line_ends(text: str) -> tuple[str, int | None]:
    """The text with each carriage return that stands alone made a line feed, and where the first one stood."""
    if "\r" not in text or text.count("\r") == text.count("\r\n"):
        return text, None
    guarded = text.replace("\r\n", "\n\n")
    first = guarded.index("\r")
    return text[:first] + "".join(
        "\n" if c == "\r" and text[i + 1 : i + 2] != "\n" else c for i, c in enumerate(text[first:], first)
    ), first


def _suspects(file: str, text: str) -> Iterator[Diagnostic]:
    if _SUSPECT.isdisjoint(text):
        return
    for character in sorted(_SUSPECT.intersection(text)):
        place = place_at(file, text[: text.index(character)])
        yield Diagnostic(_CODES[character], place, {"character": _name(character), "n": text.count(character)})


def _name(character: str) -> str:
    return f"U+{ord(character):04X}"
