"""How long a job has lasted with one employer: jobs by employer, and the unbroken stretch that reaches a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from eligibility.dates import NOTHING, Cover, Spell, one_day
from eligibility.deciding.case import Case
from eligibility.deciding.measured import Measured
from eligibility.deciding.names import alike, folded
from eligibility.deciding.selection import Selection, last_day, select
from eligibility.deciding.stretches import stretches_where
from eligibility.facts import Row
from eligibility.question.grammar import Records
from eligibility.verdict import UNKNOWN


def seniority(question: Records, selection: Selection, rows: Sequence[Row], case: Case, on: int) -> Measured:
    """How long the job held on the day has lasted with the same employer, or had one that is over; moves inside one employer join up.

    Employers are told apart by name. A job without a name may be with any employer of its kind.
    """
    limit = last_day(question, on)
    lacking: tuple[str, ...] = ()
    if question.filters or question.other_than or case.same is not None:
        kin, lacking = _jobs_of_the_kind(question, rows, case, on, limit)
    else:
        names = case.session.names
        kin = Employers(rows, own=names) if question.whose or names else case.facts.about(rows, Employers)
    best_low, best_high = NOTHING, NOTHING
    both = selection.both
    for row in selection.sure:
        if question.asks_of_end and row.core[0] > row.core[1]:  # on no day surely held
            continue
        low = kin.least(row, min(limit, row.core[1]) if question.asks_of_end else limit)
        if low.percent_days > best_low.percent_days:
            best_low = low
    for row in both:
        high = kin.most(row, min(limit, row.hull[1]) if question.asks_of_end else limit)
        if high.percent_days > best_high.percent_days:
            best_high = high
    if best_high == best_low:  # one and the same is compared once
        best_high = best_low
    return Measured(best_low, best_high, lambda: (*lacking, *kin.untold(both)), selection.sure)


def _jobs_of_the_kind(question: Records, rows: Sequence[Row], case: Case, on: int, limit: int) -> tuple[Employers, tuple[str, ...]]:
    """The jobs that match at any time, by employer, and what would tell whether others do: what is asked of a job holds for the whole
    length."""
    picked = select(question, rows, case, one_day(on), sieve=question.lasting)
    surely = {row.path for row in picked.sure}

    def spent(row: Row, certain: bool) -> list[tuple[int, int]]:
        if certain and row.path not in surely:
            return []
        first, last = row.core if certain else row.hull
        return stretches_where((first, min(last, limit)), question.dynamic, row, case, certain) if question.dynamic else [(first, last)]

    one = case.same is not None and case.same[0] == "employer"
    return Employers(picked.both, spent, one, case.session.names), tuple(path for _, paths, _ in picked.maybe for path in paths)


class Employers:
    """Jobs by employer. What is the same for all jobs of one employer is worked out once, so that many jobs take little longer."""

    def __init__(
        self, rows: Sequence[Row], spent: Callable[[Row, bool], list[tuple[int, int]]] | None = None, one: bool = False,
        own: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:  # fmt: skip
        self.spent = spent or _whole
        """The days of a job that count, surely or possibly."""
        self.one = rows if one else None
        """The jobs, where they are looked at as those of one employer that have its name or may have it."""
        self.own = own or {}
        """The words of the lists of the notice, with their other names."""
        self.named: dict[str, list[Row]] = {}
        self.of_kind: dict[Any, list[Row]] = {}
        self.nameless: dict[Any, list[Row]] = {}
        keys: dict[str, str] = {}
        listed = {folded(name): word for word, names in self.own.items() for name in (*names, word)}
        self.keys: dict[str, str] = {}
        """Of each name, the first of the names that are written like it or that the notice lists beside it."""
        for row in rows:
            name, employer = row.values.get("employer_name"), row.values.get("employer")
            if name:
                if name not in self.keys:
                    plain = folded(name)
                    self.keys[name] = keys.setdefault(listed.get(plain, plain), name)
                self.named.setdefault(self.keys[name], []).append(row)
            if employer:
                self.of_kind.setdefault(employer, []).append(row)
                if name is None:
                    self.nameless.setdefault(employer, []).append(row)
        self.lows: dict[tuple[str, int], Cover] = {}
        self.highs: dict[tuple[str | None, Any, int], Cover] = {}
        self.likes: dict[str, list[Row]] = {}

    def _key(self, name: str | None) -> str | None:
        return self.keys[name] if name else name

    def _mine(self, row: Row, name: str | None) -> list[Row]:
        return [*self.named[name], *self._like(name)] if name else [row]

    def _like(self, name: str) -> list[Row]:
        """The jobs whose employer may be the same one under another name."""
        found = self.likes.get(name)
        if found is None:
            others = self.named if len(self.named) <= _MOST_COMPARED else ()
            like = [other for other in others if other != name and alike(name, other, self.own) is UNKNOWN]
            found = self.likes[name] = [row for other in like for row in self.named[other]]
        return found

    def _perhaps(self, name: str | None, employer: Any) -> Sequence[Row]:
        """The jobs that may be with the same employer; with a job that has no name itself among them."""
        if self.one is not None:
            return self.one
        return (self.of_kind if name is None else self.nameless).get(employer, []) if employer else []

    def least(self, row: Row, limit: int) -> Cover:
        """How long it surely has lasted."""
        name = self._key(row.values.get("employer_name"))
        if not name:
            return _reaching(self.spent(row, True), limit)
        low = self.lows.get((name, limit))
        if low is None:
            low = self.lows[name, limit] = _reaching([days for one in self.named[name] for days in self.spent(one, True)], limit)
        return low

    def most(self, row: Row, limit: int) -> Cover:
        """How long it may have lasted."""
        name, employer = self._key(row.values.get("employer_name")), row.values.get("employer")
        perhaps = self._perhaps(name, employer)
        if not (name or perhaps):
            return _reaching(self.spent(row, False), limit)
        key = (None, None, limit) if self.one is not None else ((row.path if name == "" else name), (employer if perhaps else None), limit)
        high = self.highs.get(key)
        if high is None:
            high = self.highs[key] = _reaching(
                [days for one in (*self._mine(row, name), *perhaps) for days in self.spent(one, False)], limit
            )
        return high

    def untold(self, rows: Sequence[Row]) -> tuple[str, ...]:
        """What would tell how long jobs have lasted: their days, and the names that tell whether employers are the same."""
        missing: dict[str, None] = {}
        told: set[tuple[bool, Any]] = set()
        for row in rows:
            name, employer = self._key(row.values.get("employer_name")), row.values.get("employer")
            perhaps = self._perhaps(name, employer)
            others = len(perhaps) - (self.one is not None or (name is None and bool(employer)))
            missing.update(dict.fromkeys(row.vague_dates()))
            if others and (name is None, employer) not in told:  # the same jobs, which need not be named twice
                told.add((name is None, employer))
                missing.update({f"{one.path}.employer_name": None for one in (row, *perhaps) if "employer_name" not in one.values})
            if name and (like := self._like(name)):
                missing.update({f"{one.path}.employer_name": None for one in (row, *like)})
        return tuple(missing)


_MOST_COMPARED = 100
"""The names of so many employers are compared with each other; of more, only those that are written the same are one."""


def _whole(row: Row, certain: bool) -> list[tuple[int, int]]:
    return [row.core if certain else row.hull]


def _reaching(stretches: list[tuple[int, int]], day: int) -> Cover:
    """The unbroken stretch that reaches `day`, cut there."""
    start = day + 1
    for first, last in sorted(stretches, key=_last_of, reverse=True):
        if last < start - 1:
            break
        if first <= last:
            start = min(start, first)
    return NOTHING if start > day else Cover((day - start + 1) * 100, (Spell(start, day),), one=True)


def _last_of(stretch: tuple[int, int]) -> int:
    return stretch[1]
