"""Every command, and every way in which its output can go wrong: a sentence and the documented code, never a traceback."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from textwrap import dedent

import pytest

from eligibility.cli import COMMANDS
from eligibility.outputs import Pending, write_file
from tests.cli.test_command import ROOT

termios = pytest.importorskip("termios")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="shells, devices and signals are another matter there")

DAY = "--on 2024-01-15"
PRINTING = {
    "check": f"check me.yaml {DAY}",
    "batch": f"batch people.csv {DAY} --format csv",
    "columns": "columns people.csv",
    "list": "list",
    "show": "show icesco-p039",
    "kinds": "kinds",
    "test": "test rules",
    "validate": f"validate rules {DAY}",
    "explain": "explain E105",
    "new": "new vacancy",
    "import": f"import resume.json {DAY}",
    "ask": f"ask me.yaml --list {DAY}",
    "when": f"when me.yaml {DAY}",
    "deadlines": f"deadlines me.yaml {DAY}",
    "analyse": "analyse rules --steps 5",
    "compare": "compare rules/icesco-p039.yaml rules/icesco-p039.yaml --steps 5",
    "schema": "schema vacancy",
    "mcp": "mcp --help",
    "--help": "--help",
    "--version": "--version",
    "check --help": "check --help",
}
WRITING = {
    "check": (f"check me.yaml {DAY}", ["me.yaml", "rules/icesco-p039.yaml"]),
    "check of several": (f"check me.yaml you.yaml {DAY}", ["me.yaml", "you.yaml", "rules/icesco-p039.yaml"]),
    "check in JSON of several": (f"check me.yaml you.yaml {DAY} --format json", ["me.yaml", "rules/icesco-p039.yaml"]),
    "validate": (f"validate rules me.yaml {DAY}", ["me.yaml", "rules/icesco-p039.yaml", "rules/icesco-p039.cases.yaml"]),
    "validate --fix": (f"validate me.yaml norway.yaml --fix {DAY}", ["me.yaml", "norway.yaml"]),
    "columns": ("columns people.csv --columns map.yaml", ["people.csv", "map.yaml"]),
    "import": (f"import resume.json {DAY}", ["resume.json"]),
    "when": (f"when me.yaml {DAY}", ["me.yaml", "rules/icesco-p039.yaml"]),
    "analyse": ("analyse rules --steps 5", ["rules/icesco-p039.yaml"]),
    "test": ("test rules", ["rules/icesco-p039.yaml", "rules/icesco-p039.cases.yaml"]),
    "test --suggest": ("test --suggest rules/icesco-p039.yaml", ["rules/icesco-p039.yaml"]),
    "batch": (f"batch people.csv folder --columns map.yaml {DAY}", ["people.csv", "map.yaml", "folder/a.yaml", "rules/icesco-p039.yaml"]),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with a file of each sort."""
    for name in ("rules", "folder"):
        (tmp_path / name).mkdir()
    for name in ("icesco-p039.yaml", "icesco-p039.cases.yaml"):
        (tmp_path / "rules" / name).write_bytes((ROOT / "rules" / name).read_bytes())
    for name in ("me.yaml", "you.yaml", "folder/a.yaml"):
        (tmp_path / name).write_text("name: Somebody\n", "utf-8")
    (tmp_path / "norway.yaml").write_text("citizenships: [NO]\n", "utf-8")
    (tmp_path / "people.csv").write_text("id,name,birth_date\n1,One,2001-05-20\n", "utf-8")
    (tmp_path / "resume.json").write_text('{"basics": {"name": "Somebody"}, "languages": [{"language": "French", "fluency": "C1"}]}', "utf-8")
    (tmp_path / "map.yaml").write_text("columns:\n  id: id\n  name: name\n  birth_date: birth_date\n", "utf-8")
    return tmp_path


