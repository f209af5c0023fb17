"""Whatever a check finds, it finds at every place where it can be written: in groups, exceptions, readings, windows, credits, and in the value
of one option."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

import pytest
from rule_files import TODAY

from eligibility.checks import Rule, problems_of
from eligibility.loading.plain_data import open_vacancy_data
from eligibility.reference import load_reference
from eligibility.vacancy import Vacancy

Raw = dict[str, Any]
WORK = {"kind": "experience", "at_least": "1 year"}
AGE = {"kind": "age", "at_most": 30}

FAULTS: dict[str, list[tuple[Raw, str]]] = {
    "E304": [({"kind": "experience", "at_least": "3 years", "at_most": "2 years"}, "at_most"),
             ({"kind": "degree", "level": {"at_least": 7, "at_most": 6}}, "level"),
             ({"kind": "age", "at_least": 40, "at_most": 30}, "at_most")],
    "E307": [({"kind": "degree", "awarded": {"from": "2020-01-01", "to": "2019-01-01"}}, "awarded"),
             ({"kind": "experience", "at_least": "25 months", "during": {"within": "2 years", "before": "deadline"}}, "during")],
    "E318": [({"kind": "experience", "employer_name": "acmee"}, "employer_name")],
    "E322": [({"kind": "age", "less_than": 32, "extended": [{"add": "1 year", "per": {"kind": "child"}}], "never_beyond": 30}, "never_beyond"),
             ({"kind": "age", "less_than": 32, "extended": [{"to": 30, "when": {"kind": "child"}}]}, "extended")],
    "E323": [({"kind": "experience", "at_least": "0 years"}, "at_least"), ({"kind": "age", "at_least": 180}, "at_least")],
    "W310": [({"kind": "citizenship", "of": "OECD", "as_of": "1948-01-01"}, "of"),
             ({"kind": "residence", "in": {"except": ["OECD"]}, "at_least": "1 year", "as_of": "1948-01-01"}, "in")],
    "W330": [({"kind": "experience", "ended": {"from": "2015-01-01"}}, "ended")],
    "N311": [({"kind": "citizenship", "of": "ICESCO"}, "of"), ({"kind": "experience", "in": {"except": ["ICESCO", "FR"]}, "at_least": "1 year"}, "in"),
             ({"kind": "residence", "in": {"list": "places"}, "at_least": "1 year"}, "lists")],
}  # fmt: skip
"""By the code of a check: questions with the fault, and the key at which it stands."""

PLACES: dict[str, Callable[[Raw], Raw]] = {
    "alone": lambda one: one,
    "any_of": lambda one: {"any_of": [{"kind": "child"}, one]},
    "all_of": lambda one: {"all_of": [{"kind": "child"}, one]},
    "none_of": lambda one: {"none_of": [one]},
    "group of groups": lambda one: {"any_of": [{"kind": "child"}, {"all_of": [{"kind": "declared", "fact": "x"}, one]}]},
    "when": lambda one: {"kind": "child", "when": one},
    "unless": lambda one: {"kind": "child", "unless": one},
    "derogation": lambda one: {"kind": "child", "derogation": one},
    "when of a derogation": lambda one: {"kind": "child", "derogation": {"kind": "declared", "fact": "x", "when": one}},
    "window": lambda one: {**WORK, "during": {"after": {"take": "first", **one}}},
    "while": lambda one: {**WORK, "during": one},
    "per": lambda one: {**AGE, "extended": [{"add": "1 year", "per": one}]},
    "of": lambda one: {**AGE, "extended": [{"add": "length", "of": one}]},
    "extended when": lambda one: {**AGE, "extended": [{"to": 40, "when": one}]},
    "largest": lambda one: {**AGE, "extended": [{"largest": [{"add": "1 year", "per": {"kind": "child"}}, {"add": "length", "of": one}]}]},
    "also": lambda one: {**WORK, "at_least": "5 years", "also": [one]},
    "limits": lambda one: {**WORK, "limits": [{"at_most": "1 year", **{key: value for key, value in one.items() if key != "kind"}}]},
    "of_which": lambda one: {"kind": "experience", "at_least": "5 years", "unbroken": True, "of_which": [{key: value for key, value in one.items() if key != "kind"}]},
    "together": lambda one: {"together": [{"kind": "study", "whole": "1 year"}, {"whole": "1 year", **one}]},
}  # fmt: skip


def ways(one: Raw, key: str) -> Iterator[tuple[str, Raw, str]]:
    """A question as it is, with its fault in the value of one option, and in one of its readings; and what stands in the path then."""
    yield "", one, key
    if key in one:
        right = {"at_most": "50 years" if "years" in str(one[key]) else 50, "at_least": "1 year" if "year" in str(one[key]) else 18, "never_beyond": 40,
                 "awarded": {"after": "2010-01-01"}, "ended": {"before": "2020-01-01"}, "during": {"within": "9 years", "before": "deadline"}, "employer_name": "acme", "of": "FR", "in": "FR",
                 "level": 7}.get(key)  # fmt: skip
        if right is not None:
            yield "by", {**one, key: {"by": "track", "values": {"in": right, "out": one[key]}}}, f"{key}.values.out"
            name = {"en": "a", "fr": "a"}
            readings = [{"name": name, "preferred": True, key: right}, {"name": {"en": "b", "fr": "b"}, key: one[key]}]
            yield "readings", {**{k: v for k, v in one.items() if k != key}, "readings": readings}, f"readings.1.{key}"


def every() -> Iterator[Any]:
    for code, faults in FAULTS.items():
        for number, (one, key) in enumerate(faults):
            for way, raw, at in ways(one, key):
                for place in PLACES:
                    yield pytest.param(code, raw, at, place, id=f"{code}-{number}-{way or 'plain'}-{place}")


REFERENCE = load_reference()


def read(criterion: Raw, key: str) -> Vacancy | None:
    """A rule file with this criterion, or condition; None where it cannot be read."""
    data = {
        "id": "post", "title": {"en": "Post", "fr": "Poste"}, "dates": {"deadline": "2024-06-30", "start": "2024-09-01"},
        "lists": {"employers": [{"id": "acme", "also": ["Acme Ltd"]}], "places": ["ICESCO", "FR"]},
        "choices": {"track": {"options": {"in": {"en": "In", "fr": "In"}, "out": {"en": "Out", "fr": "Out"}}}},
        "criteria": [], key: [{"id": "a", **criterion}],
    }  # fmt: skip
    return open_vacancy_data(data, REFERENCE).model


def found(criterion: Raw, key: str) -> list[tuple[str, str]] | None:
    """What the checks find in such a rule file."""
    vacancy = read(criterion, key)
    return None if vacancy is None else [(one.code, words_of(one.path)) for one in problems_of(Rule(vacancy, REFERENCE, TODAY))]


def words_of(path: Sequence[str | int]) -> str:
    return ".".join(map(str, path))


@pytest.mark.parametrize(("code", "raw", "at", "place"), list(every()))
def test_a_fault_is_found_wherever_it_stands(code: str, raw: Raw, at: str, place: str) -> None:
    """At the place where it is written. What cannot stand there is refused for that."""
    for key in ("criteria", "conditions"):
        told = found(PLACES[place](raw), key)
        if told is None:
            continue
        assert [path for one, path in told if one == code and at in path], told


def test_no_check_and_no_place_was_left_out() -> None:
    """Every fault can stand in several places, and in every place some fault."""
    for code, faults in FAULTS.items():
        places = (place for place in PLACES if any(read(PLACES[place](one), "criteria") is not None for one, _ in faults))
        assert len(list(islice(places, 3))) == 3, code
    for place, put in PLACES.items():
        assert any(read(put(one), "criteria") is not None for faults in FAULTS.values() for one, _ in faults), place
