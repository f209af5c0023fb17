"""What a project asks for once: `[tool.eligibility]` in pyproject.toml or eligibility.toml, in this folder or the nearest above.

A run without such a file pays for a few looks at folders: what reads and checks the file is imported when there is one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache

from eligibility.cli.settings import Settings
from eligibility.diagnostic import Diagnostic, Problems

OWN_FILE, PROJECT_FILE = "eligibility.toml", "pyproject.toml"


def settings() -> Settings:
    """What is asked for in the working folder, which is the same for the whole run."""
    try:
        return _settings_in(os.getcwd())
    except OSError:  # the folder has gone
        return Settings()


@lru_cache(maxsize=1)
def _settings_in(folder: str) -> Settings:
    return read_settings(folder)


def read_settings(folder: str) -> Settings:
    """What is asked for in a folder: the nearest file counts, up to the root of a repository; `eligibility.toml` before the other."""
    for here in _upward(folder):
        for name in (OWN_FILE, PROJECT_FILE):
            path = os.path.join(here, name)
            if os.path.exists(path):
                shown = path if here == os.path.dirname(here) else os.path.relpath(path, folder)
                found = _settings_of(path, shown)
                if found is not None:
                    return found
    return Settings()


def _upward(folder: str) -> Iterator[str]:
    here = os.path.abspath(folder)
    while True:
        yield here
        above = os.path.dirname(here)
        if above == here or os.path.exists(os.path.join(here, ".git")):
            return
        here = above


def _settings_of(path: str, shown: str) -> Settings | None:
    """What a file says; None for a pyproject.toml that does not speak of us."""
    from eligibility.loading.files import read_source

    own = os.path.basename(path) == OWN_FILE
    try:
        source = read_source(path)._replace(name=shown)
    except Problems as error:
        problems = [Diagnostic(one.code, one.place._replace(file=shown), {**one.params, "path": shown}) for one in error.diagnostics]
        return Settings(file=shown, problems=tuple(problems))
    if not own and not _speaks_of_us(source.data):
        return None
    from eligibility.cli.read_configuration import settings_from

    return settings_from(source, () if own else ("tool", "eligibility"))


def _speaks_of_us(data: bytes) -> bool:
    """Whether `tool.eligibility` can be in a TOML text, however it is written."""
    if b"eligibility" not in data or b"tool" not in data:
        return False
    lines = b"\n" + data.removeprefix(b"\xef\xbb\xbf").translate(None, b" \t\"'")  # a pattern would have to be compiled in each run
    return b"tool.eligibility" in lines or b"\n[tool]" in lines or b"\ntool=" in lines
