"""What a case file says: candidates, days, and what each criterion should answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from eligibility.deciding.session import Session
from eligibility.diagnostic import Place
from eligibility.facts import ProfileFacts
from eligibility.loading.document import Document
from eligibility.loading.models import read_profile
from eligibility.profile import Profile
from eligibility.reading.reader import Path
from eligibility.reference import Reference
from eligibility.vacancy import NamedDay, Vacancy
from eligibility.verdict import Verdict

VERDICTS: Mapping[str, Verdict] = {
    **{str(verdict): verdict for verdict in Verdict},
    "P": Verdict.PASS,
    "F": Verdict.FAIL,
    "U": Verdict.UNKNOWN,
    "N": Verdict.NOT_APPLICABLE,
}
"""The words for a verdict, and their short forms."""


class Wanted(NamedTuple):
    """One thing a case expects: of a criterion (`about` is its id, or names one of its readings, `id.readings[0]`) or of the whole
    report (`about` is None).

    `key` is `verdict`, `code`, `missing`, `causes`, `preferred`, `gap` or `future`; of a report `outcome`, `closing` or `tracks`.
    `value` is plain data; `path` is where it stands in the file.
    """

    about: str | None
    key: str
    value: Any
    path: Path


class Rule:
    """A rule file that was read: its vacancy (None when it is broken), its plain data and its places."""

    def __init__(self, vacancy: Vacancy | None, document: Document) -> None:
        self.vacancy = vacancy
        self.document = document

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.document.name


class Case:
    """One candidate on one day before one vacancy, and what is expected."""

    def __init__(
        self, name: str, path: Path, day: date | datetime, data: Mapping[str, Any], vacancy: Vacancy,
        expect: tuple[Wanted, ...], reference: Reference,
        dates: Mapping[str, NamedDay] | None = None,
    ) -> None:  # fmt: skip
        self.name = name
        self.path = path
        self.day = day
        self.data = data
        self.vacancy = vacancy
        self.expect = expect
        self.reference = reference
        self.dates = dates or {}
        """The days of the vacancy that are others in this case."""

    def at_its_days(self, vacancy: Vacancy) -> Vacancy:
        """A vacancy with the days of this case."""
        if not self.dates:
            return vacancy
        moved = vacancy.model_copy(update={"dates": {**vacancy.dates, **self.dates}})
        parsed = vacancy.parsed(self.reference)
        moved.keep(parsed._replace(session=Session(self.reference, parsed.session.names)), self.reference)
        return moved

    @cached_property
    def profile(self) -> Profile:
        """The profile, made only when the case is run; its data were read key by key and are good."""
        profile, problems = read_profile(self.data, self.reference)
        assert profile is not None, problems
        return profile

    @cached_property
    def facts(self) -> ProfileFacts:
        """The facts of the profile, prepared once however many rules are tried on them."""
        return ProfileFacts(self.profile, self.reference)

    @cached_property
    def named(self) -> frozenset[str]:
        """The ids of the criteria of which it says what to expect, or of one of whose readings."""
        return frozenset(wanted.about.partition(".")[0] for wanted in self.expect if wanted.about is not None)


class Accepted(NamedTuple):
    """Something the cases need not show, and why: a mutant that changes nothing, a verdict that nobody can get."""

    key: str
    what: str
    why: Mapping[str, str]
    place: Place


class CaseFile(NamedTuple):
    """The cases of one file. `rule` is the rule file they are about; None when the file holds small vacancies of its own."""

    document: Document
    rule: Rule | None
    cases: tuple[Case, ...]
    accepted: tuple[Accepted, ...]
    profile: Mapping[str, Any]
    day: str | None

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.document.name
