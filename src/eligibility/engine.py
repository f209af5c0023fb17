"""The pure heart: vacancy + profile + day → report. No clock, no file, no environment; the same input gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from eligibility._version import VERSION
from eligibility.answer import Gap
from eligibility.application_period import day_there, opening_of
from eligibility.deciding.case import Case
from eligibility.deciding.result import Reason, Result
from eligibility.explaining import ONE, reason_of
from eligibility.facts import ProfileFacts
from eligibility.options import Failing, answer_to, fails_whichever
from eligibility.profile import Application, Profile
from eligibility.question.grammar import Common, Criterion
from eligibility.ready import Ready, application_of, case_of, made_ready
from eligibility.reference import Reference
from eligibility.report import SCHEMA_VERSION, About, Day, Finding, Receipt, Report, Track, with_about
from eligibility.vacancy import Vacancy, Words
from eligibility.verdict import Cause, Closing, Outcome, Verdict

BEST_FIRST = (Outcome.LIKELY_ELIGIBLE, Outcome.MORE_INFORMATION, Outcome.NOT_ELIGIBLE)


class Answered(NamedTuple):
    """One criterion and its answer. `option`: what the option is called that it speaks of alone."""

    criterion: Criterion
    result: Result
    option: Words | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """The paths of the facts that could still change the answer."""
        return _missing(reason_of(self.result)) if self.result.verdict is _UNKNOWN else ()

    @property
    def gap(self) -> Gap | None:
        """The distance to the threshold of what fails or is unknown."""
        verdict = self.result.verdict
        return reason_of(self.result).gap if verdict is _UNKNOWN or verdict is _FAIL else None

    @property
    def causes(self) -> tuple[Cause, ...]:
        """Why it is unknown."""
        return _causes(self.result) if self.result.verdict is _UNKNOWN else ()


class TrackDecided(NamedTuple):
    """What one option of a choice comes to, and whether one can apply at the moment that it is answered for."""

    choice: str
    option: str
    label: Words
    outcome: Outcome
    answers: tuple[Answered, ...]
    case: Case
    moment: date | datetime
    closing: Closing
    whichever: tuple[Failing, ...] = ()


class Decision(NamedTuple):
    """One candidate before one vacancy, decided and not yet explained: all that a table of verdicts needs.

    Where the applicant may pick an option and has not, `tracks` has each one, and `head` is the best of those that are still open.
    `whichever` says what fails with each option that may hold, where one is not eligible for that alone.
    """

    ready: Ready
    case: Case
    profile: Profile
    moment: date | datetime
    outcome: Outcome
    closing: Closing
    answers: tuple[Answered, ...]
    tracks: tuple[TrackDecided, ...]
    option: Words | None
    head: TrackDecided | None = None
    whichever: tuple[Failing, ...] = ()

    @property
    def due_as(self) -> str | None:
        """The option that the deadline rests on, where it rests on one that is told or heads the tracks."""
        by = None if self.ready.deadline is None else self.ready.deadline.by
        return None if by is None else (self.head or self).case.choices.get(by)


def check(
    vacancy: Vacancy, profile: Profile, on: date | datetime, reference: Reference, facts: ProfileFacts | None = None,
    about: About | None = None, on_last_day: bool = False,
) -> Report:  # fmt: skip
    """Whether the candidate may apply, criterion by criterion.

    `on` is the day of application: a date, or a date-time for deadlines with an hour (without a zone, it is local to the
    vacancy). `facts` may be the prepared facts of the same profile, shared between vacancies.
    With `about`, the report and its findings can say themselves in words.
    With `on_last_day`, a vacancy that has closed is answered as on its last day, since nobody can apply on a later one; it is told as
    closed all the same, and how long ago.
    Raises `Unreadable` when the vacancy was built from a mapping and its criteria have problems.
    """
    decision = decide(vacancy, profile, on, reference, facts, on_last_day)
    return seen_from(on, decision, explain(decision, about))


def seen_from(on: date | datetime, decision: Decision, report: Report) -> Report:
    """The report of a decision on what has closed, which may be answered as on its last day, with how long ago that is on a day."""
    closed = decision.closing is Closing.CLOSED
    if not closed and all(one.closing is not Closing.CLOSED for one in decision.tracks):
        return report
    ready = decision.ready
    today = day_there(_submitted(application_of(decision.profile, ready.vacancy.id)) or on, ready.zone)
    tracks = [
        made.model_copy(update={"deadline": ready.deadline_on(today, one.case.choices)}) if one.closing is Closing.CLOSED else made
        for made, one in zip(report.tracks, decision.tracks, strict=True)
    ]
    deadline = ready.deadline_on(today, (decision.head or decision).case.choices) if closed else report.deadline
    return report.model_copy(update={"deadline": deadline, "tracks": tuple(tracks)})


def decide(
    vacancy: Vacancy, profile: Profile, on: date | datetime, reference: Reference, facts: ProfileFacts | None = None,
    on_last_day: bool = False,
) -> Decision:  # fmt: skip
    """What `check` says, without the reasons; `explain` makes the report of it."""
    ready, case, moment, split, closing = begun(vacancy, profile, on, reference, facts, on_last_day)
    if split is None:
        answers = tuple([Answered(criterion, answer_to(criterion, case, ready)) for criterion, _ in ready.counted])
        came_to, whichever = _outcome_of(ready, case, answers)
        return Decision(ready, case, profile, moment, came_to, closing, answers, (), None, whichever=whichever)
    tracks = _by_track(ready, split, _ways(ready, case, moment, closing, split, on, on_last_day))
    best = min(tracks, key=lambda track: best_open(track.outcome, track.closing))
    return Decision(
        ready, tracks[0].case, profile, best.moment, best.outcome, best.closing, best.answers, tracks, best.label, best, best.whichever
    )  # fmt: skip


def outcome(
    vacancy: Vacancy,
    profile: Profile,
    on: date | datetime,
    reference: Reference,
    facts: ProfileFacts | None = None,
    on_last_day: bool = False,
) -> tuple[Outcome, Closing]:
    """The outcome of `check` and whether one can still apply, where nobody asks why: the first required criterion that fails ends it."""
    ready, case, moment, split, closing = begun(vacancy, profile, on, reference, facts, on_last_day)
    ways = [Way(case, moment, closing)] if split is None else _ways(ready, case, moment, closing, split, on, on_last_day)
    found = [(_came_to(ready, one.case), one.closing) for one in ways]
    return min(found, key=lambda one: best_open(*one))


def _came_to(ready: Ready, case: Case) -> Outcome:
    """The outcome of one way into the post."""
    found: list[tuple[Criterion, Result]] = []
    for criterion in ready.required:
        result = answer_to(criterion, case, ready)
        if result.verdict is _FAIL:
            return Outcome.NOT_ELIGIBLE
        if result.verdict is _UNKNOWN:
            found.append((criterion, result))
    if found and fails_whichever(ready, case, found):
        return Outcome.NOT_ELIGIBLE
    return Outcome.MORE_INFORMATION if found else Outcome.LIKELY_ELIGIBLE


class Way(NamedTuple):
    """One way into the post: the case, the moment that it is answered for, and whether one can apply."""

    case: Case
    moment: date | datetime
    closing: Closing


def _ways(
    ready: Ready, case: Case, moment: date | datetime, closing: Closing, split: str, on: date | datetime, on_last_day: bool
) -> list[Way]:  # fmt: skip
    """The ways of the options of a choice, in the order of the vacancy."""
    options = ready.options[split]
    if not any(day.by == split for day in ready.vacancy.dates.values()):
        return [Way(case.with_choice(split, option), moment, closing) for option in options]
    ways = []
    for option in options:
        choices = {**case.choices, split: option}
        asked_at, closes = ready.asked_at(_submitted(case.application) or on, on_last_day, choices)
        today = day_there(asked_at, ready.zone)
        here = case if today == case.today else case_of(ready, today, case.application, case.facts)
        ways.append(Way(here.with_choice(split, option), asked_at, closes))
    return ways


def best_open(outcome: Outcome, closing: Closing) -> tuple[bool, int]:
    """How good a way is: what has closed comes last."""
    return closing is Closing.CLOSED, BEST_FIRST.index(outcome)


def answers_to(
    which: Iterable[int], vacancy: Vacancy, profile: Profile, on: date | datetime, reference: Reference, facts: ProfileFacts | None = None
) -> list[Answered]:
    """What `decide` answers to some of the criteria, by their numbers among its answers; for whoever asks what one more fact would change.

    A choice that splits the answer in tracks is to be told in the profile.
    """
    ready, case, *_ = begun(vacancy, profile, on, reference, facts)
    return [Answered(ready.counted[one][0], answer_to(ready.counted[one][0], case, ready)) for one in which]


def begun(
    vacancy: Vacancy, profile: Profile, on: date | datetime, reference: Reference, facts: ProfileFacts | None, on_last_day: bool = False
) -> tuple[Ready, Case, date | datetime, str | None, Closing]:
    """The vacancy made ready, the case, the moment of application, the choice that makes tracks, and whether one can apply."""
    ready = made_ready(vacancy, reference)
    application = application_of(profile, vacancy.id) if profile.applications else None
    moment, closing = ready.asked_at(_submitted(application) or on, on_last_day, ready.chosen(application))
    today = day_there(moment, ready.zone)
    case = case_of(ready, today, application, facts or ProfileFacts(profile, reference))
    split = next((name for name in ready.parsed.tracks if name not in case.choices), None) if ready.parsed.tracks else None
    return ready, case, moment, split, closing


def explain(decision: Decision, about: About | None = None) -> Report:
    """The report of a decision: every answer with its reason; with `about`, it can say itself in words."""
    ready, case, moment = decision.ready, decision.case, decision.moment
    vacancy, head = ready.vacancy, (decision.head or decision).case
    tracks = tuple(
        Track(
            choice=one.choice, option=one.option, label=one.label, on=one.case.today, outcome=one.outcome, closing=one.closing,
            opening=opening_of(vacancy, one.moment, ready.zone, one.case.choices),
            deadline=ready.deadline_on(one.case.today, one.case.choices), findings=_findings(one.answers, ready, about),
        ) for one in decision.tracks
    )  # fmt: skip
    if tracks:
        findings = next(made.findings for made, one in zip(tracks, decision.tracks, strict=True) if one.answers is decision.answers)
    else:
        findings = _findings(decision.answers, ready, about)
    judged = ready.judged or _judged(ready, case)
    report = Report.model_construct(
        schema_version=SCHEMA_VERSION,
        vacancy=vacancy.id,
        title=vacancy.title,
        organisation=vacancy.organisation,
        candidate=decision.profile.name,
        on=head.today,
        outcome=decision.outcome,
        closing=decision.closing,
        opening=opening_of(vacancy, moment, ready.zone, head.choices),
        deadline=ready.deadline_on(head.today, head.choices),
        findings=findings,
        judged=judged if about is None else with_about(judged, about),
        tracks=tracks,
        option=decision.option,
        whichever=tuple([_failing(one, decision.answers) for one in decision.whichever]),
        information=tuple([(one.label, one.clause) for one in vacancy.information]),
        contact=vacancy.notice.contact if vacancy.notice else None,
        reviewed=vacancy.reviewed.isoformat() if vacancy.reviewed else None,
        reviewed_by=vacancy.reviewed_by,
        receipt=Receipt(
            vacancy=vacancy.id,
            rule_digest=vacancy.digest,
            profile_digest=decision.profile.digest,
            data_version=ready.reference.version,
            engine_version=VERSION,
            on=moment.isoformat(),
        ),
    )
    return report if about is None else report.told_of(about)


def _failing(one: Failing, answers: Sequence[Answered]) -> tuple[tuple[Words, ...], tuple[str, ...]]:
    """What fails with an option, as a report tells it."""
    criteria = [answers[index].criterion for index in one.answers]
    return one.options, tuple([criterion.common.id or criterion.kind for criterion in criteria])


def _submitted(application: Application | None) -> date | datetime | None:
    """The day, or the moment, on which the profile says the application was sent."""
    if application is None or application.submitted is None:
        return None
    text = application.submitted
    return datetime.fromisoformat(text) if len(text) > 10 else date.fromisoformat(text)


def _by_track(ready: Ready, name: str, ways: Sequence[Way]) -> tuple[TrackDecided, ...]:
    """What each option of a choice comes to."""
    results = [[answer_to(criterion, way.case, ready) for criterion, _ in ready.counted] for way in ways]
    same = [all(_alike(one, every[0]) for one in every[1:]) for every in zip(*results, strict=True)]
    tracks = []
    for (option, label), way, found in zip(ready.options[name].items(), ways, results, strict=True):
        answers = tuple(
            Answered(criterion, result, None if alike else label)
            for (criterion, _), result, alike in zip(ready.counted, found, same, strict=True)
        )
        came_to, whichever = _outcome_of(ready, way.case, answers)
        tracks.append(TrackDecided(name, option, label, came_to, answers, *way, whichever))
    return tuple(tracks)


def _outcome_of(ready: Ready, case: Case, answers: Sequence[Answered]) -> tuple[Outcome, tuple[Failing, ...]]:
    """What the required answers come to, and what fails with each option where something does whichever holds."""
    required = [index for index, (_, decides) in enumerate(ready.counted) if decides]
    found = outcome_of([answers[index].result.verdict for index in required])
    if found is not Outcome.MORE_INFORMATION or not ready.options:
        return found, ()
    open_ones = [index for index in required if answers[index].result.verdict is _UNKNOWN]
    fails = fails_whichever(ready, case, [(answers[index].criterion, answers[index].result) for index in open_ones])
    if not fails:
        return found, ()
    return Outcome.NOT_ELIGIBLE, tuple(one._replace(answers=tuple(open_ones[at] for at in one.answers)) for one in fails)


def _alike(one: Result, other: Result) -> bool:
    """Whether two answers say the same, of the same day."""
    return (one.verdict, one.code, one.day, reason_of(one)) == (other.verdict, other.code, other.day, reason_of(other))


def _findings(answers: Sequence[Answered], ready: Ready, about: About | None = None) -> tuple[Finding, ...]:
    return tuple([finding_of(answer, ready, True, about) for answer in answers])


def _judged(ready: Ready, case: Case) -> tuple[Finding, ...]:
    """The points only a person can judge. Nothing of the candidate enters one, unless it has a condition; such are made once."""
    judged = _findings([Answered(criterion, ONE.evaluate(criterion, case)) for criterion in ready.to_judge], ready)
    if all(criterion.common.when is None for criterion in ready.to_judge):
        ready.judged = judged
    return judged


def _said(criterion: Criterion) -> dict[str, Any]:
    """What a finding of this criterion says whoever the candidate is."""
    common: Common = criterion.common
    return {
        "id": common.id,
        "kind": criterion.kind,
        "label": common.label,
        "importance": common.importance,
        "clause": common.clause,
        "quote": common.quote,
        "source": common.source,
        "advice": common.advice,
        "proof": common.proof,
        "path": criterion.path,
    }


_FAIL, _UNKNOWN = Verdict.FAIL, Verdict.UNKNOWN  # a member asked of its class takes three times as long


def finding_of(answer: Answered, ready: Ready, needed: bool, about: About | None) -> Finding:
    """An answer with its reason."""
    criterion, result, option = answer
    said = ready.said.get(id(criterion))
    if said is None:
        said = ready.said[id(criterion)] = _said(criterion)
    reason, verdict, day, moment = reason_of(result), result.verdict, result.day, result.day_moment or criterion.as_of
    is_open, question, on_default = verdict is _UNKNOWN, criterion.common.question, moment is not None and moment is ready.default_day
    if is_open and question is None:
        question = _own_question(ready, reason.missing)
    return Finding.of(
        {
            **said,
            "verdict": verdict,
            "code": result.code,
            "params": {"kind": reason.kind, **reason.params},
            "causes": _causes(result) if is_open else (),
            "facts": tuple(reason.used),
            "missing": _missing(reason) if is_open else (),
            "day": None if day is None else Day(None if moment is None else moment.name, day, on_default),
            "gap": reason.gap if is_open or verdict is _FAIL else None,
            "future": reason.future,
            "preferred": result.preferred,
            "option": option,
            "question": question,
            "needed": needed,
            "children": _children(result, reason.shown, ready, about) if result.children else (),
            "_about": about,
        }
    )


def _missing(reason: Reason) -> tuple[str, ...]:
    """The paths of the facts that are missing, as they stand in a profile."""
    return tuple([_application_path(path) for path in reason.missing])


def _causes(result: Result) -> tuple[Cause, ...]:
    causes = result.causes
    return tuple(causes if len(causes) < 2 else sorted(causes))


def _own_question(ready: Ready, missing: Sequence[str]) -> Words | None:
    """The question that the vacancy asks for a day or a choice, where nothing else is missing."""
    found = [ready.questions[path] for path in missing if path in ready.questions]
    return found[0] if found and len(found) == len(missing) else None


def _children(result: Result, shown: Sequence[int] | None, ready: Ready, about: About | None) -> tuple[Finding, ...]:
    found = []
    for index, child in enumerate(result.children):
        if child.criterion is not None:
            found.append(finding_of(Answered(child.criterion, child), ready, shown is None or index in shown, about))
    return tuple(found)


def _application_path(path: str) -> str:
    """Choices and days of an application stand under `applications` in the profile."""
    return f"applications[].{path}" if path.startswith(("choices.", "dates.")) else path


def outcome_of(required: Iterable[Verdict]) -> Outcome:
    """Likely eligible when every required criterion passes, not eligible when one fails, else open."""
    open_ones = False
    for verdict in required:
        if verdict is _FAIL:
            return Outcome.NOT_ELIGIBLE
        open_ones = open_ones or verdict is _UNKNOWN
    return Outcome.MORE_INFORMATION if open_ones else Outcome.LIKELY_ELIGIBLE
