"""A choice that nobody has told: the outcome is the one on which its options agree, and open where they do not."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility import Profile, Vacancy, check
from eligibility.engine import decide, outcome
from eligibility.reference import load_reference
from eligibility.verdict import Outcome

DAY, REFERENCE = date(2030, 1, 15), load_reference()
CHOICES = {
    "home": {"options": {"here": {"en": "Residents", "fr": "Personnes résidentes"}, "abroad": {"en": "Abroad", "fr": "À l'étranger"}}},
    "grade": {"options": {"a": {"en": "A", "fr": "A"}, "b": {"en": "B", "fr": "B"}, "c": {"en": "C", "fr": "C"}}},
}


def post(*criteria: dict[str, Any], choices: Any = CHOICES, **more: Any) -> dict[str, Any]:
    numbered = [{"id": f"c{number}", **one} for number, one in enumerate(criteria)]
    return {"id": "post", "title": {"en": "Post"}, "dates": {"deadline": "2030-06-30"}, "choices": choices, "criteria": numbered, **more}


def by_home(here: Any, abroad: Any) -> dict[str, Any]:
    return {"by": "home", "values": {"here": here, "abroad": abroad}}


YOUNG = {"kind": "age", "at_most": by_home(30, 50), "label": {"en": "Age", "fr": "Âge"}}
WORK = {"kind": "experience", "at_least": by_home("1 year", "5 years"), "label": {"en": "Work", "fr": "Travail"}}
SHORT = [{"from": "2025-01-01", "to": "2027-06-30", "full_time": True}]
LONG = [{"from": "2020-01-01", "to": "2027-06-30", "full_time": True}]


@pytest.mark.parametrize(
    ("birth", "jobs", "told", "expected"),
    [
        # too old for residents and too little work for the others: the day before the birthday, the day, the day after
        ("1999-07-01", SHORT, {}, "more_information_needed"),
        ("1999-06-30", SHORT, {}, "not_eligible"),
        ("1999-06-29", SHORT, {}, "not_eligible"),
        ("1998-06-30", LONG, {}, "more_information_needed"),
        ("1998-06-30", LONG, {"home": "abroad"}, "likely_eligible"),
        ("1998-06-30", SHORT, {"home": "here"}, "not_eligible"),
        ("2000-01-01", LONG, {}, "likely_eligible"),
        # the fact with which one option may still be met is missing
        (None, SHORT, {}, "more_information_needed"),
        ("1998", SHORT, {}, "not_eligible"),
        ("1999", SHORT, {}, "more_information_needed"),
        # a word that is no option of the vacancy
        ("1998-06-30", SHORT, {"home": "elsewhere"}, "more_information_needed"),
    ],
)
def test_who_fails_something_with_every_option_is_not_eligible(birth: str | None, jobs: Any, told: dict[str, str], expected: str) -> None:
    person = {"experience": jobs, **({} if birth is None else {"birth_date": birth})}
    person |= {"applications": [{"vacancy": "post", "choices": told}]} if told else {}
    report = check(Vacancy.from_dict(post(YOUNG, WORK)), Profile.from_dict(person), DAY)
    assert report.outcome == expected
    alone = expected == "not_eligible" and not told
    assert bool(report.whichever) is alone
    if alone:
        assert "Whichever of these is so, something is not met. Residents: Age; Abroad: Work." in " ".join(report.text().split())
        assert "Add or complete in your profile" not in report.text()
        assert "Personnes résidentes\u00a0: Âge\u00a0; À l'étranger\u00a0: Travail." in report.text("fr").replace("\n", " ")


@pytest.mark.parametrize(
    ("more", "profile"),
    [
        ({"derogation": {"kind": "judged"}}, {}),
        ({"derogation": {"kind": "declared", "fact": "excused"}}, {}),
        ({"readings": [{"name": {"en": "a"}, "preferred": True}, {"name": {"en": "b"}, "at_most": 60}]}, {}),
        ({}, {"incomplete": ["experience"]}),
    ],
)
def test_what_may_still_be_met_with_an_option_leaves_it_open(more: dict[str, Any], profile: dict[str, Any]) -> None:
    """An exception that may be granted, another reading, a list that may hold more."""
    vacancy = Vacancy.from_dict(post({**YOUNG, **more}, WORK))
    person = Profile.from_dict({"birth_date": "1998-01-01", "experience": SHORT, **profile})
    assert check(vacancy, person, DAY).outcome == "more_information_needed"


def test_each_track_is_settled_for_itself() -> None:
    """Not eligible inside whichever home it is, and open outside."""
    tracks = {**CHOICES, "track": {"chosen_by": "applicant", "options": {"in": {"en": "In"}, "out": {"en": "Out"}}}}
    vacancy = Vacancy.from_dict(post({**WORK, "when": {"chosen": "in", "of": "track"}}, YOUNG, choices=tracks))
    report = check(vacancy, Profile.from_dict({"birth_date": "1998-01-01", "experience": SHORT}), DAY)
    assert {one.option: str(one.outcome) for one in report.tracks} == {"in": "not_eligible", "out": "more_information_needed"}


VALUES = st.sampled_from([20, 30, 40])
LENGTHS = st.sampled_from(["1 year", "3 years", "9 years"])


@st.composite
def criteria(draw: st.DrawFn) -> dict[str, Any]:
    """A criterion that rests on one choice, on another, or on none."""
    choice = draw(st.sampled_from(["home", "grade", None]))
    values = draw(st.sampled_from([VALUES, LENGTHS]))
    if choice is None:
        value: Any = draw(values)
    else:
        value = {"by": choice, "values": {option: draw(values) for option in CHOICES[choice]["options"]}}
    kind = {"kind": "age", "at_most": value} if values is VALUES else {"kind": "experience", "at_least": value}
    if draw(st.booleans()):
        option = draw(st.sampled_from([("home", "here"), ("home", "abroad"), ("grade", "a"), ("grade", "c")]))
        kind["when"] = {"chosen": option[1], "of": option[0]}
    if draw(st.integers(0, 5)) == 0:
        kind["derogation"] = draw(st.sampled_from([{"kind": "judged"}, {"kind": "declared", "fact": "excused"}]))
    if draw(st.integers(0, 7)) == 0:
        kind["importance"] = "desirable"
    return kind


PEOPLE = st.fixed_dictionaries(
    {},
    optional={
        "birth_date": st.sampled_from(["2005-05-05", "1998-07-01", "1998", "1985-02-28", "1970"]),
        "experience": st.sampled_from([[], SHORT, LONG, [{"from": "2015-01-01", "to": "2029-01-01", "full_time": True}]]),
        "incomplete": st.sampled_from([[], ["experience"]]),
        "facts": st.sampled_from([{"excused": True}, {"excused": False}]),
    },
)


@given(st.lists(criteria(), min_size=1, max_size=4), PEOPLE)
@settings(max_examples=300, deadline=None)
def test_the_outcome_is_the_one_on_which_the_options_agree(asked: list[dict[str, Any]], person: dict[str, Any]) -> None:
    """Over every combination of the options of two choices: no when all of them say no, yes only when all say yes; with the reasons and without."""
    if "experience" not in person:
        person.pop("incomplete", None)
    vacancy = Vacancy.from_dict(post(*asked), REFERENCE)
    profile = Profile.from_dict(person)
    outcomes = set()
    for home, grade in product(*(one["options"] for one in CHOICES.values())):
        chosen = Profile.from_dict({**person, "applications": [{"vacancy": "post", "choices": {"home": home, "grade": grade}}]})
        outcomes.add(decide(vacancy, chosen, DAY, REFERENCE).outcome)
    found = decide(vacancy, profile, DAY, REFERENCE).outcome
    assert found is outcome(vacancy, profile, DAY, REFERENCE)[0]
    assert (found is Outcome.NOT_ELIGIBLE) is (outcomes == {Outcome.NOT_ELIGIBLE})
    if found is Outcome.LIKELY_ELIGIBLE:  # what applies to some options only stays open, though it be met
        assert outcomes == {Outcome.LIKELY_ELIGIBLE}
