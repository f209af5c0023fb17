"""Which problems are shown, and which make the exit code 1: the options, else the settings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from eligibility.cli.options import Usage
from eligibility.cli.settings import Settings, code_meant
from eligibility.diagnostic import Diagnostic, Severity
from eligibility.wording import Words


class Level(StrEnum):
    """How grave a problem is, and `expired` for a vacancy that has closed."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    EXPIRED = "expired"


class Shown(StrEnum):
    """The least grave problems that are shown."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


_GRAVITY = {Severity.NOTE: 0, Severity.WARNING: 1, Severity.ERROR: 2}
_EXPIRED = "N312"


class Selection(NamedTuple):
    """What codes must begin with (any, where there is nothing) and must not; the least gravity; what fails besides errors."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    least: Severity = Severity.NOTE
    fail_on: tuple[Level, ...] = ()

    def shows(self, problem: Diagnostic) -> bool:
        """Whether a problem is told at all."""
        if _GRAVITY[problem.severity] < _GRAVITY[self.least] or (self.ignore and problem.code.startswith(self.ignore)):
            return False
        return not self.select or problem.code.startswith(self.select)

    def fails(self, problem: Diagnostic) -> bool:
        """Whether a problem that is shown makes the exit code 1."""
        if problem.is_error or (problem.code == _EXPIRED and Level.EXPIRED in self.fail_on):
            return True
        wanted = [_GRAVITY[Severity(level)] for level in self.fail_on if level is not Level.EXPIRED]
        return bool(wanted) and _GRAVITY[problem.severity] >= min(wanted)


def selection(
    select: Sequence[str] | None, ignore: Sequence[str] | None, severity: Shown | None, fail_on: Sequence[Level] | None,
    settings: Settings, words: Words,
) -> Selection:  # fmt: skip
    """What the options ask for, and the settings where they say nothing."""
    return Selection(
        _codes(select, words, "--select") or settings.select,
        _codes(ignore, words, "--ignore") or settings.ignore,
        Severity(severity or settings.severity or Severity.NOTE),
        tuple(fail_on or map(Level, settings.fail_on)),
    )


def _codes(given: Iterable[str] | None, words: Words, option: str) -> tuple[str, ...]:
    """`E,W313` as codes; one that no code begins with would select nothing, so it is refused."""
    codes = tuple(code.strip().upper() for text in given or () for code in text.split(",") if code.strip())
    for code in codes:
        if not any(known.startswith(code) for known in words.codes()):
            close = code_meant(code, words)
            hint = words.text("did_you_mean", word=close) if close else words.text("codes.list")
            raise Usage(f"{words.text('codes.unknown', word=code)} {hint}", param_hint=option)
    return codes
