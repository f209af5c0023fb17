"""A table gets the answers that each of its people would get alone."""

from __future__ import annotations

import itertools
from collections import defaultdict
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pytest

from eligibility.columns import check, stream
from eligibility.loading.models import read_vacancy
from tests.worlds.__main__ import rules

from .material import PROFILES, REFERENCE, VACANCIES, answers_of, comparable, expected, table_of


@pytest.mark.parametrize("on", [date(2023, 9, 15), date(2024, 3, 26), date(2024, 3, 27), date(2024, 3, 28), datetime(2025, 5, 20, 23, 59)])
def test_the_profiles_before_our_vacancies(on: date) -> None:
    answers = check(table_of(PROFILES), VACANCIES, on, reference=REFERENCE).read_all().to_pylist()
    assert [row["row"] for row in answers] == list(range(1, len(PROFILES) + 1))
    assert comparable(answers) == [expected(person, VACANCIES, on) for person in PROFILES]


@pytest.mark.parametrize("seed", range(1, 4))
def test_generated_people_before_generated_rules(seed: int) -> None:
    """The people of `tests.worlds`, of whom dates, words and lists are known well or less well, before every part of the language."""
    for one in itertools.islice(rules(seed), 60):
        if one is None:
            continue
        vacancy, problems = read_vacancy({"id": "post", "title": "Post", **one.rule}, REFERENCE)
        if vacancy is None or any(problem.code.startswith("E") for problem in problems):
            continue
        by_day: dict[date, list[Any]] = defaultdict(list)
        for person, on in one.meetings:
            by_day[on].append(person)
        for on, people in by_day.items():
            try:
                table = table_of(people)
            except pa.ArrowException:  # two people write one thing in two types
                continue
            answers = answers_of(table, [vacancy], on)
            assert answers == [expected(person, [vacancy], on) for person in people], one.rule


def test_outcomes_alone_are_those_with_criteria() -> None:
    on = date(2024, 3, 27)
    answers = check(table_of(PROFILES), VACANCIES, on, reference=REFERENCE, detail="outcomes").read_all().to_pylist()
    assert comparable(answers) == [expected(person, VACANCIES, on, criteria=False) for person in PROFILES]


@pytest.mark.parametrize("rows", [7, 40])
def test_batches_know_nothing_of_each_other(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was seen in one batch changes nothing in the next: everybody gets what they get alone, whoever came before."""
    monkeypatch.setattr(stream, "ROWS", rows)
    on = date(2024, 3, 27)
    people = [meeting.person for one in itertools.islice(rules(5), 20) if one is not None for meeting in one.meetings]
    people = [one for one in people if "relatives" not in one and "applications" not in one]
    people = [one for one in people if not any(f"'{key}'" in str(one) for key in ("grade", "tests"))]  # a column is of figures or of words
    table = table_of(people)
    answers = answers_of(table, VACANCIES, on)
    for person, row in zip(people, answers, strict=True):
        assert row == {"id": None, **expected(person, VACANCIES, on)}


@pytest.mark.parametrize(("within", "verdict"), [("29 days", "fail"), ("30 days", "unknown"), ("31 days", "pass")])
def test_a_window_that_moves_over_months_of_different_lengths(within: str, verdict: str) -> None:
    """The month before a start in summer has thirty days, or thirty-one: every day that the start may be is looked at."""
    held = {"id": "held", "kind": "funds", "during": {"within": within, "before": "start"}, "at_least": "1 month", "as_of": "start"}
    dates = {"deadline": "2025-03-31", "start": {"from": "2025-07-01", "to": "2025-09-30"}}
    vacancy, _ = read_vacancy({"id": "post", "title": "Post", "as_of": "deadline", "dates": dates, "criteria": [held]}, REFERENCE)
    assert vacancy is not None
    people = [{"funds": [{"from": "2025-03-02", "to": "2026-01-27"}]}, {"funds": [{"from": "2025-07-15"}]}]
    on = date(2025, 3, 15)
    answers = answers_of(table_of(people), [vacancy], on)
    assert answers == [expected(person, [vacancy], on) for person in people]
    assert verdict in str(answers[0])


def test_a_limit_of_a_table_rests_on_other_facts_and_on_the_age() -> None:
    """A weight by height and age: in a group and by itself, with each of the facts said or not."""
    lines = [
        {"height_cm": {"less_than": 160}, "age": {"less_than": 30}, "is": 45},
        {"height_cm": {"less_than": 160}, "age": {"at_least": 30}, "is": 50},
        {"height_cm": {"at_least": 160}, "is": 55},
    ]
    weight = {"kind": "declared", "fact": "weight_kg", "at_least": {"table": "least"}}
    rule = {
        "id": "post", "title": "Post", "as_of": "deadline", "dates": {"deadline": "2025-03-31"}, "tables": {"least": lines},
        "criteria": [{"id": "weight", **weight}, {"id": "any", "any_of": [weight, {"kind": "child"}]}],
    }  # fmt: skip
    vacancy, problems = read_vacancy(rule, REFERENCE)
    assert vacancy is not None, problems
    stated = [
        {name: value for name, value in (("height_cm", height), ("weight_kg", weighs)) if value is not None}
        for height in (159, 160, None) for weighs in (44, 45, 50, 54, 55, None)
    ]  # fmt: skip
    people: list[dict[str, Any]] = [
        {"children": [], **({} if born is None else {"birth_date": born}), "facts": facts}
        for facts in stated if facts for born in ("1995-03-31", "1995-04-01", None)
    ]  # fmt: skip
    on = date(2025, 3, 15)
    answers = answers_of(table_of(people), [vacancy], on)
    assert answers == [expected(person, [vacancy], on) for person in people]
    assert {row["post"]["any"]["verdict"] for row in answers} == {"pass", "fail", "unknown"}
