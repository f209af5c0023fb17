"""`Profile.from_dict` and `Vacancy.from_dict`: data of a program are read as a file is, and refused as a file is."""

from __future__ import annotations

import copy
import math
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import eligibility
from eligibility import Problems, Profile, Vacancy, check, load_profile, load_vacancy
from eligibility.loading.files import Source, find_files
from eligibility.loading.models import profile_in
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reference import load_reference

ROOT = Path(__file__).parents[2]
REFERENCE = load_reference()
POST: dict[str, Any] = {
    "id": "post", "title": {"en": "Post", "fr": "Poste"}, "dates": {"deadline": "2024-03-27"},
    "criteria": [{"id": "adult", "kind": "age", "at_least": 18}],
}  # fmt: skip


def plain(path: str) -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(Source(path, Path(path).read_bytes())).data
    return data


def refused(read: Callable[[Any], Any], data: Any) -> list[tuple[str, str | None]]:
    """The codes and the paths of what is wrong; every problem has its sentences."""
    with pytest.raises(Problems) as told:
        read(data)
    for one in told.value.diagnostics:
        assert (one.place.file, one.place.line, one.place.column) == ("<data>", 1, 1)
        assert one.message
        assert one.text("fr") != one.text() or not one.message
        assert "{" not in one.message.replace("{key", "").replace("{kind", "").replace("{en", "").replace("{add", "").replace("{at_", "")
    assert str(told.value)
    return [(one.code, one.path) for one in told.value.diagnostics if one.is_error]


# ------------------------------------------------------------------------------------------ as from a file


@pytest.mark.parametrize("path", find_files(str(ROOT / "profiles")), ids=lambda path: Path(path).stem)
def test_a_profile_in_plain_data_is_that_of_its_file(path: str) -> None:
    from_file, from_data = load_profile(path), Profile.from_dict(plain(path))
    assert from_data.model_dump() == from_file.model_dump()
    assert from_data.written == from_file.written
    assert [(one.code, one.params) for one in from_data.diagnostics] == [(one.code, one.params) for one in from_file.diagnostics]


@pytest.mark.parametrize("path", find_files(str(ROOT / "rules")), ids=lambda path: Path(path).stem)
def test_a_vacancy_in_plain_data_answers_as_that_of_its_file(path: str) -> None:
    from_file, from_data = load_vacancy(path), Vacancy.from_dict(plain(path))
    assert from_data.model_dump() == from_file.model_dump()
    for person in find_files(str(ROOT / "profiles")):
        reports = [check(one, load_profile(person), on=date(2024, 3, 1)) for one in (from_file, from_data)]
        answers = [{**one.model_dump(), "receipt": None} for one in reports]
        assert answers[0] == answers[1]


def test_what_is_wrong_in_a_file_is_wrong_in_data_with_the_same_code_and_words() -> None:
    """The mistakes of profile files: told with the same code and facts, at the same value."""
    seen = 0
    for text in (
        "birth_date: '1999-02-30'", "birth_date: 'soon'", "citizenships: FR", "degrees: [{level: 9}]", "facts: {has_car: 'yes'}",
        "experience: [{from: '2020-01', to: '2019-01'}]", "experience: [{rate: 0.8}]", "experiences: []", "degrees: [{titel: x}]",
        "relatives: [{name: Ann}]", "funds: [{amount: '12'}]", "languages: [{language: fr, level: great}]", "children: [{born: true}]",
        "applications: [{vacancy: x, submitted: noon}]", "residences: [{in: Atlantis}]", "citizenships: [Yougoslavie, FRA]",
        "birth_date: '1999-02-03T10:00'", "degrees: 0", "studies: [1]", "name: 5",
    ):  # fmt: skip
        document = read_yaml(Source("me.yaml", text.encode()))
        expected = profile_in(document, REFERENCE).diagnostics
        try:
            found = Profile.from_dict(document.data).diagnostics
        except Problems as problems:
            found = problems.diagnostics
        assert [(one.code, one.params) for one in found] == [(one.code, one.params) for one in expected], text
        seen += len(found)
    assert seen >= 20


# ------------------------------------------------------------------------------------------ values of Python


def test_dates_may_be_dates_or_text_and_numbers_decimals_and_lists_tuples() -> None:
    said: dict[str, Any] = {
        "birth_date": date(1999, 2, 3), "citizenships": ("FR",),
        "degrees": ({"level": Decimal(7), "credits": Decimal("60.5"), "awarded": datetime(2021, 6, 30)},),
    }  # fmt: skip
    written = {"birth_date": "1999-02-03", "citizenships": ["FR"], "degrees": [{"level": 7, "credits": 60.5, "awarded": "2021-06-30"}]}
    assert Profile.from_dict(said) == Profile.from_dict(written)
    before = copy.deepcopy(said)
    Profile.from_dict(said)
    assert said == before


def test_a_deadline_may_have_an_hour_and_a_day_of_a_person_has_none() -> None:
    def deadline(value: Any) -> Any:
        return Vacancy.from_dict({**POST, "dates": {"deadline": value}}).dates["deadline"].closings[0]

    assert deadline(date(2024, 3, 27)) == deadline("2024-03-27")
    assert deadline(datetime(2024, 3, 27, 12)) == deadline("2024-03-27T12:00:00")
    assert deadline(datetime(2024, 3, 27)).time == "00:00:00"  # the beginning of that day, not its end
    assert refused(deadline, datetime(2024, 3, 27, 12, tzinfo=UTC)) == [("E228", "dates.deadline")]
    assert refused(Profile.from_dict, {"birth_date": datetime(1999, 2, 3, 12)}) == [("E106", "birth_date")]
    assert refused(Profile.from_dict, {"birth_date": datetime(1999, 2, 3, tzinfo=UTC)}) == [("E106", "birth_date")]


def test_when_one_applied_may_be_a_moment_and_midnight_is_one() -> None:
    def submitted(value: Any) -> Any:
        return Profile.from_dict({"applications": [{"vacancy": "post", "submitted": value}]}).applications[0].submitted

    assert submitted(date(2024, 3, 27)) == "2024-03-27"
    assert submitted(datetime(2024, 3, 27)) == "2024-03-27T00:00:00"
    assert submitted(datetime(2024, 3, 27, 10, 30, tzinfo=UTC)) == "2024-03-27T10:30:00+00:00"


def test_an_enumeration_of_texts_is_text() -> None:
    class Country(StrEnum):
        FRANCE = "FR"

    assert Profile.from_dict({"citizenships": [Country.FRANCE]}) == Profile.from_dict({"citizenships": ["FR"]})


def test_warnings_can_be_read_and_travel_with_the_profile() -> None:
    profile = Profile.from_dict({"citizenships": ["FR", "Francce"], "experience": [{"function": "zzz"}, {"function": "zzz"}]})
    found = [(one.code, one.path) for one in profile.diagnostics]
    assert found == [("W202", "citizenships[1]"), ("N205", "experience[0].function"), ("W206", "experience[1]"), ("N205", "experience[1].function")]
    assert pickle.loads(pickle.dumps(profile)).diagnostics == copy.deepcopy(profile).diagnostics == profile.diagnostics
    assert Profile.from_dict({}).diagnostics == ()
    assert Profile.model_validate({}).diagnostics == ()


def test_a_file_tells_its_warnings_with_line_and_column(tmp_path: Path) -> None:
    (tmp_path / "me.yaml").write_text("birth_date: 1999\ncitizenships: [Francce]\n", "utf-8")
    assert [str(one.place) for one in load_profile(str(tmp_path / "me.yaml")).diagnostics] == [f"{tmp_path}/me.yaml:2:16"]


def test_another_reference_may_be_given() -> None:
    from eligibility import Reference

    club = Reference.from_data({"countries": ["FR"], "groups": {"CLUB": {"members": {"FR": [[1, None, None]]}}}})
    post = {**POST, "criteria": [{"id": "member", "kind": "citizenship", "of": "CLUB"}]}
    assert refused(Vacancy.from_dict, post) == [("E223", "criteria[0].of")]
    assert check(Vacancy.from_dict(post, club), Profile.from_dict({"citizenships": ["FR"]}, club), date(2024, 1, 1), club).outcome == "likely_eligible"


def test_the_digest_tells_data_apart_and_there_is_no_file() -> None:
    vacancy = Vacancy.from_dict(POST)
    assert vacancy.file is None
    assert vacancy.digest == Vacancy.from_dict(copy.deepcopy(POST)).digest != Vacancy.from_dict({**POST, "id": "other"}).digest
    assert check(vacancy, Profile.from_dict({}), date(2024, 1, 1)).receipt.rule_digest == vacancy.digest


# ------------------------------------------------------------------------------------------ hostile data


def nested(levels: int, make: Callable[[Any], Any]) -> Any:
    value: Any = "x"
    for _ in range(levels):
        value = make(value)
    return value


