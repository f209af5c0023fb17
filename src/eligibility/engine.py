"""The pure heart: vacancy + profile + day → report. No clock, no file, no environment; the same input gives the same bytes."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import product
from math import prod
from typing import Any, NamedTuple

from eligibility._version import VERSION
from eligibility.answer import Gap
from eligibility.application_period import NO_CHOICES, closing_of, day_there, deadline_of, opening_of, told_day
from eligibility.dates import Days, add_months, one_day
from eligibility.deciding.case import ByChoice, Case, vague_names
from eligibility.deciding.evidence import WithParams
from eligibility.deciding.result import Result
from eligibility.explaining import ONE, reason_of
from eligibility.facts import ProfileFacts
from eligibility.profile import Application, Profile
from eligibility.question.grammar import Common, Criterion
from eligibility.reference import Reference
from eligibility.report import SCHEMA_VERSION, About, Day, Deadline, Finding, Receipt, Report, Track, with_about
from eligibility.vacancy import NamedDay, Parsed, Vacancy, Words
from eligibility.verdict import Cause, Closing, Outcome, Verdict

BEST_FIRST = (Outcome.LIKELY_ELIGIBLE, Outcome.MORE_INFORMATION, Outcome.NOT_ELIGIBLE)


class Failing(NamedTuple):
    """What is not met with an option of a choice, or of several, that nobody has told: what the options are called, and the numbers of the
    answers."""

    options: tuple[Words, ...]
    answers: tuple[int, ...]


class Answered(NamedTuple):
    """One criterion and its answer. `option`: what the option is called that it speaks of alone."""

    criterion: Criterion
    result: Result
    option: Words | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """The paths of the facts that could still change the answer."""
        unknown = self.result.verdict is _UNKNOWN
        return tuple([_application_path(path) for path in reason_of(self.result).missing]) if unknown else ()

    @property
    def gap(self) -> Gap | None:
        """The distance to the threshold of what fails or is unknown."""
        verdict = self.result.verdict
        return reason_of(self.result).gap if verdict is _UNKNOWN or verdict is _FAIL else None

    @property
    def causes(self) -> tuple[Cause, ...]:
        """Why it is unknown."""
        causes = self.result.causes if self.result.verdict is _UNKNOWN else ()
        return tuple(causes if len(causes) < 2 else sorted(causes))


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
    today = day_there(_submitted(_application(decision.profile, ready.vacancy.id)) or on, ready.zone)
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
    application = _application(profile, vacancy.id) if profile.applications else None
    moment, closing = ready.asked_at(_submitted(application) or on, on_last_day, ready.chosen(application))
    today = day_there(moment, ready.zone)
    case = case_of(ready, today, application, facts or ProfileFacts(profile, reference))
    split = next((name for name in ready.parsed.tracks if name not in case.choices), None) if ready.parsed.tracks else None
    return ready, case, moment, split, closing


def made_ready(vacancy: Vacancy, reference: Reference) -> Ready:
    """The vacancy made ready, once."""
    parsed = vacancy.parsed(reference)
    ready: Ready | None = parsed.session.ready
    if ready is None:
        ready = parsed.session.ready = Ready(vacancy, parsed, reference)
    return ready


class Ready:
    """A vacancy before anybody asks: what no candidate and no day changes."""

    __slots__ = ("asked", "by_choice", "counted", "dates", "deadline", "default_day", "judged", "leap_birthday", "options", "parsed",
                 "reference", "required", "said", "to_judge", "vacancy", "vague", "zone")  # fmt: skip

    def __init__(self, vacancy: Vacancy, parsed: Parsed, reference: Reference) -> None:
        self.vacancy = vacancy
        self.parsed = parsed
        self.reference = reference
        self.zone = vacancy.time_zone(reference)
        self.leap_birthday = reference.leap_birthday(vacancy.jurisdiction or "")
        self.dates, self.asked, self.by_choice = _dates(vacancy, None, {})
        self.vague = vague_names(self.dates) | frozenset(self.asked)
        self.options = {name: choice.options for name, choice in vacancy.choices.items() if choice.options}
        """The choices among named options."""
        self.deadline = told_day(vacancy, "deadline")
        """When it closes, before anybody has chosen anything."""
        counted = [one for one in parsed.criteria if one.kind != "judged"]
        self.counted = tuple((one, one.common.importance == "required") for one in counted)
        """What is counted or shown as an asset, and whether it decides the outcome."""
        self.to_judge = tuple(one for one in parsed.criteria if one.kind == "judged")
        required = [one for one, decides in self.counted if decides]
        self.required = tuple(sorted(required, key=lambda one: not self.vague.isdisjoint(one.names)))
        """What decides the outcome; what is counted on an unknown day of an interval takes longest, and comes last."""
        self.judged: tuple[Finding, ...] = ()
        """The points for a person, where nothing of the candidate enters them: none of them has a condition."""
        self.default_day = parsed.default_day if parsed.assumed else None
        """The day of criteria that name none, where the notice does not give it either."""
        self.said: dict[int, dict[str, Any]] = {}
        """What the finding of a criterion says whoever the candidate is, by the identity of the criterion."""

    def chosen_by(self, profile: Profile) -> Mapping[str, str]:
        """The options that a profile tells, of those that the vacancy offers."""
        return self.chosen(_application(profile, self.vacancy.id))

    def chosen(self, application: Application | None) -> Mapping[str, str]:
        """The options that are told, of those that the vacancy offers."""
        if application is None:
            return {}
        offered = self.vacancy.choices
        meant = {name: offered[name].meant(word, self.reference) for name, word in application.choices.items() if name in offered}
        return {name: word for name, word in meant.items() if word is not None}

    def closes(self, choices: Mapping[str, str]) -> NamedDay | None:
        """When it closes for somebody who has chosen so."""
        return self.deadline if self.deadline is None or self.deadline.by is None else told_day(self.vacancy, "deadline", choices)

    def deadline_on(self, today: int, choices: Mapping[str, str]) -> Deadline | None:
        """When it closes for somebody who has chosen so, as a report tells it on a day."""
        deadline = self.closes(choices)
        return None if deadline is None else deadline_of(deadline, today, self.zone)

    def asked_at(
        self, moment: date | datetime, on_last_day: bool = False, choices: Mapping[str, str] = NO_CHOICES
    ) -> tuple[date | datetime, Closing]:  # fmt: skip
        """The moment to answer for, and whether one can apply at the moment itself. `on_last_day`: what has closed, as on its last day."""
        deadline = self.closes(choices)
        if deadline is None:
            return moment, Closing.NONE
        today = day_there(moment, self.zone)
        closing = closing_of(deadline, moment, today, self.zone)
        if on_last_day and closing is Closing.CLOSED:
            return date.fromordinal(deadline_of(deadline, today, self.zone).day), closing
        return moment, closing


def explain(decision: Decision, about: About | None = None) -> Report:
    """The report of a decision: every answer with its reason; with `about`, it can say itself in words."""
    ready, case, moment = decision.ready, decision.case, decision.moment
    vacancy, head = ready.vacancy, (decision.head or decision).case
    tracks = tuple(
        Track.model_construct(
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
        receipt=Receipt.model_construct(
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


def _application(profile: Profile, vacancy: str) -> Application | None:
    for one in profile.applications:
        if one.vacancy == vacancy:
            return one
    return None


def _submitted(application: Application | None) -> date | datetime | None:
    """The day, or the moment, on which the profile says the application was sent."""
    if application is None or application.submitted is None:
        return None
    text = application.submitted
    return datetime.fromisoformat(text) if len(text) > 10 else date.fromisoformat(text)


def case_of(ready: Ready, today: int, application: Application | None, facts: ProfileFacts) -> Case:
    """The candidate before the vacancy, who applies on a day."""
    known = {"application": one_day(today)}
    if application is None:
        return Case(
            facts, ready.parsed.session, today, {**known, **_near(today, ready.asked), **ready.dates}, ready.vague, by=ONE,
            asked=ready.asked, unsaid=frozenset(ready.asked).difference(ready.by_choice), by_choice=ready.by_choice,
            conditions=ready.parsed.conditions,
            on_other_days=ready.parsed.on_other_days, leap_birthday=ready.leap_birthday,
        )  # fmt: skip
    choices = ready.chosen(application)
    given, asked, by_choice = _dates(ready.vacancy, application, choices)
    unsaid = [name for name in asked if name not in given]
    dates = {**known, **given, **_near(today, unsaid)}
    return Case(
        facts, ready.parsed.session, today, dates, vague_names(dates), by=ONE, asked=asked, unsaid=frozenset(unsaid),
        by_choice=by_choice, choices=choices, application=application, conditions=ready.parsed.conditions,
        on_other_days=ready.parsed.on_other_days, leap_birthday=ready.leap_birthday,
    )  # fmt: skip


def _near(today: int, names: Iterable[str]) -> dict[str, Days]:
    """Days that only the candidate can tell, and nobody has: some day within ten years of the application."""
    return dict.fromkeys(names, Days(*(min(max(add_months(today, months), 1), date.max.toordinal()) for months in (-120, 120))))


def _dates(
    vacancy: Vacancy, application: Application | None, choices: Mapping[str, str]
) -> tuple[dict[str, Days], dict[str, str], dict[str, ByChoice]]:  # fmt: skip
    """The days of the vacancy as far as they are known; where the profile could tell the others, or tell them better; and those of them
    that rest on a choice which is not told."""
    dates: dict[str, Days] = {}
    asked: dict[str, str] = {}
    by_choice: dict[str, ByChoice] = {}
    for name, one in vacancy.dates.items():
        day = one.told(choices)
        given = application.dates.get(name) if application is not None else None
        if given is not None and day.question is not None:
            dates[name] = given
            if not given.exact:
                asked[name] = f"applications.{vacancy.id}.dates.{name}"
        elif day.days is not None:
            dates[name] = day.days
        else:
            asked[name] = f"applications.{vacancy.id}.dates.{name}"
        if day.by is not None:
            days = {option: value.days for option, value in day.values if value.days is not None}
            by_choice[name] = ByChoice(day.by, days, vacancy.choices[day.by].options or {})
            asked[name] = f"choices.{day.by}"
    return dates, asked, by_choice


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


def fails_whichever(ready: Ready, case: Case, open_ones: Sequence[tuple[Criterion, Result]]) -> tuple[Failing, ...]:
    """What of some open criteria fails with each option that nobody has told, where something does with every one of them; else nothing."""
    missing = {path for _, result in open_ones for path in reason_of(result).missing}
    beside = {name for name in ready.options if f"choices.{name}" not in missing}
    return _failing_each_way(ready, case, open_ones, beside) or (beside and _failing_each_way(ready, case, open_ones, ())) or ()


def _failing_each_way(
    ready: Ready, case: Case, open_ones: Sequence[tuple[Criterion, Result]], beside: Container[str]
) -> tuple[Failing, ...]:  # fmt: skip
    """The same over the options of all choices but some."""
    found = []
    for told in options_untold(ready, case, beside):
        with_them = case
        for name, option in told.items():
            with_them = with_them.with_choice(name, option)
        fails = tuple([at for at, (criterion, _) in enumerate(open_ones) if answer_to(criterion, with_them, ready).verdict is _FAIL])
        if not fails:
            return ()
        found.append(Failing(tuple([ready.options[name][option] for name, option in told.items()]), fails))
    return tuple(found)


def options_untold(ready: Ready, case: Case, told: Container[str] = ()) -> Iterator[dict[str, str]]:
    """Every combination of the options that nobody has told, but of choices that are `told` otherwise or do not matter; none where all are
    told, or where there are too many to try.

    A word that is told and is none of the options leaves all of it open: nobody knows what it means.
    """
    said = case.application.choices if case.application is not None else {}
    names = [name for name in ready.options if name not in case.choices and name not in told]
    if not names or any(name in said for name in names) or prod(len(ready.options[name]) for name in names) > _MOST_OPTIONS:
        return
    for options in product(*(ready.options[name] for name in names)):
        yield dict(zip(names, options, strict=True))


def _alike(one: Result, other: Result) -> bool:
    """Whether two answers say the same, of the same day."""
    return (one.verdict, one.code, one.day, reason_of(one)) == (other.verdict, other.code, other.day, reason_of(other))


def answer_to(criterion: Criterion, case: Case, ready: Ready) -> Result:
    """The answer to a criterion. One that rests on an option that is not told is settled where every option settles it the same way."""
    result = ONE.evaluate(criterion, case)
    if not ready.options or result.verdict is not _UNKNOWN:
        return result
    asked = [name for name in ready.options if f"choices.{name}" in reason_of(result).missing]
    told = [case]
    for name in asked:
        told = [one.with_choice(name, option) for one in told for option in ready.options[name]]
    if not asked or len(told) > _MOST_OPTIONS:
        return result
    results = [ONE.evaluate(criterion, one) for one in told]
    verdicts = {one.verdict for one in results}
    if _UNKNOWN in verdicts:
        return result
    if len(verdicts) == 1:
        settled = results[0].but(WithParams(results[0], {"whichever": tuple(ready.options[name][told[0].choices[name]] for name in asked)}))
    elif len(asked) == len(reason_of(result).missing) == 1:
        options = ready.options[asked[0]].items()
        come_to = tuple((option, label, one.verdict) for (option, label), one in zip(options, results, strict=True))
        settled = result.but(WithParams(result, {"options": come_to}))
        settled.code = "depends_on_option"
    else:
        return result
    settled.criterion = criterion
    return settled


_MOST_OPTIONS = 256
"""So many options, of several choices together, are tried at most."""


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
    criterion, result = answer.criterion, answer.result
    said = ready.said.get(id(criterion))
    if said is None:
        said = ready.said[id(criterion)] = _said(criterion)
    reason, moment = reason_of(result), result.day_moment or criterion.as_of
    question = criterion.common.question
    if question is None and result.verdict is _UNKNOWN:
        question = _own_question(ready.vacancy, reason.missing)
    finding = Finding.model_construct(
        **said,
        verdict=result.verdict,
        code=result.code,
        params={"kind": reason.kind, **reason.params},
        causes=answer.causes,
        facts=tuple(reason.used),
        missing=answer.missing,
        day=None if result.day is None else Day(
            None if moment is None else moment.name, result.day, moment is not None and moment is ready.default_day
        ),
        gap=answer.gap,
        future=reason.future,
        preferred=result.preferred,
        option=answer.option,
        question=question,
        needed=needed,
        children=_children(result, reason.shown, ready, about) if result.children else (),
    )  # fmt: skip
    return finding if about is None else finding.told_of(about)


def _own_question(vacancy: Vacancy, missing: Sequence[str]) -> Words | None:
    """The question that the vacancy asks for a day or a choice, where nothing else is missing."""
    questions = {f"choices.{name}": choice.asked for name, choice in vacancy.choices.items()}
    questions |= {f"applications.{vacancy.id}.dates.{name}": day.question for name, day in vacancy.dates.items()}
    found = [questions[path] for path in missing if path in questions]
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
