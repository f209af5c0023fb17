"""Records and which of them count: the first half of the record question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from typing import TYPE_CHECKING, Any, NamedTuple

from eligibility.answer import RecordCode
from eligibility.criteria.base import Criterion
from eligibility.criteria.bounds import Bound
from eligibility.criteria.filters import DateIn, Filter, Related, first_date, vague_dates
from eligibility.criteria.moments import Window
from eligibility.criteria.result import FUTURE, PERSON
from eligibility.criteria.stretches import same_value, stretches_where, with_same_value
from eligibility.dates import FOREVER, LONG_AGO, Days, Length, breakpoints, joined, one_day
from eligibility.language.kind import Kind
from eligibility.profile import SOURCES
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Cause, Truth, agreed, truth_of

if TYPE_CHECKING:
    from eligibility.criteria.case import Case
    from eligibility.criteria.moments import Moment
    from eligibility.criteria.question import RecordQuestion
    from eligibility.facts import ProfileFacts, Row


class Selection(NamedTuple):
    """The records that count: those that surely match, those that only may, and how the others fell out."""

    sure: list[Row]
    maybe: list[tuple[Row, tuple[str, ...], bool]]
    rejected: list[tuple[Row, Filter | str]]

    @property
    def both(self) -> list[Row]:
        """The records that match, and those that only may."""
        return [*self.sure, *[row for row, _, _ in self.maybe]] if self.maybe else self.sure


Placed = tuple[Truth, tuple[str, ...], bool]
"""Whether a record's own days let it count, what is missing to know it, and whether that is a matter of waiting."""

WITHOUT_GAPS: tuple[tuple[Bound, ...], int] = ((), 0)
"""What `unbroken: true` forgives."""


class Cap(NamedTuple):
    """Records counted up to a length: `limits` (of those that match anyway) and `also` (of another source)."""

    question: RecordQuestion
    at_most: Length | None


