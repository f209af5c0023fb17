"""Why: what explains the answer to a record question, worked out when somebody reads it. Nothing here decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from eligibility.answer import Gap, Used
from eligibility.counting import by_count, compare_time, days_missing, days_too_many
from eligibility.criteria.amounts import Measured, RecordAmounts, exactly
from eligibility.criteria.bounds import Bound, compare
from eligibility.criteria.filters import Terms
from eligibility.criteria.filters_names import Names
from eligibility.criteria.filters_places import Places
from eligibility.criteria.records import Selection
from eligibility.criteria.result import Reason, unique
from eligibility.dates import Days
from eligibility.profile import SOURCES
from eligibility.verdict import FALSE

if TYPE_CHECKING:
    from eligibility.criteria.case import Case
    from eligibility.facts import Row


Limit = tuple[Bound, Any, Any]
"""A bound, with the lowest and the highest value its limit may have."""


class Found(NamedTuple):
    """The facts of one answer: the list, the records of it that count, how much they are, and what that is compared with."""

    rows: Sequence[Row]
    complete: bool
    path: str
    selection: Selection
    measured: Measured | None
    limits: list[Limit]
    counted: str | None = None

    @property
    def amount(self) -> Measured:
        """How much there is; where one record is enough, their number."""
        if self.measured is not None:
            return self.measured
        sure, maybe, _ = self.selection
        return Measured(len(sure), len(sure) + len(maybe), exactly, ())

    @property
    def deciding(self) -> Limit | None:
        """The first bound that is not met."""
        return (_first_broken(self.limits, self.amount, self.counted) or self.limits[0]) if self.limits else None


class RecordReasons(RecordAmounts):
    """What a record question says beside its verdict, for each way it can come out."""

    __slots__ = ()

    def _params(self, found: Found, deciding: Limit | None) -> dict[str, Any]:
        """What every reason tells: how much there is, and what the deciding bound asks for."""
        params: dict[str, Any] = {"measure": self.measure, "have": found.amount.low, "might": found.amount.high}
        if self.whose:
            params["whose"] = self.whose
        if deciding is not None:
            bound, low_limit, high_limit = deciding
            params |= {"operator": bound.operator, "need": low_limit, "need_most": high_limit}
        return params

    def _used(self, rows: Iterable[Row]) -> list[Used]:
        return [fact for row in rows for fact in row.shown(self.shows_dates)]

    def _passed(self, found: Found, case: Case, day: Days) -> Reason:
        used = self._used(found.selection.sure) or [Used(found.path, None if found.rows else "empty")]
        future = self._future(found.amount, found.limits, found.selection, case, day)
        params = self._params(found, found.limits[0] if found.limits else None)
        return Reason(self.kind, params | self._names(found, case), used, future=future)

    def _opened(self, found: Found, case: Case) -> Reason:
        selection, limits = found.selection, found.limits
        params = self._params(found, found.deciding)
        params["may_match"] = [row.path for row, _, _ in selection.maybe]
        params |= self._names(found, case) | self._doubts(found, case)
        missing = unique(self._missing(found, case))
        params["said"] = _said(found.rows, missing)
        used = self._used(selection.both) or [Used(found.path, None)]
        return Reason(self.kind, params, used, missing, _gap(limits, found.amount, self.counted))

    def _by_counts(self, found: Found, case: Case) -> Reason:
        """It depends on how months are counted: by the calendar, or in days."""
        params = self._params(found, found.deciding)
        months, days = by_count(found.amount.low)
        params |= {"by_calendar": months, "in_days": days}
        return Reason(self.kind, params, self._used(found.selection.both) or [Used(found.path, None)])

    def _names(self, found: Found, case: Case) -> dict[str, Any]:
        """The names that may be those asked for (`alike`), and those taken for others by comparing them (`apart`), each with its path."""
        _, maybe, rejected = found.selection
        asked = [one for one in self.filters if isinstance(one, Names) and not one.chosen]
        if not asked:
            return {}
        alike = [
            (row.key(one.attribute), row.values[one.attribute], one.wanted) for row, lacking, _ in maybe for one in asked
            if row.values.get(one.attribute) is not None and row.key(one.attribute) in lacking
        ]  # fmt: skip
        apart = [
            (row.key(out.attribute), row.values[out.attribute], out.wanted) for row, out in rejected
            if isinstance(out, Names) and out in asked and not out.excluded and out.is_strange(row.values[out.attribute], case)
        ]  # fmt: skip
        return {name: tuple(dict.fromkeys(pairs)) for name, pairs in (("alike", alike), ("apart", apart)) if pairs}

    def _doubts(self, found: Found, case: Case) -> dict[str, Any]:
        """What is said and does not settle it: territories that a rule about their state may or may not cover (`disputed`), and wider
        words than those asked for (`wider`); each with its path, and with what is asked for."""
        told: dict[str, list[tuple[str, str, str, str]]] = {"disputed": [], "wider": []}
        for row, _, _ in found.selection.maybe:
            for one in self.filters:
                said = row.values.get(one.attribute)
                if said is None or not isinstance(one, Places | Terms):
                    continue
                for word in said if isinstance(said, tuple) else (said,):
                    for wanted, doubt in one.doubts(word, case):
                        if (kind := {"disputed": "disputed", "vague": "wider"}.get(doubt)) is not None:
                            told[kind].append((row.key(one.attribute), one.attribute, word, wanted))
        return {kind: tuple(dict.fromkeys(pairs)) for kind, pairs in told.items() if pairs}

    def _missing(self, found: Found, case: Case) -> list[str]:
        missing = [path for _, lacking, _ in found.selection.maybe for path in lacking]
        missing += found.amount.missing
        if not found.complete:
            missing.append(found.path)
        for bound, low, high in found.limits:
            if low != high:
                missing += bound.limits(case)[2]
        return missing

    def _none(self, found: Found) -> Reason:
        gap = _gap(found.limits, found.amount, self.counted)
        return Reason(self.kind, self._params(found, found.deciding), [Used(found.path, "empty")], gap=gap)

    def _unmatched(self, found: Found, case: Case, day: Days) -> Reason:
        row, attributes = self._nearest(found.selection, case, day)
        value = row.values.get(attributes[0])
        params = self._params(found, found.deciding) | {"record": row.path, "failed": attributes, "value": value}
        params |= self._names(found, case)
        gap = _gap(found.limits, found.amount, self.counted)
        if attributes == ["day"]:
            return Reason(self.kind, params, row.shown(self.shows_dates), gap=gap)
        shown = found.rows if self.kind_info.name == "citizenship" else (row,)  # who has two citizenships is told of both
        used = [Used(one.key(attributes[0]), one.values.get(attributes[0])) for one in shown]
        return Reason(self.kind, params, used, gap=self._date_gap(row, case) or gap)

    def _counted_out(self, found: Found, too_much: bool) -> Reason:
        params, amount, selection = self._params(found, found.deciding), found.amount, found.selection
        counted = selection.sure
        if not too_much:  # even at best it is not enough
            if amount.low != amount.high:
                open_ones = [path for _, lacking, _ in selection.maybe for path in lacking] or list(amount.missing)
                said = _said(found.rows, open_ones)
                params["at_best"] = [path for path in open_ones if path not in said]
                counted = selection.both
            params["have"] = amount.high
            amount = amount._replace(low=amount.high)
        return Reason(self.kind, params, self._used(counted) or [Used(found.path, None)], gap=_gap(found.limits, amount, self.counted))

    def _nearest(self, selection: Selection, case: Case, day: Days) -> tuple[Row, list[str]]:
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
            elif self.is_state and self.place is not None and self.place(self, row, case, on)[0] is FALSE:
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
        if self.is_state and self.kind_info.must_last:
            return last
        if self.measure == "time" and any(bound.operator in ("at_least", "more_than") for bound in self.bounds):
            if not self.undated and all(row.end.last <= case.today for row in selection.sure):
                return None
            until_today = self.least(selection, case, case.today)  # what is there already cannot be lost
            if all(compare_time(b.operator, until_today, until_today, high, high, self.counted).surely for b, _, high in limits):
                return None
            return last
        if self.expected:
            return last
        if self.measure == "exists" and SOURCES[self.source].lasts:  # announced, and not begun yet
            begins = min((row.start.last for row in selection.sure), default=case.today)
            return begins if begins > case.today else None
        return None


def _said(rows: Iterable[Row], missing: Iterable[str]) -> list[str]:
    """What the profile does say of what is missing, only not exactly enough, or in a word that nothing knows."""
    said = {row.key(attribute) for row in rows for attribute in row.values}
    return [path for path in missing if path in said]


def _holds(bound: Bound, amount: Measured, low: Any, high: Any, counted: str | None) -> bool:
    if bound.measure == "time":
        return compare_time(bound.operator, amount.low, amount.low, low, high, counted).surely
    return compare(bound.operator, amount.low, amount.low, low, high).surely


def _first_broken(limits: list[tuple[Bound, Any, Any]], amount: Measured, counted: str | None) -> tuple[Bound, Any, Any] | None:
    """The first bound that the amount there surely is does not meet."""
    for one in limits:
        if not _holds(one[0], amount, one[1], one[2], counted):
            return one
    return None


def _gap(limits: list[tuple[Bound, Any, Any]], amount: Measured, counted: str | None = None) -> Gap | None:
    """How much is missing, or too much, for the first bound that does not hold."""
    broken = _first_broken(limits, amount, counted)
    if broken is None:
        return None
    bound, low, high = broken
    beyond = 1 if bound.operator in ("more_than", "less_than") else 0
    if bound.measure == "time":
        if bound.operator in ("at_least", "more_than"):
            return Gap(days_missing(amount.low, high, bound.operator == "more_than", counted), "days")
        return Gap(days_too_many(amount.low, low, bound.operator == "less_than", counted), "days")
    unit = {"number": "times", "count": "times"}.get(bound.measure, bound.measure)
    return Gap(ceil(abs(low - amount.low)) + beyond, unit)
