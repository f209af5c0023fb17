"""What is refused of values that depend on a choice, and of choices that are compared: where it stands, and what to write."""

from __future__ import annotations

from typing import Any

import pytest

from eligibility.loading.models import read_vacancy
from eligibility.reference import load_reference

HEADER: dict[str, Any] = {
    "id": "test",
    "title": "Test",
    "dates": {"deadline": "2024-06-30", "start": "2024-09-01"},
    "choices": {
        "post": {"options": {"junior": "Junior", "senior": "Senior"}},
        "town": {"options": {"paris": "Paris", "lyon": "Lyon"}},
        "host": {"country": True},
        "home": {"country": True},
    },
}
EMPLOYERS = {"junior": "university", "senior": "ngo"}


def problems(criterion: dict[str, Any], **header: Any) -> list[tuple[str, tuple[str | int, ...]]]:
    """The code and the place inside the criterion of each error."""
    _, found = read_vacancy({**HEADER, **header, "criteria": [{"id": "c", **criterion}]}, load_reference())
    return [(one.code, one.path[2:] if one.path[:1] == ("criteria",) else one.path) for one in found if one.code.startswith("E")]


@pytest.mark.parametrize(
    ("value", "code", "place"),
    [
        ({"by": "post"}, "E201", ()),
        ({"by": "post", "values": {}}, "E211", ("values",)),
        ({"by": "post", "values": {"junior": "university"}}, "E201", ("values",)),
        ({"by": "post", "values": {**EMPLOYERS, "head": "ngo"}}, "E214", ("values", "head")),
        ({"by": "posts", "values": EMPLOYERS}, "E214", ("by",)),
        ({"by": "host", "values": {"FR": "university"}}, "E242", ("by",)),
        ({"by": "post", "values": {**EMPLOYERS, "senior": "nho"}}, "E205", ("values", "senior")),
        ({"by": "post", "values": EMPLOYERS, "else": "ngo"}, "E203", ("else",)),
        ([{"by": "post", "values": {**EMPLOYERS, "senior": "nho"}}], "E205", (0, "values", "senior")),
    ],
)
def test_a_value_names_every_option_and_nothing_else(value: Any, code: str, place: tuple[str | int, ...]) -> None:
    """Each slip is told once, where it is."""
    assert problems({"kind": "experience", "employer": value}) == [(code, ("employer", *place))]


def test_a_misspelt_key_is_told_once() -> None:
    """However many options read it."""
    assert problems({"kind": "experience", "emploier": {"by": "post", "values": EMPLOYERS}}) == [("E203", ("emploier",))]


def test_what_is_wrong_beside_it_is_told_once() -> None:
    """What does not depend on the choice is read for each option."""
    found = problems({"kind": "experience", "employer": {"by": "post", "values": EMPLOYERS}, "field": "lore"})
    assert found == [("E205", ("field",))]


def test_the_day_of_the_vacancy_depends_on_no_choice() -> None:
    """It is refused with the place where it works."""
    by = {"by": "post", "values": {"junior": "deadline", "senior": "start"}}
    assert ("E238", ("as_of", "by")) in problems({"kind": "age", "at_least": 18}, as_of=by)
    assert problems({"kind": "age", "at_least": 18, "as_of": by}) == []


@pytest.mark.parametrize(
    ("choice", "equals", "code"),
    [
        ("host", {"chosen": "host"}, "E242"),
        ("host", {"except": {"chosen": "host"}}, "E242"),
        ("host", {"chosen": "town"}, "E242"),
        ("town", {"chosen": "host"}, "E242"),
        ("town", {"chosen": "post"}, "E242"),
        ("town", {"chosen": "twon"}, "E214"),
        ("host", {"except": {"chosen": "homes"}}, "E214"),
        ("host", {"chosen": "home"}, None),
        ("host", {"except": {"chosen": "home"}}, None),
    ],
)
def test_only_choices_of_one_sort_are_compared(choice: str, equals: Any, code: str | None) -> None:
    """A country with a country, options with the same options, nothing with itself."""
    assert [one for one, _ in problems({"kind": "choice", "choice": choice, "equals": equals})] == ([] if code is None else [code])
