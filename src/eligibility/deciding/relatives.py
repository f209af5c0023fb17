"""A condition that one relative has to meet alone: what several of them have is not added up."""

from __future__ import annotations

from collections.abc import Sequence

from eligibility.deciding.case import Case
from eligibility.deciding.evidence import OfEach
from eligibility.deciding.result import Result
from eligibility.deciding.selection import several_people
from eligibility.question.grammar import Records
from eligibility.verdict import FALSE, TRUE


def several(question: Records, case: Case) -> Sequence[str]:
    """Where one of several relatives has to meet a condition alone: their places in the profile, and that of one who is not listed.
    Nobody where there is at most one."""
    return several_people(question, case) if question.of_one_person else ()


def of_one_relative(question: Records, case: Case, trials: Sequence[Result]) -> Result:
    """What has to be reached is reached by one of them; what must not be exceeded, by none. Told is who comes nearest."""
    truth = trials[0].truth
    for one in trials:
        truth = truth & one.truth if question.maxima else truth | one.truth
    deciding = [one for one in trials if one.truth is truth]
    if truth is FALSE:
        return case.by.nearest(deciding)
    if truth is TRUE or len(deciding) == 1:
        return deciding[0]
    result = deciding[0].but(OfEach(deciding))
    result.causes = frozenset().union(*[one.causes for one in deciding])
    return result
