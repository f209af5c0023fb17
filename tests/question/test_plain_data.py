"""What is asked is frozen data that says itself: nobody who asks it leaves anything in it."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eligibility.engine import check
from eligibility.loading.files import find_files
from eligibility.loading.models import load_profile, load_vacancy
from eligibility.reference import load_reference
from eligibility.vacancy import Vacancy

ROOT = Path(__file__).parents[2]
REFERENCE = load_reference()
PATHS = find_files(str(ROOT / "rules"))


def parts(value: Any) -> Iterator[Any]:
    """Everything that a question holds."""
    yield value
    inside = value if isinstance(value, tuple | list | frozenset) else value.values() if isinstance(value, dict) else ()
    if is_dataclass(value):
        inside = [getattr(value, one.name) for one in fields(value)]
    for one in inside:
        yield from parts(one)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: Path(path).stem)
def test_a_question_can_be_asked_and_stays_as_it_was(path: str) -> None:
    vacancy = load_vacancy(path, REFERENCE)
    criteria = vacancy.parsed(REFERENCE).criteria
    before = repr(criteria), pickle.dumps(criteria)
    check(vacancy, load_profile(str(ROOT / "profiles" / "elena.yaml"), REFERENCE), date(2024, 3, 1), REFERENCE)
    assert vacancy.parsed(REFERENCE).criteria is criteria
    assert (repr(criteria), pickle.dumps(criteria)) == before


@pytest.mark.parametrize("path", PATHS, ids=lambda path: Path(path).stem)
def test_no_part_of_a_question_can_be_written_to(path: str) -> None:
    made = [one for criterion in load_vacancy(path, REFERENCE).parsed(REFERENCE).criteria for one in parts(criterion) if is_dataclass(one)]
    assert made
    for one in made:
        with pytest.raises(FrozenInstanceError):
            setattr(one, fields(one)[0].name, None)
        assert not hasattr(one, "__dict__")


def test_a_question_prints_as_what_it_says() -> None:
    asked = {"id": "jobs", "kind": "experience", "at_least": "2 years", "during": {"within": "5 years", "before": "deadline"}}
    vacancy = Vacancy.from_dict({"id": "post", "title": "Post", "dates": {"deadline": "2024-03-31"}, "criteria": [asked]})
    [question] = vacancy.parsed(REFERENCE).criteria
    said = repr(question)
    assert said.startswith("Records(kind='experience'")
    assert "Length(months=24, days=0)" in said
    assert "name='deadline'" in said
