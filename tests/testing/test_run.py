"""Running cases: what is told when a case does not give what it expects."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.surroundings import surroundings
from tests.testing.example import CASES, ROOT, RULE, eligibility, museum

WRONG = """\
day: 2025-01-15
profile: {birth_date: 2000-05-05, citizenships: [CA]}
cases:
  - {name: a day too young, profile: {birth_date: 2007-03-02}, expect: {age: pass, outcome: likely_eligible, closing: closed}}
  - {name: French citizen, profile: {citizenships: [FR]}, expect: {status: {verdict: unknown, code: not_said, missing: [citizenships]}}}
"""


def test_cases_that_agree_are_counted(tmp_path: Path) -> None:
    """Nothing is said of a case that agrees: one line sums up."""
    museum(tmp_path)
    assert eligibility("test", str(tmp_path), "--lang", "en")[:2] == (0, "4 cases, 0 failed, in 1 file.\n")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_failing_case_is_explained(tmp_path: Path, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The case, the place of each expectation, what was expected, what was said instead and why, in words."""
    museum(tmp_path, WRONG)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "90")
    done = eligibility("test", ".", "--lang", language)
    golden = ROOT / "tests" / "testing" / "golden" / f"failing.{language}.txt"
    if os.environ.get("UPDATE"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(done.out, "utf-8")
    assert done.code == 1
    assert done.out == golden.read_text("utf-8")


def test_only_the_verdict_is_told_where_the_verdict_differs(tmp_path: Path) -> None:
    """A gap or a missing fact of a verdict nobody expected is not told as well."""
    museum(tmp_path, CASES + "  - {name: wrong, profile: {birth_date: 2007-03-02}, expect: {age: {verdict: U, missing: [birth_date], gap: 4}}}\n")
    [difference] = json.loads(eligibility("test", str(tmp_path), "-f", "json").out)["cases"][-1]["differences"]
    assert (difference["what"], difference["expected"], difference["got"]) == ("verdict", "unknown", "fail")


@pytest.mark.parametrize(
    ("expect", "what", "got"),
    [
        ("{age: {verdict: pass, code: too_old}}", "code", "within"),
        ("{age: {verdict: pass, gap: 3}}", "gap", None),
        ("{age: {verdict: pass, future: 2025-01-01}}", "future", None),
        ("{age: {verdict: pass, preferred: fail}}", "preferred", None),
        ("{age: {verdict: pass, missing: [birth_date]}}", "missing", []),
        ("{age: {verdict: pass, causes: [missing_fact]}}", "causes", []),
        ("{outcome: not_eligible}", "outcome", "likely_eligible"),
        ("{closing: disputed}", "closing", "open"),
        ("{writes-well: pass}", "verdict", "unknown"),
    ],
)
def test_everything_that_can_be_expected(tmp_path: Path, expect: str, what: str, got: object) -> None:
    """Each thing a case may expect is compared, and told by its name."""
    museum(tmp_path, CASES + f"  - {{name: wrong, expect: {expect}}}\n")
    differences = json.loads(eligibility("test", str(tmp_path), "-f", "json").out)["cases"][-1]["differences"]
    assert [(one["what"], one["got"]) for one in differences] == [(what, got)]


def test_cases_may_stand_in_the_rule_file(tmp_path: Path) -> None:
    """`cases:` in a rule file holds what a case file holds, or the cases alone; checking is not disturbed by it."""
    inside = "cases:\n  profile: {birth_date: 2000-05-05}\n  day: 2025-01-15\n  cases: [{name: an adult, expect: {age: pass}}]\n"
    path = tmp_path / "museum-guide-2025.yaml"
    path.write_text(RULE + inside, "utf-8")
    assert eligibility("test", str(path), "--lang", "en")[:2] == (0, "1 case, 0 failed, in 1 file.\n")
    path.write_text(RULE + "cases: [{name: nobody, day: 2025-01-15, expect: {age: unknown}}]\n", "utf-8")
    assert eligibility("test", str(tmp_path), "--lang", "en")[:2] == (0, "1 case, 0 failed, in 1 file.\n")
    assert eligibility("check", str(ROOT / "profiles" / "lea.yaml"), "--rules", str(path), "--on", "2025-01-15").code == 0


def test_a_rule_file_brings_the_cases_beside_it(tmp_path: Path) -> None:
    """Naming the rule file, the case file or the folder runs the same cases, and each once."""
    cases = museum(tmp_path)
    rule = str(tmp_path / "museum-guide-2025.yaml")
    for paths in ([rule], [str(cases)], [str(tmp_path)], [rule, str(cases), str(tmp_path)]):
        assert eligibility("test", *paths, "--lang", "en")[:2] == (0, "4 cases, 0 failed, in 1 file.\n")


def test_a_case_file_may_name_its_vacancy(tmp_path: Path) -> None:
    """Cases called otherwise find the rule file of their folder by its id."""
    museum(tmp_path)
    (tmp_path / "adults.cases.yaml").write_text("vacancy: museum-guide-2025\n" + CASES, "utf-8")
    assert eligibility("test", str(tmp_path), "--lang", "en")[:2] == (0, "8 cases, 0 failed, in 2 files.\n")


def test_other_yaml_files_of_a_folder_are_left_alone(tmp_path: Path) -> None:
    """A profile that lies among the rules is no case file."""
    museum(tmp_path)
    (tmp_path / "lea.yaml").write_text("name: Léa\n", "utf-8")
    assert eligibility("test", str(tmp_path)).code == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), 0),
        (("--fail-under", "100"), 1),
        (("--cover",), 0),
        (("--mutate", "--fail-under", "90"), 1),
        (("--fail-under", "101"), 2),
        (("--format", "pdf"), 2),
        (("--output", "no/such/folder.xml"), 2),
        (("--suggest", "no-such.yaml"), 2),
    ],
)
def test_exit_codes(tmp_path: Path, words: tuple[str, ...], code: int) -> None:
    """0 all is well, 1 a case failed or too little is covered, 2 wrong usage."""
    museum(tmp_path)
    assert eligibility("test", str(tmp_path), *words).code == code


