"""The questions that a profile leaves open, those first on which most answers hang."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from eligibility.engine import check
from eligibility.facts import ProfileFacts
from eligibility.profile import Profile
from eligibility.reference import Reference
from eligibility.report import About, Question
from eligibility.vacancy import Vacancy
from eligibility.verdict import Outcome


class Wanted(NamedTuple):
    """A question, how many vacancies hang on it, and of how many."""

    question: Question
    vacancies: int
    of: int


def most_wanted(profile: Profile, vacancies: Sequence[Vacancy], when: date | datetime, reference: Reference) -> list[Wanted]:
    """The open questions of the vacancies that are open and not out of reach already; where none is, of all."""
    facts = ProfileFacts(profile, reference)
    reports = [check(one, profile, when, reference, facts, about=About(one, profile, None)) for one in vacancies]
    within_reach = [one for one in reports if one.outcome is not Outcome.NOT_ELIGIBLE]
    looked_at = [one for one in within_reach if not one.closed] or within_reach or reports
    found: dict[str, tuple[Question, int]] = {}
    for report in looked_at:
        for key, question in {one.path or one.words["en"]: one for one in reversed(report.missing)}.items():
            found[key] = found.get(key, (question,))[0], found.get(key, (question, 0))[1] + 1
    ranked = sorted(found.values(), key=lambda one: -one[1])
    return [Wanted(question, times, len(looked_at)) for question, times in ranked]
