"""Laws 22, 29 to 34 and 12: ages, months and years, by the calendar."""

from __future__ import annotations

from calendar import isleap, monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.counting import compare_time
from eligibility.dates import (
    Cover,
    Length,
    Spell,
    add_months,
    age_on,
    birthday,
    cover,
    longest,
    parse_days,
    show,
)

from .strategies import FAIL, LENGTHS, PASS, RANK, UNKNOWN, Dict, days, iso, law, not_lower, ordinal, verdict, wide_law

births = days("1940-01-01", "2005-12-31") | st.sampled_from([ordinal(f"{year}-02-29") for year in range(1940, 2005, 4)])
asked = days("2006-01-01", "2030-12-31")
POLICIES = ("feb28", "mar1")


# --------------------------------------------------------------------------------------------------- ages


@wide_law
@given(births, asked, st.sampled_from(POLICIES))
def test_age_grows_by_single_years(birth: int, day: int, policy: str) -> None:
    """Law 29. From one day to the next an age stays or grows by one year, and it grows on the birthday."""
    grown = age_on(birth, day + 1, policy) - age_on(birth, day, policy)
    assert grown in (0, 1)
    assert age_on(birth, birth, policy) == 0
    assert grown == (birthday(birth, age_on(birth, day, policy) + 1, policy) == day + 1)


@law
@given(births, st.integers(0, 4000), asked, st.integers(0, 4000), st.sampled_from(POLICIES))
def test_age_is_monotone(birth: int, younger: int, day: int, later: int, policy: str) -> None:
    """Law 29. Nobody grows younger with time, and nobody born later is older."""
    assert age_on(birth, day + later, policy) >= age_on(birth, day, policy)
    assert age_on(birth + younger, day, policy) <= age_on(birth, day, policy)


@wide_law
@given(births, asked | st.sampled_from([ordinal(f"{year}-02-28") for year in range(2006, 2030)]))
def test_leap_birthdays_differ_on_one_day(birth: int, day: int) -> None:
    """Law 30. The two leap-birthday rules differ only for people born on 29 February, only on 28 February of common years, by one."""
    february, march = (age_on(birth, day, policy) for policy in POLICIES)
    born, on = date.fromordinal(birth), date.fromordinal(day)
    disputed = (born.month, born.day) == (2, 29) and (on.month, on.day) == (2, 28) and not isleap(on.year)
    assert february - march == (1 if disputed else 0)


@law
@given(st.sampled_from(range(1940, 2005, 4)), st.integers(2006, 2030).filter(lambda year: not isleap(year)))
def test_an_unsettled_leap_birthday_is_unknown(born: int, year: int) -> None:
    """Laws 12 and 30. Where no rule on leap birthdays is known, the disputed day, and only it, is unknown."""
    criterion = {"kind": "age", "at_least": year - born}
    for jurisdiction, expected in ((None, UNKNOWN), ("FR", PASS), ("DE", FAIL)):
        header = {} if jurisdiction is None else {"jurisdiction": jurisdiction}
        facts = {"birth_date": f"{born}-02-29"}
        assert verdict({**criterion, "as_of": f"{year}-02-28"}, facts, **header) is expected
        assert verdict({**criterion, "as_of": f"{year}-02-27"}, facts, **header) is FAIL
        assert verdict({**criterion, "as_of": f"{year}-03-01"}, facts, **header) is PASS


def age(birth: int, day: int, **keys: object) -> int:
    return RANK[verdict({"kind": "age", "as_of": iso(day), **keys}, {"birth_date": iso(birth)}, jurisdiction="FR")]


@st.composite
def people(draw: st.DrawFn) -> tuple[int, int, int]:
    """A birth date, a limit, and a day near the birthday on which the limit is reached."""
    birth, limit = draw(births), draw(st.integers(16, 40))
    near = birthday(birth, limit + draw(st.integers(-1, 1)), "feb28") + draw(st.integers(-3, 3))
    return birth, limit, near


@wide_law
@given(people())
def test_the_two_ways_to_count_a_highest_age(person: tuple[int, int, int]) -> None:
    """Law 31. Not past the Xth birthday implies at most X completed years, and at most X - 1 implies not past the Xth birthday."""
    birth, limit, day = person
    strict = age(birth, day, at_most=limit, counted="not_past_birthday")
    assert strict <= age(birth, day, at_most=limit)
    assert age(birth, day, at_most=limit - 1) <= strict
    assert strict == (2 if day <= birthday(birth, limit, "feb28") else 0)


@law
@given(people(), st.integers(0, 20), st.integers(0, 3), st.integers(0, 3))
def test_a_wider_range_of_ages_never_hurts(person: tuple[int, int, int], width: int, lower: int, higher: int) -> None:
    """Law 32. Widening a range of ages, at either end, never lowers the verdict."""
    birth, limit, day = person
    narrow = age(birth, day, at_least=max(0, limit - width), at_most=limit)
    assert narrow <= age(birth, day, at_least=max(0, limit - width - lower), at_most=limit + higher)
    assert narrow == min(age(birth, day, at_least=max(0, limit - width)), age(birth, day, at_most=limit))


