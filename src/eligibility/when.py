"""When one may apply: the stretches of days of application on which an answer stays the same, if nothing else changes.

The days on which an answer may change follow from the dates of the rule and of the profile; where two of them differ, the day of the
change is found by halving what lies between. No clock is read, and no day is tried for its own sake.
"""

# Without `from __future__ import annotations`: Pydantic evaluates each annotation that is a text, which takes longer.

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date, datetime
from typing import Annotated, Any, Generic, NamedTuple, TypeVar

from eligibility.application_period import safe_end
from eligibility.dates import LONGEST_LIFE, Cover, Days, Length, add_months, on_calendar, one_day, show
from eligibility.deciding.bounds import limits
from eligibility.deciding.case import Case, shifted
from eligibility.deciding.filters import changes
from eligibility.deciding.records import amount_on
from eligibility.engine import Answered, begun, best_open, check, finding_of, outcome_of
from eligibility.facts import ProfileFacts
from eligibility.fields import Shown
from eligibility.options import answer_to, options_untold
from eligibility.profile import Profile
from eligibility.question.grammar import WITHOUT_GAPS, Criterion, Records
from eligibility.question.others import Age, Group, Met, OnDay, Together
from eligibility.question.walk import inner
from eligibility.reference import Reference
from eligibility.report import Date, Deadline, Finding, Frozen, Report, Waiting
from eligibility.vacancy import Vacancy, Words
from eligibility.verdict import Closing, Outcome, Truth, Verdict

SCHEMA_VERSION = 1
_YEARS = 100
"""So many years before and after the day asked about are looked at, as far as one life reaches."""

_Answer = TypeVar("_Answer")


class Stretch(NamedTuple, Generic[_Answer]):
    """Days of application with one answer, both included."""

    first: int
    last: int
    answer: _Answer


class WhenOutcome(Frozen):
    """Days of application with one outcome, both included; None where it goes on beyond the days that were looked at."""

    first: Date | None
    last: Date | None
    outcome: Outcome


class WhenVerdict(Frozen):
    """Days of application on which a criterion has one verdict, both included; None where it goes on beyond the days that were looked at.

    `on` is the day the rest is told of: the day asked about, else the first of these days. `finding` is what a check says then.
    """

    first: Date | None
    last: Date | None
    verdict: Verdict
    on: Date
    finding: Finding


class WhenCriterion(Frozen):
    """A criterion with its verdicts, from that of the day asked about on. `moves` says whether it is counted on, or from, the day of
    application; where it does not, that day can only tell what is still to come."""

    id: str | None
    kind: str
    label: Mapping[str, str] | None
    importance: str
    moves: bool
    verdicts: tuple[WhenVerdict, ...]


class WhenWay(Frozen):
    """One way into the post: the option that the applicant may pick, None where there is nothing to pick; and when it closes."""

    choice: str | None
    option: str | None
    label: Mapping[str, str] | None
    deadline: Deadline | None
    outcomes: tuple[WhenOutcome, ...]
    criteria: tuple[WhenCriterion, ...]


class When(Frozen):
    """One candidate before one vacancy, whatever the day of application: `outcomes` is that of the best way of those still open then.

    `moves` is false where the day of application changes nothing: the notice fixes the day, or (`sent`) the profile says when the
    application was sent. `from` and `to` are the days that were looked at, `counted_on` the fixed days that the criteria are counted on.
    """

    vacancy: str
    title: Mapping[str, str]
    organisation: Mapping[str, str] | None
    candidate: str | None
    on: Date
    looked_at: Annotated[Days, Shown(show, str)]
    moves: bool
    sent: bool
    counted_on: tuple[Annotated[Days, Shown(show, str)], ...]
    closing: Closing
    deadline: Deadline | None
    reviewed: str | None
    outcomes: tuple[WhenOutcome, ...]
    ways: tuple[WhenWay, ...]


