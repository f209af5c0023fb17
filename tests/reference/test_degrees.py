"""Titles of degrees: the level depends on the country."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.reference import load_reference
from eligibility.reference.degrees import Degrees

REFERENCE = load_reference()
TITLES = REFERENCE.vocabulary("titles")
PLACES = ("FR", "CA", "CA-QC", "CA-ON", "GB", "GB-SCT", "MA", "BE", "SN")


@pytest.mark.parametrize(
    ("title", "place", "level"),
    [
        ("baccalaureat", "FR", (4, 4)),
        ("baccalaureat", "MA", (4, 4)),
        ("baccalaureat", "CA-QC", (6, 6)),
        ("baccalaureat", "CA", (6, 6)),
        ("baccalaureat", None, (4, 6)),
        ("baccalaureat", "SN", (4, 6)),
        ("maitrise", "FR", (6, 6)),
        ("maitrise", "CA-QC", (7, 7)),
        ("maitrise", None, (6, 7)),
        ("maitrise", "CA-ON", (6, 7)),
        ("master", "FR", (7, 7)),
        ("master", "DE", (7, 7)),
        ("master", None, (6, 7)),
        ("master", "CA-QC", (7, 7)),
        ("master", "CA-ON", (7, 7)),
        ("dess", "FR", (7, 7)),
        ("dess", "CA-QC", (7, 7)),
        ("licence", None, (6, 6)),
        ("bachelor", "GB-SCT", (6, 6)),
        ("doctorat", "IT", (8, 8)),
        ("dec", "CA-QC", (4, 5)),
        ("dec_technique", "CA-QC", (5, 5)),
        ("certificat", "CA-QC", (5, 5)),
        ("certificat", "FR", (4, 7)),
        ("cap", "FR", (3, 3)),
        ("magister", "FR", None),
        ("magister", None, None),
    ],
)
def test_level(title: str, place: str | None, level: tuple[int, int] | None) -> None:
    assert REFERENCE.degree(title, place).level == level


@pytest.mark.parametrize(
    ("title", "place", "answer"),
    [
        ("baccalaureat", "FR", True),
        ("baccalaureat", None, True),
        ("des", "CA-QC", False),
        ("aec", "CA-QC", False),
        ("cap", "FR", False),
        ("dec", "CA-QC", True),
        ("technicien", "MA", None),
        ("certificat", None, None),
        ("master", None, True),
        ("magister", "FR", None),
    ],
)
def test_gives_access(title: str, place: str | None, answer: bool | None) -> None:
    assert REFERENCE.degree(title, place).gives_access is answer


@pytest.mark.parametrize(
    ("title", "place", "years"),
    [
        ("licence", "FR", 3),
        ("master", "FR", 5),
        ("maitrise", "FR", 4),
        ("maitrise", "CA-QC", 5),  # two years after a three-year baccalauréat
        ("baccalaureat", "CA-QC", 3),
        ("baccalaureat", "FR", None),
        ("baccalaureat", None, None),
        ("dec", "CA-QC", None),
        ("bachelor", "CA", None),
        ("magister", "FR", None),
    ],
)
def test_years(title: str, place: str | None, years: int | None) -> None:
    assert REFERENCE.degree(title, place).years == years


@settings(deadline=None)
@given(st.sampled_from(TITLES), st.sampled_from(PLACES))
def test_naming_the_place_refines_the_level(title: str, place: str) -> None:
    bare, country, exact = (REFERENCE.degree(title, one).level for one in (None, place.partition("-")[0], place))
    assert (bare is None) == (country is None) == (exact is None)
    if bare and country and exact:
        assert bare[0] <= country[0] <= country[1] <= bare[1]
        assert bare[0] <= exact[0] <= exact[1] <= bare[1]


@pytest.mark.parametrize("title", TITLES)
def test_every_title_has_a_level(title: str) -> None:
    level = REFERENCE.degree(title, None).level
    assert level is not None
    assert 1 <= level[0] <= level[1] <= 8


def test_every_title_and_place_of_the_table_is_known() -> None:
    names = REFERENCE.degree_names()
    assert ("maitrise", "CA-QC") in names
    assert all(REFERENCE.is_term("titles", title) and REFERENCE.is_place(place) for title, place in names)


def test_a_region_takes_the_row_of_its_country_but_not_of_a_neighbour() -> None:
    degrees = Degrees([["CA", ["x"], 6, None, 4], ["CA-QC", ["x", "y"], 7, None, 2]], {})
    assert degrees.meaning("x", "CA-QC").level == (7, 7)
    assert degrees.meaning("x", "CA-ON").level == (6, 6)
    assert degrees.meaning("x", "CA").level == (6, 7)
    assert degrees.meaning("x", "CA").years is None
    assert degrees.meaning("y", "CA-ON").level == degrees.meaning("y", None).level == (7, 7)
