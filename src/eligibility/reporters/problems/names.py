"""Names of files as programs on another machine read them: relative, with forward slashes; and as parts of URIs."""

from __future__ import annotations

import os
import re

_DRIVE = re.compile(r"[A-Za-z]:/")
_LONE = re.compile("[\ud800-\udfff]")


def posix(name: str, folder: str = "", separator: str = os.sep) -> str:
    """A name with forward slashes, without `./` before it; relative when it is absolute and below `folder`.

    Bytes that are no text become U+FFFD: formats are text, and a strict reader refuses half a character.
    """
    name, folder = name.replace(separator, "/"), folder.replace(separator, "/").rstrip("/")
    if folder and name.startswith(f"{folder}/"):
        name = name[len(folder) :].lstrip("/")
    while name.startswith("./"):
        name = name[2:].lstrip("/")
    return _LONE.sub("\ufffd", name)


def is_absolute(name: str) -> bool:
    """Whether a name with forward slashes begins at the root of a disk."""
    return name.startswith("/") or _DRIVE.match(name) is not None


def uri(name: str) -> str:
    """A name with forward slashes as a URI: relative for a relative name, `file:///…` for an absolute one."""
    from urllib.parse import quote  # only one format needs it

    if not is_absolute(name):
        return quote(name)
    drive = name[:2] if name[0] != "/" else ""
    return f"file:///{drive}{quote(name[len(drive) :]).lstrip('/') if not drive else quote(name[2:])}"
