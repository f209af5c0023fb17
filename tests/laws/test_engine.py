"""Laws 5, 45 to 47 and 50: the same question has the same answer, the whole follows from its parts, nothing is ignored."""

from __future__ import annotations

import ast
import copy
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from eligibility.engine import check, outcome
from eligibility.facts import ProfileFacts
from eligibility.loading.models import load_profile, load_vacancy
from eligibility.profile import Profile
from eligibility.report import Report
from eligibility.vacancy import Unreadable, Vacancy
from eligibility.verdict import Outcome

from .catalogue import CRITERIA, HEADER, LIST_NAMES, blurred, pairs, people
from .strategies import (
    FAIL,
    NOT_APPLICABLE,
    PASS,
    REFERENCE,
    TODAY,
    UNKNOWN,
    Dict,
    every_finding,
    law,
    law_settings,
    report,
    vacancy,
)

ROOT = Path(__file__).parent.parent.parent
some = law_settings(25)
"""Each example asks every criterion there is."""
EVERYTHING = vacancy(CRITERIA, **HEADER)
few_criteria = st.lists(st.sampled_from(CRITERIA), min_size=1, max_size=4)
importances = st.lists(st.sampled_from(["required", "desirable"]), min_size=4, max_size=4)


def everything(person: Dict) -> Report:
    return check(EVERYTHING, Profile.model_validate(copy.deepcopy(person)), TODAY, REFERENCE)


def said(one: Report) -> Dict:
    """All that a report says, without the receipt."""
    return one.model_dump(mode="json", exclude={"receipt"})


def header() -> Dict:
    return {"format": 1, "id": "post", "title": "A post", **HEADER, "criteria": [{"id": f"c{i}", **one} for i, one in enumerate(CRITERIA)]}


# ----------------------------------------------------------------------------------------- 5: the order of records


@some
@given(pairs(), st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(pair: tuple[Dict, Dict], random: Any) -> None:
    """Law 5. Records, nationalities, languages or jobs in another order change no verdict and no cause."""
    less = pair[1]
    shuffled = {key: random.sample(value, len(value)) if key in LIST_NAMES else value for key, value in less.items()}
    for criterion, one, other in zip(CRITERIA, everything(less).findings, everything(shuffled).findings, strict=True):
        assert (one.verdict, set(one.causes)) == (other.verdict, set(other.causes)), criterion


# ------------------------------------------------------------------------------- 45 and 46: the same, every time


def turned(value: Any) -> Any:
    """The same mappings, their keys in the opposite order."""
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(value)}
    return [turned(one) for one in value] if isinstance(value, list) else value


@some
@given(pairs())
def test_the_order_of_keys_does_not_matter(pair: tuple[Dict, Dict]) -> None:
    """Law 45. The keys of a profile and of its records may stand in any order."""
    assert json.dumps(said(everything(pair[1]))) == json.dumps(said(everything(turned(pair[1]))))


def test_the_order_of_keys_of_a_rule_does_not_matter() -> None:
    """Law 45. The keys of a criterion may stand in any order; only the first of several bounds is the one that is told."""
    assert [one.kind for one in Vacancy.model_validate(turned(header())).parsed(REFERENCE).criteria] == [
        one.kind for one in EVERYTHING.parsed(REFERENCE).criteria
    ]


@some
@given(people, st.data())
def test_the_same_question_has_the_same_answer(person: Dict, data: st.DataObject) -> None:
    """Law 46. Asked twice, by fresh objects, with facts prepared before, or after somebody else, the answer is the same to the letter."""
    less = data.draw(blurred(person))
    profile = Profile.model_validate(copy.deepcopy(less))
    first = check(EVERYTHING, profile, TODAY, REFERENCE)
    everything(person)
    fresh = Vacancy.model_validate(copy.deepcopy(header()))
    facts = ProfileFacts(profile, REFERENCE)
    check(EVERYTHING, profile, date(2020, 1, 1), REFERENCE, facts)
    text = first.model_dump_json()
    assert check(EVERYTHING, profile, TODAY, REFERENCE, facts).model_dump_json() == text
    assert check(fresh, Profile.model_validate(copy.deepcopy(less)), TODAY, REFERENCE).model_dump_json() == text


