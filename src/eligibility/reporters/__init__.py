"""How results are shown: one format per file. A format decides nothing and computes no verdict.

`FORMATS` is the list; a new format is one file and one line here.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, NamedTuple

from eligibility.diagnostic import Diagnostic, Place
from eligibility.reference import Reference
from eligibility.report import Report, Waiting
from eligibility.reporters.compared import Compared
from eligibility.vacancy import Vacancy
from eligibility.wording import Words


class Style(NamedTuple):
    """How a text may look: its width, whether the marks beyond ASCII can be written, whether colour is wanted."""

    width: int = 80
    ascii: bool = False
    colour: bool = False


class Shown(NamedTuple):
    """What there is to show: the reports, where the profile's facts stand, what could not be read, and the options to repeat.

    `value` is what the profile file says at a path, and `not_understood` the words in it that nothing knows, by
    their paths; with the `vacancies`, sentences can name the words that a rule wants. `before` are the reports of the profile as it is,
    where facts were `added` to it (YAML, or the name of a file), and `compared` what has changed since an earlier answer. `quotes`:
    whether sentences may repeat names that the profile writes, and `remarks` what was told of it. `papers`: whether those to gather are
    shown. `asks` are the parts of the command that asks for what is missing, where there is one. `waiting` is what waiting brings, by
    vacancy.
    """

    reports: Sequence[Report]
    words: Words
    reference: Reference
    profile_name: str = "profile.yaml"
    place: Callable[[str], Place | None] = lambda path: None
    detail: bool = False
    unread: Sequence[str] = ()
    options: Sequence[str] = ()
    style: Style = Style()
    value: Callable[[str], Any] = lambda path: None
    vacancies: Sequence[Vacancy] = ()
    not_understood: Mapping[str, str] = {}
    before: Sequence[Report] | None = None
    quotes: bool = True
    remarks: Sequence[Diagnostic] = ()
    papers: bool = False
    added: Sequence[str] = ()
    compared: Compared | None = None
    asks: Sequence[str] = ()
    waiting: Mapping[str, Waiting] = {}


Format = Callable[[Shown], str]

FORMATS: Mapping[str, str] = {
    "text": "eligibility.reporters.text",
    "json": "eligibility.reporters.json_report",
    "jsonl": "eligibility.reporters.jsonl",
    "html": "eligibility.batch.writers.person",
}
"""Each format and its module, which is imported only when it is used and offers `render(shown) -> str`."""


def reporter(name: str) -> Format:
    """The function that renders a format."""
    render: Format = import_module(FORMATS[name]).render
    return render