class RecordSelection(Criterion):
    """What a question about records says, and which records surely and possibly match it."""

    __slots__ = (
        "absence_rule",
        "also",
        "any_date_of",
        "bare",
        "beyond",
        "bounds",
        "bounds_met",
        "counted",
        "counts_absences",
        "dated",
        "demands",
        "different",
        "during",
        "dynamic",
        "expected",
        "filters",
        "fixed",
        "full_week",
        "gaps",
        "growing",
        "is_state",
        "kind",
        "kind_info",
        "limits",
        "maxima",
        "measure",
        "mixed",
        "of_states",
        "on_day",
        "other_than",
        "part_time",
        "passes",
        "periods",
        "place",
        "shows_dates",
        "since",
        "source",
        "steady",
        "take",
        "tests",
        "undated",
        "whole",
        "whose",
    )  # fmt: skip

    def __init__(self, kind_info: Kind) -> None:
        super().__init__()
        self.kind_info = kind_info
        self.filters: tuple[Filter, ...] = ()
        self.bounds: tuple[Bound, ...] = ()
        self.during: Window | None = None
        self.other_than: tuple[tuple[Filter, ...], ...] = ()
        self.also: tuple[Cap, ...] = ()
        self.limits: tuple[Cap, ...] = ()
        self.part_time = "pro_rata"
        self.full_week: float | None = None
        self.counted: str | None = None
        """How months are counted, where the notice says: one of `COUNTED`."""
        self.gaps: tuple[tuple[Bound, ...], int] | None = None
        self.periods: int | None = None
        self.since: Moment | None = None
        self.take = ""
        self.whose: tuple[str, ...] = ()
        self.expected = False
        self.any_date_of: tuple[str, ...] = ()
        self.different: tuple[tuple[Filter, ...], ...] = ()
        self.absence_rule: str | None = None
        self.whole: Any = None
        self.beyond: Any = None
        self.bare: RecordQuestion | None = None

    def settle(self) -> None:
        """Work out, once the question has been read, what depends on no candidate."""
        info = self.kind_info
        source = SOURCES[info.source]
        measure = self.bounds[0].measure if self.bounds else "exists"
        self.kind = info.name
        self.source = info.source
        self.measure = "count" if measure == "number" else measure
        """What is measured: `exists`, `count`, `time`, `hours`, `credits`."""
        self.is_state = info.state and self.during is None and not any(one.attribute == "end" for one in self.filters)
        """Whether the question is about what holds on the day; a window makes it one about a lifetime."""
        self.on_day = self.is_state and (self.measure != "time" or source.working_time)
        """Whether a record has to last on the very day."""
        dated_by_event = source.event is not None
        asked = (*self.filters, Related(self.whose)) if self.whose else self.filters
        self.tests = tuple((one, one.dynamic and not one.asked_today and (dated_by_event or not self.on_day)) for one in asked)
        """The filters, and which of them are read on the days of the record."""
        self.dynamic = [one for one in self.filters if one.dynamic]
        self.counts_absences = (
            "absence_rule" in info.options and self.measure == "time" and self.gaps is not None and self.gaps != WITHOUT_GAPS
        )
        """Whether the days away are gaps, which only some are forgiven of."""
        self.undated = bool(self.dynamic or self.also or self.limits or self.counts_absences)
        """Whether exact days alone do not make the time they last exact."""
        self.dated = tuple(one for one in self.filters if isinstance(one, DateIn))
        self.of_states = (
            self.measure == "time"
            and (info.state or self.gaps is not None)
            and any({"start", "end"} & set(one.attributes) for one in self.dated)
        )
        """Whether its dates are those of a state, which may be written in several records."""
        self.demands = tuple((*asked, *demand) for demand in self.different)
        """What a record must be like for each of several different things."""
        limits = [(bound, bound.fixed, bound.fixed) for bound in self.bounds]
        self.fixed = limits if all(limit is not None for _, limit, _ in limits) else None
        """The bounds with their limits, where these are the same for everybody."""
        self.shows_dates = self.measure == "time" or source.working_time
        """Whether an explanation quotes the days of a record, or what identifies it."""
        alone = self.measure in ("exists", "count", "credits")
        self.place = RecordSelection._awarded if dated_by_event else RecordSelection._holding if self.on_day else None
        """What its own days say of a record; None where it counts for as long as it lasts. A function, so that copies have theirs."""
        if self.place is None and alone:
            self.place = RecordSelection._begun
        self.maxima = bool(self.bounds) and all(bound.operator in ("at_most", "less_than") for bound in self.bounds)
        moved = self.during or self.dated or self.since or self.other_than or self.also or self.limits or self.different or self.take
        self.mixed = not self.maxima and any(bound.operator in ("at_most", "less_than") for bound in self.bounds)
        """Whether there is both something to reach and something not to exceed."""
        self.passes: RecordCode = "within" if self.maxima else "enough" if self.bounds else "found"
        """The code of a pass."""
        self.bounds_met = (*self.bounds, *(bound for one in self.filters for bound in one.limits))
        """Its own bounds and those of its filters."""
        still = not (moved or self.absence_rule or any(bound.extended for bound in self.bounds_met))
        self.steady = self.measure in ("exists", "count") and self.fixed is not None and still
        """Whether the answer stays the same between two of its critical days, whatever the day."""
        least = self.measure == "time" and self.fixed is not None and not (self.maxima or self.mixed)
        self.growing = least and still and not (self.gaps or self.dynamic)
        """Whether a later day can only add to what is there: time, of which there has to be at least so much."""

    # ------------------------------------------------------------------------------------ the records

    def _listed(self, case: Case) -> tuple[Sequence[Row] | None, bool, str]:
        """The records to look at, whether the list is complete, and the path of the list."""
        source = self.source
        if not self.whose:
            return case.facts.listed(source)
        if case.facts.relatives() is None:
            return None, True, case.facts.path("relatives")
        rows_found: list[Row] = []
        complete = case.facts.complete("relatives")
        path = case.facts.path("relatives")
        for facts in self._relatives(case):
            rows = facts.rows(source)
            if rows is None:
                complete, path = False, facts.path(source)
            else:
                rows_found += rows
                complete = complete and facts.complete(source)
        return rows_found, complete, path

    def _stays_away(self, case: Case) -> tuple[Sequence[Row], tuple[str, ...]]:
        """The days away from where the candidate, or a relative who is asked about, lives; and the lists that may hold more."""
        found: list[Row] = []
        unsaid: tuple[str, ...] = ()
        for facts in self._relatives(case) if self.whose else (case.facts,):
            rows, complete, path = facts.listed("absences")
            found += rows or ()
            unsaid += () if rows is not None and complete else (path,)
        return found, unsaid

    def _relatives(self, case: Case) -> Iterator[ProfileFacts]:
        """The relatives that are asked about, and those of whom nothing knows what they are to the candidate."""
        known = case.reference.is_term
        for relation, facts in case.facts.relatives() or ():
            if relation in self.whose or not known("relations", relation):
                yield facts

    def select(self, rows: Sequence[Row], case: Case, day: Days, complete: bool = True) -> Selection:
        """Sort records into those that surely match on `day`, those that may, and the rest; `complete`: there are no others like them."""
        sure: list[Row] = []
        maybe: list[tuple[Row, tuple[str, ...], bool]] = []
        rejected: list[tuple[Row, Filter | str]] = []
        on = day[0]
        tests, place = self.tests, self.place
        may_be_left_out = bool(self.other_than) or case.same is not None
        states = self._states(rows, case, on, complete) if self.of_states else {}
        for row in rows:
            unsure: list[tuple[Filter, bool]] | None = None  # most records are sure or rejected: a list for the others alone
            for test in tests:
                one, spread = test
                if states and one in self.dated:
                    truth = one.holds(states.get(row.path, row), case, on)
                else:
                    truth = self._on_its_days(one, row, case, on) if spread else one.holds(row, case, on)
                if truth is TRUE:
                    continue
                if truth is FALSE:
                    rejected.append((row, one))
                    break
                if unsure is None:
                    unsure = []
                unsure.append(test)
            else:
                truth, vague, waits = _SURELY if place is None else place(self, row, case, on)
                if truth is FALSE:
                    rejected.append((row, "day"))
                    continue
                if may_be_left_out:
                    counts, more, out = self._left_out(row, case, on)
                    if out is not None:
                        rejected.append((row, out))
                        continue
                    truth, vague = truth & counts, vague + more
                if unsure is None and truth is TRUE:
                    if row.again:  # once surely; a second time only if it is another one
                        maybe.append((row, (row.telling,), False))
                    else:
                        sure.append(row)
                else:
                    lacking = [path for one, spread in unsure or () for path in self._lacking_in(one, spread, row, case, on)]
                    maybe.append((row, (*lacking, *vague), waits))
        return Selection(sure, maybe, rejected)

    def _states(self, rows: Sequence[Row], case: Case, on: int, complete: bool) -> dict[str, Row]:
        """Each record with the first and the last day of the state that it is a part of: others that match go on from it, or lead to it.

        A balance that changed, or a permit that was renewed, is one state in two records; of a list that may hold more, the other one
        may not be there.
        """
        plain = copy(self)
        plain.tests = tuple((one, spread) for one, spread in self.tests if one not in self.dated)
        plain.of_states = False
        plain.place = None  # what ended before the day asked, or begins after it, may be a part of the state
        picked = plain.select(rows, case, one_day(on))
        if not complete:
            return {row.path: row.lasting(Days(LONG_AGO, row.start.last), Days(row.end.first, FOREVER)) for row in picked.both}
        if len(picked.sure) + len(picked.maybe) < 2:
            return {}
        certain, likely = joined([row.core for row in picked.sure]), joined([row.hull for row in picked.both])
        found = {}
        for row in picked.both:
            around, inside = _around(row.hull, likely), _around(row.core, certain)
            start, end = Days(around[0], max(around[0], inside[0])), Days(min(around[1], inside[1]), around[1])
            found[row.path] = row.lasting(start, end)
        return found

    def _lacking_in(self, one: Filter, spread: bool, row: Row, case: Case, on: int) -> tuple[str, ...]:
        return self._lacking_on_its_days(one, row, case, on) if spread else one.lacking(row, case, on)

    def _left_out(self, row: Row, case: Case, on: int) -> tuple[Truth, tuple[str, ...], Filter | str | None]:
        """Whether a record that matches counts: it is not one of `other_than`, and has the value tried for `same`."""
        counts = TRUE
        lacking: tuple[str, ...] = ()
        for excluded in self.other_than:
            truth = TRUE
            for one in excluded:
                truth = truth & one.holds(row, case, on)
            if truth is TRUE:
                return FALSE, (), excluded[0]
            if truth is UNKNOWN:
                counts = UNKNOWN
                lacking += tuple(path for one in excluded for path in one.lacking(row, case, on) if not _known(row, one))
        if case.same is not None:
            truth, more = same_value(row, case)
            if truth is FALSE or (truth is UNKNOWN and not self._may_be_the_same(row, case, on)):
                return FALSE, (), "same"
            counts = counts & truth
            lacking += () if truth is TRUE else more
        return counts, lacking, None

    def _may_be_the_same(self, row: Row, case: Case, on: int) -> bool:
        """Whether a record that does not say the value tried for `same` would still match if it had it."""
        supposed = with_same_value(row, case)
        return supposed is None or all(spread or one.holds(supposed, case, on).possibly for one, spread in self.tests)

    def _on_its_days(self, one: Filter, row: Row, case: Case, on: int) -> Truth:
        """A filter whose answer changes with time: read on the day for a state, on its date for a degree, on each day of a spell."""
        if row.source.event is not None:
            return agreed([one.holds(row, case, day) for day in self._dates(one, row, case, on)])
        limit = self._last_day(on) if self.since is None else FOREVER
        surely = stretches_where((row.core[0], min(row.core[1], limit)), [one], row, case, True)
        possibly = stretches_where((row.hull[0], min(row.hull[1], limit)), [one], row, case, False)
        return truth_of(bool(surely), bool(possibly))

    def _dates(self, one: Filter, row: Row, case: Case, on: int) -> list[int]:
        """The days on which a degree may have been awarded, as far as the filter tells them apart."""
        date = first_date(row, self.any_date_of or ("awarded",)) or Days(LONG_AGO, on)
        if date.exact and date.first > 0:
            return [date.first]
        return breakpoints(one.changes(case), max(date.first, 1), max(date.last, 1))

    def _lacking_on_its_days(self, one: Filter, row: Row, case: Case, on: int) -> tuple[str, ...]:
        """What would settle a filter whose answer changes with time: of a degree, its own value or the date it is read on."""
        if row.source.event is None:
            return one.lacking(row, case, on)
        days = self._dates(one, row, case, on)
        answers = [one.holds(row, case, day) for day in days]
        lacking = tuple(path for day, truth in zip(days, answers, strict=True) if truth == UNKNOWN for path in one.lacking(row, case, day))
        if len(set(answers)) > 1 or row.values.get(one.attribute) is None:
            lacking += vague_dates(row, self.any_date_of or ("awarded",))
        return tuple(dict.fromkeys(lacking))

    def _holding(self, row: Row, case: Case, on: int) -> Placed:
        """Whether the record lasts on the day asked."""
        start, end = row.start, row.end
        if start[1] <= on <= end[0]:
            return _SURELY
        return (UNKNOWN, row.vague_dates(), False) if start[0] <= on <= end[1] else _NOT

    def _begun(self, row: Row, case: Case, on: int) -> Placed:
        """Whether the record has begun by the day asked, and reaches into the window."""
        start, end = row.start, row.end
        if row.values.get("role") == "applicant" and row.values.keys().isdisjoint(("start", "end")):
            start = Days(start[0], min(start[1], case.today - 1))  # the present application is not listed: it is an earlier one
        limit = self._last_day(on)
        surely, possibly = start[1] <= limit, start[0] <= limit
        if surely and self.during is None:
            return _SURELY
        lacking: tuple[str, ...] = () if surely else (row.key("start"),)
        if self.during is not None and possibly:
            narrow, wide, more = self.during.spans(case)
            hit = any(max(start[1], first) <= min(end[0], last, limit) for first, last in narrow)
            may = any(max(start[0], first) <= min(end[1], last, limit) for first, last in wide)
            if not hit:
                lacking += more or row.vague_dates()
            surely, possibly = surely and hit, possibly and may
        return truth_of(surely, possibly), lacking, False

    def _awarded(self, row: Row, case: Case, on: int) -> Placed:
        """Whether the degree is awarded by the day asked; whether that is a matter of waiting."""
        attributes = self.any_date_of or ("awarded",)
        date = first_date(row, attributes)
        limit = self._last_day(on)
        expected = bool(row.values.get("expected"))
        if date is None:
            return UNKNOWN, vague_dates(row, attributes), expected
        more: tuple[str, ...] = ()
        truth = truth_of(date.last <= limit, date.first <= limit)
        if self.during is not None:
            inside, more = self.during.contains(date, case)
            truth = truth & inside
        if truth.possibly and not self.expected:
            if expected or date.first > case.today:
                return UNKNOWN, (), True
            if date.last > case.today:  # some day of this year: perhaps still to come
                return UNKNOWN, vague_dates(row, attributes), False
        return truth, () if truth.surely else (*vague_dates(row, attributes), *more), False

    def _last_day(self, on: int) -> int:
        """The last day a duration or a diploma may use: the day asked, or its eve."""
        return on if self.as_of is None or self.as_of.included else on - 1


_SURELY: Placed = (TRUE, (), False)
_NOT: Placed = (FALSE, (), False)


def doubts_of(selection: Selection) -> frozenset[Cause]:
    """Why records only may match, where no fact is missing: they are announced for later, or a person has to tell."""
    if not selection.maybe:
        return frozenset()
    doubts: frozenset[Cause] = frozenset()
    for _, lacking, waiting in selection.maybe:
        if waiting:
            doubts |= FUTURE
        elif not lacking:
            doubts |= PERSON
    return doubts


def _around(days: tuple[int, int], stretches: list[tuple[int, int]]) -> tuple[int, int]:
    """The stretch that some days lie in; themselves where they lie in none, or are none."""
    if days[0] > days[1]:
        return days
    return next((one for one in stretches if one[0] <= days[0] and days[1] <= one[1]), days)


def _known(row: Row, one: Filter) -> bool:
    return row.values.get(one.attribute) is not None