@law_settings(10)
@given(people, st.data())
def test_files_say_what_mappings_say(person: Dict, data: st.DataObject) -> None:
    """Law 46. A rule and a profile written as YAML and read again give the same report."""
    less = data.draw(blurred(person))
    with tempfile.TemporaryDirectory() as folder:
        rule_file, profile_file = Path(folder, "post.yaml"), Path(folder, "me.yaml")
        rule_file.write_text(yaml.safe_dump(header(), allow_unicode=True, sort_keys=False), "utf-8")
        profile_file.write_text(yaml.safe_dump(less, allow_unicode=True, sort_keys=False), "utf-8")
        read = check(load_vacancy(str(rule_file)), load_profile(str(profile_file)), TODAY, REFERENCE)
    assert said(read) == said(everything(less))


def test_money_written_out_is_money() -> None:
    """Law 46. An amount of money is written as it is read."""
    profile = Profile.model_validate({"funds": [{"amount": "3500 EUR", "from": "2024-01-01", "to": "ongoing"}]})
    assert Profile.model_validate(json.loads(profile.model_dump_json(by_alias=True, exclude_none=True))) == profile


@some
@given(pairs())
def test_a_profile_written_out_is_the_same_profile(pair: tuple[Dict, Dict]) -> None:
    """Law 46. A profile that has been read, written as data and read again answers as before."""
    profile = Profile.model_validate({key: copy.deepcopy(value) for key, value in pair[1].items() if key != "funds"})
    again = Profile.model_validate(json.loads(profile.model_dump_json(by_alias=True, exclude_none=True, exclude={"applications"})))
    again = again.model_copy(update={"applications": profile.applications})
    assert said(check(EVERYTHING, again, TODAY, REFERENCE)) == said(check(EVERYTHING, profile, TODAY, REFERENCE))


SURROUNDINGS = frozenset({"time", "os", "sys", "random", "locale", "socket"})


@pytest.mark.parametrize("module", ["engine", "facts", "dates", "verdict", "vacancy", "language", "question", "reading", "deciding", "explaining"])
def test_no_clock_is_read(module: str) -> None:
    """Law 45. What decides never asks what day it is, nor anything of its surroundings."""
    place = ROOT / "src" / "eligibility"
    files = [place / f"{module}.py"] if (place / f"{module}.py").exists() else sorted((place / module).glob("*.py"))
    assert files
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                assert node.func.attr not in {"today", "now", "utcnow", "getenv", "localtime"}, (file, node.lineno)
            if isinstance(node, ast.Import):
                assert not {one.name for one in node.names} & SURROUNDINGS, (file, node.lineno)
            if isinstance(node, ast.ImportFrom):
                assert node.module not in SURROUNDINGS, (file, node.lineno)


