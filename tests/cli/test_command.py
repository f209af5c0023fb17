"""The command line as a person types it: what goes where, exit codes, languages, colours, streams."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from tests.surroundings import surroundings

ROOT = Path(__file__).parents[2]
LEA = str(ROOT / "profiles" / "lea.yaml")
RULES = str(ROOT / "rules")
DAY = ("--on", "2023-09-15")


def run(*words: str, text: bytes | None = None, where: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "eligibility", *words],
        cwd=where,
        env=surroundings(**{"COLUMNS": "80", **environment}),
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
    assert "did you mean `check`?" in run("chek").stderr


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


def test_a_window_is_shown_once(tmp_path: Path) -> None:
    """Money held until a day of a window: `show` says the window once, though the length also ends with it."""
    rule = 'format: 1\nid: visa\ntitle: Visa\ndates: {deadline: 2024-06-30}\ncriteria:\n  - {id: money, kind: funds, amount: {at_least: 3000 EUR}, '
    (tmp_path / "visa.yaml").write_text(f"{rule}at_least: 30 days, ended: {{within: 14 days, before: application}}}}\n", "utf-8")
    done = run("show", "visa", "--rules", str(tmp_path))
    assert done.stdout.split().count("14") == 1, done.stdout
    assert " ".join(done.stdout.split()).count("before the day of application") == 1, done.stdout


def test_the_next_steps_name_what_closes_first_and_their_commands_can_be_copied(tmp_path: Path) -> None:
    """Two vacancies one may apply for are both named; each command, as a shell joins its lines, is the command to type."""
    profile = tmp_path / "my profile.yaml"
    profile.write_text((ROOT / "profiles" / "lea.yaml").read_text("utf-8"), "utf-8")
    out = run("check", profile.name, "--rules", RULES, "--on", "2023-09-15", "--lang", "en", where=tmp_path).stdout
    steps = out[out.index("WHAT TO DO NEXT") : out.index("This summary")]
    commands = [shlex.split(line)[1:] for line in steps.replace(" \\\n", " ").splitlines() if line.strip().startswith("eligibility ")]
    *commands, ask = commands
    assert ask[:2] == ["ask", profile.name]
    asked = [words[words.index("--vacancy") + 1] for words in commands]
    assert asked[:2] == ["quebec-unesco-ethics-2023-020", "unesco-culture-ai-2023"]
    assert all(words[:2] == ["check", profile.name] and words[-6:-4] == ["--on", "2023-09-15"] for words in commands)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("--on", "12:30"), "« 12:30 » n'est pas une date"),
        (("--on", "2024-02-30"), "« 2024-02-30 » n'est pas une date"),
        (("--output", "/nowhere/report.txt"), "son dossier n'existe pas"),
        (("--output", "tests"), "est un dossier"),
    ],
)
def test_wrong_options_are_told_in_the_language_asked_for(words: tuple[str, str], text: str) -> None:
    """A French reader is told in French what is wrong with a day or a file name; exit 2."""
    done = run("check", LEA, "--lang", "fr", *words)
    assert done.returncode == 2
    assert text in done.stderr.replace("\u00a0", " ")


@pytest.mark.parametrize("words", [("check", "me.yaml", "--format", "odd"), ("new", "odd"), ("schema", "odd")])
def test_a_word_that_is_no_choice_is_told_with_the_choices_alone(words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert "`odd` is not known; give " in " ".join(done.stderr.split())
    assert "Value error" not in done.stderr


def test_one_word_where_a_list_belongs_is_read_as_a_list(tmp_path: Path) -> None:
    """`citizenships: FR` is the commonest slip of a first profile."""
    (tmp_path / "me.yaml").write_text("citizenships: FR\n", "utf-8")
    assert "`FR`: read as `[FR]`" in run("check", str(tmp_path / "me.yaml"), "--lang", "en").stderr


def test_no_number_sign_is_lost_in_ascii() -> None:
    """`n° 2023-020` stays readable where only ASCII can be written."""
    assert "(no 2023-020)" in run("list", "--lang", "fr", PYTHONIOENCODING="ascii", PYTHONUTF8="0").stdout


@pytest.mark.parametrize(("lang", "text"), [("en", "in the 2 years before the start"), ("fr", "dans les 2 ans avant le début")])
def test_a_look_back_is_said_once(lang: str, text: str) -> None:
    """`{within: 2 years, before: start}` is one phrase, not two edges."""
    shown = " ".join(run("show", "quebec-unesco-ethics-2023-020", "--lang", lang).stdout.split())
    assert text in shown


@pytest.mark.parametrize(("lang", "text"), [("en", "misses on the field (machine learning)"), ("fr", "sur le domaine (apprentissage automatique)")])
def test_what_does_not_fit_is_said_with_what_the_profile_says(lang: str, text: str) -> None:
    """\"Misses on the field\" alone sent people looking for which field was meant."""
    anneke = str(ROOT / "profiles" / "anneke.yaml")
    shown = run("check", anneke, *DAY, "--vacancy", "icesco-p039", "--lang", lang).stdout
    assert text in " ".join(shown.split())


@pytest.mark.parametrize(
    ("line", "vacancy", "text"),
    [
        ("citizenships: [{country: CA, since: 2023-09-20}]", "quebec-unesco-ethics-2023-020", "20 September 2023"),
        ("permits: [{type: permanent, in: CA, from: 2023-09-20}]\ncitizenships: []", "quebec-unesco-ethics-2023-020", "20 September 2023"),
        ("experience: [{from: 2023-12-01, to: ongoing, field: machine_learning}]", "unesco-culture-ai-2023", "1 December 2023"),
    ],
)
def test_what_is_announced_counts_provided_that_it_comes(line: str, vacancy: str, text: str, tmp_path: Path) -> None:
    """A citizenship or a job of next week, in time for the closing date: met, provided that nothing changes until then."""
    (tmp_path / "me.yaml").write_text(f"{line}\n", "utf-8")
    shown = run("check", str(tmp_path / "me.yaml"), *DAY, "--vacancy", vacancy, "--lang", "en").stdout
    assert f"Provided that nothing changes until {text}." in " ".join(shown.split())
