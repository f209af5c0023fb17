"""The README tells the truth: its sessions are run and its outputs compared, its examples are loaded.

`UPDATE=1 python -m pytest tests/project/test_readme.py` writes what the commands print now into the README, for review.
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import yaml

from eligibility.profile import Profile
from eligibility.reference import load_reference
from eligibility.vacancy import Vacancy
from tests.surroundings import surroundings

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
SESSION = re.compile(r"(<!-- run -->\n```console\n\$ (?P<command>.+)\n)(?P<output>(?:.*\n)*?)(?=```)")


def run(command: str) -> str:
    words = shlex.split(command)
    assert words[0] == "eligibility"
    environment = surroundings(COLUMNS="80")
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True, timeout=60
    )
    assert done.stderr == ""
    return done.stdout


def test_sessions() -> None:
    """Every session of the README prints what it says it prints."""
    text = README.read_text("utf-8")
    now = SESSION.sub(lambda found: found[1] + run(found["command"]), text)
    if os.environ.get("UPDATE"):
        README.write_text(now, "utf-8")
    assert len(SESSION.findall(text)) == 2
    assert now == text


def test_first_command_is_the_main_job() -> None:
    """What the first command runs at its end is a check that prints a report."""
    command = re.search(r"<!-- first command -->\n```console\n\$ (.+)\n```", README.read_text("utf-8"))
    assert command is not None
    job = command[1].rpartition("&& .venv/bin/")[2]
    assert "LIKELY ELIGIBLE" in run(job)


def test_library_example() -> None:
    """The five lines of the library do what they show."""
    example = README.read_text("utf-8").partition("<!-- doctest -->\n```python\n")[2].partition("```")[0]
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        test = doctest.DocTestParser().get_doctest(example, {}, "README", "README.md", 0)
        runner = doctest.DocTestRunner()
        runner.run(test)
    finally:
        os.chdir(before)
    assert runner.summarize().failed == 0


def test_yaml_examples() -> None:
    """The profile and the rule that the README explains can be read."""
    profile, rule = re.findall(r"```yaml\n(.*?)```", README.read_text("utf-8"), re.S)
    Profile.model_validate(yaml.load(profile, Loader=yaml.BaseLoader) | {"languages": [{"language": "fr", "native": True}]})
    criteria = yaml.safe_load(rule)
    days = {"deadline": "2024-01-01", "start": "2024-06-01"}
    vacancy = Vacancy.model_validate({"id": "readme", "title": "README", "dates": days, "criteria": criteria})
    assert len(vacancy.parsed(load_reference()).criteria) == 3


def test_links_and_pictures() -> None:
    """What the README links to is there; a picture says what it shows, and is small."""
    links = re.findall(r"(!?)\[([^\]]*)\]\(([^)]+)\)", README.read_text("utf-8"))
    assert [target for _, _, target in links if not target.startswith("https://") and not (ROOT / target).exists()] == []
    pictures = [(text, ROOT / target) for mark, text, target in links if mark]
    assert len(pictures) == 2
    for text, path in pictures:
        assert len(text) > 80
        assert path.read_bytes().startswith(b"\x89PNG")
        assert path.stat().st_size < 150_000
