"""The command line as a person types it: what goes where, exit codes, languages, colours, streams."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).parent.parent
LEA = str(ROOT / "profiles" / "lea.yaml")
RULES = str(ROOT / "rules")
DAY = ("--on", "2023-09-15")


def run(*words: str, text: bytes | None = None, where: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "eligibility", *words],
        cwd=where,
        env={"PATH": os.environ["PATH"], "PYTHONUTF8": "1", "COLUMNS": "80", **environment},
        input=text,
        capture_output=True,
        timeout=120,
        check=False,
    )
    encoding = environment.get("PYTHONIOENCODING", "utf-8")
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding, "replace"))


def test_not_eligible_is_an_answer() -> None:
    """A report is made whatever it says: exit 0, the answer on standard output, nothing on standard error."""
    done = run("check", LEA, *DAY)
    assert done.returncode == 0
    assert "NOT ELIGIBLE" in done.stdout
    assert done.stderr == ""
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("check", LEA, *DAY, "--fail-on", "not-eligible"), 1),
        (("check", LEA, *DAY, "--fail-on", "closed"), 0),
        (("check", LEA, "--on", "2023-10-02", "--vacancy", "quebec-unesco-ethics-2023-020", "--fail-on", "closed"), 1),
        (("check", "nobody.yaml"), 2),
        (("check", "rules"), 2),
        (("check", LEA, "--on", "yesterday"), 2),
        (("check", LEA, "--vacancy", "icesco-p03"), 2),
        (("check", LEA, "--format", "pdf"), 2),
        (("chek",), 2),
        (("check", LEA, "--rules", "profiles/../tests/golden"), 3),
        (("show", "icesco-p039"), 0),
        (("kinds", "degree"), 0),
        (("kinds", "degre"), 2),
        (("--version",), 0),
    ],
)
def test_exit_codes(words: tuple[str, ...], code: int) -> None:
    """Every way of ending has its documented code, and never a traceback."""
    done = run(*words)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


def test_suggestions() -> None:
    """A vacancy or a command that is nearly right gets one suggestion."""
    assert "did you mean `icesco-p039`?" in run("check", LEA, "--vacancy", "icesco-p03").stderr
    assert "Did you mean 'check'" in run("chek").stderr


def test_profile_from_standard_input() -> None:
    """`-` reads the profile from standard input."""
    done = run("check", "-", *DAY, "--vacancy", "icesco-p039", text=b"name: Somebody\n")
    assert done.returncode == 0
    assert "MORE INFORMATION NEEDED" in done.stdout


def test_language_follows_option_then_environment() -> None:
    """--lang, then ELIGIBILITY_LANG, then the locale, then English."""
    words = ("check", LEA, *DAY)
    assert "Bilan d'éligibilité" in run(*words, LANG="fr_CA.UTF-8").stdout
    assert "Eligibility summary" in run(*words, LANG="de_DE.UTF-8").stdout
    assert "Eligibility summary" in run(*words, LANG="fr_FR.UTF-8", ELIGIBILITY_LANG="en").stdout
    assert "Bilan d'éligibilité" in run(*words, "--lang", "fr", ELIGIBILITY_LANG="en").stdout


def test_colour_never_carries_meaning() -> None:
    """With colour on, taking the escapes away leaves the very same text; NO_COLOR and pipes have none."""
    plain = run("check", LEA, *DAY).stdout
    coloured = run("check", LEA, *DAY, "--color", "always").stdout
    assert "\x1b[" in coloured
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == plain
    assert run("check", LEA, *DAY, FORCE_COLOR="0").stdout == plain
    assert "\x1b" not in run("check", LEA, *DAY, FORCE_COLOR="1", NO_COLOR="1").stdout


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_poor_encodings_fall_back(encoding: str) -> None:
    """Where the marks cannot be written, + x ? ~ - stand for them, and nothing crashes."""
    done = run("check", LEA, *DAY, "--lang", "fr", PYTHONUTF8="0", PYTHONIOENCODING=encoding)
    assert done.returncode == 0, done.stderr
    assert re.search("^[+x?] ", done.stdout, re.M)


@pytest.mark.parametrize("zone", ["America/Montreal", "Asia/Tokyo"])
def test_the_computer_zone_changes_nothing(zone: str) -> None:
    """A deadline closes at its own instant, wherever the computer is."""
    words = ("check", LEA, "--on", "2024-03-27T12:00", "--vacancy", "ai-office-technology-specialist-2024")
    assert run(*words, TZ=zone).stdout == run(*words).stdout


def test_json_follows_its_schema_and_does_not_change_with_the_language() -> None:
    """The JSON report is valid under the published schema, carries a receipt, and is the same in every language."""
    done = run("check", LEA, *DAY, "--format", "json", "--lang", "fr")
    document = json.loads(done.stdout)
    schema = json.loads((ROOT / "schema" / "report.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(document)
    receipt = document["reports"][0]["receipt"]
    assert set(receipt) == {"vacancy", "rule_digest", "profile_digest", "data_version", "engine_version", "on"}
    assert re.fullmatch("[0-9a-f]{64}", receipt["profile_digest"])
    assert done.stdout == run("check", LEA, *DAY, "--format", "json", "--lang", "en").stdout
    lines = run("check", LEA, *DAY, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == document["reports"]


def test_output_is_written_whole(tmp_path: Path) -> None:
    """--output writes the report to a file, nothing to standard output, and leaves no other file behind."""
    target = tmp_path / "report.txt"
    done = run("check", LEA, *DAY, "--output", str(target))
    assert (done.returncode, done.stdout) == (0, "")
    assert target.read_text("utf-8") == run("check", LEA, *DAY).stdout
    assert list(tmp_path.iterdir()) == [target]
    assert run("check", LEA, *DAY, "--output", str(tmp_path / "no" / "report.txt")).returncode == 2


def test_one_broken_rule_file_does_not_cost_the_others(tmp_path: Path) -> None:
    """A broken rule file is named with its place, the other vacancies are checked, and the exit code says so."""
    (tmp_path / "good.yaml").write_text((ROOT / "rules" / "icesco-p039.yaml").read_text("utf-8"), "utf-8")
    (tmp_path / "bad.yaml").write_text("id: bad\ntitle: Bad\ncriteria:\n  - {id: age, kind: age, at_mst: 35}\n", "utf-8")
    done = run("check", LEA, *DAY, "--rules", str(tmp_path))
    assert done.returncode == 2
    assert "bad.yaml:4:26: error[E203]: unknown key `at_mst`" in done.stderr
    assert "did you mean `at_most`?" in done.stderr
    assert "1 vacancy read" in done.stdout
    assert "1 FILE COULD NOT BE READ" in done.stdout


def test_two_vacancies_with_one_id_are_told(tmp_path: Path) -> None:
    """Duplicate ids across files name the other file."""
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text((ROOT / "rules" / "icesco-p039.yaml").read_text("utf-8"), "utf-8")
    done = run("check", LEA, *DAY, "--rules", str(tmp_path))
    assert done.returncode == 2
    assert re.search(r"b\.yaml:\d+:5: error\[E302\].*icesco-p039", done.stderr)


def test_markup_and_control_characters_stay_text(tmp_path: Path) -> None:
    """What a file says never drives the terminal: square brackets are kept, escapes are refused."""
    hostile = tmp_path / "hostile.yaml"
    hostile.write_text('name: "[red]Nadia[/red] [/] :smile:"\n', "utf-8")
    assert "[red]Nadia[/red] [/] :smile:" in run("check", str(hostile), *DAY, "--color", "always").stdout
    hostile.write_text('name: "a\\e[31mb"\n', "utf-8")
    done = run("check", str(hostile), *DAY)
    assert done.returncode == 2
    assert "\x1b" not in done.stdout + done.stderr


def test_a_reader_that_goes_away_is_no_error() -> None:
    """`eligibility check … | head -1` ends quietly."""
    command = f'"{sys.executable}" -m eligibility check "{LEA}" --on 2023-09-15 | head -1'
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.stderr == ""


def test_the_library_needs_no_terminal_packages() -> None:
    """Loading and checking import neither Typer nor Rich nor Babel."""
    program = (
        "import sys; from datetime import date; from eligibility import check, load_profile, load_vacancy;"
        f"check(load_vacancy({RULES + '/icesco-p039.yaml'!r}), load_profile({LEA!r}), on=date(2024, 1, 1));"
        "print(sorted({'typer', 'rich', 'babel', 'jinja2'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.strip() == "[]"


def test_strict_types_for_users_of_the_library(tmp_path: Path) -> None:
    """`mypy --strict` passes on code that uses the library."""
    mypy = pytest.importorskip("mypy.api")
    user = tmp_path / "user.py"
    user.write_text(
        "from datetime import date\n"
        "from eligibility import Outcome, Report, check, load_profile, load_vacancy\n"
        "report: Report = check(load_vacancy('v.yaml'), load_profile('p.yaml'), on=date(2024, 1, 1))\n"
        "fine: bool = report.outcome is Outcome.LIKELY_ELIGIBLE and not report.closed\n"
        "codes: list[str] = [finding.code for finding in report.findings]\n",
        "utf-8",
    )
    out, _, code = mypy.run(["--strict", "--config-file", os.devnull, "--cache-dir", str(tmp_path / "cache"), str(user)])
    assert code == 0, out
