"""One world: the day of application, and an answer to each question that a rule and a profile leave open."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, NamedTuple

Question = tuple[Hashable, ...]
"""What is asked, in words and numbers: ("experience[0]", "rate")."""


class UnknownKey(Exception):
    """A key, a kind or a form of the rule that the evaluator does not know."""


class Impossible(Exception):
    """A world that cannot be: a job that ends before it begins."""


class Unsettled(Exception):
    """The world has no answer to a question; `answers` are those that there may be."""

    def __init__(self, question: Question, answers: Sequence[Any]) -> None:
        super().__init__(question)
        self.question = question
        self.answers = answers


class World(NamedTuple):
    """`on` is the day of application as an ordinal. `menu` tells which answers are worth trying; an exact profile needs none."""

    on: int
    answers: Mapping[Question, Any] = {}
    menu: Any = None

    def settle(self, question: Question, answers: Sequence[Any]) -> Any:
        """The answer to a question in this world."""
        if question in self.answers:
            return self.answers[question]
        raise Unsettled(question, answers)

    def holds(self, *question: Hashable) -> bool:
        """The answer to a question of yes or no."""
        return bool(self.settle(question, (True, False)))
