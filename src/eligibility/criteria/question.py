"""The record question: records of a source · that match · in a window · measured · against a bound · on a day.

Nearly every kind of criterion is this question with its own source, filters and words. It is answered here, once:
first the facts (which records surely and possibly match, how much they add up to, at least and at most), then the decision.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from typing import TYPE_CHECKING, Any

from eligibility.answer import Gap, RecordCode, ResidenceCode, Used
from eligibility.counting import compare_time
from eligibility.criteria.amounts import ENDLESS, Measured
from eligibility.criteria.bounds import Bound, compare
from eligibility.criteria.case import month_turns, shifted
from eligibility.criteria.filters import DateIn, Filter, first_date
from eligibility.criteria.moments import turns_of
from eligibility.criteria.parts import RecordParts
from eligibility.criteria.reasons import Found, Limit
from eligibility.criteria.records import Selection, doubts_of
from eligibility.criteria.result import FUTURE, MISSING, READINGS, Reason, Result, answered, told, unique
from eligibility.dates import FOREVER, LONG_AGO, Days, Length, one_day
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Cause, Truth, truth_of

if TYPE_CHECKING:
    from eligibility.criteria.case import Case
    from eligibility.facts import Row


_NO_LIMITS: list[Limit] = []
ANY = Days(LONG_AGO, FOREVER)


class RecordQuestion(RecordParts):
    """A question about the records of one source, decided."""

    __slots__ = ()

    def decide(self, case: Case, day: Days | None) -> Result:
        if day is None:
            day = one_day(case.today)
        rows, complete, path = case.facts.listed(self.source) if not self.whose else self._listed(case)
        if rows is None:
            return self._without_list(path, case, day)
        if self.different:
            return self._decide_different(rows, complete, path, case, day)
        selection = self._taken(rows, complete, case, day) if self.take else self.select(rows, case, day, complete)
        return self.answer(rows, complete, path, selection, case, day)

    def answer(self, rows: Sequence[Row], complete: bool, path: str, selection: Selection, case: Case, day: Days) -> Result:
        """What it comes to, once it is known which of the records match."""
        if self.bounds:
            amount = self.measured(selection, rows, case, day.first)
            truth, limits = self._compare(amount, complete, case)
        else:  # one record is enough
            amount, limits = None, _NO_LIMITS
            truth = TRUE if selection[0] else UNKNOWN if selection[1] or not complete else FALSE
        if self.absence_rule is not None and truth.possibly:
            truth, result = self._absences(truth, case, day, selection)
            if result is not None:
                return result
        found = Found(rows, complete, path, selection, amount, limits, self.counted)
        if truth is TRUE:
            return answered(truth, self.passes, (RecordQuestion._passed, self, found, case, day), day=day)
        if truth is FALSE:
            return self._fail(found, case, day)
        return self._open(found, case, day)

    def _without_list(self, path: str, case: Case, day: Days) -> Result:
        """The profile says nothing of the records themselves; what is credited besides them may decide all the same."""
        if self.also and self.bounds:
            selection = Selection([], [], [])
            amount = self.measured(selection, (), case, day.first)
            truth, limits = self._compare(amount, False, case)
            if truth is FALSE or (truth is TRUE and self.absence_rule is None):
                credited = [row for _, picked, _ in self._credited(case, day.first)[0] for row in picked.sure]
                found = Found((), False, path, Selection(credited, [], []), amount, limits, self.counted)
                if truth is TRUE:
                    return answered(truth, self.passes, (RecordQuestion._passed, self, found, case, day), day=day)
                return answered(FALSE, "too_much", (RecordQuestion._counted_out, self, found, True), day=day)
        return answered(UNKNOWN, "not_said", told(self.kind, {"whose": self.whose} if self.whose else {}, missing=(path,)), MISSING)

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
        leading = [
            not waits and not lacking and all(rank(row).first >= rank(other[0]).last for other in every) for row, lacking, waits in foremost
        ]  # fmt: skip
        if not any(truth.possibly for truth in truths) or (
            complete and any(first and truth is FALSE for first, truth in zip(leading, truths, strict=True))
        ):  # all of them fall out, or one that surely is among the foremost
            return Selection([], [], [*picked.rejected, *((row, dated[0]) for row, _, _ in foremost)])
        vague = tuple(path for row, _, _ in foremost for window in dated for path in window.lacking(row, case, day.first))
        return Selection([], [(row, (*lacking, *vague), waits) for row, lacking, waits in foremost], picked.rejected)

    def _compare(self, amount: Measured, complete: bool, case: Case) -> tuple[Truth, list[tuple[Bound, Any, Any]]]:
        """The decision: the amounts against every bound."""
        limits = self.fixed or [(bound, *bound.limits(case)[:2]) for bound in self.bounds]
        timed = self.measure == "time"  # all bounds of a question have one measure
        low, high, _, _ = amount
        if not complete:
            high = ENDLESS if timed else FOREVER
        truth = TRUE
        for bound, least, most in limits:
            if timed:
                truth &= compare_time(bound[0], low, high, least, most, self.counted)
            else:
                truth &= compare(bound[0], low, high, least, most)
        return truth, limits

    def _open(self, found: Found, case: Case, day: Days) -> Result:
        """Unknown: for want of a fact, because something is still to come, or because a person has to tell."""
        complete, selection = found.complete, found.selection
        if self.measure == "time" and self._by_counting(found, case):
            return answered(UNKNOWN, "counts", (RecordQuestion._by_counts, self, found, case), READINGS, day)
        if selection.maybe and all(row.again for row, _, _ in selection.maybe) and complete:
            return answered(UNKNOWN, "twice", (RecordQuestion._opened, self, found, case), MISSING, day)
        doubts = doubts_of(selection)
        code: RecordCode | ResidenceCode = "may_match" if selection.maybe else "between" if complete else "list_incomplete"
        if code == "between" and found.amount.low == found.amount.high:  # nothing is open but the limit itself
            code = "limit_open"
        if code == "between" and self.counts_absences and case.facts.path("absences") in self._missing(found, case):
            code = "days_away_not_said"
        causes = MISSING
        if doubts:
            causes |= doubts
            if not self._missing(found, case):
                code, causes = "not_yet" if Cause.FUTURE in doubts else "to_judge", doubts
        elif code == "between" and self._waits(case) and not self._missing(found, case):
            code, causes = "not_yet", FUTURE
        return answered(UNKNOWN, code, (RecordQuestion._opened, self, found, case), causes, day)

    def _waits(self, case: Case) -> bool:
        """Whether its window hangs on something that is still to come, where nothing is missing: a degree that is announced."""
        if self.during is None:
            return False
        narrow, wide, _ = self.during.spans(case)
        return narrow != wide

    def _by_counting(self, found: Found, case: Case) -> bool:
        """Whether no fact would settle it: what there is at least, and at most, depends on how months are counted."""
        if not found.complete or found.measured is None:
            return False
        if not self._missing(found, case) and not found.selection.maybe:
            return not self._waits(case)
        for amount in {id(one): one for one in (found.amount.low, found.amount.high)}.values():
            truth = TRUE
            for bound, least, most in found.limits:
                truth &= compare_time(bound.operator, amount, amount, least, most, self.counted)
                if least != most:
                    return False
            if truth is not UNKNOWN:
                return False
        return True

    def _fail(self, found: Found, case: Case, day: Days) -> Result:
        """False: no record, none that matches, or too few or too many of them."""
        rows, selection = found.rows, found.selection
        if not rows:
            return answered(FALSE, "none", (RecordQuestion._none, self, found), day=day)
        if not (selection.sure or selection.maybe):
            by_day = self.place is not None and (
                selection.rejected[0][1] == "day"
                or (any(out == "day" for _, out in selection.rejected) and self._nearest(selection, case, day)[1] == ["day"])
            )
            return answered(FALSE, "not_on_day" if by_day else "no_match", (RecordQuestion._unmatched, self, found, case, day), day=day)
        too_much = self.maxima
        if self.mixed and (deciding := found.deciding) is not None:
            too_much = deciding[0].operator in ("at_most", "less_than")
        return answered(FALSE, "too_much" if too_much else "short", (RecordQuestion._counted_out, self, found, too_much), day=day)

    # ------------------------------------------------------------------------------- special countings

    def _decide_different(self, rows: Sequence[Row], complete: bool, path: str, case: Case, day: Days) -> Result:
        """Different things (languages) for different demands: a matching, sure with sure edges, possible with possible ones."""
        identity = self.kind_info.identity or ""
        called = [str(row.values.get(identity, row.path)) for row in rows]
        names = list(dict.fromkeys(called))
        edges: list[list[Truth]] = []
        for demand in self.demands:
            truths = [self._fits(row, demand, case, day.first) for row in rows]
            if len(names) < len(rows):  # several records of one thing: one of them is enough
                found = dict.fromkeys(names, FALSE)
                for name, truth in zip(called, truths, strict=True):
                    found[name] = found[name] | truth
                truths = list(found.values())
            edges.append(truths)
        sure = _match([[index for index, truth in enumerate(truths) if truth is TRUE] for truths in edges])
        possible = sure
        if any(UNKNOWN in truths for truths in edges):
            possible = _match([[index for index, truth in enumerate(truths) if truth is not FALSE] for truths in edges])
        truth = truth_of(len(sure) == len(edges), len(possible) == len(edges) or not complete)
        why = (RecordQuestion._matched, self, truth, names, sure, possible, rows, complete, path, case, day)
        if truth is UNKNOWN:
            return answered(truth, "may_match", why, MISSING, day)
        return answered(truth, "enough" if truth is TRUE else "short", why, day=day)

    def _matched(
        self, truth: Truth, names: Sequence[str], sure: Mapping[int, int], possible: Mapping[int, int],
        rows: Sequence[Row], complete: bool, path: str, case: Case, day: Days,
    ) -> Reason:  # fmt: skip
        identity, need = self.kind_info.identity or "", len(self.different)
        params = {"measure": "different", "have": len(sure), "need": need, "operator": "at_least"}
        matched = {names[index] for index in sure.values()}
        used = [fact for row in rows if row.values.get(identity) in matched for fact in row.shown(self.shows_dates)] or [Used(path, None)]
        if truth is not UNKNOWN:
            return Reason(self.kind, params, used, gap=None if truth is TRUE else Gap(need - len(possible), "times"))
        missing: list[str] = [] if complete else [path]
        for demand, whole in zip(self.different, self.demands, strict=True):
            for row in rows:
                if self._fits(row, whole, case, day.first) is UNKNOWN:
                    missing += self._lacking(row, demand, case, day.first)
        return Reason(self.kind, params, used, unique(missing))

    @staticmethod
    def _fits(row: Row, demand: Iterable[Filter], case: Case, on: int) -> Truth:
        fits = TRUE
        for one in demand:
            truth = one.holds(row, case, on)
            if truth is FALSE:
                return truth
            if truth is UNKNOWN:
                fits = truth
        return fits

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
        listed, unsaid = self._stays_away(case)
        if unsaid:
            why = told(self.kind, {}, self._used(selection.sure), unsaid)
            return truth, answered(truth & UNKNOWN, "absences_not_said", why, MISSING, day)
        surely_lost, possibly_lost, rows = lost_years(listed, length.before(last + 1), last)
        clean = truth_of(not possibly_lost, not surely_lost)
        if clean is TRUE:
            return truth, None
        if clean is FALSE:
            why = told(self.kind, {"years": surely_lost}, self._used(rows))
            return FALSE, answered(FALSE, "absent_too_long", why, day=day)
        why = told(self.kind, {"years": possibly_lost}, self._used(rows), [path for row in rows for path in row.vague_dates()])
        return truth & clean, answered(truth & clean, "perhaps_absent_too_long", why, MISSING, day)

    def stays(self, case: Case, known: Days) -> bool:
        return self.steady and self._still(case, known)

    def grows(self, case: Case, known: Days) -> bool:
        return self.growing and (not self.is_state or self._still(case, known))

    def _still(self, case: Case, known: Days) -> bool:
        """Whether no record begins or ends, and no filter changes, from the eve of an interval to its morrow."""
        turns = case.facts.turns(self.source) if not (self.whose or self.dynamic) else sorted(self._turns(case))
        at = bisect_left(turns, known.first - 1)
        return at == len(turns) or turns[at] > known.last + 1

    def critical_days(self, case: Case) -> list[int]:
        inside = [day for one in self.inner() for day in one.critical_days(case)]
        months, lengths = self.distances(case)
        days = [*self._turns(case), *inside, *turns_of(self.bounds_met, case), *months]
        return shifted(days, lengths) if lengths else days

    def distances(self, case: Case) -> tuple[list[int], list[tuple[int, int]]]:
        """The lengths, in months and days, of its windows and bounds: so far from a day on which something changes another may. And,
        where a window moves with a day that is not exactly known, the days on which months differ."""
        months: list[int] = []
        lengths = [] if self.during is None else self.during.lengths()
        if self.measure == "time" and lengths:  # a month that a window moves over may be shorter than the next
            months = [day for name in self.names if name in case.vague for day in month_turns(case.dates[name], case.today)]
        for bound in self.bounds:
            if bound.measure == "time":
                lengths += dict.fromkeys(tuple(limit) for limit in bound.limits(case)[:2])
        for window in self.dated:
            lengths += window.window.lengths()
        return months, lengths

    def _turns(self, case: Case) -> list[int]:
        """The days on which a record, or what a filter says of one, changes."""
        if self.whose:
            days = [day for facts in self._relatives(case) for day in facts.turns(self.source)]
        else:
            days = case.facts.turns(self.source)
        if self.absence_rule is not None:
            days = days + case.facts.turns("absences")
        if self.counts_absences:
            days = [*days, *self._away_days(case)]
        for one in self.dynamic:
            days = [*days, *one.changes(case)]
        return days

    def _away_days(self, case: Case) -> Iterator[int]:
        """The days on which a stay away begins, ends, or grows until it is too long to be forgiven."""
        assert self.gaps is not None
        each, together = self.gaps
        longest = min([together, *(bound.limits(case)[1].most_days for bound in each)])
        for facts in self._relatives(case) if self.whose else (case.facts,):
            for row in facts.rows("absences") or ():
                begins, ends = row.start, row.end
                if begins.first > LONG_AGO and begins.last < FOREVER:
                    yield from range(begins.first, min(ends.last, begins.last + longest) + 2)
                yield from (day for day in (*begins, *ends) if LONG_AGO < day < FOREVER)


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
