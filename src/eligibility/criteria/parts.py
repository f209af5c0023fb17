"""A record question as a part of others: the date, the days, the number and the share that windows, bounds and sums ask for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from eligibility.answer import Used
from eligibility.criteria.filters import DateIn, first_date, vague_dates
from eligibility.criteria.moments import Spans, common, questions_of
from eligibility.criteria.reasons import RecordReasons
from eligibility.criteria.records import Selection, doubts_of
from eligibility.criteria.result import MISSING, Result, answered, told
from eligibility.criteria.stretches import stretches_where
from eligibility.dates import FOREVER, LONG_AGO, Days, joined, one_day, reaches
from eligibility.verdict import TRUE, UNKNOWN

if TYPE_CHECKING:
    from eligibility.criteria.case import Case
    from eligibility.criteria.question import RecordQuestion


class RecordParts(RecordReasons):
    """What windows, limits and sums ask of records."""

    __slots__ = ()

    def _selected(self, case: Case) -> tuple[Selection, bool, str, tuple[str, ...]]:
        resolved: Days | None = None
        missing: tuple[str, ...] = ()
        if self.as_of is not None:
            resolved, missing = self.as_of.resolve(case)
        day = one_day(resolved.last) if resolved is not None else one_day(case.today)
        rows, complete, path = self._listed(case)
        if rows is None:
            return Selection([], [], []), False, path, (*missing, path)
        selection = self.select(rows, case, day)
        missing += tuple(lack for _, lacking, _ in selection.maybe for lack in lacking)
        return selection, complete, path, missing if complete else (*missing, path)

    def date_of(self, case: Case) -> tuple[Days | None, tuple[str, ...], bool]:
        """The record's own date (first, latest or of the highest level); None where there surely is no such record.

        Also what is missing to know it, and whether there may be no record at all.
        """
        selection, complete, _, missing = self._selected(case)
        attributes = self.any_date_of or (("awarded",) if self.source == "degrees" else ("start",))
        sure = [first_date(row, attributes) or Days(LONG_AGO, FOREVER) for row in selection.sure]
        maybe = [first_date(row, attributes) or Days(LONG_AGO, FOREVER) for row, _, _ in selection.maybe]
        if self.take == "highest" and selection.sure:
            top = max(row.values.get("level", (0, 0))[0] for row in selection.sure)
            sure = [d for d, row in zip(sure, selection.sure, strict=True) if row.values.get("level", (0, 0))[1] >= top]
        if not sure and not maybe:
            return (None, missing, True) if complete else (Days(LONG_AGO, FOREVER), missing, True)
        every = [*sure, *maybe]
        if self.take == "first":
            first = min(date.first for date in every) if complete else LONG_AGO
            last = min(date.last for date in sure) if sure else max(date.last for date in maybe)
        else:
            first = max(date.first for date in sure) if sure else min(date.first for date in maybe)
            last = max(date.last for date in every) if complete else FOREVER
        vague = tuple(path for row in selection.sure for path in vague_dates(row, attributes))
        return Days(first, last), (*missing, *vague), not sure

    def lasting(self, case: Case) -> tuple[Spans, Spans, tuple[str, ...]]:
        """The days on which matching records surely and possibly last."""
        rows, complete, path = self._listed(case)
        if rows is None:
            rows, complete = (), False
        narrow: Spans = []
        wide: Spans = []
        missing: tuple[str, ...] = () if complete else (path,)
        dynamic = self.dynamic
        for row in rows:
            truth = TRUE
            for one in self.filters:
                if not one.dynamic:
                    truth = truth & one.holds(row, case, case.today)
                    missing += () if truth.surely else one.lacking(row, case, case.today)
            for excluded in self.other_than:
                inside = TRUE
                for one in excluded:
                    inside = inside & one.holds(row, case, case.today)
                truth = truth & ~inside
            if truth.possibly:
                wide += stretches_where(row.hull, dynamic, row, case, False)
                missing += row.vague_dates()
            if truth.surely:
                narrow += stretches_where(row.core, dynamic, row, case, True)
        narrow, wide = joined(narrow), joined(wide) if complete else [(LONG_AGO, FOREVER)]
        if self.during is not None:
            surely, possibly, more = self.during.spans(case)
            narrow, wide, missing = common(narrow, surely), common(wide, possibly), (*missing, *more)
        return narrow, wide, missing

    def number(self, case: Case) -> tuple[int, int, tuple[str, ...]]:
        """How many records match, at least and at most."""
        selection, complete, _, missing = self._selected(case)
        low = len(selection.sure)
        return low, low + len(selection.maybe) if complete else max(low, 20), missing

    def total_days(self, case: Case) -> tuple[int, int, tuple[str, ...]]:
        """How many full days the records last, at least and at most."""
        selection, complete, _, missing = self._selected(case)
        day = self.as_of.resolve(case)[0] if self.as_of is not None else None
        amount = self.durations(selection, case, case.today if day is None else day.last)
        return amount.low.days, amount.high.days if complete else 36_500, (*missing, *amount.missing)

    def share(self, case: Case, day: Days) -> tuple[float, float, Result]:
        """For `together`: the part of the whole, at least and at most (never more than all of it)."""
        rows, complete, path = self._listed(case)
        if rows is None:
            return 0.0, 1.0, answered(UNKNOWN, "not_said", told({"kind": self.kind}, missing=(path,)), MISSING)
        selection = self.select(rows, case, day)
        if self.whole.measure == "time":
            amount = self.durations(selection, case, day.first)
            whole, beyond = self.whole.amount.most_days, (self.beyond.amount.most_days if self.beyond else 0)
            low, high = amount.low.percent_days / 100, amount.high.percent_days / 100
        else:
            measure = {"credits": self._credits, "count": self._counted, "number": self._counted}
            amount = self._hours(selection, case, day.first) if self.whole.measure == "hours" else measure[self.whole.measure](selection)
            whole, beyond = self.whole.amount, (self.beyond.amount if self.beyond else 0)
            low, high = amount.low, amount.high
        low, high = max(0, low - beyond) / whole, max(0, high - beyond) / whole
        if self.whole.measure == "time" and self.beyond is None:  # a calendar year is the whole of 12 months, also with 365 days
            low = max(low, 1.0) if reaches(amount.low, self.whole.amount) else low
            high = max(high, 1.0) if reaches(amount.high, self.whole.amount) else high
        missing = (*(p for _, lacking, _ in selection.maybe for p in lacking), *amount.missing, *(() if complete else (path,)))
        settled = complete and min(1.0, low) == min(1.0, high)
        causes = (MISSING if missing else frozenset()) | doubts_of(selection)
        params = {"kind": self.kind, "low": min(1.0, low), "high": min(1.0, high)}
        why = told(params, [Used(row.path, None) for row in amount.rows], () if settled else missing)
        part = answered(UNKNOWN, "share", why, None if settled else causes or MISSING, day)
        return min(1.0, low), min(1.0, high) if complete else 1.0, part

    def inner(self) -> Iterable[RecordQuestion]:
        """The record questions inside this one: in its windows, its bounds, its credits and caps."""
        windows = [self.during] if self.during is not None else []
        windows += [one.window for one in self.filters if isinstance(one, DateIn)]
        for window in windows:
            yield from window.questions()
        for bound in self.bounds_met:
            yield from questions_of(bound.extended)
        for cap in (*self.also, *self.limits):
            yield cap.question
        if self.since is not None and self.since.record is not None:
            yield self.since.record
