"""Problems silenced in the file itself: `# eligibility: ignore[W313] the notice has no clauses`.

The comment stands at the end of the line it is for, or alone on the line before. It needs a reason. Of the errors only those are
silenced that are about the meaning of a file that can be read; the file is then used as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from eligibility.diagnostic import Diagnostic, Place

NO_REASON = "W320"
UNUSED = "W321"

_COMMENT = re.compile(r"(?:^|\s)(#\s*eligibility:\s*ignore\[\s*([A-Z]\d{3}(?:\s*,\s*[A-Z]\d{3})*)\s*\])[ \t:—–-]*(.*?)\s*$")
_OF_MEANING = frozenset({"E303", "E304", "E307", "E308", "E309"})  # errors that somebody may have meant


class Suppression(NamedTuple):
    """One comment: where it stands, the line it is for, the codes it silences, and why."""

    place: Place
    line: int
    codes: tuple[str, ...]
    reason: str


def suppressions_in(text: str, file: str) -> list[Suppression]:
    """Every such comment of a file, in line order."""
    if "eligibility:" not in text:
        return []
    lines = text.splitlines()
    found = []
    for number, line in enumerate(lines, start=1):
        comment = _COMMENT.search(line)
        if comment is None:
            continue
        about = number
        if not line[: comment.start(1)].strip():  # alone on its line: for the next line that is not a comment
            about = next((n for n in range(number + 1, len(lines) + 1) if not lines[n - 1].lstrip().startswith("#")), number)
        place = Place(file, number, comment.start(1) + 1, comment.end(1) + 1)
        found.append(Suppression(place, about, tuple(re.split(r"\s*,\s*", comment[2])), comment[3]))
    return found


def silence(diagnostics: Sequence[Diagnostic], comments: Sequence[Suppression]) -> tuple[list[Diagnostic], int]:
    """The diagnostics that are left, with those about the comments themselves; and how many were silenced."""
    if not comments:
        return list(diagnostics), 0
    used: set[tuple[int, str]] = set()
    kept = []
    for one in diagnostics:
        hit = [index for index, comment in enumerate(comments) if comment.line == one.place.line and one.code in comment.codes]
        if hit and _can_be_silenced(one.code):
            used |= {(index, one.code) for index in hit}
        else:
            kept.append(one)
    return [*kept, *_about_comments(comments, used)], len(diagnostics) - len(kept)


def _about_comments(comments: Sequence[Suppression], used: set[tuple[int, str]]) -> Iterator[Diagnostic]:
    for index, comment in enumerate(comments):
        for code in comment.codes:
            if (index, code) not in used:
                yield Diagnostic(UNUSED, comment.place, {"code": code})
        if not comment.reason:
            yield Diagnostic(NO_REASON, comment.place, {"codes": ", ".join(comment.codes)})


def _can_be_silenced(code: str) -> bool:
    return code[0] != "E" or code in _OF_MEANING
