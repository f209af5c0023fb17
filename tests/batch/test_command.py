"""`eligibility batch` as a person uses it: exit codes, what is told where, who is near, names left out, Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from eligibility.batch import extras
from eligibility.cli import run

from .material import CLASS, ROOT, batch, write_csv, write_folder, write_jsonl

ANN = {"name": "Ann Lee", "birth_date": "1990-05-06", "citizenships": ["FR"]}


def tell(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    done = capsys.readouterr()
    return done.out, done.err


def test_a_broken_profile_is_one_row_and_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """B1: the others are done; the broken one is told with its line and column, in the summary and in the files."""
    folder = write_folder(tmp_path / "p", [ANN, {"name": "Bob"}])
    (folder / "broken.yaml").write_text("name: Cy\nbirth_date: 2001-02-30\n", "utf-8")
    assert batch(folder, "-o", tmp_path / "a.json") == 2
    out, err = tell(capsys)
    assert "3 people" in out
    assert "COULD NOT BE READ (1)" in out
    assert f"{folder}/broken.yaml:2:13" in "".join(line.strip() for line in out.splitlines())
    assert err == ""
    people = json.loads((tmp_path / "a.json").read_text("utf-8"))["people"]
    assert [one["read"] for one in people] == [False, True, True]
    assert people[0]["problems"][0] == {
        "code": "E105", "severity": "error", "file": f"{folder}/broken.yaml", "line": 2, "column": 13,
        "message": people[0]["problems"][0]["message"], "help": people[0]["problems"][0]["help"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["p"], 0), (["p", "--fail-on", "incomplete"], 1), (["p", "--fail-on", "closed"], 1), (["p", "--fail-on", "not-eligible"], 0),
        (["missing"], 2), (["p", "-o", "a.txt"], 2), (["p", "--vacancy", "nothing"], 2), (["p", "--csv-delimiter", "ab"], 2),
        (["p", "--date-format", "soon"], 2), (["p", "--columns", "missing.yaml"], 2), (["empty"], 3), (["p", "-o", "a.csv", "-o", "a.csv"], 2),
        (["t.csv", "-o", "t.csv"], 2), (["p", "--jobs", "0"], 2), (["p", "--nearly", "-1"], 2), ([], 2),
    ],
)  # fmt: skip
def test_exit_codes(arguments: list[str], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """0 done, 1 what --fail-on names, 2 usage or somebody who cannot be read, 3 nobody. Nothing is written unless it was asked for."""
    write_folder(tmp_path / "p", [{"name": "Ann"}])
    write_csv(tmp_path / "t.csv", [["name"], ["Ann"]])
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    assert batch(*arguments) == code
    assert sorted(os.listdir(tmp_path)) == ["empty", "p", "t.csv"]


def test_one_bad_input_among_others_is_one_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table that cannot be opened does not cost the people of the others; alone, it is an error."""
    (tmp_path / "bad.xlsx").write_bytes(b"no")
    good = write_csv(tmp_path / "good.csv", [["name"], ["Ann"]])
    assert batch(tmp_path / "bad.xlsx", good, "-o", tmp_path / "a.json") == 2
    assert [one["read"] for one in json.loads((tmp_path / "a.json").read_text("utf-8"))["people"]] == [False, True]
    tell(capsys)
    assert batch(tmp_path / "bad.xlsx", "-o", tmp_path / "b.json") == 2
    assert "E614" in tell(capsys)[1]
    assert not (tmp_path / "b.json").exists()


