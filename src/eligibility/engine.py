"""The pure heart: vacancy + profile + day → report. No clock, no file, no environment; the same input gives the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from eligibility._version import VERSION
from eligibility.criteria.base import Common, Criterion
from eligibility.criteria.case import Case
from eligibility.criteria.result import Result
from eligibility.dates import Days, day_in, end_of_day, instant
from eligibility.facts import ProfileFacts
from eligibility.profile import Application, Profile
from eligibility.reference import Reference
from eligibility.report import SCHEMA_VERSION, Day, Deadline, Finding, Receipt, Report, Track
from eligibility.vacancy import ClosingTime, Parsed, Vacancy
from eligibility.verdict import Closing, Outcome, Verdict

_BEST_FIRST = (Outcome.LIKELY_ELIGIBLE, Outcome.MORE_INFORMATION, Outcome.NOT_ELIGIBLE)


def check(vacancy: Vacancy, profile: Profile, on: date | datetime, reference: Reference, facts: ProfileFacts | None = None) -> Report:
    """Whether the candidate may apply, criterion by criterion.

    `on` is the day of application: a date, or a date-time for deadlines with an hour (without a zone, it is local to the
    vacancy). `facts` may be the prepared facts of the same profile, shared between vacancies.
    Raises `Unreadable` when the vacancy was built from a mapping and its criteria have problems.
    """
    parsed = vacancy.parsed(reference)
    zone = vacancy.time_zone(reference)
    application = _application(profile, vacancy.id)
    moment = _submitted(application) or on
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        today = day_in(moment, zone)
    else:
        today = moment.toordinal()
    case = _case(vacancy, parsed, profile, reference, today, application, facts)
    splits = [name for name in parsed.tracks if name not in case.choices] if parsed.tracks else []
    tracks: tuple[Track, ...] = ()
    if splits:
        tracks, findings, judged, outcome = _by_track(vacancy, parsed, case, splits[0])
    else:
        findings, judged = _findings(parsed, case)
        outcome = _outcome(findings)
    deadline = vacancy.dates.get("deadline")
    closing, shown = _closing(deadline.closings if deadline else (), moment, today, zone)
    return Report.made(
        {
            "schema_version": SCHEMA_VERSION,
            "vacancy": vacancy.id,
            "title": vacancy.title,
            "organisation": vacancy.organisation,
            "candidate": profile.name,
            "on": today,
            "outcome": outcome,
            "closing": closing,
            "deadline": shown,
            "findings": findings,
            "judged": judged,
            "tracks": tracks,
            "information": tuple([(one.label, one.clause) for one in vacancy.information]),
            "contact": vacancy.notice.contact if vacancy.notice else None,
            "reviewed": vacancy.reviewed.isoformat() if vacancy.reviewed else None,
            "receipt": Receipt.made(
                {
                    "vacancy": vacancy.id,
                    "rule_digest": vacancy.digest,
                    "profile_digest": profile.digest,
                    "data_version": reference.version,
                    "engine_version": VERSION,
                    "on": moment.isoformat(),
                }
            ),
        }
    )


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


def _case(
    vacancy: Vacancy, parsed: Parsed, profile: Profile, reference: Reference, today: int,
    application: Application | None, facts: ProfileFacts | None,
) -> Case:  # fmt: skip
    dates = {"application": Days(today, today)}
    asked = {}
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
    return Case(
        facts or ProfileFacts(profile, reference),
        reference,
        today,
        dates,
        asked=asked,
        choices=application.choices if application is not None else {},
        application=application,
        conditions=parsed.conditions,
        leap_birthday=reference.leap_birthday(vacancy.jurisdiction or ""),
    )


def _by_track(
    vacancy: Vacancy, parsed: Parsed, case: Case, name: str
) -> tuple[tuple[Track, ...], tuple[Finding, ...], tuple[Finding, ...], Outcome]:
    """One outcome per option of a choice; the best one heads the report."""
    options = vacancy.choices[name].options or {}
    tracks = []
    judged: tuple[Finding, ...] = ()
    for option, label in options.items():
        findings, judged = _findings(parsed, case.with_choice(name, option))
        tracks.append(Track.made({"choice": name, "option": option, "label": label, "outcome": _outcome(findings), "findings": findings}))
    best = min(tracks, key=lambda track: _BEST_FIRST.index(track.outcome))
    return tuple(tracks), best.findings, judged, best.outcome


def _findings(parsed: Parsed, case: Case) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that are counted or shown as assets, and the points only a person can judge."""
    counted: list[Finding] = []
    for criterion in parsed.criteria:
        if criterion.kind != "judged":
            counted.append(_finding(criterion, criterion.evaluate(case), parsed, True))
    return tuple(counted), _judged(parsed, case)


