"""The sentences of one problem, in the order in which they are read."""

from __future__ import annotations

from typing import NamedTuple

from eligibility.diagnostic import Diagnostic
from eligibility.wording import Words


class Sentence(NamedTuple):
    """`severity` in a word, what is wrong, what was probably meant, and what else helps (both may be empty)."""

    severity: str
    message: str
    guess: str
    help: str


def sentence_of(problem: Diagnostic, words: Words) -> Sentence:
    """A problem in words. Raises MissingMessage."""
    message, hint = words.problem(problem.code, problem.params)
    guess = ""
    if suggestion := problem.params.get("suggestion"):
        word = words.either(suggestion) if isinstance(suggestion, list | tuple) else suggestion
        guess = words.text("did_you_mean", word=word)
        guess = guess if hint.startswith(guess) else ""
    return Sentence(words.text(f"severity.{problem.severity}"), message, guess, hint.removeprefix(guess).lstrip())
