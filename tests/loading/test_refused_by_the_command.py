"""What the command itself says of a file it cannot read: one line with the place, one with the help, exit code 2."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
ENVIRONMENT = {"PATH": os.environ.get("PATH", ""), "COLUMNS": "80", "PYTHONUTF8": "1"}

needs_posix = pytest.mark.skipif(os.name != "posix", reason="pipes, devices and sockets as POSIX has them")

GOOD = "birth_date: 2001-05-20\ncitizenships: [FR]\n"
RULE = """\
format: 1
id: post-12
title: {en: A post}
organisation: {en: An office}
dates: {deadline: 2024-03-27}
criteria:
  - {id: age, kind: age, at_least: 18, as_of: deadline, clause: "1"}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good profile and one good rule file."""
    (tmp_path / "good.yaml").write_text(GOOD, "utf-8")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "post.yaml").write_text(RULE, "utf-8")
    return tmp_path


def run(folder: Path, *words: str, stdin: bytes = b"") -> tuple[int, str, list[str]]:
    """Exit code, standard output and the lines of standard error; never a traceback, never a control character."""
    done = subprocess.run(
        [sys.executable, "-m", "eligibility", *words], cwd=folder, env=ENVIRONMENT, capture_output=True, input=stdin, timeout=30
    )
    err = done.stderr.decode("utf-8")
    assert "Traceback" not in err
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", err)
    return done.returncode, done.stdout.decode("utf-8"), err.splitlines()


def check(folder: Path, profile: str, lang: str = "en", stdin: bytes = b"") -> tuple[int, str, list[str]]:
    return run(folder, "check", profile, "--rules", "rules", "--on", "2024-03-20", "--lang", lang, stdin=stdin)


def refused(folder: Path, profile: str, stdin: bytes = b"") -> tuple[str, int, int, str]:
    """The file, line, column and code told, when that is the whole of what the command says."""
    code, out, lines = check(folder, profile, stdin=stdin)
    assert (code, out) == (2, "")
    assert len(lines) == 2, lines
    found = re.fullmatch(r"(.*):([0-9]+):([0-9]+): error\[(E[0-9]{3})\]: [^A-Z].+", lines[0])
    assert found, lines[0]
    assert re.fullmatch("  help: .+", lines[1])
    return found[1], int(found[2]), int(found[3]), found[4]


def test_the_good_files_are_read(folder: Path) -> None:
    code, out, lines = check(folder, "good.yaml")
    assert (code, lines) == (0, [])
    assert "A post" in out


CONTENTS = {
    "an empty file": (b"", "E102", 1, 1),
    "Windows encoding": ("id: x\nname: Zoé\n".encode("cp1252"), "E140", 2, 9),
    "more than a million bytes": (b"#" * 1_000_001, "E136", 1, 1),
    "50,000 nested brackets": (b"name: " + b"[" * 50_000, "E112", 1, None),
    "an apostrophe in single quotes": ("name: 'l'été'\n".encode(), "E142", 1, 10),
}


@pytest.mark.parametrize(("data", "code", "line", "column"), CONTENTS.values(), ids=CONTENTS)
def test_contents(data: bytes, code: str, line: int, column: int | None, folder: Path) -> None:
    (folder / "me.yaml").write_bytes(data)
    name, found_line, found_column, found_code = refused(folder, "me.yaml")
    assert (name, found_code, found_line) == ("me.yaml", code, line)
    assert column in (None, found_column)


def test_billion_laughs(folder: Path) -> None:
    text = "name: &a [x, x]\n" + "".join(f"b{i}: &b{i} [*a, *a]\n" for i in range(9))
    (folder / "me.yaml").write_text(text, "utf-8")
    code, out, lines = check(folder, "me.yaml")
    assert (code, out) == (2, "")
    assert lines[0].startswith("me.yaml:1:7: error[E114]")
    assert lines[1].startswith("  help: ")


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        here = Path.cwd()
        os.chdir(path.parent)  # the path of a socket must be short
        try:
            one.bind(path.name)
        finally:
            os.chdir(here)


def _closed(path: Path) -> None:
    path.write_text(GOOD, "utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("root reads everything")


PATHS: dict[str, tuple[Callable[[Path], object], str]] = {
    "nothing": (lambda path: None, "E130"),
    "a folder": (Path.mkdir, "E131"),
    "a pipe nobody writes to": (_fifo, "E132"),
    "a link to a device that never ends": (lambda path: path.symlink_to("/dev/zero"), "E133"),
    "no permission": (_closed, "E135"),
}


@needs_posix
@pytest.mark.parametrize(("make", "code"), PATHS.values(), ids=PATHS)
def test_paths(make: Callable[[Path], object], code: str, folder: Path) -> None:
    make(folder / "me.yaml")
    assert refused(folder, "me.yaml") == ("me.yaml", 1, 1, code)


def test_standard_input(folder: Path) -> None:
    assert refused(folder, "-", stdin=b"name: 'x\n") == ("<stdin>", 1, 7, "E144")


@needs_posix
def test_a_file_name_cannot_forge_a_line(folder: Path) -> None:
    assert refused(folder, "x\n\x1b[2J\u202e.yaml")[3] == "E130"


def test_in_french(folder: Path) -> None:
    (folder / "moi.yaml").write_text("name: 'l'été'\n", "utf-8")
    code, out, lines = check(folder, "moi.yaml", "fr")
    assert (code, out) == (2, "")
    assert lines[0].startswith("moi.yaml:1:10: erreur[E142]")
    assert "l''été" in lines[1]
    assert "help" not in lines[1]


RULE_FILES: dict[str, tuple[bytes, str]] = {
    "a-picture.yaml": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "3:1: error[E138]"),
    "apostrophe.yaml": ("id: 'l'été'\n".encode(), "1:8: error[E142]"),
    "comments.yaml": (b"# one\n# two\n", "1:1: error[E102]"),
    "list.yaml": (b"# one\n- FR\n", "2:1: error[E103]"),
    "utf-16.yaml": ("id: zoé\n".encode("utf-16"), "1:1: error[E137]"),
}


@needs_posix
def test_broken_rule_files_are_told_and_the_others_are_used(folder: Path) -> None:
    """In the order of their names; nothing is waited for, and no link leads out of the folder."""
    rules = folder / "rules"
    for name, (data, _) in RULE_FILES.items():
        (rules / name).write_bytes(data)
    _fifo(rules / "v-pipe.yaml")
    _socket(rules / "w-socket.yaml")
    (rules / "x-out.yaml").symlink_to("../good.yaml")
    (rules / "y-self.yaml").symlink_to("y-self.yaml")
    expected = {name: told for name, (_, told) in RULE_FILES.items()}
    expected |= {"v-pipe.yaml": "1:1: error[E132]", "w-socket.yaml": "1:1: error[E134]", "y-self.yaml": "1:1: error[E139]"}
    code, out, lines = check(folder, "good.yaml")
    assert code == 2
    assert "A post" in out
    assert [line.partition("]")[0] + "]" for line in lines[::2]] == [f"rules/{name}:{told}" for name, told in expected.items()]
    assert all(line.startswith("  help: ") for line in lines[1::2])


def test_what_a_file_holds_does_not_drive_the_terminal(folder: Path) -> None:
    """`run` looks for control characters in what is told, here of two and of one that an escape makes."""
    (folder / "me.yaml").write_bytes(b'name: \x1b[2J\x1b]0;x\x07\n"\\e[1m": 1\n\xe2\x80\xae: 1\n')
    code, out, lines = check(folder, "me.yaml")
    assert (code, out) == (2, "")
    assert [line.partition("]")[0] for line in lines if "E126" in line or "E127" in line] == [
        "me.yaml:1:7: error[E126",
        "me.yaml:1:16: error[E126",
        "me.yaml:2:1: error[E126",
        "me.yaml:3:1: error[E127",
    ]
