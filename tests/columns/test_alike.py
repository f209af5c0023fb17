"""Where a window moves with a day that is not exactly known, people whose records come to the same are answered once: and right."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from eligibility.loading.models import read_vacancy

from .material import REFERENCE, answers_of, expected, table_of

DATES = {"deadline": "2024-03-31", "start": {"from": "2024-07-01", "to": "2024-09-30"}}
QUESTIONS: list[dict[str, Any]] = [
    {"at_least": "12 months", "unbroken": True, "during": {"within": "12 months", "before": "start"}, "part_time": "counts_in_full"},
    {"at_least": "3 months", "during": {"within": "6 months", "before": "start"}},
    {"at_least": "40 days", "during": {"within": "2 months", "before": "start"}, "part_time": "excluded"},
    {"at_most": "100 days", "during": {"within": "6 months", "before": "start"}},
    {"during": {"within": "1 month", "before": "start"}},
    {"at_least": "2 times", "during": {"within": "4 months", "before": "start"}},
]  # fmt: skip


def day(random: Random) -> str:
    """A day near the windows or far from them; now and then only its month is known."""
    found = date(2024, 2, 1) + timedelta(days=random.choice([random.randrange(260), random.randrange(-3000, 400)]))
    return str(found)[:7] if random.random() < 0.1 else str(found)


def job(random: Random) -> dict[str, Any]:
    begin, end = sorted([day(random), day(random)])
    said = {
        "from": begin, "to": "ongoing" if random.random() < 0.3 or end[:7] == begin[:7] else end,
        "employer": random.choice(["national_administration", "national_administration", "multinational", None]),
        "rate": random.choice(["100%", "100%", "50%", None]),
    }  # fmt: skip
    return {key: value for key, value in said.items() if value is not None}


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_whoever_is_alike_gets_the_answer_that_they_get_alone(question: dict[str, Any], seed: int) -> None:
    random = Random(seed)
    people: list[dict[str, Any]] = [
        {"id": f"p{number}", "experience": [job(random) for _ in range(random.choice([1, 1, 2, 3]))]} for number in range(60)
    ]
    people += [{**one, "id": f"again-{one['id']}", "incomplete": ["experience"]} for one in people[:20]]
    people += [{**one, "id": f"turned-{one['id']}", "experience": [*reversed(one["experience"])]} for one in people[:20]]
    held = {"id": "held", "kind": "experience", "employer": "national_administration", "as_of": "start", **question}
    vacancy, problems = read_vacancy({"id": "post", "title": "Post", "as_of": "deadline", "dates": DATES, "criteria": [held]}, REFERENCE)
    assert vacancy is not None, problems
    on = date(2024, 3, 15)
    answers = answers_of(table_of(people), [vacancy], on)
    assert answers == [expected(person, [vacancy], on) for person in people]


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("take", ["first", "latest"])
def test_time_near_a_limit_after_a_degree_of_each(take: str, seed: int) -> None:
    """The window is each person's own, and may be unknown: who is near the limit is counted with the days that it may have."""
    random = Random(seed)

    def degree() -> dict[str, Any]:
        awarded = random.choice([None, "2020", str(date(2020, 1, 1) + timedelta(days=random.randrange(500)))])
        return {"level": random.choice([6, 7]), **({} if awarded is None else {"awarded": awarded})}

    def near() -> dict[str, Any]:
        begin = date(2020, 1, 1) + timedelta(days=random.randrange(500))
        end = begin + timedelta(days=random.choice([1094, 547]) + random.randrange(-6, 7))
        rate = random.choice(["100%", "100%", "50%", None])
        return {"from": str(begin), "to": str(end), **({} if rate is None else {"rate": rate})}

    people: list[dict[str, Any]] = [
        {"id": f"p{number}", "degrees": [degree() for _ in range(random.choice([0, 1, 1, 2]))], "experience": [near() for _ in range(random.choice([1, 1, 2]))]}
        for number in range(80)
    ]  # fmt: skip
    after = {"id": "after", "kind": "experience", "at_least": "3 years", "during": {"after": {"kind": "degree", "level": {"at_least": 6}, "take": take}}}
    vacancy, problems = read_vacancy({"id": "post", "title": "Post", "as_of": "deadline", "dates": DATES, "criteria": [after]}, REFERENCE)
    assert vacancy is not None, problems
    on = date(2024, 3, 15)
    answers = answers_of(table_of(people), [vacancy], on)
    assert answers == [expected(person, [vacancy], on) for person in people]
