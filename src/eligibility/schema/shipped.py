"""The files that come with the program beside its code: the schemas, and a page."""

from __future__ import annotations

import os

SCHEMAS = ("vacancy", "profile", "cases", "report", "problems", "batch", "ask", "when", "analyse", "compare")
"""The schemas that come with the program, of files and of answers."""


def shipped(folder: str, name: str) -> str:
    """The text of a file that comes with the program, from where it is installed or from the folder it is developed in."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    repository = os.path.dirname(os.path.dirname(package))
    for root in (package, repository):
        path = os.path.join(root, folder, name)
        if os.path.isfile(path):
            with open(path, encoding="utf-8", newline="") as file:
                return file.read()
    raise FileNotFoundError(name)
