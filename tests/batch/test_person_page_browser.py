"""One person's page in a real Chromium: it opens quietly, everybody can use it, it fits a phone, and prints on two sheets.

Skipped where there is no Chromium or no Playwright, unless ELIGIBILITY_BROWSER_TESTS is set (CI): then their absence is a failure.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from eligibility.cli import run

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ADDED = "{languages: [{language: de, level: C2}], experience: [{from: 2015-01-09, to: 2023-06-30, rate: 100%}]}"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

if not os.environ.get("ELIGIBILITY_BROWSER_TESTS"):
    pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed", allow_module_level=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    assert CHROMIUM is not None, "ELIGIBILITY_BROWSER_TESTS is set and there is no Chromium"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield opened
        opened.close()


@pytest.fixture(scope="module", params=["lea-en", "sofia-fr", "omar-en-redacted", "lea-fr-added"])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    name, language, *more = request.param.split("-")
    file = tmp_path_factory.mktemp("person") / "me.html"
    profile, rules = ROOT / "profiles" / f"{name}.yaml", ROOT / "rules"
    options = {"redacted": ["--redact"], "added": ["--with", ADDED]}[more[0]] if more else []
    assert run(["check", str(profile), "--on", "2024-03-20", "--rules", str(rules), "--lang", language, "-o", str(file), *options]) == 0
    return file


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def test_everybody_can_use_it(browser: Any, page: Path, width: int, scheme: str) -> None:
    """On every width and in the dark, folded out: no fault of accessibility, nothing beside the edge, nothing asked of anybody."""
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    tab, asked, trouble = context.new_page(), [], []
    context.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: trouble.append(message.text))
    tab.goto(page.as_uri())
    tab.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    found = Axe().run(tab, options={"runOnly": {"type": "tag", "values": WCAG}}).response
    assert found["passes"]
    assert [f"{one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"]] == []
    assert tab.evaluate("document.documentElement.scrollWidth") == width
    assert asked == [page.as_uri()]
    assert trouble == []
    context.close()


def test_it_prints_on_two_sheets(browser: Any, page: Path, tmp_path: Path) -> None:
    tab = browser.new_page()
    tab.goto(page.as_uri())
    sheets = tab.pdf(format="A4")
    tab.close()
    assert len(re.findall(rb"/Type\s*/Page\b", sheets)) <= 2
