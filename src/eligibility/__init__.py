"""Tells a person whether they may apply for a post: criterion by criterion, with the reason.

>>> from datetime import date
>>> from eligibility import check, load_profile, load_vacancy
>>> profile = load_profile("profiles/lea.yaml")
>>> vacancy = load_vacancy("rules/quebec-unesco-ethics-2023-020.yaml")
>>> check(vacancy, profile, on=date(2023, 9, 15)).outcome
<Outcome.LIKELY_ELIGIBLE: 'likely_eligible'>
"""

from __future__ import annotations

from eligibility import above

TYPE_CHECKING = False  # the `typing` of the standard library takes longer to import than all that is here
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from typing import Any

    from eligibility.checks.vacancies import load_vacancy
    from eligibility.diagnostic import Diagnostic, Problems
    from eligibility.loading.models import load_profile
    from eligibility.profile import Profile
    from eligibility.reference import Reference
    from eligibility.report import About, Finding, Question, Report
    from eligibility.vacancy import Vacancy
    from eligibility.verdict import Cause, Closing, Outcome, Verdict

_HOMES = {
    "load_profile": "loading.models", "load_vacancy": "checks.vacancies", "Problems": "diagnostic", "Diagnostic": "diagnostic",
    "Profile": "profile", "Vacancy": "vacancy", "Report": "report", "Finding": "report", "Question": "report", "Reference": "reference",
    "Verdict": "verdict", "Outcome": "verdict", "Cause": "verdict", "Closing": "verdict",
}  # fmt: skip

__all__ = [
    "Cause", "Closing", "Diagnostic", "Finding", "Outcome", "Problems", "Profile", "Question", "Reference", "Report", "Vacancy", "Verdict",
    "check", "load_profile", "load_vacancy",
]  # fmt: skip


def check(vacancy: Vacancy, profile: Profile, on: date | datetime, reference: Reference | None = None) -> Report:
    """The report of one candidate before one vacancy.

    `on` is the day of application: a date, or a date-time where a deadline has an hour (without a zone, local to the
    vacancy; with one, the day is the one that it is there). `reference` defaults to the data that come with this version.
    Pure: no clock, no network, no environment.
    """
    from eligibility import engine
    from eligibility.reference import load_reference
    from eligibility.report import About

    return engine.check(vacancy, profile, on, reference or load_reference(), about=About(vacancy, profile, reference))


def _read_profile(data: object, reference: Reference | None) -> Profile:
    from eligibility.loading.plain_data import read_profile_data

    return read_profile_data(data, reference)


def _read_vacancy(data: object, reference: Reference | None) -> Vacancy:
    from eligibility.checks.vacancies import read_vacancy_data

    return read_vacancy_data(data, reference)


def _problem_in_words(code: str, params: Mapping[str, object], language: str) -> tuple[str, str]:
    from eligibility.wording import Words

    return Words(language).problem(code, params)


def _finding_in_words(finding: Finding, about: About, language: str) -> str:
    from eligibility.telling import finding_in_words

    return finding_in_words(finding, about, language)


def _report_in_words(report: Report, about: About, language: str) -> str:
    from eligibility.telling import report_in_words

    return report_in_words(report, about, language)


def _questions_of(report: Report, about: About) -> tuple[Question, ...]:
    from eligibility.telling import questions_of

    return questions_of(report, about)


above.finding_in_words, above.report_in_words, above.questions_of = _finding_in_words, _report_in_words, _questions_of
above.read_profile, above.read_vacancy, above.problem_in_words = _read_profile, _read_vacancy, _problem_in_words


def __getattr__(name: str) -> Any:
    """Names are imported when they are first used: a command pays for what it uses."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"eligibility.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'eligibility' has no attribute {name!r}")
