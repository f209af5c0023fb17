"""One world: the day of application, and an answer to each question that a rule and a profile leave open."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

Question = tuple[Hashable, ...]
"""What is asked, in words and numbers: ("experience[0]", "rate")."""


class UnknownKey(Exception):
    """A key, a kind or a form of the rule that the evaluator does not know."""


class Impossible(Exception):
    """A world that cannot be: a job that ends before it begins."""


def _never(question: Question, answers: Sequence[Any]) -> Any:
    raise AssertionError(f"an exact profile leaves nothing open: {question}")


class World:
    """`on` is the day of application as an ordinal. `menu` tells which answers are worth trying; an exact profile needs none.

    A question that has no answer yet gets one of those there may be by `choose`; the world keeps to it.
    """

    def __init__(
        self, on: int, answers: Mapping[Question, Any] = {}, menu: Any = None, choose: Callable[[Question, Sequence[Any]], Any] = _never
    ) -> None:
        self.on, self.answers, self.menu, self._choose = on, dict(answers), menu, choose

    def settle(self, question: Question, answers: Sequence[Any]) -> Any:
        """The answer to a question in this world."""
        if question not in self.answers:
            self.answers[question] = self._choose(question, answers)
        return self.answers[question]

    def holds(self, *question: Hashable) -> bool:
        """The answer to a question of yes or no."""
        return bool(self.settle(question, (True, False)))
