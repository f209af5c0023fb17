"""A vacancy made ready before anybody asks, and a candidate before it: its days as far as they are known, the options that are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from eligibility.application_period import NO_CHOICES, closing_of, day_there, deadline_of, told_day
from eligibility.dates import Days, add_months, one_day
from eligibility.deciding.case import ByChoice, Case, vague_names
from eligibility.explaining import ONE
from eligibility.facts import ProfileFacts
from eligibility.profile import Application, Profile
from eligibility.reference import Reference
from eligibility.report import Deadline, Finding
from eligibility.vacancy import NamedDay, Parsed, Vacancy
from eligibility.verdict import Closing


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
                 "questions", "reference", "required", "said", "to_judge", "vacancy", "vague", "zone")  # fmt: skip

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
        self.questions = {f"choices.{name}": choice.asked for name, choice in vacancy.choices.items()}
        self.questions |= {f"applications.{vacancy.id}.dates.{name}": day.question for name, day in vacancy.dates.items()}
        """What the vacancy asks for a choice or a day, by the path that is missing."""
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
        return self.chosen(application_of(profile, self.vacancy.id))

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


def application_of(profile: Profile, vacancy: str) -> Application | None:
    for one in profile.applications:
        if one.vacancy == vacancy:
            return one
    return None


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
