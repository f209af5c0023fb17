"""The pure heart: vacancy + profile + day → report. No clock, no file, no environment; the same input gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from eligibility._version import VERSION
from eligibility.answer import Gap
from eligibility.application_period import closing_of, day_there, deadline_of, opening_of, usual
from eligibility.dates import Days, add_months, one_day
from eligibility.deciding.case import Case, vague_names
from eligibility.deciding.evidence import WithParams
from eligibility.deciding.result import Result
from eligibility.explaining import ONE, reason_of
from eligibility.facts import ProfileFacts
from eligibility.profile import Application, Profile
from eligibility.question.grammar import Common, Criterion
from eligibility.reference import Reference
from eligibility.report import SCHEMA_VERSION, About, Day, Finding, Receipt, Report, Track, with_about
from eligibility.vacancy import Parsed, Vacancy, Words
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
    """What one option of a choice comes to."""

    choice: str
    option: str
    label: Words
    outcome: Outcome
    answers: tuple[Answered, ...]


class Decision(NamedTuple):
    """One candidate before one vacancy, decided and not yet explained: all that a table of verdicts needs.

    Where the applicant may pick an option and has not, `tracks` has each one, and the best heads it.
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
    if decision.closing is not Closing.CLOSED:
        return report
    ready = decision.ready
    today = day_there(_submitted(_application(decision.profile, ready.vacancy.id)) or on, ready.zone)
    return report.model_copy(update={"deadline": deadline_of(ready.closings, today, ready.zone)})


def decide(
    vacancy: Vacancy, profile: Profile, on: date | datetime, reference: Reference, facts: ProfileFacts | None = None,
    on_last_day: bool = False,
) -> Decision:  # fmt: skip
    """What `check` says, without the reasons; `explain` makes the report of it."""
    ready, case, moment, split, closing = begun(vacancy, profile, on, reference, facts, on_last_day)
    if split is None:
        answers = tuple([Answered(criterion, answer_to(criterion, case, ready)) for criterion, _ in ready.counted])
        return Decision(ready, case, profile, moment, _outcome_of(ready, answers), closing, answers, (), None)
    tracks, first = _by_track(ready, case, split)
    best = min(tracks, key=lambda track: BEST_FIRST.index(track.outcome))
    return Decision(ready, first, profile, moment, best.outcome, closing, best.answers, tracks, best.label)


def outcome(
    vacancy: Vacancy,
    profile: Profile,
    on: date | datetime,
    reference: Reference,
    facts: ProfileFacts | None = None,
    on_last_day: bool = False,
) -> tuple[Outcome, Closing]:
    """The outcome of `check` and whether one can still apply, where nobody asks why: the first required criterion that fails ends it."""
    ready, case, _, split, closing = begun(vacancy, profile, on, reference, facts, on_last_day)
    cases = [case] if split is None else [case.with_choice(split, option) for option in vacancy.choices[split].options or {}]
    outcomes = [outcome_of(answer_to(criterion, one, ready).verdict for criterion in ready.required) for one in cases]
    return min(outcomes, key=BEST_FIRST.index), closing


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
    moment, closing = ready.asked_at(_submitted(application) or on, on_last_day)
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

    __slots__ = ("asked", "closings", "counted", "dates", "default_day", "judged", "leap_birthday", "options", "parsed", "reference",
                 "required", "said", "to_judge", "vacancy", "vague", "zone")  # fmt: skip

    def __init__(self, vacancy: Vacancy, parsed: Parsed, reference: Reference) -> None:
        self.vacancy = vacancy
        self.parsed = parsed
        self.reference = reference
        self.zone = vacancy.time_zone(reference)
        self.leap_birthday = reference.leap_birthday(vacancy.jurisdiction or "")
        self.dates, self.asked = _dates(vacancy, None)
        self.vague = vague_names(self.dates) | frozenset(self.asked)
        deadline = vacancy.dates.get("deadline")
        self.options = {name: choice.options for name, choice in vacancy.choices.items() if choice.options}
        """The choices among named options."""
        self.closings = deadline.closings if deadline else ()
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

    def asked_at(self, moment: date | datetime, on_last_day: bool = False) -> tuple[date | datetime, Closing]:
        """The moment to answer for, and whether one can apply at the moment itself. `on_last_day`: what has closed, as on its last day."""
        if not self.closings:
            return moment, Closing.NONE
        closing = closing_of(self.closings, moment, day_there(moment, self.zone), self.zone)
        if on_last_day and closing is Closing.CLOSED:
            return date.fromordinal(usual(self.closings).day), closing
        return moment, closing


