"""Amounts: how much the records that count add up to, at least and at most. Overlaps once, part time pro rata."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from eligibility.criteria.bounds import compare_time
from eligibility.criteria.moments import Spans
from eligibility.criteria.records import Cap, RecordSelection, Selection, new_tuple
from eligibility.criteria.stretches import stretches_where
from eligibility.dates import FOREVER, LONG_AGO, NOTHING, Cover, Days, Length, Spell, cover, one_day, runs_within, unbroken

if TYPE_CHECKING:
    from eligibility.criteria.case import Case
    from eligibility.facts import Row


ENDLESS = Cover(FOREVER * 100, ((LONG_AGO, FOREVER),))
"""Any amount of time: what a list that is not complete may hold."""


class Measured(NamedTuple):
    """How much there is, at least and at most, in the unit of the bound; and what would make it exact, worked out when it is asked for."""

    low: Any
    high: Any
    why_vague: Callable[[], tuple[str, ...]]
    rows: Sequence[Row]

    @property
    def missing(self) -> tuple[str, ...]:
        """The paths of the facts that would make it exact."""
        return self.why_vague()


def exactly() -> tuple[str, ...]:
    """What is missing to know an amount that is exact."""
    return ()


def _known(missing: tuple[str, ...]) -> Callable[[], tuple[str, ...]]:
    """What is missing, where it has been found on the way."""
    return partial(tuple, missing) if missing else exactly


class RecordAmounts(RecordSelection):
    """How much time, how many records, hours or credits there are."""

    __slots__ = ()

    def spells(self, rows: Iterable[Row], case: Case, on: int, surely: bool, spans: Spans | None) -> list[Spell]:
        """The stretches of records that count: their core days at the lowest rate, or their hulls at the highest."""
        limit = self._last_day(on) if self.since is None else FOREVER
        found: list[Spell] = []
        for row in rows:
            start, end = row.start, row.end
            first, last = (start[1], end[0]) if surely else (start[0], end[1])
            if last > limit:
                last = limit
            if last < first:
                continue
            rate = self._rate(row)[0 if surely else 1]
            if spans is None and not self.dynamic:
                found.append(new_tuple(Spell, (first, last, rate)))
                continue
            stretches = [(first, last)] if spans is None else [(max(first, a), min(last, b)) for a, b in spans]
            if self.dynamic:
                stretches = [part for piece in stretches for part in stretches_where(piece, self.dynamic, row, case, surely)]
            found += [new_tuple(Spell, (a, b, rate)) for a, b in stretches if a <= b]
        return found

    def _rate(self, row: Row) -> tuple[int, int]:
        """The working time that counts, in percent, at least and at most."""
        if self.part_time == "counts_in_full" or row.source.name != "experience":
            return 100, 100
        low, high = row.rate
        if self.full_week is not None and "rate" not in row.values and "hours_per_week" in row.values:
            low = high = min(100, int(row.values["hours_per_week"] * 100 // self.full_week))
        if self.part_time == "excluded":
            return (100 if low >= 100 else 0), (100 if high >= 100 else 0)
        return low, high

    def durations(self, selection: Selection, case: Case, on: int) -> Measured:
        """The time the records cover, at least and at most."""
        narrow: Spans | None = None
        wide: Spans | None = None
        missing: tuple[str, ...] = ()
        if self.during is not None:
            narrow, wide, missing = self.during.spans(case)
        both = selection.both
        if not (both or self.also):
            return new_tuple(Measured, (NOTHING, NOTHING, _known(missing), both))
        credited, lacking = self._credited(case, on) if self.also else ((), ())
        low = self._capped(selection.sure, credited, case, on, True, narrow)
        if not selection.maybe and narrow == wide and not self.undated and all(row.exact for row in both):
            return new_tuple(Measured, (low, low, _known(missing), both))
        high = self._capped(both, credited, case, on, False, wide)
        return new_tuple(Measured, (low, high, partial(self._unsettled, both, case, on, (*missing, *lacking)), both))

    def _unsettled(self, rows: Sequence[Row], case: Case, on: int, missing: tuple[str, ...]) -> tuple[str, ...]:
        """What would make a time exact: of its window and of what is credited (`missing`), of the caps, and of the records."""
        for cap in self.limits:
            missing += tuple(path for _, paths, _ in cap.question.select(rows, case, one_day(on)).maybe for path in paths)
        for row in rows:
            missing += self._vague(row)
        return missing

    def least(self, selection: Selection, case: Case, on: int) -> Cover:
        """The time the records surely cover up to a day."""
        credited = self._credited(case, on)[0] if self.also else ()
        narrow = None if self.during is None else self.during.spans(case)[0]
        return self._capped(selection.sure, credited, case, on, True, narrow)

    def _credited(self, case: Case, on: int) -> tuple[list[tuple[Cap, Selection, bool]], tuple[str, ...]]:
        """The records of other sources that count as well: those that match, whether all are known, and what is missing."""
        found = []
        missing: tuple[str, ...] = ()
        for cap in self.also:
            rows, complete, path = cap.question._listed(case)
            picked = cap.question.select(rows or [], case, one_day(on))
            found.append((cap, picked, rows is not None and complete))
            missing += tuple(path for _, lacking, _ in picked.maybe for path in lacking)
            for row in (*picked.sure, *(row for row, _, _ in picked.maybe)):
                missing += cap.question._vague(row)
            missing += () if rows is not None and complete else (path,)
        return found, missing

    def _vague(self, row: Row) -> tuple[str, ...]:
        vague = row.vague_dates()
        if self.part_time != "counts_in_full" and row.source.name == "experience":
            low, high = self._rate(row)
            if low != high:
                vague += (f"{row.path}.rate",)
        return vague

    def _capped(
        self, rows: Sequence[Row], credited: Sequence[tuple[Cap, Selection, bool]], case: Case, on: int, surely: bool,
        spans: Spans | None,
    ) -> Cover:  # fmt: skip
        extra: list[tuple[list[Spell], Length | None]] = []
        unlisted: list[Length | None] = []
        for cap, picked, complete in credited:
            others = picked.sure if surely else [*picked.sure, *(row for row, _, _ in picked.maybe)]
            extra.append((cap.question.spells(others, case, on, surely, spans), cap.at_most))
            if not (complete or surely):
                unlisted.append(cap.at_most)
        if None in unlisted:
            return ENDLESS
        if self.gaps is not None or self.is_state:
            spells = self.spells(rows, case, on, surely, spans)
            return self._unbroken([*spells, *(spell for others, _ in extra for spell in others)], on, case, surely)
        if not (self.limits or extra):
            return cover(self.spells(rows, case, on, surely, spans))
        limited: list[tuple[list[Spell], Length | None]] = []
        for cap in self.limits:
            picked = cap.question.select(rows, case, one_day(on))
            chosen = [*picked.sure, *(row for row, _, _ in picked.maybe)] if surely else picked.sure
            paths = {row.path for row in chosen}
            limited.append((self.spells(chosen, case, on, surely, spans), cap.at_most))
            rows = [row for row in rows if row.path not in paths]
        counted = self.spells(rows, case, on, surely, spans)
        covered = cover(counted)
        beyond = sum(most.most_days for most in unlisted if most is not None)
        passed: list[tuple[list[Spell], int]] = []
        for spells, at_most in (*limited, *extra):
            joined = cover([*counted, *spells])
            if at_most is None or joined.percent_days - covered.percent_days <= at_most.most_days * 100:
                covered, counted = joined, [*counted, *spells]
            else:
                passed.append((spells, at_most.most_days))
                beyond += at_most.most_days
        runs = covered.runs
        for spells, most in passed:
            runs += runs_within(counted, spells, most)
        return Cover(covered.percent_days + beyond * 100, runs)

    def _unbroken(self, spells: list[Spell], on: int, case: Case, surely: bool) -> Cover:
        """The longest unbroken stretch; for a state, the one that reaches the day, or runs on from `since`."""
        each, every = self.gaps or ((), 0)

        def bridges(first: int, last: int) -> bool:
            gap = Cover((last - first + 1) * 100, ((first, last),))
            return all(compare_time(bound.operator, gap, gap, *bound.limits(case)[:2]).surely for bound in each)

        spells = [spell for spell in spells if spell.rate > 0]
        runs = unbroken(spells, 0, every, bridges)
        if self.since is not None:
            known = self.since.resolve(case)[0] or Days(LONG_AGO, FOREVER)
            day = known.last if surely else known.first
            runs = [(day, last, 0) for first, last, _ in runs if first <= day <= last]
        elif self.is_state:
            runs = [run for run in runs if run[1] >= self._last_day(on)]
        if not runs:
            return NOTHING
        return max((_worked(spells, *run) for run in runs), key=lambda one: one.percent_days)

    def _seniority(self, selection: Selection, rows: Sequence[Row], case: Case, on: int) -> Measured:
        """How long the job held on the day has lasted with the same employer; moves inside one employer join up.

        Employers are told apart by name. A job without a name may be with any employer of its kind.
        """
        limit, kin = self._last_day(on), _Employers(rows) if self.whose else case.facts.about(rows, _Employers)
        best_low, best_high = NOTHING, NOTHING
        both = selection.both
        for row in selection.sure:
            low = kin.least(row, limit)
            if low.percent_days > best_low.percent_days:
                best_low = low
        for row in both:
            high = kin.most(row, limit)
            if high.percent_days > best_high.percent_days:
                best_high = high
        if best_high == best_low:  # one and the same is compared once
            best_high = best_low
        return new_tuple(Measured, (best_low, best_high, partial(kin.untold, both), selection.sure))

    def _hours(self, selection: Selection, case: Case, on: int) -> Measured:
        narrow: Spans | None = None
        wide: Spans | None = None
        missing: tuple[str, ...] = ()
        if self.during is not None:
            narrow, wide, missing = self.during.spans(case)
        both = selection.both
        low = [self._row_hours(row, case, on, True, narrow) for row in selection.sure]
        high = [self._row_hours(row, case, on, False, wide) for row in both]
        for row in both:
            if "hours" not in row.values and "hours_per_week" not in row.values:
                missing += (row.key("hours_per_week"),)
            missing += row.vague_dates()
        low, high = sorted(low, reverse=True), sorted(high, reverse=True)
        return Measured(sum(low[: self.periods]), sum(high[: self.periods]), _known(missing), both)

    def _row_hours(self, row: Row, case: Case, on: int, surely: bool, spans: Spans | None) -> float:
        days = cover([Spell(s.first, s.last) for s in self.spells([_at_full_rate(row)], case, on, surely, spans)]).days
        whole = row.core if surely else row.hull
        if "hours" in row.values:
            length = max(1, whole[1] - whole[0] + 1)
            return float(row.values["hours"] * days / length) if whole[1] < FOREVER else (0.0 if surely else float(row.values["hours"]))
        if "hours_per_week" in row.values:
            return float(row.values["hours_per_week"] * days / 7)
        full = (self.full_week or 35) if surely else (self.full_week or 40)
        return 0.0 if surely and row.rate[0] == 0 else float(full * row.rate[0 if surely else 1] / 100 * days / 7)

    def _credits(self, selection: Selection) -> Measured:
        both = selection.both
        missing = tuple(row.key("credits") for row in both if "credits" not in row.values)
        low = sum(row.values.get("credits", 0) for row in selection.sure)
        unsaid = any("credits" not in row.values for row in both)
        high = FOREVER if unsaid else sum(row.values["credits"] for row in both)
        return Measured(low, high, _known(missing), both)

    def _counted(self, selection: Selection) -> Measured:
        both = selection.both
        if self.kind_info.identity is not None and self.measure == "count":  # k different languages, countries, …
            low = len({row.values.get(self.kind_info.identity) for row in selection.sure})
            high = len({row.values.get(self.kind_info.identity, row.path) for row in both})
            return Measured(low, high, exactly, both)
        return new_tuple(Measured, (len(selection.sure), len(both), exactly, both))

    def measured(self, selection: Selection, rows: Sequence[Row], case: Case, on: int) -> Measured:
        """How much the selected records amount to, in the unit of the bound."""
        measure = self.measure
        if measure == "time":
            if self.kind_info.name == "employment":
                return self._seniority(selection, rows, case, on)
            return self.durations(selection, case, on)
        if measure == "hours":
            return self._hours(selection, case, on)
        if measure == "credits":
            return self._credits(selection)
        return self._counted(selection)


class _Employers:
    """Jobs by employer. What is the same for all jobs of one employer is worked out once, so that many jobs take little longer."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.named: dict[str, list[Row]] = {}
        self.of_kind: dict[Any, list[Row]] = {}
        self.nameless: dict[Any, list[Row]] = {}
        for row in rows:
            name, employer = row.values.get("employer_name"), row.values.get("employer")
            if name:
                self.named.setdefault(name, []).append(row)
            if employer:
                self.of_kind.setdefault(employer, []).append(row)
                if name is None:
                    self.nameless.setdefault(employer, []).append(row)
        self.lows: dict[tuple[str, int], Cover] = {}
        self.highs: dict[tuple[str | None, Any, int], Cover] = {}

    def _mine(self, row: Row, name: str | None) -> list[Row]:
        return self.named[name] if name else [row]

    def _perhaps(self, name: str | None, employer: Any) -> list[Row]:
        """The jobs that may be with the same employer; with a job that has no name itself among them."""
        return (self.of_kind if name is None else self.nameless).get(employer, []) if employer else []

    def least(self, row: Row, limit: int) -> Cover:
        """How long it surely has lasted."""
        name = row.values.get("employer_name")
        if not name:
            return _reaching([row.core], limit)
        low = self.lows.get((name, limit))
        if low is None:
            low = self.lows[name, limit] = _reaching([one.core for one in self.named[name]], limit)
        return low

    def most(self, row: Row, limit: int) -> Cover:
        """How long it may have lasted."""
        name, employer = row.values.get("employer_name"), row.values.get("employer")
        perhaps = self._perhaps(name, employer)
        if not (name or perhaps):
            return _reaching([row.hull], limit)
        key = (row.path if name == "" else name), (employer if perhaps else None), limit
        high = self.highs.get(key)
        if high is None:
            high = self.highs[key] = _reaching([one.hull for one in (*self._mine(row, name), *perhaps)], limit)
        return high

    def untold(self, rows: Sequence[Row]) -> tuple[str, ...]:
        """What would tell how long jobs have lasted: their days, and the names that tell whether employers are the same."""
        missing: dict[str, None] = {}
        told: set[tuple[bool, Any]] = set()
        for row in rows:
            name, employer = row.values.get("employer_name"), row.values.get("employer")
            perhaps = self._perhaps(name, employer)
            others = len(perhaps) - (name is None and bool(employer))
            missing.update(dict.fromkeys(row.vague_dates()))
            if others and (name is None, employer) not in told:  # the same jobs, which need not be named twice
                told.add((name is None, employer))
                missing.update({f"{one.path}.employer_name": None for one in (row, *perhaps) if "employer_name" not in one.values})
        return tuple(missing)


