"""A hierarchy of terms: kinds of employer, fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eligibility.reference.answer import DISPUTED, NO, UNKNOWN_ID, VAGUE, YES, Answer


class Tree:
    """Terms of which a narrower one satisfies a wider one; a term may have several parents.

    Each row may name `parents`, terms it is disputed to belong to (`unknown_for`) and terms that are close (`related`); a `broad`
    one stands for many things that have no term of their own.
    """

    __slots__ = ("_above", "_below", "_known", "_rows")

    def __init__(self, rows: Mapping[str, Mapping[str, Any]]) -> None:
        self._rows = rows
        self._above: dict[str, frozenset[str]] = {}
        self._below: dict[str, frozenset[str]] = {}
        self._known: dict[tuple[str, str], Answer] = {}

    def __contains__(self, name: object) -> bool:
        return name in self._rows

    def terms(self) -> tuple[str, ...]:
        return tuple(sorted(self._rows))

    def parents(self, name: str) -> tuple[str, ...]:
        """The next wider terms, as they are listed."""
        return tuple(self._rows[name].get("parents", ()))

    def within(self, value: str, wanted: str) -> Answer:
        """Whether `value` is `wanted` or narrower.

        It may be where a dispute about it, or about a wider term it is under, would settle it (`disputed`), and where
        something narrower than `value` is or may be `wanted` (`vague`).
        """
        known = self._known.get((value, wanted))
        if known is None:
            if value not in self._rows or wanted not in self._rows:
                return YES if value == wanted else UNKNOWN_ID
            known = self._known[value, wanted] = self._within(value, wanted)
        return known

    def _within(self, value: str, wanted: str) -> Answer:
        if wanted in self.above(value):
            return YES
        if wanted in self._disputed(value):
            return DISPUTED
        narrower = self.below(value)
        return VAGUE if any(wanted in self.above(one) or wanted in self._disputed(one) for one in narrower) else NO

    def is_broad(self, name: str) -> bool:
        """Whether a term is a collective one (engineering, the humanities): what it holds is not all in the tree."""
        return bool(self._rows[name].get("broad")) if name in self._rows else False

    def is_related(self, value: str, wanted: str) -> bool:
        """Whether `value`, or a term it is under, is said to be close to `wanted` or to a narrower term; never inclusion."""
        if value not in self._rows or wanted not in self._rows:
            return False
        asked = self.below(wanted)
        return any(
            not asked.isdisjoint(self._rows[one].get("related", ())) or any(one in self._rows[a].get("related", ()) for a in asked)
            for one in self.above(value)
        )

    def above(self, name: str) -> frozenset[str]:
        """The term and all it is under."""
        found = self._above.get(name)
        if found is None:
            parents = (self.above(parent) for parent in self._rows[name].get("parents", ()))
            found = self._above[name] = frozenset({name}).union(*parents)
        return found

    def below(self, name: str) -> frozenset[str]:
        """The term and all that is under it."""
        if not self._below:
            self._below = {wide: frozenset(one for one in self._rows if wide in self.above(one)) for wide in self._rows}
        return self._below[name]

    def _disputed(self, name: str) -> frozenset[str]:
        """All that the term may be under, if every dispute about it were settled with a yes."""
        claims = (self._rows[one].get("unknown_for", ()) for one in self.above(name))
        return frozenset[str]().union(*(self.above(wide) for claim in claims for wide in claim))
