"""Bytes come only from ordinary files, and folders give up only what lies inside them."""

from __future__ import annotations

import errno
import io
import os
import socket
import sys
from pathlib import Path

import pytest

from eligibility.diagnostic import Place, Problems
from eligibility.loading.files import MAX_BYTES, find_files, read_source

needs_posix = pytest.mark.skipif(os.name != "posix", reason="pipes, sockets and links as POSIX has them")


def refusal(path: str) -> str:
    """The code of the one problem, which stands at the start of the file named."""
    with pytest.raises(Problems) as caught:
        read_source(path)
    (one,) = caught.value.diagnostics
    assert (one.place.file, one.place.line, one.place.column) == (path if path != "-" else "<stdin>", 1, 1)
    assert one.params["path"] == one.place.file
    return one.code


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_a_file_is_read_whole_under_the_name_that_was_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "été.yaml").write_bytes(b"a: \xff\r\n")
    monkeypatch.chdir(tmp_path)
    assert read_source("./été.yaml") == ("./été.yaml", b"a: \xff\r\n")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, b"a: 1")
    assert read_source("-") == ("<stdin>", b"a: 1")


@pytest.mark.parametrize("name", ["none.yaml", "none/x.yaml", "x.yaml/y", "", "a\0b"], ids=repr)
def test_what_is_missing(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.yaml").touch()
    assert refusal(name) == "E130"


def test_a_folder(tmp_path: Path) -> None:
    assert refusal(str(tmp_path)) == "E131"


@needs_posix
def test_a_pipe_nobody_writes_to_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p.yaml")
    assert refusal(str(tmp_path / "p.yaml")) == "E132"


@needs_posix
@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero"])
def test_a_device(device: str) -> None:
    assert refusal(device) == "E133"


@needs_posix
def test_a_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("s.yaml")
        assert refusal("s.yaml") == "E134"


@pytest.mark.parametrize(
    ("number", "code"), [(errno.EACCES, "E135"), (errno.EPERM, "E135"), (errno.EIO, "E139"), (errno.ELOOP, "E139")]
)
def test_what_the_system_refuses(number: int, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, "in the system's own words")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(Problems) as caught:
        read_source("x.yaml")
    (one,) = caught.value.diagnostics
    assert one.code == code
    assert one.params == ({"path": "x.yaml"} if code == "E135" else {"path": "x.yaml", "reason": errno.errorcode[number]})


@pytest.mark.parametrize("extra", [0, 1])
def test_the_largest_file(extra: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"#" * (MAX_BYTES + extra)
    path = tmp_path / "large.yaml"
    path.write_bytes(data)
    stdin(monkeypatch, data)
    if extra:
        assert refusal(str(path)) == "E136"
        assert refusal("-") == "E136"
    else:
        assert read_source(str(path)).data == data
        assert read_source("-").data == data


def test_no_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert refusal("-") == "E139"


# ------------------------------------------------------------------------------------------------ folders


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def test_yaml_files_below_a_folder_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "rules/b.yaml", "rules/a/z.yml", "rules/a/é.YAML", "rules/a.yaml", "rules/x.txt", "rules/yaml")
    make(tmp_path, "rules/.hidden.yaml", "rules/.git/x.yaml", "rules/b.cases.yaml", "rules/a/b.cases.yml")
    monkeypatch.chdir(tmp_path)
    assert find_files("rules") == [os.path.join("rules", *name) for name in [("a.yaml",), ("a", "z.yml"), ("a", "é.YAML"), ("b.yaml",)]]
    assert find_files("rules" + os.sep) == find_files("rules")
    monkeypatch.chdir("rules")
    assert find_files(".") == ["a.yaml", os.path.join("a", "z.yml"), os.path.join("a", "é.YAML"), "b.yaml"]


def test_an_empty_folder(tmp_path: Path) -> None:
    assert find_files(str(tmp_path)) == []


@pytest.mark.parametrize("path", ["-", "none", "x.txt"])
def test_what_is_no_folder_is_left_to_be_read(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "x.txt")
    monkeypatch.chdir(tmp_path)
    assert find_files(path) == [path]


@needs_posix
def test_links_that_leave_the_folder_are_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "secret.yaml", "other/s.yaml", "rules-of-others/r.yaml", "rules/a.yaml")
    monkeypatch.chdir(tmp_path)
    for name, target in {"out.yaml": "../secret.yaml", "folder": "../other", "near": "../rules-of-others", "up": ".."}.items():
        os.symlink(target, f"rules/{name}")
    assert find_files("rules") == ["rules/a.yaml"]


@needs_posix
def test_links_inside_the_folder_are_followed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "rules/b/x.yaml", "rules/..data/y.yaml")
    monkeypatch.chdir(tmp_path)
    for name, target in {"a": "b", "a.yaml": "b/x.yaml", "loop": ".", "b/loop": "..", "y.yaml": "..data/y.yaml"}.items():
        os.symlink(target, f"rules/{name}")
    assert find_files("rules") == ["rules/b/x.yaml", "rules/y.yaml"]


@needs_posix
def test_a_folder_that_is_itself_a_link_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "there/a.yaml")
    monkeypatch.chdir(tmp_path)
    os.symlink("there", "here")
    assert find_files("here") == ["here/a.yaml"]


@needs_posix
def test_a_link_to_itself_is_told_when_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "rules/a.yaml")
    monkeypatch.chdir(tmp_path)
    os.symlink("l.yaml", "rules/l.yaml")
    assert find_files("rules") == ["rules/a.yaml", "rules/l.yaml"]
    assert refusal("rules/l.yaml") == "E139"


def test_a_folder_that_cannot_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "closed/x.yaml")
    scan = os.scandir

    def refuse(folder: str) -> object:
        if folder.endswith("closed"):
            raise PermissionError(errno.EACCES, "no")
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(Problems) as caught:
        find_files(str(tmp_path))
    (one,) = caught.value.diagnostics
    assert (one.code, one.place) == ("E135", Place(str(tmp_path / "closed")))
