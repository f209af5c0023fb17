"""`eligibility show` says everything in words of its language: no value as Python writes it, and no key of a rule file."""

from __future__ import annotations

import re
from random import Random
from typing import Any

import pytest

from eligibility.loading.models import read_vacancy
from eligibility.reference import load_reference
from eligibility.reporters.describe import Describer
from eligibility.wording import Words, languages
from tests.worlds.generate import leaf
from tests.worlds.grammar import HEADER, atoms

REFERENCE = load_reference()
CODE = re.compile(r"\b(?:True|False|None|Decimal|Length|Days|Bound|Quantity)\b|[\[\]<>]|\d\.0\b|\w_\w")
QUOTED = re.compile(r"`[^`]*`|«\s*facts: [^»]*»")
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