def test_the_same_id_twice_is_told_with_both_places(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """B7: reported, not merged: in tables, and between a table and a folder."""
    table = write_csv(tmp_path / "a.csv", [["id", "name"], ["s1", "Ann"], ["s2", "Bob"], ["s1", "Cy"]])
    folder = write_folder(tmp_path / "p", [{"id": "s2", "name": "Di"}])
    assert batch(table, folder, "-o", tmp_path / "a.json") == 0
    _, err = tell(capsys)
    assert err.count("W604") == 2
    assert f"{table}:4:1" in err
    assert f"{table}:2" in err
    assert f"{folder}/p000.yaml" in err
    document = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert [one["id"] for one in document["people"]] == ["s1", "s2", "s1", "s2"]
    assert [one["code"] for one in document["notices"]] == ["W604", "W604"]


def test_a_line_that_cannot_be_read_is_nobodys_twin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who has no id of their own is called by the number of the line: that is the id of nobody else."""
    for name, last in (("a.csv", "3"), ("b.csv", "s9")):
        (tmp_path / name).write_text(f"id,name\ns{name[0]},Ann\nx,Bob,too many\n{last},Cy\n", "utf-8")
    assert batch(tmp_path / "a.csv", tmp_path / "b.csv", "-o", tmp_path / "a.json") == 2
    assert "W604" not in tell(capsys)[1]


def test_notices_are_told_once_on_standard_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Columns that are not read, the encoding: once for the table."""
    path = write_csv(tmp_path / "a.csv", [["nom", "téléphone"], *([f"É{number}", "1"] for number in range(30))], ";", "cp1252")
    assert batch(path) == 0
    out, err = tell(capsys)
    assert (err.count("W601"), err.count("W603")) == (1, 1)
    assert "W601" not in out


def test_standard_output_is_the_summary_or_the_format_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_folder(tmp_path / "p", [ANN])
    assert batch(folder) == 0
    assert tell(capsys)[0].startswith("Eligibility of 1 person on 20 March 2024\n")
    assert batch(folder, "-f", "jsonl") == 0
    assert json.loads(tell(capsys)[0])["name"] == "Ann Lee"
    assert batch(folder, "-f", "json", lang="fr") == 0
    assert json.loads(tell(capsys)[0])["people"][0]["id"] == "p000"


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("width", [40, 80])
def test_the_summary_fits_and_says_who_decides(lang: str, width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is wider than the terminal or cut; every vacancy and everybody is there; the last lines are those of `check`."""
    monkeypatch.setenv("COLUMNS", str(width))
    assert batch(CLASS / "class.csv", "--columns", CLASS / "class.columns.yaml", lang=lang) == 0
    out, _ = tell(capsys)
    assert max(map(len, out.splitlines())) <= width
    assert "…" not in out
    joined = " ".join(out.split())
    for text in ("ai-office-technology-specialist-2024", "Youssef El Amrani (00002)", "Jean-François D'Amours (00027)"):
        assert text in joined
    last = {"en": "Nothing has left this computer.", "fr": "Rien n'a été envoyé hors de cet ordinateur."}
    assert joined.endswith(last[lang])


def test_the_summary_in_ascii(tmp_path: Path) -> None:
    """Where a stream takes ASCII only, marks and letters have stand-ins."""
    command = [sys.executable, "-m", "eligibility", "batch", str(CLASS / "class.xlsx"), "--columns", str(CLASS / "class.columns.yaml"), "--lang", "fr"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONIOENCODING": "ascii", "NO_COLOR": "1"}, capture_output=True, check=True)
    assert done.stdout.decode("ascii").startswith("Eligibilite de 40 personnes")
    assert b"\x1b" not in done.stdout + done.stderr


# -------------------------------------------------------------------------------------------------------------- near


def test_nearly_lists_who_misses_little_with_which_and_by_how_much(capsys: pytest.CaptureFixture[str]) -> None:
    """B15: one criterion and its gap; closed vacancies are left out unless they are asked for; --nearly 0 lists nobody."""
    options = [CLASS / "class.csv", "--columns", CLASS / "class.columns.yaml"]
    quebec = ["--vacancy", "quebec-unesco-ethics-2023-020"]
    assert batch(*options, "--nearly", 1, *quebec) == 0
    closed, _ = tell(capsys)
    assert "Mathieu Tremblay-Roy (00004)" in closed.partition("NEARLY ELIGIBLE")[2]
    assert "36 years old on 15 January 2024: 364 days (about 1 year)" in " ".join(closed.split())
    assert batch(*options, "--nearly", 1) == 0
    assert "Mathieu" not in tell(capsys)[0].partition("NEARLY ELIGIBLE")[2]
    counts = []
    for number in (0, 1, 2, 3):
        assert batch(*options, "--nearly", number) == 0
        section = tell(capsys)[0].partition("NEARLY ELIGIBLE (")[2]
        counts.append(int(section.partition(")")[0] or 0))
    assert counts[0] == 0
    assert counts == sorted(counts)
    assert counts[1] < counts[3]


# --------------------------------------------------------------------------------------------------------- anonymous

SECRETS = ("Zulaikha", "Qwertz", "zulaikha", "secret-id", "secretfolder")


def unpacked_page(path: Path) -> str:
    """What a page holds packed, as text: an attacker would unpack it, too."""
    from .html_made import packed

    return json.dumps(packed(path.read_text("utf-8")), ensure_ascii=False)


def test_no_name_leaves_with_anonymise(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """B16: no name, id, file name or written word is in any output, diagnostics included; the codes are the same twice."""
    people = [
        {"name": "Zulaikha Qwertz", "id": "secret-id", "citizenships": ["FR"]}, {"name": "Zulaikha", "id": "secret-id"},
        {"name": "Qwertz", "birth_date": "Zulaikha"}, {"Zulaikha": 1}, {"name": ["Zulaikha"]}, {"name": "x", "domicile": "Qwertz"},
    ]  # fmt: skip
    folder = write_folder(tmp_path / "secretfolder", people)
    (folder / "p000.yaml").rename(folder / "zulaikha.yaml")
    table = write_csv(folder / "zulaikha.csv", [["name", "birth date", "facts.married"], ["Zulaikha", "Qwertz", "Qwertz"]])
    files = [tmp_path / f"out.{form}" for form in ("csv", "xlsx", "json", "jsonl", "parquet", "html")]
    for _ in range(2):
        assert batch(folder, table, "--anonymise", *(word for file in files for word in ("-o", file)), "--table", "long", "--per-person", tmp_path / "pages") == 2
        out, err = tell(capsys)
        texts = [out.replace(str(tmp_path), ""), err, *(file.read_bytes().decode("utf-8", "replace") for file in files if file.suffix != ".xlsx")]
        import python_calamine

        book = python_calamine.CalamineWorkbook.from_path(str(files[1]))
        texts += [unpacked_page(files[5])]
        pages = sorted((tmp_path / "pages").iterdir())
        texts += [page.name + page.read_text("utf-8") for page in pages]
        assert [page.name for page in pages] == ["p001-1.html", "p005-5.html", "p006-6.html", "p007-7.html"]
        texts += [str(book.get_sheet_by_index(number).to_python()) for number in (0, 1, 2, 3)]
        for text in texts:
            assert not [secret for secret in SECRETS if secret in text]
        codes = [person["id"] for person in json.loads(files[2].read_text("utf-8"))["people"]]
        assert codes == [f"P{number:03}" for number in range(1, 8)]
        assert "W605" in err


# ------------------------------------------------------------------------------------------------------------ extras


@pytest.mark.parametrize(
    ("arguments", "library", "name"),
    [
        (["p", "-o", "a.xlsx"], "XlsxWriter", "batch"), (["p", "-o", "a.parquet"], "pyarrow", "parquet"),
        (["a.parquet"], "pyarrow", "parquet"),
    ],
)  # fmt: skip
def test_a_missing_library_is_one_line_with_the_command(
    arguments: list[str], library: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(module: str) -> None:
        raise ImportError(module)

    write_folder(tmp_path / "p", [ANN])
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(extras, "import_module", missing)
    assert batch(*arguments) == 2
    assert tell(capsys) == ("", f'this needs {library}, which is not installed: pip install "eligibility[{name}]"\n')
    assert os.listdir(tmp_path) == ["p"]


# ----------------------------------------------------------------------------------------------------- several in check


def test_check_of_several_profiles_is_a_batch(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`check a.yaml b.yaml` takes the same way; with one profile nothing changes; --detail is for one."""
    monkeypatch.chdir(ROOT)
    options = ["--on", "2024-03-20", "--lang", "en"]
    assert run(["check", "profiles/lea.yaml", "profiles/tomas.yaml", *options]) == 0
    several, _ = tell(capsys)
    assert run(["batch", "profiles/lea.yaml", "profiles/tomas.yaml", *options]) == 0
    assert tell(capsys)[0] == several
    assert run(["check", "profiles/lea.yaml", "profiles/tomas.yaml", *options, "--detail"]) == 2
    assert run(["check", "profiles/lea.yaml", "profiles/tomas.yaml", *options, "-f", "json", "-o", str(tmp_path / "a")]) == 0
    assert [one["id"] for one in json.loads((tmp_path / "a").read_text("utf-8"))["people"]] == ["lea", "tomas"]
    assert run(["check", "profiles/lea.yaml", "profiles/tomas.yaml", *options, "-o", str(tmp_path / "b")]) == 0
    assert (tmp_path / "b").read_text("utf-8") == several


def test_standard_input_is_a_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "eligibility", "batch", "-", "-f", "jsonl", "--on", "2024-03-20"],
        cwd=ROOT, input=b"name: Ann\n", capture_output=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["name"] == "Ann"


# ----------------------------------------------------------------------------------------------------------- Ctrl-C


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_stops_within_a_second_and_leaves_nothing(jobs: str, tmp_path: Path) -> None:
    """B20: exit 130, no half-written file, no child left, nothing on standard error but what was told before."""
    source = write_jsonl(tmp_path / "a.jsonl", [{**ANN, "id": str(number)} for number in range(60_000)])
    outputs = [word for form in ("csv", "jsonl", "xlsx", "parquet", "html") for word in ("-o", str(tmp_path / f"out.{form}"))]
    command = [sys.executable, "-m", "eligibility", "batch", str(source), "--jobs", jobs, *outputs]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not any(name.endswith(".part") for name in os.listdir(tmp_path)):
        time.sleep(0.05)
    time.sleep(1)
    assert process.poll() is None
    started = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to every process of the group
    out, err = process.communicate(timeout=30)
    took = time.monotonic() - started
    assert (process.returncode, out, err) == (130, b"", b"")
    assert sorted(os.listdir(tmp_path)) == ["a.jsonl"]
    assert took < 1 + 2 * (os.getloadavg()[0] > 2)  # a machine that does other work is slower
    for _ in range(50):
        if not is_alive(process.pid):
            return
        time.sleep(0.1)
    pytest.fail("a process is left")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_at_any_step_ends_the_batch_and_leaves_nothing(jobs: str, tmp_path: Path) -> None:
    """Every line of what opens, hands over and writes is struck once; and every lock that is taken there, while it is held."""
    command = [sys.executable, "-m", "tests.batch.struck", str(tmp_path), jobs]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=1200, check=False)
    *left, steps = done.stdout.splitlines() or ["0"]
    assert left == []
    assert int(steps) > 50, done.stderr


def is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_progress_bar_only_on_a_terminal(tmp_path: Path) -> None:
    """On a terminal standard error shows people done, the rate and the time left; without one it shows nothing."""
    pty = pytest.importorskip("pty")
    source = write_jsonl(tmp_path / "a.jsonl", [{**ANN, "id": str(number)} for number in range(400)])
    command = [sys.executable, "-m", "eligibility", "batch", str(source), "--jobs", "1", "--lang", "en", "-o", str(tmp_path / "a.csv")]
    quiet = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert quiet.stderr == b""
    parent, child = pty.openpty()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=child, env={**os.environ, "TERM": "xterm", "COLUMNS": "80"})
    os.close(child)
    shown = b""
    while True:
        try:
            piece = os.read(parent, 4096)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(parent)
    assert process.wait(30) == 0
    assert b"Checking" in shown
    assert b"/400" in shown
