"""Which question comes first, and when there is none: whatever can be settled is asked for, and what cannot is not."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

import pytest

from eligibility.asking.profile_data import incomplete_of, is_list, with_value
from eligibility.asking.ranking import Ranking, Vacant
from eligibility.engine import check
from eligibility.loading.document import steps_of, value_at
from eligibility.loading.models import read_profile, read_vacancy
from eligibility.reference import load_reference
from eligibility.vacancy import Vacancy
from eligibility.verdict import Outcome
from tests.worlds.__main__ import rules

REFERENCE = load_reference()
DAY = date(2030, 1, 15)


def post(name: str, deadline: str, *criteria: Mapping[str, Any], **more: Any) -> Vacant:
    data = {"id": name, "title": {"en": name}, "dates": {"deadline": deadline}, "criteria": list(criteria), **more}
    return Vacant(Vacancy.from_dict(data, REFERENCE), DAY)


def ranking(profile: Mapping[str, Any], *vacant: Vacant) -> Ranking:
    model, _ = read_profile(profile, REFERENCE)
    assert model is not None
    found = Ranking(vacant, REFERENCE)
    found.learn(profile, model)
    return found


def paths(of: Ranking) -> list[str]:
    return [one.path for one in of.questions()]


ADULT = {"id": "adult", "kind": "age", "at_least": 18}
RIGHTS = {"id": "rights", "kind": "declared", "fact": "full_rights"}
HOME = {"id": "home", "kind": "domicile", "in": "FR"}


def test_what_more_vacancies_wait_for_comes_first() -> None:
    """Two wait for the birth date, one for the home."""
    found = ranking({}, post("a", "2030-06-30", ADULT), post("b", "2030-06-30", ADULT, HOME))
    assert paths(found)[0] == "birth_date"
    assert set(found.questions()[0].settles) == {"a", "b"}


@pytest.mark.parametrize(("first", "second", "asked"), [("2030-02-01", "2030-03-01", "facts.x"), ("2030-03-01", "2030-02-01", "facts.y")])
def test_of_questions_that_settle_as_much_the_nearer_deadline_decides(first: str, second: str, asked: str) -> None:
    """Two vacancies, a fact each."""
    one, two = {"id": "x", "kind": "declared", "fact": "x"}, {"id": "y", "kind": "declared", "fact": "y"}
    found = ranking({}, post("a", first, one), post("b", second, two)).next()
    assert found is not None
    assert found.path == asked


def test_the_last_open_fact_settles_either_way() -> None:
    """Met, and it is likely; not met, and it is not."""
    [question] = ranking({}, post("a", "2030-06-30", RIGHTS)).questions()
    assert question.settles == {"a": (Outcome.LIKELY_ELIGIBLE, Outcome.NOT_ELIGIBLE)}


def test_nothing_is_asked_of_what_is_settled() -> None:
    """One criterion that is not met settles its vacancy, whatever else is open."""
    assert paths(ranking({"facts": {"full_rights": False}}, post("a", "2030-06-30", RIGHTS, ADULT, HOME))) == []


def test_nothing_is_asked_where_a_person_has_to_decide_whatever_is_said() -> None:
    """The exception has to be granted: an answer that can only be met settles nothing."""
    stuck = {"id": "age", "kind": "age", "at_most": 30, "derogation": {"kind": "judged"}}
    other = {"any_of": [{"kind": "age", "at_least": 10}, HOME], "id": "either"}
    assert paths(ranking({"birth_date": "1960"}, post("a", "2030-06-30", stuck, other))) == []
    assert paths(ranking({"birth_date": "1960"}, post("a", "2030-06-30", stuck, HOME))) == ["domicile"]  # it may not be met


def test_what_nobody_knows_is_left_out() -> None:
    """The others are asked for all the same, as long as they can settle something."""
    found = ranking({}, post("a", "2030-06-30", RIGHTS, HOME))
    found.skipped.add("domicile")
    assert paths(found) == ["facts.full_rights"]


def test_an_outcome_for_each_way_in() -> None:
    """Where the applicant may choose, the outcome is that of the best way; the questions are those of all of them."""
    choices = {"track": {"chosen_by": "applicant", "options": {"in": {"en": "Internal"}, "out": {"en": "External"}}}}
    inside = {**RIGHTS, "when": {"chosen": "in", "of": "track"}}
    outside = {**HOME, "when": {"chosen": "out", "of": "track"}}
    found = ranking({}, post("a", "2030-06-30", inside, outside, choices=choices))
    assert sorted(paths(found)) == ["domicile", "facts.full_rights"]
    assert paths(ranking({"domicile": "FR"}, post("a", "2030-06-30", inside, outside, choices=choices))) == []


def test_the_next_question_is_the_first_of_the_list() -> None:
    """Whether one is asked for or all."""
    found = ranking({}, post("a", "2030-06-30", ADULT, RIGHTS), post("b", "2030-05-30", HOME, RIGHTS, ADULT))
    question = found.next()
    assert question is not None
    assert question.path == paths(found)[0]


def lives(seed: int, number: int) -> Iterator[tuple[Vacancy, Mapping[str, Any], Mapping[str, Any], date]]:
    """Rules over the whole language, with people who are known whole, and the same with most of it withheld."""
    draw = random.Random(seed)
    for drawn in islice(rules(seed), number):
        if drawn is None:
            continue
        vacancy, problems = read_vacancy({"id": "test", "title": "Test", **drawn.rule}, REFERENCE)
        if vacancy is None or any(one.code[0] == "E" for one in problems):
            continue
        full, on = dict(drawn.meetings[0].person), drawn.meetings[0].on
        names = [name for name in full if name not in ("incomplete", "applications")]
        hidden = set(draw.sample(names, len(names) * 2 // 3)) or set(names)
        data = {name: value for name, value in full.items() if name not in hidden}
        if left := [one for one in incomplete_of(full) if one not in hidden]:
            data["incomplete"] = left
        else:
            data.pop("incomplete", None)
        yield vacancy, full, data, on


def test_it_stops_when_nothing_more_can_be_settled_and_not_before() -> None:
    """Law: once no question is left, no outcome is open that the whole of what the person knows would settle."""
    tried = 0
    for vacancy, full, known, on in lives(7, 200):
        data, (whole, _), (model, _) = dict(known), read_profile(full, REFERENCE), read_profile(known, REFERENCE)
        if whole is None or model is None:
            continue
        found = Ranking([Vacant(vacancy, on)], REFERENCE)
        found.learn(data, model)
        for _ in range(100):
            question = found.next()
            if question is None:
                break
            value = value_at(full, question.path)
            if value is None or value == value_at(data, question.path):
                found.skipped.add(question.path)
                continue
            data = with_value(data, steps_of(question.path), value)
            if is_list(question.path) and question.path in incomplete_of(full):
                data["incomplete"] = [*incomplete_of(data), question.path]
                found.skipped.add(question.path)
            model, _ = read_profile(data, REFERENCE)
            assert model is not None
            found.learn(data, model)
        else:
            raise AssertionError((vacancy.criteria, full))
        tried += 1
        now = check(vacancy, model, on, REFERENCE).outcome
        assert found.outcomes[vacancy.id] is now  # nothing was remembered that is no longer so
        if now is Outcome.MORE_INFORMATION:
            assert check(vacancy, whole, on, REFERENCE).outcome is Outcome.MORE_INFORMATION, (vacancy.criteria, full, data)
    assert tried > 100


HOMES = {"home": {"options": {"here": {"en": "Residents"}, "abroad": {"en": "Abroad"}}}}
CLOSES = {"by": "home", "values": {"here": "2030-01-14", "abroad": "2030-01-31"}}


def closing(profile: Mapping[str, Any], day: date, **dates: Any) -> Ranking:
    """What is asked of somebody on a day, for a vacancy that closes on the 14th for residents and on the 31st for others."""
    data = {"id": "a", "title": {"en": "a"}, "dates": {"deadline": CLOSES, **dates}, "choices": HOMES, "criteria": [RIGHTS]}
    model, _ = read_profile(profile, REFERENCE)
    assert model is not None
    found = Ranking([Vacant(Vacancy.from_dict(data, REFERENCE), day)], REFERENCE)
    found.learn(profile, model)
    return found


@pytest.mark.parametrize(("day", "asked"), [(13, False), (14, False), (15, True), (31, True)])
def test_a_choice_that_only_the_deadline_hangs_on_is_asked_for_once_it_matters(day: int, asked: bool) -> None:
    """While both are open, nobody has to tell; then the choice says whether one can still apply, also to whoever meets all that is asked."""
    for facts, more in (({"full_rights": True}, []), ({}, ["facts.full_rights"])):
        found = closing({"facts": facts}, date(2030, 1, day))
        assert paths(found) == [*more, *(["applications.a.choices.home"] if asked else [])]
        for question in found.questions():
            assert question.opens == (("a",) if question.path.startswith("applications") else ())
            assert bool(question.settles) is not bool(question.opens)
    assert paths(closing({"facts": {"full_rights": False}}, date(2030, 1, day))) == []


@pytest.mark.parametrize(("day", "asked"), [(1, False), (2, True), (9, True), (10, False)])
def test_so_is_one_that_only_the_opening_hangs_on(day: int, asked: bool) -> None:
    """Before both and after both it makes no difference."""
    found = closing({"facts": {"full_rights": True}}, date(2030, 1, day), opening={"by": "home", "values": {"here": "2030-01-02", "abroad": "2030-01-10"}})
    assert paths(found) == (["applications.a.choices.home"] if asked else [])


def test_nothing_more_is_asked_where_the_option_that_was_told_has_closed() -> None:
    """Whoever may still apply is asked on."""
    told = {"applications": [{"vacancy": "a", "choices": {"home": "here"}}]}
    assert paths(closing(told, date(2030, 1, 15))) == []
    assert paths(closing({"applications": [{"vacancy": "a", "choices": {"home": "abroad"}}]}, date(2030, 1, 15))) == ["facts.full_rights"]
