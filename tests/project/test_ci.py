"""The pieces for CI are what docs/ci.md says: its sessions are run, its files are read as their readers read them.

The hook itself is tried with a real pre-commit by `.ci/try-hook`, the package by `.ci/try-package`; both need a network.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from eligibility.cli.configuration import read_settings
from eligibility.cli.settings import Settings
from eligibility.reporters.problems import FORMATS
from tests.cli.test_command import ROOT
from tests.surroundings import surroundings

PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")
FRENCH = (ROOT / "docs" / "fr" / "ci.md").read_text("utf-8")
SESSIONS = [
    (language, *found)
    for language, page in (("en", PAGE), ("fr", FRENCH))
    for found in re.findall(r"<!-- run: (\d+) -->\n```console\n(.*?)```", page, re.S)
]


def read(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with our rules and profiles, and `eligibility` among its commands."""
    for name in ("rules", "profiles"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / ".bin").mkdir()
    command = tmp_path / ".bin" / "eligibility"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m eligibility "$@"\n', "utf-8")
    command.chmod(0o755)
    return tmp_path


def shell(script: str, project: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    path = f"{project / '.bin'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-c", script], cwd=project, env=surroundings(PATH=path, COLUMNS="120", **environment),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(("language", "code", "session"), SESSIONS)
def test_sessions_of_the_page(language: str, code: str, session: str, project: Path) -> None:
    """Each command prints what the page shows below it, where it shows anything; the last one ends with the code that is noted."""
    done = None
    for step in re.split(r"^\$ ", session, flags=re.M)[1:]:
        command, _, shown = step.partition("\n")
        done = shell(command, project, ELIGIBILITY_LANG=language)
        assert shown in ("", done.stdout)
    assert done is not None
    assert done.returncode == int(code), done.stdout


def test_the_table_of_exit_codes() -> None:
    """The page names the codes that the program has."""
    from eligibility import cli

    codes = {cli.OK, cli.FINDINGS, cli.UNREADABLE, cli.NOTHING, cli.BUG, cli.INTERRUPTED}
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, re.M)} == codes


def test_settings_of_the_page(tmp_path: Path) -> None:
    """The example holds every setting there is, and can be read."""
    [text] = re.findall(r"```toml\n(.*?)```", PAGE, re.S)
    (tmp_path / "pyproject.toml").write_text(text, "utf-8")
    found = read_settings(str(tmp_path))
    assert found.problems == ()
    names = {name.replace("_", "-") for name in Settings._fields} - {"file", "problems"}
    assert set(tomllib.loads(text)["tool"]["eligibility"]) == names


def test_the_hook() -> None:
    """One hook, in the form pre-commit wants; it looks at rule files only, all of them in one run."""
    [hook] = read(".pre-commit-hooks.yaml")
    assert {"id", "name", "entry", "language"} <= set(hook)
    assert (hook["id"], hook["language"], hook["types"], hook["require_serial"]) == ("eligibility-validate", "python", ["yaml"], True)
    assert hook["entry"] == "eligibility validate"
    assert f"id: {hook['id']}" in PAGE
    for name, wanted in (("rules/a.yaml", True), ("rules/b/c.yml", True), ("rules/a.txt", False), ("profiles/a.yaml", False)):
        assert bool(re.search(hook["files"], name)) == wanted


