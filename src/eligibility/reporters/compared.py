"""What a page or a terminal says of changes: with facts added, or since an earlier answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from eligibility.verdict import Outcome, Verdict
from eligibility.wording import Words


class Turned(NamedTuple):
    """A criterion with another verdict than before, in words; `reason` is why it is what it is now, where that is told."""

    label: str
    before: str
    verdict_before: Verdict
    after: str
    verdict: Verdict
    reason: str = ""


class Told(NamedTuple):
    """What changes for one vacancy, in words: both answers, each with its outcome and whether it is closed, and why, where that is told."""

    title: str
    answer_before: tuple[Outcome, bool]
    before: str
    answer: tuple[Outcome, bool]
    after: str
    why: str
    criteria: tuple[Turned, ...]


class Compared(NamedTuple):
    """What a page says of changes: what it is compared with, the facts that were added, what changes, and the rest in sentences."""

    title: str
    added: str
    changes: tuple[Told, ...]
    rest: tuple[str, ...] = ()


def answer_told(outcome: Outcome, closed: bool, words: Words) -> str:
    """An outcome in words; of what is closed, also what it was on the last day."""
    told = words.text(f"outcome.{outcome}")
    return words.text("since.closed", outcome=told) if closed else told


def added_told(added: Sequence[str], redacted: bool, words: Words) -> str:
    """That facts were added, and which; the facts may say when somebody was born, so whoever leaves that out does not tell them."""
    if redacted:
        return words.text("with.given_redacted")
    return words.text("with.given", facts="; ".join(" ".join(one.split()) for one in added))