def explain(decision: Decision, about: About | None = None) -> Report:
    """The report of a decision: every answer with its reason; with `about`, it can say itself in words."""
    ready, case, moment = decision.ready, decision.case, decision.moment
    vacancy = ready.vacancy
    tracks = tuple(
        Track.model_construct(
            choice=one.choice, option=one.option, label=one.label, outcome=one.outcome, findings=_findings(one.answers, ready, about)
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
        on=case.today,
        outcome=decision.outcome,
        closing=decision.closing,
        opening=opening_of(vacancy, moment, ready.zone),
        deadline=deadline_of(ready.closings, case.today, ready.zone) if ready.closings else None,
        findings=findings,
        judged=judged if about is None else with_about(judged, about),
        tracks=tracks,
        option=decision.option,
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
            facts, ready.parsed.session, today, {**known, **ready.dates, **_near(today, ready.asked)}, ready.vague, by=ONE,
            asked=ready.asked, unsaid=frozenset(ready.asked), conditions=ready.parsed.conditions,
            on_other_days=ready.parsed.on_other_days, leap_birthday=ready.leap_birthday,
        )  # fmt: skip
    given, asked = _dates(ready.vacancy, application)
    unsaid = [name for name in asked if name not in given]
    dates = {**known, **given, **_near(today, unsaid)}
    offered = ready.vacancy.choices
    meant = {name: offered[name].meant(word, ready.reference) for name, word in application.choices.items() if name in offered}
    choices = {name: word for name, word in meant.items() if word is not None}
    return Case(
        facts, ready.parsed.session, today, dates, vague_names(dates), by=ONE, asked=asked, unsaid=frozenset(unsaid),
        choices=choices, application=application, conditions=ready.parsed.conditions, on_other_days=ready.parsed.on_other_days,
        leap_birthday=ready.leap_birthday,
    )  # fmt: skip


def _near(today: int, names: Iterable[str]) -> dict[str, Days]:
    """Days that only the candidate can tell, and nobody has: some day within ten years of the application."""
    return dict.fromkeys(names, Days(*(min(max(add_months(today, months), 1), date.max.toordinal()) for months in (-120, 120))))


def _dates(vacancy: Vacancy, application: Application | None) -> tuple[dict[str, Days], dict[str, str]]:
    """The days of the vacancy as far as they are known, and where the profile could tell the others."""
    dates: dict[str, Days] = {}
    asked: dict[str, str] = {}
    for name, day in vacancy.dates.items():
        given = application.dates.get(name) if application is not None else None
        if given is not None and day.question is not None:
            dates[name] = given
            if not given.exact:
                asked[name] = f"applications.{vacancy.id}.dates.{name}"
        elif day.days is not None:
            dates[name] = day.days
        else:
            asked[name] = f"applications.{vacancy.id}.dates.{name}"
    return dates, asked


def _by_track(ready: Ready, case: Case, name: str) -> tuple[tuple[TrackDecided, ...], Case]:
    """What each option of a choice comes to; and the case of the first one."""
    options = ready.vacancy.choices[name].options or {}
    cases = [case.with_choice(name, option) for option in options]
    results = [[answer_to(criterion, one, ready) for criterion, _ in ready.counted] for one in cases]
    same = [all(_alike(one, every[0]) for one in every[1:]) for every in zip(*results, strict=True)]
    tracks = []
    for (option, label), found in zip(options.items(), results, strict=True):
        answers = tuple(
            Answered(criterion, result, None if alike else label)
            for (criterion, _), result, alike in zip(ready.counted, found, same, strict=True)
        )
        tracks.append(TrackDecided(name, option, label, _outcome_of(ready, answers), answers))
    return tuple(tracks), cases[0]


def _outcome_of(ready: Ready, answers: Sequence[Answered]) -> Outcome:
    """What the required answers come to."""
    return outcome_of([answer.result.verdict for answer, (_, decides) in zip(answers, ready.counted, strict=True) if decides])


def _alike(one: Result, other: Result) -> bool:
    """Whether two answers say the same."""
    return (one.verdict, one.code, reason_of(one)) == (other.verdict, other.code, reason_of(other))


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
