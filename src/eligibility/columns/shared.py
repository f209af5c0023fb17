"""What the questions of several vacancies have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable

from eligibility.columns.kinds import Kinds, Truths


class Shared:
    """What questions of different vacancies have in common: the answers there have been, by what is asked and on which days.

    Where only `outcomes` are asked for, an answer is its verdict, and what is made of verdicts depends on the form of a criterion alone.
    """

    def __init__(self, outcomes: bool) -> None:
        self.outcomes = outcomes
        self._kinds: dict[Hashable, Kinds] = {}
        self.seen: dict[Hashable, dict[Hashable, tuple[int, int]]] = {}
        """By question, the number and the gap of the answer to whoever has so many and such records."""
        self.often: Counter[Hashable] = Counter()
        """How often each question is asked in all vacancies."""
        self._numbers: dict[Hashable, int] = {}

    def kinds_of(self, key: Hashable) -> Kinds:
        """The answers to what has a key."""
        found = self._kinds.get(key)
        if found is None:
            found = self._kinds[key] = Truths() if self.outcomes else Kinds()
        return found

    def number(self, *said: Hashable) -> int:
        """The number of what is asked."""
        return self._numbers.setdefault(said, len(self._numbers))
