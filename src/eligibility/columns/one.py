"""The people of a table one by one, by the readers and the engine that answer for a single person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from eligibility.batch.people import TableRow, person_in
from eligibility.columns.rows import Row
from eligibility.diagnostic import Diagnostic, Place
from eligibility.engine import Answered, decide, outcome
from eligibility.facts import ProfileFacts
from eligibility.loading.vocabularies import unknown_to
from eligibility.profile import Profile
from eligibility.reference import Reference
from eligibility.vacancy import Vacancy
from eligibility.verdict import Closing, Outcome
from eligibility.wording import Words


class Told(NamedTuple):
    """A problem of a person: its code, the path of what is wrong, and the sentence."""

    code: str
    path: str
    message: str


class Person(NamedTuple):
    """Somebody who was read: the profile (None: refused) with its facts, and every problem."""

    profile: Profile | None
    facts: ProfileFacts | None
    problems: tuple[Told, ...]


class Answer(NamedTuple):
    """What one vacancy says of one person. `option` is the one that is told of where the applicant has not picked any."""

    outcome: Outcome
    closing: Closing
    answers: tuple[Answered, ...]
    option: str | None


class OneByOne:
    """Reads people and answers for them, one at a time."""

    def __init__(self, vacancies: Sequence[Vacancy], on: date | datetime, reference: Reference, language: str) -> None:
        self.vacancies = vacancies
        self.on = on
        self.reference = reference
        self.words = Words(language)

    def read(self, row: Row) -> Person:
        """The person in a row; whatever goes wrong with one of them costs nobody else an answer."""
        try:
            loaded = person_in(row, self.reference)
            problems = unknown_to(self.vacancies, loaded, self.reference)
            if isinstance(row, TableRow):
                problems = [row.named(one) for one in problems]
            told = tuple([self._told(row.path_of(one), one) for one in problems])
        except Exception as error:  # a bug of ours, told with its name
            return Person(None, None, (self._told("", Diagnostic("E619", Place("table"), {"error": type(error).__name__})),))
        profile: Profile | None = loaded.model
        return Person(profile, None if profile is None else ProfileFacts(profile, self.reference), told)

    def answer(self, vacancy: Vacancy, person: Person, criteria: bool) -> Answer:
        """What a vacancy says of somebody who could be read, with its criteria or without."""
        assert person.profile is not None
        if not criteria and not vacancy.parsed(self.reference).tracks:
            return Answer(*outcome(vacancy, person.profile, self.on, self.reference, person.facts), (), None)
        decision = decide(vacancy, person.profile, self.on, self.reference, person.facts)
        option = next((one.option for one in decision.tracks if one.label == decision.option), None)
        return Answer(decision.outcome, decision.closing, decision.answers, option)

    def _told(self, path: str, problem: Diagnostic) -> Told:
        return Told(problem.code, path, self.words.problem(problem.code, problem.params).message)