def test_nothing_around_the_engine_matters() -> None:
    """Law 45. Neither the zone, the language, the hash seed nor the working folder of the computer changes a byte."""
    profile, rules = ROOT / "profiles" / "lea.yaml", ROOT / "rules"
    command = [sys.executable, "-m", "eligibility", "check", str(profile), "--rules", str(rules), "--on", "2023-09-15", "--format", "json"]
    surroundings = (
        {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0"},
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1", "LANG": "fr_FR.UTF-8"},
        {"TZ": "Pacific/Pago_Pago", "LC_ALL": "POSIX", "PYTHONHASHSEED": "4242", "COLUMNS": "20", "NO_COLOR": "1"},
    )
    outputs = set()
    for index, extra in enumerate(surroundings):
        environment = {key: value for key, value in os.environ.items() if not key.startswith("LC_")} | extra
        folder = ROOT if index else Path(tempfile.gettempdir())
        done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        outputs.add(done.stdout)
    assert len(outputs) == 1


# --------------------------------------------------------------------------------------- 47: the whole and its parts


@law
@given(few_criteria, importances, pairs())
def test_the_outcome_follows_from_the_required_criteria(criteria: list[Dict], weights: list[str], pair: tuple[Dict, Dict]) -> None:
    """Law 47. Eligible: all required ones pass. Not eligible: one fails. Open: one is unknown and none fails. Assets do not count."""
    asked = [{**one, "importance": weight} for one, weight in zip(criteria, weights, strict=False)]
    found = report(asked, copy.deepcopy(pair[1]), **HEADER)
    verdicts = [one.verdict for one in found.findings if one.importance == "required"]
    match found.outcome:
        case Outcome.LIKELY_ELIGIBLE:
            assert set(verdicts) <= {PASS, NOT_APPLICABLE}
        case Outcome.NOT_ELIGIBLE:
            assert FAIL in verdicts
        case _:
            assert UNKNOWN in verdicts
            assert FAIL not in verdicts
    assert [one.id for one in found.required] == [
        one.id for one in found.findings if one.importance == "required" and one.verdict is not NOT_APPLICABLE
    ]


@law
@given(few_criteria, pairs())
def test_the_best_track_heads_the_report(criteria: list[Dict], pair: tuple[Dict, Dict]) -> None:
    """Law 47. With several ways into a post there is one outcome for each, and the best of them is that of the report."""
    choices = {**HEADER["choices"], "track": {"chosen_by": "applicant", "options": {"outside": "From outside", "inside": "From inside"}}}
    inside = [{"when": {"chosen": "inside"}, "kind": "declared", "fact": "duties_done"}]
    found = report([*criteria, *inside], copy.deepcopy(pair[1]), **{**HEADER, "choices": choices})
    assert [track.option for track in found.tracks] == ["outside", "inside"]
    order = [Outcome.LIKELY_ELIGIBLE, Outcome.MORE_INFORMATION, Outcome.NOT_ELIGIBLE]
    best = min((track.outcome for track in found.tracks), key=order.index)
    assert found.outcome is best
    assert found.findings in [track.findings for track in found.tracks if track.outcome is best]
    alone = report(criteria, copy.deepcopy(pair[1]), **HEADER)
    assert found.tracks[0].outcome is alone.outcome
    assert order.index(found.tracks[1].outcome) >= order.index(alone.outcome)


@some
@given(pairs())
def test_groups_tell_the_verdicts_of_their_members(pair: tuple[Dict, Dict]) -> None:
    """Law 47. Inside a group too, a fail of `all_of` has a failing member, a pass has only passing ones, and so on for `any_of`."""
    for one in every_finding(everything(pair[1])):
        inner = [child.verdict for child in one.children]
        if one.kind == "all_of" and inner and one.code.startswith("all_of"):
            assert (one.verdict is PASS) <= (set(inner) <= {PASS, NOT_APPLICABLE})
        if one.kind == "any_of" and inner and one.code.startswith("any_of"):
            assert (one.verdict is PASS) <= (PASS in inner)
            assert (one.verdict is FAIL) <= (PASS not in inner or inner.count(PASS) < 2)
        if one.kind == "none_of" and inner:
            assert (one.verdict is PASS) <= (PASS not in inner and UNKNOWN not in inner)
            assert (one.verdict is FAIL) <= (PASS in inner)


# -------------------------------------------------------------------------------------------- 50: nothing ignored

_FREE = frozenset({"values", "test", "choices", "facts", "derogations", "name", "label"})
"""Mappings whose keys are words of the author: options, tests, facts."""


def mappings(value: Any, key: str | None = None, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all mappings with keys of the language inside a value."""
    if isinstance(value, dict):
        marks = key in ("at_least", "at_most") and not {"by"} & set(value)
        if key not in _FREE and not marks:
            yield path
        for name, one in value.items():
            yield from mappings(one, name, (*path, name))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from mappings(one, None, (*path, index))


def with_key(value: Any, path: tuple[Any, ...], key: str) -> Any:
    changed = copy.deepcopy(value)
    here = changed
    for step in path:
        here = here[step]
    here[key] = "FR"
    return changed


@pytest.mark.parametrize("criterion", CRITERIA, ids=str)
def test_a_misspelt_key_of_a_rule_is_an_error(criterion: Dict) -> None:
    """Law 50. A key that the language does not have is refused wherever it stands in a rule, and none is forgotten for another."""
    for path in mappings(criterion):
        assert_refused(criterion, path)


def assert_refused(criterion: Dict, path: tuple[Any, ...]) -> None:
    with pytest.raises(Unreadable) as error:
        vacancy([with_key(criterion, path, "nationalty")], **HEADER).parsed(REFERENCE)
    assert "nationalty" in str(error.value) or "E209" in str(error.value), (path, str(error.value))


@some
@given(people, st.data())
def test_a_misspelt_key_of_a_profile_is_an_error(person: Dict, data: st.DataObject) -> None:
    """Law 50. A key that a profile does not have is refused wherever it stands: a misspelt nationality must not stay unknown for ever."""
    path = data.draw(st.sampled_from(list(mappings(person))))
    with pytest.raises(ValidationError):
        Profile.model_validate(with_key(person, path, "nationalty"))


@pytest.mark.parametrize("path", [(), ("choices", "host"), ("dates",), ("criteria", 0)])
def test_a_misspelt_key_of_a_vacancy_is_an_error(path: tuple[Any, ...]) -> None:
    """Law 50. So it is in the head of a vacancy, and so is a day that is none."""
    with pytest.raises((ValidationError, Unreadable)):
        Vacancy.model_validate(with_key(header(), path, "nationalty")).parsed(REFERENCE)


@pytest.mark.parametrize(
    "criterion",
    [
        {"kind": "nationality", "of": "FR"}, {"kind": "citizenship", "of": "XX"}, {"kind": "citizenship", "of": {"list": "nowhere"}},
        {"kind": "language", "of": "klingon"}, {"kind": "experience", "field": "alchemy"}, {"kind": "experience", "at_least": "3 moons"},
        {"kind": "experience", "at_least": "3 years", "as_of": "someday"}, {"kind": "age"}, {"kind": "age", "at_least": "3 weeks"},
        {"kind": "degree", "level": {"at_least": 7, "about": 8}}, {"any_of": []}, {"met": "nobody"}, {"any_of": [{"kind": "degree"}], "how_many": 2},
        {"kind": "degree", "readings": [{"name": "one", "preferred": True}]}, {"kind": "language", "of": "fr", "level": {"at_least": "C3"}},
        {"kind": "experience", "at_least": "1 year", "at_most": "2 times"}, {"kind": "degree", "all_of": [{"kind": "degree"}]},
        {"kind": "declared", "fact": "x", "importance": "optional"}, {"kind": "experience", "during": {"within": "1 year"}},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_not_in_the_language_is_an_error(criterion: Dict) -> None:
    """Law 50. A kind, a country, a field, a day or a unit that nobody knows is an error of the rule, never an unknown verdict."""
    with pytest.raises(Unreadable):
        vacancy([criterion], **HEADER).parsed(REFERENCE)


@pytest.mark.parametrize(
    "criterion",
    [
        {"kind": "experience", "other_than": ["internship"]}, {"kind": "language", "different": ["fr"]},
        {"kind": "age", "at_most": 30, "never_beyond": "garbage"}, {"kind": "age", "born": {"from": 1990}, "never_beyond": 8},
        {"kind": "experience", "extended": [{"add": "1 year", "per": {"kind": "child"}}]},
        {"kind": "experience", "periods": {"at_most": 3, "of": "years"}, "at_least": "3 hours"},
        {"kind": "declared", "fact": "x", "throughout": {"from": "start", "to": "end"}}, {"kind": "language", "of": "fr", "test": {"ielts": "7"}},
        {"any_of": [{"kind": "degree"}], "how_many": 0}, {"kind": "degree", "level": {}}, {"kind": "degree", "field": []},
        {"kind": "citizenship", "of": []}, {"kind": "experience", "at_least": {"by": "grade", "values": {"junior": "1 year", "senior": "2 times"}}},
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_meant_is_an_error(criterion: Dict) -> None:
    """Law 50. What cannot be meant is an error: it must neither be ignored nor fail everybody."""
    with pytest.raises(Unreadable):
        vacancy([criterion], **HEADER).parsed(REFERENCE)


@some
@given(people, few_criteria, importances)
def test_the_outcome_asked_alone_is_that_of_the_report(person: Dict, criteria: list[Dict], weights: list[str]) -> None:
    """Law 47. Whoever asks for the outcome only, and stops at the first criterion that fails, hears what the whole report says."""
    asked = [{**one, "importance": weight} for one, weight in zip(criteria, weights, strict=False)]
    post = vacancy(asked, **HEADER)
    profile = Profile.model_validate(copy.deepcopy(person))
    whole = check(post, profile, TODAY, REFERENCE)
    assert outcome(post, profile, TODAY, REFERENCE) == (whole.outcome, whole.closing)


@law
@given(pairs(), st.integers(0, 1))
def test_no_address_of_the_memory_is_told(pair: tuple[Dict, Dict], which: int) -> None:
    """Law 45. What JSON holds is data: nothing that differs from run to run."""
    assert " object at 0x" not in everything(pair[which]).model_dump_json()


def test_a_day_that_no_record_gives_is_told_without_its_machinery() -> None:
    """Law 45. So where a criterion is counted on the date of a degree, and there is none."""
    asked = vacancy([{"kind": "citizenship", "of": "FR", "as_of": {"kind": "degree", "take": "first"}}])
    told = check(asked, Profile.model_validate({"degrees": [], "citizenships": ["FR"]}), TODAY, REFERENCE).findings[0]
    assert (told.verdict.value, told.code, told.model_dump()["params"]) == ("unknown", "day_unknown", {"kind": "citizenship", "moment": None})
