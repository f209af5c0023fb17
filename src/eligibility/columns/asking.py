"""A question and those who are asked it, as the parts of an answer see them; and what an answer rests on, as bits."""

from __future__ import annotations

from typing import Protocol

from eligibility.columns.asked import Asked
from eligibility.columns.kinds import Kinds
from eligibility.columns.people import Rows
from eligibility.columns.picked import Spans
from eligibility.columns.reading import Array
from eligibility.deciding.case import Case
from eligibility.question.grammar import Filter, Records, Window

BY_DAY, VAGUE, PERSON, FUTURE, LACKING, COMPLETE, MAYBE, SURE, SOME, SAID = (1 << at for at in range(10))
"""What an answer rests on: each a bit of a person."""


class Asking(Protocol):
    """A question, and those who are asked it."""

    kinds: Kinds
    question: Records
    rows: Rows
    owner: Array
    asked: Asked
    case: Case
    on: Array
    limit: Array

    def match(self, one: Filter, on: Array) -> Array:
        """How each record meets a filter."""

    def any(self, rows: Array) -> Array:
        """The people one of whose records is among these."""

    def count(self, rows: Array) -> Array:
        """How many of these records each has."""

    def rates(self) -> tuple[Array, Array, Array]:
        """The working time of each record that counts, in percent, at least and at most; and whether it is none of whole percent."""

    def window(self, window: Window) -> Spans:
        """The days of a window, of everybody."""
