"""Laws 3, 9 to 13 and 48: what is not known, or not exactly, and what becomes of it."""

from __future__ import annotations

import copy

from hypothesis import given

from eligibility.engine import check
from eligibility.profile import Profile
from eligibility.report import Report

from .catalogue import CRITERIA, HEADER, pairs
from .strategies import REFERENCE, TODAY, Dict, refines, vacancy, wide_law

EVERYTHING = vacancy(CRITERIA, **HEADER)


def everything(person: Dict) -> Report:
    return check(EVERYTHING, Profile.model_validate(copy.deepcopy(person)), TODAY, REFERENCE)


def assert_refined(before: Report, after: Report) -> None:
    for criterion, one, other in zip(CRITERIA, before.findings, after.findings, strict=True):
        assert refines(one.verdict, other.verdict), (criterion, one.verdict.value, one.code, other.verdict.value, other.code)


@wide_law
@given(pairs())
def test_what_is_left_unsaid_never_decides(pair: tuple[Dict, Dict]) -> None:
    """Laws 3, 9, 10 and 13. A person less well known gets the same verdicts or unknown ones, never the opposite."""
    person, less = pair
    assert_refined(everything(less), everything(person))