def test_nothing_to_run(tmp_path: Path) -> None:
    """3 when there is no case at all, and what to do about it; 2 for a path that is not there, though other cases run."""
    (tmp_path / "museum-guide-2025.yaml").write_text(RULE, "utf-8")
    done = eligibility("test", str(tmp_path), "--lang", "en")
    assert done.code == 3
    assert "no case to run: write some beside the rule file" in done.err
    museum(tmp_path)
    done = eligibility("test", str(tmp_path), str(tmp_path / "nowhere"), "--lang", "en")
    assert done.code == 2
    assert "4 cases" in done.out


def test_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends with 130, a bug of ours with 4; neither shows a traceback."""
    museum(tmp_path)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("eligibility.testing.session.run_cases", interrupted)
    assert eligibility("test", str(tmp_path)).code == 130
    monkeypatch.setattr("eligibility.testing.session.run_cases", lambda *_: 1 / 0)
    done = eligibility("test", str(tmp_path))
    assert done.code == 4
    assert "Traceback" not in done.err


def test_output_goes_to_a_file(tmp_path: Path) -> None:
    """--output writes the result whole, and nothing to standard output."""
    museum(tmp_path)
    target = tmp_path / "result.txt"
    assert eligibility("test", str(tmp_path), "--output", str(target), "--lang", "en")[:2] == (0, "")
    assert target.read_text("utf-8") == "4 cases, 0 failed, in 1 file.\n"


def test_machine_formats_do_not_change_with_language_width_or_colour(tmp_path: Path) -> None:
    """JSON and JUnit are the same bytes everywhere."""
    museum(tmp_path, WRONG)
    for form in ("json", "junit"):
        seen = set()
        for environment in ({"LANG": "fr_FR.UTF-8", "COLUMNS": "40"}, {"LC_ALL": "C", "FORCE_COLOR": "1"}, {"LANG": "en_US.UTF-8", "TZ": "Asia/Tokyo"}):
            words = [sys.executable, "-m", "eligibility", "test", str(tmp_path), "--cover", "-f", form]
            done = subprocess.run(words, env=surroundings(**environment), capture_output=True, check=False)
            assert done.returncode == 1
            seen.add(done.stdout)
        assert len(seen) == 1
