"""Reports are frozen models: copied, pickled, dumped and shared between threads as any other."""

from __future__ import annotations

import copy
import json
import pickle
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import FrozenInstanceError, fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from eligibility.engine import check
from eligibility.loading.files import find_files
from eligibility.loading.models import load_profile, load_vacancy
from eligibility.reference import load_reference
from eligibility.report import Finding, Report

ROOT = Path(__file__).parents[2]
REFERENCE = load_reference()
VACANCIES = [load_vacancy(path) for path in find_files(str(ROOT / "rules"))]
PROFILE = load_profile(str(ROOT / "profiles" / "nadia.yaml"), REFERENCE)


def reports() -> list[Report]:
    """The same reports, made anew."""
    return [check(vacancy, PROFILE, date(2024, 3, 1), REFERENCE) for vacancy in VACANCIES]


WAYS: dict[str, Callable[[Report], Any]] = {
    "pickle": lambda one: pickle.loads(pickle.dumps(one)),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "model_copy": lambda one: one.model_copy(),
    "validated again": lambda one: Report.model_validate(dict(one)),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_report_made_of_another_says_the_same(way: str) -> None:
    """A copy is equal, and dumps to the same text."""
    for one in reports():
        again = WAYS[way](one)
        assert again == one
        assert again.model_dump_json() == one.model_dump_json()


def test_nothing_of_it_can_be_written_to() -> None:
    """A report is a frozen model; a finding refuses the same."""
    report = reports()[0]
    finding: Finding = report.findings[0]
    with pytest.raises(ValidationError):
        report.outcome = "other"  # type: ignore[misc, assignment]  # that it is refused is the point
    with pytest.raises(AttributeError, match="nonsense"):
        finding.nonsense  # type: ignore[attr-defined]  # noqa: B018 (that it is no field is the point)
    with pytest.raises(FrozenInstanceError):
        finding.code = "other"  # type: ignore[misc]  # that it is refused is the point
    with pytest.raises(TypeError):
        hash(finding)


def every(findings: tuple[Finding, ...]) -> Iterator[Finding]:
    for one in findings:
        yield one
        yield from every(one.children)


def test_a_finding_says_every_field_alone_as_in_its_report() -> None:
    """Each has a value for every field and none besides; by itself it dumps to what the report holds of it, and is made again of that."""
    names = {one.name for one in fields(Finding)}
    for report in reports():
        assert report.model_dump(mode="json")["findings"] == [one.model_dump(mode="json") for one in report.findings]
        for one in every((*report.findings, *report.judged)):
            assert vars(one).keys() - {"_about"} == names
            assert json.loads(one.model_dump_json()) == one.model_dump(mode="json")
            assert one.model_copy(update={"code": "other"}) != one == one.model_copy() == Finding(**{name: getattr(one, name) for name in names})


def test_threads_see_the_same() -> None:
    """Threads that read a report at once get the same text."""
    shared, texts = reports(), []
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [threading.Thread(target=lambda: texts.append([one.model_dump_json() for one in shared])) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert texts == [[one.model_dump_json() for one in reports()]] * 6
