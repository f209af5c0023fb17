"""What is larger than anybody needs is refused with its place where the documented limit is passed, and read up to it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eligibility.diagnostic import Problems
from eligibility.engine import check
from eligibility.loading.files import MAX_FOLDERS, find_files
from eligibility.profile import Profile
from eligibility.reference import load_reference
from eligibility.vacancy import MOST_LEVELS, Unreadable, Vacancy

REFERENCE = load_reference()
MANY = 1_500
"""More than Python follows functions that call themselves."""


def chain(links: int, ends_in_itself: bool = False) -> list[dict[str, Any]]:
    """Criteria of which each refers to the next one; the last asks an age, or refers to the first."""
    last = {"id": f"c{links}", "met": "c0"} if ends_in_itself else {"id": f"c{links}", "kind": "age", "at_least": 18}
    return [*({"id": f"c{number}", "met": f"c{number + 1}"} for number in range(links)), last]


def vacancy(criteria: list[dict[str, Any]]) -> Vacancy:
    return Vacancy.model_validate({"id": "post", "title": "Post", "dates": {"deadline": "2024-06-30"}, "criteria": criteria})


def problems(criteria: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    with pytest.raises(Unreadable) as refused:
        vacancy(criteria).parsed(REFERENCE)
    return [(problem.code, problem.path[:2]) for problem in refused.value.problems]


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("links", [1, MOST_LEVELS - 1, MOST_LEVELS])
def test_criteria_may_refer_to_others_that_refer_to_others(links: int, backwards: bool) -> None:
    criteria = chain(links)
    post = vacancy(criteria[::-1] if backwards else criteria)
    report = check(post, Profile.model_validate({"birth_date": "1990-01-01"}), date(2024, 6, 1), REFERENCE)
    assert report.outcome.value == "likely_eligible"


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("links", [MOST_LEVELS + 1, MANY])
def test_criteria_that_refer_too_far_are_refused_where_it_becomes_too_far(links: int, backwards: bool) -> None:
    criteria = chain(links)
    at = links - MOST_LEVELS - 1
    expected = len(criteria) - 1 - at if backwards else at
    assert problems(criteria[::-1] if backwards else criteria) == [("E250", ("criteria", expected))]


@pytest.mark.parametrize("links", [1, MANY])
def test_criteria_that_refer_to_one_another_in_a_circle_are_refused(links: int) -> None:
    assert "E213" in [code for code, _ in problems(chain(links, ends_in_itself=True))]


def folders(start: Path, depth: int) -> None:
    """A rule file below so many folders inside one another."""
    here = start
    for _ in range(depth):
        here /= "in"
    here.mkdir(parents=True)
    (here / "post.yaml").write_text("id: post\n")


@pytest.mark.parametrize("depth", [1, MAX_FOLDERS - 1, MAX_FOLDERS])
def test_folders_inside_one_another_are_looked_through(depth: int, tmp_path: Path) -> None:
    folders(tmp_path / "rules", depth)
    assert len(find_files(str(tmp_path / "rules"))) == 1


def test_folders_that_lie_too_deep_inside_one_another_are_refused(tmp_path: Path) -> None:
    folders(tmp_path / "rules", MAX_FOLDERS + 1)
    with pytest.raises(Problems) as refused:
        find_files(str(tmp_path / "rules"))
    (one,) = refused.value.diagnostics
    assert (one.code, one.place.file) == ("E112", str(tmp_path / "rules"))
