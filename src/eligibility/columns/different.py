"""Different things for different demands: languages, of which each has to meet a demand of its own."""

from __future__ import annotations

import numpy as np

from eligibility.answer import Gap, RecordCode
from eligibility.columns.asking import COMPLETE, SAID, Asking
from eligibility.columns.kinds import BY_NUMBER
from eligibility.columns.matching import YES
from eligibility.columns.reading import UNSAID, Array
from eligibility.dates import one_day
from eligibility.deciding.records import without_list
from eligibility.deciding.result import Reason, Result, answered
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Cause


def different_things(leaf: Asking) -> tuple[Array, Array, Array]:
    """Different languages for different demands: so many of them as can be matched with a language each."""
    question, count, owner = leaf.question, leaf.asked.count, leaf.owner
    told = leaf.asked.told(question.source)
    said, complete = told & SAID != 0, told & COMPLETE != 0
    shared = list(question.filters)
    demands = [[leaf.match(one, leaf.on) for one in (*shared, *demand)] for demand in question.different]
    surely = [np.minimum.reduce(match) == YES for match in demands]
    possibly = [np.minimum.reduce(match) > 0 for match in demands]
    codes, _, _ = leaf.rows.values(question.kind_info.identity or "")
    named = codes != UNSAID
    alone = np.zeros(count, bool)
    for apart in range(1, int(leaf.rows.lengths.max(initial=0))):  # one language twice
        twice = named[apart:] & (codes[apart:] == codes[:-apart]) & (owner[apart:] == owner[:-apart])
        alone[owner[apart:][twice]] = True
    need = len(demands)
    sure, may = (np.full(count, need) for _ in range(2))
    for subset in range(1, 1 << need):
        inside = [at for at in range(need) if subset >> at & 1]
        for most, edges in ((sure, surely), (may, possibly)):
            there = leaf.count(np.logical_or.reduce([edges[at] for at in inside]))
            np.minimum(most, there + need - len(inside), out=most)
    truth = np.where(sure == need, 2, np.where((may == need) | ~complete, 1, 0))

    def make(state: int) -> Result:
        there, truth_ = bool(state & 1), BY_NUMBER[state >> 1]
        if not there:
            return without_list(question, "", leaf.case, one_day(1))
        code: RecordCode = "enough" if truth_ is TRUE else "short" if truth_ is FALSE else "may_match"
        gap = Gap(0, "times") if truth_ is FALSE else None
        causes = frozenset({Cause.MISSING_FACT}) if truth_ is UNKNOWN else None
        return answered(truth_, code, Reason(question.kind, gap=gap), causes)

    return leaf.kinds.of_states((truth * 2 + said).astype(np.uint16), make), need - may, alone
