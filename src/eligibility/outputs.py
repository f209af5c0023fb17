"""Files that appear whole or not at all: written beside their place under another name, renamed once everything is written.

One way for every command. An output never takes the place of an input, a device or a pipe; a link goes on leading where it leads; the file
keeps the rights of the one it replaces. An OSError from here always names the file.
"""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any, Self

from eligibility.diagnostic import Problems
from eligibility.interrupts import interrupts_wait
from eligibility.loading.files import find_files


class IsAnInput(OSError):
    """The output is one of the files that were read."""


class NoOrdinaryFile(OSError):
    """The output is a device or a pipe."""


_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class Pending:
    """A file that is being written. As a context it leaves nothing behind unless `commit` was reached, whenever Ctrl-C strikes."""

    file: IO[bytes]

    def __init__(self, path: str, inputs: Iterable[str] = ()) -> None:
        """`inputs` are files, or folders of files, that it must not be."""
        self.path, self.inputs = path, inputs
        self.temporary = ""

    def __enter__(self) -> Self:
        """Open the file beside its place. Raises OSError."""
        try:
            with naming(self.path):
                self.target = os.path.realpath(self.path)  # a link goes on leading where it leads
                before = _ordinary(self.path, self.inputs)  # itself: the link of /dev/stdout to a pipe leads to no name
                beside = f".eligibility-{os.urandom(8).hex()}.part"
                self.temporary = os.path.join(os.path.dirname(self.target), beside)  # known before it is there, so that it goes away
                self.file = io.BufferedWriter(_Named(os.open(self.temporary, _NEW, 0o600), self.path))
                _set_rights(self.temporary, before)
            return self
        except BaseException:
            self.drop()
            raise

    def __exit__(self, *error: object) -> None:
        self.drop()

    def finish(self, durable: bool = True) -> None:
        """Everything is written: it is on the disk when this returns. Raises OSError."""
        with naming(self.path):
            self.file.flush()
            if durable:
                os.fsync(self.file.fileno())
            self.file.close()

    def commit(self) -> None:
        """Put the file in its place. Raises OSError."""
        with naming(self.path):
            os.replace(self.temporary, self.target)

    def drop(self) -> None:
        """Take away what is not in its place."""
        with suppress(OSError, ValueError, AttributeError):  # nothing may have been opened
            self.file.close()
        with suppress(OSError):
            os.unlink(self.temporary)


class _Named(io.FileIO):
    """A file whose errors say which one it is, even when they reach somebody who writes to several."""

    def __init__(self, descriptor: int, path: str) -> None:
        super().__init__(descriptor, "wb")
        self._path = path

    def write(self, data: Any, /) -> int:
        with naming(self._path):
            return super().write(data)


@contextmanager
def naming(path: str) -> Iterator[None]:
    """An OSError that comes out of here names this file."""
    try:
        yield
    except OSError as error:
        error.filename = path
        raise


def _ordinary(path: str, inputs: Iterable[str]) -> os.stat_result | None:
    """What stands at the place of an output, if anything does. Raises OSError unless it may be replaced."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(found.st_mode):
        raise NoOrdinaryFile(errno.EINVAL, os.strerror(errno.EINVAL))
    if not found.st_mode & 0o222 or not os.access(path, os.W_OK):  # whoever made it read-only meant it, for root as well
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    if any(os.path.samestat(found, one) for one in _stats(inputs)):
        raise IsAnInput(errno.EEXIST, os.strerror(errno.EEXIST))
    return found


def _stats(inputs: Iterable[str]) -> Iterator[os.stat_result]:
    """Of every file that may be read: under another name, through a link or a hard link, it is the same one."""
    for path in inputs:
        try:
            names = find_files(path, cases=True)
        except Problems:  # told by whoever reads it
            continue
        for name in names:
            with suppress(OSError):
                yield os.stat(name)


def _set_rights(path: str, before: os.stat_result | None) -> None:
    """Those of the file that is replaced; of a new one, what the system gives to new files."""
    if before is not None:
        if hasattr(os, "chown"):
            with suppress(OSError):
                os.chown(path, before.st_uid, before.st_gid)
        os.chmod(path, stat.S_IMODE(before.st_mode))
        return
    mask = os.umask(0)
    os.umask(mask)
    os.chmod(path, 0o666 & ~mask)


def put_in_place(files: Iterable[Pending]) -> None:
    """All of several files, or none unless the computer stops between two renamings: first every one is finished. Raises OSError."""
    files = list(files)
    for one in files:
        one.finish()
    with interrupts_wait():
        for one in files:
            one.commit()


def write_file(path: str, data: bytes, inputs: Iterable[str] = ()) -> None:
    """One file, whole or not at all. Raises OSError."""
    with Pending(path, inputs) as pending:
        pending.file.write(data)
        put_in_place([pending])
