"""Cases an adviser could write: those of the rule files, and `tests/cases/`, where each construct of the language has its own.

Run by what `eligibility test` runs.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eligibility.engine import outcome
from eligibility.reference import load_reference
from eligibility.reporters.sentences import Sentences
from eligibility.testing.find import find_cases
from eligibility.testing.model import Case, CaseFile
from eligibility.testing.run import answer, run_case
from eligibility.verdict import Verdict
from eligibility.wording import Words

ROOT = Path(__file__).parent.parent
FOUND = find_cases([str(ROOT / "rules"), *map(str, sorted((ROOT / "tests" / "cases").glob("*.yaml")))], load_reference())


def _cases() -> list[Any]:
    return [pytest.param(file, case, id=f"{Path(file.name).name}: {case.name}") for file in FOUND.files for case in file.cases]


def test_every_case_file_can_be_read() -> None:
    """No case file has an error."""
    assert [one for one in FOUND.diagnostics if one.is_error] == []


@pytest.mark.parametrize(("file", "case"), _cases())
def test_case(file: CaseFile, case: Case) -> None:
    """What the case says is what the report says."""
    assert run_case(file, case).differences == ()


def test_the_report_of_every_case_can_be_written() -> None:
    """Whatever the case, its report is text in both languages and JSON: a day nobody knows has a form, too."""
    sentences = [Sentences(Words(language), load_reference()) for language in ("en", "fr")]
    for file in FOUND.files:
        for case in file.cases:
            report = answer(case)
            assert outcome(case.vacancy, case.profile, case.day, case.reference) == (report.outcome, report.closing)
            assert json.loads(report.model_dump_json())["vacancy"] == report.vacancy
            assert all(one.reason(finding) for one in sentences for finding in report.findings), case.name


def test_an_option_that_nobody_chose_never_answers_for_another() -> None:
    """What is settled without a choice is so under every option, and each track answers as if its option had been chosen."""
    tried = 0
    for file in FOUND.files:
        for case in file.cases:
            told = next((one.choices for one in case.profile.applications if one.vacancy == case.vacancy.id), {})
            report = answer(case)
            for name, choice in case.vacancy.choices.items():
                if name in told or not choice.options:
                    continue
                tracks = {track.option: track.findings for track in report.tracks if track.choice == name}
                for option in choice.options:
                    chosen = answer(_choosing(case, name, option))
                    if option in tracks:
                        assert [one.verdict for one in tracks[option]] == [one.verdict for one in chosen.findings], case.name
                    elif not report.tracks:
                        for one, other in zip(report.findings, chosen.findings, strict=True):
                            assert one.verdict in (Verdict.UNKNOWN, other.verdict) or other.verdict is Verdict.NOT_APPLICABLE, case.name
                    tried += 1
    assert tried > 100


def _choosing(case: Case, name: str, option: str) -> Case:
    """The same case where the profile has chosen."""
    applications = case.data.get("applications") or []
    own = next((one for one in applications if one["vacancy"] == case.vacancy.id), {"vacancy": case.vacancy.id})
    choosing = {**own, "choices": {**own.get("choices", {}), name: option}}
    data = {**case.data, "applications": [*(one for one in applications if one is not own), choosing]}
    return Case(case.name, case.path, case.day, data, case.vacancy, case.expect, case.reference)
