"""What was written for version 0.1.0 (`format: 1`) reads and answers the same today, but for what `changed.yaml` lists.

The files of `0.1.0/` are as that version shipped them, and are never edited: its rules, profiles and cases, and what it answered.
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
CHANGED = yaml.safe_load((HERE / "changed.yaml").read_text("utf-8"))
FROZEN = "0.1.0"
FILES = sorted(
    str(path.relative_to(HERE / FROZEN)) for path in (HERE / FROZEN).glob("*/*.yaml") if path.parent.name == "cases" or ".cases." in path.name
)
RULES = sorted(path for path in (HERE / FROZEN / "rules").glob("*.yaml") if ".cases." not in path.name)
PROFILES = sorted((HERE / FROZEN / "profiles").glob("*.yaml"))


class Differed(NamedTuple):
    """One expectation of a frozen case that is not met any more, and what is answered now."""

    file: str
    case: str
    now: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def differed(tmp_path_factory: pytest.TempPathFactory) -> list[Differed]:
    """Every frozen case is run; those that differ are told."""
    folder = tmp_path_factory.mktemp(FROZEN)
    for path in (HERE / FROZEN).glob("*/*.yaml"):
        text = path.read_text("utf-8")
        name = str(path.relative_to(HERE / FROZEN))
        for one in CHANGED["texts"]:
            if one["file"] == name:
                assert text.count(one["was"]) == 1, one
                text = text.replace(one["was"], one["now"])
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    found = find_cases([str(folder / name) for name in FILES], load_reference())
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


def test_frozen_cases_answer_as_they_did_but_for_what_is_listed(differed: list[Differed]) -> None:
    """No case answers differently that is not listed, and none is listed that answers as it did."""
    listed = [Differed(one["file"], one["case"], one["now"]) for one in CHANGED["answers"]]
    assert sorted(differed) == sorted(listed)


def test_a_text_that_had_to_change_says_why() -> None:
    """What is listed has its reason."""
    assert all(one["why"] for one in [*CHANGED["texts"], *CHANGED["answers"]])


@pytest.mark.parametrize("profile", PROFILES, ids=lambda path: path.stem)
def test_frozen_profiles_get_the_answers_they_got(profile: Path) -> None:
    """Each sample profile of then, before each vacancy of then: the same outcome, and the same verdict of each criterion."""
    answers = yaml.safe_load((HERE / FROZEN / "answers.yaml").read_text("utf-8"))[profile.stem]
    person = load_profile(profile)
    told = {}
    for path in RULES:
        report = check(load_vacancy(path), person, date(2024, 1, 10))
        told[report.vacancy] = {"outcome": str(report.outcome), **{str(one.id): str(one.verdict) for one in report.findings}}
    assert told == answers
