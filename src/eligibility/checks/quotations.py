"""A quotation that is not in the text of the notice.

A reader takes `quote` for the words of the notice, and finds other words there, or none. The text is looked at when
`notice.document` names a file beside the rule file, or in a folder `notices` beside it; spaces, line ends and the shape of
apostrophes and quotation marks do not matter, and `[…]` stands for what was left out. Copy the sentence as it stands, or
take `quote` away and say it in your own words under `label`.
"""

from __future__ import annotations

from collections.abc import Iterator

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


def check(rule: Rule) -> Iterator[Problem]:
    """A problem at each quotation some part of which is not in the notice, in this order."""
    if rule.notice_text is None:
        return
    from eligibility.notices.pointed import quotable, quoted_at  # few rule files have their notice beside them

    notice = quotable(rule.notice_text)
    for raw, path, _ in rule.criteria:
        quote = raw.get("quote")
        if isinstance(quote, str) and quoted_at(quote, notice) is None:
            yield Problem(CODE, (*path, "quote"), {"document": rule.vacancy.notice.document if rule.vacancy.notice else ""})
