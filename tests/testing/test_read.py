"""A case file with a mistake in it: the place, one sentence, and help; nothing else is run of that file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from eligibility.loading.yaml_reader import MAX_NODES
from tests.testing.example import CASES, RULE, eligibility, museum

HEAD = "day: 2025-01-15\ncases:\n"

BROKEN = [
    (HEAD + "  - {name: a, expct: {age: pass}}\n", "3:15", "E203", "unknown key `expct`", "did you mean `expect`?"),
    (HEAD + "  - {name: a, expect: {agee: pass}}\n", "3:24", "E401", "the vacancy has no criterion `agee`", "did you mean `age`?"),
    (HEAD + "  - {name: a, expect: {age: passed}}\n", "3:29", "E402", "`passed` is not a verdict", "did you mean `pass`?"),
    (HEAD + "  - {name: a, expect: {age: true}}\n", "3:29", "E402", "is not a verdict", "the verdicts are pass, fail, unknown, not_applicable, P, F, U or N"),
    (HEAD + "  - {name: a, expect: {age: {code: within}}}\n", "3:29", "E201", "`verdict` is missing here", "add `verdict:`"),
    (HEAD + "  - {name: a, expect: {age: {verdict: P, cod: within}}}\n", "3:42", "E203", "unknown key `cod`", "did you mean `code`?"),
    (HEAD + "  - {name: a, expect: {age: {verdict: U, causes: [missing]}}}\n", "3:51", "E205", "unknown word `missing`", "did you mean `missing_fact`?"),
    (HEAD + "  - {name: a, expect: {outcome: eligible}}\n", "3:33", "E205", "unknown word `eligible`", "did you mean"),
    (HEAD + "  - {name: a, expect: {closing: shut}}\n", "3:33", "E205", "unknown word `shut`", "the words known here are"),
    (HEAD + "  - {name: a, expect: {tracks: {junior: not_eligible}}}\n", "3:24", "E409", "the vacancy has no tracks", "leave `tracks` out"),
    (HEAD + "  - {name: a, expect: {age: {verdict: F, gap: a day}}}\n", "3:47", "E204", "`a day` is not a whole number", "write a whole number"),
    (HEAD + "  - {name: a, expect: {age: {verdict: P, future: soon}}}\n", "3:50", "E106", "", ""),
    (HEAD + "  - {name: a, expect: {}}\n", "3:23", "E204", "is not what to expect", "write what to expect, such as {age: pass}"),
    (HEAD + "  - {name: a}\n", "3:5", "E201", "`expect` is missing here", "add `expect:`"),
    (HEAD + "  - {expect: {age: pass}}\n", "3:5", "E201", "`name` is missing here", "add `name:`"),
    (HEAD + "  - a\n", "3:5", "E204", "`a` is not a case", "write a case such as"),
    (HEAD + "  - {name: a, day: 2025-02-30, expect: {age: pass}}\n", "3:20", "E105", "this date does not exist: 2025-02-30", "write a date"),
    (HEAD + "  - {name: a, day: Monday, expect: {age: pass}}\n", "3:20", "E404", "`Monday` is not a day", 'write 2023-09-15 or "2023-09-15T10:00"'),
    (HEAD + "  - {name: a, profile: {birth_dat: 2000-01-01}, expect: {age: pass}}\n", "3:25", "E203", "unknown key `birth_dat`", "did you mean `birth_date`?"),
    (HEAD + "  - {name: a, profile: {birth_date: 2000-02-30}, expect: {age: pass}}\n", "3:37", "E105", "this date does not exist", ""),
    (HEAD + "  - {name: a, profile: {experience: [{from: 2020, to: 2019}]}, expect: {age: pass}}\n", "3:55", "E233", "this record ends before it begins", "check"),
    (HEAD + "  - {name: a, profile: nobody, expect: {age: pass}}\n", "3:24", "E204", "`nobody` is not a block of keys", "write a block of keys"),
    (HEAD + "  - {name: a, criterion: {kind: age, at_least: 3}, expect: pass}\n", "3:15", "E407", "`criterion` belongs to cases that bring their own vacancy", "change the rule there"),
    (HEAD + "  - {name: a, expect: {age: U}}\n  - {name: a, expect: {age: U}}\n", "4:12", "E406", "two cases are called `a`", "the other one is on line 3"),
    ("day: 2025-01-15\nprofile: {citizenshipz: [CA]}\ncases:\n  - {name: a, expect: {age: U}}\n  - {name: b, expect: {age: U}}\n", "2:11", "E203", "unknown key `citizenshipz`", "did you mean `citizenships`?"),
    ("cases:\n  - {name: a, expect: {age: U}}\n  - {name: b, expect: {age: U}}\n", "2:5", "E405", "this case has no day", "once at the top of the file"),
    ("day: 2025-01-15\n", "1:1", "E201", "`cases` is missing here", "add `cases:`"),
    ("day: 2025-01-15\ncases: {a: b}\n", "2:8", "E204", "is not a list", "write a list"),
    ("vacancy: museum-guide-2024\nday: 2025-01-15\ncases: []\n", "1:10", "E403", "there is no rule file for `museum-guide-2024`", "did you mean `museum-guide-2025`?"),
    ("vacancy: [a]\nday: 2025-01-15\ncases: []\n", "1:10", "E204", "is not the id of a vacancy", "write"),
    (CASES + "accepted: [{mutant: a, unseen: b, why: c}]\n", "8:12", "E408", "it is not said what is accepted", "write either `mutant:` or `unseen:`"),
    (CASES + "accepted: [{mutant: a}]\n", "8:12", "E201", "`why` is missing here", "add `why:`"),
    (CASES + "accepted: [{mutant: a, because: c}]\n", "8:24", "E203", "unknown key `because`", ""),
    (HEAD + "  - {name: &a b, expect: {age: U}}\n", "3:12", "E114", "anchors", "repeat the text"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "code", "message", "hint"), BROKEN, ids=[f"{one[2]} {one[1]} {index}" for index, one in enumerate(BROKEN)])
def test_a_mistake_is_told_where_it_stands(tmp_path: Path, text: str, place: str, code: str, message: str, hint: str) -> None:
    """Line and column, a code, one sentence, and how to repair it; exit 1, and never a traceback."""
    path = museum(tmp_path, text)
    done = eligibility("test", str(path), "--lang", "en")
    assert done.code == 1
    told = re.findall(rf"^{re.escape(str(path))}:(\S+): error\[(\w+)\]: (.*)(?:\n  help: (.*))?$", done.err, re.M)
    assert [one[:2] for one in told] == [(place, code)], done.err
    assert message in told[0][2]
    assert hint in told[0][3]


def test_all_mistakes_in_one_run(tmp_path: Path) -> None:
    """Every problem of a file is told, in the order of its lines, once."""
    museum(tmp_path, HEAD + "  - {name: a, expect: {agee: pass}}\n  - {name: b, expect: {age: maybe}}\n  - {nam: c, expect: {age: pass}}\n")
    codes = re.findall(r"error\[(\w+)\]", eligibility("test", str(tmp_path)).err)
    assert codes == ["E401", "E402", "E203"]


def test_a_case_file_without_a_rule_beside_it(tmp_path: Path) -> None:
    """The file that is looked for is named."""
    path = tmp_path / "alone.cases.yaml"
    path.write_text(CASES, "utf-8")
    done = eligibility("test", str(path), "--lang", "en")
    assert done.code == 1
    assert f"{path}:1:1: error[E403]: there is no rule file for `alone`" in done.err


def test_a_broken_rule_is_told_and_its_cases_are_not_run(tmp_path: Path) -> None:
    """What is wrong in the rule file is told there, once."""
    museum(tmp_path, rule=RULE.replace("at_least", "at_leest"))
    done = eligibility("test", str(tmp_path), "--lang", "en", "--cover", "--mutate")
    assert done.code == 1
    assert re.findall(r"yaml:(\S+): error\[(\w+)\]", done.err) == [("5:26", "E203")]
    assert done.out == "0 cases, 0 failed, in 0 files. 1 file could not be read.\n"


OWN = """\
day: 2024-06-01
vacancy: {dates: {deadline: 2024-06-30}, choices: {grade: {chosen_by: applicant, options: {junior: Junior, senior: Senior}}}}
cases:
  - {name: of age, criterion: {kind: age, at_least: 18}, profile: {birth_date: 2000-01-01}, expect: pass}
  - {name: a letter for short, criterion: {kind: age, at_least: 18}, profile: {}, expect: {verdict: U, missing: [birth_date]}}
  - {name: does not apply, criterion: {kind: age, at_least: 18, when: {kind: citizenship, of: FR}}, profile: {citizenships: [MA]}, expect: N}
  - {name: each grade, criterion: {kind: age, at_least: {by: grade, values: {junior: 18, senior: 40}}}, profile: {birth_date: 2000-01-01}, expect: {tracks: {junior: likely_eligible, senior: not_eligible}}}
  - {name: another deadline, vacancy: {dates: {deadline: 2018-01-01}}, criterion: {kind: age, at_least: 18}, profile: {birth_date: 2000-01-01}, expect: {it: pass, closing: closed}}
