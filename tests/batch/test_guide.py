"""The adviser's guide, in both languages: every command is run in a copy of the class, and prints what the page shows.

`UPDATE=1 python -m pytest tests/batch/test_guide.py` writes what the commands print now into the pages, for review.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.surroundings import surroundings

from .material import CLASS, ROOT

SESSION = re.compile(r"<!-- run (?P<lines>\d+)(?P<html> html)? -->\n```console\n(?P<commands>(?:\$ .+\n)+)(?P<output>(?:.*\n)*?)```")
CHANGE = re.compile(r"<!-- change (?P<changed>\S+) -->\n```diff\n(?P<lines_changed>(?:[-+] .+\n)+)```")
STEP = re.compile(f"{CHANGE.pattern}|{SESSION.pattern}")
HAS_PAGES = importlib.util.find_spec("eligibility.batch.writers.html") is not None


def run(command: str, folder: Path) -> str:
    words = shlex.split(command)
    assert words[0] == "eligibility"
    environment = surroundings(COLUMNS="80")
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=120
    )
    assert done.returncode in (0, 1), done.stderr  # 1: something was not understood
    return done.stdout


def change(path: Path, lines: str) -> None:
    """Put lines of a file in the place of others."""
    text, lines = (one.replace("\u00a0", " ") for one in (path.read_text("utf-8"), lines))  # pages have them before `;`
    for old, new in re.findall(r"- (.+)\n\+ (.+)\n", lines):
        assert text.count(f"{old}\n") == 1, old
        text = text.replace(f"{old}\n", f"{new}\n")
    path.write_text(text, "utf-8")


@pytest.mark.parametrize("page", ["batch.md", "fr/batch.md"])
def test_the_guide(page: str, tmp_path: Path) -> None:
    """What a page shows is what the commands print, up to the line where the page stops; every file asked for is there."""
    folder = tmp_path / "class"
    shutil.copytree(CLASS, folder)
    path = ROOT / "docs" / page
    text = path.read_text("utf-8")

    def session(found: re.Match[str]) -> str:
        if found["changed"]:
            change(folder / found["changed"], found["lines_changed"])
            return found[0]
        if found["html"] and not HAS_PAGES:
            return found[0]
        printed = ""
        for command in found["commands"].splitlines():
            printed = run(command[2:], folder)
            for output in re.findall(r"(?:-o|--per-person) (\S+)", command):
                assert (folder / output).exists()
        shown = "".join(line + "\n" for line in printed.splitlines()[: int(found["lines"])])
        extra = " html" if found["html"] else ""
        return f"<!-- run {found['lines']}{extra} -->\n```console\n{found['commands']}{shown}```"

    now = STEP.sub(session, text)
    if os.environ.get("UPDATE"):
        path.write_text(now, "utf-8")
    assert len(SESSION.findall(text)) == 12
    assert now == text


def test_both_guides_show_the_same_commands() -> None:
    """The French page has the commands of the English one, with its own names of files."""
    commands = [re.findall(r"^\$ eligibility (\w+) (?:class\.csv|intake\.xlsx)((?: --[a-z-]+)*)", (ROOT / "docs" / page).read_text("utf-8"), re.M) for page in ("batch.md", "fr/batch.md")]
    assert commands[0] == commands[1]


def test_the_class_in_excel_is_fresh() -> None:
    """The workbooks are what scripts/build_class.py makes of the CSV files."""
    done = subprocess.run([sys.executable, "scripts/build_class.py", "--check"], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_map_of_the_class_is_valid() -> None:
    """`validate` knows a map of columns, in a folder and by its name."""
    from eligibility.cli import run as command

    assert command(["validate", str(CLASS)]) == 0
    assert command(["validate", str(CLASS / "class.columns.yaml")]) == 0
