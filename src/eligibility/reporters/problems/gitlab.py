"""GitLab: a code quality report, which a merge request shows beside the lines it changes."""

from __future__ import annotations

from eligibility.diagnostic import Severity
from eligibility.reporters.problems import Told
from eligibility.reporters.problems.data import as_json, end_column
from eligibility.reporters.problems.fingerprint import fingerprints
from eligibility.reporters.problems.names import posix
from eligibility.reporters.problems.sentence import in_lines

_SEVERITY = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(told: Told) -> str:
    """A list of problems; an empty list where there is none, which tells GitLab that all were mended."""
    return as_json(
        [
            {
                "description": "\n".join(in_lines(problem, told.words)),
                "check_name": problem.code,
                "fingerprint": fingerprint,
                "severity": _SEVERITY[problem.severity],
                "location": {
                    "path": posix(problem.place.file, told.folder),
                    "positions": {
                        "begin": {"line": problem.place.line, "column": problem.place.column},
                        "end": {"line": problem.place.line, "column": end_column(problem.place)},
                    },
                },
            }
            for problem, fingerprint in zip(told.diagnostics, fingerprints(told), strict=True)
        ]
    )
