"""A report in words for whoever embeds the package: why, what is open and which questions would settle it, in a language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from eligibility.loading.document import value_at
from eligibility.loading.loaded import Loaded
from eligibility.loading.plain_data import PlainData
from eligibility.loading.vocabularies import not_understood, unknown_to
from eligibility.reference import load_reference
from eligibility.report import About, Finding, Question, Report
from eligibility.reporters import Shown, reporter
from eligibility.reporters.asked import Asked
from eligibility.reporters.period import options_asked
from eligibility.reporters.sentences import Sentences
from eligibility.verdict import Cause, Closing
from eligibility.wording import Words, languages


def finding_in_words(finding: Finding, about: About, language: str) -> str:
    """Why, in the sentence that the report of the command has."""
    return _sentences(about, language).reason(finding)


def report_in_words(report: Report, about: About, language: str) -> str:
    """The report criterion by criterion, as the command prints it."""
    return reporter("text")(_shown([report], about, language))


def questions_of(report: Report, about: About) -> tuple[Question, ...]:
    """What is open for want of a fact, in the order of the criteria; what is asked in the same words is asked once."""
    telling = {language: _sentences(about, language) for language in languages()}
    paths: dict[str, list[str]] = {}
    criteria: dict[str, list[str]] = {}
    asked: dict[str, dict[str, str]] = {}
    for finding in report.required:
        for part in asking_parts(finding):
            texts = {language: text for language, sentences in telling.items() if (text := sentences.question(part))}
            if not texts:
                continue
            key = texts["en"]
            asked[key] = texts
            paths.setdefault(key, []).extend(part.missing)
            criteria.setdefault(key, []).append(finding.id or finding.kind)
    found = [Question(tuple(dict.fromkeys(paths[key])), tuple(dict.fromkeys(criteria[key])), asked[key]) for key in asked]
    return (*_open_for_whom(report, telling, [path for one in found for path in one.paths]), *found)


def _open_for_whom(report: Report, telling: Mapping[str, Sentences], asked: Sequence[str]) -> Iterator[Question]:
    """The question whether one can still apply, where that depends on a choice that nothing else asks for."""
    deadline = report.deadline
    if report.closing is not Closing.BY_CHOICE or deadline is None or (path := f"applications[].choices.{deadline.choice}") in asked:
        return
    words = {language: options_asked(deadline, sentences.words) for language, sentences in telling.items()}
    yield Question((path,), (), words)


def asking_parts(finding: Finding) -> Iterator[Finding]:
    """The parts of an open finding that each ask something of their own; the finding itself, where its question is one."""
    if Cause.MISSING_FACT not in finding.causes:
        return
    parts = [one for one in finding.children if Cause.MISSING_FACT in one.causes and not set(finding.missing).isdisjoint(one.missing)]
    if finding.question or finding.params.get("options") is not None or not parts:
        yield finding
        return
    for part in parts:
        yield from asking_parts(part)


def _sentences(about: About, language: str) -> Sentences:
    """The sentences on one person before one vacancy: they name what the profile says and what the vacancy wants."""
    shown = _shown((), about, language)
    return Sentences(shown.words, shown.reference, shown.value, Asked(shown.vacancies, shown.reference), shown.not_understood)


def _shown(reports: Sequence[Report], about: About, language: str) -> Shown:
    vacancy, profile, reference = about.vacancy, about.profile, about.reference or load_reference()
    data = profile.model_dump(mode="json", by_alias=True, exclude_none=True)
    known = unknown_to([vacancy], Loaded(profile, PlainData(data), profile.diagnostics), reference)
    return Shown(
        reports, Words(language), reference, profile_name="", detail=True, value=partial(value_at, data), vacancies=[vacancy],
        not_understood=not_understood(known),
    )  # fmt: skip
