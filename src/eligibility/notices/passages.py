"""A notice cut into what an author points to: each sentence or item of a list, with its lines and the heading it stands under."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

LONGEST = 1_500
"""Characters of a passage: what is longer, and no sentence is, is cut at a space."""

_ITEM = re.compile(
    r"(?:[•◦▪▫●○■□‣⁃∙·➢➤►▶✓✔❖➔→\uf000-\uf0ff]|[-–—*+](?=\s)|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)](?=\s)|\(?\d{1,2}(?:\.\d{1,2}){1,3}\.?(?=\s))\s*"
)
_NUMBERED = re.compile(r"(?:\d{1,3}|[A-Z]|[IVX]{1,5})[.)]\s+|\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+")
"""The number of an item, or of a heading."""
_LETTER = re.compile(r"\(?[a-z0-9]{1,3}\)\s*")
_LABEL = re.compile(r"[A-ZÀ-Ý*][^:.;!?\t]{1,70}?(?:\s?:(?=\s+\S)|\t\s*(?=\S))")
_RULE = re.compile(r"[|\s:=_*~-]{3,}")
_TABLE = re.compile(r"\||\t")
_END = re.compile(r"[.!?…]['\"»”’)\]]*\s+(?=[\"'«“(\[•☒☐]?\s?(?:[A-ZÀ-Ý0-9*]|[^\W\d_a-zß-ÿ]))")
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Za-z]|[Aa]rt|[Nn]o|[Nn]os|[Mm]mes?|[Mm]lle|[Mm]r|[Mm]rs|[Mm]s|[Dd]r|[Pp]rof|[Ss]t|[Cc]f|[Ee]x|[Vv]ol|[Pp]p|[Ee]tc|[Tt]el|[Tt]él|[Mm]in|[Mm]ax|[Aa]l|[Aa]pprox|[Ee]nv|[Rr]ef|[Rr]éf|[Pp]ar|[Ss]ec|vs|resp)|[ep]\.\s?[gx]|i\.\s?e|c\.-à-d)\.$"
)
_SENTENCE_ENDS = (".", ";", "!", "?", ":", "…")
_MARKS = re.compile(r"\*\*|__|`|^#{1,6}\s+|^>\s+")
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,500}\)")
_TAG = re.compile(r"<[^<>]{1,200}>")
_INCLUSIVE = re.compile(r"\((?:e|s|es|ne|nes|le|ve|ves|trice|trices|euse|euses|fe|x)\)|[·.](?:e|ne|le|trice)(?:[·.]s)?\b(?<=\w)")
_SAME = str.maketrans({
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "«": '"', "»": '"', "\u00a0": " ", "\u202f": " ", "\u2011": "-", "–": "-",
    "—": "-", "œ": "oe", "Œ": "oe", "æ": "ae", "\u00ad": None, "\ufffd": " ",
})  # fmt: skip


class Passage(NamedTuple):
    """A sentence of a paragraph, or an item of a list: its words with single spaces, its first and last line (from 1), the heading it
    stands under (empty: none), which of its paragraphs, or of its items, it is (from 1), and whether it is an item;
    `opens` where a list follows it."""

    text: str
    line: int
    last: int
    heading: str
    number: int
    item: bool
    opens: bool = False


class Heading(NamedTuple):
    """A line that names what stands below it; `opens` where it ends in a colon."""

    text: str
    line: int
    opens: bool = False


def plain(text: str) -> str:
    """Words as patterns are written for: small letters without accents, straight apostrophes, single spaces, no marks of Markdown."""
    text = _INCLUSIVE.sub("", _TAG.sub(" ", _LINK.sub(r"\1", text)).translate(_SAME))
    text = _MARKS.sub("", text).replace("*", "")
    if not text.isascii():
        text = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return " ".join(text.lower().split())


def lines_of(text: str) -> list[str]:
    """The lines of a text, ended by LF, CRLF or CR."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")