class Answers(NamedTuple):
    """The answers of one way over all the days looked at: the outcomes, and those of each criterion."""

    option: str | None
    outcomes: tuple[Stretch[Outcome], ...]
    criteria: tuple[tuple[Criterion, bool, tuple[Stretch[Verdict], ...]], ...]


class Looked(NamedTuple):
    """What `look` finds."""

    day: int
    span: Days
    outcomes: tuple[Stretch[Outcome], ...]
    ways: tuple[Answers, ...]


class _Desk:
    """One candidate before one vacancy on any day."""

    def __init__(self, vacancy: Vacancy, profile: Profile, on: date | datetime, reference: Reference, facts: ProfileFacts | None) -> None:
        self.vacancy, self.profile, self.reference = vacancy, profile, reference
        self.facts = facts or ProfileFacts(profile, reference)
        self.ready, self.asked, self.moment, self.choice, _ = begun(vacancy, profile, on, reference, self.facts)
        self.day = self.asked.today
        self.span = _looked_at(self.day, self.facts.birth)
        self.cases: dict[tuple[int, str | None], Case] = {}
        self.options: list[str | None] = [None] if self.choice is None else list(vacancy.choices[self.choice].options or ())
        self.told: Mapping[str, str] = {}
        """Options taken to hold of choices that nobody has told."""

    def untold(self) -> Iterator["_Desk"]:
        """The same with each option, or options, that may hold; none where everything is told."""
        for told in options_untold(self.ready, self.asked, {self.choice} if self.choice else ()):
            desk = copy(self)
            desk.told, desk.cases = told, {}
            yield desk

    def last_days(self, surely: bool) -> dict[str | None, int]:
        """The last day of each option, where they close on different days: in every reading of it (`surely`), or in some."""
        deadline = self.ready.deadline
        if deadline is None or deadline.by is None or deadline.by != self.choice:
            return {}
        if self.asked.application is not None and self.asked.application.submitted is not None:  # it was in time, or was not
            closings = {option: self.ready.asked_at(self.moment, choices={deadline.by: option})[1] for option, _ in deadline.values}
            return {option: self.span.first - 1 if one is Closing.CLOSED else self.span.last for option, one in closings.items()}
        return {option: (min if surely else max)(one.day for one in value.closings) for option, value in deadline.values}

    def case(self, day: int, option: str | None) -> Case:
        known = self.cases.get((day, option))
        if known is None:
            known = begun(self.vacancy, self.profile, date.fromordinal(day), self.reference, self.facts)[1]
            if self.choice is not None and option is not None:
                known = known.with_choice(self.choice, option)
            for name, one in self.told.items():
                known = known.with_choice(name, one)
            self.cases[day, option] = known
        return known


def when(vacancy: Vacancy, profile: Profile, on: date | datetime, reference: Reference, facts: ProfileFacts | None = None) -> When:
    """When the candidate may apply, criterion by criterion, from the day asked about on.

    On every day of a stretch, and on the days beside it, it says what `check` says of that day (a date, without an hour).
    Raises `Unreadable` when the vacancy was built from a mapping and its criteria have problems.
    """
    desk = _Desk(vacancy, profile, on, reference, facts)
    looked = _look(desk)
    report = check(vacancy, profile, on, reference, desk.facts)
    ways = tuple(_way(desk, looked, way) for way in looked.ways)
    sent = desk.case(desk.span.first, desk.options[0]).today == desk.case(desk.span.last, desk.options[0]).today
    dated = [
        (finding, one.as_of)
        for findings in ([track.findings for track in report.tracks] or [report.findings])
        for finding, (one, decides) in zip(findings, desk.ready.counted, strict=True)
        if decides
    ]
    counted_on = {
        finding.day.days for finding, as_of in dated if finding.day is not None and as_of is not None and as_of.name != "application"
    }
    return When.model_construct(
        vacancy=vacancy.id, title=vacancy.title, organisation=vacancy.organisation, candidate=profile.name, on=desk.day,
        looked_at=desk.span, moves=not sent and any(one.moves for way in ways for one in way.criteria), sent=sent,
        counted_on=tuple(sorted(counted_on)), closing=report.closing, deadline=report.deadline, reviewed=report.reviewed,
        outcomes=_outcomes(looked.outcomes, looked), ways=ways,
    )  # fmt: skip


