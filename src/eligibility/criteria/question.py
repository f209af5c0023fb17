"""The record question: records of a source · that match · in a window · measured · against a bound · on a day.

Nearly every kind of criterion is this question with its own source, filters and words. It is answered here, once:
first the facts (which records surely and possibly match, how much they add up to, at least and at most), then the decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from math import ceil
from typing import TYPE_CHECKING, Any

from eligibility.criteria.amounts import ENDLESS, Measured, RecordAmounts
from eligibility.criteria.base import MISSING, Gap, Result, Used, answered
from eligibility.criteria.bounds import Bound, compare, compare_time
from eligibility.criteria.case import shifted
from eligibility.criteria.filters import DateIn, Filter, first_date, vague_dates
from eligibility.criteria.moments import Spans, questions_of
from eligibility.criteria.records import Selection, doubts_of, stretches_where
from eligibility.dates import FOREVER, LONG_AGO, Days, Length, reaches
from eligibility.facts import SOURCES
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Cause, Truth, truth_of

if TYPE_CHECKING:
    from eligibility.criteria.case import Case
    from eligibility.facts import Row


class RecordQuestion(RecordAmounts):
    """A question about the records of one source, decided."""

    __slots__ = ()

    def decide(self, case: Case, day: Days | None) -> Result:
        day = day or Days(case.today, case.today)
        rows, complete, path = case.facts.listed(self.kind_info.source) if not self.whose else self._listed(case)
        if rows is None:
            return answered(UNKNOWN, "not_said", {"kind": self.kind}, missing=(path,), causes=MISSING)
        selection = self._taken(rows, complete, case, day) if self.take else self.select(rows, case, day)
        if self.different:
            return self._decide_different(rows, complete, path, case, day)
        if self.bounds:
            amount = self.measured(selection, rows, case, day.first)
            truth, limits = self._compare(amount, complete, case)
        else:  # one record is enough
            sure = len(selection.sure)
            amount, limits = Measured(sure, sure + len(selection.maybe), (), ()), []
            truth = TRUE if sure else UNKNOWN if selection.maybe or not complete else FALSE
        if self.absence_rule is not None and truth.possibly:
            truth, result = self._absences(truth, case, day, selection)
            if result is not None:
                return result
        return self._explain(truth, limits, amount, selection, rows, complete, path, case, day)

    def _taken(self, rows: Sequence[Row], complete: bool, case: Case, day: Days) -> Selection:
        """`take`: of the records that match, the first, the latest or the highest one has to have its date in the window."""
        dated = self.dated
        if not dated:
            return self.select(rows, case, day)
        if self.bare is None:
            bare = copy(self)
            bare.tests = tuple((one, spread) for one, spread in self.tests if not isinstance(one, DateIn))
            self.bare = bare
        picked = self.bare.select(rows, case, day)

        def rank(row: Row) -> Days:
            if self.take == "highest":
                return Days(*row.values.get("level", (0, 8)))
            date = first_date(row, dated[0].attributes) or ANY
            return date if self.take == "latest" else Days(-date.last, -date.first)

        every = [(row, (), False) for row in picked.sure] + picked.maybe
        foremost = [one for one in every if not any(rank(row).first > rank(one[0]).last for row in picked.sure)]
        truths = []
        for row, _, _ in foremost:
            truth = TRUE
            for window in dated:
                truth = truth & window.holds(row, case, day.first)
            truths.append(truth)
        if complete and picked.sure and all(truth.surely for truth in truths):
            return Selection([row for row, _, _ in foremost], [], picked.rejected)
        if not any(truth.possibly for truth in truths):
            return Selection([], [], [*picked.rejected, *((row, dated[0]) for row, _, _ in foremost)])
        vague = tuple(path for row, _, _ in foremost for window in dated for path in window.lacking(row, case, day.first))
        return Selection([], [(row, (*lacking, *vague), waits) for row, lacking, waits in foremost], picked.rejected)

    def _compare(self, amount: Measured, complete: bool, case: Case) -> tuple[Truth, list[tuple[Bound, Any, Any]]]:
        """The decision: the amounts against every bound."""
        high_unknown = not complete
        truth = TRUE
        limits = self.fixed or [(bound, *bound.limits(case)[:2]) for bound in self.bounds]
        for bound, low_limit, high_limit in limits:
            if bound.measure == "time":
                high = ENDLESS if high_unknown else amount.high
                truth = truth & compare_time(bound.operator, amount.low, high, low_limit, high_limit)
            else:
                high = FOREVER if high_unknown else amount.high
                truth = truth & compare(bound.operator, amount.low, high, low_limit, high_limit)
        return truth, limits

    def _explain(
        self, truth: Truth, limits: list[tuple[Bound, Any, Any]], amount: Measured, selection: Selection,
        rows: Sequence[Row], complete: bool, path: str, case: Case, day: Days,
    ) -> Result:  # fmt: skip
        params: dict[str, Any] = {"kind": self.kind, "measure": self.measure, "have": amount.low, "might": amount.high}
        if limits:
            bound, low_limit, high_limit = limits[0] if truth is TRUE else _first_broken(limits, amount) or limits[0]
            params |= {"operator": bound.operator, "need": low_limit, "need_most": high_limit}
        used: list[Used] = []
        for row in selection.sure:
            used += row.shown(self.shows_dates)
        if truth is TRUE:
            future = self._future(amount, limits, selection, case, day)
            code = "within" if self.maxima else "enough" if self.bounds else "found"
            if not used:
                used = [Used(path, "empty" if not rows else None)]
            return answered(truth, code, params, used=used, future=future, day=day)
        if truth is FALSE:
            return self._fail(params, limits, amount, selection, rows, path, case, day, used)
        missing = [path for _, lacking, _ in selection.maybe for path in lacking]
        doubts = doubts_of(selection)
        missing += amount.missing
        if not complete:
            missing.append(path)
        for bound, low, high in limits:
            if low != high:
                missing += bound.limits(case)[2]
        causes = doubts | (MISSING if missing or not doubts else frozenset())
        params["may_match"] = [row.path for row, _, _ in selection.maybe]
        code = "list_incomplete" if not complete and not selection.maybe else ("may_match" if selection.maybe else "between")
        if doubts and not missing:
            code = "not_yet" if Cause.FUTURE in doubts else "to_judge"
        used += [fact for row, _, _ in selection.maybe for fact in row.shown(self.shows_dates)]
        return answered(truth, code, params, used=used or [Used(path, None)], missing=tuple(dict.fromkeys(missing)), causes=causes, day=day,
                      gap=_gap(limits, amount))  # fmt: skip

    def _fail(
        self, params: dict[str, Any], limits: list[tuple[Bound, Any, Any]], amount: Measured, selection: Selection,
        rows: Sequence[Row], path: str, case: Case, day: Days, used: list[Used],
    ) -> Result:  # fmt: skip
        if not rows:
            return answered(FALSE, "none", params, used=[Used(path, "empty")], day=day, gap=_gap(limits, amount))
        counted = selection.both
        if not counted:
            row, attributes = self._nearest(rows, selection, case, day)
            params |= {"record": row.path, "failed": attributes, "value": row.values.get(attributes[0])}
            if attributes == ["day"]:
                return answered(FALSE, "not_on_day", params, used=row.shown(self.shows_dates), gap=_gap(limits, amount), day=day)
            gap = self._date_gap(row, case) or _gap(limits, amount)
            shown = rows if self.kind_info.name == "citizenship" else (row,)  # who has two citizenships is told of both
            used = [Used(one.key(attributes[0]), one.values.get(attributes[0])) for one in shown]
            return answered(FALSE, "no_match", params, used=used, gap=gap, day=day)
        too_much = limits and params["operator"] in ("at_most", "less_than")
        if not too_much:  # even at best it is not enough
            if amount.low != amount.high:
                params["at_best"] = [path for _, lacking, _ in selection.maybe for path in lacking] or list(amount.missing)
                used = [fact for one in counted for fact in one.shown(self.shows_dates)]
            params["have"] = amount.high
            amount = amount._replace(low=amount.high)
        return answered(
            FALSE, "too_much" if too_much else "short", params, used=used or [Used(path, None)], gap=_gap(limits, amount), day=day
        )

    def _nearest(self, rows: Sequence[Row], selection: Selection, case: Case, day: Days) -> tuple[Row, list[str]]:
        """The record that misses the fewest filters, and the attributes it misses."""
        best: tuple[int, Row, list[str]] | None = None
        on = day.first
        for row, out in selection.rejected:
            missed = [
                one.attribute for one, spread in self.tests
                if (self._on_its_days(one, row, case, on) if spread else one.holds(row, case, on)) is FALSE
            ]  # fmt: skip
            if isinstance(out, str):
                missed.append(out)
            elif self.is_state and self._placed(row, case, on)[0] is FALSE:
                missed.append("day")
            elif not missed:
                missed.append(out.attribute)
            if best is None or len(missed) < best[0]:
                best = (len(missed), row, missed)
            if best[0] == 1:  # no record misses less
                break
        assert best is not None
        return best[1], best[2]

    def _date_gap(self, row: Row, case: Case) -> Gap | None:
        for one in self.dated:
            if (date := one.days(row)) is not None:
                _, wide, _ = one.window.spans(case)
                if wide and date.last < wide[0][0]:
                    return Gap(wide[0][0] - date.last, "days_too_old")
                if wide and date.first > wide[-1][1]:
                    return Gap(date.first - wide[-1][1], "days_too_late")
        return None

    def _future(self, amount: Measured, limits: list[tuple[Bound, Any, Any]], selection: Selection, case: Case, day: Days) -> int | None:
        """The day until which things must stay as they are for the pass to hold; None where it rests on the past alone."""
        last = day.first if self.is_state and self.measure != "time" else self._last_day(day.first)
        if last <= case.today:
            return None
        if self.is_state and self.kind_info.name in ("employment", "enrolment", "residence", "funds"):
            return last
        if self.measure == "time" and any(bound.operator in ("at_least", "more_than") for bound in self.bounds):
            if not self.undated and all(row.end.last <= case.today for row in selection.sure):
                return None
            until_today = self.least(selection, case, case.today)  # what is there already cannot be lost
            if all(compare_time(b.operator, until_today, until_today, high, high).surely for b, _, high in limits):
                return None
            return last
        if self.expected and self.kind_info.source == "degrees":
            return last
        source = SOURCES[self.kind_info.source]
        if self.measure == "exists" and source.event is None and not source.timeless:  # announced, and not begun yet
            begins = min((row.start.last for row in selection.sure), default=case.today)
            return begins if begins > case.today else None
        return None

    # ------------------------------------------------------------------------------- special countings

    def _decide_different(self, rows: Sequence[Row], complete: bool, path: str, case: Case, day: Days) -> Result:
        """Different things (languages) for different demands: a matching, sure with sure edges, possible with possible ones."""
        identity = self.kind_info.identity or ""
        names = list(dict.fromkeys(str(row.values.get(identity, row.path)) for row in rows))
        edges: list[list[Truth]] = []
        missing: list[str] = [] if complete else [path]
        for demand in self.different:
            found = dict.fromkeys(names, FALSE)
            for row in rows:
                truth = TRUE
                for one in (*self.filters, *demand):
                    truth = truth & one.holds(row, case, day.first)
                if truth == UNKNOWN:
                    missing += self._lacking(row, demand, case, day.first)
                name = str(row.values.get(identity, row.path))
                found[name] = found[name] | truth
            edges.append(list(found.values()))
        sure = _match([[index for index, truth in enumerate(truths) if truth.surely] for truths in edges])
        possible = _match([[index for index, truth in enumerate(truths) if truth.possibly] for truths in edges])
        truth = truth_of(len(sure) == len(edges), len(possible) == len(edges) or not complete)
        params = {"kind": self.kind, "measure": "different", "have": len(sure), "need": len(edges), "operator": "at_least"}
        matched = {names[index] for index in sure.values()}
        used = [fact for row in rows if row.values.get(identity) in matched for fact in row.shown(self.shows_dates)] or [Used(path, None)]
        if truth.surely:
            return answered(truth, "enough", params, used=used, day=day)
        if not truth.possibly:
            return answered(FALSE, "short", params, used=used, gap=Gap(len(edges) - len(possible), "times"), day=day)
        return answered(truth, "may_match", params, used=used, missing=tuple(dict.fromkeys(missing)), causes=MISSING, day=day)

    @staticmethod
    def _lacking(row: Row, filters: Iterable[Filter], case: Case, on: int) -> list[str]:
        """What would have to be known of a record for the filters that only may hold."""
        return [path for one in filters if not one.holds(row, case, on).surely for path in one.lacking(row, case, on)]

    def _absences(self, truth: Truth, case: Case, day: Days, selection: Selection) -> tuple[Truth, Result | None]:
        """Québec health insurance (Regulation A-29, r. 1, s. 6): away 183 days or more in a calendar year, stays of 21 days
        or less apart, and the year is lost; departure and return days are not days away."""
        from eligibility.criteria.absences import lost_years

        length = next((bound.quantity.amount for bound in self.bounds if bound.quantity is not None), Length(0))
        last = self._last_day(day.first)
        listed = case.facts.rows("absences")
        if listed is None or not case.facts.complete("absences"):
            used = [fact for row in selection.sure for fact in row.shown(self.shows_dates)]
            return truth, answered(truth & UNKNOWN, "absences_not_said", {"kind": self.kind}, missing=(case.facts.path("absences"),),
                                   causes=MISSING, day=day, used=used)  # fmt: skip
        surely_lost, possibly_lost, rows = lost_years(listed, length.before(last + 1), last)
        clean = truth_of(not possibly_lost, not surely_lost)
        if clean.surely:
            return truth, None
        used = [fact for row in rows for fact in row.shown(self.shows_dates)]
        if not clean.possibly:
            return FALSE, answered(FALSE, "absent_too_long", {"kind": self.kind, "years": surely_lost}, used=used, day=day)
        missing = tuple(path for row in rows for path in row.vague_dates())
        return truth & clean, answered(truth & clean, "perhaps_absent_too_long", {"kind": self.kind, "years": possibly_lost}, used=used,
                                     missing=missing, causes=MISSING, day=day)  # fmt: skip

    # --------------------------------------------------------------- as part of windows and extensions

    def _selected(self, case: Case) -> tuple[Selection, bool, str, tuple[str, ...]]:
        resolved: Days | None = None
        missing: tuple[str, ...] = ()
        if self.as_of is not None:
            resolved, missing = self.as_of.resolve(case)
        day = Days(resolved.last, resolved.last) if resolved is not None else Days(case.today, case.today)
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
        attributes = self.any_date_of or (("awarded",) if self.kind_info.source == "degrees" else ("start",))
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
            return [], [(LONG_AGO, FOREVER)], (path,)
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
        return _joined(narrow), _joined(wide) if complete else [(LONG_AGO, FOREVER)], missing

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
            return 0.0, 1.0, answered(UNKNOWN, "not_said", {"kind": self.kind}, missing=(path,), causes=MISSING)
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
        part = answered(UNKNOWN, "share", {"kind": self.kind, "low": min(1.0, low), "high": min(1.0, high)}, day=day,
                      used=[Used(row.path, None) for row in amount.rows], missing=() if settled else missing,
                      causes=frozenset() if settled else causes or MISSING)  # fmt: skip
        return min(1.0, low), min(1.0, high) if complete else 1.0, part

    def inner(self) -> Iterable[RecordQuestion]:
        """The record questions inside this one: in its windows, its bounds, its credits and caps."""
        windows = [self.during] if self.during is not None else []
        windows += [one.window for one in self.filters if isinstance(one, DateIn)]
        for window in windows:
            yield from window.questions()
        for bound in self.bounds:
            yield from questions_of(bound.extended)
        for cap in (*self.also, *self.limits):
            yield cap.question
        if self.since is not None and self.since.record is not None:
            yield self.since.record

    def critical_days(self, case: Case) -> list[int]:
        days = self._turns(case)
        lengths = [] if self.during is None else self.during.lengths()
        for bound in self.bounds:
            if bound.measure == "time":
                lengths += dict.fromkeys(tuple(limit) for limit in bound.limits(case)[:2])
        for window in self.dated:
            lengths += window.window.lengths()
        return shifted(days, lengths) if lengths else days

    def _turns(self, case: Case) -> list[int]:
        """The days on which a record, or what a filter says of one, changes."""
        if self.whose:
            relatives = [facts for relation, facts in case.facts.relatives() or () if relation in self.whose]
            days = [day for facts in relatives for day in facts.turns(self.kind_info.source)]
        else:
            days = case.facts.turns(self.kind_info.source)
        if self.absence_rule is not None:
            days = days + case.facts.turns("absences")
        for one in self.dynamic:
            days = [*days, *one.changes(case)]
        return days


ANY = Days(LONG_AGO, FOREVER)


def _joined(spans: Spans) -> Spans:
    joined: Spans = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def _match(edges: list[list[int]]) -> dict[int, int]:
    """A largest matching of demands to records: demand → record."""
    owner: dict[int, int] = {}

    def place(demand: int, tried: set[int]) -> bool:
        for record in edges[demand]:
            if record not in tried:
                tried.add(record)
                if record not in owner or place(owner[record], tried):
                    owner[record] = demand
                    return True
        return False

    for demand in range(len(edges)):
        place(demand, set())
    return {demand: record for record, demand in owner.items()}


def _holds(bound: Bound, amount: Measured, low: Any, high: Any) -> bool:
    if bound.measure == "time":
        return compare_time(bound.operator, amount.low, amount.low, low, high).surely
    return compare(bound.operator, amount.low, amount.low, low, high).surely


def _first_broken(limits: list[tuple[Bound, Any, Any]], amount: Measured) -> tuple[Bound, Any, Any] | None:
    """The first bound that the amount there surely is does not meet."""
    for one in limits:
        if not _holds(one[0], amount, one[1], one[2]):
            return one
    return None


def _gap(limits: list[tuple[Bound, Any, Any]], amount: Measured) -> Gap | None:
    """How much is missing, or too much, for the first bound that does not hold."""
    broken = _first_broken(limits, amount)
    if broken is None:
        return None
    bound, low, high = broken
    beyond = 1 if bound.operator in ("more_than", "less_than") else 0
    if bound.measure == "time":
        have, run = amount.low.percent_days // 100, amount.low.longest_run
        if bound.operator in ("at_least", "more_than"):
            in_all = max(0, high.most_days - have)
            in_one = in_all if run is None else max(0, high.after(run[0]) - run[1] - 1)
            return Gap(min(in_all, in_one) + beyond, "days")
        too_long = 0 if run is None else run[1] + 1 - low.after(run[0])
        return Gap(max(0, have - low.most_days, too_long) + beyond, "days")
    unit = {"number": "times", "count": "times"}.get(bound.measure, bound.measure)
    return Gap(ceil(abs(low - amount.low)) + beyond, unit)
