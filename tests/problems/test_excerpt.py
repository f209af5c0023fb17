"""The carets stand under the place: tried with a mark put anywhere, and seen with the widths that Rich gives letters."""

from __future__ import annotations

import re
from io import BytesIO, TextIOWrapper
from itertools import takewhile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from eligibility.cli.terminal import write
from eligibility.diagnostic import Place
from eligibility.reporters import Style
from eligibility.reporters.problems.excerpt import Excerpt, excerpt, lines_of

from .material import law

LETTERS = st.text(st.sampled_from("ab é日本한ソ\t\u0301\u0308\u3099😀\x1b\x07\u202e\u200b\xa0ß"), max_size=60)
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def at(line: str, column: int, end: int = 0, room: int = 200) -> Excerpt:
    found = excerpt([line], Place("x", 1, column, end or column + 1), room)
    assert found is not None
    return found


@given(LETTERS, LETTERS, st.integers(12, 90))
@example("a\u0301", "", 40)
@example("日" * 50, "本" * 50, 13)
@example("\t" * 30, "\t" * 30, 12)
@law
def test_the_caret_is_under_its_letter(before: str, after: str, room: int) -> None:
    """Whatever stands around it, and whatever part of the line fits, the caret is under the letter at the column."""
    shown = at(f"{before}X{after}", len(before) + 1, room=room)
    cells = cell_len(shown.line[: shown.line.index("X")])
    assert shown.carets == " " * cells + "^"


@given(LETTERS, LETTERS, LETTERS)
@law
def test_the_carets_reach_from_the_first_to_the_last_letter(before: str, within: str, after: str) -> None:
    """A stretch has as many carets as its letters have cells."""
    shown = at(f"{before}X{within}Y{after}", len(before) + 1, len(before) + len(within) + 3, room=2000)
    first, last = (cell_len(shown.line[: shown.line.index(mark)]) for mark in "XY")
    assert shown.carets == " " * first + "^" * (last - first + 1)


@given(LETTERS, LETTERS, st.integers(12, 90))
@example("東é½œ", "", 40)
@law
def test_the_caret_is_under_its_letter_in_ascii(before: str, after: str, room: int) -> None:
    """A terminal that can write ASCII only shows the caret under the same letter."""
    found = excerpt([f"{before}X{after}"], Place("x", 1, len(before) + 1, len(before) + 2), room, ascii_only=True)
    assert found is not None
    stream = TextIOWrapper(BytesIO(), "ascii")
    write(found.line, stream, Style())
    stream.seek(0)
    assert found.carets == " " * stream.read().index("X") + "^"


@pytest.mark.parametrize(
    ("line", "column", "end", "carets"),
    [
        ("é: NO", 4, 6, "   ^^"),
        ("東京: NO", 5, 7, "      ^^"),
        ("東京", 1, 2, "^^"),
        ("e\u0301 NO", 4, 6, "  ^^"),
        ("ae\u0301", 3, 4, " ^"),  # the accent alone: its letter
        ("東\u3099", 2, 3, "^^"),
        ("\tNO", 2, 4, "    ^^"),
        ("ab\tNO", 4, 6, "    ^^"),
        ("a\tb", 2, 3, " ^^^"),
        ("\x1b NO", 3, 5, "       ^^"),  # shown as \u001b
        ("ab", 3, 4, "  ^"),
        ("ab", 90, 95, "  ^"),
        ("", 1, 1, "^"),
        ("", 5, 9, "^"),
        ("abc", 2, 2, " ^"),
        ("abc", 2, 99, " ^^"),
    ],
)  # fmt: skip
def test_carets(line: str, column: int, end: int, carets: str) -> None:
    """Accents, wide letters, marks, tabs, controls, the end of the line and beyond."""
    assert at(line, column, end).carets == carets


@given(st.text(st.characters(exclude_categories=[])), st.integers(1, 9), st.integers(1, 2000), st.integers(0, 2000), st.integers(12, 90))
@law
def test_any_text(text: str, line: int, column: int, span: int, room: int) -> None:
    """Any text at any place: nothing wider than the room, no control, at least one caret."""
    shown = excerpt(lines_of(text), Place("x", line, column, column + span), room)
    if shown is None:
        assert line > len(lines_of(text))
        return
    assert "^" in shown.carets
    for part in (shown.before or "", shown.line, shown.carets):
        assert not CONTROL.search(part)
    assert len(shown.carets) <= room + 1


@pytest.mark.parametrize("column", [1, 2, 499, 500, 501, 2500, 4999, 5000, 5001])
@pytest.mark.parametrize("room", [15, 35, 75])
def test_a_long_line_is_shown_around_its_place(column: int, room: int) -> None:
    """What is left out is marked by dots, and never what the carets are under."""
    line = "".join("X" if number == column else "-" for number in range(1, 5001))
    shown = at(line, column, room=room)
    assert len(shown.line) <= room
    assert shown.line[len(shown.carets) - 1 : len(shown.carets)] == ("X" if column <= 5000 else "")
    assert shown.line.startswith("...") is (column > room - 4)
    assert shown.line.endswith("...") is (column < 4990)
    assert len("".join(takewhile(lambda one: one != "X", shown.line))) <= room


def test_the_line_before_is_cut_in_the_same_place() -> None:
    """Indentation can still be compared."""
    shown = excerpt(["a" * 300, "b" * 300], Place("x", 2, 150, 151), 30)
    assert shown is not None
    assert shown.before is not None
    assert shown.before.translate({97: 98}) == shown.line


def test_a_letter_with_a_million_accents() -> None:
    """Neither slow nor a wall of accents."""
    assert len(at("a" + "\u0301" * 1_000_000, 500_000).line) < 100


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", [""]), ("a\n", ["a", ""]), ("\ufeffa\r\nb\rc\u2028d\x85e", ["a", "b", "c\u2028d\x85e"])],
)
def test_lines(text: str, lines: list[str]) -> None:
    """Lines are those that diagnostics count: LF, CRLF and CR end one, nothing else does."""
    assert lines_of(text) == lines
