"""The page of every code: what is wrong, why it matters, an example that is wrong and one that is right.

The pages of the checks of meaning are their docstrings and examples. Those of all other codes are words in `wording/` and examples in
`examples.yaml`; both are for a rule file unless the example says otherwise.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from eligibility.checks import CHECKS
from eligibility.diagnostic import Diagnostic, Place, Severity
from eligibility.loading.files import read_source
from eligibility.loading.yaml_reader import read_yaml
from eligibility.wording import Words


class Page(NamedTuple):
    """The page of one code, in one language. `file` is what the examples are lines of: a `rule` file, a `profile`,
    `cases` beside a rule file, a `table` (CSV) or a map of its `columns`."""

    code: str
    severity: Severity
    heading: str
    text: str
    wrong: str
    right: str
    file: str = "rule"


def codes(words: Words) -> tuple[str, ...]:
    """Every code that has a page, sorted."""
    return tuple(sorted({*_checks(), *_examples(), *words.pages()}))


def page_of(code: str, words: Words) -> Page:
    """The page of a code. Raises KeyError for one that has none."""
    check = _checks().get(code)
    prose = words.page(code, inspect.cleandoc(check.__doc__ or "") if check is not None else None)
    heading, _, text = prose.partition("\n")
    severity = Diagnostic(code, Place("")).severity
    if check is not None:
        return Page(code, severity, heading, text.strip(), check.WRONG.strip("\n"), check.RIGHT.strip("\n"))
    example = _examples().get(code, {})
    wrong, right, file = (str(example.get(key, "")).rstrip("\n") for key in ("wrong", "right", "file"))
    return Page(code, severity, heading, text.strip(), wrong, right, file or "rule")


def summary_of(code: str, words: Words) -> tuple[str, str]:
    """The heading and the text of a page, each paragraph on one line: for formats that break no lines."""
    page = page_of(code, words)
    return page.heading, "\n".join(" ".join(paragraph.split("\n")) for paragraph in page.text.split("\n\n"))


def _checks() -> Mapping[str, Any]:
    return {one.CODE: one for one in CHECKS}


@cache
def _examples() -> Mapping[str, Mapping[str, Any]]:
    path = os.path.join(os.path.dirname(__file__), "examples.yaml")
    examples: Any = read_yaml(read_source(path)).data
    return dict(examples)
