"""The answer to one criterion: what is decided at once, and the reason, which is worked out when somebody reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVarTuple

from eligibility.answer import Code, Gap, Used
from eligibility.dates import Days
from eligibility.verdict import FALSE, TRUE, Cause, Truth, Verdict, truth_of, verdict_of

if TYPE_CHECKING:
    from eligibility.criteria.base import Criterion
    from eligibility.criteria.moments import Moment

MISSING = frozenset({Cause.MISSING_FACT})
FUTURE = frozenset({Cause.FUTURE})
PERSON = frozenset({Cause.PERSON})
READINGS = frozenset({Cause.READINGS})
DEROGATION = frozenset({Cause.DEROGATION})

_NOTHING: Mapping[str, Any] = {}
_More = TypeVarTuple("_More")


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


Why = tuple[Any, ...]
"""What works a reason out: a function and its arguments, which never change, so that it may be asked at any time, by anybody, again.
A tuple, since every answer has one, and a partial function takes three times as long to make."""


class Result:
    """The answer to one criterion; sentences are made elsewhere.

    `applies` is the truth of its `when`; a result that surely does not apply is as if the criterion were not written.
    What few results have stands on the class. `single`: its children are not conditions of their own (readings, shares of a whole).
    """

    truth: Truth
    code: Code
    why: Why
    known: Reason | None = None
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

    @property
    def reason(self) -> Reason:
        """What explains it, worked out when it is first asked for."""
        known = self.known
        if known is None:
            made_by, *operands = self.why
            known = self.known = made_by(*operands)
        return known

    def but(self, change: Callable[[Result, *_More], Reason], *more: *_More) -> Result:
        """The same answer with another reason, which `change` makes of this one."""
        other = _empty(Result)
        other.__dict__.update(self.__dict__)
        other.known = None
        other.why = (change, self, *more)
        return other


_empty = object.__new__


def answered(truth: Truth, code: Code, why: Why, causes: frozenset[Cause] | None = None, day: Days | None = None) -> Result:
    """A result: a function, since a constructor costs twice as much."""
    result = _empty(Result)
    result.truth = truth
    result.code = code
    result.why = why
    if causes is not None:
        result.causes = causes
    if day is not None:
        result.day = day
    return result


def told(kind: str, params: Mapping[str, Any] = _NOTHING, used: Sequence[Used] = (), missing: Sequence[str] = ()) -> Why:
    """A reason that is known already."""
    return (Reason, kind, params, used, missing)


def unique(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(paths))


def with_params(before: Result, params: Mapping[str, Any]) -> Reason:
    """The same reason with more operands."""
    return before.reason._replace(params={**before.reason.params, **params})


def with_missing(before: Result, missing: Sequence[str]) -> Reason:
    """The same reason, for want of some facts."""
    return before.reason._replace(missing=missing)
