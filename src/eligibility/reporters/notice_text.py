"""A notice and its rule file side by side: each sentence that looks like a condition, or is pointed to, with the criteria that say it.

Where a terminal is too narrow for two columns, they stand one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from eligibility.reporters.describe import Describer
from eligibility.reporters.layout import safe, width_of, wrapped
from eligibility.wording import Words

_TWO_COLUMNS = 70
"""Columns of a terminal that are enough for two of text."""


class Said(NamedTuple):
    """A sentence of the notice, its first and last line, the criteria that point to it (by their number), and whether information does;
    whether it is the deadline of the rule file."""

    text: str
    line: int
    last: int
    criteria: tuple[int, ...]
    informs: bool = False
    closes: bool = False


class Beside(NamedTuple):
    """What there is to show: the name of the notice, its sentences in order, and the criteria (by number) whose quotations it does not
    hold."""

    document: str
    sentences: Sequence[Said]
    lost: Sequence[int]


def lines(beside: Beside, describer: Describer, words: Words, width: int, ascii_only: bool) -> Iterator[str]:
    """The lines, each at most as wide as the terminal."""
    width = max(20, width)
    yield from wrapped(safe(words.text("notice.head", document=beside.document, title=words.of(describer.vacancy.title))), width)
    room = (width - 3) // 2 if width >= _TWO_COLUMNS else 0
    bar = "|" if ascii_only else "│"
    for one in beside.sentences:
        yield ""
        where = (
            words.text("draft.line", line=one.line) if one.line == one.last else words.text("draft.lines", first=one.line, last=one.last)
        )
        said = [safe(where), *wrapped(safe(one.text), room or width)]
        asked = list(_asked(one, describer, words, room or width - 2))
        if room:
            for left, right in zip_longest(said, asked, fillvalue=""):
                yield f"{left}{' ' * (room - width_of(left))} {bar} {right}".rstrip()
        else:
            yield from said
            yield from (f"  {line}" for line in asked)
    found = {number for one in beside.sentences for number in one.criteria}
    criteria = describer.parsed.criteria
    elsewhere = [number for number in range(len(criteria)) if number not in found and number not in beside.lost]
    for key, numbers in (("notice.lost", beside.lost), ("notice.elsewhere", elsewhere)):
        if numbers:
            yield ""
            yield from wrapped(safe(words.text(key)), width)
            for number in numbers:
                clause = criteria[number].common.clause
                text = f"{describer.label(criteria[number])} ({clause})" if clause else describer.label(criteria[number])
                yield from wrapped(safe(text), width, f"{describer.bullet} ", "  ")


def _asked(one: Said, describer: Describer, words: Words, room: int) -> Iterator[str]:
    """What the criteria ask that say a sentence."""
    for number in one.criteria:
        criterion = describer.parsed.criteria[number]
        yield from wrapped(safe(describer.label(criterion)), room)
        if criterion.kind != "judged":
            yield from wrapped(safe(describer.brief(criterion)), room, "  ")
        else:
            yield from wrapped(safe(words.text("show.kind.judged")), room, "  ")
    if one.informs:
        yield from wrapped(safe(words.text("notice.informs")), room)
    if one.closes:
        yield from wrapped(safe(words.text("notice.closes")), room)
    elif not one.criteria and not one.informs:
        yield from wrapped(safe(words.text("notice.nothing")), room)
