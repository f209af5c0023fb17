"""Every code has a page in every language, with a wrong and a right example that are what they say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from eligibility.checks import CHECKS
from eligibility.checks.pages import page_of
from eligibility.wording import Words, languages

SOURCE = Path(__file__).parents[2] / "src" / "eligibility"
EVERY_CODE = sorted({code for path in SOURCE.rglob("*.py") for code in re.findall(r"\b[EWN]\d{3}\b", path.read_text("utf-8"))})


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("code", [check.CODE for check in CHECKS])
def test_checks_have_a_page(code: str, language: str) -> None:
    """A heading of one line, and a text that says more than the heading; another language than English has its own."""
    page = page_of(code, Words(language))
    assert page.heading.endswith(".")
    assert len(page.text) > 40
    assert language == "en" or page.text != page_of(code, Words("en")).text
