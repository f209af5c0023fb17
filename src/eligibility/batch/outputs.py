"""Files that appear whole or not at all: written beside their place under another name, renamed once everything is written."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from typing import IO, Self


class Pending:
    """A file that is being written. As a context it leaves nothing behind unless `commit` was reached."""

    def __init__(self, path: str) -> None:
        """Open the file beside its place. Raises OSError."""
        self.path = path
        with suppress(FileNotFoundError):
            mode = os.stat(path).st_mode
            if stat.S_ISDIR(mode):
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
            if not stat.S_ISREG(mode):  # a device would be replaced by a file
                raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), path)
        real = os.path.realpath(path)  # a link goes on leading where it leads
        self.target = real
        self.temporary = os.path.join(os.path.dirname(real), f".{os.path.basename(real)}.{os.getpid()}.part")
        self.file: IO[bytes] = open(self.temporary, "wb", opener=_new)  # noqa: SIM115 (closed by `finish` or `drop`)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.drop()

    def finish(self, durable: bool = True) -> None:
        """Everything is written: it is on the disk when this returns. Raises OSError."""
        self.file.flush()
        if durable:
            os.fsync(self.file.fileno())
        self.file.close()

    def commit(self) -> None:
        """Put the file in its place. Raises OSError."""
        os.replace(self.temporary, self.target)

    def drop(self) -> None:
        """Take away what is not in its place."""
        with suppress(OSError, ValueError):
            self.file.close()
        with suppress(OSError):
            os.unlink(self.temporary)


def _new(path: str, flags: int) -> int:
    """Never through a link that somebody left under this name."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)


def put_in_place(files: Iterable[Pending]) -> None:
    """All of several files, or none unless the computer stops between two renamings: first every one is finished. Raises OSError."""
    files = list(files)
    for one in files:
        one.finish()
    for one in files:
        one.commit()
