"""French as it is set: a non-breaking space before `: ; ? ! »` and after `«`, in every text that the project shows to people."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PLAIN = re.compile(r"(?<=«) | (?=[:;?!»](?:\s|[*_).,|»]|$))")
RULES = sorted((ROOT / "rules").glob("*.yaml"))
WORDS = sorted((ROOT / "src" / "eligibility" / "wording" / "fr").glob("*.json"))


def _french(raw: Any) -> Iterator[str]:
    """Every French text in a rule file."""
    if isinstance(raw, dict):
        for key, value in raw.items():
            yield from [value] if key == "fr" and isinstance(value, str) else _french(value)
    elif isinstance(raw, list):
        for one in raw:
            yield from _french(one)


def _texts(raw: Any) -> Iterator[str]:
    """Every text of a value."""
    if isinstance(raw, str):
        yield raw
    for one in raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list) else ():
        yield from _texts(one)


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.name)
def test_our_rules(path: Path) -> None:
    """Labels, questions, advice and names of readings; a notice is quoted as it is."""
    assert [text for text in _french(yaml.safe_load(path.read_text("utf-8"))) if PLAIN.search(text)] == []


@pytest.mark.parametrize("path", WORDS, ids=lambda path: path.name)
def test_our_words(path: Path) -> None:
    """What the program says."""
    assert [text for text in _texts(json.loads(path.read_text("utf-8"))) if PLAIN.search(text)] == []
