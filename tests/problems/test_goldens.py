"""Whole outputs, reviewed as they are: `UPDATE=1 python -m pytest tests/problems` writes them anew, for review."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from eligibility.reporters.layout import width_of
from eligibility.reporters.problems import FORMATS, problem_reporter

from .material import told

GOLDEN = Path(__file__).parent.parent / "golden"


def compare(name: str, now: str) -> None:
    path = GOLDEN / name
    if os.environ.get("UPDATE"):
        path.write_bytes(now.encode())
    assert now == path.read_bytes().decode()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", FORMATS)
def test_whole_output(name: str, language: str) -> None:
    """The whole output of each format is the one that was reviewed."""
    compare(f"problems-{name}.{language}.txt", problem_reporter(name)(told(language)))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_full_in_forty_columns(language: str) -> None:
    """In forty columns everything is still there, and only places are wider."""
    now = problem_reporter("full")(told(language, 40))
    compare(f"problems-full-40.{language}.txt", now)
    assert [line for line in now.splitlines() if width_of(line) > 40 and "-->" not in line] == []


@pytest.mark.parametrize("name", FORMATS)
def test_no_problem(name: str) -> None:
    """Where there is no problem each format says so in its own way."""
    shown = problem_reporter(name)(told(diagnostics=(), files=("rules/valid.yaml",), suppressed=0))
    expected = {
        "full": "1 file read, 1 valid. No problem found.\n",
        "concise": "",
        "jsonl": "",
        "github": "1 file read, 1 valid. No problem found.\n",
        "gitlab": "[]\n",
    }
    assert shown == expected.get(name, shown)
    assert "E1" not in shown
