"""What was written for an earlier version (`format: 1`) reads and answers the same today, but for what the file beside its folder lists.

The files of a folder are as that version shipped them, and are never edited: its rules, profiles and cases, and what it answered.
CONTRIBUTING.md says what may change, and how.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from eligibility import check, load_profile, load_vacancy
from eligibility.reference import load_reference
from eligibility.testing.find import find_cases
from eligibility.testing.run import run_case

HERE = Path(__file__).parent
VERSIONS = sorted(path.name for path in HERE.iterdir() if (path / "answers.yaml").is_file())
PROFILES = sorted((version, path.stem) for version in VERSIONS for path in (HERE / version / "profiles").glob("*.yaml"))
every_version = pytest.mark.parametrize("version", VERSIONS)


def _changed(version: str) -> dict[str, Any]:
    """What is read and answered in another way since a version."""
    path = HERE / f"{version}.yaml"
    return yaml.safe_load(path.read_text("utf-8")) if path.is_file() else {"texts": [], "answers": []}


def _rules(version: str) -> list[Path]:
    return sorted(path for path in (HERE / version / "rules").glob("*.yaml") if ".cases." not in path.name)


class Differed(NamedTuple):
    """One expectation of a frozen case that is not met any more, and what is answered now."""

    file: str
    case: str
    now: dict[str, dict[str, Any]]


def _differed(version: str, folder: Path) -> list[Differed]:
    """Every frozen case is run; those that differ are told."""
    frozen, texts = HERE / version, _changed(version)["texts"]
    for path in frozen.glob("*/*.yaml"):
        text = path.read_text("utf-8")
        name = str(path.relative_to(frozen))
        for one in texts:
            if one["file"] == name:
                assert text.count(one["was"]) == 1, one
                text = text.replace(one["was"], one["now"])
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    files = sorted(str(path) for path in folder.glob("*/*.yaml") if path.parent.name == "cases" or ".cases." in path.name)
    found = find_cases(files, load_reference())
    assert [one for one in found.diagnostics if one.is_error] == []
    assert sum(len(file.cases) for file in found.files) > 1300
    return [
        Differed(str(Path(file.name).relative_to(folder)), case.name, now)
        for file in found.files
        for case in file.cases
        if (now := {str(one.wanted.about): {one.wanted.key: _plain(one.got)} for one in run_case(file, case).differences})
    ]


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


@every_version
def test_frozen_cases_answer_as_they_did_but_for_what_is_listed(version: str, tmp_path: Path) -> None:
    """No case answers differently that is not listed, and none is listed that answers as it did."""
    listed = [Differed(one["file"], one["case"], one["now"]) for one in _changed(version)["answers"]]
    assert sorted(_differed(version, tmp_path)) == sorted(listed)


@every_version
def test_a_text_that_had_to_change_says_why(version: str) -> None:
    """What is listed has its reason."""
    changed = _changed(version)
    assert all(one["why"] for one in [*changed["texts"], *changed["answers"]])


@pytest.mark.parametrize(("version", "profile"), PROFILES)
def test_frozen_profiles_get_the_answers_they_got(version: str, profile: str) -> None:
    """Each sample profile of then, before each vacancy of then: the same outcome, and the same verdict of each criterion."""
    answers = yaml.safe_load((HERE / version / "answers.yaml").read_text("utf-8"))[profile]
    person = load_profile(HERE / version / "profiles" / f"{profile}.yaml")
    told = {}
    for path in _rules(version):
        report = check(load_vacancy(path), person, date(2024, 1, 10))
        told[report.vacancy] = {"outcome": str(report.outcome), **{str(one.id): str(one.verdict) for one in report.findings}}
    assert told == answers
