"""Amounts: how much the records that count add up to, at least and at most. Overlaps once, part time pro rata."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple

from eligibility.counting import compare_time
from eligibility.dates import FOREVER, LONG_AGO, LONGEST_LIFE, NOTHING, Cover, Days, Length, Spell, cover, one_day, unbroken
from eligibility.deciding.bounds import limits
from eligibility.deciding.caps import Counted, Group, on_each_day, within, without
from eligibility.deciding.case import Case, Spans
from eligibility.deciding.filters import changes, holds
from eligibility.deciding.measured import Measured, exactly, known
from eligibility.deciding.selection import Selection, last_day, listed, select, stays_away
from eligibility.deciding.seniority import seniority
from eligibility.deciding.stretches import stretches_where
from eligibility.deciding.subjects import number_of_subjects
from eligibility.facts import Row, share_of_week
from eligibility.question.grammar import Cap, Records, Window
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Truth

ENDLESS = Cover(FOREVER * 100, (Spell(LONG_AGO, FOREVER),))
"""Any amount of time: what a list that is not complete may hold."""


def spells(
    question: Records, rows: Iterable[Row], case: Case, on: int, surely: bool, spans: Spans | None, loose: bool = False
) -> list[Spell]:
    """The stretches of records that count: their core days at the lowest rate, or their hulls at the highest.

    `loose` says that the window itself is not exactly known.
    """
    limit = last_day(question, on) if question.since is None else FOREVER
    found: list[Spell] = []
    for row in rows:
        start, end = row.start, row.end
        first, last = (start[1], end[0]) if surely else (start[0], end[1])
        if last > limit:
            last = limit
        if last < first:
            continue
        rate = _rate(question, row)[0 if surely else 1]
        # of a core: how much earlier it may begin, and how much later end
        earlier, later = (first - start[0], max(0, min(end[1], limit) - last)) if surely else (0, 0)
        if spans is None and not question.dynamic:
            found.append(Spell(first, last, rate, earlier, later))
            continue
        stretches = [(first, last)] if spans is None else [(max(first, a), min(last, b)) for a, b in spans]
        if question.dynamic:
            stretches = [part for piece in stretches for part in stretches_where(piece, question.dynamic, row, case, surely)]
        free = surely and (loose or bool(question.dynamic))
        found += [
            Spell(a, b, rate, earlier + a - first, later + last - b) if free
            else Spell(a, b, rate, earlier if a == first else 0, later if b == last else 0)
            for a, b in stretches if a <= b
        ]  # fmt: skip
    return found


def _rate(question: Records, row: Row) -> tuple[Any, Any]:
    """The working time that counts, in percent, at least and at most."""
    if question.part_time == "counts_in_full" or not row.source.working_time:
        return 100, 100
    low, high = row.rate
    if question.full_week is not None and "rate" not in row.values and "hours_per_week" in row.values:
        low = high = share_of_week(row.values["hours_per_week"], question.full_week)
    if question.part_time == "excluded":
        return (100 if low >= 100 else 0), (100 if high >= 100 else 0)
    return low, high


def _window_of(question: Records, case: Case) -> tuple[Spans | None, Spans | None, tuple[str, ...]]:
    """The days surely and possibly inside its window, None where it has none; and what is missing to know better."""
    return (None, None, ()) if question.during is None else case.spans(question.during)


def durations(question: Records, selection: Selection, case: Case, on: int) -> Measured:
    """The time the records cover, at least and at most."""
    narrow, wide, missing = _window_of(question, case)
    both = selection.both
    if not (both or question.also):
        return Measured(NOTHING, NOTHING, known(missing), both)
    credited, lacking = also_counted(question, case, on) if question.also else ((), ())
    loose = narrow != wide
    surely = _counted_spells(question, selection.sure, credited, case, on, True, narrow, loose)
    if not selection.maybe and not loose and not question.inexact and all(_exact(question, row) for row in both):
        low = _added_up(question, surely, case, on, True, True)
        return Measured(low, low, known(missing), both)
    possibly = _counted_spells(question, both, credited, case, on, False, wide, loose)
    exact = surely == possibly
    full_time = all(_rate(question, row)[0] >= 100 for row in both)
    low = _added_up(question, surely, case, on, True, exact)
    high = _added_up(question, possibly, case, on, False, exact, full_time)
    if loose and not question.also and question.during is not None and (most := question.during.most_days) is not None:
        high = _at_most(high, most)
    every = (*both, *(row for _, picked, _ in credited for row in picked.both))
    if low == high:  # one and the same is compared once
        low = high
        if not exact and any(_may_cut(row, part) for row in every for part in high.parts):
            high = high._replace(cut=True)
    elif not exact:
        limit = last_day(question, on) if question.since is None else FOREVER
        dated = not loose and all(_dated(row, limit) for row in every)
        windows = (question.during, *(cap.question.during for cap in (*question.limits, *question.also)))
        one = high.one or _always_one(surely, possibly, low, high)
        one = one or (dated and (_on_the_same_days(possibly) or (full_time and _each_touches_each(possibly))))
        may_be_cut = one and not high.one and bool(high.parts)
        holes = may_be_cut and (
            any(_may_have_holes(window, high.parts[0].first, high.parts[-1].last, case) for window in windows)
            or (low.percent_days < high.percent_days and _may_change_inside(question, every, high, case))
        )
        high = high._replace(one=one, dated=dated)
        if holes:  # they are one stretch, or several that have a day less
            day_less = high.percent_days - min(part.rate for part in high.parts)
            high = high._replace(others=(high._replace(percent_days=day_less, one=False, dated=False),))
    return Measured(low, high, partial(_unsettled, question, both, case, on, (*missing, *lacking)), both)


def _may_change_inside(question: Records, every: Sequence[Row], most: Cover, case: Case) -> bool:
    """Whether what is asked of the records may hold on some days of a stretch only: of several from different days on, or of one twice."""
    asked = (question, *(cap.question for cap in (*question.limits, *question.also)))
    first, last = most.parts[0].first, most.parts[-1].last
    days = {day for one in asked for each in one.dynamic for day in changes(each, case) if first < day <= last}
    return bool(days) and len(every) + len(days) > 2


def _may_have_holes(window: Window | None, first: int, last: int, case: Case) -> bool:
    """Whether days in the middle of a stretch may not lie in a window that lasts while records do, or while they do not."""
    if window is None or (window.records is None and window.outside is None):
        return False
    narrow, wide, _ = case.spans(window)
    if narrow == wide:
        return False
    if window.outside is not None:
        left_out = _perhaps_lasting(window.outside, first, last, case)
        if left_out is None or any(row.start.last > first and row.end.first < last for row in left_out):
            return True
    if window.records is None:
        return False
    kept = _perhaps_lasting(window.records, first, last, case)
    return kept is None or len(kept) > 1 or _may_have_holes(window.records.during, first, last, case)


def _perhaps_lasting(question: Records, first: int, last: int, case: Case) -> list[Row] | None:
    """The records that may match and last on some days of a stretch; None where there may be others."""
    rows, complete, _ = listed(question, case, case.today)
    if rows is None or not complete:
        return None
    near = [row for row in rows if row.hull[0] <= last and row.hull[1] >= first]
    return [row for row in near if all(holds(one, row, case, case.today).possibly for one, _ in question.sieve.tests)]


def _exact(question: Records, row: Row) -> bool:
    """Whether the days and the working time of a record, as far as it counts, are exactly known."""
    if row.exact:
        return True
    low, high = _rate(question, row)
    return bool(row.start.exact and row.end.exact and low == high)


def _unsettled(question: Records, rows: Sequence[Row], case: Case, on: int, missing: tuple[str, ...]) -> tuple[str, ...]:
    """What would make a time exact: of its window and of what is credited (`missing`), of the caps, and of the records."""
    for cap in question.limits:
        missing += tuple(
            path for _, paths, _ in select(cap.question, rows, case, one_day(on), sieve=cap.question.inside).maybe for path in paths
        )
    for row in rows:
        missing += _vague(question, row)
    if question.counts_absences:
        away, unsaid = stays_away(question, case, on)
        unclear = [row.key("place") for row in away if _stayed_inside(question, row, case, on) is UNKNOWN]
        missing = (*unsaid, *missing, *(path for row in away for path in row.vague_dates()), *unclear)
    return missing


def least(question: Records, selection: Selection, case: Case, on: int) -> Cover:
    """The time the records surely cover up to a day."""
    credited = also_counted(question, case, on)[0] if question.also else ()
    narrow, wide, _ = _window_of(question, case)
    surely = _counted_spells(question, selection.sure, credited, case, on, True, narrow, narrow != wide)
    return _added_up(question, surely, case, on, True, False)


def also_counted(question: Records, case: Case, on: int) -> tuple[list[tuple[Cap, Selection, bool]], tuple[str, ...]]:
    """The records of other sources that count as well: those that match, whether all are known, and what is missing."""
    found = []
    missing: tuple[str, ...] = ()
    for cap in question.also:
        rows, complete, path = listed(cap.question, case, on)
        picked = select(cap.question, rows or [], case, one_day(on))
        found.append((cap, picked, rows is not None and complete))
        missing += tuple(path for _, lacking, _ in picked.maybe for path in lacking)
        for row in (*picked.sure, *(row for row, _, _ in picked.maybe)):
            missing += _vague(cap.question, row)
        missing += () if rows is not None and complete else (path,)
    return found, missing


def _vague(question: Records, row: Row) -> tuple[str, ...]:
    vague = row.vague_dates()
    if question.part_time != "counts_in_full" and row.source.working_time:
        low, high = _rate(question, row)
        if low != high:
            vague += (f"{row.path}.rate",)
    return vague


def _counted_spells(
    question: Records, rows: Sequence[Row], others: Sequence[tuple[Cap, Selection, bool]], case: Case, on: int, surely: bool,
    spans: Spans | None, loose: bool,
) -> Counted:  # fmt: skip
    """The spells that count in full, those that count up to a length, and the lengths that a list not known may add."""
    groups: list[Group] = []
    for cap in question.limits:
        picked = select(cap.question, rows, case, one_day(on), sieve=cap.question.inside)
        chosen = [*picked.sure, *(row for row, _, _ in picked.maybe)] if surely else picked.sure
        paths = {row.path for row in chosen}
        rows = [row for row in rows if row.path not in paths]
        own = None if cap.question.during is None else _side(case.spans(cap.question.during), not surely)
        how = cap.question.counted or question.counted
        if chosen:
            groups.append(Group(spells(question, chosen, case, on, surely, within(spans, own), loose), cap.at_most, how))
        if chosen and own is not None:  # what lies outside its window is not limited
            groups.append(Group(spells(question, chosen, case, on, surely, without(spans, own), loose)))
    unlisted: list[Length | None] = []
    for cap, picked, complete in others:
        also = picked.sure if surely else [*picked.sure, *(row for row, _, _ in picked.maybe)]
        inside, how = spans, cap.question.counted or question.counted
        if cap.question.during is not None:  # its own window stands in the place of that of the criterion
            inside = _side(case.spans(cap.question.during), surely)
        groups.append(Group(spells(cap.question, also, case, on, surely, inside, loose), cap.at_most, how))
        if not (complete or surely):
            unlisted.append(cap.at_most)
    counted = Counted(spells(question, rows, case, on, surely, spans, loose), groups, unlisted)
    if not question.counts_absences:
        return counted
    away, unsaid = stays_away(question, case, on)
    if surely and unsaid:  # who may have been away at any time has surely lived nowhere
        return Counted([], [], unlisted)
    return counted.without(list(_days_away(question, away, case, on, surely)))


def _days_away(question: Records, rows: Sequence[Row], case: Case, on: int, possibly: bool) -> Iterator[tuple[int, int]]:
    """The days that somebody may have been away, or surely was. Of the day asked nobody is away: what comes before it is a gap."""
    day = last_day(question, on)
    for row in rows:
        stayed = _stayed_inside(question, row, case, on)
        if stayed is FALSE or (possibly and stayed is UNKNOWN):
            first, last = row.hull if possibly else row.core
            yield from (part for part in ((first, min(last, day - 1)), (max(first, day + 1), last)) if part[0] <= part[1])


def _stayed_inside(question: Records, row: Row, case: Case, on: int) -> Truth:
    """Whether a stay away was in the place that is asked for, and so none."""
    places = [one for one in question.filters if one.attribute == "place"]
    inside = TRUE if places else FALSE
    for one in places:
        inside = inside & holds(one, row, case, max(1, min(row.hull[1], on)))
    return inside


def _added_up(question: Records, counted: Counted, case: Case, on: int, surely: bool, exact: bool, full_time: bool = True) -> Cover:
    """What spells add up to; where they have to be unbroken, what each unbroken stretch of them does.

    `full_time`: what they say of working time is certain.
    """
    if None in counted.unlisted:
        return ENDLESS
    if question.gaps is None and not question.is_state:
        return counted.total(surely, exact)
    ways = []
    for _, _, way in _in_runs(question, counted, case, on, surely, exact, full_time):
        ways.append(way._replace(others=()))
        ways += [other._replace(one=False) for other in way.others]
    if not ways:
        return NOTHING
    best = max(ways, key=lambda one: one.percent_days)
    return best._replace(others=tuple([way for way in ways if way is not best]))


def _in_runs(
    question: Records, counted: Counted, case: Case, on: int, surely: bool, exact: bool, full_time: bool
) -> Iterator[tuple[int, int, Cover]]:  # fmt: skip
    """The unbroken stretches, each with what there is in it."""
    every = [*counted.freely, *(spell for group in counted.groups for spell in group.spells)]
    gap_rate = 100 if exact or not surely else min((spell.rate for spell in every), default=100)
    for first, last in _unbroken(question, every, on, case, surely):
        stretch = counted.between(first, last, gap_rate)
        yield first, last, stretch.total(surely, exact)._replace(one=_one_rate(stretch, full_time))


class Run(NamedTuple):
    """An unbroken stretch: how long it is, and how much of it each part is."""

    whole: Cover
    parts: tuple[Cover, ...]


class Runs(NamedTuple):
    """The unbroken stretches there surely are, and those there may be; the same ones where all is known. And what is missing to know."""

    sure: list[Run]
    maybe: list[Run]
    missing: tuple[str, ...]

    @property
    def exact(self) -> bool:
        return self.sure is self.maybe


def runs_of(question: Records, selection: Selection, parts: Sequence[tuple[Records, Selection]], case: Case, on: int) -> Runs:
    """The unbroken stretches with what they hold of each part; the gaps they forgive are of none."""
    narrow, wide, missing = _window_of(question, case)
    loose = narrow != wide
    credited, lacking = also_counted(question, case, on) if question.also else ((), ())
    full_time = all(_rate(question, row)[0] >= 100 for row in selection.both)
    sides = []
    for surely, spans in ((True, narrow), (False, wide)):
        rows = selection.sure if surely else selection.both
        counted = _counted_spells(question, rows, credited, case, on, surely, spans, loose)
        inside = [
            _counted_spells(part, picked.sure if surely else picked.both, (), case, on, surely, spans, loose) for part, picked in parts
        ]
        sides.append((counted, inside))
    exact = sides[0] == sides[1] and not loose
    found: list[list[Run]] = []
    for surely, (counted, inside) in zip((True, False), sides, strict=True):
        if exact and not surely:
            found.append(found[0])
        elif None in counted.unlisted:  # any days may be joined by those of a list that is not known
            found.append([Run(ENDLESS, tuple(part.total(surely, exact)._replace(one=False) for part in inside))])
        else:
            found.append([
                Run(whole._replace(others=()), tuple(_of_part(part.inside(first, last), surely, exact) for part in inside))
                for first, last, whole in _in_runs(question, counted, case, on, surely, exact, full_time)
            ])  # fmt: skip
    every = (*missing, *lacking)
    for asked, picked in ((question, selection), *parts):
        every += _unsettled(asked, picked.both, case, on, tuple(path for _, paths, _ in picked.maybe for path in paths))
    return Runs(found[0], found[1], every)


def _of_part(part: Counted, surely: bool, exact: bool) -> Cover:
    """How much of a run a part is."""
    return part.total(surely, exact)._replace(one=len([spell for spell in part.freely if spell.rate > 0]) == 1)


def _unbroken(question: Records, spells: list[Spell], on: int, case: Case, surely: bool) -> list[tuple[int, int]]:
    """The unbroken stretches; of a state, the one that reaches the day, or runs on from `since`."""
    each, every = question.gaps or ((), 0)

    def bridges(first: int, last: int) -> bool:
        gap = cover([Spell(first, last)])
        return all(compare_time(bound.operator, gap, gap, *limits(bound, case)[:2]).surely for bound in each)

    runs = [run[:2] for run in unbroken([spell for spell in spells if spell.rate > 0], 0, every, bridges)]
    if question.since is not None:
        known = case.by.resolve(question.since, case)[0] or Days(LONG_AGO, FOREVER)
        day = known.last if surely else known.first
        return [(day, last) for first, last in runs if first <= day <= last]
    if question.is_state:
        return [run for run in runs if run[1] >= last_day(question, on)]
    return [run for run in runs if not any(other[0] <= run[0] and run[1] < other[1] for other in runs)] if len(runs) < 50 else runs


def hours_of(question: Records, selection: Selection, case: Case, on: int) -> Measured:
    """Hours add up as they are, however many there are in a day; where a full week is given, a week counts up to it."""
    narrow, wide, missing = _window_of(question, case)
    both = selection.both
    for row in both:
        if "hours" not in row.values and "hours_per_week" not in row.values:
            missing += (row.key("hours_per_week" if row.source.working_time else "hours"),)
        missing += row.vague_dates()
    low, high = _hours_added(question, selection.sure, case, on, True, narrow), _hours_added(question, both, case, on, False, wide)
    return Measured(low, high, known(missing), both)


def _hours_added(question: Records, rows: Sequence[Row], case: Case, on: int, surely: bool, spans: Spans | None) -> float:
    """The hours of the records; of the best so many of them, where that is asked for."""
    worked = sorted(((row, *_row_hours(question, row, case, on, surely, spans)) for row in rows), key=_hours_in, reverse=True)
    worked = worked[: question.periods]
    plain = sum(hours for _, hours, _ in worked)
    if question.full_week is None or len(worked) < 2:
        return plain
    weekly = [Spell(first, last, hours * 7 / days) for _, hours, spells in worked if (days := _lasting(spells))
              for first, last, *_ in spells]  # fmt: skip
    together: float = sum(min(rate, question.full_week) * (last - first + 1) / 7 for first, last, rate in on_each_day(weekly))
    return min(plain, together)


def _row_hours(question: Records, row: Row, case: Case, on: int, surely: bool, spans: Spans | None) -> tuple[float, list[Spell]]:
    """The hours of one record, and the days they lie in."""
    if "hours" in row.values and row.vague_dates():
        return _spread_hours(question, row, case, on, surely, spans)
    inside = spells(question, [_at_full_rate(row)], case, on, surely, spans)
    days = _lasting(inside)
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
        full = (question.full_week or 35) if surely else (question.full_week or 40)
        hours = 0.0 if surely and row.rate[0] == 0 else float(full * row.rate[0 if surely else 1] / 100 * days / 7)
    return (hours if question.full_week is None else min(hours, question.full_week * days / 7)), inside


def _spread_hours(question: Records, row: Row, case: Case, on: int, surely: bool, spans: Spans | None) -> tuple[float, list[Spell]]:
    """The hours of a record whose days are vague, at least or at most: the part that counts is the smallest where it begins and ends
    on one of the outermost days, and the greatest there or where it is just what counts."""
    limit = last_day(question, on)
    edges = [*(spans or ()), (LONG_AGO, limit)]
    first_day = max(row.start.first, min(row.start.last, LONGEST_LIFE.before(limit)))  # nobody has worked before being born
    starts = {first_day, row.start.last, *(first for first, _ in edges if not surely and first_day < first < row.start.last)}
    ends = {*row.end, *(last for _, last in edges if not surely and row.end.first < last < row.end.last)}
    lasting = [row.lasting(one_day(first), one_day(last)) for first in starts for last in ends if first <= last]
    found = [_row_hours(question, one, case, on, surely, spans) for one in lasting]
    return (min if surely else max)(found, key=_hours_first)


def credits_of(selection: Selection) -> Measured:
    both = selection.both
    missing = tuple(row.key("credits") for row in both if "credits" not in row.values)
    low = sum(row.values.get("credits", 0) for row in selection.sure)
    unsaid = any("credits" not in row.values for row in both)
    high = FOREVER if unsaid else sum(row.values["credits"] for row in both)
    return Measured(low, high, known(missing), both)


def number_of(question: Records, selection: Selection, case: Case) -> Measured:
    both = selection.both
    if question.of_relatives:
        sure, possible = ({row.path.partition("]")[0] for row in rows} for rows in (selection.sure, both))
        return Measured(len(sure), len(possible), exactly, both)
    if question.told_apart and question.measure == "count":
        low, high, vague = number_of_subjects(question, selection, case)
        return Measured(low, high, known(vague), both)
    if question.kind_info.identity is not None and question.measure == "count":  # k different languages, countries, …
        identity = question.kind_info.identity
        named = {row.values[identity] for row in selection.sure if identity in row.values}
        low = len(named) or min(1, len(selection.sure))  # one that is not named may be any of the others
        high = len({row.values.get(identity, row.path) for row in both})
        return Measured(low, high, known(tuple(row.key(identity) for row in both if identity not in row.values)), both)
    return Measured(len(selection.sure), len(both), exactly, both)


def measured(question: Records, selection: Selection, rows: Sequence[Row], case: Case, on: int) -> Measured:
    """How much the selected records amount to, in the unit of the bound."""
    measure = question.measure
    if measure == "time":
        if question.kind_info.seniority:
            return seniority(question, selection, rows, case, on)
        return durations(question, selection, case, on)
    if measure == "hours":
        return hours_of(question, selection, case, on)
    if measure == "credits":
        return credits_of(selection)
    return number_of(question, selection, case)


class _FullRate:
    """A record looked at as if it were full time: hours are counted from days, not from rates."""

    __slots__ = ("_row",)

    def __init__(self, row: Row) -> None:
        self._row = row

    def __getattr__(self, name: str) -> Any:
        return (100, 100) if name == "rate" else getattr(self._row, name)


def _at_full_rate(row: Row) -> Any:
    return _FullRate(row)


def _hours_first(worked: tuple[float, list[Spell]]) -> float:
    return worked[0]


def _hours_in(worked: tuple[Row, float, list[Spell]]) -> float:
    return worked[1]


def _lasting(spells: list[Spell]) -> int:
    return sum([last - first + 1 for first, last, *_ in spells])


def _side(spans: tuple[Spans, Spans, tuple[str, ...]], surely: bool) -> Spans:
    """The days that surely are in a window, or those that may be."""
    return spans[0] if surely else spans[1]


def _always_one(surely: Counted, possibly: Counted, low: Cover, high: Cover) -> bool:
    """Whether, however vague dates are to be understood, the days are one stretch of one rate: they come from one record, from
    full-time ones that surely follow each other, or from one and others at the same time."""
    if possibly.unlisted or high.others or high.months or not high.parts:
        return False
    counting = [spell for spells in (possibly.freely, *(group.spells for group in possibly.groups)) for spell in spells if spell.rate > 0]
    if len(counting) == 1:
        return all(group.most is None or not group.most.days for group in possibly.groups)
    if any(group.spells for group in possibly.groups):
        return False
    if not (len(low.runs) == len(high.runs) == 1 and len(surely.freely) == len(possibly.freely)):
        return False
    if all(spell.rate >= 100 for spell in surely.freely):
        return True
    return any(one.rate >= 100 and _holds_others(one, index, possibly.freely) for index, one in enumerate(surely.freely))


def _holds_others(surely: Spell, own: int, possibly: Sequence[Spell]) -> bool:
    """Whether the days of a full-time record are surely those of all the others, too, so that they add nothing: `own` is its place."""
    around = possibly[own]
    others = (spell for index, spell in enumerate(possibly) if index != own)
    return around.first <= surely.first <= surely.last <= around.last and all(
        surely.first <= other.first and other.last <= surely.last for other in others
    )


def _one_rate(stretch: Counted, full_time: bool) -> bool:
    """Whether an unbroken stretch has one rate, however vague dates are to be understood: it is of one record, or of full-time ones."""
    if stretch.groups:
        return False
    spells = [spell for spell in stretch.freely if spell.rate > 0]
    return len(spells) == 1 or (full_time and all(spell.rate >= 100 for spell in spells))


def _may_cut(row: Row, part: Spell) -> bool:
    """Whether a record may begin or end on a day of a stretch that is not known."""
    begins = not row.start.exact and row.start.first <= part.last and part.first < row.start.last
    return begins or (not row.end.exact and row.end.first < part.last and part.first <= row.end.last)


def _dated(row: Row, limit: int) -> bool:
    """Whether the days of a record up to a day are exactly known, as far as there are any."""
    return row.start.first > limit or (row.start.exact and (row.end.exact or row.end.first >= limit))


def _each_touches_each(possibly: Counted) -> bool:
    """Whether full-time spells of known days are one stretch whichever of them count."""
    spells = possibly.freely
    if not spells or possibly.groups or possibly.unlisted or any(spell.rate < 100 for spell in spells):
        return False
    return bool(max(spell.first for spell in spells) <= min(spell.last for spell in spells) + 1)


def _on_the_same_days(possibly: Counted) -> bool:
    """Whether spells of known days lie on the same ones: they are one stretch of one rate, whichever of them count and at what rates."""
    return not (possibly.groups or possibly.unlisted) and len({spell[:2] for spell in possibly.freely}) == 1


def _at_most(cover: Cover, days: int) -> Cover:
    """So much of a time as lies in a window of so many days, wherever that is."""
    most = days * max([part.rate for part in cover.parts], default=100)
    return cover if cover.percent_days <= most else Cover(most, (), Fraction(most) / 28)
