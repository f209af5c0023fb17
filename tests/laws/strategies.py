"""What the laws share: short vacancies and profiles, the order of verdicts, and strategies for days, spells and jobs.

`law` is the Hypothesis setting of every property; with `CI` in the environment it is derandomised.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from eligibility.engine import check
from eligibility.profile import Profile
from eligibility.reference import load_reference
from eligibility.report import Finding, Report
from eligibility.vacancy import Vacancy
from eligibility.verdict import Outcome, Verdict

Dict = dict[str, Any]

REFERENCE = load_reference()
TODAY = date(2025, 3, 31)
"""The day of application, and the deadline, unless a law says otherwise."""

PASS, FAIL, UNKNOWN, NOT_APPLICABLE = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
RANK = {FAIL: 0, UNKNOWN: 1, PASS: 2, NOT_APPLICABLE: 2}
"""F < U < P; what does not apply is neutral, as a pass is."""
OUTCOME_RANK = {Outcome.NOT_ELIGIBLE: 0, Outcome.MORE_INFORMATION: 1, Outcome.LIKELY_ELIGIBLE: 2}


def law_settings(max_examples: int) -> settings:
    return settings(
        max_examples=max_examples, deadline=None, derandomize="CI" in os.environ,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )  # fmt: skip


law = law_settings(50)
wide_law = law_settings(100)

# --------------------------------------------------------------------------------------- asking the engine


def vacancy(criteria: Iterable[Mapping[str, Any]], **header: Any) -> Vacancy:
    """A vacancy with these criteria; those without an id get one."""
    named = [{"id": f"c{index}", **criterion} for index, criterion in enumerate(criteria)]
    header.setdefault("dates", {"deadline": TODAY.isoformat()})
    return Vacancy.model_validate({"format": 1, "id": "post", "title": "A post", "criteria": named, **header})


def report(criteria: Iterable[Mapping[str, Any]], facts: Mapping[str, Any], on: date | datetime = TODAY, **header: Any) -> Report:
    return check(vacancy(criteria, **header), Profile.model_validate(dict(facts)), on, REFERENCE)


def finding(criterion: Mapping[str, Any], facts: Mapping[str, Any], on: date | datetime = TODAY, **header: Any) -> Finding:
    """The finding of one criterion, alone in its vacancy."""
    return report([criterion], facts, on, **header).findings[0]


def verdict(criterion: Mapping[str, Any], facts: Mapping[str, Any], on: date | datetime = TODAY, **header: Any) -> Verdict:
    return finding(criterion, facts, on, **header).verdict


def every_finding(one: Report) -> list[Finding]:
    """All findings of a report, with those inside groups."""
    found: list[Finding] = []
    queue = list(one.findings)
    while queue:
        found.append(queue.pop())
        queue += found[-1].children
    return found


# ------------------------------------------------------------------------------------- comparing answers


def refines(before: Verdict, after: Verdict) -> bool:
    """Whether knowing more may lead from one verdict to the other: only an unknown one moves."""
    return before is UNKNOWN or RANK[before] == RANK[after]


def not_lower(before: Verdict, after: Verdict) -> bool:
    return RANK[after] >= RANK[before]


# ------------------------------------------------------------------------------------------------- days


def iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def ordinal(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def days(first: str = "1995-01-01", last: str = "2030-12-31") -> st.SearchStrategy[int]:
    """Days as ordinals; more often than chance would the days around the end of February, of a month and of a year."""
    low, high = ordinal(first), ordinal(last)
    edges = [
        day
        for year in range(date.fromordinal(low).year, date.fromordinal(high).year + 1)
        for start in (date(year, 1, 1), date(year, 3, 1), date(year, 7, 31))
        for day in (start.toordinal() + shift for shift in (-2, -1, 0, 1))
        if low <= day <= high
    ]
    return st.integers(low, high) | st.sampled_from(edges)


def precisions(day: int) -> list[str]:
    """A day, the same as a month, and as a year: ever less exact."""
    text = iso(day)
    return [text, text[:7], text[:4]]


def completions(text: str) -> st.SearchStrategy[str]:
    """The exact days that a partial date may mean."""
    if len(text) == 4:
        first, last = date(int(text), 1, 1), date(int(text), 12, 31)
    elif len(text) == 7:
        first = date(int(text[:4]), int(text[5:]), 1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    else:
        return st.just(text)
    low, high = first.toordinal(), last.toordinal()
    return (st.sampled_from([low, high]) | st.integers(low, high)).map(iso)


@st.composite
def spans(draw: st.DrawFn, first: str = "2005-01-01", last: str = "2025-12-31", longest: int = 2600) -> tuple[int, int]:
    """A first and a last day."""
    start = draw(days(first, last))
    end = min(start + draw(st.integers(0, longest)), ordinal(last))
    return start, end


# ------------------------------------------------------------------------------------------------ lengths

YEARS = st.integers(1, 12)
LENGTHS = st.one_of(
    st.integers(1, 10).map(lambda n: f"{n} years" if n > 1 else "1 year"),
    st.integers(1, 40).map(lambda n: f"{n} months"),
    st.integers(1, 1500).map(lambda n: f"{n} days"),
)


# ----------------------------------------------------------------------------------------------- records

FIELDS = ("ai_ethics", "ai_governance", "law", "computer_science", "data_science")
EMPLOYERS = ("un_system", "private_company", "national_administration", "public_university")


@st.composite
def jobs(draw: st.DrawFn, rates: tuple[int, ...] = (100, 100, 100, 50, 80), filters: bool = False) -> Dict:
    """A job with exact days and a known working time."""
    start, end = draw(spans())
    job: Dict = {"from": iso(start), "to": iso(end), "rate": draw(st.sampled_from(rates))}
    if filters:
        job["field"] = draw(st.sampled_from(FIELDS))
        job["employer"] = draw(st.sampled_from(EMPLOYERS))
    return job


@st.composite
def vague_jobs(draw: st.DrawFn) -> Dict:
    """A job as a CV gives it: days, months or years, an open end, parts left out."""
    start, end = draw(spans())
    job: Dict = {"from": draw(st.sampled_from(precisions(start)))}
    if not draw(st.booleans()) or iso(end)[:4] == iso(start)[:4]:
        job = {"from": iso(start), "to": draw(st.sampled_from([iso(end), "ongoing"]))}
    else:
        job["to"] = draw(st.sampled_from([*precisions(end), "ongoing"]))
    if draw(st.integers(0, 4)):
        job["rate"] = draw(st.sampled_from((100, 100, 50)))
    if draw(st.booleans()):
        job["field"] = draw(st.sampled_from(FIELDS))
    if draw(st.booleans()):
        job["employer"] = draw(st.sampled_from(EMPLOYERS))
    return job
