"""Deadlines on a line of time: where on it each of them lies, in percent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from eligibility.batch.writers.offers import Offer
from eligibility.verdict import Closing
from eligibility.wording import Words

_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
_TICKS = 6


class Mark(NamedTuple):
    """One deadline: the number of its offer, when it closes in words, and its place on the line; other readings apart."""

    offer: int
    closed: bool
    day: str
    left: str
    place: float
    others: tuple[float, ...]


class Timeline(NamedTuple):
    """The deadlines in the order of time; `ticks` are months with their places; `without` the offers that have no deadline."""

    today: float
    ticks: tuple[tuple[str, float], ...]
    marks: tuple[Mark, ...]
    without: tuple[int, ...]


def timeline(offers: Sequence[Offer], on: date, words: Words) -> Timeline:
    """Every deadline on one line that also holds the day of application."""
    today = on.toordinal()
    days = [day for offer in offers for day in offer.days]
    first, last = min([today, *days]), max([today, *days])
    room = max(15, (last - first) // 20)
    first, last = max(1, first - room), min(date.max.toordinal(), last + room)

    def place(day: int) -> float:
        return round(100 * (day - first) / (last - first), 2)

    marks = [
        Mark(
            index,
            offer.closing is Closing.CLOSED,
            offer.due if offer.by_option else words.date(offer.days[0]),
            offer.left,
            place(offer.days[0]),
            tuple(place(day) for day in offer.days[1:]),
        )
        for index, offer in enumerate(offers)
        if offer.days
    ]
    marks.sort(key=lambda mark: (min(offers[mark.offer].days), mark.offer))
    ticks = tuple((words.month(day), place(day)) for day in _ticks(first, last))
    return Timeline(place(today), ticks, tuple(marks), tuple(index for index, offer in enumerate(offers) if not offer.days))


def _ticks(first: int, last: int) -> list[int]:
    """First days of months, at most six."""
    start, end = date.fromordinal(first), date.fromordinal(last)
    months = range(start.year * 12 + start.month, end.year * 12 + end.month)
    for step in _STEPS:
        found = [month for month in months if month % step == 0]
        if len(found) <= _TICKS:
            return [date(month // 12, month % 12 + 1, 1).toordinal() for month in found]
    return []