@law
@given(people())
def test_bounds_come_in_two_exact_pairs(person: tuple[int, int, int]) -> None:
    """Law 32. `less_than` is not `at_least`, `at_most` is not `more_than`, and for whole years `more_than X` is `at_least X + 1`."""
    birth, limit, day = person
    assert age(birth, day, less_than=limit) == 2 - age(birth, day, at_least=limit)
    assert age(birth, day, at_most=limit) == 2 - age(birth, day, more_than=limit)
    assert age(birth, day, more_than=limit) == age(birth, day, at_least=limit + 1)


@law
@given(people())
def test_accomplished_is_the_age_of_the_eve(person: tuple[int, int, int]) -> None:
    """Law 34. An age that must be accomplished on a day is the ordinary age of its eve."""
    birth, limit, day = person
    for bound in ("at_least", "at_most"):
        assert age(birth, day, counted="accomplished", **{bound: limit}) == age(birth, day - 1, **{bound: limit})


@law
@given(people(), st.integers(0, 400))
def test_an_age_limit_is_final(person: tuple[int, int, int], later: int) -> None:
    """Law 29. With time a lowest age is never lost again, and a highest age never met again, nor when extended by years."""
    birth, limit, day = person
    for counted in ("completed_years", "not_past_birthday", "accomplished"):
        assert age(birth, day, at_least=limit, counted=counted) <= age(birth, day + later, at_least=limit, counted=counted)
        assert age(birth, day, at_most=limit, counted=counted) >= age(birth, day + later, at_most=limit, counted=counted)


@law
@given(people(), st.integers(0, 3), st.integers(0, 3))
def test_more_extensions_never_lower_an_age_limit(person: tuple[int, int, int], few: int, more: int) -> None:
    """Law 32. Each child that moves a highest age moves it up, by whole years, and never beyond its cap."""
    birth, limit, day = person

    def with_children(count: int, **keys: object) -> int:
        rule: Dict = {"kind": "age", "as_of": iso(day), "at_most": limit, **keys}
        rule["extended"] = [{"add": "1 year", "per": {"kind": "child", "dependent": True}}]
        children = [{"born": iso(day), "dependent": True}] * count
        return RANK[verdict(rule, {"birth_date": iso(birth), "children": children}, jurisdiction="FR")]

    assert with_children(few) <= with_children(few + more)
    assert with_children(few) == age(birth, day, at_most=limit + few)
    assert with_children(few, never_beyond=limit) == age(birth, day, at_most=limit)


# ------------------------------------------------------------------------------------------------- months


@wide_law
@given(days(), st.integers(0, 800), st.integers(-200, 200), st.integers(1, 200))
def test_adding_months_is_monotone(day: int, later: int, months: int, more: int) -> None:
    """Law 33. A later day stays later or equal after adding months, and more months always lead further."""
    assert add_months(day, months) <= add_months(day + later, months)
    assert add_months(day, months) < add_months(day, months + more)


@wide_law
@given(days(), st.integers(-200, 200), st.integers(-200, 200))
def test_adding_months_rounds_down_to_the_last_day(day: int, months: int, others: int) -> None:
    """Law 33. A day that the other month lacks becomes its last day, the eve of what rounding up gives; up to the 28th nothing is lost."""
    start, found = date.fromordinal(day), date.fromordinal(add_months(day, months))
    assert (found.year * 12 + found.month) - (start.year * 12 + start.month) == months
    last = monthrange(found.year, found.month)[1]
    assert found.day == min(start.day, last)
    rounded_up = found.toordinal() if start.day <= last else found.toordinal() + 1
    assert rounded_up - add_months(day, months) in (0, 1)
    if start.day <= 28:
        assert add_months(add_months(day, months), -months) == day
        assert add_months(add_months(day, months), others) == add_months(day, months + others)


# -------------------------------------------------------------------------------- whole years of one spell


@wide_law
@given(days("1990-01-01", "2012-12-31"), st.integers(1, 10), st.sampled_from(["years", "months"]))
def test_exactly_so_long_is_long_enough(first: int, amount: int, unit: str) -> None:
    """Law 22. One full-time spell of exactly N calendar years, or months, passes; a day less fails unless the total is the longest such."""
    length = Length(amount * 12 if unit == "years" else amount)
    last = add_months(first, length.months) - 1
    criterion = {"kind": "experience", "at_least": f"{amount} {unit}"}

    def job(end: int) -> Dict:
        return {"experience": [{"from": iso(first), "to": iso(end), "full_time": True}]}

    assert verdict(criterion, job(last)) is PASS
    assert verdict({**criterion, "at_least": f"{amount * 2} {unit}"}, job(last)) is FAIL
    short = verdict(criterion, job(last - 1))
    assert short is (PASS if last - first >= length.most_days else FAIL)
    assert add_months(first, length.months) - first <= length.most_days