def waiting(
    vacancy: Vacancy, profile: Profile, report: Report, on: date | datetime, reference: Reference, facts: ProfileFacts | None = None
) -> Waiting | None:
    """What waiting brings to a candidate who is not eligible by a report of this day, before a vacancy that is open: the first better
    outcome there is while one can still apply, whichever way the deadline is read; None where there is none.
    """
    desk = _Desk(vacancy, profile, on, reference, facts)
    if desk.choice is None:
        case = desk.case(desk.day, None)
        pairs = zip(report.findings, desk.ready.counted, strict=True)
        failed = [criterion for finding, (criterion, decides) in pairs if decides and finding.verdict is Verdict.FAIL]
        if not all(Turns(criterion, case, desk.span).moves for criterion in failed):
            return None
        ends = [_Search(desk, None, criterion).stretches()[-1] for criterion in failed]
        if any(one.answer is Verdict.FAIL and one.first <= desk.day for one in ends):  # whatever the others come to
            return None
    last_days = desk.last_days(surely=True)
    closes = max(last_days.values()) if last_days else desk.span.last if report.deadline is None else safe_end(report.deadline)[0]
    found = _look(desk, surely=True).outcomes
    better = next((one for one in found if desk.day < one.first <= closes and one.answer is not Outcome.NOT_ELIGIBLE), None)
    if better is None:
        return None
    last = better.last if better.last < min(closes, desk.span.last) else None
    return Waiting(better.first, last, better.answer)


def look(vacancy: Vacancy, profile: Profile, on: date | datetime, reference: Reference, facts: ProfileFacts | None = None) -> Looked:
    """The answers on all the days that are looked at, those before the day asked about among them."""
    return _look(_Desk(vacancy, profile, on, reference, facts))


def _look(desk: _Desk, surely: bool = False) -> Looked:
    """`surely`: what is closed in some reading of its deadline counts as closed."""
    ways = []
    for option in desk.options:
        criteria = []
        for criterion, _ in desk.ready.counted:
            search = _Search(desk, option, criterion)
            criteria.append((criterion, search.turns.moves, search.stretches()))
        required = [found for (_, _, found), (_, decides) in zip(criteria, desk.ready.counted, strict=True) if decides]
        outcomes = _joined(required, outcome_of, desk.span)
        if any(one.answer is Outcome.MORE_INFORMATION for one in outcomes):
            outcomes = _joined([outcomes, *_with_each(desk, option)], _whichever, desk.span)
        ways.append(Answers(option, outcomes, tuple(criteria)))
    last_days = desk.last_days(surely)
    shown = [tuple(_until(way.outcomes, last_days.get(way.option))) for way in ways]
    best = _joined(shown, lambda found: min(found, key=lambda one: best_open(*one))[0], desk.span)
    return Looked(desk.day, desk.span, best, tuple(ways))


def _with_each(desk: _Desk, option: str | None) -> list[tuple[Stretch[Outcome], ...]]:
    """The outcomes with each of the options that may hold and that nobody has told; none where one of them never fails."""
    found = []
    for one in desk.untold():
        required = [_Search(one, option, criterion).stretches() for criterion, decides in desk.ready.counted if decides]
        found.append(_joined(required, outcome_of, desk.span))
        if all(stretch.answer is not Outcome.NOT_ELIGIBLE for stretch in found[-1]):
            return []
    return found


