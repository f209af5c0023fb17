"""The words of an answer: four verdicts, five causes of not knowing, three outcomes, and the logic that joins them."""

from __future__ import annotations

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
    """Whether one can still apply. `disputed`: it depends on the hour, or on how the notice is read."""

    OPEN = "open"
    CLOSED = "closed"
    DISPUTED = "disputed"
    NONE = "no_deadline"


class Truth(NamedTuple):
    """A statement as two Booleans: it is *surely* true, it is *possibly* true. Unknown is possibly and not surely.

    The operators are strong Kleene logic, and are written so that either member may as well be an array of Booleans.
    """

    surely: bool
    possibly: bool

    def __and__(self, other: Truth) -> Truth:
        return Truth(self.surely & other.surely, self.possibly & other.possibly)

    def __or__(self, other: Truth) -> Truth:
        return Truth(self.surely | other.surely, self.possibly | other.possibly)

    def __invert__(self) -> Truth:
        return Truth(self.possibly ^ True, self.surely ^ True)


TRUE = Truth(True, True)
FALSE = Truth(False, False)
UNKNOWN = Truth(False, True)


def verdict_of(truth: Truth) -> Verdict:
    """Pass when surely true, fail when not even possibly, else unknown."""
    if truth.surely:
        return Verdict.PASS
    return Verdict.UNKNOWN if truth.possibly else Verdict.FAIL
