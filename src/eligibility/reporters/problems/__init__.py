"""How the problems of files are shown: one format per file. A format decides nothing and reads no file.

`FORMATS` is the list; a new format is one file and one line here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import NamedTuple

from eligibility.diagnostic import Diagnostic
from eligibility.reporters import Style
from eligibility.wording import Words


class Told(NamedTuple):
    """What there is to tell.

    `diagnostics` are those that are shown, sorted by file, line, column and code; `files` every file looked
    at, sorted, under the name that the diagnostics use. `text_of` gives the text of a file for its source
    lines, None where it cannot be shown. `suppressed` counts what comments silenced. `folder` is the absolute
    path of the folder that names are relative to: machine formats shorten absolute names below it. `page_of` gives
    the page of a code, a heading and a text, in the language of `words`; None where there are no pages.
    """

    diagnostics: Sequence[Diagnostic]
    files: Sequence[str]
    words: Words
    text_of: Callable[[str], str | None]
    style: Style = Style()
    suppressed: int = 0
    folder: str = ""
    page_of: Callable[[str], tuple[str, str]] | None = None


ProblemFormat = Callable[[Told], str]

FORMATS: Mapping[str, str] = {
    "full": "eligibility.reporters.problems.full",
    "concise": "eligibility.reporters.problems.concise",
    "json": "eligibility.reporters.problems.json_document",
    "jsonl": "eligibility.reporters.problems.json_lines",
    "github": "eligibility.reporters.problems.github",
    "gitlab": "eligibility.reporters.problems.gitlab",
    "sarif": "eligibility.reporters.problems.sarif",
    "junit": "eligibility.reporters.problems.junit",
}
"""Each format and its module, which is imported only when it is used and offers `render(told) -> str`."""

MACHINE = frozenset(FORMATS) - {"full", "concise"}
"""The formats that programs read: to be written in UTF-8 whatever the terminal, and never coloured."""


def problem_reporter(name: str) -> ProblemFormat:
    """The function that renders a format."""
    render: ProblemFormat = import_module(FORMATS[name]).render
    return render