def passages_of(text: str, is_title: Callable[[str], bool] = lambda _: False) -> list[Passage | Heading]:
    """The passages and headings of a notice, in its order. `is_title` knows the (plain) words of usual headings."""
    found: list[Passage | Heading] = []
    heading = ""
    counts = {True: 0, False: 0}  # items and paragraphs under the heading
    for block in _blocks(lines_of(text), is_title):
        if block.heading:
            title = title_of(block.lines[0][1])
            opens = block.lines[0][1].endswith(":")
            if not opens or len(title.split()) < _FEW_WORDS or not heading:
                heading, counts = title, {True: 0, False: 0}
            else:  # a sentence that opens a list names nothing
                counts[False] += 1
            found.append(Heading(title, block.lines[0][0], opens))
            continue
        counts[block.item] += 1
        opens = block.lines[-1][1].endswith(":")
        sentences = list(_sentences(block.lines))
        for index, (sentence, first, last) in enumerate(sentences):
            found.append(Passage(sentence, first, last, heading, counts[block.item], block.item, opens and index == len(sentences) - 1))
    return found


def title_of(line: str) -> str:
    """A heading without its marks, its number and its colon."""
    bare = _LINK.sub(r"\1", line).replace("**", "").replace("__", "").lstrip("# ").strip()
    return _NUMBERED.sub("", bare, count=1).rstrip(" :").strip() or bare


class _Block(NamedTuple):
    """Lines that belong together, each with its number and without its bullet."""

    lines: list[tuple[int, str]]
    item: bool
    heading: bool = False


def _blocks(lines: Sequence[str], is_title: Callable[[str], bool]) -> Iterator[_Block]:
    """Paragraphs, items and headings; a sentence that goes on after a line end, or after an empty line with a small letter, is one."""
    stripped = [line.strip() for line in lines]
    following = _following(stripped)
    block: _Block | None = None
    blank = True
    for index, line in enumerate(stripped):
        if not line or _RULE.fullmatch(line):
            if line and block is not None:  # a line under a heading, or between rows
                yield block
                block = None
            blank = True
            continue
        after = following[index]
        mark = _ITEM.match(line)
        goes_on = after[:1].islower() and _ITEM.match(after) is None
        alone = index + 1 == len(stripped) or not stripped[index + 1]
        if not goes_on and (_is_heading(line, mark, blank, block, after, alone) or _is_known(line, blank, block, after, is_title)):
            if block is not None:
                yield block
            block = None
            yield _Block([(index + 1, line)], False, heading=True)
        elif mark is not None and len(mark[0]) < len(line):
            if block is not None:
                yield block
            inner = _LETTER.match(line, mark.end())
            block = _Block([(index + 1, line[inner.end() if inner else mark.end() :])], True)
        elif block is not None and _goes_on(block, line, blank, lines[index][0].isspace()):
            block.lines.append((index + 1, line))
        else:
            if block is not None:
                yield block
            block = _Block([(index + 1, line)], mark is not None)
        blank = False
    if block is not None:
        yield block


def _following(lines: Sequence[str]) -> list[str]:
    """For each line the next one that is not empty."""
    found, after = [""] * len(lines), ""
    for index in range(len(lines) - 1, -1, -1):
        found[index] = after
        if lines[index]:
            after = lines[index]
    return found


_WIDE = 45
"""A line shorter than this ended before the edge of the page."""
_MOST_WORDS = 12
_FEW_WORDS = 6
_MOST_LETTERS = 100


def _goes_on(block: _Block, line: str, blank: bool, indented: bool) -> bool:
    """Whether a line continues the block before it."""
    before = block.lines[-1][1]
    if _TABLE.search(line) and _TABLE.search(before):
        return False
    starts_small = line[0].islower() or line[0] in ",;)"
    if blank:
        return starts_small and not before.endswith(_SENTENCE_ENDS) and len(before) >= _WIDE
    if before.endswith(":") or _LABEL.match(line) or (indented and before.endswith(_SENTENCE_ENDS)):
        return starts_small
    return (
        starts_small
        or len(before) >= _WIDE
        or before[-1] in ",'’-"
        or (not _LABEL.match(before) and before[-1] not in ".;!?" and block.item)
    )


