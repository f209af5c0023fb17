"""Tables of a notice as authors write them: two lines for one person are refused in their places, and so is what cannot be read."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from eligibility.loading.models import read_vacancy
from eligibility.question.table import Line, Range
from eligibility.reference import load_reference

REFERENCE = load_reference()


def problems(lines: str, bound: str = "at_least: {table: weights}") -> list[tuple[str, tuple[Any, ...], Any]]:
    """Code, path and the other place of each problem of a vacancy with one table."""
    data = {
        "id": "post",
        "title": "Post",
        "choices": {"post": {"options": {"sea": "At sea", "land": "On land"}}, "host": {"country": True}},
        "tables": {"weights": yaml.safe_load(lines)},
        "criteria": [yaml.safe_load(f"{{id: it, kind: declared, fact: weight_kg, {bound}}}")],
    }
    return [(one.code, one.path, one.params.get("first")) for one in read_vacancy(data, REFERENCE)[1]]


@pytest.mark.parametrize(
    "lines",
    [
        "[{height_cm: {less_than: 160}, is: 45}, {height_cm: {at_least: 160}, is: 50}]",
        "[{height_cm: {at_most: 160}, is: 45}, {height_cm: {more_than: 160}, is: 50}]",
        "[{age: {at_most: 29}, is: 45}, {age: {at_least: 30}, is: 50}]",
        "[{age: {less_than: 30}, is: 45}, {age: {more_than: 29, at_most: 34}, is: 47}, {age: {more_than: 34}, is: 50}]",
        "[{fit: true, is: 45}, {fit: false, is: 50}]",
        "[{post: sea, is: 45}, {post: [land], is: 50}]",
        "[{age: {less_than: 30}, height_cm: {less_than: 160}, is: 45}, {age: {less_than: 30}, height_cm: {at_least: 160}, is: 50}, {age: {at_least: 30}, is: 5}]",
        "[{children_count: 0, is: 45}, {children_count: 1, is: 50}]",
    ],
)
def test_lines_that_are_about_different_people(lines: str) -> None:
    assert problems(lines) == []


@pytest.mark.parametrize(
    ("lines", "later", "earlier"),
    [
        ("[{height_cm: {at_most: 160}, is: 45}, {height_cm: {at_least: 160}, is: 50}]", 1, 0),
        ("[{age: {at_most: 30}, is: 45}, {age: {more_than: 29}, is: 50}]", 1, 0),
        ("[{fit: true, is: 45}, {age: {at_least: 30}, is: 50}]", 1, 0),
        ("[{post: sea, is: 45}, {post: land, is: 46}, {post: [land, sea], is: 50}]", 2, 0),
        ("[{age: 30, is: 45}, {age: 31, is: 45}, {age: {at_least: 31}, is: 50}]", 2, 1),
    ],
)
def test_two_lines_that_may_be_one_persons(lines: str, later: int, earlier: int) -> None:
    """Both places are told, the later one first."""
    assert problems(lines) == [("E255", ("tables", "weights", later), ("tables", "weights", earlier))]


@pytest.mark.parametrize(
    ("lines", "code", "path"),
    [
        ("[]", "E211", ()),
        ("{age: 30, is: 45}", "E204", ()),
        ("[45]", "E204", (0,)),
        ("[{age: 30}]", "E201", (0,)),
        ("[{is: 45}]", "E201", (0,)),
        ("[{age: 30, is: 45 kg}]", "E204", (0, "is")),
        ("[{age: 30, is: true}]", "E204", (0, "is")),
        ("[{age: {less_than: 30 years}, is: 45}]", "E204", (0, "age", "less_than")),
        ("[{age: {under: 30}, is: 45}]", "E203", (0, "age", "under")),
        ("[{age: {}, is: 45}]", "E211", (0, "age")),
        ("[{age: true, is: 45}]", "E204", (0, "age")),
        ("[{age: {more_than: 29, less_than: 30}, is: 45}]", "E256", (0, "age")),
        ("[{height_cm: {at_least: 160, less_than: 160}, is: 45}]", "E256", (0, "height_cm")),
        ("[{fit: true, is: 45}, {fit: {at_least: 3}, is: 46}]", "E204", (1, "fit")),
        ("[{military_obligations_met: 1, is: 45}]", "E204", (0, "military_obligations_met")),
        ("[{post: air, is: 45}]", "E214", (0, "post")),
        ("[{host: FR, is: 45}]", "E242", (0, "host")),
    ],
)
def test_what_no_line_can_say(lines: str, code: str, path: tuple[Any, ...]) -> None:
    """Each problem stands where the author wrote it; the bound that names the table is not told a second time."""
    found = [(one, at) for one, at, _ in problems(lines)]
    assert found == [(code, ("tables", "weights", *path))]


@pytest.mark.parametrize(
    ("bound", "code", "path"),
    [
        ("at_least: {table: weight}", "E253", ("at_least", "table")),
        ("at_least: {table: weights, by: post}", "E203", ("at_least", "by")),
        ("at_least: {table: [weights]}", "E204", ("at_least", "table")),
    ],
)
def test_a_bound_that_names_no_table(bound: str, code: str, path: tuple[Any, ...]) -> None:
    lines = "[{age: {less_than: 30}, is: 45}]"
    assert [(one, at) for one, at, _ in problems(lines, bound)] == [(code, ("criteria", 0, *path))]


def test_a_table_stands_in_bounds_of_facts_alone() -> None:
    """An age or a length has no table: it says where one works."""
    raw = {"id": "it", "kind": "age", "at_least": {"table": "weights"}}
    data = {"id": "post", "title": "Post", "tables": {"weights": [{"fit": True, "is": 45}]}, "criteria": [raw]}
    assert [(one.code, one.path) for one in read_vacancy(data, REFERENCE)[1]] == [("E238", ("criteria", 0, "at_least", "table"))]


def test_a_table_that_nobody_could_check_is_refused() -> None:
    """Its lines are compared two by two, and its columns with each other: neither may take minutes."""
    many = [{"n": index, "is": 1} for index in range(501)]
    wide = [{f"x{name}": index, "is": index} for index in range(40) for name in "abc"]
    for lines, form in ((many, None), (wide, "answers")):
        data = {
            "id": "post",
            "title": "Post",
            "tables": {"t": lines},
            "criteria": [{"id": "it", "kind": "declared", "fact": "x", "at_least": {"table": "t"}}],
        }
        found = [(one.code, one.params.get("form")) for one in read_vacancy(data, REFERENCE)[1]]
        assert ("E254", form) in found


_ENDS = st.tuples(st.integers(0, 6), st.booleans(), st.integers(0, 6), st.booleans()).map(lambda ends: Range(*ends))


@given(_ENDS, _ENDS, st.booleans())
def test_two_ranges_meet_where_some_number_lies_in_both(one: Range, other: Range, years: bool) -> None:
    """Compared with every number of the little world, halves among them; of ages with whole numbers alone."""
    one, other = (one.in_years(), other.in_years()) if years else (one, other)
    numbers = [number / (1 if years else 4) for number in range(7 if years else 28)]
    assert one.empty is not any(number in one for number in numbers)
    if not one.empty and not other.empty:
        assert one.meets(other) is any(number in one and number in other for number in numbers)


@given(st.lists(st.fixed_dictionaries({"x": _ENDS, "y": st.sampled_from([(True,), (False,), (True, False)])}), min_size=2, max_size=2))
def test_two_lines_meet_where_somebody_is_in_both(cells: list[dict[str, Any]]) -> None:
    """Column by column is enough: a person answers each by itself."""
    one, other = (Line(each, 1) for each in cells)
    if any(each["x"].empty for each in cells):
        return
    people = product([number / 4 for number in range(28)], (True, False))
    both = any(x in one.cells["x"] and x in other.cells["x"] and y in one.cells["y"] and y in other.cells["y"] for x, y in people)
    assert one.meets(other) is both
