"""What was said of people and counts for nothing, because it was not understood: grouped by word, with how much hangs on it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from eligibility.batch.cells import NO_TEXT
from eligibility.batch.results import Cell
from eligibility.diagnostic import Diagnostic, Place
from eligibility.loading.vocabularies import NOT_UNDERSTOOD
from eligibility.verdict import Closing, Outcome, Verdict
from eligibility.wording import Words

CODES = (*(code for code in NOT_UNDERSTOOD if code != "N205"), "W607")
KEPT = 1_000
"""How many different words are counted one by one."""
_NUMBERS = re.compile(r"\[[^\[\]]*\]")
_FIRST = re.compile(r"\[\d+\]")
_LONGEST = 60


class Group(NamedTuple):
    """A word that was not understood: in which column (or field), of which field, why, and what was meant perhaps."""

    code: str
    why: str
    column: str
    where: str
    word: str
    path: str
    suggestion: str


class Unclear:
    """Counts what is not understood while people pass by: how often, and how many answers hang on it."""

    def __init__(self) -> None:
        self.told = 0
        self.answers = 0
        self._found: dict[Group, list[int]] = {}

    def add(self, problems: Sequence[Diagnostic], hangs: Sequence[int]) -> None:
        """What was not understood of one person; `hangs` says how many answers hang on each problem."""
        for one, answers in zip((one for one in problems if one.code in CODES), hangs, strict=True):
            self.told += 1
            group = _group(one)
            if group in self._found or len(self._found) < KEPT:
                counted = self._found.setdefault(group, [0, 0])
                counted[0] += 1
                counted[1] += answers
        self.answers += max(hangs, default=0)

    def groups(self) -> list[tuple[Group, int, int]]:
        """Every word with its two counts: those first on which most hangs."""
        every = [(group, times, answers) for group, (times, answers) in self._found.items()]
        return sorted(every, key=lambda one: (-one[2], -one[1]))

    def notices(self, place: str) -> Iterator[Diagnostic]:
        """The same as what is told of an input."""
        for group, times, answers in self.groups():
            yield Diagnostic("W606", Place(place), {"n": times, "answers": answers, "form": group.code, **group._asdict()})


def hanging(problems: Sequence[Diagnostic], cells: Sequence[Cell]) -> tuple[int, ...]:
    """Of each problem that is not understood, the number of answers that are open and lack the fact it is about."""
    open_ = [cell for cell in cells if cell.outcome is Outcome.MORE_INFORMATION and cell.closing is not Closing.CLOSED]
    lacking = [
        {_NUMBERS.sub("", path) for point in cell.points if point.verdict is Verdict.UNKNOWN and point.required for path in point.missing}
        for cell in open_
    ]
    found = []
    for one in problems:
        if one.code in CODES:
            at = _NUMBERS.sub("", str(one.params.get("at", "")))
            found.append(sum(any(_touch(at, path) for path in paths) for paths in lacking))
    return tuple(found)


_WORKING_TIME = ("experience.rate", "experience.full_time", "experience.hours_per_week")


def _touch(at: str, path: str) -> bool:
    """Whether what is missing is what was not understood: the same key, or one of the two is the list of the other."""
    if at in _WORKING_TIME and path in _WORKING_TIME:
        return True
    return bool(at) and (at == path or at.startswith(f"{path}.") or path.startswith(f"{at}."))


def _group(one: Diagnostic) -> Group:
    params = one.params
    path = str(params.get("at") or "")
    column = str(params.get("column") or "")
    where = column or _FIRST.sub("", path)
    word = str(params.get("word", params.get("value", "")))
    why = "place" if params.get("form") == "place" else str(params.get("why") or "")
    return Group(one.code, why, column, where, word[:_LONGEST], path, str(params.get("suggestion") or ""))


class Column(NamedTuple):
    """The words of one column (or field) that were not understood, those first on which most hangs; and what to write in the map."""

    where: str
    words: tuple[str, ...]
    more: int
    advice: str
    line: str


def columns_of(found: Sequence[tuple[Group, int, int]], words: Words, listed: int) -> list[Column]:
    """What was not understood, column by column, in sentences: of each column the first `listed` words."""
    columns: dict[str, list[tuple[Group, int, int]]] = {}
    for one in found:
        columns.setdefault(one[0].where, []).append(one)
    return [_column(where, some, words, listed) for where, some in columns.items()]


def _column(where: str, some: Sequence[tuple[Group, int, int]], words: Words, listed: int) -> Column:
    shown = some[:listed]
    advice, line = _advice([group for group, _, _ in shown], words)
    return Column(where, tuple(_sentence(*one, words) for one in shown), len(some) - len(shown), advice, line)


def _sentence(group: Group, times: int, answers: int, words: Words) -> str:
    text = words.text(f"batch.unclear.{group.code}", word=group.word, times=words.count("batch.times", times), why=words.why(group.why))
    text = words.text("batch.unclear.hangs", told=text, answers=words.count("batch.answers", answers)) if answers else text
    if group.suggestion:
        text = words.text("batch.unclear.meant", told=text, meant=words.text("did_you_mean", word=group.suggestion))
    return text


def _advice(groups: Sequence[Group], words: Words) -> tuple[str, str]:
    """What to do about the words of a column, and the line of the map that says what they mean."""
    for why in ("E605", "E618"):
        if any(group.why == why for group in groups):
            return words.text(f"batch.write.{why}"), words.text(f"batch.write.{why}.line")
    meant = [group for group in groups if group.column and group.path and _can_be_written(group)]
    if not meant:
        return "", ""
    path = meant[0].path
    path = path.partition("[")[0] if path.startswith("citizenships") else path
    values = ", ".join(f"{_quoted(group.word)}: {group.suggestion or '…'}" for group in meant)
    key = "batch.write.place" if any(group.why == "place" for group in meant) else "batch.write.values"
    return words.text(key, n=len(meant)), f"{path}: {{column: {_quoted(meant[0].column)}, values: {{{values}}}}}"


def _can_be_written(group: Group) -> bool:
    """Whether a map can say what the word means: it is told whole, and a file may hold it."""
    return group.word not in ("", "…") and len(group.word) < _LONGEST and group.why not in NO_TEXT


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
