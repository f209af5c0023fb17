"""What columns decide at once is what one person would be told, and our own vacancies are decided at once."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pyarrow as pa
import pytest

from bench.columns import different
from bench.people import chunk, pruned
from eligibility.columns.kernels import AllKernels
from eligibility.columns.supports import alone, leaves, unsupported
from eligibility.engine import check
from eligibility.loading.models import read_profile
from eligibility.verdict import Verdict

from .material import REFERENCE, VACANCIES

PEOPLE = 400
TABLE = chunk(0).slice(0, PEOPLE)


@pytest.mark.parametrize("vacancy", VACANCIES, ids=lambda one: str(one.id))
def test_every_criterion_of_our_vacancies_is_decided_at_once(vacancy) -> None:
    parsed = vacancy.parsed(REFERENCE)
    assert alone(vacancy, parsed) == {}
    for criterion in parsed.criteria:
        assert [unsupported(leaf) for leaf in leaves(criterion)] == [None] * len(leaves(criterion)), criterion.common.id


@pytest.mark.parametrize("on", [date(2023, 9, 15), date(2024, 3, 27), datetime(2025, 5, 20, 23, 59)])
def test_made_up_people_get_the_answers_that_each_would_get_alone(on: date) -> None:
    """Verdict, code, causes and gap of every criterion of our vacancies, of people with overlapping jobs and missing facts."""
    kernels = AllKernels(VACANCIES, on, REFERENCE)
    people = kernels.read(TABLE.combine_chunks().to_batches()[0])
    assert not people.strange.any()
    profiles = [read_profile(pruned(one), REFERENCE)[0] for one in TABLE.to_pylist()]
    for one in kernels.vacancies:
        reports = [check(one.vacancy, profile, on, REFERENCE) for profile in profiles if profile is not None]
        assert len(reports) == PEOPLE
        for place, (criterion, answer) in enumerate(one.decide(people, on)):
            verdicts, units = [list(Verdict)[number] for number in answer.verdict()], answer.units()
            for person, report in enumerate(reports):
                finding = report.findings[place]
                assert finding.id == criterion.common.id
                result = answer.kinds.results[answer.number[person]]
                unit = units[1][units[0][person]] if units[0][person] >= 0 and verdicts[person] in ("fail", "unknown") else None
                told = verdicts[person], result.code, set(result.causes) if verdicts[person] == "unknown" else set()
                gap = (int(answer.gap[person]), unit) if unit else None
                assert told == (finding.verdict, finding.code, set(finding.causes)), (finding.id, person)
                assert gap == (None if finding.gap is None else tuple(finding.gap)), (finding.id, person)


def test_only_few_people_are_asked_anything_alone() -> None:
    """Those whose time lies where days and months may tell different things, or whose records say too little."""
    kernels = AllKernels(VACANCIES, date(2024, 1, 15), REFERENCE)
    people = kernels.read(TABLE.combine_chunks().to_batches()[0])
    for one in kernels.vacancies:
        list(one.decide(people, date(2024, 1, 15)))
        questions = sum(len(leaves(criterion)) for criterion in one.vacancy.parsed(REFERENCE).criteria)
        assert one.asked_alone < PEOPLE * questions / 50


def test_the_answers_are_those_of_the_person_wherever_they_stand_in_the_table() -> None:
    on = date(2024, 3, 27)
    order = np.random.default_rng(1).permutation(PEOPLE)
    found = []
    for table in (TABLE, TABLE.take(pa.array(order))):
        kernels = AllKernels(VACANCIES, on, REFERENCE)
        people = kernels.read(table.combine_chunks().to_batches()[0])
        found.append([answer.verdict() for one in kernels.vacancies for _, answer in one.decide(people, on)])
    for before, after in zip(*found, strict=True):
        assert (before[order] == after).all()


def test_verdicts_alone_are_those_with_reasons() -> None:
    """Of vacancies like ours whose days, limits and fields differ, and of what each criterion says, asked of everybody."""
    on, vacancies = date(2023, 9, 15), list(different(18))
    found = []
    for outcomes in (False, True):
        kernels = AllKernels(vacancies, on, REFERENCE, outcomes=outcomes)
        people = kernels.read(TABLE.combine_chunks().to_batches()[0])
        found.append([(one.vacancy.id, criterion.path, answer.verdict()) for one in kernels.vacancies for criterion, answer in one.decide(people, on)])
    for (vacancy, path, one), (_, _, other) in zip(*found, strict=True):
        assert (one == other).all(), (vacancy, path)
