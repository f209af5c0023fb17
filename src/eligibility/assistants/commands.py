"""A command of the program in a process of its own: what an assistant gets is what a person who types the command gets."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NamedTuple

import anyio

_LONGEST = 120
"""Seconds after which a command is given up."""
_WIDTH = "100"


class Ended(NamedTuple):
    """A command that has ended: its exit code, what it printed, and what it told on standard error."""

    code: int
    out: str
    told: str

    @property
    def answered(self) -> bool:
        """Whether there is an answer: 0, or 1 where something was found."""
        return self.code in (0, 1)


async def run(arguments: Sequence[str], data: str = "") -> Ended:
    """Run `eligibility ARGUMENTS` with `data` on standard input. Whoever cancels the call ends the process. Raises TimeoutError."""
    environment = {**os.environ, "COLUMNS": _WIDTH, "PYTHONUTF8": "1", "NO_COLOR": "1"}
    environment.pop("GITHUB_ACTIONS", None)
    with anyio.fail_after(_LONGEST):
        ended = await anyio.run_process(
            [sys.executable, "-P", "-m", "eligibility", *arguments],
            input=data.encode("utf-8", "surrogatepass"), check=False, env=environment,
        )  # fmt: skip
    return Ended(ended.returncode, ended.stdout.decode("utf-8", "replace"), ended.stderr.decode("utf-8", "replace"))