def test_the_action_uses_each_of_its_inputs() -> None:
    """And no input that it has not, nor one inside a command, where its text could become another command."""
    action = read("action.yml")
    assert {"name", "description", "inputs", "runs"} <= set(action)
    assert action["runs"]["using"] == "composite"
    text = (ROOT / "action.yml").read_text("utf-8")
    assert set(re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", text)) == set(action["inputs"])
    for one in action["inputs"].values():
        assert one["description"]
        assert isinstance(one["default"], str)
    for step in action["runs"]["steps"]:
        assert ("uses" in step) != ("run" in step)
        assert "run" not in step or ("${{" not in step["run"] and step["shell"] == "bash")
    with_inputs = yaml.safe_load(re.findall(r"```yaml\n(- uses: actions.*?)```", PAGE, re.S)[0])[-1]["with"]
    assert set(with_inputs) <= set(action["inputs"])


@pytest.mark.parametrize(
    ("paths", "args", "code"),
    [("rules", "", 0), ("rules profiles", "--severity error --fail-on warning", 0), ("rules nowhere", "", 2), ("--help", "", 2), ("$(touch x) *", "", 2)],
)
def test_the_command_of_the_action(paths: str, args: str, code: int, project: Path) -> None:
    """Its last step, as the runner would run it: inputs are split at spaces and are never options, patterns or commands."""
    script = read("action.yml")["runs"]["steps"][-1]["run"]
    done = shell(f"set -eo pipefail\n{script}", project, PATHS=paths, ARGS=args)
    assert done.returncode == code, done.stdout
    assert not (project / "x").exists()


def test_what_a_change_does_is_told_to_reviewers(project: Path) -> None:
    """The step of the action before the last: each rule file that differs from the commit, those that are new or gone, and nothing else."""
    shell("git init -q && git config user.email a@b.c && git config user.name a", project)
    (project / "rules").unlink()
    (project / "rules").mkdir()
    old = (ROOT / "rules" / "icesco-p039.yaml").read_text("utf-8")
    for name in ("changed", "same", "gone"):
        (project / "rules" / f"{name}.yaml").write_text(old.replace("id: icesco-p039", f"id: {name}"), "utf-8")
    (project / "rules" / "a.cases.yaml").write_text("cases: []\n", "utf-8")
    shell("git add -A && git commit -qm before", project)
    (project / "rules" / "changed.yaml").write_text(old.replace("id: icesco-p039", "id: changed").replace("at_least: 10 years", "at_least: 8 years"), "utf-8")
    (project / "rules" / "gone.yaml").unlink()
    (project / "rules" / "a new.yaml").write_text(old.replace("id: icesco-p039", "id: a-new"), "utf-8")
    (project / "rules" / "a.cases.yaml").unlink()
    shell("git add -A", project)
    script = read("action.yml")["runs"]["steps"][-2]["run"]
    environment = {"COMMIT": "HEAD", "PATHS": "rules", "GITHUB_ACTION_PATH": str(ROOT), "RUNNER_TEMP": ".", "GITHUB_STEP_SUMMARY": "summary.md"}
    done = shell(f"set -eo pipefail\n{script}", project, ELIGIBILITY_LANG="en", GH_TOKEN="", NUMBER="", **environment)
    assert done.returncode == 0, done.stdout
    told = (project / "summary.md").read_text("utf-8")
    assert re.findall(r"^### (.*)", told, re.M) == ["`rules/a new.yaml` is new", "changed: the change changes answers", "`rules/gone.yaml` is gone"]
    (project / "rules" / "changed.yaml").write_text("id: [", "utf-8")
    done = shell(f"set -eo pipefail\n{script}", project, ELIGIBILITY_LANG="en", GH_TOKEN="", NUMBER="", **environment)
    assert done.returncode == 0, done.stdout
    assert "### `rules/changed.yaml` cannot be compared" in (project / "summary.md").read_text("utf-8")


def test_the_job_for_gitlab(project: Path) -> None:
    """It runs where `pip` does nothing, and leaves the report it promises."""
    job = read("ci/gitlab.yml")["eligibility"]
    report = job["artifacts"]["reports"]["codequality"]
    if "gitlab" not in FORMATS:
        pytest.skip("the format is not there yet")
    (project / ".bin" / "pip").write_text("#!/bin/sh\n", "utf-8")
    (project / ".bin" / "pip").chmod(0o755)
    done = shell("set -e\n" + "\n".join(job["script"]), project, **job["variables"])
    assert done.returncode == 0, done.stdout
    assert isinstance(yaml.safe_load((project / report).read_text("utf-8")), list)


def test_ci_tries_the_hook_and_the_package() -> None:
    """What CI runs includes the trials of the hook and of the package."""
    for trial in (".ci/try-hook", ".ci/try-package"):
        assert trial in (ROOT / ".ci" / "run").read_text("utf-8")
        assert os.access(ROOT / trial, os.X_OK)