def shell(line: str, where: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of a shell in which `eligibility` is the program."""
    begin = f'eligibility() {{ "{sys.executable}" -m eligibility "$@"; }}\n'
    env = {**os.environ, "LC_ALL": "C.UTF-8", **environment}
    env.pop("ELIGIBILITY_LANG", None)
    return subprocess.run(["bash", "-c", begin + line], cwd=where, env=env, capture_output=True, text=True, timeout=120, check=False)


def test_every_command_is_tried() -> None:
    assert set(COMMANDS) <= set(PRINTING)


@pytest.mark.parametrize("command", PRINTING.values(), ids=PRINTING)
def test_standard_output_that_takes_nothing(command: str, folder: Path) -> None:
    """A full disk, a stream that was closed, and one that Python does not buffer."""
    for redirected, sentence in ((">/dev/full", "no space left"), (">&-", "it is closed")):
        done = shell(f"eligibility {command} {redirected}", folder)
        assert done.returncode == 2, (redirected, done.stderr)
        assert done.stderr.splitlines()[-1] == f"standard output cannot be written: {sentence}"
        assert "Traceback" not in done.stderr
    assert shell(f"eligibility {command} >/dev/full", folder, PYTHONUNBUFFERED="1").returncode == 2


@pytest.mark.parametrize("command", PRINTING.values(), ids=PRINTING)
def test_standard_error_that_takes_nothing(command: str, folder: Path) -> None:
    """What has nowhere to go is dropped, and the code says the same as ever."""
    usual = shell(f"eligibility {command}", folder)
    assert usual.returncode == 0, usual.stderr
    for redirected in ("2>&-", "2>/dev/full"):
        done = shell(f"eligibility {command} {redirected}", folder)
        assert (done.returncode, done.stdout) == (0, usual.stdout)


@pytest.mark.parametrize("command", PRINTING.values(), ids=PRINTING)
def test_a_reader_that_is_gone_before_anything_is_written(command: str, folder: Path) -> None:
    done = shell(f"(sleep 0.2; eligibility {command}; echo $? >code) | true", folder)
    assert (done.stderr, (folder / "code").read_text()) == ("", "0\n")


@pytest.mark.parametrize("redirected", ["2>&-", "2>/dev/full", "2>&1 >&- | true"])
@pytest.mark.parametrize("command", ["check nowhere.yaml", "validate nowhere.yaml", "show nothing", "--wrong", "batch nowhere.csv"])
def test_a_complaint_that_cannot_be_written_leaves_the_code(command: str, redirected: str, folder: Path) -> None:
    first, _, rest = redirected.partition(" | ")
    line = f"eligibility {command} {first}"
    done = shell(f"({line}; echo $? >code) | {rest}" if rest else f"{line}; echo $? >code", folder)
    assert (folder / "code").read_text() == "2\n"
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", PRINTING.values(), ids=PRINTING)
def test_a_working_folder_that_is_gone(command: str, folder: Path) -> None:
    """What needs no file of it answers; the others say it."""
    absolute = command
    for name in ("me.yaml", "people.csv", "resume.json", "rules"):
        absolute = absolute.replace(f" {name}", f" {folder / name}")
    done = shell(f"mkdir gone; cd gone; rmdir ../gone; eligibility {absolute}", folder)
    assert done.returncode in (0, 2), done.stderr
    assert "Traceback" not in done.stderr
    assert "bug" not in done.stderr
    assert done.returncode == 0 or "does not exist any more" in done.stderr or "icesco" in done.stderr


def closed(command: str) -> str:
    """A file is written, and standard output is not needed."""
    return f"eligibility {command} -o out.csv >&-" if command.startswith("batch") else f"eligibility {command} -o out.txt >&-"


@pytest.mark.parametrize("command", [command for name, (command, _) in WRITING.items() if name != "batch"])
def test_nothing_is_lost_where_a_file_is_written_and_standard_output_is_closed(command: str, folder: Path) -> None:
    done = shell(closed(command), folder)
    assert (done.returncode, (folder / "out.txt").stat().st_size > 0) == (0, True), done.stderr


@pytest.mark.parametrize(("command", "inputs"), WRITING.values(), ids=WRITING)
def test_an_output_never_replaces_an_input(command: str, inputs: list[str], folder: Path) -> None:
    """By its name, by another name, through a link and through a hard link; for whoever repairs files, nothing is repaired before."""
    ending = ".csv" if command.startswith("batch") else ".txt"
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for number, name in enumerate(inputs):
        (folder / f"link{number}{ending}").symlink_to(name)
        os.link(folder / name, folder / f"hard{number}{ending}")
        for output in (name, f"./folder/../{name}", f"link{number}{ending}", f"hard{number}{ending}"):
            if command.startswith("batch") and not output.endswith(".csv"):
                continue
            done = shell(f"eligibility {command} -o {output}", folder)
            assert done.returncode == 2, (output, done.stdout)
            assert "input" in done.stderr
    assert {path: path.read_bytes() for path in before} == before
    assert not list(folder.rglob("*.part"))


@pytest.mark.parametrize("command", [command for command, _ in WRITING.values()], ids=WRITING)
def test_devices_pipes_and_folders_are_not_replaced_and_links_and_rights_are_kept(command: str, folder: Path) -> None:
    ending = ".csv" if command.startswith("batch") else ".txt"
    os.mkfifo(folder / f"pipe{ending}")
    (folder / f"null{ending}").symlink_to("/dev/null")
    (folder / f"stdout{ending}").symlink_to("/dev/stdout")  # here a pipe, which has no name
    (folder / f"dir{ending}").mkdir()
    (folder / f"kept{ending}").write_text("old", "utf-8")
    (folder / f"kept{ending}").chmod(0o400)
    for name in ("pipe", "null", "stdout", "dir", "kept"):
        done = shell(f"eligibility {command} -o {name}{ending}", folder)
        assert done.returncode == 2, (name, done.stdout)
        assert "folder does not exist" not in done.stderr
        assert name in " ".join(done.stderr.split()), done.stderr
        assert "Traceback" not in done.stderr
    assert stat.S_ISFIFO((folder / f"pipe{ending}").stat().st_mode)
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    assert (folder / f"kept{ending}").read_text() == "old"
    target = folder / f"target{ending}"
    target.write_text("old", "utf-8")
    target.chmod(0o600)
    (folder / f"link{ending}").symlink_to(target.name)
    assert shell(f"eligibility {command} -o link{ending}", folder).returncode == 0
    assert (folder / f"link{ending}").is_symlink()
    assert target.read_text("utf-8") != "old"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@pytest.mark.parametrize("command", [command for name, (command, _) in WRITING.items() if "fix" not in name])
def test_a_dash_is_standard_output(command: str, folder: Path) -> None:
    plain, dashed = (shell(f"eligibility {command}{rest}", folder) for rest in ("", " -o -"))
    assert (plain.returncode, plain.stdout) == (dashed.returncode, dashed.stdout)
    assert plain.stdout
    assert not (folder / "-").exists()


def test_a_new_file_has_the_rights_of_new_files(folder: Path) -> None:
    shell(f"umask 027; eligibility check me.yaml {DAY} -o out.txt", folder)
    assert stat.S_IMODE((folder / "out.txt").stat().st_mode) == 0o640


def test_two_programs_with_one_number_do_not_share_a_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each container has a process 1."""
    monkeypatch.setattr(os, "getpid", lambda: 1)
    target = str(tmp_path / "out")
    with Pending(target) as one, Pending(target) as other:
        assert one.temporary != other.temporary
        one.file.write(b"one")
        other.file.write(b"other")
        for pending in (one, other):
            pending.finish()
            pending.commit()
    assert (tmp_path / "out").read_bytes() == b"other"
    assert os.listdir(tmp_path) == ["out"]


def test_an_error_names_the_file_and_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    (tmp_path / "out").write_text("old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="full") as caught:
        write_file(str(tmp_path / "out"), b"new")
    assert caught.value.filename == str(tmp_path / "out")
    assert os.listdir(tmp_path) == ["out"]
    assert (tmp_path / "out").read_text() == "old"


def test_control_c_at_any_moment_of_the_start(folder: Path) -> None:
    """The imports of Python itself come before anything of ours: the signal is sent once our first step is done, which is to listen."""
    script = dedent("""
        import os, signal
        listen = signal.signal
        def first(number, handler):
            signal.signal = listen
            listen(number, handler)
            os.write(2, b".")
        signal.signal = first
        from eligibility.start import main
        main()
    """)
    for wait in (0.0, 0.005, 0.02, 0.05, 0.1, 0.2):
        child = subprocess.Popen(
            [sys.executable, "-c", script, "check", "-"],
            cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert child.stderr is not None
        assert child.stderr.read(1) == b"."
        time.sleep(wait)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=60)
        assert (child.returncode, out, err) == (130, b"", b""), wait


def test_what_was_typed_never_drives_the_terminal(folder: Path) -> None:
    for words in ("check \x1b[31mred.yaml", "check me.yaml --on \x1b[31m", "--\x1b[31m", "\x1b[31m", "show \x1b[31m", "explain \x1b[31m\u202e", "kinds \x9b",
                  "check me.yaml -o /nowhere/\x1b[31m", "validate \x1b[31m", "new vacancy /nowhere/\x1b[31m", "batch \x1b[31m.csv", "test \x1b[31m"):  # fmt: skip
        done = shell("eligibility " + " ".join(f"'{word}'" for word in words.split()), folder)
        assert done.returncode == 2, words
        assert not {"\x1b", "\x9b", "\u202e"} & set(done.stderr + done.stdout), words


@pytest.mark.parametrize("typed", [b"Andr\xe9", b"Andr\x1b[31m", "An\u202edr".encode(), b"An\x07dr"], ids=["Latin-1", "escape", "bidi", "bell"])
@pytest.mark.parametrize("locale", ["C.UTF-8", "C"])
def test_what_cannot_be_kept_is_asked_again_and_no_answer_is_lost(typed: bytes, locale: str, folder: Path) -> None:
    """In a real terminal: the name is refused, typed again, and everything is written."""
    import pty

    master, slave = pty.openpty()
    mode = termios.tcgetattr(slave)
    mode[3] &= ~termios.ECHO  # the terminal echoes what is typed, whatever it is
    termios.tcsetattr(slave, termios.TCSANOW, mode)
    child = subprocess.Popen(
        [sys.executable, "-m", "eligibility", "new", "profile", "person.yaml", "--lang", "en"],
        cwd=folder, stdin=slave, stdout=slave, stderr=slave, env={**os.environ, "LC_ALL": locale, "TERM": "dumb"},
    )  # fmt: skip
    os.close(slave)
    os.write(master, typed + b"\nAndr\xc3\xa9e\n1990-05-17\n" + b"\n" * 40)
    shown = b""
    with suppress(OSError):  # the end of a terminal is an error
        while piece := os.read(master, 4096):
            shown += piece
    os.close(master)
    assert child.wait(60) == 0, shown.decode(errors="replace")
    assert b"Type it again" in b" ".join(shown.split())
    assert not [one for one in (b"\x07", b"\x1b[31m", "\u202e".encode()) if one in shown]
    written = (folder / "person.yaml").read_text("utf-8")
    assert "Andr" in written
    assert "1990-05-17" in written
