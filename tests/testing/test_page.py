"""docs/testing-rules.md: what it shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.testing.example import CASES, ROOT, RULE, eligibility

PAGE = (ROOT / "docs" / "testing-rules.md").read_text("utf-8")
FRENCH = (ROOT / "docs" / "fr" / "testing-rules.md").read_text("utf-8")
BLOCKS = dict(re.findall(r"```yaml (\w+)\n(.*?)```", PAGE, re.S))


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "museum-guide-2025.yaml").write_text(RULE, "utf-8")
    (folder / "museum-guide-2025.cases.yaml").write_text(BLOCKS["cases"], "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("ELIGIBILITY_LANG", "en")
    return folder


def test_the_cases_of_the_page(rules: Path) -> None:
    """They agree."""
    assert eligibility("test") == (0, "5 cases, 0 failed, in 1 file.\n", "")


@pytest.mark.parametrize("line", [line[2:] for block in re.findall(r"```console\n(.*?)```", PAGE, re.S) for line in block.splitlines() if line.startswith("$ ")])
def test_the_commands_of_the_page(rules: Path, line: str) -> None:
    """Each can be typed as it stands."""
    assert eligibility(*line.split()[1:]).code == 0


@pytest.mark.parametrize(("language", "page"), [("en", PAGE), ("fr", FRENCH)])
def test_the_failing_case_of_the_page(language: str, page: str, rules: Path) -> None:
    """The output shown is what a wrong expectation gives."""
    path = rules / "museum-guide-2025.cases.yaml"
    path.write_text(BLOCKS["cases"].replace("{age: {verdict: fail, gap: 1}, outcome: not_eligible}", "{age: pass}"), "utf-8")
    done = eligibility("test", "rules", "--lang", language)
    assert done.code == 1
    assert done.out == re.findall(r"```text\n(.*?)```", page, re.S)[0]


def test_the_french_page_has_the_same_files() -> None:
    """Cases and explanations are those of the English page, which are run above."""
    assert dict(re.findall(r"```yaml (\w+)\n(.*?)```", FRENCH, re.S)) == BLOCKS


def test_the_explanations_of_the_page(rules: Path) -> None:
    """They can be read, and one of them is needed."""
    path = rules / "museum-guide-2025.cases.yaml"
    path.write_text(CASES + BLOCKS["accepted"], "utf-8")
    done = eligibility("test", "--cover")
    assert done.err == ""
    assert "1 more is explained." in " ".join(done.out.split())
    assert "studies" not in done.out  # a mutant is asked about with --mutate only


def test_every_option_is_on_the_page() -> None:
    """And the page names no other."""
    helped = set(re.findall(r"--[a-z-]+", eligibility("test", "--help").out)) - {"--help", "--lang"}
    assert helped == set(re.findall(r"`(--[a-z-]+)", PAGE[PAGE.index("| option |") : PAGE.index("Exit codes")]))
