"""Names of employers in a table: each pair that somebody has is compared once, however many people and batches there are."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest

from eligibility.columns import check, employers, stream
from eligibility.deciding.names import alike
from eligibility.loading.models import read_vacancy

from .material import REFERENCE, VACANCIES, answers_of, expected, table_of

NAMES = [f"Office {place}" for place in ("Paris", "Lima", "Dakar", "Oslo", "Tunis", "Quito")]


def test_two_names_are_compared_once_in_all_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """A million people with 200 employers took three minutes, most of it the same comparisons again and again."""
    people = [
        {"id": f"p{number}", "experience": [
            {"from": f"20{10 + job}-01-01", "to": "ongoing", "employer": "national_administration", "employer_name": NAMES[(number + job) % 6]}
            for job in range(4)
        ]} for number in range(60)
    ]  # fmt: skip
    asked: list[Any] = []
    compare = employers.same_name

    def counted(*given: Any) -> Any:
        asked.append(given[1:3])
        return compare(*given)

    monkeypatch.setattr(employers, "same_name", counted)
    monkeypatch.setattr(stream, "ROWS", 10)
    for batch in check(pa.Table.from_pylist(people), VACANCIES, date(2023, 9, 15), reference=REFERENCE):
        assert batch.num_rows == 10
    assert asked
    assert len(asked) == len(set(asked))


def test_whether_two_names_are_of_one_employer_does_not_depend_on_which_is_told_first() -> None:
    """Nor does what a profile comes to depend on the order of its jobs."""
    pairs = [("Renewables", "Renabelews"), ("Teatro Nacional", "Eatronnactioal"), ("Bibliotheca", "Ailbiotheca"), ("UNDP", "PNUD")]
    for one, other in pairs:
        assert alike(one, other, {}) is alike(other, one, {})


LIKE = ["UNDP", "PNUD", "Acme", "Acme Consulting", "ACME, S.A.", "Institut Curie", "Institut Curei", "Curie", "Oslo Works", "Lima Office"]
"""Names of which some are, and some may be, of one employer."""
EMPLOYED: list[dict[str, Any]] = [
    {"kind": "employment", "at_least": "12 months"},
    {"kind": "employment", "at_least": "2 years", "employer": "national_administration"},
    {"kind": "employment", "more_than": "3 years", "as_of": "start"},
    {"kind": "employment", "at_most": "18 months"},
    {"none_of": [{"kind": "employment", "at_least": "30 months"}]},
    {"all_of": [{"kind": "employment", "employer": "national_administration"}, {"kind": "employment", "at_least": "12 months"}], "same": "employer"},
    {"all_of": [{"kind": "experience", "function": "research"}, {"kind": "employment", "at_least": "2 years"}], "same": "employer"},
    {"all_of": [{"kind": "experience", "at_least": "3 years"}, {"kind": "employment", "employer": "ngo"}], "same": "employer"},
    {"all_of": [{"kind": "experience", "function": "research", "at_least": "1 year"}, {"kind": "experience", "at_least": "2 times"}],
     "same": "employer"},
    {"all_of": [{"kind": "experience", "employer_name": "Acme"}, {"kind": "employment", "at_least": "1 year"}], "same": "employer"},
]  # fmt: skip


@pytest.mark.parametrize("own", [{}, {"lists": {"partners": [{"id": "UNDP", "also": ["PNUD"]}, {"id": "Acme", "also": []}]}}])
def test_people_with_names_that_may_be_of_one_employer_get_the_answers_that_each_gets_alone(own: dict[str, Any]) -> None:
    told = {"id": "post", "title": "Post", "dates": {"deadline": "2024-03-01", "start": {"from": "2024-04-01", "to": "2024-09-30"}}}
    more = [{"kind": "experience", "employer_name": {"list": "partners"}}] if own else []
    vacancy, problems = read_vacancy({**told, **own, "criteria": [{"id": f"c{at}", **one} for at, one in enumerate(EMPLOYED + more)]}, REFERENCE)
    assert vacancy is not None, problems
    draw = random.Random(9)
    people = []
    for number in range(250):
        jobs = []
        for _ in range(draw.randint(1, 6)):
            begin = date(2019, 1, 1) + timedelta(days=draw.randrange(1800))
            end = begin + timedelta(days=draw.choice([10, 200, 400, 800]))
            job = {"from": draw.choice([str(begin), str(begin)[:7]]), "to": draw.choice([str(end), "ongoing", "ongoing"])}
            job |= {"employer": draw.choice(["national_administration", "ngo"])} if draw.random() < 0.8 else {}
            job |= {"function": draw.choice(["research", "management"])} if draw.random() < 0.8 else {}
            job |= {"employer_name": draw.choice(LIKE)} if draw.random() < 0.93 else {}
            jobs.append(job | ({"rate": "50%"} if draw.random() < 0.2 else {"rate": "100%"}))
        people.append({"id": f"p{number}", "experience": jobs})
    for on in (date(2023, 9, 15), date(2024, 2, 29)):
        found = answers_of(table_of(people), [vacancy], on)
        assert found == [expected(one, [vacancy], on) for one in people]