class _FullRate:
    """A record looked at as if it were full time: hours are counted from days, not from rates."""

    __slots__ = ("_row",)

    def __init__(self, row: Row) -> None:
        self._row = row

    def __getattr__(self, name: str) -> Any:
        return (100, 100) if name == "rate" else getattr(self._row, name)


def _at_full_rate(row: Row) -> Any:
    return _FullRate(row)


def _reaching(stretches: list[tuple[int, int]], day: int) -> Cover:
    """The unbroken stretch that reaches `day`, cut there."""
    start = day + 1
    for first, last in sorted(stretches, key=_last_of, reverse=True):
        if last < start - 1:
            break
        if first <= last:
            start = min(start, first)
    return NOTHING if start > day else new_tuple(Cover, ((day - start + 1) * 100, ((start, day),)))


def _last_of(stretch: tuple[int, int]) -> int:
    return stretch[1]


def _worked(spells: list[Spell], first: int, last: int, missing: int) -> Cover:
    """What an unbroken stretch adds up to: its spells at their rates, and the gaps it forgives in full."""
    inside = cover([Spell(max(one.first, first), min(one.last, last), one.rate) for one in spells])
    total = inside.percent_days + missing * 100
    return Cover(total, ((first, last),) if total == (last - first + 1) * 100 else inside.runs)
