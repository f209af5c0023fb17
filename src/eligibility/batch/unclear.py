"""What was said of people and counts for nothing, because it was not understood: grouped by word, with how much hangs on it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from eligibility.batch.results import Cell
from eligibility.diagnostic import Diagnostic, Place
from eligibility.loading.vocabularies import NOT_UNDERSTOOD
from eligibility.verdict import Closing, Outcome, Verdict
from eligibility.wording import Words

CODES = (*NOT_UNDERSTOOD, "W607")
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
    return Group(one.code, str(params.get("why") or ""), column, where, word[:_LONGEST], path, str(params.get("suggestion") or ""))


def told(group: Group, times: int, answers: int, words: Words) -> tuple[str, str]:
    """A word in a sentence, and what to do about it."""
    text = words.text(
        f"batch.unclear.{group.code}", where=group.where, word=group.word, times=words.count("batch.times", times),
        why=words.why(group.why),
    )  # fmt: skip
    if answers:
        text = words.text("batch.unclear.hangs", told=text, answers=words.count("batch.answers", answers))
    return text, advice(group, words)


def advice(group: Group, words: Words) -> str:
    """What to write in the map, or, where there is none, what was meant perhaps."""
    if group.why in ("E605", "E618"):
        return words.text(f"batch.write.{group.why}")
    if not group.column or group.word in ("", "…"):
        return words.text("did_you_mean", word=group.suggestion) if group.suggestion else ""
    meant = group.suggestion or "…"
    path = group.path.removesuffix("[0].country") if group.path.startswith("citizenships") else group.path
    line = f"{path}: {{column: {_quoted(group.column)}, values: {{{_quoted(group.word)}: {meant}}}}}"
    return words.text("batch.write.meant" if group.suggestion else "batch.write.value", line=line)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
