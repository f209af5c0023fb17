"""Bytes from a path or from standard input, and the rule or profile files of a folder.

Paths may come from an archive somebody sent: only ordinary files are read, never more than 1 MB, and no
link that leads out of a folder is followed.
"""

import errno
import os
import stat
import sys
from collections import deque
from collections.abc import Callable
from typing import IO, NamedTuple, NoReturn

from eligibility.diagnostic import Diagnostic, Place, Problems

MAX_BYTES = 1_000_000
"""The largest file read, in bytes."""

MAX_FOLDERS = 100
"""How deep the folders below a folder may lie inside one another."""

STDIN_NAME = "<stdin>"
"""The name under which problems of standard input are told."""

_SUFFIXES = (".yaml", ".yml")
_CASE_SUFFIXES = (".cases.yaml", ".cases.yml")
_COLUMN_SUFFIXES = (".columns.yaml", ".columns.yml")

_NOT_ORDINARY: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISDIR, "E131"),
    (stat.S_ISFIFO, "E132"),
    (stat.S_ISCHR, "E133"),
    (stat.S_ISBLK, "E133"),
    (stat.S_ISSOCK, "E134"),
)

_CODE_OF_ERRNO = {
    errno.ENOENT: "E130",
    errno.ENOTDIR: "E130",
    errno.EISDIR: "E131",
    errno.ENXIO: "E134",
    errno.EACCES: "E135",
    errno.EPERM: "E135",
}


class Source(NamedTuple):
    """What was read: `name` as the user typed it (`<stdin>` for `-`) and the bytes."""

    name: str
    data: bytes


def read_source(path_text: str) -> Source:
    """Read the file at `path_text`, or standard input for `-`.

    Raises `Problems` (one diagnostic at line 1, column 1) for what is missing, forbidden, larger than
    `MAX_BYTES` or not an ordinary file. A pipe or a device is refused at once, never waited for.
    """
    if path_text == "-":
        return _read_stdin()
    with open_ordinary(path_text) as file:
        try:
            return Source(path_text, _read_at_most(file, path_text))
        except OSError as error:
            _refuse_os_error(path_text, error)


def open_ordinary(path_text: str) -> IO[bytes]:
    """An ordinary file, open for reading bytes. Raises `Problems` for anything else; a pipe or a device is never waited for."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path_text, flags)
    except OSError as error:
        if os.path.isdir(path_text):  # some systems call this a lack of permission
            _refuse(path_text, "E131")
        _refuse_os_error(path_text, error)
    except ValueError:  # a NUL character in the path
        _refuse(path_text, "E130")
    try:
        _refuse_unless_ordinary(path_text, os.fstat(descriptor).st_mode)
        return open(descriptor, "rb")
    except OSError as error:
        os.close(descriptor)
        _refuse_os_error(path_text, error)
    except Problems:
        os.close(descriptor)
        raise


def find_files(path: str, cases: bool = False) -> list[str]:
    """The `*.yaml` and `*.yml` files below a folder, sorted; a path that is no folder is returned as it is.

    Hidden files and folders are skipped, and unless `cases` is true `*.cases.yaml` and maps of columns, `*.columns.yaml`. A link is
    followed only while it stays inside the folder, and a file reachable in two ways is listed once. Raises `Problems` for a folder
    that cannot be listed, and for folders inside one another that nobody made by hand.
    """
    if not os.path.isdir(path):
        return [path]
    root = os.path.realpath(path)
    inside = os.path.join(root, "")
    found: dict[str, str] = {}  # real path -> the path to show
    listed: set[str] = set()
    folders, links = [(path, root)], deque[str]()
    while folders or links:
        if folders:
            here, real = folders.pop()
        else:
            here = links.popleft()  # links last: what they lead to keeps its own path
            real = os.path.realpath(here)
            if not os.path.isdir(real):
                found.setdefault(real, here)
                continue
        if real in listed:
            continue
        listed.add(real)
        if real.count(os.sep) - root.count(os.sep) > MAX_FOLDERS:
            _refuse(path, "E112", form="folders", limit=MAX_FOLDERS)
        for entry in _list_folder(here):
            if not _is_wanted(entry, cases):
                continue
            if entry.is_symlink():
                if os.path.realpath(entry.path).startswith(inside):
                    links.append(entry.path)
            elif entry.is_dir(follow_symlinks=False):
                folders.append((entry.path, os.path.join(real, entry.name)))
            else:
                found.setdefault(os.path.join(real, entry.name), entry.path)
    return sorted(shown.removeprefix(os.path.join(".", "")) for shown in found.values())


def is_case_file(name: str) -> bool:
    """Whether a file is called like one that holds cases."""
    return name.lower().endswith(_CASE_SUFFIXES)


def _is_wanted(entry: os.DirEntry[str], cases: bool) -> bool:
    """Whether an entry is a folder to look into or a file to list."""
    name = entry.name.lower()
    if name.startswith("."):
        return False
    if entry.is_dir(follow_symlinks=False) or (entry.is_symlink() and os.path.isdir(entry.path)):
        return True
    return name.endswith(_SUFFIXES) and (cases or not (is_case_file(name) or name.endswith(_COLUMN_SUFFIXES)))


def _list_folder(folder: str) -> list[os.DirEntry[str]]:
    """The entries of a folder in name order."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        _refuse_os_error(folder, error)


def _read_stdin() -> Source:
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        _refuse(STDIN_NAME, "E139", reason="EBADF")
    try:
        return Source(STDIN_NAME, _read_at_most(stream, STDIN_NAME))
    except OSError as error:
        _refuse_os_error(STDIN_NAME, error)


def _read_at_most(file: IO[bytes], name: str) -> bytes:
    """Everything in `file`; refused as soon as it proves larger than `MAX_BYTES`."""
    pieces: list[bytes] = []
    left = MAX_BYTES + 1
    while left and (piece := file.read(left)):
        pieces.append(piece)
        left -= len(piece)
    if not left:
        _refuse(name, "E136", limit=MAX_BYTES)
    return b"".join(pieces)


def _refuse_unless_ordinary(name: str, mode: int) -> None:
    if not stat.S_ISREG(mode):
        _refuse(name, next((code for test, code in _NOT_ORDINARY if test(mode)), "E133"))


def _refuse_os_error(name: str, error: OSError) -> NoReturn:
    number = error.errno or 0
    code = _CODE_OF_ERRNO.get(number, "E139")
    _refuse(name, code, **({"reason": errno.errorcode.get(number, str(number))} if code == "E139" else {}))


def _refuse(name: str, code: str, **params: object) -> NoReturn:
    raise Problems([Diagnostic(code, Place(name), {"path": name, **params})]) from None
