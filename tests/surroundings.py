"""What a program that a test starts finds around it: this checkout's code, UTF-8, and nothing of whoever runs the tests."""

from __future__ import annotations

import os


def surroundings(**more: str) -> dict[str, str]:
    """The environment of a started program; `more` are variables of a test's own."""
    return {"PATH": os.environ["PATH"], "PYTHONPATH": os.environ.get("PYTHONPATH", ""), "PYTHONUTF8": "1", **more}
