"""The pages that are walked through: what they tell a reader to write is written, what they tell to run is run, in order.

A comment before a block of code says what it is:

    <!-- write FILE -->    the block is the file
    <!-- append FILE -->   the block comes at the end of the file
    <!-- change FILE -->   a diff: the lines with `-` stand in the file, once, and give way to those with `+`
    <!-- run -->           a command and what it prints; `<!-- run 1 -->` where it ends with 1
    <!-- head 12 FILE -->  the first lines of a file

`UPDATE=1 python -m pytest tests/project/test_walks.py` writes what the commands print now into the pages, for review. `validate` is run as on
`TODAY`: an invented vacancy must not expire.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.surroundings import surroundings

DOCS = Path(__file__).parents[2] / "docs"
TODAY = "2027-01-15"
PAGES = ("analyse.md", "applicant.md", "ask.md", "assistants.md", "competition.md", "next-steps.md", "notice.md", "tutorial.md")
WALKS = [(language, name) for name in PAGES for language in ("en", "fr")]
STEP = re.compile(r"<!-- (?P<what>write|append|change|run|head)(?P<of>[^>]*?) -->\n\n?(?P<fence>```\w*)\n(?P<block>(?:.*\n)*?)```(?=\n)")


class Walk:
    """A reader in an empty folder."""

    def __init__(self, folder: Path, language: str) -> None:
        self.folder = folder
        self.language = language

    def step(self, found: re.Match[str]) -> str:
        """What the page should show of a step, once it has been done."""
        what, of, block = found["what"], found["of"].split(), found["block"]
        now = getattr(self, what)(block, *of)
        return f"{found[0][: found.start('block') - found.start()]}{now}```"

    def write(self, block: str, name: str) -> str:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block, "utf-8")
        return block

    def append(self, block: str, name: str) -> str:
        path = self.folder / name
        path.write_text(path.read_text("utf-8") + block, "utf-8")
        return block

    def change(self, block: str, name: str) -> str:
        path = self.folder / name
        lines = block.splitlines(keepends=True)
        before = "".join(line[1:] for line in lines if line[0] != "+")
        after = "".join(line[1:] for line in lines if line[0] != "-")
        text = path.read_text("utf-8")
        assert text.count(before) == 1, f"{name} does not hold once:\n{before}"
        path.write_text(text.replace(before, after), "utf-8")
        return block

    def head(self, block: str, number: str, name: str) -> str:
        lines = (self.folder / name).read_text("utf-8").splitlines(keepends=True)
        return "".join(lines[: int(number)])

    def run(self, block: str, code: str = "0") -> str:
        command = block.partition("\n")[0]
        typed, _, answers = command.removeprefix("$ ").partition(" < ")
        words = shlex.split(typed)
        if words[0] == "mkdir":
            (self.folder / words[1]).mkdir()
            return f"{command}\n"
        assert words[0] == "eligibility"
        if words[1] == "validate":
            words += ["--on", TODAY]
        environment = surroundings(COLUMNS="80", ELIGIBILITY_LANG=self.language)
        done = subprocess.run(
            [sys.executable, "-P", "-m", *words],
            cwd=self.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False, timeout=120,
            input=(self.folder / answers).read_text("utf-8") if answers else "",
        )  # fmt: skip
        assert done.returncode == int(code), f"{command}\n{done.stdout}"
        return f"{command}\n{done.stdout.rstrip()}\n" if done.stdout.strip() else f"{command}\n"


def page_of(language: str, name: str) -> Path:
    return DOCS / name if language == "en" else DOCS / language / name


@pytest.mark.parametrize(("language", "name"), WALKS)
def test_the_page_does_what_it_says(language: str, name: str, tmp_path: Path) -> None:
    """Every step can be done, in order, and every output is what the program prints."""
    path = page_of(language, name)
    text = path.read_text("utf-8")
    walk = Walk(tmp_path, language)
    now = STEP.sub(walk.step, text)
    if os.environ.get("UPDATE"):
        path.write_text(now, "utf-8")
    assert len(STEP.findall(text)) == text.count("\n<!-- ")
    assert now == path.read_text("utf-8")


def test_an_assistant_can_do_what_its_skill_says(tmp_path: Path) -> None:
    """Every step of the skill for assistants that type commands can be done, and prints what it shows."""
    path = DOCS.parent / "skills" / "eligibility" / "SKILL.md"
    text = path.read_text("utf-8")
    now = STEP.sub(Walk(tmp_path, "en").step, text)
    if os.environ.get("UPDATE"):
        path.write_text(now, "utf-8")
    assert len(STEP.findall(text)) == text.count("\n<!-- ") == 6
    assert now == path.read_text("utf-8")


@pytest.mark.parametrize(("page", "rule"), [("tutorial.md", "tide-mill-guide-2027"), ("competition.md", "valdorne-water-2027")])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_tutorial_ends_with_a_tested_rule_file(language: str, page: str, rule: str, tmp_path: Path) -> None:
    """Its rule file has no problem, and its cases show every verdict and notice every changed rule."""
    walk = Walk(tmp_path, language)
    STEP.sub(lambda found: found[0] if found["what"] in ("run", "head") else walk.step(found), page_of(language, page).read_text("utf-8"))
    assert {path.name for path in (tmp_path / "rules").iterdir()} == {f"{rule}.yaml", f"{rule}.cases.yaml"}
    walk.run("$ eligibility validate rules me.yaml --fail-on note\n")
    walk.run("$ eligibility test rules --cover --mutate --fail-under 100\n")


def test_both_languages_take_the_same_steps() -> None:
    """The French pages write the same files and run the same commands."""
    for name in PAGES:
        steps = [
            [(found["what"], found["of"], found["block"].partition("\n")[0] if found["what"] == "run" else "") for found in STEP.finditer(text)]
            for text in (page_of(language, name).read_text("utf-8").replace("--lang fr", "--lang en") for language in ("en", "fr"))
        ]
        assert steps[0] == steps[1]
