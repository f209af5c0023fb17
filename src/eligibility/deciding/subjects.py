"""Exams: how many different subjects there are. A word that nobody declares may stand for any of them."""

from __future__ import annotations

from collections.abc import Iterable

from eligibility.deciding.case import Case
from eligibility.deciding.filters_terms import is_declared, meant
from eligibility.deciding.selection import Selection
from eligibility.facts import Row
from eligibility.question.filters import Terms
from eligibility.question.grammar import Records


def number_of_subjects(question: Records, selection: Selection, case: Case) -> tuple[int, int, tuple[str, ...]]:
    """How many different subjects there are, at least and at most, and what would tell."""
    vague = tuple(row.key("subject") for row in selection.both if known_word(question, row, 0, case) is None)
    return len(surely_apart(question, selection.sure, case)), len(perhaps_apart(question, selection.both, case)), vague


def told_apart(question: Records, which: int) -> Terms:
    """What tells whether two words are one subject (0), or one exam (1)."""
    one = question.told_apart[which]
    assert isinstance(one, Terms)
    return one


def said_word(question: Records, row: Row, which: int, case: Case) -> str | None:
    """The subject (0) or the exam (1) of a record, in the word that stands for it."""
    one = told_apart(question, which)
    word = row.values.get(one.attribute)
    return None if word is None else meant(one, word, case)


def known_word(question: Records, row: Row, which: int, case: Case) -> str | None:
    """The same where somebody declares the word: another one may mean anything."""
    word = said_word(question, row, which, case)
    return word if word is not None and is_declared(told_apart(question, which), word, case) else None


def surely_apart(question: Records, rows: Iterable[Row], case: Case) -> dict[str, list[Row]]:
    """Records by subject, as far as the subjects surely differ. One that may be any of the others counts only where it is alone."""
    found: dict[str, list[Row]] = {}
    others: list[Row] = []
    for row in rows:
        known = known_word(question, row, 0, case)
        (others if known is None else found.setdefault(known, [])).append(row)
    return found or ({"": others} if others else {})


def perhaps_apart(question: Records, rows: Iterable[Row], case: Case) -> dict[str, list[Row]]:
    """Records by subject, as many different ones as there can be."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(said_word(question, row, 0, case) or row.path, []).append(row)
    return found
