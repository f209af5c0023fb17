"""The exit codes of every command: 0 answered, 1 findings, 2 usage or unreadable, 3 nothing to do, 4 our bug, 130 interrupted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from eligibility.cli import COMMANDS
from eligibility.cli import run as run_here
from tests.cli.test_command import ROOT, run

RULE = (ROOT / "rules" / "icesco-p039.yaml").read_text("utf-8")
ID = "icesco-p039"
DAY = ("--on", "2024-01-15")
LATE = ("--on", "2035-01-01")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project: good rules, broken rules, an empty folder, profiles that can and cannot be read."""
    here = tmp_path_factory.mktemp("project")
    for name in ("rules", "broken", "empty", "mixed"):
        (here / name).mkdir()
    (here / "rules" / f"{ID}.yaml").write_text(RULE, "utf-8")
    (here / "mixed" / f"{ID}.yaml").write_text(RULE, "utf-8")
    for place in ("broken", "mixed"):
        (here / place / "bad.yaml").write_text("id: bad\ntitle: Bad\ncriteria:\n  - {id: age, kind: age, at_mst: 35}\n", "utf-8")
    (here / "tested").mkdir()
    (here / "tested" / f"{ID}.yaml").write_text(RULE, "utf-8")
    (here / "tested" / f"{ID}.cases.yaml").write_text("day: 2025-05-20\ncases:\n  - {name: nobody, expect: {degree: U}}\n", "utf-8")
    (here / "failing.cases.yaml").write_text(
        "vacancy: {criteria: [{id: adult, kind: age, at_least: 18}]}\ncases:\n  - {name: nobody, day: 2025-01-01, expect: {adult: P}}\n", "utf-8"
    )
    (here / "resume.json").write_text('{"basics": {"name": "One"}, "work": [{"name": "Kite Ltd", "startDate": "2020"}]}', "utf-8")
    (here / "people.csv").write_text("id;name;birth_date\n1;One;2001-05-20\n2;Two;1999\n", "utf-8")
    (here / "unsure.csv").write_text("id;name;birth_date\n1;One;03/04/2001\n2;Two;1999\n", "utf-8")
    (here / "me.yaml").write_text("name: Somebody\n", "utf-8")
    (here / "norway.yaml").write_text("citizenships: [NO]\n", "utf-8")
    (here / "wrong.yaml").write_text("birth_date: once\n", "utf-8")
    (here / "syntax.yaml").write_text("a: [\n", "utf-8")
    return here


