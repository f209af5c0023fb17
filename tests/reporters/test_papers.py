"""`check --papers`: what to gather for the vacancies one may apply for, each paper once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from eligibility.cli import run
from eligibility.engine import check
from eligibility.language.kinds import RECORD_KINDS
from eligibility.profile import Profile
from eligibility.reference import load_reference
from eligibility.report import Report
from eligibility.reporters.papers import Paper, papers_of
from eligibility.vacancy import Vacancy
from eligibility.wording import Words, languages

REFERENCE = load_reference()
DAY = date(2027, 5, 2)
PASSPORT = "Passport or identity card"
DIPLOMA = "Diplomas, or certificates that you have obtained them"


def rule(criteria: str, name: str = "post", deadline: str = "2027-09-30") -> str:
    return f"format: 1\nid: {name}\ntitle: {{en: Post, fr: Poste}}\ndates: {{deadline: {deadline}}}\nas_of: deadline\ncriteria:\n{criteria}"


def report(criteria: str, profile: str, name: str = "post", deadline: str = "2027-09-30") -> Report:
    vacancy = Vacancy.from_dict(yaml.safe_load(rule(criteria, name, deadline)), REFERENCE)
    return check(vacancy, Profile.from_dict(yaml.safe_load(profile), REFERENCE), DAY, REFERENCE)


def papers(criteria: str, profile: str) -> list[str]:
    return [one.words["en"] for one in papers_of([report(criteria, profile)])]


PERSON = "birth_date: 1998-03-15\ncitizenships: [FR]\nlanguages: [{language: fr, native: true}]\nexperience: []\n"


def test_each_paper_comes_once_with_all_that_it_proves() -> None:
    criteria = "- {id: age, kind: age, at_least: 18}\n- {id: citizen, kind: citizenship, of: FR}\n"
    found = papers_of([report(criteria, PERSON, "one"), report(criteria, PERSON, "two", "2027-08-30")])
    assert [one.words["en"] for one in found] == [PASSPORT]
    assert [(one.vacancy, one.criteria) for one in found[0].wanted] == [("two", ("age", "citizen")), ("one", ("age", "citizen"))]
    assert found[0].usual
    assert found[0].records == ("citizenships[0]",)


def test_the_paper_that_a_rule_names_takes_the_place_of_the_usual_one() -> None:
    assert papers("- {id: age, kind: age, at_least: 18, proof: {en: Birth certificate, fr: Acte de naissance}}\n", PERSON) == [
        "Birth certificate"
    ]
    assert papers("- {id: age, kind: age, at_least: 18, proof: [A passport, Two photographs]}\n", PERSON) == [
        "A passport",
        "Two photographs",
    ]


def test_the_same_words_are_the_same_paper_however_they_are_spaced() -> None:
    criteria = "- {id: a, kind: age, at_least: 18, proof: A  Passport}\n- {id: b, kind: citizenship, of: FR, proof: a passport}\n"
    assert papers(criteria, PERSON) == ["A  Passport"]


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        ("- {id: a, kind: age, at_least: 65}\n", []),
        ("- {id: a, any_of: [{kind: citizenship, of: FR}, {kind: degree, level: 7}]}\n", [PASSPORT]),
        ("- {id: a, any_of: [{kind: citizenship, of: CA}, {kind: degree, level: 7}]}\n", [DIPLOMA]),
        ("- {id: a, all_of: [{kind: citizenship, of: FR}, {kind: degree, level: 7}]}\n", [PASSPORT, DIPLOMA]),
        ("- {id: a, none_of: [{kind: citizenship, of: CA}]}\n", []),
        ("- {id: a, none_of: [{kind: citizenship, of: CA, proof: A statement}]}\n", ["A statement"]),
        ("- {id: a, kind: experience, at_most: 2 years}\n", []),
        ("- {id: a, kind: age, at_most: 35}\n", [PASSPORT]),
        ("- {id: a, kind: citizenship, of: FR, importance: desirable}\n", [PASSPORT]),
        ("- {id: a, kind: degree, level: 7, importance: desirable}\n", []),
        ("- {id: a, kind: judged, label: Writes well}\n", []),
        ("- {id: a, kind: judged, label: Writes well, proof: A letter}\n", ["A letter"]),
        ("- {id: a, kind: degree, level: 7, when: {kind: citizenship, of: CA}}\n", []),
        ("- {id: a, kind: age, at_least: 65, unless: {kind: citizenship, of: FR}}\n", [PASSPORT]),
    ],
)  # fmt: skip
def test_only_what_counts_has_to_be_proved(criteria: str, expected: list[str]) -> None:
    assert papers(criteria, PERSON) == expected


def test_nothing_is_gathered_for_a_vacancy_that_is_closed() -> None:
    assert papers_of([report("- {id: age, kind: age, at_least: 18}\n", PERSON, deadline="2027-05-01")]) == []
    assert papers_of([report("- {id: age, kind: age, at_least: 18}\n", PERSON, deadline="2027-05-02")]) != []


def test_every_kind_that_papers_prove_names_them_in_every_language() -> None:
    lacking = {name for name in (*RECORD_KINDS, "age", "declared", "together") for one in languages() if f"paper.{name}" not in Words(one)}
    assert lacking == {"availability"}  # nobody has a paper that they are free


@pytest.mark.parametrize(
    ("proof", "code"),
    [
        ("", "E204"), ("''", "E204"), ("'  '", "E204"), ("[]", "E211"), ("['']", "E204"), ("{en: ''}", "E204"), ("{en: ' '}", "E204"),
        ("{}", "E204"), ("7", "E204"), ("{de: Pass}", "E203"), ("[{en: A}, 3]", "E204"),
    ],
)  # fmt: skip
def test_an_empty_or_strange_proof_is_refused_with_its_place(
    proof: str, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "post.yaml"
    file.write_text(rule(f"- id: age\n  kind: age\n  at_least: 18\n  proof: {proof}\n"), "utf-8")
    assert run(["validate", str(file), "--lang", "en", "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)["diagnostics"]
    assert [(one["code"], one["line"]) for one in told if one["severity"] == "error"] == [(code, 10)]


def test_a_paper_in_one_language_is_told_as_other_words_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "post.yaml"
    age = '- id: age\n  kind: age\n  at_least: 18\n  clause: "1"\n  label: {en: A, fr: A}\n  proof:\n  - {en: A, fr: A}\n  - {en: B}\n'
    file.write_text(rule(age), "utf-8")
    assert run(["validate", str(file), "--lang", "en", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)["diagnostics"]
    assert [(one["line"], "proof" in one["message"]) for one in told if one["code"] == "W314"] == [(14, True)]


def files(tmp_path: Path) -> list[str]:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "post.yaml").write_text(
        rule("- {id: age, kind: age, at_least: 18}\n- {id: d, kind: degree, level: 7}\n"), "utf-8"
    )
    (tmp_path / "me.yaml").write_text(PERSON + "degrees: [{title: master, level: 7, awarded: 2022-03}]\n", "utf-8")
    return ["check", str(tmp_path / "me.yaml"), "--rules", str(tmp_path / "rules"), "--on", "2027-05-02"]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("more", [[], ["--vacancy", "post"], ["--detail"]])
def test_the_list_stands_below_the_answer_and_above_what_it_rests_on(
    more: list[str], language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*files(tmp_path), "--lang", language, "--papers", *more]) == 0
    out = capsys.readouterr().out
    words = Words(language)
    title = words.text("papers.title").upper()
    assert out.count(title) == 1
    footer = words.text("footer.one" if more else "footer.several", profile=str(tmp_path / "me.yaml"))
    assert out.index(words.text("paper.degree")) < out.index(footer[:25])
    assert words.text("paper.degree") in out
    assert "degrees[0] (master" in out


def test_json_has_the_same_papers_only_where_they_are_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = [*files(tmp_path), "--format", "json"]
    assert run(command) == 0
    assert "papers" not in json.loads(capsys.readouterr().out)
    assert run([*command, "--papers"]) == 0
    found = json.loads(capsys.readouterr().out)["papers"]
    assert [one["words"]["en"] for one in found] == [PASSPORT, DIPLOMA]
    schema: Mapping[str, Any] = json.loads((Path(__file__).parents[2] / "schema" / "report.schema.json").read_text("utf-8"))
    assert set(found[0]) == set(schema["$defs"]["Paper"]["required"]) == set(Paper.model_fields)


@pytest.mark.parametrize("more", [["--format", "jsonl"], ["profiles/lea.yaml"]])
def test_papers_are_refused_where_they_have_no_place(more: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*files(tmp_path), "--papers", "--lang", "en", *more]) == 2
    assert "--papers" in capsys.readouterr().err


def test_show_names_the_papers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "post.yaml"
    file.write_text(
        yaml.safe_dump(yaml.safe_load(rule("- {id: age, kind: age, at_least: 18, proof: [A passport, A photograph]}\n"))), "utf-8"
    )
    assert run(["show", "post", "--rules", str(file), "--lang", "en"]) == 0
    assert "Proved by: A passport; A photograph" in capsys.readouterr().out
