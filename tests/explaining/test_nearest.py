"""The record that a "no" is told by: the one that a person would call the nearest."""

from __future__ import annotations

from pathlib import Path

import pytest

from eligibility.cli import run

RULE = """
format: 1
id: post
title: {en: Post, fr: Poste}
criteria: [{id: english, kind: language, of: en, skills: [reading, writing], level: {at_least: C1}}]
"""


@pytest.mark.parametrize(
    ("languages", "told"),
    [
        ("[{language: fr, native: true}, {language: en, level: B2}]", "misses on the "),
        ("[{language: en, level: A1}, {language: fr, native: true}]", "misses on the "),
        ("[{language: fr, native: true}]", "misses on the language (French)"),
    ],
)
def test_a_language_at_another_level_is_nearer_than_another_language(
    languages: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "post.yaml").write_text(RULE, "utf-8")
    (tmp_path / "me.yaml").write_text(f"languages: {languages}\n", "utf-8")
    assert run(["check", str(tmp_path / "me.yaml"), "--rules", str(tmp_path / "post.yaml"), "--lang", "en", "--on", "2026-11-29"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert told in text
    assert ("the language (French)" in text) is ("language: en" not in languages)
