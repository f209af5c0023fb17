"""Laws of the counting of months and years: two counts that have to agree, and what vague dates leave open."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from eligibility.counting import calendar, compare_time, whole_months
from eligibility.dates import Length, Spell, add_months, cover, longest, summed

from .strategies import FAIL, PASS, RANK, UNKNOWN, Dict, finding, iso, law, ordinal, verdict, wide_law

ON = "2026-01-01"
ORIGIN = ordinal("2018-01-01")
MONTHS = st.sampled_from([1, 2, 3, 6, 12, 24, 36])
RATES = st.sampled_from([100, 100, 50, 50, 80, 20, 1])


@st.composite
def spells(draw: st.DrawFn) -> Spell:
    """Whole months, a few days or some time; often near the end of a month."""
    first = ORIGIN + draw(st.integers(0, 1500))
    kind = draw(st.integers(0, 3))
    if kind == 0:
        first = ordinal(iso(first)[:8] + "01")
        last = add_months(first, draw(st.integers(1, 14))) - 1
    elif kind == 1:
        last = add_months(first, draw(st.integers(1, 30))) - 1
    elif kind == 2:
        last = first + draw(st.integers(0, 8))
    else:
        last = first + draw(st.integers(0, 500))
    return Spell(first, last, draw(RATES))


@st.composite
def beside(draw: st.DrawFn, one: Spell) -> Spell:
    """A spell in another one, on its edge, or near it."""
    first = draw(st.sampled_from([one.first, one.last + 1, one.last + 2, draw(st.integers(one.first, one.last))]))
    return Spell(first, first + draw(st.integers(0, 40)), draw(RATES))


CAREERS = st.lists(spells(), min_size=1, max_size=4)


def answer(operator: str, career: list[Spell], months: int, days: int = 0, counted: str | None = None) -> int:
    covered = cover(career)
    limit = Length(months, days)
    truth = compare_time(operator, covered, covered, limit, limit, counted)
    return 2 if truth.surely else 1 if truth.possibly else 0


@wide_law
@given(CAREERS, st.data(), MONTHS, st.sampled_from(["at_least", "more_than"]))
def test_no_further_record_turns_met_into_anything_else(career: list[Spell], data: st.DataObject, months: int, operator: str) -> None:
    assume(answer(operator, career, months) == 2)
    more = data.draw(st.one_of(spells(), beside(data.draw(st.sampled_from(career)))))
    assert answer(operator, [*career, more], months) == 2


@wide_law
@given(CAREERS, MONTHS, st.integers(1, 12), st.sampled_from(["at_least", "more_than"]))
def test_no_lower_limit_is_harder(career: list[Spell], months: int, less: int, operator: str) -> None:
    assert answer(operator, career, max(1, months - less)) >= answer(operator, career, months)


@wide_law
@given(spells(), MONTHS)
def test_one_full_time_stretch_is_exact(one: Spell, months: int) -> None:
    one = one._replace(rate=100)
    whole = whole_months(one.first, one.last + 1)
    left = one.last + 1 - add_months(one.first, whole)
    assert answer("at_least", [one], months) == (2 if whole >= months else 0)
    assert answer("more_than", [one], months) == (2 if (whole, left) > (months, 0) else 0)


@law
@given(spells(), st.integers(1, 60), st.sampled_from([1, 20, 50, 80, 100]), MONTHS)
def test_whole_months_at_part_time_are_their_share(one: Spell, many: int, rate: int, months: int) -> None:
    """50 % for six months is three months, whichever months they are."""
    one = Spell(one.first, add_months(one.first, many) - 1, rate)
    assume(whole_months(one.first, one.last + 1) == many)
    expected = 2 if rate * many >= 100 * months else 0
    # many short months can have the days of more of them: then they are enough by the count of days, too
    assert answer("at_least", [one], months) in (expected, 2 if cover([one]).percent_days >= 100 * longest(months) else expected)
    assert answer("less_than", [one], months) == 2 - answer("at_least", [one], months)


@law
@given(CAREERS, MONTHS, st.sampled_from([("at_least", "less_than"), ("more_than", "at_most")]))
def test_a_bound_and_its_denial_are_opposites(career: list[Spell], months: int, pair: tuple[str, str]) -> None:
    assert answer(pair[0], career, months) == 2 - answer(pair[1], career, months)
    assert answer("more_than", career, months) <= answer("at_least", career, months)


@law
@given(CAREERS, MONTHS)
def test_what_is_settled_agrees_with_both_counts(career: list[Spell], months: int) -> None:
    """Met is enough by the calendar or by the longest count in days; not met is too little in days, or by the calendar alone."""
    covered = cover(career)
    found = answer("at_least", career, months)
    by_calendar, in_days = best(career) >= 100 * months, covered.percent_days
    if found == 2:
        assert by_calendar or in_days >= 100 * longest(months)
    elif by_calendar or in_days >= 100 * longest(months):
        raise AssertionError("enough by one of the counts")
    elif found == 1:
        assert in_days >= 3000 * months


def best(career: list[Spell]) -> int:
    """The most whole months over all choices of cuts, each tried."""
    parts = summed(career)
    total, block = 0, []
    for part in [*parts, None]:
        if part is not None and (not block or block[-1].last + 1 == part.first):
            block.append(part)
            continue
        most = 0
        for size in range(len(block)):
            for cuts in combinations(range(1, len(block)), size):
                edges = [0, *cuts, len(block)]
                pieces = [block[a:b] for a, b in pairwise(edges)]
                most = max(most, sum(min(one.rate for one in piece) * whole_months(piece[0].first, piece[-1].last + 1) for piece in pieces))
        total += most
        block = [] if part is None else [part]
    return total


@law
@given(CAREERS)
def test_the_best_choice_of_cuts_is_found(career: list[Spell]) -> None:
    assume(len(summed(career)) <= 9)
    assert calendar(cover(career)).months == best(career)


@st.composite
def vague(draw: st.DrawFn) -> Dict:
    """A job whose first and last day are only known to lie in a month, or in a year, or exact ones."""
    one = draw(spells())
    last = min(one.last, one.first + 700)
    said = st.sampled_from([10, 10, 10, 7, 7, 4])
    return {"from": iso(one.first)[: draw(said)], "to": iso(last)[: draw(said)], "rate": f"{one.rate}%", "type": draw(st.sampled_from(["job", "internship"]))}


def a_world(job: Dict, data: st.DataObject) -> Dict:
    """The job with days that fit."""
    from eligibility.dates import parse_days

    first, last = parse_days(job["from"]), parse_days(job["to"])
    begun = data.draw(st.integers(first.first, min(first.last, last.last)))
    return {**job, "from": iso(begun), "to": iso(data.draw(st.integers(max(begun, last.first), last.last)))}


WAYS: list[Dict] = [
    {}, {"counted": "days"}, {"counted": "months_of_30_days"}, {"counted": "calendar"}, {"unbroken": True},
    {"during": {"from": "2018-06-15", "to": "2020-10-31"}}, {"during": {"from": "2019-01-31", "to": "2019-03-29"}},
    {"limits": [{"type": "internship", "at_most": "3 months"}]},
    {"limits": [{"type": "internship", "at_most": "1 year"}]}, {"limits": [{"type": "internship", "at_most": "40 days"}]},
    {"limits": [{"type": "internship", "at_most": "6 months", "during": {"to": "2019-08-20"}}]},
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=[str(way) for way in WAYS])
def test_vague_dates_are_never_settled_against_a_life_that_fits(way: Dict) -> None:
    """What is met, or not met, with vague dates is so with every choice of days; and with exact days nothing is missing."""

    @law
    @given(st.lists(vague(), min_size=1, max_size=3), st.data(), MONTHS, st.sampled_from(["at_least", "more_than", "at_most", "less_than"]))
    def holds(jobs: list[Dict], data: st.DataObject, months: int, operator: str) -> None:
        criterion: dict[str, Any] = {"kind": "experience", "as_of": ON, operator: f"{months} months", **way}
        told = verdict(criterion, {"experience": jobs})
        exact = [a_world(job, data) for job in jobs]
        assume(all(one not in exact[:index] for index, one in enumerate(exact)))
        here = verdict(criterion, {"experience": exact})
        if told is not UNKNOWN:
            assert here is told
        if here is UNKNOWN:
            found = finding(criterion, {"experience": exact})
            assert (found.code, found.missing) == ("counts", ())

    holds()


def test_a_part_time_stretch_with_days_left_over_is_not_refused_for_a_fraction() -> None:
    """80 % of a month and seven days of February is a month, and no count of whole months shows it: it cannot be told."""
    jobs = [{"from": "2022-01-01", "to": "2022-02-07", "rate": "80%"}]
    assert verdict({"kind": "experience", "as_of": ON, "at_least": "1 month"}, {"experience": jobs}) is UNKNOWN
    for last, expected in (("2022-02-06", FAIL), ("2022-02-08", PASS)):
        jobs[0]["to"] = last
        assert verdict({"kind": "experience", "as_of": ON, "at_least": "1 month"}, {"experience": jobs}) is expected
    assert RANK[PASS] == 2