@law
@given(st.integers(1, 400))
def test_the_longest_years_and_months(months: int) -> None:
    """Law 22. So many months never last longer, anywhere from 1901 to 2099, than the table says, and somewhere they last that long."""
    starts = [date(year, month, day).toordinal() for year in range(1901, 2066, 4) for month in range(1, 13) for day in (1, 31 if month in (1, 3, 5, 7, 8, 10, 12) else 28)]
    starts += [date(year, month, 1).toordinal() for year in (1997, 1998, 1999, 2000) for month in range(1, 13)]
    assert max(add_months(start, months) - start for start in starts) == longest(months)
    if months % 12 == 0:
        years = months // 12
        assert longest(months) == 365 * years + (years + 3) // 4


def test_the_table_of_the_longest() -> None:
    """Law 22. Six months are 184 days, one year 366, two 731, three 1096, five 1827, seven 2557, ten 3653."""
    assert [longest(months) for months in (6, 12, 24, 36, 60, 84, 120)] == [184, 366, 731, 1096, 1827, 2557, 3653]


@law
@given(st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 900), st.sampled_from([30, 50, 100]))), st.integers(0, 60), st.integers(0, 40))
def test_more_than_implies_at_least(spells: list[tuple[int, int, int]], months: int, extra: int) -> None:
    """Law 20. What exceeds a length reaches it, and what reaches it exceeds a length a day shorter in both branches."""
    covered: Cover = cover([Spell(730_000 + start, 730_000 + start + length, rate) for start, length, rate in spells])
    length = Length(months, extra)
    beyond, there, longer = (
        compare_time(bound, covered, covered, limit, limit)
        for bound, limit in (("more_than", length), ("at_least", length), ("at_least", Length(months, extra + 1)))
    )
    assert there.surely or not beyond.surely
    assert beyond.surely or not (longer.surely and not months)
    assert beyond.possibly or not longer.surely


# ----------------------------------------------------------------------------------------- partial dates


@law
@given(days())
def test_a_date_is_shown_as_it_was_written(day: int) -> None:
    """Law 10. A year, a month or a day is read as an interval, each inside the vaguer one, and shown as it was written."""
    text = iso(day)
    exact, month, year = parse_days(text), parse_days(text[:7]), parse_days(text[:4])
    assert exact == (day, day)
    assert year.first <= month.first <= day <= month.last <= year.last
    assert [show(exact), show(month), show(year)] == [text, text[:7], text[:4]]


@pytest.mark.parametrize("text", ["2023-02-29", "2023-13", "2023-00-01", "23-01-01", "2023-1-1", "2023/01/01", "", "2023-01-01T10:00", "٢٠٢٣"])
def test_what_is_no_date_is_refused(text: str) -> None:
    """Law 50. A day that does not exist, or another way of writing one, is an error and never a guess."""
    with pytest.raises(ValueError, match=r"E10[56]"):
        parse_days(text)


@law
@given(births, asked, LENGTHS, days("2010-01-01", "2024-12-31"), st.integers(0, 2000), st.sampled_from([50, 100]))
def test_exact_facts_give_no_unknown(birth: int, day: int, length: str, start: int, lasting: int, rate: int) -> None:
    """Law 12. With exact days, one reading and every policy settled, a criterion on dates passes or fails."""
    facts = {
        "birth_date": iso(birth),
        "experience": [{"from": iso(start), "to": iso(start + lasting), "rate": rate}],
        "residences": [{"in": "FR", "from": iso(start), "to": iso(start + lasting)}],
        "permits": [{"type": "work", "in": "FR", "from": iso(start), "until": iso(start + lasting)}],
        "degrees": [{"level": 7, "awarded": iso(min(start, ordinal("2025-03-31")))}],
        "citizenships": [{"country": "FR", "since": iso(start)}],
    }
    for criterion in (
        {"kind": "age", "at_least": 25, "at_most": 40},
        {"kind": "age", "born": {"from": "1990-01-01"}},
        {"kind": "experience", "at_least": length},
        {"kind": "experience", "at_most": length, "during": {"within": "3 years", "before": iso(day)}},
        {"kind": "employment", "more_than": length},
        {"kind": "residence", "in": "EU", "at_least": length},
        {"kind": "residence", "in": "EU", "at_most": length, "during": {"within": "36 months", "before": iso(day)}},
        {"kind": "permit", "type": "work", "less_than": length},
        {"kind": "degree", "level": 7, "awarded": {"within": length, "before": iso(day)}},
        {"kind": "citizenship", "of": "EU"},
    ):
        counted = {} if "born" in criterion else {"as_of": iso(day)}  # a birth date is the same on every day
        assert verdict({**criterion, **counted}, facts, jurisdiction="FR") in (PASS, FAIL), criterion


def test_not_lower_is_an_order() -> None:
    """Law 4. The order the laws are checked with is F < U < P."""
    assert not_lower(FAIL, UNKNOWN)
    assert not_lower(UNKNOWN, PASS)
    assert not not_lower(PASS, UNKNOWN)
    assert not not_lower(UNKNOWN, FAIL)