def _judged(parsed: Parsed, case: Case) -> tuple[Finding, ...]:
    """The points for a person; nothing of the candidate enters them, so each is made once (unless it has a condition)."""
    found = []
    for criterion in parsed.criteria:
        if criterion.kind == "judged":
            known = parsed.judged.get(criterion.path)
            if known is None:
                known = _finding(criterion, criterion.evaluate(case), parsed, True)
                if criterion.common.when is None:
                    parsed.judged[criterion.path] = known
            found.append(known)
    return tuple(found)


_OPEN: dict[str, Any] = dict.fromkeys(
    ("verdict", "code", "params", "causes", "facts", "missing", "day", "gap", "future", "preferred", "needed", "children")
)  # fmt: skip
"""What a finding says of the candidate, in the order of its fields."""


def _static(criterion: Criterion) -> dict[str, Any]:
    """What a finding of this criterion says whoever the candidate is, with room for the rest."""
    common: Common = criterion.common
    return {
        "id": common.id,
        "kind": criterion.kind,
        "label": common.label,
        "importance": common.importance,
        "clause": common.clause,
        "quote": common.quote,
        "source": common.source,
        "question": common.question,
        "advice": common.advice,
        "path": criterion.path,
        **_OPEN,
    }


def _finding(criterion: Criterion, result: Result, parsed: Parsed, needed: bool) -> Finding:
    static = parsed.static.get(id(criterion))
    if static is None:
        static = parsed.static[id(criterion)] = _static(criterion)
    values = static.copy()
    verdict = values["verdict"] = result.verdict
    values["code"] = result.code
    reason = result.reason
    values["params"] = reason.params
    values["facts"] = tuple(reason.used)
    if verdict is Verdict.UNKNOWN:
        causes = result.causes
        values["causes"] = tuple(causes if len(causes) < 2 else sorted(causes))
        values["missing"] = tuple([_application_path(path) for path in reason.missing])
    else:
        values["causes"] = values["missing"] = ()
    if result.day is not None:
        moment = result.day_moment or criterion.as_of
        values["day"] = Day(None if moment is None else moment.name, result.day, parsed.assumed and moment is parsed.default_day)
    values["gap"] = reason.gap
    values["future"] = reason.future
    values["preferred"] = result.preferred
    values["needed"] = needed
    values["children"] = _children(result, reason.shown, parsed) if result.children else ()
    return Finding.made(values)


def _children(result: Result, shown: Sequence[int] | None, parsed: Parsed) -> tuple[Finding, ...]:
    found = []
    for index, child in enumerate(result.children):
        if child.criterion is not None:
            found.append(_finding(child.criterion, child, parsed, shown is None or index in shown))
    return tuple(found)


def _application_path(path: str) -> str:
    """Choices and days of an application stand under `applications` in the profile."""
    return f"applications[].{path}" if path.startswith(("choices.", "dates.")) else path


def _outcome(findings: tuple[Finding, ...]) -> Outcome:
    """Likely eligible when every required criterion passes, not eligible when one fails, else open."""
    open_ones = False
    for finding in findings:
        if finding.importance != "required":
            continue
        if finding.verdict is Verdict.FAIL:
            return Outcome.NOT_ELIGIBLE
        open_ones = open_ones or finding.verdict is Verdict.UNKNOWN
    return Outcome.MORE_INFORMATION if open_ones else Outcome.LIKELY_ELIGIBLE


def _closing(closings: tuple[ClosingTime, ...], moment: date | datetime, today: int, zone: str) -> tuple[Closing, Deadline | None]:
    """Whether one can still apply, under every reading of the deadline."""
    if not closings:
        return Closing.NONE, None
    states = {_state(one, moment, today, zone) for one in closings}
    preferred = next(one for one in closings if one.preferred)
    deadline = Deadline.made(
        {
            "day": preferred.day,
            "time": preferred.time,
            "zone": zone,
            "days_left": preferred.day - today,
            "readings": tuple((one.name, one.day, one.time, one.preferred) for one in closings) if len(closings) > 1 else (),
        }
    )
    return (states.pop() if len(states) == 1 else Closing.DISPUTED), deadline


def _state(closing: ClosingTime, moment: date | datetime, today: int, zone: str) -> Closing:
    if isinstance(moment, datetime):
        sent = _utc(moment, zone)
        in_time = sent < end_of_day(closing.day, zone) if closing.time is None else sent <= _closing_instant(closing, zone)
        return Closing.OPEN if in_time else Closing.CLOSED
    if today == closing.day and closing.time is not None:
        return Closing.DISPUTED
    return Closing.OPEN if today <= closing.day else Closing.CLOSED


def _utc(moment: datetime, zone: str) -> datetime:
    return instant(moment, zone) if moment.tzinfo is None else moment


def _closing_instant(closing: ClosingTime, zone: str) -> datetime:
    """The last instant of a deadline with a time of day."""
    local = datetime.fromisoformat(f"{date.fromordinal(closing.day).isoformat()}T{closing.time}")
    return instant(local, zone)
