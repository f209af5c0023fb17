"""What answers rest on, by type: `explaining` has one way to put each into a reason. Nothing here is worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from eligibility.dates import Days
from eligibility.deciding.amounts import Run
from eligibility.deciding.case import Case
from eligibility.deciding.found import Found, Limit
from eligibility.deciding.result import Result
from eligibility.facts import Row
from eligibility.question.grammar import Bound, Criterion, Filter, Records
from eligibility.question.others import Age, Group
from eligibility.verdict import Truth

# ------------------------------------------------------------------------------------------ single criteria


class Matched(NamedTuple):
    """Different records for different demands: which demand surely, and which possibly, has which thing."""

    question: Records
    truth: Truth
    names: Sequence[str]
    sure: Mapping[int, int]
    possible: Mapping[int, int]
    rows: Sequence[Row]
    complete: bool
    path: str
    case: Case
    day: Days


class Combined(NamedTuple):
    """Different subjects that come from few enough sittings: how many there are surely and possibly, the demands that none of them meets,
    and the records that count."""

    found: Found
    truth: Truth
    have: int
    might: int
    lacking: Sequence[tuple[Filter, ...]]
    rows: Sequence[Row]


class Parted(NamedTuple):
    """An unbroken run with its parts, the nearest there is: what it and each part are compared with, and what would have to be known."""

    found: Found
    truth: Truth
    run: Run
    asked: Sequence[Sequence[Limit]]
    lacking: Sequence[str]


class Ages(NamedTuple):
    """A birth date against the bounds of an age; `failing` is the first that does not hold, with its limit."""

    criterion: Age
    truth: Truth
    failing: tuple[Bound, Any] | None
    birth: Days
    on: int
    case: Case
    missing: tuple[str, ...]


# ----------------------------------------------------------------------------------------- several answers


class Joined(NamedTuple):
    """The answers of a group's members, and those of them that leave it open."""

    group: Group
    results: Sequence[Result]
    truth: Truth
    undecided: Sequence[Result]


class Unchosen(NamedTuple):
    """The answers for each option of a choice that nobody has made, or of which something else was said."""

    group: Group
    results: Sequence[Result]
    said: str | None


class Shares(NamedTuple):
    """The parts of a whole, which together are at least and at most so much of it."""

    truth: Truth
    low: float
    high: float
    parts: Sequence[Result]
    divided: bool
    """Whether it depends on a record that counts for one of several parts only."""


class Again(NamedTuple):
    """What another answer rests on."""

    result: Result


class WithParams(NamedTuple):
    """The same with more operands."""

    before: Result
    params: Mapping[str, Any]


class WithMissing(NamedTuple):
    """The same, for want of some facts."""

    before: Result
    missing: Sequence[str]


class OfEach(NamedTuple):
    """The same answer of several people, told of the first."""

    every: Sequence[Result]


Named = tuple[Mapping[str, str], bool, Result]
"""A reading: its name, whether it is the preferred one, and its answer."""


class Disagreeing(NamedTuple):
    """Readings that do not say the same."""

    named: Sequence[Named]
    best: Result
    criterion: Criterion


class Unsettled(NamedTuple):
    """Readings none of which settles it."""

    best: Result
    every: Sequence[Result]


class WithException(NamedTuple):
    """A rule that is not met, and its exception, which may be."""

    rule: Result
    exception: Result


class Granted(NamedTuple):
    """A rule that is not met, and the derogation that was granted."""

    rule: Result
    derogation: Result


class PerhapsGranted(NamedTuple):
    """A rule that is not met, and the derogation that may be granted."""

    rule: Result
    derogation: Result


class NotAsked(NamedTuple):
    """A condition that surely does not hold."""

    condition: Result


class PerhapsAsked(NamedTuple):
    """An answer, and the condition of which nobody knows whether it holds."""

    rule: Result
    condition: Result


class Conditioned(NamedTuple):
    """An answer with the condition it was asked under, and whether it applies."""

    before: Result
    condition: Result
    applies: Truth


# -------------------------------------------------------------------------------------------- several days

Dated = tuple[Days, Result]
"""What is said on a day."""


class Latest(NamedTuple):
    """The same on every day."""

    shown: Result
    every: Sequence[Result]


class ToldOn(NamedTuple):
    """What the criterion says on another day."""

    criterion: Criterion
    case: Case


class Untold(NamedTuple):
    """A day that nobody has told: one answer that is open, all of them, what would tell the day, and its name."""

    sample: Result
    results: Sequence[Result]
    day: tuple[str, ...]
    name: str


class Between(NamedTuple):
    """Answers that differ from day to day of an interval, or are open on all of them."""

    results: Sequence[Dated]
    sample: Result
    known: Days
    name: str | None
    unsaid: tuple[str, ...]
    mixed: bool


class OfOptions(NamedTuple):
    """The same answer with every option of a choice: as it is told, and that of each option with what the option is called."""

    told: Result
    every: Sequence[tuple[Mapping[str, str], Result]]


class PerhapsInSpan(NamedTuple):
    """A failing day that may lie in the span."""

    worst: Result
    asked: tuple[str, ...]


class EveryDay(NamedTuple):
    """The worst answer of a span."""

    worst: Result
    span: Days
    asked: tuple[str, ...]
