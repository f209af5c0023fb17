"""`eligibility show` says everything in words of its language: no value as Python writes it, and no key of a rule file."""

from __future__ import annotations

import re
from random import Random
from typing import Any

import pytest

from eligibility.loading.models import read_vacancy
from eligibility.question.grammar import DAY_OF_SPAN
from eligibility.reference import load_reference
from eligibility.reporters.describe import Describer
from eligibility.wording import Words, languages
from tests.worlds.generate import leaf
from tests.worlds.grammar import HEADER, atoms

REFERENCE = load_reference()
CODE = re.compile(r"\b(?:True|False|None|Decimal|Length|Days|Bound|Quantity)\b|[\[\]<>]|\d\.0\b|\w_\w")
QUOTED = re.compile(r"`[^`]*`|«\s*(?:facts: [^»]*|\w+\s*)»")
"""What a candidate is to write stands between quotes."""


def _described(criterion: dict[str, Any], language: str) -> list[str]:
    vacancy, problems = read_vacancy({**HEADER, "criteria": [{"id": "it", **criterion}]}, REFERENCE)
    if vacancy is None or problems:
        return []
    page = Describer(vacancy, Words(language), REFERENCE, width=1000)
    return [line for one in page.parsed.criteria for line in page.criterion(one, "")]


@pytest.mark.parametrize("language", languages())
def test_every_way_of_writing_every_key_is_told_in_words(language: str) -> None:
    """Whatever a rule can ask."""
    rnd = Random(7)
    told = 0
    for atom in atoms():
        criterion = next((one for one in (leaf(rnd, atom) for _ in range(5)) if one is not None), None)
        if criterion is None:
            continue
        for line in _described(criterion, language):
            told += 1
            assert not CODE.search(QUOTED.sub("", line)), (criterion, line)
    assert told > 400


@pytest.mark.parametrize(("language", "day"), [("en", "counted on"), ("fr", "compté ainsi")])
def test_what_is_asked_on_each_day_of_a_span_names_no_day_of_its_own(language: str, day: str) -> None:
    """The criterion says once on which days it is asked: also for what moves its limit or its window."""
    degree = {"kind": "degree"}
    moved = {"kind": "age", "less_than": 30, "extended": [{"add": "2 years", "when": degree}], "throughout": {"from": "start", "to": "end"}}
    born = {"within": "30 days", "before": "application", "extended": [{"add": "1 year", "when": degree}]}
    for criterion in (moved, {"kind": "child", "born": born, "throughout": {"from": "start", "to": "end"}}):
        [line] = _described(criterion, language)
        assert day not in line
        assert DAY_OF_SPAN not in line


@pytest.mark.parametrize(("language", "day"), [("en", "counted on"), ("fr", "compté ainsi")])
def test_what_is_asked_on_another_day_names_it(language: str, day: str) -> None:
    [line] = _described({"kind": "age", "less_than": 30, "as_of": "start"}, language)
    assert day in line
