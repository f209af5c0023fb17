"""What was decided of many people: arrays of small numbers for each criterion, and the Arrow columns that are made of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

import numpy as np
import pyarrow as pa

from eligibility.answer import Code
from eligibility.engine import Answered
from eligibility.verdict import Cause, Closing, Outcome, Verdict


def _literals(kind: Any) -> list[str]:
    return [kind] if isinstance(kind, str) else [word for part in get_args(kind) for word in _literals(part)]


VERDICTS = tuple(Verdict)
CODES = tuple(dict.fromkeys(_literals(Code)))
CAUSES = tuple(sorted(Cause))
OUTCOMES = tuple(Outcome)
CLOSINGS = tuple(Closing)
VERDICT = {one: index for index, one in enumerate(VERDICTS)}
CODE = {one: index for index, one in enumerate(CODES)}
CAUSE = {one: 1 << index for index, one in enumerate(CAUSES)}
OUTCOME = {one: index for index, one in enumerate(OUTCOMES)}
CLOSING = {one: index for index, one in enumerate(CLOSINGS)}
"""What stands in the arrays: the number of a verdict, code, outcome and closing; of each cause its bit."""
NONE = -1
"""Stands for what is not there: no verdict of somebody who could not be read, no gap."""

WORD = pa.dictionary(pa.int8(), pa.string())
GAP = pa.struct([("amount", pa.int64()), ("unit", WORD)])
CRITERION = pa.struct([("verdict", WORD), ("code", WORD), ("causes", pa.list_(pa.string())), ("gap", GAP)])


class Answers:
    """The answers of some people to one criterion, in their order.

    `verdict` and `code` are numbers of `VERDICTS` and `CODES` (`NONE`: not decided, or not readable), `causes` a mask of the bits of
    `CAUSE`, `gap` the distance to the threshold in the unit `units[unit]` (`unit` is `NONE` where there is no gap). The list of
    units is that of the whole table, to which more may be added.
    """

    def __init__(self, people: int, units: list[str]) -> None:
        self.verdict = np.full(people, NONE, np.int8)
        self.code = np.full(people, NONE, np.int16)
        self.causes = np.zeros(people, np.uint8)
        self.gap = np.zeros(people, np.int64)
        self.unit = np.full(people, NONE, np.int8)
        self.units = units

    def put(self, person: int, answer: Answered) -> None:
        """What was decided of one person alone."""
        self.verdict[person] = VERDICT[answer.result.verdict]
        self.code[person] = CODE[answer.result.code]
        self.causes[person] = sum(CAUSE[one] for one in answer.causes)
        gap = answer.gap
        if gap is None:
            self.unit[person] = NONE
            return
        if gap.unit not in self.units:
            self.units.append(gap.unit)
        self.gap[person], self.unit[person] = gap.amount, self.units.index(gap.unit)

    def column(self) -> pa.StructArray:
        """The same as Arrow has it: of somebody who could not be read there is nothing at all."""
        out, short = self.verdict == NONE, self.unit != NONE
        nobody = not out.any()
        if short.any():
            amount = pa.array(self.gap, mask=~short)
            gap = pa.StructArray.from_arrays([amount, words(self.unit, self.units)], fields=list(GAP), mask=pa.array(~short))
        else:
            gap = pa.nulls(len(out), GAP)
        causes = _CAUSES.take(pa.array(self.causes) if nobody else pa.array(self.causes, mask=out))
        columns = [words(self.verdict, VERDICTS), words(self.code, CODES), causes, gap]
        return pa.StructArray.from_arrays(columns, fields=list(CRITERION), mask=None if nobody else pa.array(out))


def words(numbers: Any, known: Sequence[str]) -> pa.DictionaryArray:
    """Numbers as the words they stand for; `NONE` as null."""
    none = numbers == NONE
    indices = pa.array(numbers.astype(np.int8), mask=none if none.any() else None)
    return pa.DictionaryArray.from_arrays(indices, pa.array([str(one) for one in known], pa.string()))


_CAUSES = pa.array(
    [[str(one) for one in CAUSES if mask & CAUSE[one]] for mask in range(1 << len(CAUSES))], CRITERION.field("causes").type
)  # fmt: skip
"""The causes of every mask."""


def outcomes_of(verdicts: Sequence[Any], people: int) -> Any:
    """The outcome of each person, as numbers of `OUTCOMES`, from the verdicts on what is required."""
    failed, unsure = np.zeros(people, bool), np.zeros(people, bool)
    for one in verdicts:
        failed |= one == VERDICT[Verdict.FAIL]
        unsure |= one == VERDICT[Verdict.UNKNOWN]
    best, unclear, worst = (OUTCOME[one] for one in (Outcome.LIKELY_ELIGIBLE, Outcome.MORE_INFORMATION, Outcome.NOT_ELIGIBLE))
    return np.where(failed, worst, np.where(unsure, unclear, best)).astype(np.int8)
