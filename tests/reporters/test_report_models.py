"""Reports are frozen models: copied, pickled, dumped and shared between threads as any other."""

from __future__ import annotations

import copy
import pickle
import sys
import threading
from collections.abc import Callable
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


def test_it_is_a_frozen_model() -> None:
    """A finding refuses what a frozen model refuses."""
    finding: Finding = reports()[0].findings[0]
    with pytest.raises(AttributeError, match="nonsense"):
        finding.nonsense  # type: ignore[attr-defined]  # noqa: B018 (that it is no field is the point)
    with pytest.raises(ValidationError):
        finding.code = "other"  # type: ignore[misc]  # that it is refused is the point
    with pytest.raises(TypeError):
        hash(finding)


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
