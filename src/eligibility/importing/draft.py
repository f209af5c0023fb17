"""A profile that is being read from a CV: its facts, what was doubtful about each, and what found no place in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

Record = dict[str, Any]


class Doubt(NamedTuple):
    """Something to look at: the key of its sentence (`import.doubt.KEY`) and the facts of it."""

    key: str
    params: Mapping[str, Any]


class Entry:
    """One record of a list, and what is doubtful about it."""

    __slots__ = ("doubts", "record", "where")

    def __init__(self, where: str) -> None:
        self.where = where
        self.record: Record = {}
        self.doubts: list[Doubt] = []

    def doubt(self, key: str, **params: Any) -> None:
        """Note something to look at."""
        self.doubts.append(Doubt(key, params))


class Draft:
    """What one or several files say of a person.

    `facts` are the single facts, `lists` the records; `doubts` are those of single facts, by key, and of the whole (empty key).
    `complete` are the lists that the source says are whole; `unplaced` what no key of a profile holds, by where it stands.
    """

    def __init__(self) -> None:
        self.forms: list[tuple[str, str]] = []  # the file, and what it is
        self.facts: dict[str, Any] = {}
        self.lists: dict[str, list[Entry]] = {}
        self.doubts: dict[str, list[Doubt]] = {}
        self.complete: set[str] = set()
        self.unplaced: dict[str, None] = {}

    def entry(self, name: str, where: str) -> Entry:
        """A new record of a list."""
        found = Entry(where)
        self.lists.setdefault(name, []).append(found)
        return found

    def doubt(self, about: str, key: str, **params: Any) -> None:
        """Note something to look at, about a single fact or (empty) about all of it."""
        self.doubts.setdefault(about, []).append(Doubt(key, params))

    def left(self, *names: str) -> None:
        """Note what finds no place in a profile."""
        self.unplaced.update(dict.fromkeys(names))

    def merge(self, other: Draft) -> None:
        """What another file says of the same person: what differs is left out and asked, what is said twice counts once."""
        self.forms += other.forms
        for key, value in other.facts.items():
            known = self.facts.get(key)
            if known is None or known == value:
                self.facts[key] = value
            else:
                self.doubt(key, "differ", first=known, second=value)
                other.doubts.pop(key, None)
        for key in [about for about, doubts in self.doubts.items() if any(one.key == "differ" for one in doubts)]:
            self.facts.pop(key, None)
        for about, doubts in other.doubts.items():
            self.doubts.setdefault(about, []).extend(doubts)
        for name, entries in other.lists.items():
            known_entries = self.lists.setdefault(name, [])
            known_entries += [one for one in entries if all(one.record != known.record for known in known_entries)]
        self.complete |= other.complete
        self.left(*other.unplaced)

    @property
    def says_something(self) -> bool:
        """Whether it holds anything that a profile can."""
        return bool(self.facts) or any(one.record for entries in self.lists.values() for one in entries)

    @property
    def data(self) -> Record:
        """The profile in plain data."""
        found: Record = dict(self.facts)
        for name, entries in self.lists.items():
            if records := [one.record for one in entries if one.record]:
                found[name] = [one["country"] if set(one) == {"country"} else one for one in records] if name == "citizenships" else records
        if unsure := [name for name in found if name in self.lists and name not in self.complete]:
            found["incomplete"] = unsure
        return found


def joined(names: Iterable[str | None]) -> str:
    """The parts of a name that are there."""
    return " ".join(part.strip() for part in names if part and part.strip())
