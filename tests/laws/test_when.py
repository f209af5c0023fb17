"""When one may apply is what a check says of each day: over generated rules and people, and over the shipped ones."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds.generate import draw, targets

from eligibility.engine import decide
from eligibility.facts import ProfileFacts
from eligibility.loading.files import find_files
from eligibility.loading.models import load_profile, load_vacancy, read_profile, read_vacancy
from eligibility.profile import Profile
from eligibility.vacancy import Vacancy
from eligibility.when import Looked, Stretch, look

from .strategies import REFERENCE, Dict, law_settings

ROOT = Path(__file__).parent.parent.parent
TARGETS = targets()


def answer(stretches: Iterable[Stretch[Any]], day: int) -> Any:
    return next(one.answer for one in stretches if one.first <= day <= one.last)


def differences(vacancy: Vacancy, profile: Profile, looked: Looked, days: Iterable[int]) -> list[date]:
    """The days on which a check says something else: of the outcome, or of a criterion under an option."""
    facts = ProfileFacts(profile, REFERENCE)
    found = []
    for day in sorted(set(days)):
        if not looked.span.first <= day <= looked.span.last:
            continue
        said = decide(vacancy, profile, date.fromordinal(day), REFERENCE, facts)
        ways = [said.answers] if not said.tracks else [track.answers for track in said.tracks]
        checked = said.outcome, [[one.result.verdict for one in answers] for answers in ways]
        told = answer(looked.outcomes, day), [[answer(stretches, day) for _, _, stretches in way.criteria] for way in looked.ways]
        if checked != told:
            found.append(date.fromordinal(day))
    return found


def beside(looked: Looked) -> set[int]:
    """The first and the last day of every stretch, and the days beside them."""
    every = [*looked.outcomes, *(one for way in looked.ways for _, _, stretches in way.criteria for one in stretches)]
    return {day + step for one in every for day in (one.first, one.last) for step in (-1, 0, 1)}


def on_the_day_of_application(rule: Dict, rnd: Random) -> Dict:
    """The same rule, counted on the day of application: by default, and in some of the places that name another day."""
    text = json.dumps({**rule, "as_of": "application"}, default=str)
    for name in ("deadline", "start"):
        if rnd.random() < 0.6:
            for key in ("before", "to", "as_of", "day"):
                text = text.replace(f'"{key}": "{name}"', f'"{key}": "application"')
    moved: Dict = json.loads(text)
    return moved


@law_settings(20)
@given(st.randoms(use_true_random=False))
def test_every_day_of_a_stretch_has_its_answer(rnd: Random) -> None:
    """Whatever a rule asks and whoever asks: on each day for two years, and beside the ends of each stretch, a check says the same."""
    drawn = draw(rnd, rnd.choice(TARGETS))
    if drawn is None:
        return
    rule = on_the_day_of_application(drawn.rule, rnd) if rnd.random() < 0.7 else drawn.rule
    vacancy, problems = read_vacancy({"id": "test", "title": "Test", **rule}, REFERENCE)
    if vacancy is None or any(one.code.startswith("E") for one in problems):  # what is drawn is not always a rule: validate refuses it
        return
    for meeting in drawn.meetings[:2]:
        profile, _ = read_profile(dict(meeting.person), REFERENCE)
        if profile is not None:
            looked = look(vacancy, profile, meeting.on, REFERENCE)
            around = range(meeting.on.toordinal() - 365, meeting.on.toordinal() + 366)
            assert not differences(vacancy, profile, looked, {*around, *beside(looked)})


MONTHS = st.sampled_from(["6 months", "12 months", "18 months", "2 years", "100 days"])
WINDOWS = st.one_of(
    st.none(),  # time that only adds up
    st.sampled_from([{"after": {"kind": "degree"}}, {"after": "2016-02-29"}, {"within": "18 months", "after": {"kind": "degree"}}]),
    st.sampled_from(["12 months", "18 months", "3 years", "400 days", "1 year 15 days"]).map(lambda length: {"within": length, "before": "application"}),
)
OPERATORS = st.sampled_from(["at_least", "at_most", "more_than", "less_than"])
SHARES = st.sampled_from([100, 100, 50, 80])


@st.composite
def careers(draw: st.DrawFn) -> list[Dict]:
    """Jobs one after the other, or over one another, from days that are no first of a month."""
    day, jobs = date(2015, 1, 1).toordinal() + draw(st.integers(0, 300)), []
    for _ in range(draw(st.integers(1, 3))):
        last = day + draw(st.integers(20, 700))
        begun = date.fromordinal(day).isoformat()
        ended = "ongoing" if draw(st.integers(0, 4)) == 0 else date.fromordinal(last).isoformat()
        jobs.append({"from": begun[:7] if draw(st.integers(0, 5)) == 0 else begun, "to": ended, "rate": draw(SHARES)})
        day = last + draw(st.integers(-100, 200))
    return jobs


@law_settings(12)
@given(careers(), st.sampled_from(["experience", "employment"]), OPERATORS, MONTHS, WINDOWS, st.booleans())
def test_months_in_a_window_that_moves(jobs: list[Dict], kind: str, operator: str, amount: str, window: Dict | None, unbroken: bool) -> None:
    """Where the window moves with the day, months are full on some days and not on others: each of these days is found."""
    criterion: Dict = {"id": "c", "kind": kind, operator: amount}
    if kind == "experience":  # a job lasts whatever the window
        criterion |= {**({"during": window} if window else {}), **({"unbroken": True} if unbroken else {})}
    vacancy, _ = read_vacancy({"id": "test", "title": "Test", "as_of": "application", "criteria": [criterion]}, REFERENCE)
    profile, _ = read_profile({"birth_date": "1990-01-01", "experience": jobs, "degrees": [{"awarded": "2016-08-31"}]}, REFERENCE)
    assert vacancy is not None
    if profile is None:
        return
    looked = look(vacancy, profile, date(2017, 5, 5), REFERENCE)
    around = range(date(2015, 1, 1).toordinal(), date(2020, 1, 1).toordinal())
    assert not differences(vacancy, profile, looked, {*around, *beside(looked)})


VACANCIES = [load_vacancy(path, REFERENCE) for path in find_files(str(ROOT / "rules"))]
PROFILES = sorted((ROOT / "profiles").glob("*.yaml"))


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_the_shipped_rules_and_profiles(path: Path) -> None:
    """The same of the shipped ones: beside the ends of each stretch, and every fortnight for ten years."""
    profile = load_profile(str(path), REFERENCE)
    on = date(2024, 3, 20)
    for vacancy in VACANCIES:
        looked = look(vacancy, profile, on, REFERENCE)
        around = range(on.toordinal() - 1800, on.toordinal() + 1800, 14)
        assert not differences(vacancy, profile, looked, {*around, *beside(looked)})
