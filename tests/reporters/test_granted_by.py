"""A derogation that names who grants it: reports, `show` and next steps name them, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from eligibility.cli import run

RULE = """
format: 1
id: post
title: {en: Post, fr: Poste}
dates: {deadline: 2027-12-01}
criteria:
  - id: work
    kind: experience
    at_least: 3 years
    derogation: {kind: experience, at_least: 2 years, granted_by: {en: the director, fr: le directeur}}
  - id: ways
    any_of:
      - {kind: age, at_most: 30, derogation: {kind: child, granted_by: {en: the minister, fr: le ministre}}}
      - {kind: child, at_least: 3}
"""
PROFILE = """
birth_date: 1990-01-01
children: [{born: 2020-01-01}]
experience: [{from: 2025-01-01, to: 2027-06-01, rate: 100%}]
"""
GRANTED = "applications: [{vacancy: post, derogations: {work: granted}}]\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "post.yaml").write_text(RULE, "utf-8")
    (tmp_path / "me.yaml").write_text(PROFILE, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    run([*words, "--rules", "post.yaml"])
    return " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("lang", "possible", "ask", "both", "granted", "shown"),
    [("en", "can be granted by the director", "Ask the director for the exception", "Ask the minister for the exception",
      "The exception has been granted by the director.", "An exception can be granted by the director if:"),
     ("fr", "peut être accordée par le directeur", "Demandez la dérogation (accordée par le directeur)",
      "Demandez la dérogation (accordée par le ministre)", "La dérogation est accordée par le directeur.",
      "Une dérogation peut être accordée par le directeur si :")],
)  # fmt: skip
def test_who_grants_it_is_named(
    lang: str, possible: str, ask: str, both: str, granted: str, shown: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """While it is open, once it is granted, in what to do, inside a group, on the page, and where the rule is read."""
    assert shown in told(capsys, "show", "post", "--lang", lang)
    report = told(capsys, "check", "me.yaml", "--on", "2027-11-01", "--detail", "--lang", lang)
    assert all(text in report for text in (possible, ask, both))
    told(capsys, "check", "me.yaml", "--on", "2027-11-01", "--lang", lang, "-o", "me.html")
    assert all(text in (folder / "me.html").read_text("utf-8") for text in (possible, ask, both))
    (folder / "me.yaml").write_text(PROFILE + GRANTED, "utf-8")
    assert granted in told(capsys, "check", "me.yaml", "--on", "2027-11-01", "--detail", "--lang", lang)


@pytest.mark.parametrize(("key", "code"), [("unless", 1), ("when", 1), ("derogation", 0)])
def test_only_a_derogation_is_granted(key: str, code: int, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An exception that stands by itself, or a condition, is granted by nobody: the key would do nothing there."""
    (folder / "post.yaml").write_text(RULE.replace("derogation: {kind: exp", f"{key}: {{kind: exp"), "utf-8")
    ended = run(["validate", "post.yaml", "--lang", "en"])
    assert (ended != 0) == bool(code)
    assert ("in a derogation" in capsys.readouterr().out) == bool(code)
