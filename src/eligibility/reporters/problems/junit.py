"""JUnit: a suite for each file, in it a case for each problem, or one that passed.

Only errors fail: a warning is a case that passed and says so, as it leaves the file valid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from eligibility.diagnostic import Diagnostic
from eligibility.reporters.layout import safe
from eligibility.reporters.problems import Told
from eligibility.reporters.problems.names import posix
from eligibility.reporters.problems.sentence import heading, helped
from eligibility.reporters.problems.tally import tally_of

_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(told: Told) -> str:
    """A document in ASCII, well-formed whatever the text: what XML 1.0 forbids is shown as an escape or left out."""
    by_file: dict[str, list[Diagnostic]] = {name: [] for name in told.files}
    for problem in told.diagnostics:
        by_file.setdefault(problem.place.file, []).append(problem)
    tests = sum(max(1, len(problems)) for problems in by_file.values())
    root = ElementTree.Element("testsuites", name="eligibility", tests=str(tests), failures=str(tally_of(told).errors), errors="0")
    for name in sorted(by_file):
        shown = _text(posix(name, told.folder))
        problems = by_file[name]
        failures = sum(problem.is_error for problem in problems)
        numbers = {"tests": str(max(1, len(problems))), "failures": str(failures), "errors": "0"}
        suite = ElementTree.SubElement(root, "testsuite", {"name": shown, **numbers})
        if not problems:
            ElementTree.SubElement(suite, "testcase", name=shown, classname=shown, file=shown)
        for problem, title in zip(problems, _titles(problems), strict=True):
            case = ElementTree.SubElement(suite, "testcase", name=title, classname=shown, file=shown, line=str(problem.place.line))
            _say(case, problem, shown, told)
    ElementTree.indent(root)
    document: bytes = ElementTree.tostring(root, encoding="us-ascii", xml_declaration=True)
    return document.decode("ascii") + "\n"


def _titles(problems: list[Diagnostic]) -> Iterator[str]:
    """`E203 14:5` for each problem; a number more where that would name two."""
    seen: dict[str, int] = {}
    for problem in problems:
        title = f"{problem.code} {problem.place.line}:{problem.place.column}"
        seen[title] = seen.get(title, 0) + 1
        yield title if seen[title] == 1 else f"{title} ({seen[title]})"


def _say(case: ElementTree.Element, problem: Diagnostic, name: str, told: Told) -> None:
    message, hint = told.words.problem(problem.code, problem.params)
    if problem.is_error:
        told_by = ElementTree.SubElement(case, "failure", type=problem.code, message=_text(message))
    else:
        told_by = ElementTree.SubElement(case, "system-out")
    lines = [f"{name}:{problem.place.line}:{problem.place.column}: {heading(problem, told.words)}", helped(hint, told.words)]
    told_by.text = "\n".join(_text(line) for line in lines if line)


def _text(text: str) -> str:
    return _NOT_XML.sub("", safe(text))
