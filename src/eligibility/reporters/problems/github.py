"""GitHub Actions: one workflow command for each problem, which GitHub shows beside the line.

GitHub shows the first ten of a step and keeps only the message of a command in the log: so the place and
the code are in the message too, and a line with the numbers follows.
"""

from __future__ import annotations

from eligibility.diagnostic import Diagnostic, Severity
from eligibility.reporters.layout import safe
from eligibility.reporters.problems import Told
from eligibility.reporters.problems.data import end_column
from eligibility.reporters.problems.names import posix
from eligibility.reporters.problems.sentence import in_lines
from eligibility.reporters.problems.tally import summary

_COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(told: Told) -> str:
    """The commands, one a line, then the summary."""
    commands = [_command(problem, told) for problem in told.diagnostics]
    return "".join(f"{line}\n" for line in (*commands, safe(summary(told))))


def _command(problem: Diagnostic, told: Told) -> str:
    place = problem.place
    name = safe(posix(place.file, told.folder))
    properties = {
        "title": problem.code,
        "file": name,
        "line": place.line,
        "col": place.column,
        "endLine": place.line,
        "endColumn": end_column(place),
    }
    said = "\n".join(in_lines(problem, told.words))
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{_COMMAND[problem.severity]} {listed}::{_data(f'{name}:{place.line}:{place.column}: {problem.code} {said}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
