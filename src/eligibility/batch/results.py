"""What is known of one person after a batch: small plain values, so that a hundred thousand of them can pass between processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from eligibility.diagnostic import Diagnostic
from eligibility.engine import Answered, Decision
from eligibility.report import Finding, Report, Waiting
from eligibility.verdict import Closing, Outcome, Verdict


class Point(NamedTuple):
    """One criterion of one vacancy for one person.

    `gap` is a distance to the threshold and its unit; Where sentences were asked for, `reason` is one, and
    `lacks` what is missing in words.
    """

    id: str
    verdict: Verdict
    required: bool
    code: str
    causes: tuple[str, ...]
    missing: tuple[str, ...]
    gap: tuple[int, str] | None
    reason: str | None = None
    lacks: str = ""


class Cell(NamedTuple):
    """One vacancy for one person; points that only a recruiter can judge are not among its `points`.

    `option` is what the option is called that outcome and points are told of, where the applicant has not picked one. Where sentences were
    asked for, `action` is what to do next, and `question` the one that settles most of what is open here (None: no answer settles it).
    `due_as` is the option that the deadline rests on for this person, where it rests on one; `waiting` is what waiting brings, where
    sentences were asked for.
    """

    vacancy: str
    outcome: Outcome
    closing: Closing
    points: tuple[Point, ...]
    option: str | None = None
    action: str | None = None
    question: str | None = None
    due_as: str | None = None
    waiting: Waiting | None = None

    @property
    def word(self) -> str:
        """The one word of the cell: the outcome, or `closed` where one can no longer apply."""
        return "closed" if self.closing is Closing.CLOSED else str(self.outcome)

    @property
    def unmet(self) -> tuple[Point, ...]:
        """The required criteria that fail or cannot be told: what stands between the person and the vacancy."""
        return tuple(one for one in self.points if one.required and one.verdict in (Verdict.FAIL, Verdict.UNKNOWN))


class CriterionChange(NamedTuple):
    """A criterion with another verdict than before: its id, what it is called, and both verdicts."""

    id: str
    label: str
    before: str
    after: str


class Change(NamedTuple):
    """What is otherwise for one vacancy, with the codes of why, where that is asked."""

    vacancy: str
    before: Outcome
    closing_before: Closing
    after: Outcome
    closing: Closing
    why: tuple[str, ...]
    criteria: tuple[CriterionChange, ...]


class Since(NamedTuple):
    """What is otherwise for one person: since an earlier answer, or with facts added.

    `state` is `same`, `changed`, `new`, `unread` (who could be read), `read` (who could not), or `unnamed`: who has no id of
    their own, and is tied to nobody of the earlier answer.
    """

    state: str
    changes: tuple[Change, ...] = ()


class Row(NamedTuple):
    """One person: the position in the input, id, name and place, and a cell per vacancy.

    `problems` are those of the person's own data; with an error among them there are no cells. `question` is the one that settles most of
    all that is open. `digest` is that of what is known of the person; `since` what is otherwise, where that is asked.
    """

    number: int
    id: str
    name: str | None
    place: str
    problems: tuple[Diagnostic, ...]
    cells: tuple[Cell, ...]
    question: str | None = None
    digest: str | None = None
    since: Since | None = None
    page: Callable[[], str] | None = None
    """What makes the person's own page, where one is wanted: only where they were checked."""

    @property
    def read(self) -> bool:
        """Whether the person's data could be read."""
        return not any(one.is_error for one in self.problems)


_PASS = Verdict.PASS


class Said(NamedTuple):
    """What is said of an answer: why, and what is missing."""

    reason: str
    lacks: str


def cell_of(decision: Decision, said: Iterator[Said] | None = None, option: str | None = None) -> Cell:
    """A decision, made small. `said` gives the sentences of each of its answers; `option` is what the one is called that heads it."""
    points = [_point(one, None if said is None else next(said)) for one in decision.answers]
    return Cell(decision.ready.vacancy.id, decision.outcome, decision.closing, tuple(points), option, due_as=decision.due_as)


def cell_shown(report: Report, decision: Decision, said: Iterator[Said] | None = None, option: str | None = None) -> Cell:
    """What a report says of a decision, made small: where it says less than was decided, the cell holds no more."""
    points = [_point_shown(one, None if said is None else next(said)) for one, _ in zip(report.findings, decision.answers, strict=False)]
    return Cell(decision.ready.vacancy.id, report.outcome, decision.closing, tuple(points), option, due_as=decision.due_as)


def _point_shown(finding: Finding, said: Said | None) -> Point:
    reason, lacks = (None, "") if said is None else said
    gap = finding.gap
    return Point(
        finding.id or "", finding.verdict, finding.importance == "required", finding.code, tuple([str(one) for one in finding.causes]),
        finding.missing, None if gap is None else (gap.amount, gap.unit), reason, lacks,
    )  # fmt: skip


def _point(answer: Answered, said: Said | None) -> Point:
    common, result = answer.criterion.common, answer.result
    verdict, required = result.verdict, common.importance == "required"
    reason, lacks = (None, "") if said is None else said
    if verdict is _PASS:  # nothing is lacking
        return Point(common.id or "", verdict, required, result.code, (), (), None, reason)
    gap = answer.gap
    return Point(
        common.id or "", verdict, required, result.code, tuple([str(one) for one in answer.causes]), answer.missing,
        None if gap is None else (gap.amount, gap.unit), reason, lacks,
    )  # fmt: skip
