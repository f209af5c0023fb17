"""The words of an answer: four verdicts, five causes of not knowing, three outcomes, and the logic that joins them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple


class Verdict(StrEnum):
    """What is known of one criterion. `not_applicable` means: as if it were not written."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Cause(StrEnum):
    """Why a verdict is unknown."""

    MISSING_FACT = "missing_fact"
    READINGS = "readings_disagree"
    PERSON = "needs_a_person"
    DEROGATION = "needs_a_derogation"
    FUTURE = "depends_on_the_future"


class Outcome(StrEnum):
    """What is known of a whole vacancy; never a bare "eligible"."""

    LIKELY_ELIGIBLE = "likely_eligible"
    MORE_INFORMATION = "more_information_needed"
    NOT_ELIGIBLE = "not_eligible"


class Closing(StrEnum):
    """Whether one can still apply. `disputed`: it depends on the hour, or on how the notice is read; `depends_on_choice`: on an option
    that nobody has told."""

    OPEN = "open"
    CLOSED = "closed"
    DISPUTED = "disputed"
    BY_CHOICE = "depends_on_choice"
    NONE = "no_deadline"


class Truth(NamedTuple):
    """A statement as two Booleans: it is *surely* true, it is *possibly* true. Unknown is possibly and not surely.

    Of one candidate there are only the three below, and they are compared by identity. A table of candidates will have columns
    of both Booleans and the same operators, strong Kleene logic.
    """

    surely: bool
    possibly: bool

    def __and__(self, other: Truth) -> Truth:
        if self is TRUE:
            return other
        return self if self is FALSE or other is TRUE else other

    def __or__(self, other: Truth) -> Truth:
        if self is FALSE:
            return other
        return self if self is TRUE or other is FALSE else other

    def __invert__(self) -> Truth:
        return UNKNOWN if self is UNKNOWN else FALSE if self is TRUE else TRUE


TRUE = Truth(True, True)
FALSE = Truth(False, False)
UNKNOWN = Truth(False, True)


def truth_of(surely: bool, possibly: bool) -> Truth:
    """The one of the three that is surely, or at least possibly, true."""
    return TRUE if surely else UNKNOWN if possibly else FALSE


def agreed(truths: Sequence[Truth]) -> Truth:
    """True, or false, when all agree on it: one of them is the case, and nobody can tell which."""
    first = truths[0]
    return first if len(truths) == 1 or all(truth is first for truth in truths) else UNKNOWN


def verdict_of(truth: Truth) -> Verdict:
    """Pass when surely true, fail when not even possibly, else unknown."""
    return _PASS if truth is TRUE else _UNKNOWN if truth is UNKNOWN else _FAIL


_PASS, _FAIL, _UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN
