"""The schemas are fresh, explain themselves in two languages, accept what we ship and refuse what is wrong at its place."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from eligibility.language.every_kind import EVERY_KIND
from eligibility.wording import Words

from .schemas import BLOCKS, ROOT, errors, read, read_file, schema

NAMES = ("vacancy", "profile", "cases")


def test_committed_schemas_are_fresh() -> None:
    """What is committed is what the tables of the code give, byte for byte."""
    spec = importlib.util.spec_from_file_location("build_schema", ROOT / "scripts" / "build_schema.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    for name, text in script.schemas():
        assert (ROOT / "schema" / name).read_text("utf-8") == text, f"{name}: run python scripts/build_schema.py"


@pytest.mark.parametrize("name", NAMES)
def test_schemas_say_what_they_are(name: str) -> None:
    """Each names its draft and itself, and every key that an editor proposes is explained in English and in French."""
    document = schema(name)
    Draft7Validator.check_schema(document)
    assert document["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert document["$id"].endswith(f"/{name}-1.json")
    english, french = ({words.text(key) for key in words._entries if key.startswith(("key.", "schema."))} for words in (Words("en"), Words("fr")))
    explained = [one["description"] for title, one in document["definitions"].items() if title.startswith("key.")]
    assert len(explained) > 80
    for text in [*explained, document["description"]]:
        first, _, second = text.partition("\n")
        assert first in english
        assert second in french


def test_every_word_about_a_key_is_used() -> None:
    """No explanation is written for a key that no schema has."""
    used = {one.get("description", "").partition("\n")[0] for name in NAMES for one in [*schema(name)["definitions"].values(), *_inside(schema(name))]}
    words = Words("en")
    assert [key for key in words._entries if key.startswith("key.") and words.text(key) not in used] == []


def _inside(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        return [value, *(found for one in value.values() for found in _inside(one))]
    return [found for one in value for found in _inside(one)] if isinstance(value, list) else []


@pytest.mark.parametrize(
    ("name", "path"),
    [
        *(("cases" if ".cases." in path.name else "vacancy", path) for path in sorted(ROOT.glob("rules/*.yaml"))),
        *(("profile", path) for path in sorted(ROOT.glob("profiles/*.yaml"))),
        *(("cases", path) for path in sorted(ROOT.glob("tests/cases/*.yaml"))),
    ],
    ids=lambda one: one.stem if isinstance(one, Path) else str(one),
)
def test_our_files_pass(name: str, path: Path) -> None:
    """Every rule file, profile and case file of ours is right under its schema."""
    assert errors(name, read_file(path)) == []


def test_the_language_page_passes() -> None:
    """Every vacancy, profile and criterion of docs/language.md is right under the schemas."""
    for name, text in BLOCKS:
        if name == "tables":
            assert errors("vacancy", read("\n".join(["  id: one", "  title: One", *(f"  {line}" for line in text.splitlines())]))) == []
        elif name in NAMES:
            assert errors(name, read("\n".join(f"  {line}" for line in text.splitlines()))) == []
        else:
            assert [errors("criterion", one) for one in read(text)] == [[]] * len(read(text)), text


@pytest.mark.parametrize("kind", sorted(EVERY_KIND))
def test_examples_of_every_kind_pass(kind: str) -> None:
    """What `eligibility kinds KIND` shows is right under the schema."""
    for example in EVERY_KIND[kind].examples:
        assert errors("criterion", read(f"  {example}")) == []


BROKEN_CRITERIA = [
    ("{kind: degre}", "kind"),
    ("{kind: degree, levl: 7}", ""),
    ("{kind: degree, level: seven}", "level"),
    ("{kind: degree, level: {at_lest: 7}}", "level"),
    ("{kind: degree, at_least: 3 years}", "at_least"),
    ("{kind: degree, whole: 3 times}", ""),
    ("{kind: degree, name: Mine}", ""),
    ("{kind: degree, any_of: [{kind: child}]}", ""),
    ("{kind: degree, awarded: 2 years}", "awarded"),
    ("{kind: degree, awarded: {within: 2 yeers, before: start}}", "awarded.within"),
    ("{kind: degree, awarded: {within: 2 years}}", "awarded"),
    ("{kind: degree, awarded: {within: 2 years, before: start, from: start}}", "awarded"),
    ("{kind: degree, awarded: {}}", "awarded"),
    ("{kind: degree, expected: yes please}", "expected"),
    ("{kind: degree, grade: {at_least: 75}}", "grade.at_least"),
    ("{kind: degree, taught_in: french}", "taught_in"),
    ("{kind: age}", ""),
    ("{kind: age, at_least: 18 weeks}", "at_least"),
    ("{kind: age, at_least: 18.5}", "at_least"),
    ("{kind: age, at_most: 33, extended: [{to: 36}]}", "extended.0"),
    ("{kind: age, at_most: 33, extended: [{add: 1 year}]}", "extended.0"),
    ("{kind: age, at_most: 33, extended: [{largest: [{add: 1 year, per: {kind: child}}]}]}", "extended.0.largest"),
    ("{kind: age, at_most: 33, counted: roughly}", "counted"),
    ("{kind: citizenship, of: UE}", "of"),
    ("{kind: citizenship, of: [FR, France]}", "of.1"),
    ("{kind: citizenship, of: {exept: [US]}}", "of"),
    ("{kind: citizenship, of: []}", "of"),
    ("{kind: experience, employer: [public_administraton]}", "employer.0"),
    ("{kind: experience, at_least: 3 years, also: [{kind: study, levl: 8}]}", "also.0"),
    ("{kind: experience, at_least: 3 years, also: [{level: 8}]}", "also.0"),
    ("{kind: experience, at_least: 3 years, limits: [{paid: 1, at_most: 6 months}]}", "limits.0.paid"),
    ("{kind: experience, at_least: {by: track}}", "at_least"),
    ("{kind: experience, part_time: half}", "part_time"),
    ("{kind: experience, full_week: 35}", "full_week"),
    ("{kind: residence, in: FR, as_of: 2024-1-1}", "as_of"),
    ("{kind: residence, in: FR, as_of: {day: start, inclded: true}}", "as_of"),
    ("{kind: residence, in: FR, throughout: {from: start}}", "throughout"),
    ("{kind: residence, in: FR, unbroken: {each_gap: {at_most: 3}}}", "unbroken.each_gap.at_most"),
    ("{kind: language, of: en, level: C1}", "level"),
    ("{kind: language, of: en, level: {at_least: D1}}", "level.at_least"),
    ("{kind: language, of: en, test: {toffel: 90}}", "test.toffel"),
    ("{kind: language, of: en, level: {said: rather_well}}", "level.said"),
    ("{kind: declared}", ""),
    ("{kind: declared, fact: charter_signed, throughout: {from: start, to: end}}", ""),
    ("{kind: day, day: application}", ""),
    ("{kind: residence, in: FR, importance: nice}", "importance"),
    ("{kind: residence, in: FR, label: {}}", "label"),
    ("{kind: residence, in: FR, source: {status: heard}}", "source.status"),
    ("{kind: residence, in: FR, when: {kind: childs}}", "when.kind"),
    ("{kind: residence, in: FR, readings: [{name: one, as_of: start}]}", "readings"),
    ("{kind: residence, in: FR, readings: [{name: one, preferred: true}, {as_of: start}]}", "readings.1"),
    ("{kind: residence, in: FR, readings: [{name: one, preferred: true}, {name: two, level: 7}]}", "readings.1"),
    ("{any_of: []}", "any_of"),
    ("{any_of: [{kind: child}], how_many: some}", "how_many"),
    ("{all_of: [{kind: child}], how_many: 1}", ""),
    ("{together: [{kind: experience}]}", "together.0"),
    ("{label: Something}", ""),
]


@pytest.mark.parametrize(("text", "place"), BROKEN_CRITERIA)
def test_wrong_criteria_fail_at_their_place(text: str, place: str) -> None:
    """A mistake is one finding, at the mapping or the value where it was made."""
    assert [where for where, _ in errors("criterion", read(f"  {text}"))] == [place]


VACANCY = "id: post\ntitle: {fr: Poste, en: Post}\ncriteria:\n  - {id: age, kind: age, at_least: 18}\n"
BROKEN_FILES = [
    ("vacancy", VACANCY + "titel: Post\n", ""),
    ("vacancy", VACANCY.replace("id: post", "id: Post 1"), "id"),
    ("vacancy", VACANCY.replace("title: {fr: Poste, en: Post}", "reviewed: 2024-01"), "|reviewed"),
    ("vacancy", VACANCY.replace("{id: age, kind", "{kind"), "criteria.0"),
    ("vacancy", VACANCY + "format: 2\n", "format"),
    ("vacancy", VACANCY + "dates: {deadline: 2024-06}\n", "dates.deadline"),
    ("vacancy", VACANCY + "dates: {deadline: {from: 2024-06-01, to: 2024-06-30}}\n", "dates.deadline|dates.deadline"),
    ("vacancy", VACANCY + "dates: {deadline: {readings: [{name: noon, at: 2024-06-01}]}}\n", "dates.deadline.readings"),
    ("vacancy", VACANCY + "dates: {start: {from: 2024-06-01}}\n", "dates.start"),
    ("vacancy", VACANCY + 'dates: {start: "2024-13-01"}\n', "dates.start"),
    ("vacancy", VACANCY + "choices: {track: {option: {}}}\n", "choices.track"),
    ("vacancy", VACANCY + "lists: {partners: [{country: France}]}\n", "lists.partners.0.country"),
    ("vacancy", VACANCY + "information: [{clause: III}]\n", "information.0"),
    ("vacancy", VACANCY + "notice: {adress: here}\n", "notice"),
    ("vacancy", VACANCY + "cases: [{name: young, profile: {birth: 2010}, expect: {age: F}}]\n", "cases.0.profile"),
    ("vacancy", VACANCY + "cases: {day: 2024-06-01, cases: [{name: young, expect: {age: X}}]}\n", "cases.cases.0.expect.age"),
    ("profile", "birth_date: 1996-2-29\n", "birth_date"),
    ("profile", "birthdate: 1996-02-29\n", ""),
    ("profile", "citizenships: [MA, {contry: CA}]\n", "citizenships.1"),
    ("profile", "citizenships: MA\n", "citizenships"),
    ("profile", "degrees: [{level: 9}]\n", "degrees.0.level"),
    ("profile", "degrees: [{grade: {value: 12}}]\n", "degrees.0.grade"),
    ("profile", "experience: [{from: 2018, to: now}]\n", "experience.0.to"),
    ("profile", "experience: [{rate: 80 percent}]\n", "experience.0.rate"),
    ("profile", "experience: [{rate: 120}]\n", "experience.0.rate"),
    ("profile", "experience: [{hours_per_week: 200}]\n", "experience.0.hours_per_week"),
    ("profile", "languages: [{language: fr, level: D1}]\n", "languages.0.level"),
    ("profile", "languages: [{language: fr, tests: [{test: ielts}]}]\n", "languages.0.tests.0"),
    ("profile", "funds: [{amount: 3500}]\n", "funds.0.amount"),
    ("profile", "facts: {charter_signed: maybe}\n", "facts.charter_signed"),
    ("profile", "relatives: [{citizenships: [MA]}]\n", "relatives.0"),
    ("profile", "applications: [{vacancy: post, submitted: yesterday}]\n", "applications.0.submitted"),
    ("cases", "vacancy: post\n", ""),
    ("cases", "cases: [{name: a, expects: P}]\n", "cases.0|cases.0"),
    ("cases", "cases: [{name: a, expect: {verdict: Q}}]\n", "cases.0.expect.verdict"),
    ("cases", "cases: [{name: a, expect: {outcome: eligible}}]\n", "cases.0.expect.outcome"),
    ("cases", "vacancy: {dates: {start: soon}}\ncases: []\n", "vacancy.dates.start"),
]


@pytest.mark.parametrize(("name", "text", "places"), BROKEN_FILES)
def test_wrong_files_fail_at_their_place(name: str, text: str, places: str) -> None:
    """A mistake in a file is found where it is, and nothing else is."""
    data = read("".join(f"  {line}\n" for line in text.splitlines()))
    assert [where for where, _ in errors(name, data)] == places.split("|")
