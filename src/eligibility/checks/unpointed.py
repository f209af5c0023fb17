"""A sentence of the notice that looks like a condition, and that nothing in the rule file points to.

Whoever is turned away by it learns so from the recruiter, not from the report. The text is looked at when it lies beside the rule
file, as for W316. A criterion points to a sentence by quoting it, or some of it, or with a `clause` that names its line (`line 12`,
`lines 12 to 14`), or its number under its heading (`Requirements, 3`). What decides nothing goes under `information`, with its
clause; a comment beside the `document` silences what is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from eligibility.checks.base import Problem, Rule
from eligibility.checks.notices import gives_the_deadline

if TYPE_CHECKING:
    from eligibility.notices.pointed import Entry

CODE = "N327"
WRONG = """
notice: {document: notice.txt}
criteria:
  - {id: experience, kind: experience, at_least: 2 years, clause: "1"}
"""
RIGHT = """
notice: {document: notice.txt}
criteria:
  - {id: age, kind: age, at_least: 18, clause: "line 2"}
  - {id: languages, kind: language, of: [fr, en], quote: "They must speak […]"}
"""

_SHOWN = 100
"""Characters of a sentence that are told."""


def check(rule: Rule) -> Iterator[Problem]:
    """A problem at `notice.document` for each sentence that nothing points to, with its line in the notice."""
    if rule.notice_text is None:
        return
    from eligibility.notices.notice import LONGEST, read_notice  # few rule files have their notice beside them
    from eligibility.notices.pointed import Pointed

    at = ("notice", "document")
    if len(rule.notice_text) > LONGEST:
        yield Problem(CODE, at, {"form": "long"})
        return
    notice = read_notice(rule.notice_text)
    pointed = Pointed(rule.notice_text, notice.parts)
    lines: set[tuple[int, str]] = set()
    for index, entries in enumerate(pointed.pointed(entries_of(rule))):
        if entries:
            lines.add((notice.parts[index].line, notice.parts[index].text))
    left = [[one for one in post.findings if (one.line, one.text) not in lines] for post in notice.posts]
    posts = zip(notice.posts, left, strict=True)
    post, found = max(posts, key=lambda one: len(one[0].findings) - len(one[1]))  # of several posts, the one that the rule speaks of
    for one in found:
        if not gives_the_deadline(one, post.days, rule.vacancy):
            yield Problem(CODE, at, {"line": one.line, "text": one.text if len(one.text) <= _SHOWN else f"{one.text[:_SHOWN].rstrip()}…"})


def entries_of(rule: Rule) -> list[Entry]:
    """What the criteria and the information of a rule file point to."""
    from eligibility.notices.pointed import Entry

    return [
        *(Entry(_text(raw.get("quote")), _text(raw.get("clause"))) for raw, _, _ in rule.criteria),
        *(Entry(None, one.clause) for one in rule.vacancy.information),
    ]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
