"""What a configuration file can ask for, and the codes that it may name."""

from __future__ import annotations

from typing import NamedTuple

from eligibility.diagnostic import Diagnostic
from eligibility.wording import Words


class Settings(NamedTuple):
    """What the file says (nothing: its place is empty), and what is wrong with it.

    `rules` is relative to the working folder here; in the file it is relative to the file.
    """

    rules: str | None = None
    lang: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: str | None = None
    fail_on: tuple[str, ...] = ()
    file: str = ""
    problems: tuple[Diagnostic, ...] = ()


def code_meant(word: str, words: Words) -> str | None:
    """The code that somebody meant who took a letter for a digit; other codes that look alike mean other things."""
    code = word[:1].upper() + word[1:].upper().translate(str.maketrans("OIL", "011"))
    return code if any(known.startswith(code) for known in words.codes()) else None
