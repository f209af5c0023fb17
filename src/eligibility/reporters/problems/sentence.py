"""The sentences of one problem, in the order in which they are read."""

from __future__ import annotations

from typing import NamedTuple

from eligibility.diagnostic import Diagnostic
from eligibility.reporters.layout import safe
from eligibility.wording import Words


class Advice(NamedTuple):
    """What was probably meant, and what else helps; both may be empty."""

    guess: str
    help: str


def advice_of(problem: Diagnostic, words: Words) -> Advice:
    """What to do about a problem. Raises MissingMessage, as all here do for a code without words."""
    _, hint = words.problem(problem.code, problem.params)
    guess = ""
    if suggestion := problem.params.get("suggestion"):
        word = words.either(suggestion) if isinstance(suggestion, list | tuple) else suggestion
        guess = words.text("did_you_mean", word=word)
        guess = guess if hint.startswith(guess) else ""
    return Advice(guess, hint.removeprefix(guess).lstrip())


def heading(problem: Diagnostic, words: Words) -> str:
    """`error[E105]: this date does not exist: …`, in the spelling of the language."""
    severity, message = words.text(f"severity.{problem.severity}"), words.problem(problem.code, problem.params).message
    return f"{severity}[{problem.code}]{words.text('colon')} {message}"


def helped(text: str, words: Words) -> str:
    """`help: …`, and nothing for nothing."""
    return f"{words.text('help')}{words.text('colon')} {text}" if text else ""


def in_lines(problem: Diagnostic, words: Words) -> list[str]:
    """The sentence and, on a line of its own, what helps; no character in them can drive a terminal or break a line."""
    message, hint = words.problem(problem.code, problem.params)
    return [safe(line) for line in (message, helped(hint, words)) if line]
