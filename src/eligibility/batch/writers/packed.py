"""All explanations of a page in a few hundred kilobytes: equal ones are written once, the whole is deflated and written in Base64.

The browser unpacks it when somebody asks for an explanation; `unpacked` reads it back, for those who want to compare.

    strings   every text, once
    points    [criterion, verdict, required, reason, gap, lacks]: texts by their number, -1 for none
    cells     [outcome, closing, points …]
    steps     [what to do next, what to ask], by the number of the cell
    asks      for each row of the table, what to ask to settle most of all
    options   what the option is called that the outcome of a cell is told of, by the number of the cell
    people    for each row of the table, the number of its cell for each vacancy
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Any

from eligibility.answer import Gap
from eligibility.batch.results import Cell, Point, Row
from eligibility.batch.writers.offers import Offer
from eligibility.reporters.amounts_told import gap_told
from eligibility.reporters.layout import safe
from eligibility.reporters.sentences import Sentences
from eligibility.verdict import Closing, Outcome, Verdict

VERDICTS = tuple(Verdict)
OUTCOMES = tuple(Outcome)
CLOSINGS = tuple(Closing)


class Packer:
    """Collects the explanations of row after row."""

    def __init__(self, offers: Sequence[Offer], sentences: Sentences) -> None:
        self.offers = offers
        self.sentences = sentences
        self._strings: dict[str, int] = {}
        self._points: dict[tuple[int, ...], int] = {}
        self._cells: dict[tuple[tuple[int, ...], str | None, tuple[int, int]], int] = {}
        self._asks: list[int] = []
        self._people: list[list[int]] = []
        self._places = [{one.id: index for index, one in enumerate(offer.criteria)} for offer in offers]

    def add(self, row: Row) -> None:
        self._asks.append(self._string(row.question))
        self._people.append([self._cell(cell, places) for cell, places in zip(row.cells, self._places, strict=True)])

    def _cell(self, cell: Cell, places: dict[str, int]) -> int:
        points = (_number(self._points, self._point(one, places[one.id])) for one in cell.points)
        told = (OUTCOMES.index(cell.outcome), CLOSINGS.index(cell.closing), *points)
        step = (self._string(cell.action), self._string(cell.question))
        return _number(self._cells, (told, None if cell.option is None else safe(cell.option), step))

    def _point(self, point: Point, criterion: int) -> tuple[int, ...]:
        gap = gap_told(Gap(*point.gap), self.sentences.words) if point.gap is not None else None
        return (
            criterion,
            VERDICTS.index(point.verdict),
            int(point.required),
            self._string(point.reason),
            self._string(gap),
            self._string(point.lacks or None),
        )

    def _string(self, text: str | None) -> int:
        return -1 if text is None else _number(self._strings, safe(text))

    def packed(self) -> str:
        """Everything, as text in Base64."""
        everything = {
            "strings": list(self._strings),
            "points": list(self._points),
            "cells": [told for told, _, _ in self._cells],
            "options": {number: option for (_, option, _), number in self._cells.items() if option is not None},
            "steps": [step for _, _, step in self._cells],
            "asks": self._asks,
            "people": self._people,
            "offers": [_told(offer) for offer in self.offers],
        }
        text = json.dumps(everything, ensure_ascii=False, separators=(",", ":"))
        return b64encode(zlib.compress(text.encode(), 9)).decode()


def _number(known: dict[Any, int], one: Any) -> int:
    """The number of a thing that is written once."""
    return known.setdefault(one, len(known))


def _told(offer: Offer) -> dict[str, Any]:
    return {
        "id": safe(offer.id),
        "title": safe(offer.title),
        "organisation": safe(offer.organisation),
        "deadline": safe(offer.deadline),
        "due": safe(offer.due),
        "closed_but": [safe(offer.closed_but.get(outcome, "")) for outcome in OUTCOMES],
        "criteria": [[safe(one.label), safe(one.clause), safe(one.id)] for one in offer.criteria],
        "judged": [[safe(one.label), safe(one.clause)] for one in offer.judged],
        "contact": safe(offer.contact),
    }


def unpacked(text: str) -> dict[str, Any]:
    """What a page holds, from its Base64."""
    everything: dict[str, Any] = json.loads(zlib.decompress(b64decode(text)))
    return everything
