"""What the commands say to an author whose file is broken, and what `test` asks of one whose file is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from eligibility.cli import UNREADABLE, run
from eligibility.reference import load_reference
from eligibility.testing.mutants import mutants_of

GOOD = """format: 1
id: post
title: {fr: Poste, en: Post}
dates: {deadline: 2027-03-12}
lists: {programmes: [{id: harbour-grant, label: {fr: Bourse du port, en: Harbour grant}}], more-fields: [{id: harbours, label: {fr: Ports, en: Harbours}}]}
criteria:
  - {id: age, kind: age, at_least: 18}
  - {id: former, kind: participation, programme: {list: programmes}, at_most: 0 times}
"""
BROKEN = GOOD.replace("at_least: 18}", "at_least: 18}}")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


def test_show_says_that_a_broken_file_could_not_be_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There is such a vacancy; it cannot be shown."""
    (folder / "post.yaml").write_text(BROKEN, "utf-8")
    (folder / "other.yaml").write_text(GOOD.replace("id: post", "id: other"), "utf-8")
    assert run(["show", "post", "--rules", "."]) == UNREADABLE
    err = capsys.readouterr().err
    assert "the vacancy `post` could not be read: see above what is wrong in post.yaml" in err
    assert "there is no vacancy" not in err


def test_show_of_one_broken_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nor is it said that there is no rule file."""
    (folder / "post.yaml").write_text(BROKEN, "utf-8")
    assert run(["show", "post", "--rules", "post.yaml"]) == UNREADABLE
    assert "the rule files could not be read" in capsys.readouterr().err


def test_cases_of_a_broken_rule_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The rule file is there, and how many files could not be read is the last thing said."""
    (folder / "post.yaml").write_text(BROKEN, "utf-8")
    (folder / "post.cases.yaml").write_text("day: 2027-01-01\ncases:\n  - {name: nothing, expect: {age: U}}\n", "utf-8")
    assert run(["test", "."]) == 1
    out, err = capsys.readouterr()
    assert "the rule file of these cases, `post`, could not be read" in err
    assert "there is no rule file" not in err
    assert out.splitlines()[-1] == "0 cases, 0 failed, in 0 files. 2 files could not be read."


def test_a_comma_in_the_name_of_a_case(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The help says quotes, and no list of keys."""
    (folder / "post.yaml").write_text(GOOD, "utf-8")
    (folder / "post.cases.yaml").write_text("day: 2027-01-01\ncases:\n  - {name: five years, less a day, expect: {age: U}}\n", "utf-8")
    assert run(["test", "."]) == 1
    out, err = capsys.readouterr()
    assert "a comma cut this text in two: `less a day`" in err
    assert 'in quotes: "…, less a day"' in err
    assert "1 file could not be read" in out


def test_what_a_list_of_the_vacancy_declares_is_known(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No warning about `harbours`, by id or by name; one about what really nothing knows."""
    (folder / "post.yaml").write_text(GOOD, "utf-8")
    (folder / "me.yaml").write_text(
        "birth_date: 2000-01-01\nparticipations: [{programme: harbour grant}]\ndegrees: [{level: 7, field: harbours}, {level: 7, field: dragons}]\n", "utf-8"
    )
    run(["check", "me.yaml", "--rules", "post.yaml", "--on", "2027-01-01"])
    err = capsys.readouterr().err
    assert "dragons" in err
    assert "harbour" not in err.lower()


@pytest.mark.parametrize(("written", "mutated"), [("pro_rata", False), ("excluded", True)])
def test_a_default_that_is_dropped_is_no_mutant(written: str, mutated: bool) -> None:
    """`part_time: pro_rata` says what holds anyway: no case could notice that it is gone."""
    rule = {"id": "post", "title": "Post", "criteria": [{"id": "work", "kind": "experience", "at_least": "2 years", "part_time": written}]}
    names = [one.name for one in mutants_of(rule, load_reference())]
    assert ("work.part_time: dropped" in names) == mutated


def test_suggestions_have_no_two_alike_and_meet_what_they_claim(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two languages, and work that is not in the place where one must not have lived."""
    demands = "different: [{of: en, level: {at_least: C1}}, {of: EU, level: {at_least: B2}}]"
    more = f"""  - {{id: languages, kind: language, {demands}}}
  - {{id: work, kind: experience, at_least: 2 years}}
  - {{id: portugal, kind: residence, in: PT, including: [work], at_most: 12 months, during: {{within: 36 months, before: deadline}}}}
  - {{id: portuguese, importance: desirable, kind: language, of: pt}}
"""
    (folder / "post.yaml").write_text(GOOD.replace("2027-03-12", '"2027-03-12T12:00"') + more, "utf-8")
    assert run(["test", "--suggest", "post.yaml"]) == 0
    out = capsys.readouterr().out
    assert "does not meet" not in out
    assert "(2)" not in out
    assert "outcome: likely_eligible" in out


MIXED = """  - id: mixed
    any_of:
      - {kind: degree, level: 7, field: [law, {list: more-fields}]}
      - {kind: degree, level: 7, field: {any: [history, {list: more-fields}], or_related: true}}
      - {kind: degree, level: 7, field: {list: more-fields, or_related: true}}
      - {kind: degree, level: 7, field: {except: [psychology, {list: more-fields}]}}
      - {kind: citizenship, of: [EU, {list: partners}]}
      - {kind: citizenship, of: {except: [EU, {list: partners}]}}
      - {kind: participation, programme: [exchange, {list: programmes}]}
      - {kind: experience, at_least: 1 year, other_than: [{field: [law, {list: more-fields}]}]}
"""


@pytest.mark.parametrize("command", [("validate",), ("test", "--suggest"), ("test", "--cover", "--mutate"), ("show", "post", "--rules")], ids=" ".join)
def test_lists_among_ids_are_understood_everywhere(command: tuple[str, ...], folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every command that looks into a filter knows that a list may stand among its ids."""
    (folder / "post.yaml").write_text(GOOD.replace("lists: {", "lists: {partners: [CA], ") + MIXED, "utf-8")
    (folder / "post.cases.yaml").write_text("day: 2027-01-01\ncases:\n  - {name: nothing, expect: {mixed: U}}\n", "utf-8")
    run([*command, "post.yaml"])
    out, err = capsys.readouterr()
    assert "bug" not in err
    assert "error" not in out + err
