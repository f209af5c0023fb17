"""A shell proposes the ids of the vacancies that a command would read, and no others."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

A_RULE = "id: {id}\ntitle: {{en: Any, fr: Une}}\ncriteria: []\n"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    for name in ("first-post", "first-stay", "second-post"):
        (folder / f"{name}.yaml").write_text(A_RULE.format(id=name), "utf-8")
    return folder


def proposed(typed: str, folder: Path, **more: str) -> list[str]:
    """What Bash gets once the Tab key is pressed after what was typed; nothing is told on the way."""
    words = f"eligibility {typed}".split(" ")
    asked = {"_ELIGIBILITY_COMPLETE": "complete_bash", "COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **asked, **more}
    command = "import sys; sys.argv[0] = 'eligibility'; from eligibility.start import main; main()"
    done = subprocess.run([sys.executable, "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("show ", ["first-post", "first-stay", "second-post"]),
        ("show first", ["first-post", "first-stay"]),
        ("show other", []),
        ("check me.yaml --vacancy s", ["second-post"]),
        ("ask me.yaml --vacancy first-post --vacancy f", ["first-stay"]),
        ("show --rules nowhere ", []),
    ],
)
def test_ids_of_the_rules_that_would_be_read(typed: str, ids: list[str], rules: Path) -> None:
    assert proposed(typed, rules.parent) == ids


def test_a_broken_file_proposes_nothing_and_spoils_nothing(rules: Path) -> None:
    (rules / "broken.yaml").write_text("id: [", "utf-8")
    (rules / "odd.yaml").write_text("id: 3\n", "utf-8")
    assert proposed("when me.yaml --vacancy first", rules.parent) == ["first-post", "first-stay"]


def test_the_rules_that_were_named(rules: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert proposed(f"show --rules {rules} second", elsewhere) == ["second-post"]
    assert proposed("deadlines --vacancy second", elsewhere, ELIGIBILITY_RULES=str(rules)) == ["second-post"]
