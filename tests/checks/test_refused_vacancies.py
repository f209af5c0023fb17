"""What `validate` calls an error keeps a rule file from being answered with, whichever command or program opens it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from rule_files import rule_file

from eligibility import Problems, Vacancy, load_vacancy
from eligibility.checks import CHECKS, Check
from eligibility.checks.vacancies import open_vacancy
from eligibility.reference import load_reference

ERRORS = [check for check in CHECKS if check.CODE.startswith("E")]
CROSSED = "criteria:\n  - {id: a, kind: age, at_least: 40, at_most: 30}"


def written(lines: str, folder: Path) -> str:
    path = folder / "rule.yaml"
    path.write_text(rule_file(lines), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("check", ERRORS, ids=lambda check: check.CODE)
def test_nobody_is_answered_by_a_rule_file_with_an_error_of_meaning(check: Check, tmp_path: Path) -> None:
    """The wrong example of every check that finds errors is refused with its code, and the right one is read."""
    with pytest.raises(Problems) as refused:
        load_vacancy(written(check.WRONG, tmp_path))
    assert check.CODE in {one.code for one in refused.value.diagnostics}
    assert load_vacancy(written(check.RIGHT, tmp_path)).id


@pytest.mark.parametrize("check", ERRORS, ids=lambda check: check.CODE)
def test_nobody_is_answered_by_plain_data_with_an_error_of_meaning(check: Check) -> None:
    """What a rule file may not mean, a vacancy from a mapping may not either; the place is the path of the value."""
    with pytest.raises(Problems) as refused:
        Vacancy.from_dict(yaml.safe_load(rule_file(check.WRONG)))
    told = [one for one in refused.value.diagnostics if one.code == check.CODE]
    assert told
    assert all(one.path for one in told)
    assert Vacancy.from_dict(yaml.safe_load(rule_file(check.RIGHT))).id


def test_an_error_that_the_file_silences_with_a_reason_does_not_keep_it_from_being_used(tmp_path: Path) -> None:
    """The comment works in `check` as it does in `validate`."""
    reference = load_reference()
    meant = open_vacancy(written(f"{CROSSED}  # eligibility: ignore[E304] copied from the notice, which is wrong", tmp_path), reference)
    assert meant.model is not None
    other = open_vacancy(written(f"{CROSSED}  # eligibility: ignore[E307] copied from the notice, which is wrong", tmp_path), reference)
    assert (other.model, [one.code for one in other.diagnostics]) == (None, ["E304"])
