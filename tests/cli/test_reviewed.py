"""Whoever reads a report learns whether somebody compared the rule with the notice, and who."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eligibility.cli import run

RULE = """format: 1
id: junior
title: {en: Junior expert, fr: Expert junior}
jurisdiction: FR
as_of: application
dates: {deadline: 2027-03-31}
criteria:
  - {id: age, kind: age, at_most: 35, label: {en: Age, fr: Âge}}
"""
BY = "reviewed: 2026-11-24\nreviewed_by: A. Martin\n"
NOBODY = "Nobody says they have compared this rule with the notice."
DAY = ("--on", "2026-11-29", "--lang", "en")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "junior.yaml").write_text(RULE, "utf-8")
    (tmp_path / "me.yaml").write_text("birth_date: 1998-03-14\n", "utf-8")
    (tmp_path / "people.csv").write_text("id,birth_date\na,1998-03-14\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "300")
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run([*words, *DAY]) == 0
    return capsys.readouterr().out


def reports(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Every report there is, by what makes it."""
    for page in ("me.html", "people.html"):
        command = ("check", "me.yaml") if page == "me.html" else ("batch", "people.csv")
        said(capsys, *command, "--output", page)
    return {
        "summary": said(capsys, "check", "me.yaml"), "detail": said(capsys, "check", "me.yaml", "--detail"), "batch": said(capsys, "batch", "people.csv"),
        "my page": Path("me.html").read_text("utf-8"), "their page": Path("people.html").read_text("utf-8"),
    }  # fmt: skip


def test_every_report_says_that_nobody_compared_the_rule(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = reports(capsys)
    assert [name for name, text in found.items() if NOBODY not in text and "which nobody says they have compared with the notice" not in text] == []


def test_what_was_compared_is_told_with_who_did(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "rules" / "junior.yaml").write_text(RULE + BY, "utf-8")
    found = reports(capsys)
    assert [name for name, text in found.items() if "obody says" in text] == []
    assert "reviewed on 24 November 2026 by A. Martin" in found["detail"]
    assert "reviewed on 2026-11-24 by A. Martin" in found["their page"]


def test_who_compared_without_a_day_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "rules" / "junior.yaml").write_text(RULE + "reviewed_by: A. Martin\n", "utf-8")
    assert run(["validate", "rules", "--format", "concise", *DAY]) == 1
    assert "rules/junior.yaml:9:14: E238 `reviewed_by` has no effect here" in capsys.readouterr().out


def test_programs_are_told_as_well(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "rules" / "junior.yaml").write_text(RULE + BY, "utf-8")
    [report] = json.loads(said(capsys, "check", "me.yaml", "--format", "json"))["reports"]
    [vacancy] = json.loads(said(capsys, "batch", "people.csv", "--format", "json"))["vacancies"]
    assert [(one["reviewed"], one["reviewed_by"]) for one in (report, vacancy)] == [("2026-11-24", "A. Martin")] * 2