ITSELF: dict[str, Any] = {}
ITSELF |= {"name": ITSELF, "again": ITSELF}
LIST: list[Any] = []
LIST += [LIST, LIST]
HOSTILE: dict[str, tuple[Any, list[tuple[str, str]]]] = {
    "no mapping": ([], [("E103", "")]),
    "nothing": (None, [("E103", "")]),
    "text": ("birth_date: 1999", [("E103", "")]),
    "5,000 mappings": (nested(5000, lambda one: {"a": one}), [("E112", ".".join("a" * 40))]),
    "5,000 lists": ({"name": nested(5000, lambda one: [one])}, [("E112", "name" + "[0]" * 39)]),
    "itself": (ITSELF, [("E112", ".".join(["name"] * 40))]),
    "a list in itself": ({"a": LIST}, [("E112", "a" + "[0]" * 39)]),
    "much of the same": ({"a": nested(12, lambda one: [one] * 10)}, [("E113", "a[0][0][0][0][0][0][0][1][7][9][9][1]")]),
    "many": ({"a": [0] * 10**6}, [("E113", "a[19998]")]),
    "long": ({"name": "x" * 100_001}, [("E118", "name")]),
    "long in all": ({"name": ["x" * 99_999] * 11}, [("E136", "name[10]")]),
    "NaN": ({"birth_date": math.nan}, [("E122", "birth_date")]),
    "infinity": ({"degrees": [{"credits": -math.inf}]}, [("E122", "degrees[0].credits")]),
    "Decimal NaN": ({"degrees": [{"credits": Decimal("sNaN")}]}, [("E122", "degrees[0].credits")]),
    "huge": ({"degrees": [{"credits": 10**5000}]}, [("E119", "degrees[0].credits")]),
    "huge and negative": ({"degrees": [{"credits": -(10**41)}]}, [("E119", "degrees[0].credits")]),
    "huge with a point": ({"degrees": [{"credits": 1e300}]}, [("E119", "degrees[0].credits")]),
    "huge Decimal": ({"degrees": [{"credits": Decimal("1E+999999")}]}, [("E119", "degrees[0].credits")]),
    "tiny Decimal": ({"degrees": [{"credits": Decimal("1E-999999")}]}, [("E119", "degrees[0].credits")]),
    "control": ({"name": "a\x1b[31m"}, [("E126", "name")]),
    "control in a key": ({"na\x00me": "x"}, [("E126", "")]),
    "turned around": ({"name": "a\u202eb"}, [("E127", "name")]),
    "half a character": ({"name": "\ud800"}, [("E111", "name")]),
    "half a key": ({"\udc00": "x"}, [("E111", "")]),
    "accents": ({"name": "e" + "\u0301" * 50}, [("E157", "name")]),
    "a number as key": ({2: "x"}, [("E124", "")]),
    "a huge number as key": ({10**5000: "x"}, [("E124", "")]),
    "nothing as key": ({"degrees": [{None: 1}]}, [("E124", "degrees[0]")]),
    "a tuple as key": ({(1, 2): "x"}, [("E124", "")]),
    "two spellings": ({"facts": {"e\u0301": True, "\u00e9": False}}, [("E110", "facts")]),
    "bytes": ({"name": b"x"}, [("E204", "name")]),
    "a set": ({"citizenships": {"FR"}}, [("E204", "citizenships")]),
    "an object": ({"name": object()}, [("E204", "name")]),
    "a complex number": ({"degrees": [{"credits": 1j}]}, [("E204", "degrees[0].credits")]),
    "a generator": ({"citizenships": (one for one in ("FR",))}, [("E204", "citizenships")]),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_data_are_refused_with_a_code_and_a_place(name: str) -> None:
    data, expected = HOSTILE[name]
    assert refused(Profile.from_dict, data) == expected
    inside = refused(Vacancy.from_dict, {**POST, **data} if isinstance(data, dict) else data)
    assert expected[0][0] in [code for code, _ in inside]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.decimals() | st.text() | st.dates() | st.datetimes() | st.binary(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text() | st.integers(), inner, max_size=4)
    | st.dictionaries(st.sampled_from([*Profile.model_fields, *Vacancy.model_fields, "from", "to", "in", "kind", "at_least", "level"]), inner, max_size=6),
    max_leaves=25,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(data=ANYTHING)
def test_whatever_is_given_is_read_or_refused_with_sentences(data: Any) -> None:
    for read in (Profile.from_dict, Vacancy.from_dict):
        for one in (data, {**POST, "lists": {"x": [data]}, "criteria": [data]}):
            try:
                found = read(one).diagnostics
            except Problems as problems:
                found = problems.diagnostics
            for problem in found:
                assert problem.message
                assert problem.text("fr")
                assert problem.path is not None


@pytest.mark.parametrize("language", ["de", "", "../fr", "en/../fr", "\x00"])
def test_a_language_without_words_is_refused(language: str) -> None:
    problem = Profile.from_dict({"citizenships": ["Francce"]}).diagnostics[0]
    with pytest.raises(ValueError, match="no words in"):
        problem.text(language)


def test_a_problem_has_its_sentence_and_its_hint() -> None:
    with pytest.raises(Problems) as told:
        Profile.from_dict({"birth_date": "1999-02-30"})
    (one,) = told.value.diagnostics
    assert (one.message, one.hint) == ("this date does not exist: 1999-02-30", "write a date that the calendar has, as YYYY-MM-DD")
    assert one.text() == f"{one.message} — {one.hint}"
    assert one.text("fr").startswith("cette date n'existe pas\u00a0: 1999-02-30 — ")
    assert str(told.value) == f"birth_date: {one.message}"


def test_every_public_name_says_what_it_is() -> None:
    for name in eligibility.__all__:
        assert getattr(eligibility, name).__doc__, name


def test_yaml_of_others_is_read_too() -> None:
    """PyYAML makes dates of dates; so a file that somebody has loaded already is no trouble."""
    said = yaml.safe_load("birth_date: 1999-02-03\ncitizenships: [FR]\nexperience: [{from: 2020-01-01, to: ongoing}]\n")
    assert Profile.from_dict(said).birth_date == Profile.from_dict({"birth_date": "1999-02-03"}).birth_date
