"""`eligibility validate` as an author or a CI job uses it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from eligibility.reporters.problems import FORMATS
from tests.cli.test_command import ROOT, run

RULE = (ROOT / "rules" / "icesco-p039.yaml").read_text("utf-8")
DAY = ("--on", "2024-01-15")
SHORT = ("--format", "concise", *DAY)
MANY = """\
format: 1
id: Many
title: {fr: Poste, en: Post}
dates: {deadline: 2023-01-31}
criteria:
  - {id: age, kind: age, at_least: 40, at_most: 35, clause: NO}
"""


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def told(out: str) -> list[str]:
    """`file: CODE` of each line of the concise format."""
    return [re.sub(r"^(.*?):\d+:\d+: (\w+) .*", r"\1: \2", line) for line in out.splitlines()]


def test_our_own_files_are_valid() -> None:
    """Rules and profiles that come with the program; nothing is written but the answer."""
    done = run("validate", "rules", "profiles", *DAY)
    assert done.returncode == 0, done.stdout
    assert "0 valid" not in done.stdout
    assert " error" not in done.stdout


def test_without_a_path_it_checks_the_rules(tmp_path: Path) -> None:
    """As `check` would find them: --rules has no part here, ELIGIBILITY_RULES, settings and ./rules have."""
    write(tmp_path / "rules" / "a.yaml", "id: 010\n")
    write(tmp_path / "others" / "b.yaml", "id: 010\n")
    assert told(run("validate", *SHORT, where=tmp_path).stdout)[0].startswith("rules/a.yaml")
    assert told(run("validate", *SHORT, where=tmp_path, ELIGIBILITY_RULES="others").stdout)[0].startswith("others/b.yaml")


def test_every_problem_in_one_run_sorted_by_file_and_line(tmp_path: Path) -> None:
    """What the reader, the model and the checks find, in all files."""
    write(tmp_path / "b.yaml", "id: 010\nbirth_date: once\n")
    write(tmp_path / "a" / "z.yaml", MANY.replace("Many", "many"))
    done = run("validate", ".", *SHORT, where=tmp_path)
    assert told(done.stdout) == [
        "a/z.yaml: N312", "a/z.yaml: W314", "a/z.yaml: E304", "a/z.yaml: W101", "b.yaml: E108", "b.yaml: E106",
    ]  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("options", "codes", "exit_code"),
    [
        ((), ["N312", "W314", "E304", "W101"], 1),
        (("--severity", "note"), ["N312", "W314", "E304", "W101"], 1),
        (("--severity", "warning"), ["W314", "E304", "W101"], 1),
        (("--severity", "error"), ["E304"], 1),
        (("--select", "W"), ["W314", "W101"], 0),
        (("--select", "W101"), ["W101"], 0),
        (("--select", "w1,N"), ["N312", "W101"], 0),
        (("--select", "W1", "--select", "E"), ["E304", "W101"], 1),
        (("--ignore", "E304"), ["N312", "W314", "W101"], 0),
        (("--ignore", "W,N"), ["E304"], 1),
        (("--select", "W", "--ignore", "W1"), ["W314"], 0),
        (("--ignore", "E", "--fail-on", "warning"), ["N312", "W314", "W101"], 1),
        (("--ignore", "E,W", "--fail-on", "warning"), ["N312"], 0),
        (("--ignore", "E,W", "--fail-on", "note"), ["N312"], 1),
        (("--ignore", "E,W", "--fail-on", "expired"), ["N312"], 1),
        (("--ignore", "E,W", "--fail-on", "warning", "--fail-on", "expired"), ["N312"], 1),
        (("--severity", "error", "--ignore", "E", "--fail-on", "note"), [], 0),
    ],
)  # fmt: skip
def test_what_is_shown_and_what_fails(options: tuple[str, ...], codes: list[str], exit_code: int, tmp_path: Path) -> None:
    """Only what is shown can fail; errors fail always."""
    write(tmp_path / "a.yaml", MANY.replace("Many", "many"))
    done = run("validate", "a.yaml", *SHORT, *options, where=tmp_path)
    assert [line.partition(": ")[2] for line in told(done.stdout)] == codes
    assert done.returncode == exit_code


def test_a_code_that_does_not_exist_is_not_silently_nothing(tmp_path: Path) -> None:
    """A letter typed for a digit would make CI green."""
    done = run("validate", "--select", "E1O5", where=tmp_path)
    assert done.returncode == 2
    assert "no code begins with `E1O5`; did you mean `E105`?" in " ".join(done.stderr.replace("│", " ").split())


def test_the_day_of_the_check(tmp_path: Path) -> None:
    """A vacancy is expired after its deadline, not on it."""
    write(tmp_path / "a.yaml", MANY.replace("Many", "many"))
    for day, expired in (("2023-01-31", False), ("2023-02-01", True), ("2023-02-01T08:00", True)):
        assert ("N312" in run("validate", "a.yaml", "--format", "concise", "--on", day, where=tmp_path).stdout) == expired


def test_standard_input(tmp_path: Path) -> None:
    """`-`, alone or with files: named <stdin>, its lines shown with carets."""
    write(tmp_path / "a.yaml", "id: 010\n")
    done = run("validate", "-", "a.yaml", *DAY, text="qqq: é\ncitizenships: [NO]\n".encode(), where=tmp_path)
    assert "--> <stdin>:1:1\n   |\n 1 | qqq: é\n   | ^^^" in done.stdout
    assert "--> a.yaml:1:5" in done.stdout
    assert "2 files read, 0 valid. 2 errors and 1 warning in 2 files." in done.stdout
    assert run("validate", "-", text=b"").returncode == 1


def test_folders_hidden_files_and_links(tmp_path: Path) -> None:
    """Hidden names and other endings are skipped unless named; a link is followed inside the folder, never out of it."""
    bad = "id: 010\n"
    for name in ("a.yaml", "B.YML", "notes.txt", ".hidden.yaml", ".git/c.yaml", "sub/d.cases.yaml", "sub/e.yml"):
        write(tmp_path / "all" / name, bad)
    outside = write(tmp_path / "outside.yaml", bad)
    (tmp_path / "all" / "out.yaml").symlink_to(outside)
    (tmp_path / "all" / "again.yaml").symlink_to(tmp_path / "all" / "a.yaml")
    (tmp_path / "all" / "hid.yaml").symlink_to(tmp_path / "all" / ".hidden.yaml")
    (tmp_path / "all" / "loop").symlink_to(tmp_path / "all")
    found = sorted({line.partition(":")[0] for line in run("validate", "all", *SHORT, where=tmp_path).stdout.splitlines()})
    assert found == ["all/B.YML", "all/a.yaml", "all/hid.yaml", "all/sub/d.cases.yaml", "all/sub/e.yml"]
    assert told(run("validate", "all/.hidden.yaml", *SHORT, where=tmp_path).stdout) == ["all/.hidden.yaml: E108"]
    assert told(run("validate", "all/notes.txt", *SHORT, where=tmp_path).stdout) == ["all/notes.txt: E108"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    """By itself, by another spelling, by its folder, by a link: one file, and no duplicate id."""
    path = write(tmp_path / "rules" / "a.yaml", RULE)
    (tmp_path / "link.yaml").symlink_to(path)
    names = ("rules/a.yaml", "rules", "./rules/../rules/a.yaml", str(path), "link.yaml")
    done = run("validate", *names, *DAY, where=tmp_path)
    assert done.returncode == 0
    assert "1 file read, 1 valid." in done.stdout


def test_one_id_in_two_files(tmp_path: Path) -> None:
    """The later file is told, with the name of the earlier one; so is a copy that is broken elsewhere."""
    write(tmp_path / "a.yaml", RULE)
    write(tmp_path / "b.yaml", RULE)
    write(tmp_path / "c.yaml", RULE.replace("kind: degree", "kind: degre"))
    done = run("validate", ".", "--format", "concise", "--select", "E302", *DAY, where=tmp_path)
    assert done.returncode == 1
    assert [(line.partition(":")[0], "a.yaml" in line) for line in done.stdout.splitlines()] == [("b.yaml", True), ("c.yaml", True)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("citizenships: [FR]\nzebras: 2\n", ["E203"]),  # a profile
        ("title: {fr: a, en: b}\n", ["E201", "E201"]),  # a vacancy without id and criteria
        ("criteria: []\n", ["E201", "E201"]),
        ("vacancy: icesco-p039\ncases:\n  - {name: a}\n  - {name: NO}\n", ["E403", "E201", "E405", "E201", "W101"]),
        ("- a\n", ["E103"]),
        ("", ["E102"]),
    ],
)
def test_files_are_told_apart_by_what_they_hold(text: str, codes: list[str], tmp_path: Path) -> None:
    """Whatever their names are."""
    write(tmp_path / "x.yaml", text)
    found = [line.partition(": ")[2] for line in told(run("validate", "x.yaml", *SHORT, where=tmp_path).stdout)]
    assert found[: len(codes)] == codes


def test_a_path_that_cannot_be_opened_does_not_hide_the_others(tmp_path: Path) -> None:
    """It is told on standard error and decides the exit code; the numbers are of what was read."""
    write(tmp_path / "a.yaml", "id: 010\n")
    done = run("validate", "nowhere.yaml", "a.yaml", *DAY, where=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("nowhere.yaml:1:1: error[E130]: there is no such file: nowhere.yaml")
    assert "E108" in done.stdout
    assert "1 file read, 0 valid." in done.stdout
    alone = run("validate", "nowhere.yaml", where=tmp_path)
    assert (alone.returncode, alone.stdout) == (2, "")


def test_bytes_that_are_no_text_are_findings(tmp_path: Path) -> None:
    """A file that could be opened and is wrong is 1, whatever is wrong with it."""
    for number, data in enumerate((b"\xff\xfe", b"name: \xe9\n", b"\x00\x01", b"a: [" * 200, b"x" * 1_000_001)):
        (tmp_path / f"{number}.yaml").write_bytes(data)
    done = run("validate", ".", *SHORT, where=tmp_path)
    assert done.returncode == 1
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == [f"{number}.yaml" for number in range(5)]


def test_names_that_are_odd(tmp_path: Path) -> None:
    """Spaces, colons, letters that a terminal acts on, bytes that are no text: shown, never acted on."""
    write(tmp_path / "a b:c\x1b[31m.yaml", "id: 010\n")
    write(tmp_path / os.fsdecode(b"\xff.yaml"), "id: 010\n")
    done = run("validate", ".", *SHORT, where=tmp_path)
    assert done.returncode == 1
    assert done.stdout.count("E108") == 2
    assert "\x1b" not in done.stdout


def test_github_is_recognised(tmp_path: Path) -> None:
    """There `auto` is the format of annotations; elsewhere, and when asked for, it is the page for people."""
    from eligibility.cli.validate import Shape, _shape

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GITHUB_ACTIONS", "true")
        assert (_shape(Shape.AUTO), _shape(Shape.FULL)) == ("github", "full")
        patch.setenv("GITHUB_ACTIONS", "false")
        assert _shape(Shape.AUTO) == "full"
    write(tmp_path / "a.yaml", "id: 010\n")
    if "github" in FORMATS:
        assert run("validate", "a.yaml", where=tmp_path, GITHUB_ACTIONS="true").stdout.startswith("::error ")
    assert " --> a.yaml:1:5" in run("validate", "a.yaml", "--format", "full", where=tmp_path, GITHUB_ACTIONS="true").stdout


def test_output_in_a_file(tmp_path: Path) -> None:
    """Whole or not at all, without colour; standard output stays empty."""
    write(tmp_path / "a.yaml", "id: 010\n")
    done = run("validate", "a.yaml", "--output", "out.txt", "--color", "always", where=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert (tmp_path / "out.txt").read_text("utf-8") == run("validate", "a.yaml", where=tmp_path).stdout


def test_a_thousand_files(tmp_path: Path) -> None:
    """All are read, in one run, in order."""
    for number in range(1000):
        write(tmp_path / "rules" / f"{number:04}.yaml", f"id: {number:03}\n" if number == 7 else f"id: n{number}\ncitizenships: [FR]\n")
    done = run("validate", *DAY, where=tmp_path)
    assert "1,000 files read, 999 valid. 1 error in 1 file." in done.stdout
    assert told(run("validate", *SHORT, where=tmp_path).stdout) == ["rules/0007.yaml: E108"]


def test_french_says_the_same(tmp_path: Path) -> None:
    """The same codes and places; sentences in French."""
    write(tmp_path / "a.yaml", MANY)
    french, english = (run("validate", "a.yaml", "--lang", lang, *SHORT, where=tmp_path).stdout for lang in ("fr", "en"))
    assert told(french) == told(english)
    assert french != english


def test_a_profile_may_use_the_words_of_the_rules_beside_it(tmp_path: Path) -> None:
    """A word that a list of the notice declares is told where the profile is looked at alone, and not where the rule is, too."""
    write(tmp_path / "me.yaml", "certificates: [{type: water-safety, issued: 2024-01-01}]\n")
    rule = "id: post\ntitle: {en: Post, fr: Poste}\ndates: {deadline: 2099-12-01}\nlists: {papers: [water-safety]}\n"
    write(tmp_path / "post.yaml", rule + "criteria: [{id: paper, kind: certificate, type: {list: papers}}]\n")
    assert told(run("validate", "me.yaml", *SHORT, where=tmp_path).stdout) == ["me.yaml: W202"]
    beside = told(run("validate", "me.yaml", "post.yaml", *SHORT, where=tmp_path).stdout)
    assert {one.partition(":")[0] for one in beside} == {"post.yaml"}
