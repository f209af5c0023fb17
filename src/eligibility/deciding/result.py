"""The answer to one criterion: what is decided, and the evidence from which it can be explained."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from eligibility.answer import Code, Gap, Used
from eligibility.dates import Days
from eligibility.question.grammar import Criterion, Moment
from eligibility.verdict import FALSE, TRUE, Cause, Truth, Verdict, truth_of, verdict_of

MISSING = frozenset({Cause.MISSING_FACT})
FUTURE = frozenset({Cause.FUTURE})
PERSON = frozenset({Cause.PERSON})
READINGS = frozenset({Cause.READINGS})
DEROGATION = frozenset({Cause.DEROGATION})

_NOTHING: Mapping[str, Any] = {}


class Reason(NamedTuple):
    """What an explanation quotes beside the code: operands, facts, and how far away the threshold is. It decides nothing.

    `kind` is that of the criterion that gave the answer, which is not always the one that was asked: `met` and `unless` pass on an answer.
    `shown` are the places of those children that carry the answer; None where all do.
    """

    kind: str
    params: Mapping[str, Any] = _NOTHING
    used: Sequence[Used] = ()
    missing: Sequence[str] = ()
    gap: Gap | None = None
    future: int | None = None
    shown: Sequence[int] | None = None


class Result:
    """The answer to one criterion; reasons and sentences are made elsewhere.

    `evidence` is one of the types that `explaining` knows; a `Reason` explains itself.
    `applies` is the truth of its `when`; a result that surely does not apply is as if the criterion were not written.
    What few results have stands on the class. `single`: its children are not conditions of their own (readings, shares of a whole).
    """

    truth: Truth
    code: Code
    evidence: tuple[Any, ...]
    known: Reason | None = None
    """The reason, once somebody has asked for it."""
    causes: frozenset[Cause] = frozenset()
    day: Days | None = None
    children: Sequence[Result] = ()
    single: bool = False
    applies: Truth = TRUE
    criterion: Criterion | None = None
    day_moment: Moment | None = None
    preferred: Verdict | None = None

    @property
    def verdict(self) -> Verdict:
        truth, applies = self.truth, self.applies
        if applies is TRUE or (truth is TRUE and applies is not FALSE):
            return verdict_of(truth)
        return Verdict.NOT_APPLICABLE if applies is FALSE else Verdict.UNKNOWN

    def in_group(self, neutral: Truth) -> Truth:
        """Its truth among others; where it may not apply, both ways must agree."""
        if self.applies is TRUE:
            return self.truth
        if not self.applies.possibly:
            return neutral
        return truth_of(self.truth.surely & neutral.surely, self.truth.possibly | neutral.possibly)

    def but(self, evidence: tuple[Any, ...]) -> Result:
        """The same answer with other evidence."""
        other = _empty(Result)
        other.__dict__.update(self.__dict__)
        other.known = None
        other.evidence = evidence
        return other


_empty = object.__new__


def answered(
    truth: Truth, code: Code, evidence: tuple[Any, ...], causes: frozenset[Cause] | None = None, day: Days | None = None
) -> Result:
    """A result: a function, since a constructor costs twice as much."""
    result = _empty(Result)
    result.truth = truth
    result.code = code
    result.evidence = evidence
    if causes is not None:
        result.causes = causes
    if day is not None:
        result.day = day
    return result


def unique(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(paths))
