"""How many people meet what: counted while rows pass by, so that a page of the first thousand knows the totals of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from eligibility.batch.results import Row
from eligibility.batch.writers.offers import Offer
from eligibility.verdict import Outcome, Verdict

WORDS = (*map(str, Outcome), "closed")
"""The words of cells, the best first."""


class Tally:
    """Counts of people, by the word of their cell, by criterion, and by the best they have."""

    def __init__(self, offers: Sequence[Offer]) -> None:
        self.offers = offers
        self.people = 0
        self.unread = 0
        self.words: list[Counter[str]] = [Counter() for _ in offers]
        self.verdicts: list[dict[str, Counter[Verdict]]] = [{one.id: Counter() for one in offer.criteria} for offer in offers]
        self.best: Counter[str] = Counter()

    def add(self, row: Row) -> None:
        if not row.read:
            self.unread += 1
            return
        self.people += 1
        words = [cell.word for cell in row.cells]
        for cell, word, counted, verdicts in zip(row.cells, words, self.words, self.verdicts, strict=True):
            counted[word] += 1
            for point in cell.points:
                verdicts[point.id][point.verdict] += 1
        if words:
            self.best[min(words, key=WORDS.index)] += 1

    def arranged(self, order: Sequence[int]) -> Tally:
        """The same, with the vacancies in another order."""
        other = Tally([self.offers[index] for index in order])
        other.people, other.unread, other.best = self.people, self.unread, self.best
        other.words = [self.words[index] for index in order]
        other.verdicts = [self.verdicts[index] for index in order]
        return other

    @property
    def cells(self) -> int:
        return self.people * len(self.offers)

    def total(self, word: str) -> int:
        """How many cells hold a word."""
        return sum(counted[word] for counted in self.words)