def _is_heading(line: str, mark: re.Match[str] | None, blank: bool, block: _Block | None, after: str, alone: bool) -> bool:
    if line.startswith("#") and line.lstrip("#").startswith(" "):
        return True
    if len(line) > _MOST_LETTERS or _TABLE.search(line):
        return False
    if line.startswith("**") and line.rstrip(": ").endswith("**") and line.count("**") == 2:
        return not mark
    if line.startswith(("•", "◦")) or line[-1] in ".;,!?…" or (line[0] in "-*+·☒☐" and mark):
        return False
    numbered = _NUMBERED.match(line)
    if mark is not None and numbered is None:
        return False
    title = line[numbered.end() :] if numbered else line
    if not title or not (title[0].isupper() or title[0].isdigit()) or len(title.split()) > _MOST_WORDS or "@" in title:
        return False
    colon = title.endswith(":")
    if not colon and (":" in title or "http" in title):
        return False
    lists = _ITEM.match(after) is not None and not _NUMBERED.match(after)
    ended = block is None or block.item or block.lines[-1][1].endswith(_SENTENCE_ENDS)
    if colon:
        return blank or (ended and bool(after))
    if numbered is not None:  # of a numbered list, the next item has a number, too
        roman = line[0] in "IVX"
        return (blank or roman) and bool(after) and not _NUMBERED.match(after) and (alone or lists or title.isupper() or roman)
    if title.isupper() and len(title) > 3:
        return blank or ended
    return bool(after) and ((blank and (alone or lists or (len(title.split()) <= _FEW_WORDS and len(after) > _WIDE))) or (lists and ended))


def _is_known(line: str, blank: bool, block: _Block | None, after: str, is_title: Callable[[str], bool]) -> bool:
    """Whether a short line after the end of a sentence, or after another short line, is a usual heading."""
    if not after or len(line) > _MOST_LETTERS or line[-1] in ".;,!?" or not line[0].isupper() or _ITEM.match(line):
        return False
    before = "" if block is None or block.item else block.lines[-1][1]
    ended = blank or len(before) < _WIDE or before.endswith(_SENTENCE_ENDS)
    if block is not None and block.item and not blank:
        ended = block.lines[-1][1].endswith(_SENTENCE_ENDS)
    return ended and is_title(plain(title_of(line)))


def _sentences(lines: Sequence[tuple[int, str]]) -> Iterator[tuple[str, int, int]]:
    """The sentences of a block, each with its first and its last line."""
    starts, pieces, at = [], [], 0
    for number, line in lines:
        starts.append((at, number))
        pieces.append(line)
        at += len(line) + 1
    text = " ".join(pieces)
    lines_at = _Lines(starts)
    begin = 0
    for end in (*_ends(text), len(text)):
        while end - begin > LONGEST:
            cut = text.rfind(" ", begin + 1, begin + LONGEST)
            cut = cut if cut > begin else begin + LONGEST
            if piece := " ".join(text[begin:cut].split()):
                yield piece, lines_at[begin], lines_at[cut - 1]
            begin = cut
        if piece := " ".join(text[begin:end].split()):
            yield piece, lines_at[begin], lines_at[max(begin, end - 1)]
        begin = end


def _ends(text: str) -> Iterator[int]:
    for found in _END.finditer(text):
        if not _ABBREVIATED.search(text, max(0, found.start() - 8), found.start() + 1):
            yield found.end()


class _Lines:
    """The number of the line on which a character stands; asked in the order of the text."""

    def __init__(self, starts: Sequence[tuple[int, int]]) -> None:
        self._starts = starts
        self._index = 0

    def __getitem__(self, at: int) -> int:
        while self._index + 1 < len(self._starts) and self._starts[self._index + 1][0] <= at:
            self._index += 1
        return self._starts[self._index][1]
