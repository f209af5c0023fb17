"""Dated groups of countries: what the sources establish, what they only presume, and where they end."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.reference import Answer, Reference, load_reference

REFERENCE = load_reference()
YES = Answer(True, True)
NO = Answer(False, False)


def on(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def doubt(code: str) -> Answer:
    return Answer(False, True, code)


@pytest.mark.parametrize(
    ("group", "country", "day", "answer"),
    [
        ("EU", "GB", "1972-12-31", NO),
        ("EU", "GB", "1973-01-01", YES),
        ("EU", "GB", "2019-06-01", YES),
        ("EU", "GB", "2020-01-31", YES),
        ("EU", "GB", "2020-02-01", NO),
        ("EU", "GB", "2021-06-01", NO),
        ("EU", "HR", "2013-06-30", NO),
        ("EU", "HR", "2013-07-01", YES),
        ("EU", "CH", "2024-01-01", NO),
        ("EU", "FR", "1957-12-31", NO),
        ("EFTA", "CH", "2024-01-01", YES),
        ("EFTA", "AT", "1994-12-31", YES),
        ("EFTA", "AT", "1995-01-01", NO),
        ("EEA", "CH", "2024-01-01", NO),
        ("EEA", "NO", "2024-01-01", YES),
        ("EEA", "FR", "2024-01-01", YES),
        ("EEA", "FR", "1993-12-31", NO),
        ("EEA", "GB", "2020-02-01", NO),
        ("EEA", "AT", "1994-06-01", doubt("presumed")),
        ("EEA", "AT", "1995-01-01", YES),
        ("EEA", "LI", "1994-12-31", NO),
        ("EEA", "LI", "1995-06-01", doubt("uncertain")),
        ("EEA", "LI", "1996-01-01", YES),
        ("UNESCO", "US", "2018-12-31", YES),
        ("UNESCO", "US", "2019-01-01", NO),
        ("UNESCO", "US", "2023-07-09", NO),
        ("UNESCO", "US", "2023-07-10", YES),
        ("UNESCO", "US", "2024-06-01", YES),
        ("UNESCO", "US", "2026-12-31", YES),
        ("UNESCO", "US", "2027-01-01", doubt("planned_end")),
        ("UNESCO", "NI", "2027-01-01", doubt("planned_end")),
        ("UNESCO", "US", "2011-12-31", doubt("outside_coverage")),
        ("UNESCO", "FR", "2027-01-01", doubt("outside_coverage")),
        ("UNESCO", "IL", "2019-01-01", NO),
        ("UNESCO", "PS", "2024-01-01", YES),
        ("UNESCO", "VA", "2024-01-01", NO),
        ("UNESCO", "TW", "2024-01-01", NO),
        ("OECD", "LT", "2018-07-04", NO),
        ("OECD", "LT", "2018-07-05", YES),
        ("OECD", "IN", "2024-01-01", NO),
        ("OECD", "FR", "2016-06-30", doubt("outside_coverage")),
        ("ICESCO", "MA", "2024-01-01", YES),
        ("ICESCO", "TN", "2024-01-01", doubt("presumed")),
        ("ICESCO", "TR", "2024-01-01", doubt("uncertain")),
        ("ICESCO", "FR", "2024-01-01", NO),
        ("EU", "ZZ", "2024-01-01", doubt("unknown_id")),
        ("NATO", "FR", "2024-01-01", doubt("unknown_id")),
    ],
)
def test_membership(group: str, country: str, day: str, answer: Answer) -> None:
    assert REFERENCE.membership(group, country, on(day)) == answer


@pytest.mark.parametrize(
    ("group", "day", "count"),
    [
        ("EU", "2026-11-23", 27),
        ("EU", "2020-01-31", 28),
        ("EU", "1958-01-01", 6),
        ("EFTA", "2026-11-23", 4),
        ("EEA", "2026-11-23", 30),
        ("UNESCO", "2012-01-01", 195),
        ("UNESCO", "2019-01-01", 193),
        ("UNESCO", "2023-07-11", 194),
        ("OECD", "2026-11-23", 38),
        ("ICESCO", "2026-11-23", 13),
    ],
)
def test_how_many_are_surely_members(group: str, day: str, count: int) -> None:
    assert sum(REFERENCE.membership(group, one, on(day)).surely for one in REFERENCE._data["countries"]) == count


def test_icesco_has_53_members_with_the_presumed_and_4_more_that_are_uncertain() -> None:
    answers = [REFERENCE.membership("ICESCO", one, on("2024-01-01")) for one in REFERENCE._data["countries"]]
    assert sum(answer.surely or answer.doubt == "presumed" for answer in answers) == 53
    assert sum(answer.doubt == "uncertain" for answer in answers) == 4


def test_groups() -> None:
    assert REFERENCE.groups() == ("EEA", "EFTA", "EU", "ICESCO", "OECD", "UNESCO")
    assert REFERENCE.is_group("EU")
    assert not REFERENCE.is_group("FR")


def test_the_doubt_of_a_period_does_not_reach_the_next_one() -> None:
    world = Reference.from_data({
        "countries": ["FR", "US"],
        "groups": {"G": {"members": {"US": [[None, 10, "planned_end"], [20, 29, "presumed"], [30, None, None]]}}},
    })  # fmt: skip
    seen = [world.membership("G", "US", day) for day in (10, 15, 25, 30)]
    assert seen == [YES, doubt("planned_end"), doubt("presumed"), YES]
    assert world.membership("G", "FR", 15) == NO


groups = st.sampled_from(REFERENCE.groups())
countries = st.sampled_from(REFERENCE._data["countries"])
days = st.integers(on("1950-01-01"), on("2035-12-31"))


@settings(deadline=None)
@given(groups, countries, days)
def test_an_answer_is_sound(group: str, country: str, day: int) -> None:
    surely, possibly, why = REFERENCE.membership(group, country, day)
    assert possibly or not surely
    assert (why is not None) == (possibly and not surely)


@settings(deadline=None)
@given(groups, countries, days)
def test_membership_changes_only_on_the_days_listed(group: str, country: str, day: int) -> None:
    if REFERENCE.membership(group, country, day) != REFERENCE.membership(group, country, day - 1):
        assert day in REFERENCE.membership_changes(group)


@pytest.mark.parametrize("group", REFERENCE.groups())
def test_every_listed_day_changes_something(group: str) -> None:
    for day in REFERENCE.membership_changes(group):
        after = [REFERENCE.membership(group, one, day) for one in REFERENCE._data["countries"]]
        assert after != [REFERENCE.membership(group, one, day - 1) for one in REFERENCE._data["countries"]]


@settings(deadline=None)
@given(countries, days)
def test_the_economic_area_holds_the_union(country: str, day: int) -> None:
    if day >= on("1994-01-01") and REFERENCE.membership("EU", country, day).surely:
        assert REFERENCE.membership("EEA", country, day).surely
