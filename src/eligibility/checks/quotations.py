"""A quotation that is not in the text of the notice.

A reader takes `quote` for the words of the notice, and finds other words there, or none. The text is looked at when
`notice.document` names a file beside the rule file, or in a folder `notices` beside it; spaces, line ends and the shape of
apostrophes and quotation marks do not matter, and `[…]` stands for what was left out. Copy the sentence as it stands, or
take `quote` away and say it in your own words under `label`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from eligibility.checks.base import Problem, Rule

CODE = "W316"
WRONG = """
notice: {document: notice.txt}
criteria:
  - {id: age, kind: age, at_least: 18, quote: "Candidates must be adults."}
"""
RIGHT = """
notice: {document: notice.txt}
criteria:
  - {id: age, kind: age, at_least: 18, quote: "Candidates must be at least 18 years old."}
"""

_SAME = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "«": '"', "»": '"', "\u00ad": None, "\u2011": "-"})
_LEFT_OUT = re.compile(r"\[\s*(?:…|\.\.\.)\s*\]|…|\.\.\.")


def check(rule: Rule) -> Iterator[Problem]:
    """A problem at each quotation some part of which is not in the notice, in this order."""
    if rule.notice_text is None:
        return
    notice = _plain(rule.notice_text)
    for raw, path, _ in rule.criteria:
        quote = raw.get("quote")
        if isinstance(quote, str) and not _stands_in(quote, notice):
            yield Problem(CODE, (*path, "quote"), {"document": rule.vacancy.notice.document if rule.vacancy.notice else ""})


def _stands_in(quote: str, notice: str) -> bool:
    at = 0
    for part in map(_plain, _LEFT_OUT.split(quote)):
        found = notice.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True


def _plain(text: str) -> str:
    """The text without what print and typing may change: spaces, line ends, the shape of apostrophes and quotation marks."""
    text = normalize("NFC", text).translate(_SAME)
    return " ".join(re.sub(r'\s*"\s*', '"', text).split())
