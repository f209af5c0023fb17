"""An answer depends on what was asked and on nothing else: not on what was asked before, by whom, or at the same time."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import permutations
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from eligibility.engine import check
from eligibility.loading.files import find_files
from eligibility.loading.models import load_profile, load_vacancy
from eligibility.profile import Profile
from eligibility.reference import Reference, load_reference
from eligibility.vacancy import Vacancy

ROOT = Path(__file__).parents[2]
REFERENCE = load_reference()
DAY = date(2024, 3, 1)
PEOPLE = [load_profile(str(ROOT / "profiles" / name), REFERENCE) for name in ("elena.yaml", "nadia.yaml", "tomas.yaml")]
SAYS: dict[str, Any] = {
    "id": "post", "title": "Post", "jurisdiction": "FR", "dates": {"deadline": "2024-02-28"}, "lists": {"partners": ["CLUB"]},
    "criteria": [
        {"id": "citizen", "kind": "citizenship", "of": "CLUB"},
        {"id": "listed", "kind": "citizenship", "of": {"list": "partners"}},
        {"id": "adult", "kind": "age", "at_least": 18},
    ],
}  # fmt: skip
WORLDS = [
    Reference.from_data({
        "countries": ["FR", "IT"], "leap_birthdays": {"FR": birthday}, "groups": {"CLUB": {"members": {member: [[1, None, None]]}}},
    })
    for member, birthday in (("FR", "feb28"), ("IT", "mar1"))
]  # fmt: skip
"""Two worlds that differ in who belongs to a club and in when somebody born on a 29 February comes of age."""


def verdicts(vacancy: Vacancy, reference: Reference) -> list[str]:
    person = Profile.model_validate({"citizenships": ["FR"], "birth_date": "2006-02-28"})
    return [str(finding.verdict) for finding in check(vacancy, person, DAY, reference).findings]


@pytest.mark.parametrize("order", [*permutations((0, 1)), (0, 1, 0), (1, 0, 1)])
def test_one_vacancy_asked_with_two_references_answers_each_whatever_came_first(order: tuple[int, ...]) -> None:
    vacancy = Vacancy.model_validate(SAYS)
    expected = (["pass", "pass", "pass"], ["fail", "fail", "pass"])
    assert [verdicts(vacancy, WORLDS[one]) for one in order] == [expected[one] for one in order]


WAYS: dict[str, Callable[[Vacancy], Vacancy]] = {
    "pickle": lambda one: pickle.loads(pickle.dumps(one)),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "model_copy": lambda one: one.model_copy(),
    "deep model_copy": lambda one: one.model_copy(deep=True),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("path", find_files(str(ROOT / "rules")), ids=lambda path: Path(path).stem)
def test_a_vacancy_that_was_used_can_be_copied_and_answers_as_it_did(path: str, way: str) -> None:
    vacancy = load_vacancy(path, REFERENCE)
    before = [check(vacancy, person, DAY, REFERENCE).model_dump_json() for person in PEOPLE]
    again = WAYS[way](vacancy)
    assert (again.digest, again.file) == (vacancy.digest, vacancy.file)
    assert [check(again, person, DAY, REFERENCE).model_dump_json() for person in PEOPLE] == before


def test_a_vacancy_that_was_used_is_still_equal_to_one_that_was_not() -> None:
    used, unused = Vacancy.model_validate(SAYS), Vacancy.model_validate(SAYS)
    verdicts(used, WORLDS[0])
    assert used == unused
    assert used != unused.model_copy(update={"id": "other"})


def test_a_copy_that_says_something_else_answers_what_it_says() -> None:
    vacancy = Vacancy.model_validate(SAYS)
    assert verdicts(vacancy, WORLDS[0])[2] == "pass"
    older = vacancy.model_copy(update={"criteria": [*SAYS["criteria"][:2], {"id": "adult", "kind": "age", "at_least": 40}]})
    assert [verdicts(one, WORLDS[0])[2] for one in (older, vacancy, older)] == ["fail", "pass", "fail"]


def test_threads_that_ask_one_vacancy_with_several_references_each_get_their_own_answer() -> None:
    vacancy = Vacancy.model_validate(SAYS)
    expected = [verdicts(vacancy, world) for world in WORLDS]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda number: verdicts(vacancy, WORLDS[number % 2]), range(400)))
    assert found == [expected[number % 2] for number in range(400)]


def test_threads_that_ask_the_same_vacancies_about_several_people_answer_as_one_does() -> None:
    def answers(person: Profile) -> list[str]:
        return [check(vacancy, person, DAY, REFERENCE).model_dump_json() for vacancy in vacancies]

    vacancies = [load_vacancy(path, REFERENCE) for path in find_files(str(ROOT / "rules"))]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(answers, PEOPLE * 4))
    assert found == [answers(person) for person in PEOPLE] * 4


def test_forked_workers_that_share_used_vacancies_answer_as_one_process_does() -> None:
    vacancies = [load_vacancy(path, REFERENCE) for path in find_files(str(ROOT / "rules"))]
    expected = [[check(vacancy, person, DAY, REFERENCE).model_dump_json() for vacancy in vacancies] for person in PEOPLE]
    global _shared
    _shared = vacancies
    with get_context("fork").Pool(2) as pool:
        found = pool.map(_of_person, [*range(len(PEOPLE))] * 2)
    assert found == expected * 2


_shared: list[Vacancy] = []
"""What a forked worker has from the process it comes from."""


def _of_person(number: int) -> list[str]:
    return [check(vacancy, PEOPLE[number], DAY, REFERENCE).model_dump_json() for vacancy in _shared]


def test_what_was_asked_before_does_not_change_an_answer() -> None:
    paths = find_files(str(ROOT / "rules"))
    fresh = [[check(load_vacancy(path, REFERENCE), person, DAY, REFERENCE).model_dump_json() for path in paths] for person in PEOPLE]
    vacancies = [load_vacancy(path, REFERENCE) for path in paths]
    for order in permutations(range(len(PEOPLE))):
        for number in order:
            assert [check(vacancy, PEOPLE[number], DAY, REFERENCE).model_dump_json() for vacancy in vacancies] == fresh[number]
