"""What a vacancy asks, looked up for a sentence: the values a filter wants, the facts and tags its criteria name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from eligibility.facts import KEYS
from eligibility.question.filters import Tags, Terms
from eligibility.question.grammar import Criterion, Filter, Records
from eligibility.question.others import Declared, Group, Together
from eligibility.question.walk import conditions, questions
from eligibility.reference import Reference
from eligibility.report import Finding
from eligibility.vacancy import Parsed, Vacancy


class Wanted(NamedTuple):
    """The words of a vocabulary that one key of a record may hold to count; `vocabulary` is empty where they are tags or names."""

    key: str
    words: tuple[str, ...]
    vocabulary: str


class Asked:
    """The criteria of several vacancies, found again by their place in the rule file."""

    def __init__(self, vacancies: Iterable[Vacancy], reference: Reference) -> None:
        self._vacancies: Mapping[str, Vacancy] = {one.id: one for one in vacancies}
        self._reference = reference
        self._known: dict[str, dict[tuple[str | int, ...], list[Criterion]]] = {}

    def vacancy(self, name: str) -> Vacancy | None:
        return self._vacancies.get(name)

    def wanted(self, vacancy: str, finding: Finding, attribute: str) -> Wanted | None:
        """What the criterion of a finding wants under one key of a record (`function`, `tags`)."""
        for criterion in self.criteria(vacancy, finding):
            if isinstance(criterion, Records):
                for one in filters_of(criterion):
                    if isinstance(one, Tags | Terms) and KEYS.get(one.attribute, one.attribute) == attribute:
                        if one.excluded or one.chosen or (isinstance(one, Tags) and not one.every and len(one.wanted) > 1):
                            continue
                        vocabulary = "" if isinstance(one, Tags) else one.tree or one.vocabulary or ""
                        return Wanted(attribute, tuple(one.wanted), vocabulary)
        return None

    def counts_absences(self, vacancy: str, finding: Finding) -> bool:
        """Whether long stays away were counted (the 183-day rule)."""
        return any(isinstance(one, Records) and one.absence_rule is not None for one in self.criteria(vacancy, finding))

    def criteria(self, vacancy: str, finding: Finding) -> list[Criterion]:
        """The criterion of a finding, and its readings, which stand at the same place."""
        if vacancy not in self._known:
            by_path = self._known[vacancy] = {}
            if (found := self._vacancies.get(vacancy)) is not None:
                for one in every_criterion(found.parsed(self._reference)):
                    by_path.setdefault(one.path, []).append(one)
        return [one for one in self._known[vacancy].get(finding.path, ()) if one.kind == finding.kind]

    def words(self) -> tuple[set[str], set[str]]:
        """The names of all facts, and all tags, that some vacancy asks about."""
        facts: set[str] = set()
        tags: set[str] = set()
        for vacancy in self._vacancies.values():
            for one in every_criterion(vacancy.parsed(self._reference)):
                if isinstance(one, Declared):
                    facts.update(one.facts)
                for question in questions(one):
                    tags.update(tag for piece in filters_of(question) if isinstance(piece, Tags) for tag in piece.wanted)
        return facts, tags


def every_criterion(parsed: Parsed) -> Iterator[Criterion]:
    """Every criterion and condition, with all of their branches, and what moves their limits."""
    for criterion in (*parsed.conditions.values(), *parsed.criteria):
        yield from _below(criterion)


def _below(criterion: Criterion) -> Iterator[Criterion]:
    yield criterion
    common = criterion.common
    for one in (*(reading for _, _, reading in common.readings), common.when, common.unless, common.derogation):
        if one is not None and one is not criterion:
            yield from _below(one)
    for one in conditions(criterion):
        yield from _below(one)
    if isinstance(criterion, Group | Together):
        for member in criterion.members:
            yield from _below(member)


def filters_of(question: Records) -> Iterator[Filter]:
    """The filters of a question, those of its exceptions among them."""
    yield from question.filters
    for several in (*question.different, *question.among, *question.other_than):
        yield from several
