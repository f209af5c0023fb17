"""What a change of a rule does to people: who gains, who loses, who becomes open, and which criteria turn for how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from eligibility.batch.desk import Done
from eligibility.batch.results import Change
from eligibility.verdict import Outcome

WAYS = ("gains", "loses", "opens")
"""What may happen to somebody: to become likely eligible, to become not eligible, to become open."""
_WAY = {Outcome.LIKELY_ELIGIBLE: "gains", Outcome.NOT_ELIGIBLE: "loses", Outcome.MORE_INFORMATION: "opens"}


class Moved(NamedTuple):
    """Somebody with another outcome than before (`way` is one of WAYS), or with other criteria only (None)."""

    id: str
    name: str | None
    way: str | None
    change: Change


class Between:
    """Counts while people pass by, who were asked of both rules."""

    def __init__(self) -> None:
        self.people = self.unread = 0
        self.moved: list[Moved] = []
        self.criteria: Counter[tuple[str, str, str, str]] = Counter()
        """How many go from one verdict to another: by id and label of a criterion, before, after."""

    def watch(self, everybody: Iterator[Done]) -> Iterator[Done]:
        """The same people, counted."""
        for done in everybody:
            self._add(done)
            yield done

    def _add(self, done: Done) -> None:
        if not done.read:
            self.unread += 1
            return
        self.people += 1
        for change in () if done.since is None else done.since.changes:
            way = None if change.before is change.after else _WAY[change.after]
            self.moved.append(Moved(done.id, done.name, way, change))
            for one in change.criteria:
                self.criteria[one.id, one.label, one.before, one.after] += 1

    @property
    def changed(self) -> bool:
        """Whether anything is otherwise for anybody."""
        return bool(self.moved)

    def of_way(self, way: str | None) -> list[Moved]:
        """To whom that happens."""
        return [one for one in self.moved if one.way == way]

    def turned(self) -> list[tuple[tuple[str, str, str, str], int]]:
        """The criteria that turn, those of most people first."""
        return sorted(self.criteria.items(), key=lambda one: (-one[1], one[0]))
