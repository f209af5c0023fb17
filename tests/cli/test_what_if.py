"""`check --with`: what facts that are added would change, and that they change nothing else."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from pathlib import Path

import jsonschema
import pytest

from eligibility.cli import run
from eligibility.loading.added import added_to
from eligibility.loading.files import find_files
from eligibility.loading.models import load_vacancy, read_profile
from eligibility.reference import load_reference

ROOT = Path(__file__).parent.parent.parent
RULE = """
format: 1
id: junior
title: {en: Junior expert, fr: Expert junior}
as_of: application
criteria:
  - {id: german, kind: language, of: de, level: {at_least: B2}, label: {en: German, fr: Allemand}}
  - {id: english, kind: language, of: en, level: {at_least: B2}, label: {en: English, fr: Anglais}}
  - {id: work, kind: experience, at_least: 1 year, label: {en: Work, fr: Travail}}
"""
PROFILE = "languages: [{language: de, level: B1}, {language: en, level: C1}]\n"
GERMAN = "languages: [{language: de, level: B2}]"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "junior.yaml").write_text(RULE)
    (tmp_path / "me.yaml").write_text(PROFILE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ELIGIBILITY_LANG", "en")
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run(["check", "me.yaml", "--on", "2026-11-29", *words]) == 0
    return capsys.readouterr().out


def test_before_and_after(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The outcome and the criterion that change are told, with what they were; the file stays as it is."""
    text = said(capsys, "--with", GERMAN)
    assert text.startswith("WHAT THE ADDED FACTS CHANGE\n- Junior expert\n  junior\n  not eligible → more information needed\n")
    assert "    - German: not met → met. " in text
    assert "English: " not in text.partition("\n\n")[0]
    assert (folder / "me.yaml").read_text() == PROFILE


def test_facts_of_a_file_and_several_at_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """YAML and files go together."""
    (folder / "more.yaml").write_text("experience: [{from: 2020-01-01, to: 2022-01-01, rate: 100%}]\n")
    assert "  not eligible → likely eligible\n" in said(capsys, "--with", GERMAN, "--with", "more.yaml")


def test_a_list_that_is_left_out_stays_open(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One language more does not mean that there is no other one; an empty list does."""
    (folder / "me.yaml").write_text("birth_date: 1998-03-15\n")
    text = said(capsys, "--with", GERMAN).partition("\n\n")[0]
    assert "German: cannot tell yet → met." in text
    assert "English" not in text
    assert "German: cannot tell yet → not met." in said(capsys, "--with", "languages: []")


def test_what_changes_nothing_is_said_to(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name changes no answer."""
    assert "- Nothing changes for 1 vacancy.\n" in said(capsys, "--with", "name: Rosa")


def test_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`changes` fits the schema; without `--with` there is none."""
    schema = json.loads((ROOT / "schema" / "report.schema.json").read_text("utf-8"))
    document = json.loads(said(capsys, "--with", GERMAN, "--format", "json"))
    jsonschema.validate(document, schema)
    german = {"id": "german", "kind": "language", "option": None, "before": "fail", "after": "pass"}
    assert document["changes"] == [
        {"vacancy": "junior", "before": "not_eligible", "after": "more_information_needed", "criteria": [german]}
    ]  # fmt: skip
    assert "changes" not in json.loads(said(capsys, "--format", "json"))


def test_as_a_page(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was added, what it changes and why, before everything else; without `--with`, nothing of it."""
    (folder / "more.yaml").write_text("experience: [{from: 2020-01-01, to: 2022-01-01, rate: 100%}]\n")
    said(capsys, "--with", GERMAN, "--with", "more.yaml", "-o", "me.html")
    page = (folder / "me.html").read_text("utf-8")
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", page.partition("</style>")[2])).split())
    assert f"Answered as if this were said, too: {GERMAN}; more.yaml What the added facts change Junior expert" in words
    assert "Junior expert not eligible → likely eligible German not met → met German" in words
    assert words.index("What the added facts change") < words.index("What to do next")
    said(capsys, "-o", "me.html")
    assert 'id="changes"' not in (folder / "me.html").read_text("utf-8")


def test_a_page_that_leaves_out_dates_of_birth_leaves_out_those_added(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "--with", "birth_date: 1985-04-03", "--redact", "-o", "me.html")
    page = (folder / "me.html").read_text("utf-8")
    assert "Answered with facts added, which are left out here." in page
    assert "1985" not in page


@pytest.mark.parametrize(("added", "what"), [
    ("langages: [{language: de}]", "--with:1:1: error[E203]"), ("languages: [", "--with:1:"), ("nowhere.yaml", "nowhere.yaml:1:1: error[E130]"),
    ("birth_date: 2030-01-01", "--with:1:13: error[E237]"), ("", "--with:1:1: error[E102]"), ("languages: \x1b[31m", "--with:1:"),
])  # fmt: skip
def test_what_cannot_be_added(added: str, what: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is refused with its place, and nothing is answered."""
    assert run(["check", "me.yaml", "--on", "2026-11-29", "--with", added]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert what in told.err
    assert "\x1b" not in told.err


def test_several_profiles_have_no_added_facts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An option that would do nothing is refused."""
    assert run(["check", "me.yaml", "me.yaml", "--with", GERMAN]) == 2
    assert "--with adds facts to one profile at a time" in " ".join(capsys.readouterr().err.split())


def test_an_added_fact_stands_where_it_was_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And not in the file, which does not say it; the file's own facts keep their lines."""
    (folder / "me.yaml").write_text("# mine\nexperience: [{from: 2026-03, to: ongoing}]\nlanguages: []\n")
    (folder / "more.yaml").write_text("\nexperience:\n  - {from: 2020-01-01, to: 2020-02, full_time: true}\n")
    text = said(capsys, "--vacancy", "junior", "--with", "experience: [{from: 2019, to: ongoing}]", "--with", "more.yaml", "--with", GERMAN)
    assert "me.yaml:2 experience[0].from: 2026-03\n" in text
    assert "--with:1 experience[1].from: 2019\n" in text
    assert "more.yaml:3 experience[2].from: 2020-01-01\n" in text
    assert run(["check", "me.yaml", "--on", "2026-11-29", "--with", "relatives: [{relation: parent, birth_date: 2030-01-01}]"]) == 2
    assert "--with:1:44: error[E237]" in capsys.readouterr().err


def test_the_same_as_in_the_file() -> None:
    """What is added answers as the same facts written into a profile would."""
    from eligibility.engine import check

    reference = load_reference()
    french, english = {"language": "fr", "native": True}, {"language": "en", "level": "C1"}
    whole = {"birth_date": "1998-03-15", "languages": [french, english], "facts": {"a": True, "b": False}}
    added = {"birth_date": "1998-03-15", "languages": [english], "facts": {"b": False}}
    parts = added_to({"languages": [french], "facts": {"a": True}}, added)
    one, other = (read_profile(data, reference)[0] for data in (whole, parts))
    assert one is not None
    assert one == other
    for path in find_files(str(ROOT / "rules")):
        vacancy = load_vacancy(path, reference)
        assert check(vacancy, one, date(2024, 3, 1), reference).outcome is check(vacancy, other, date(2024, 3, 1), reference).outcome
