"""A finding works out its explanation when it is read; to whoever looks, it is whole."""

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
from pydantic import TypeAdapter, ValidationError

from eligibility.engine import check
from eligibility.loading.files import find_files
from eligibility.loading.models import load_profile, load_vacancy
from eligibility.reference import load_reference
from eligibility.report import Finding, Report

ROOT = Path(__file__).parent.parent
REFERENCE = load_reference()
VACANCIES = [load_vacancy(path) for path in find_files(str(ROOT / "rules"))]
PROFILE = load_profile(str(ROOT / "profiles" / "nadia.yaml"), REFERENCE)


def reports() -> list[Report]:
    """The same reports, of which nothing has been read."""
    return [check(vacancy, PROFILE, date(2024, 3, 1), REFERENCE) for vacancy in VACANCIES]


WAYS: dict[str, Callable[[Report], Any]] = {
    "itself": lambda one: one,
    "pickle": lambda one: pickle.loads(pickle.dumps(one)),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "model_copy": lambda one: one.model_copy(),
    "repr": repr,
    "iteration": dict,
    "dump": lambda one: one.model_dump(),
    "json": lambda one: one.model_dump_json(),
    "part": lambda one: one.findings[0].model_dump(exclude={"params"}),
    "inside another": lambda one: TypeAdapter(dict[str, Report]).dump_json({"one": one}),
    "a few fields": lambda one: [(found.missing, found.gap, found.verdict, found.causes, found.id) for found in one.findings],
    "a few, then all": lambda one: [(found.gap, found.verdict, found.model_dump_json()) for found in one.findings],
    "children": lambda one: [child for finding in one.findings for child in finding.children],
}


@pytest.mark.parametrize("way", WAYS)
def test_unread_is_as_read(way: str) -> None:
    """Whatever looks at a report first sees all of it."""
    read = reports()
    for one in read:
        one.model_dump_json()
    assert [WAYS[way](one) for one in reports()] == [WAYS[way](one) for one in read]


def test_it_is_a_frozen_model() -> None:
    """A finding nobody has read refuses what a model refuses."""
    unread: Finding = reports()[0].findings[0]
    with pytest.raises(AttributeError, match="nonsense"):
        unread.nonsense  # type: ignore[attr-defined]  # noqa: B018 (that it is no field is the point)
    with pytest.raises(ValidationError):
        unread.code = "other"  # type: ignore[misc]  # that it is refused is the point
    with pytest.raises(TypeError):
        hash(unread)
    assert reports()[0].findings[0].model_fields_set == set()


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
