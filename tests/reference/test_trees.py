"""Kinds of employer and fields: narrower satisfies wider, disputes stay open."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.reference import Answer, load_reference
from eligibility.reference.tree import Tree

REFERENCE = load_reference()
YES, NO = Answer(True, True), Answer(False, False)
VAGUE, DISPUTED, UNKNOWN_ID = (Answer(False, True, code) for code in ("vague", "disputed", "unknown_id"))


@pytest.mark.parametrize(
    ("value", "wanted", "answer"),
    [
        ("judiciary", "public_administration", YES),
        ("public_university", "public_sector", YES),
        ("public_university", "university", YES),
        ("private_company", "public_sector", NO),
        ("ngo", "intergovernmental_organisation", NO),
        ("university", "public_sector_body", VAGUE),
        ("employer", "ngo", VAGUE),
        ("eu_institution", "intergovernmental_organisation", DISPUTED),
        ("eu_institution", "public_administration", DISPUTED),
        ("eu_institution", "public_sector", DISPUTED),
        ("eu_institution", "national_administration", NO),
        ("state_owned_company", "public_sector_body", DISPUTED),
        ("company", "public_sector_body", VAGUE),
        ("international_ngo", "international_organisation", DISPUTED),
        ("bakery", "company", UNKNOWN_ID),
        ("company", "bakery", UNKNOWN_ID),
    ],
)
def test_employers(value: str, wanted: str, answer: Answer) -> None:
    assert REFERENCE.within("employer", value, wanted) == answer


@pytest.mark.parametrize(
    ("value", "wanted", "answer"),
    [
        ("ai_policy", "digital_governance", YES),
        ("ai_governance", "ai_ethics", NO),
        ("ict", "artificial_intelligence", VAGUE),
        ("science_technology_society", "humanities", YES),
        ("astrology", "law", UNKNOWN_ID),
    ],
)
def test_fields(value: str, wanted: str, answer: Answer) -> None:
    assert REFERENCE.within("field", value, wanted) == answer


@pytest.mark.parametrize(
    ("field", "wanted", "close"),
    [
        ("data_science", "artificial_intelligence", True),
        ("artificial_intelligence", "data_science", True),
        ("machine_learning", "data_science", True),  # what is under artificial intelligence is as close
        ("statistics", "ict", True),  # close to a part of it
        ("history", "artificial_intelligence", False),
        ("astrology", "law", False),
    ],
)
def test_related(field: str, wanted: str, close: bool) -> None:
    assert REFERENCE.related(field, wanted) is close


def test_as_many_as_the_sources_say() -> None:
    assert len(REFERENCE.tree("employer")) == 34
    assert len(REFERENCE.tree("field")) == 45


@st.composite
def tree_and_terms(draw: st.DrawFn) -> tuple[Tree, str, str, str]:
    """A small acyclic hierarchy, or one of ours, and three of its terms."""
    if draw(st.booleans()):
        tree = REFERENCE._trees[draw(st.sampled_from(["employer", "field"]))]
    else:
        names = "abcdefgh"[: draw(st.integers(1, 8))]
        some = {name: st.lists(st.sampled_from(names), max_size=2, unique=True) for name in names}
        tree = Tree({
            name: {
                "parents": draw(st.lists(st.sampled_from(names[:index]), max_size=2, unique=True)) if index else [],
                "unknown_for": draw(some[name]),
            }
            for index, name in enumerate(names)
        })  # fmt: skip
    value, wanted, wider = (draw(st.sampled_from(tree.terms())) for _ in range(3))
    return tree, value, wanted, wider


@settings(deadline=None)
@given(tree_and_terms())
def test_the_laws_of_a_hierarchy(drawn: tuple[Tree, str, str, str]) -> None:
    tree, value, wanted, wider = drawn
    assert tree.within(value, value) == YES
    direct, onward = tree.within(value, wanted), tree.within(wanted, wider)
    assert direct.possibly or not direct.surely
    if direct.surely and onward.surely:
        assert tree.within(value, wider).surely
    if direct.surely and tree.within(wanted, value).surely:
        assert value == wanted  # acyclic
    for term in tree.above(wanted):  # asking for less never hurts
        assert tree.within(value, term).surely >= direct.surely
        assert tree.within(value, term).possibly >= direct.possibly
    for term in tree.below(value):  # saying more refines the answer
        refined = tree.within(term, wanted)
        assert refined.surely >= direct.surely
        assert direct.possibly >= refined.possibly


def test_every_term_a_row_names_exists() -> None:
    for rows in REFERENCE._data["trees"].values():
        for row in rows.values():
            assert {*row.get("parents", ()), *row.get("unknown_for", ()), *row.get("related", ())} <= {*rows}
