"""Amounts: how much the records that count add up to, at least and at most. Overlaps once, part time pro rata."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from fractions import Fraction
from functools import partial
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from eligibility.counting import calendar, compare_time, in_whole_months
from eligibility.criteria.moments import Spans
from eligibility.criteria.records import Cap, RecordSelection, Selection
from eligibility.criteria.stretches import stretches_where
from eligibility.dates import FOREVER, LONG_AGO, NOTHING, Cover, Days, Length, Spell, cover, joined, longest, one_day, summed, unbroken
from eligibility.facts import share_of_week
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Truth

if TYPE_CHECKING:
    from eligibility.criteria.case import Case
    from eligibility.facts import Row


ENDLESS = Cover(FOREVER * 100, (Spell(LONG_AGO, FOREVER),))
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

    def spells(self, rows: Iterable[Row], case: Case, on: int, surely: bool, spans: Spans | None, loose: bool = False) -> list[Spell]:
        """The stretches of records that count: their core days at the lowest rate, or their hulls at the highest.

        `loose` says that the window itself is not exactly known.
        """
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
            # of a core: how much earlier it may begin, and how much later end
            earlier, later = (first - start[0], max(0, min(end[1], limit) - last)) if surely else (0, 0)
            if spans is None and not self.dynamic:
                found.append(Spell(first, last, rate, earlier, later))
                continue
            stretches = [(first, last)] if spans is None else [(max(first, a), min(last, b)) for a, b in spans]
            if self.dynamic:
                stretches = [part for piece in stretches for part in stretches_where(piece, self.dynamic, row, case, surely)]
            free = surely and (loose or bool(self.dynamic))
            found += [
                Spell(a, b, rate, earlier + a - first, later + last - b) if free
                else Spell(a, b, rate, earlier if a == first else 0, later if b == last else 0)
                for a, b in stretches if a <= b
            ]  # fmt: skip
        return found

    def _rate(self, row: Row) -> tuple[Any, Any]:
        """The working time that counts, in percent, at least and at most."""
        if self.part_time == "counts_in_full" or not row.source.working_time:
            return 100, 100
        low, high = row.rate
        if self.full_week is not None and "rate" not in row.values and "hours_per_week" in row.values:
            low = high = share_of_week(row.values["hours_per_week"], self.full_week)
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
            return Measured(NOTHING, NOTHING, _known(missing), both)
        credited, lacking = self._credited(case, on) if self.also else ((), ())
        loose = narrow != wide
        surely = self._counted_spells(selection.sure, credited, case, on, True, narrow, loose)
        if not selection.maybe and not loose and not self.undated and all(self._exact(row) for row in both):
            low = self._added_up(surely, case, on, True, True)
            return Measured(low, low, _known(missing), both)
        possibly = self._counted_spells(both, credited, case, on, False, wide, loose)
        exact = surely == possibly
        low = self._added_up(surely, case, on, True, exact)
        high = self._added_up(possibly, case, on, False, exact)
        if loose and not self.also and self.during is not None and (most := self.during.most_days) is not None:
            high = _at_most(high, most)
        if low == high:  # one and the same is compared once
            low = high
        elif not exact:
            limit = self._last_day(on) if self.since is None else FOREVER
            dated = not loose and all(_dated(row, limit) for row in both)
            if _always_one(surely, possibly, low, high) or (dated and _each_touches_each(possibly)):
                high = high._replace(one=True, dated=dated)
        return Measured(low, high, partial(self._unsettled, both, case, on, (*missing, *lacking)), both)

    def _exact(self, row: Row) -> bool:
        """Whether the days and the working time of a record, as far as it counts, are exactly known."""
        if row.exact:
            return True
        low, high = self._rate(row)
        return bool(row.start.exact and row.end.exact and low == high)

    def _unsettled(self, rows: Sequence[Row], case: Case, on: int, missing: tuple[str, ...]) -> tuple[str, ...]:
        """What would make a time exact: of its window and of what is credited (`missing`), of the caps, and of the records."""
        for cap in self.limits:
            missing += tuple(path for _, paths, _ in cap.question.select(rows, case, one_day(on)).maybe for path in paths)
        for row in rows:
            missing += self._vague(row)
        if self.counts_absences:
            away, unsaid = self._stays_away(case)
            unclear = [row.key("place") for row in away if self._stayed_inside(row, case, on) is UNKNOWN]
            missing = (*unsaid, *missing, *(path for row in away for path in row.vague_dates()), *unclear)
        return missing

    def least(self, selection: Selection, case: Case, on: int) -> Cover:
        """The time the records surely cover up to a day."""
        credited = self._credited(case, on)[0] if self.also else ()
        narrow, wide = (None, None) if self.during is None else self.during.spans(case)[:2]
        surely = self._counted_spells(selection.sure, credited, case, on, True, narrow, narrow != wide)
        return self._added_up(surely, case, on, True, False)

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
        if self.part_time != "counts_in_full" and row.source.working_time:
            low, high = self._rate(row)
            if low != high:
                vague += (f"{row.path}.rate",)
        return vague

    def _counted_spells(
        self, rows: Sequence[Row], credited: Sequence[tuple[Cap, Selection, bool]], case: Case, on: int, surely: bool,
        spans: Spans | None, loose: bool,
    ) -> _Counted:  # fmt: skip
        """The spells that count in full, those that count up to a length, and the lengths that a list not known may add."""
        groups: list[_Group] = []
        for cap in self.limits:
            picked = cap.question.select(rows, case, one_day(on))
            chosen = [*picked.sure, *(row for row, _, _ in picked.maybe)] if surely else picked.sure
            paths = {row.path for row in chosen}
            rows = [row for row in rows if row.path not in paths]
            own = None if cap.question.during is None else _side(cap.question.during.spans(case), not surely)
            how = cap.question.counted or self.counted
            if chosen:
                groups.append(_Group(self.spells(chosen, case, on, surely, _within(spans, own), loose), cap.at_most, how))
            if chosen and own is not None:  # what lies outside its window is not limited
                groups.append(_Group(self.spells(chosen, case, on, surely, _without(spans, own), loose)))
        unlisted: list[Length | None] = []
        for cap, picked, complete in credited:
            others = picked.sure if surely else [*picked.sure, *(row for row, _, _ in picked.maybe)]
            inside, how = spans, cap.question.counted or self.counted
            if cap.question.during is not None:  # its own window stands in the place of that of the criterion
                inside = _side(cap.question.during.spans(case), surely)
            groups.append(_Group(cap.question.spells(others, case, on, surely, inside, loose), cap.at_most, how))
            if not (complete or surely):
                unlisted.append(cap.at_most)
        counted = _Counted(self.spells(rows, case, on, surely, spans, loose), groups, unlisted)
        if not self.counts_absences:
            return counted
        away, unsaid = self._stays_away(case)
        if surely and unsaid:  # who may have been away at any time has surely lived nowhere
            return _Counted([], [], unlisted)
        return counted.without(list(self._days_away(away, case, on, surely)))

    def _days_away(self, rows: Sequence[Row], case: Case, on: int, possibly: bool) -> Iterator[tuple[int, int]]:
        """The days that somebody may have been away, or surely was. Of the day asked nobody is away: what comes before it is a gap."""
        day = self._last_day(on)
        for row in rows:
            stayed = self._stayed_inside(row, case, on)
            if stayed is FALSE or (possibly and stayed is UNKNOWN):
                first, last = row.hull if possibly else row.core
                yield from (part for part in ((first, min(last, day - 1)), (max(first, day + 1), last)) if part[0] <= part[1])

    def _stayed_inside(self, row: Row, case: Case, on: int) -> Truth:
        """Whether a stay away was in the place that is asked for, and so none."""
        places = [one for one in self.filters if one.attribute == "place"]
        inside = TRUE if places else FALSE
        for one in places:
            inside = inside & one.holds(row, case, max(1, min(row.hull[1], on)))
        return inside

    def _added_up(self, counted: _Counted, case: Case, on: int, surely: bool, exact: bool) -> Cover:
        """What spells add up to; where they have to be unbroken, what each unbroken stretch of them does."""
        if None in counted.unlisted:
            return ENDLESS
        if self.gaps is None and not self.is_state:
            return counted.total(surely, exact)
        every = [*counted.freely, *(spell for group in counted.groups for spell in group.spells)]
        gap_rate = 100 if exact or not surely else min((spell.rate for spell in every), default=100)
        ways = [counted.between(first, last, gap_rate).total(surely, exact) for first, last in self._unbroken(every, on, case, surely)]
        if not ways:
            return NOTHING
        best = max(ways, key=lambda one: one.percent_days)
        one = all(spell.rate >= 100 for spell in every) and not counted.groups
        others = tuple([other for way in ways for other in ((*way.others,) if way is best else (way._replace(others=()), *way.others))])
        return best._replace(others=tuple([way._replace(one=one) for way in others]), one=one)

    def _unbroken(self, spells: list[Spell], on: int, case: Case, surely: bool) -> list[tuple[int, int]]:
        """The unbroken stretches; of a state, the one that reaches the day, or runs on from `since`."""
        each, every = self.gaps or ((), 0)

        def bridges(first: int, last: int) -> bool:
            gap = cover([Spell(first, last)])
            return all(compare_time(bound.operator, gap, gap, *bound.limits(case)[:2]).surely for bound in each)

        runs = [run[:2] for run in unbroken([spell for spell in spells if spell.rate > 0], 0, every, bridges)]
        if self.since is not None:
            known = self.since.resolve(case)[0] or Days(LONG_AGO, FOREVER)
            day = known.last if surely else known.first
            return [(day, last) for first, last in runs if first <= day <= last]
        if self.is_state:
            return [run for run in runs if run[1] >= self._last_day(on)]
        return [run for run in runs if not any(other[0] <= run[0] and run[1] < other[1] for other in runs)] if len(runs) < 50 else runs

    def _seniority(self, selection: Selection, rows: Sequence[Row], case: Case, on: int) -> Measured:
        """How long the job held on the day has lasted with the same employer; moves inside one employer join up.

        Employers are told apart by name. A job without a name may be with any employer of its kind.
        """
        limit = self._last_day(on)
        lacking: tuple[str, ...] = ()
        if self.filters or self.other_than or case.same is not None:
            kin, lacking = self._jobs_of_the_kind(rows, case, on, limit)
        else:
            kin = _Employers(rows) if self.whose else case.facts.about(rows, _Employers)
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
        return Measured(best_low, best_high, lambda: (*lacking, *kin.untold(both)), selection.sure)

    def _jobs_of_the_kind(self, rows: Sequence[Row], case: Case, on: int, limit: int) -> tuple[_Employers, tuple[str, ...]]:
        """The jobs that match at any time, by employer, and what would tell whether others do: what is asked of a job holds for the whole
        length."""
        lasting = copy(self)
        lasting.place = None
        lasting.tests = tuple((one, one.dynamic and not one.asked_today) for one, _ in self.tests if one not in self.dated)
        picked = lasting.select(rows, case, one_day(on))
        surely = {row.path for row in picked.sure}

        def spent(row: Row, certain: bool) -> list[tuple[int, int]]:
            if certain and row.path not in surely:
                return []
            first, last = row.core if certain else row.hull
            return stretches_where((first, min(last, limit)), self.dynamic, row, case, certain) if self.dynamic else [(first, last)]

        return _Employers(picked.both, spent), tuple(path for _, paths, _ in picked.maybe for path in paths)

    def _hours(self, selection: Selection, case: Case, on: int) -> Measured:
        """Hours add up as they are, however many there are in a day; where a full week is given, a week counts up to it."""
        narrow: Spans | None = None
        wide: Spans | None = None
        missing: tuple[str, ...] = ()
        if self.during is not None:
            narrow, wide, missing = self.during.spans(case)
        both = selection.both
        for row in both:
            if "hours" not in row.values and "hours_per_week" not in row.values:
                missing += (row.key("hours_per_week" if row.source.working_time else "hours"),)
            missing += row.vague_dates()
        low, high = self._hours_of(selection.sure, case, on, True, narrow), self._hours_of(both, case, on, False, wide)
        return Measured(low, high, _known(missing), both)

    def _hours_of(self, rows: Sequence[Row], case: Case, on: int, surely: bool, spans: Spans | None) -> float:
        """The hours of the records; of the best so many of them, where that is asked for."""
        worked = sorted(((row, *self._row_hours(row, case, on, surely, spans)) for row in rows), key=_hours_in, reverse=True)
        worked = worked[: self.periods]
        plain = sum(hours for _, hours, _ in worked)
        if self.full_week is None or len(worked) < 2:
            return plain
        weekly = [Spell(first, last, hours * 7 / days) for _, hours, spells in worked if (days := _lasting(spells))
                  for first, last, *_ in spells]  # fmt: skip
        together: float = sum(min(rate, self.full_week) * (last - first + 1) / 7 for first, last, rate in _on_each_day(weekly))
        return min(plain, together)

    def _row_hours(self, row: Row, case: Case, on: int, surely: bool, spans: Spans | None) -> tuple[float, list[Spell]]:
        """The hours of one record, and the days they lie in."""
        if "hours" in row.values and row.vague_dates():
            return self._spread_hours(row, case, on, surely, spans)
        spells = self.spells([_at_full_rate(row)], case, on, surely, spans)
        days = _lasting(spells)
        whole = row.core if surely else row.hull
        if "hours" in row.values:
            length = max(1, whole[1] - whole[0] + 1)
            told = row.values["hours"]
            hours = float(told * days / length) if whole[1] < FOREVER else (0.0 if surely or not days else float(told))
        elif "hours_per_week" in row.values:
            hours = float(row.values["hours_per_week"] * days / 7)
        elif not row.source.working_time:  # nothing is known of them but that a day has 24
            hours = 0.0 if surely else 24.0 * days
        else:
            full = (self.full_week or 35) if surely else (self.full_week or 40)
            hours = 0.0 if surely and row.rate[0] == 0 else float(full * row.rate[0 if surely else 1] / 100 * days / 7)
        return (hours if self.full_week is None else min(hours, self.full_week * days / 7)), spells

    def _spread_hours(self, row: Row, case: Case, on: int, surely: bool, spans: Spans | None) -> tuple[float, list[Spell]]:
        """The hours of a record whose days are vague, at least or at most: the part that counts is the smallest where it begins and ends
        on one of the outermost days, and the greatest there or where it is just what counts."""
        limit = self._last_day(on)
        edges = [*(spans or ()), (LONG_AGO, limit)]
        starts = {*row.start, *(first for first, _ in edges if not surely and row.start.first < first < row.start.last)}
        ends = {*row.end, *(last for _, last in edges if not surely and row.end.first < last < row.end.last)}
        lasting = [row.lasting(one_day(first), one_day(last)) for first in starts for last in ends if first <= last]
        found = [self._row_hours(one, case, on, surely, spans) for one in lasting]
        return (min if surely else max)(found, key=_hours_first)

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
            identity = self.kind_info.identity
            named = {row.values[identity] for row in selection.sure if identity in row.values}
            low = len(named) or min(1, len(selection.sure))  # one that is not named may be any of the others
            high = len({row.values.get(identity, row.path) for row in both})
            return Measured(low, high, _known(tuple(row.key(identity) for row in both if identity not in row.values)), both)
        return Measured(len(selection.sure), len(both), exactly, both)

    def measured(self, selection: Selection, rows: Sequence[Row], case: Case, on: int) -> Measured:
        """How much the selected records amount to, in the unit of the bound."""
        measure = self.measure
        if measure == "time":
            if self.kind_info.seniority:
                return self._seniority(selection, rows, case, on)
            return self.durations(selection, case, on)
        if measure == "hours":
            return self._hours(selection, case, on)
        if measure == "credits":
            return self._credits(selection)
        return self._counted(selection)


class _Employers:
    """Jobs by employer. What is the same for all jobs of one employer is worked out once, so that many jobs take little longer."""

    def __init__(self, rows: Sequence[Row], spent: Callable[[Row, bool], list[tuple[int, int]]] | None = None) -> None:
        self.spent = spent or _whole
        """The days of a job that count, surely or possibly."""
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
            return _reaching(self.spent(row, True), limit)
        low = self.lows.get((name, limit))
        if low is None:
            low = self.lows[name, limit] = _reaching([days for one in self.named[name] for days in self.spent(one, True)], limit)
        return low

    def most(self, row: Row, limit: int) -> Cover:
        """How long it may have lasted."""
        name, employer = row.values.get("employer_name"), row.values.get("employer")
        perhaps = self._perhaps(name, employer)
        if not (name or perhaps):
            return _reaching(self.spent(row, False), limit)
        key = (row.path if name == "" else name), (employer if perhaps else None), limit
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
            name, employer = row.values.get("employer_name"), row.values.get("employer")
            perhaps = self._perhaps(name, employer)
            others = len(perhaps) - (name is None and bool(employer))
            missing.update(dict.fromkeys(row.vague_dates()))
            if others and (name is None, employer) not in told:  # the same jobs, which need not be named twice
                told.add((name is None, employer))
                missing.update({f"{one.path}.employer_name": None for one in (row, *perhaps) if "employer_name" not in one.values})
        return tuple(missing)


def _whole(row: Row, certain: bool) -> list[tuple[int, int]]:
    return [row.core if certain else row.hull]


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
    return NOTHING if start > day else Cover((day - start + 1) * 100, (Spell(start, day),), one=True)


def _last_of(stretch: tuple[int, int]) -> int:
    return stretch[1]


def _hours_first(worked: tuple[float, list[Spell]]) -> float:
    return worked[0]


def _hours_in(worked: tuple[Row, float, list[Spell]]) -> float:
    return worked[1]


def _lasting(spells: list[Spell]) -> int:
    return sum([last - first + 1 for first, last, *_ in spells])


def _on_each_day(spells: list[Spell]) -> list[tuple[int, int, Any]]:
    """Stretches that do not overlap, with what the spells come to on each of their days."""
    edges = sorted({day for spell in spells for day in (spell.first, spell.last + 1)})
    changes: dict[int, Any] = dict.fromkeys(edges, 0)
    for first, last, share, *_ in spells:
        changes[first] += share
        changes[last + 1] -= share
    found: list[tuple[int, int, Any]] = []
    rate: Any = 0
    for day, following in pairwise(edges):
        rate += changes[day]
        found.append((day, following - 1, rate))
    return found


def _side(spans: tuple[Spans, Spans, tuple[str, ...]], surely: bool) -> Spans:
    """The days that surely are in a window, or those that may be."""
    return spans[0] if surely else spans[1]


_EVERY: Spans = [(LONG_AGO, FOREVER)]


def _within(spans: Spans | None, own: Spans | None) -> Spans | None:
    """The days of both windows."""
    if spans is None or own is None:
        return own if spans is None else spans
    return [(max(a, c), min(b, d)) for a, b in spans for c, d in own if max(a, c) <= min(b, d)]


def _without(spans: Spans | None, own: Spans) -> Spans:
    """The days of a window that are not in the other."""
    around, begins = [], LONG_AGO
    for first, last in own:
        around.append((begins, first - 1))
        begins = last + 1
    return _within(spans or _EVERY, [(a, b) for a, b in (*around, (begins, FOREVER)) if a <= b]) or []


def _always_one(surely: _Counted, possibly: _Counted, low: Cover, high: Cover) -> bool:
    """Whether, however vague dates are to be understood, the days are one stretch of one rate: they come from one record, or from
    full-time ones that surely follow each other."""
    if possibly.unlisted or high.others or high.months or not high.parts:
        return False
    counting = [spell for spells in (possibly.freely, *(group.spells for group in possibly.groups)) for spell in spells if spell.rate > 0]
    if len(counting) == 1:
        return all(group.most is None or not group.most.days for group in possibly.groups)
    if any(group.spells for group in possibly.groups):
        return False
    joins = len(low.runs) == len(high.runs) == 1 and len(surely.freely) == len(possibly.freely)
    return joins and all(spell.rate >= 100 for spell in surely.freely)


def _dated(row: Row, limit: int) -> bool:
    """Whether the days of a record up to a day are exactly known, as far as there are any."""
    return row.start.first > limit or (row.start.exact and (row.end.exact or row.end.first >= limit))


def _each_touches_each(possibly: _Counted) -> bool:
    """Whether full-time spells of known days are one stretch whichever of them count."""
    spells = possibly.freely
    if not spells or possibly.groups or possibly.unlisted or any(spell.rate < 100 for spell in spells):
        return False
    return bool(max(spell.first for spell in spells) <= min(spell.last for spell in spells) + 1)


class _Group(NamedTuple):
    """Spells that count up to a length, counted in some way; without one, in full."""

    spells: list[Spell]
    most: Length | None = None
    counted: str | None = None

    def holds(self, counted: list[Spell], some: list[Spell], surely: bool) -> bool:
        """Whether some of them are, besides what counts already, no more than the length."""
        if self.most is None:
            return True
        extra = _besides(counted, some)
        truth = compare_time("at_most", extra, extra, self.most, self.most, self.counted)
        return truth is TRUE if surely else truth is not FALSE

    def fitting(self, counted: list[Spell]) -> Iterator[list[Spell]]:
        """Some of them that together are no more than the length: each choice of a few; of many, the first ones and the last ones."""
        spells = self.spells
        if len(spells) <= 5:
            choices = [list(some) for size in range(len(spells) - 1, 0, -1) for some in combinations(spells, size)]
            yield from (some for some in choices if self.holds(counted, some, True))
            return
        for order in (sorted(spells), sorted(spells, reverse=True)):
            taken: list[Spell] = []
            for spell in order[:50]:
                if self.holds(counted, [*taken, spell], True):
                    taken.append(spell)
            yield taken


class _Counted(NamedTuple):
    """Spells that count in full, and groups of them that count up to a length (None: in full); and what unknown lists may add."""

    freely: list[Spell]
    groups: list[_Group]
    unlisted: list[Length | None]

    def between(self, first: int, last: int, gap_rate: int) -> _Counted:
        """The part of them in an unbroken stretch, with the gaps that it forgives."""

        def inside(spells: list[Spell]) -> list[Spell]:
            return [one._replace(first=max(one.first, first), last=min(one.last, last))
                    for one in spells if one.last >= first and one.first <= last]  # fmt: skip

        freely, groups = inside(self.freely), [group._replace(spells=inside(group.spells)) for group in self.groups]
        there = joined([one[:2] for one in (*freely, *(one for group in groups for one in group.spells)) if one.rate > 0])
        gaps = [Spell(before[1] + 1, after[0] - 1, gap_rate) for before, after in pairwise(there)]
        return _Counted([*freely, *gaps], groups, self.unlisted)

    def without(self, away: list[tuple[int, int]]) -> _Counted:
        """The part of them that is not on some days."""
        stays = _without(None, joined(away))

        def outside(spells: list[Spell]) -> list[Spell]:
            return [one if first <= one.first and one.last <= last else Spell(max(one.first, first), min(one.last, last), one.rate)
                    for one in spells for first, last in stays if one.last >= first and one.first <= last]  # fmt: skip

        return _Counted(outside(self.freely), [group._replace(spells=outside(group.spells)) for group in self.groups], self.unlisted)

    def total(self, surely: bool, exact: bool) -> Cover:
        """What they add up to. A group that is within its length counts as it is; of one beyond it, so much as its length."""
        counted = self.freely
        beyond: list[_Group] = []
        for group in self.groups:
            if not group.spells or group.holds(counted, group.spells, surely):
                counted = [*counted, *group.spells]
            else:
                beyond.append(group)
        covered = cover(counted)
        if not (beyond or self.unlisted):
            return covered
        total, months = covered.percent_days, 0
        everything = cover([*counted, *(spell for group in beyond for spell in group.spells)])
        for group in beyond:
            most, extra = group.most, _besides(counted, group.spells)
            assert most is not None
            months += min(most.months * 100, calendar(extra).months)
            total += min(extra.percent_days, 100 * (most.days + (max(0, most.months * 30 - 2) if surely else longest(most.months))))
        for length in self.unlisted:
            assert length is not None
            total += 100 * length.most_days
        if self.unlisted:
            return Cover(total, everything.parts, int(total // 28) + 100)
        if surely:
            ways = [cover([*counted, *some]) for group in beyond for some in group.fitting(counted)]
            total = max([total, *(way.percent_days for way in ways)])
            return Cover(total, covered.parts, months, tuple(ways))
        if exact and in_whole_months(covered) and months == sum(100 * group.most.months for group in beyond if group.most is not None):
            return Cover(total, covered.parts, months)
        if _apart(counted, beyond):
            return Cover(total, covered.parts, sum(100 * group.most.months for group in beyond if group.most is not None))
        return Cover(total, everything.parts)


def _at_most(cover: Cover, days: int) -> Cover:
    """So much of a time as lies in a window of so many days, wherever that is."""
    most = days * max([part.rate for part in cover.parts], default=100)
    return cover if cover.percent_days <= most else Cover(most, (), Fraction(most) / 28)


def _apart(counted: list[Spell], beyond: list[_Group]) -> bool:
    """Whether what counts up to a number of months lies apart from everything else, so that no month is made of both."""
    if any(group.most is None or group.most.days for group in beyond):
        return False
    lots = [joined([spell[:2] for spell in spells]) for spells in (counted, *(group.spells for group in beyond))]
    days = sorted(stretch for lot in lots for stretch in lot)
    return all(before[1] + 1 < after[0] for before, after in pairwise(days))


def _besides(counted: list[Spell], more: list[Spell]) -> Cover:
    """The time of some spells besides what counts already."""
    already = [Spell(spell.first, spell.last, -spell.rate) for spell in summed(counted)]
    parts = [Spell(first, last, rate) for first, last, rate in _on_each_day([*summed([*counted, *more]), *already]) if rate > 0]
    return Cover(sum([rate * (last - first + 1) for first, last, rate, *_ in parts]), tuple(parts))
