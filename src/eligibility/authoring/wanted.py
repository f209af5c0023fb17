"""What some vacancies ask that not everybody is asked: titles of degrees, duties, days of language tests, facts that are declared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from eligibility.question.filters import Terms
from eligibility.question.others import Declared
from eligibility.question.walk import questions
from eligibility.reference import Reference
from eligibility.reporters.asked import every_criterion, filters_of
from eligibility.vacancy import Vacancy


class Wanted(NamedTuple):
    """Whether titles and the days of tests are asked about; the words of duties; the facts, each with its question or its label."""

    titles: bool = False
    duties: tuple[str, ...] = ()
    tests: bool = False
    facts: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    numbers: frozenset[str] = frozenset()
    """Those of the facts that are numbers."""


NOTHING = Wanted()
"""What nobody asks."""


def wanted_by(vacancies: Iterable[Vacancy], reference: Reference) -> Wanted:
    """What the criteria of the vacancies ask, with all of their branches."""
    titles = tests = False
    duties: dict[str, None] = {}
    facts: dict[str, Mapping[str, str]] = {}
    numbers = set[str]()
    for vacancy in vacancies:
        for one in every_criterion(vacancy.parsed(reference)):
            if isinstance(one, Declared):
                numbers.update(one.numbers)
                said = one.common.question or one.common.label
                if said and (one.fact not in facts or one.common.question):
                    facts[one.fact] = said
            for filter_ in (piece for question in questions(one) for piece in filters_of(question)):
                titles = titles or filter_.attribute == "title"
                tests = tests or filter_.attribute == "tests"
                if filter_.attribute == "function" and isinstance(filter_, Terms) and not filter_.excluded:
                    duties.update(dict.fromkeys(filter_.wanted))
    return Wanted(titles, tuple(duties), tests, facts, frozenset(numbers))
