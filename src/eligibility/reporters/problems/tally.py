"""How many files and problems there are, as numbers and in words."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from eligibility.diagnostic import Severity
from eligibility.reporters.problems import Told


class Tally(NamedTuple):
    """Numbers of files read, valid (without an error) and with a problem; of problems by severity and silenced."""

    files: int
    valid: int
    with_problems: int
    errors: int
    warnings: int
    notes: int
    suppressed: int


def tally_of(told: Told) -> Tally:
    """What was told, counted."""
    by_severity = Counter(one.severity for one in told.diagnostics)
    files = {*told.files, *(one.place.file for one in told.diagnostics)}
    return Tally(
        files=len(files),
        valid=len(files - {one.place.file for one in told.diagnostics if one.is_error}),
        with_problems=len({one.place.file for one in told.diagnostics}),
        errors=by_severity[Severity.ERROR],
        warnings=by_severity[Severity.WARNING],
        notes=by_severity[Severity.NOTE],
        suppressed=told.suppressed,
    )


def summary(told: Told) -> str:
    """The numbers in one line: files, problems, and what was silenced."""
    words, tally = told.words, tally_of(told)
    read, valid = words.count("problems.read", tally.files), words.count("problems.valid", tally.valid)
    parts = [words.text("problems.files", read=read, valid=valid)]
    counts = [words.count(f"problems.{name}", n) for name in ("errors", "warnings", "notes") if (n := getattr(tally, name))]
    if counts:
        parts.append(words.text("problems.counts", counts=words.both(counts), files=words.count("problems.in_files", tally.with_problems)))
    else:
        parts.append(words.text("problems.none"))
    if tally.suppressed:
        parts.append(words.count("problems.suppressed", tally.suppressed))
    return " ".join(parts)
