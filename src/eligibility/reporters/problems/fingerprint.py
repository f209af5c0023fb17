"""What makes a problem the same one as yesterday, though lines were added above it."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256

from eligibility.reporters.problems import Told
from eligibility.reporters.problems.names import posix

_CHANGING = frozenset(
    {"line", "column", "end_line", "end_column", "first"}  # change when something is added above
    | {"allowed", "suggestion", "label", "successors", "fixable"}  # change when the program learns something
)


def fingerprints(told: Told) -> list[str]:
    """One for each problem, in their order: of file, code, facts, and the how manieth of its like in the file."""
    seen: Counter[str] = Counter()
    found = []
    for problem in told.diagnostics:
        facts = {name: value for name, value in problem.params.items() if name not in _CHANGING}
        key = json.dumps([posix(problem.place.file, told.folder), problem.code, facts], sort_keys=True, default=str)
        seen[key] += 1
        found.append(sha256(f"{key}{seen[key]}".encode()).hexdigest()[:32])
    return found
