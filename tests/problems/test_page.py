"""docs/formats.md, and its French, show what the program says: `UPDATE=1 python -m pytest tests/problems` writes it anew, for review."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from eligibility.diagnostic import Problems
from eligibility.loading.models import load_vacancy
from eligibility.reporters.problems import FORMATS, Told, problem_reporter
from eligibility.wording import Words

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGES = {"en": DOCS / "formats.md", "fr": DOCS / "fr" / "formats.md"}
NAME = "rules/museum-guide.yaml"
BLOCK = re.compile(r"(```\w+ (?P<name>\w+)\n)(?P<shown>(?:.*\n)*?)(?=```)")


def shown(name: str, told: Told) -> str:
    text = problem_reporter(name)(told)
    if name == "sarif":
        return json.dumps(json.loads(text)["runs"][0]["results"][0], indent=2) + "\n"
    return text


@pytest.mark.parametrize("language", PAGES)
def test_every_output_is_what_is_said(language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file of the page, written and read, gives the outputs of the page."""
    page = PAGES[language].read_text("utf-8")
    rule = page.partition("```yaml\n")[2].partition("```")[0]
    monkeypatch.chdir(tmp_path)
    Path("rules").mkdir()
    Path(NAME).write_text(rule, "utf-8")
    with pytest.raises(Problems) as caught:
        load_vacancy(NAME)
    told = Told(caught.value.diagnostics, [NAME], Words(language), {NAME: rule}.get)
    now = BLOCK.sub(lambda found: found[1] + shown(found["name"], told), page)
    if os.environ.get("UPDATE"):
        PAGES[language].write_text(now, "utf-8")
    assert now == PAGES[language].read_text("utf-8")


@pytest.mark.parametrize("language", PAGES)
def test_every_format_is_on_the_page(language: str) -> None:
    """Each format has its line in the table, and an output (`jsonl` in the words of `json`)."""
    page = PAGES[language].read_text("utf-8")
    assert {found["name"] for found in BLOCK.finditer(page)} == set(FORMATS) - {"jsonl"}
    assert [name for name in FORMATS if f"[`{name}`]" not in page] == []