def _whichever(found: list[Outcome]) -> Outcome:
    """What is open comes to nothing where it does with every option that may hold."""
    came_to, *each = found
    fails = bool(each) and all(one is Outcome.NOT_ELIGIBLE for one in each)
    return Outcome.NOT_ELIGIBLE if fails and came_to is Outcome.MORE_INFORMATION else came_to


def _until(stretches: Iterable[Stretch[Outcome]], last: int | None) -> Iterator[Stretch[tuple[Outcome, Closing]]]:
    """The outcomes of a way with whether it is still open, until its last day, if it has one of its own."""
    for one in stretches:
        if last is None or one.first <= last:
            yield Stretch(one.first, one.last if last is None else min(one.last, last), (one.answer, Closing.OPEN))
        if last is not None and last < one.last:
            yield Stretch(max(one.first, last + 1), one.last, (one.answer, Closing.CLOSED))


def _looked_at(day: int, birth: Days | None) -> Days:
    """The days to look at: within a hundred years, while the candidate may be alive."""
    first, last = (min(max(add_months(day, 12 * years), 1), date.max.toordinal()) for years in (-_YEARS, _YEARS))
    if birth is not None:
        first, last = max(first, birth.first), min(last, LONGEST_LIFE.after(birth.last))
    return Days(min(first, day), max(last, day))


def _way(desk: _Desk, looked: Looked, way: Answers) -> WhenWay:
    label = (desk.vacancy.choices[desk.choice].options or {})[way.option] if desk.choice and way.option else None
    criteria = tuple(
        WhenCriterion.model_construct(
            id=criterion.common.id, kind=criterion.kind, label=criterion.common.label, importance=criterion.common.importance, moves=moves,
            verdicts=tuple(_verdict(desk, looked, way, label, criterion, one) for one in stretches if one.last >= looked.day),
        ) for criterion, moves, stretches in way.criteria
    )  # fmt: skip
    return WhenWay.model_construct(
        choice=desk.choice, option=way.option, label=label, deadline=_deadline(desk, way.option),
        outcomes=_outcomes(way.outcomes, looked), criteria=criteria,
    )  # fmt: skip


def _deadline(desk: _Desk, option: str | None) -> Deadline | None:
    """When the vacancy closes for whoever picks an option."""
    return desk.ready.deadline_on(desk.day, desk.case(desk.day, option).choices)


def _verdict(
    desk: _Desk, looked: Looked, way: Answers, label: Words | None, criterion: Criterion, one: Stretch[Verdict]
) -> WhenVerdict:  # fmt: skip
    on = max(one.first, looked.day)
    result = answer_to(criterion, desk.case(on, way.option), desk.ready)
    first, last = _ends(one, looked.span)
    finding = finding_of(Answered(criterion, result, label), desk.ready, True, None)
    return WhenVerdict.model_construct(first=first, last=last, verdict=one.answer, on=on, finding=finding)


def _outcomes(stretches: Iterable[Stretch[Outcome]], looked: Looked) -> tuple[WhenOutcome, ...]:
    shown = [(*_ends(one, looked.span), one.answer) for one in stretches if one.last >= looked.day]
    return tuple(WhenOutcome.model_construct(first=first, last=last, outcome=outcome) for first, last, outcome in shown)


def _ends(one: Stretch[Any], span: Days) -> tuple[int | None, int | None]:
    """The ends of a stretch, where it has them."""
    return (one.first if one.first > span.first else None), (one.last if one.last < span.last else None)


# ------------------------------------------------------------------------------------------------------- the stretches


class Beside(NamedTuple):
    """An amount beside a limit: surely less, surely more, or so near to it that it depends on how months are counted."""

    nearness: int | Truth
    amount: Any


_LESS, _NEAR, _MORE = -1, 0, 1
_NEAR_APPLICATION = 120, 0
"""How far, in months and days, a day lies from the application at most that nobody has told (as the engine takes it)."""
_MONTH = 31


