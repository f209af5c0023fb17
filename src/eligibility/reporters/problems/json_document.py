"""JSON: one document with the files, the problems and the numbers."""

from __future__ import annotations

from eligibility.reporters.problems import Told
from eligibility.reporters.problems.data import SCHEMA_VERSION, as_data, as_json
from eligibility.reporters.problems.names import posix
from eligibility.reporters.problems.tally import tally_of


def render(told: Told) -> str:
    """`schema_version`, `files`, `diagnostics`, `summary`."""
    return as_json(
        {
            "schema_version": SCHEMA_VERSION,
            "files": [posix(name, told.folder) for name in told.files],
            "diagnostics": [as_data(problem, told) for problem in told.diagnostics],
            "summary": tally_of(told)._asdict(),
        }
    )
