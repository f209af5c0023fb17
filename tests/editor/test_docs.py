"""docs/editor.md tells the truth: its commands are run, its first lines are ours."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

from tests.surroundings import surroundings

from .schemas import ROOT

PAGE = (ROOT / "docs" / "editor.md").read_text("utf-8")


def test_commands_of_the_page(tmp_path: Path) -> None:
    """Every command can be typed; what it writes is there afterwards."""
    blocks = re.findall(r"<!-- run -->\n```console\n(.*?)```", PAGE, re.S)
    commands = [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]
    assert len(commands) == 5
    for command in commands:
        words, _, target = command.partition(" > ")
        environment = surroundings()
        done = subprocess.run(
            [sys.executable, "-m", *shlex.split(words)], cwd=tmp_path, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=True
        )
        if target:
            (tmp_path / target).write_bytes(done.stdout)
    names = {"vacancy.schema.json", "profile.schema.json", "cases.schema.json", "museum-guide-2025.yaml", "me.yaml"}
    assert {path.name for path in tmp_path.iterdir()} == names


def test_first_lines_and_settings_of_the_page() -> None:
    """The first lines are those of our files, and the schemas of the settings exist."""
    block = PAGE.partition("<!-- first lines -->\n```yaml\n")[2].partition("```")[0].splitlines()
    assert block == [path.read_text("utf-8").splitlines()[0] for path in (ROOT / "rules" / "icesco-p039.yaml", ROOT / "profiles" / "lea.yaml")]
    settings = json.loads(PAGE.partition("```json\n")[2].partition("```")[0])
    assert all((ROOT / path).is_file() for path in settings["yaml.schemas"])
