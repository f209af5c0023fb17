"""Who and what comes first on the page: the people who are nearest to an open vacancy, the vacancies most people are eligible for."""

from __future__ import annotations

from collections.abc import Sequence

from eligibility.batch.results import Cell, Row
from eligibility.batch.writers.offers import Offer
from eligibility.batch.writers.tally import WORDS, Tally
from eligibility.verdict import Closing

_NEVER = 10_000_000


def columns(tally: Tally) -> tuple[int, ...]:
    """The numbers of the vacancies: those that are open by how many people are eligible, or might be; then those that are closed."""
    offers = tally.offers

    def place(index: int) -> tuple[int, ...]:
        counted = tally.words[index]
        return (_shut(offers[index]), *(-counted[word] for word in WORDS[:2]), _due(offers[index]), index)

    return tuple(sorted(range(len(offers)), key=place))


def best(row: Row, offers: Sequence[Offer]) -> int | None:
    """The number of the vacancy that somebody is nearest to: that still open, for which least is not met, then which closes first."""
    open_ = [index for index, offer in enumerate(offers) if not _shut(offer)]
    return min(open_, key=lambda index: (*_distance(row.cells[index]), _due(offers[index]), index), default=None)


def nearness(row: Row, offers: Sequence[Offer]) -> tuple[int, ...]:
    """What people are sorted by: how near each is to the vacancy of `best`, then when that closes, then the order of the input."""
    index = best(row, offers)
    return (len(WORDS), 0, _NEVER, row.number) if index is None else (*_distance(row.cells[index]), _due(offers[index]), row.number)


def due(row: Row, offers: Sequence[Offer]) -> int:
    """The first day on which a vacancy closes that somebody is eligible for, or might be; far away where there is none."""
    days = [_due(offer) for cell, offer in zip(row.cells, offers, strict=True) if cell.word in WORDS[:2]]
    return min(days, default=_NEVER)


def _distance(cell: Cell) -> tuple[int, int]:
    return WORDS.index(cell.word), len(cell.unmet)


def _shut(offer: Offer) -> bool:
    return offer.closing is Closing.CLOSED


def _due(offer: Offer) -> int:
    return _NEVER if offer.safe_day is None else offer.safe_day