@pytest.mark.parametrize(
    ("words", "code"),
    [
        # check: a report is an answer, whatever it says; what it cannot read is 2
        (("check", "me.yaml", *DAY), 0),
        (("check", "me.yaml", *DAY, "--fail-on", "incomplete"), 1),
        (("check", "me.yaml", *DAY, "--fail-on", "not-eligible"), 0),
        (("check", "me.yaml", *LATE, "--fail-on", "closed"), 1),
        (("check", "nobody.yaml"), 2),
        (("check", "wrong.yaml"), 2),
        (("check", "syntax.yaml"), 2),
        (("check", "rules"), 2),
        (("check",), 2),
        (("check", "me.yaml", "--on", "soon"), 2),
        (("check", "me.yaml", "--lang", "de"), 2),
        (("check", "me.yaml", "--format", "pdf"), 2),
        (("check", "me.yaml", "--fail-on", "rain"), 2),
        (("check", "me.yaml", "--vacancy", "icesco"), 2),
        (("check", "me.yaml", *DAY, "--output", "no/report.txt"), 2),
        (("check", "me.yaml", *DAY, "--output", "empty"), 2),
        (("check", "me.yaml", "--rules", "broken"), 2),
        (("check", "me.yaml", "--rules", "mixed", *DAY), 2),
        (("check", "me.yaml", "--rules", "nowhere"), 2),
        (("check", "me.yaml", "--rules", "empty"), 3),
        # list, show
        (("list",), 0),
        (("list", "--rules", "mixed"), 2),
        (("list", "--rules", "nowhere"), 2),
        (("list", "--rules", "empty"), 3),
        (("list", "too", "much"), 2),
        (("show", ID), 0),
        (("show", "icesco"), 2),
        (("show",), 2),
        (("show", ID, "--rules", "mixed"), 2),
        (("show", ID, "--rules", "empty"), 3),
        # kinds, explain
        (("kinds",), 0),
        (("kinds", "degree"), 0),
        (("kinds", "degre"), 2),
        (("explain",), 0),
        (("explain", "w313"), 0),
        (("explain", "E999"), 2),
        # validate: what a file says is a finding; a path that cannot be opened is 2
        (("validate", *DAY), 0),
        (("validate", "rules", "me.yaml", *DAY), 0),
        (("validate", "norway.yaml"), 0),
        (("validate", "norway.yaml", "--fail-on", "warning"), 1),
        (("validate", "norway.yaml", "--fail-on", "note"), 1),
        (("validate", "norway.yaml", "--fail-on", "error"), 0),
        (("validate", "norway.yaml", "--fail-on", "warning", "--ignore", "W101"), 0),
        (("validate", *LATE), 0),
        (("validate", *LATE, "--fail-on", "expired"), 1),
        (("validate", *LATE, "--fail-on", "warning"), 0),
        (("validate", "wrong.yaml"), 1),
        (("validate", "syntax.yaml"), 1),
        (("validate", "mixed"), 1),
        (("validate", "nowhere.yaml"), 2),
        (("validate", "me.yaml", "nowhere.yaml"), 2),
        (("validate", "wrong.yaml", "nowhere.yaml"), 2),
        (("validate", "/dev/null"), 2),
        (("validate", "--select", "X"), 2),
        (("validate", "--severity", "grave"), 2),
        (("validate", "--output", "no/report.txt"), 2),
        (("validate", "-", "--fix"), 2),
        (("validate", "empty"), 3),
        (("validate", "empty", "nowhere.yaml"), 2),
        # test: a case that fails, and a file of cases that cannot be read, are findings
        (("test", "tested"), 0),
        (("test", "tested", "--fail-under", "100"), 1),
        (("test", "failing.cases.yaml"), 1),
        (("test", "norway.yaml"), 1),
        (("test", "nowhere"), 2),
        (("test", "tested", "--fail-under", "much"), 2),
        (("test", "tested", "--output", "no/report.txt"), 2),
        (("test", "empty"), 3),
        # new, schema
        (("new", "vacancy"), 0),
        (("new", "profile", "me.yaml"), 2),
        (("new", "garden"), 2),
        (("new", "vacancy", "no/where.yaml"), 2),
        (("schema", "vacancy"), 0),
        (("schema", "garden"), 2),
        # when
        (("when", "me.yaml", *DAY), 0),
        (("when", "nobody.yaml", *DAY), 2),
        (("when", "me.yaml", *DAY, "--vacancy", "garden"), 2),
        (("when", "me.yaml", "--on", "tomorrow"), 2),
        (("when", "me.yaml", *DAY, "--output", "no/when.txt"), 2),
        (("when", "me.yaml", *DAY, "--rules", "empty"), 3),
        # deadlines
        (("deadlines", *DAY), 0),
        (("deadlines", "me.yaml", *DAY), 0),
        (("deadlines", "nobody.yaml", *DAY), 2),
        (("deadlines", "me.yaml", *DAY, "--remind", "7"), 2),
        (("deadlines", *DAY, "--output", "no/deadlines.ics"), 2),
        (("deadlines", *DAY, "--rules", "empty"), 3),
        # analyse
        (("analyse", "--vacancy", ID, "--steps", "5"), 0),
        (("analyse", "norway.yaml"), 2),
        (("analyse", "--vacancy", "garden"), 2),
        (("analyse", "--steps", "0"), 2),
        (("analyse", "--steps", "5", "--vacancy", ID, "--output", "no/answer.txt"), 2),
        (("analyse", "empty"), 3),
        # compare
        (("compare", "norway.yaml", "nobody.yaml"), 2),
        (("compare", "norway.yaml"), 2),
        # batch, columns: one person who cannot be read costs nobody else, and is 2 at the end
        (("batch", "people.csv", *DAY), 0),
        (("batch", "people.csv", "me.yaml", *DAY), 0),
        (("batch", "people.csv", *DAY, "--fail-on", "incomplete"), 1),
        (("batch", "unsure.csv", *DAY), 1),  # a day that can be two costs its field, and is told
        (("batch", "unsure.csv", *DAY, "--strict"), 2),
        (("batch", "unsure.csv", *DAY, "--date-format", "DD/MM/YYYY"), 0),
        (("batch", "nowhere.csv", *DAY), 2),
        (("batch", "people.csv", *DAY, "--output", "no/report.csv"), 2),
        (("batch", "people.csv", *DAY, "--output", "report.pdf"), 2),
        (("batch", "empty", *DAY), 3),
        (("batch", "people.csv", *DAY, "--rules", "empty"), 3),
        (("columns", "people.csv"), 0),
        # ask
        (("ask", "me.yaml", "--list", *DAY), 0),
        (("ask", "unborn.yaml", "--list", *DAY), 0),
        (("ask", "unborn.yaml", "--list", "--format", "json", *DAY), 0),
        (("ask", "unborn.yaml", *DAY), 0),  # nobody answers
        (("ask", "unborn.yaml", "--format", "json", *DAY), 2),
        (("ask", "-", *DAY), 2),
        (("ask", "wrong.yaml", *DAY), 2),
        (("ask", "no/me.yaml", *DAY), 2),
        (("ask", "rules", *DAY), 2),
        (("ask", "me.yaml", "--list", "--vacancy", "icesco"), 2),
        (("ask", "me.yaml", "--list", "--rules", "mixed", *DAY), 2),
        (("ask", "me.yaml", "--list", "--rules", "empty"), 3),
        # import
        (("import", "resume.json", *DAY), 0),
        (("import", "resume.json", *DAY, "-o", "no/me.yaml"), 2),
        (("import", "nowhere.json"), 2),
        (("import", "me.yaml"), 2),
        (("import", "people.csv"), 2),
        (("import", "people.csv", "--row", "2", *DAY), 0),
        (("columns", "nowhere.csv"), 2),
        # the program itself
        (("--version",), 0),
        (("--help",), 0),
        ((), 2),
        (("chek",), 2),
        (("--wrong",), 2),
        *(((command, "--help"), 0) for command in COMMANDS),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else str(value),
)  # fmt: skip
def test_every_way_of_ending(words: tuple[str, ...], code: int, folder: Path) -> None:
    """The documented code, words where it is not 0 or 1, and never a traceback."""
    done = run(*words, where=folder)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert bool(done.stderr.strip()) or code < 2 or "COULD NOT BE READ" in done.stdout  # of a batch, the summary tells


@pytest.mark.parametrize(
    ("words", "broken"),
    [
        (("check", "me.yaml"), "eligibility.cli.check.check"),
        (("ask", "me.yaml"), "eligibility.cli.ask.load_library"),
        (("when", "me.yaml"), "eligibility.cli.when.when"),
        (("deadlines",), "eligibility.cli.deadlines.closing_of"),
        (("list",), "eligibility.cli.list_vacancies.load_library"),
        (("show", ID), "eligibility.cli.show.load_library"),
        (("kinds",), "eligibility.cli.kinds.style_of"),
        (("validate",), "eligibility.cli.validate.look_at"),
        (("analyse",), "eligibility.cli.analyse.rule_folder"),
        (("compare", "norway.yaml", "norway.yaml"), "eligibility.cli.rule_files.read_source"),
        (("explain",), "eligibility.cli.explain.codes"),
        (("test", "tested"), "eligibility.cli.test_rules.style_of"),
        (("new", "vacancy"), "eligibility.cli.new.skeleton"),
        (("batch", "people.csv", *DAY), "eligibility.cli.batch.summary"),
        (("columns", "people.csv"), "eligibility.cli.columns.map_for"),
        (("import", "resume.json"), "eligibility.cli.import_cv.deliver"),
        (("schema", "vacancy"), "eligibility.cli.schema.shipped"),
    ],
)
def test_a_bug_of_ours(
    words: tuple[str, ...], broken: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line that asks for a report, without a word of what was read, and 4."""

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("born in Paris")

    monkeypatch.chdir(folder)
    monkeypatch.setattr(broken, fail)
    assert run_here([*words]) == 4
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "this is a bug of ours (RuntimeError at test_exit_codes.py:" in said.err
    assert "Paris" not in said.err


@pytest.mark.skipif(os.name == "nt", reason="signals are another matter there")
@pytest.mark.parametrize("words", [("check", "-"), ("validate", "-")])
def test_control_c(words: tuple[str, ...], folder: Path) -> None:
    """A real signal while the program waits for its input: 130, nothing said."""
    child = subprocess.Popen(
        [sys.executable, "-m", "eligibility", *words], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    wait_until_it_reads(child)
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=60)
    assert (child.returncode, out, err) == (130, b"", b"")


def wait_until_it_reads(child: subprocess.Popen[bytes]) -> None:
    """Until the process sleeps in a read of its standard input (Linux tells; elsewhere some seconds are enough)."""
    status = Path(f"/proc/{child.pid}/syscall")
    for _ in range(300):
        try:
            if status.read_text().split()[:2] == ["0", "0x0"]:
                return
        except OSError:
            time.sleep(5)
            return
        time.sleep(0.1)


@pytest.mark.parametrize("words", ["check me.yaml --rules rules", "list", "kinds", "explain", "validate wrong.yaml norway.yaml", "--help"])
def test_a_reader_that_goes_away(words: str, folder: Path) -> None:
    """It has what it wanted: no complaint, and not the code of a finding or a bug."""
    command = f'"{sys.executable}" -m eligibility {words}; echo $? > code'
    subprocess.run(["bash", "-c", f"({command}) 2> complaint | true"], cwd=folder, timeout=120, check=False)
    assert (folder / "complaint").read_text() == ""
    assert (folder / "code").read_text() in ("0\n", "1\n")