class _Search:
    """The stretches in which one answer to a criterion holds.

    Between two turns an amount grows or shrinks steadily. It is asked for on both sides of each turn; where they differ, the day
    of the change is found by halving. Where months are counted and the amount is near its limit, every day of a month on which
    another month may be full is a turn, too.
    """

    def __init__(self, desk: _Desk, option: str | None, criterion: Criterion) -> None:
        self.desk, self.option, self.criterion = desk, option, criterion
        self.turns = Turns(criterion, desk.case(desk.day, option), desk.span)
        self.answers: dict[int, Verdict] = {}
        self.amounts: dict[int, tuple[Beside, ...]] = {}

    def answer(self, day: int) -> Verdict:
        found = self.answers.get(day)
        if found is None:
            found = self.answers[day] = answer_to(self.criterion, self.desk.case(day, self.option), self.desk.ready).verdict
        return found

    def beside(self, day: int) -> tuple[Beside, ...]:
        """The amounts that the answer rests on beside their limits."""
        found = self.amounts.get(day)
        if found is None:
            found = self.amounts[day] = self.turns.amounts(self.desk.case(day, self.option))
        return found

    def stretches(self) -> tuple[Stretch[Verdict], ...]:
        found: list[Stretch[Verdict]] = []
        span = self.desk.span
        begins = low = span.first
        answer = self.answer(low)
        for high in (*sorted(self.turns.around(span)), span.last):
            for first, now in self._changes(low, high):
                if now != answer:
                    found.append(Stretch(begins, first - 1, answer))
                    begins, answer = first, now
            low = high
        found.append(Stretch(begins, span.last, answer))
        return tuple(found)

    def _changes(self, low: int, high: int, by_month: bool = True) -> Iterator[tuple[int, Verdict]]:
        """The days after `low` and up to `high` on which another answer begins; `by_month`: full months are still to be looked at."""
        same = self.answer(low) == self.answer(high)
        if high - low <= 1:
            if not same:
                yield high, self.answer(high)
            return
        steady, near = self._steady(low, high, by_month)
        if same and steady and not near:
            return
        by_month = by_month and not (near and high - low <= _MONTH)
        looked = [(low + high) // 2] if by_month or not near else self.turns.full_months(low, high)
        for one in (*looked, high):
            yield from self._changes(low, one, by_month)
            low = one

    def _steady(self, low: int, high: int, by_month: bool) -> tuple[bool, bool]:
        """Whether each amount is as near to its limit on two days; and whether one near its limit moves, and is to be looked at."""
        least, most = self.beside(low), self.beside(high)
        if len(least) != len(most):
            return False, by_month
        pairs = list(zip(least, most, strict=True))
        moves = by_month and any(_NEAR in (one.nearness, other.nearness) and one.amount != other.amount for one, other in pairs)
        return all(one.nearness == other.nearness for one, other in pairs), moves


def _joined(
    every: Sequence[tuple[Stretch[Any], ...]], joins: Callable[[list[Any]], Outcome], span: Days
) -> tuple[Stretch[Outcome], ...]:  # fmt: skip
    """What several answers come to, in stretches."""
    starts = sorted({one.first for stretches in every for one in stretches} | {span.first})
    ends = [*(start - 1 for start in starts[1:]), span.last]
    at = [0] * len(every)
    found: list[Stretch[Outcome]] = []
    for first, last in zip(starts, ends, strict=True):
        for index, stretches in enumerate(every):
            at[index] += stretches[at[index]].last < first
        answer = joins([stretches[place].answer for place, stretches in zip(at, every, strict=True)])
        if found and found[-1].answer == answer:
            found[-1] = found[-1]._replace(last=last)
        else:
            found.append(Stretch(first, last, answer))
    return tuple(found)


# ------------------------------------------------------------------------------------------------------------- the turns


class Turns:
    """The days of application on which an answer to a criterion may change otherwise than steadily."""

    def __init__(self, criterion: Criterion, case: Case, span: Days) -> None:
        parts = list(_parts(criterion, case))
        untold = {name for part in parts for name in _names(part) if name in case.unsaid}
        self.moves = bool(untold) or any("application" in _names(part) for part in parts)
        """Whether it is counted on, or from, the day of application; else that day only tells what is still to come."""
        measured = [part for part in parts if isinstance(part, Records) and "application" in part.names]
        alike = any(isinstance(part, Group) and part.same is not None for part in parts)  # there they are asked for each value by itself
        self.growing = [] if alike else [part for part in measured if _grows(part)]
        """Those that a later day can only bring nearer to a pass between two turns: there is nothing to miss between two days with the same
        answer."""
        self.steady = all(_adds_up(part, self.growing) for part in parts)
        """Whether all of it is such: the answer to the whole tells enough."""
        self.measured = [part for part in measured if part not in self.growing]
        self.days: set[int] = set()
        for part in parts:
            if not isinstance(part, Group | Met):  # what they ask is among the parts
                if isinstance(part, Records) and part in self.growing and not part.is_state:  # a state ends with its record
                    self.days.update(_moved_windows(part, case))
                else:
                    self.days.update(_turns_of(part, case, self.moves))
            for step in part.steps.get("application", ()):
                self.days.update(step.turns(span))
        if untold:  # some day within ten years of the application: it ends where that day would
            self.days.update(shifted(self.days, [_NEAR_APPLICATION]))
        lengths = [length for part in self.measured if part.during is not None for length in part.during.lengths()]
        self.extra = {0, *(sign * days for _, days in lengths for sign in (-1, 1))}
        dates = {day for part in self.measured for day in case.facts.turns(part.source)}
        self.days_of_month = {1, 29, 30, 31, *(on_calendar(day + step).day for day in dates for step in (0, 1))}

    def around(self, span: Days) -> set[int]:
        """The turns and the days beside them. What lies months away from the last day of a month may be the last day of another one."""
        found: set[int] = set()
        for turn in self.days:
            if span.first - 4 < turn < span.last + 4:
                found.update((turn - 1, turn, turn + 1))
                if self.moves and on_calendar(turn).day >= 28:
                    following = add_months(turn - 27, 1) - on_calendar(turn - 27).day + 1
                    found.update((following - 1, following))
        return {one for one in found if span.first < one < span.last}

    def full_months(self, low: int, high: int) -> list[int]:
        """The days between two days on which a month may be full, and the days beside them."""
        found: set[int] = set()
        for extra in self.extra:
            begin = on_calendar(low - extra).replace(day=1).toordinal()
            while begin <= high - extra:
                following = add_months(begin, 1)
                for day in self.days_of_month:
                    full = min(begin + day - 1, following - 1) + extra
                    found.update((full - 1, full, full + 1))
                begin = following
        return sorted(one for one in found if low < one < high)

    def amounts(self, case: Case) -> tuple[Beside, ...]:
        """Each amount beside each of its limits, least and most; of those that grow, whether the limit is reached."""
        if self.steady:
            return ()
        found = [Beside(case.by.on_its_day(part, case).truth, None) for part in self.growing]
        for part in self.measured:
            day = case.day_of(part.as_of)[0] if part.as_of is not None else one_day(case.today)
            if day is None or not day.exact:
                continue
            amount = amount_on(part, case, day)
            if amount is None:
                continue
            for bound in part.bounds:
                least, most, _ = limits(bound, case)
                for limit, one in ((least, amount.low), (least, amount.high), (most, amount.low), (most, amount.high)):
                    full = _is_whole(one, limit, part, case) if bound.operator in ("at_least", "less_than") else None
                    found.append(_beside(one, limit) if full is None else Beside(_MORE if full else _LESS, None))
        return tuple(found)


def _grows(part: Records) -> bool:
    window = part.during
    return part.adds_up and (window is None or "application" not in {moment.name for moment in window.moments()})


def _adds_up(part: Criterion, growing: Sequence[Criterion]) -> bool:
    """Whether a later day can only bring a part nearer to a pass: a question that is such, or a group of them, that is always asked."""
    joins = isinstance(part, Group) and part.kind in ("any_of", "all_of") and part.same is None and not part.choice
    return (joins or part in growing) and part.common.when is None and part.common.derogation is None


def _moved_windows(part: Records, case: Case) -> Iterable[int]:
    """The days on which other records may move the window of a part, or what it is counted on."""
    days = [day for one in inner(part) for day in case.by.critical_days(one, case)]
    return shifted(days, part.during.lengths()) if part.during is not None else days


def _is_whole(amount: Any, limit: Any, part: Records, case: Case) -> bool | None:
    """Whether an amount reaches as many months as its window has: all the days of it do, wherever the window lies, and fewer days without
    a break do not. None where that is not all there is to know."""
    if part.during is None or not isinstance(amount, Cover) or part.during.lengths() != [(limit.months, 0)] or limit.days:
        return None
    inside, around, _ = case.spans(part.during)
    if [(one.first, one.last) for one in amount.parts if one.rate == 100 and not one.earlier and not one.later] == inside:
        return True
    return False if part.gaps == WITHOUT_GAPS and inside == around and len(amount.parts) < 2 and not amount.others else None


def _beside(one: Any, limit: Any) -> Beside:
    """An amount at least or at most beside a limit."""
    if isinstance(one, Cover):
        return Beside(_nearness(one, limit), one)
    return Beside(_LESS if one < limit else _MORE, one)


def _nearness(cover: Cover, limit: Length) -> int:
    """A time beside its limit: a month has 28 to 31 days, however it is counted."""
    ways = (cover, *cover.others)
    days = max(way.percent_days + 30 * way.months for way in ways) / 100
    slack = 3 * sum(way.months for way in ways) / 100
    few, many = (a_month * limit.months + limit.days for a_month in (28, 31))
    if few == many:
        return _LESS if days < few else _MORE
    return _LESS if days < few - slack else _MORE if days > many + slack else _NEAR


def _turns_of(part: Criterion, case: Case, moves: bool) -> Iterable[int]:
    """The days on which the answer to a part may change; where it does not move with the application, those of the profile alone."""
    if isinstance(part, Age):
        days = [*(case.facts.birth or ())]
        return [*days, *case.by.critical_days(part, case), *shifted(days, part.born.lengths() if part.born else ())] if moves else days
    if isinstance(part, Records) and not moves:
        return [
            day
            for one in (part, *inner(part))
            for day in (*case.facts.turns(one.source), *(day for how in one.changing for day in changes(how, case)))
        ]
    if isinstance(part, OnDay):
        return [*case.by.critical_days(part, case), *shifted(case.by.resolve(part.moment, case)[0] or (), part.window.lengths())]
    return case.by.critical_days(part, case) if moves else ()


def _names(part: Criterion) -> Iterable[str | None]:
    """The days of the vacancy that a part is counted on, or from."""
    return [one.name for one in (part.moment, *part.window.moments())] if isinstance(part, OnDay) else part.names


def _parts(criterion: Criterion, case: Case) -> Iterator[Criterion]:
    """The criterion and everything that is asked inside it."""
    yield criterion
    common = criterion.common
    inside = [one for one in (common.when, common.unless, common.derogation) if one is not None]
    inside += [reading for _, _, reading in common.readings]
    if isinstance(criterion, Group | Together):
        inside += criterion.members
    if isinstance(criterion, Met):
        inside.append(case.named(criterion))
    if isinstance(criterion, Age):
        inside += [part.when for bound in criterion.bounds for one in bound.extended for part in one.parts if part.when is not None]
    if isinstance(criterion, Records):
        inside += [part.when for bound in criterion.bounds_met for one in bound.extended for part in one.parts if part.when is not None]
    for one in inside:
        yield from _parts(one, case)