"""


def test_cases_that_bring_their_own_vacancy(tmp_path: Path) -> None:
    """A file about the language and not about a rule file: the criterion stands in the case and is called `it`. N gives no warning."""
    path = tmp_path / "language.yaml"
    path.write_text(OWN, "utf-8")
    assert eligibility("test", str(path), "--lang", "en") == (0, "5 cases, 0 failed, in 1 file.\n", "")


@pytest.mark.parametrize(
    ("line", "place", "code"),
    [
        ("  - {name: a, criterion: {kind: agee}, profile: {}, expect: U}\n", "4:33", "E202"),
        ("  - {name: a, criterion: {kind: age, at_most: 300 weeks}, profile: {}, expect: U}\n", "4:47", "E217"),
        ("  - {name: a, vacancy: {dates: {deadline: soon}}, criterion: {kind: judged}, profile: {}, expect: U}\n", "4:43", "E106"),
        ("  - {name: a, expect: U}\n", "2:10", "E201"),
    ],
)
def test_a_mistake_in_a_vacancy_of_ones_own(tmp_path: Path, line: str, place: str, code: str) -> None:
    """It is told where it was written: in the case, or at the top."""
    path = tmp_path / "language.yaml"
    path.write_text("day: 2024-06-01\nvacancy: {jurisdiction: EU}\ncases:\n" + line, "utf-8")
    done = eligibility("test", str(path))
    assert done.code == 1
    assert re.findall(r"yaml:(\S+): [^[]*\[(\w+)\]", done.err) == [(place, code)], done.err


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    """The limits of the reader hold for case files, too."""
    path = museum(tmp_path, HEAD + "  - {name: a, expect: {age: U}}\n" * MAX_NODES)
    done = eligibility("test", str(path))
    assert done.code == 1
    assert "E113" in done.err


def test_a_large_vacancy_is_not_read_again_for_hundreds_of_cases(tmp_path: Path) -> None:
    """Eight hundred cases with a criterion each, over eight hundred shared conditions, would take a minute: told once, in no time."""
    lines = ["vacancy:", "  conditions:", *(f"    - {{id: c{number}, kind: age, at_least: 18}}" for number in range(800)), "cases:"]
    lines += [f"  - {{name: n{number}, criterion: {{kind: age, at_least: {number}}}, profile: {{}}, expect: unknown}}" for number in range(800)]
    path = tmp_path / "large.cases.yaml"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    done = eligibility("test", str(path))
    assert done.code == 1
    assert done.err.count("[E410]") == 1
