"""A question about records, asked of many people at once, in arrays: which records match, how much they are, and what that comes to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from eligibility.answer import Gap, RecordCode
from eligibility.columns.asked import Asked
from eligibility.columns.days import NO_DAY, Time, add_months, added_up, after, longest_unbroken, nothing, reaching
from eligibility.columns.kinds import Kinds, amount_of, bare, number_of
from eligibility.columns.matching import LACKS, NO, OPEN, YES, Matching
from eligibility.columns.people import distinct_of, once_each
from eligibility.columns.reading import UNSAID, Array
from eligibility.dates import FOREVER, LONG_AGO, NOTHING, Days, longest, one_day
from eligibility.deciding.amounts import ENDLESS, Measured
from eligibility.deciding.found import Found
from eligibility.deciding.parts import day_of_records
from eligibility.deciding.records import absences, answer, failed, left_open, without_list
from eligibility.deciding.result import Reason, Result, answered
from eligibility.deciding.selection import Selection
from eligibility.explaining import ONE
from eligibility.facts import Row
from eligibility.question.grammar import DateIn, Filter, Moment, Records, Window
from eligibility.question.walk import of_window
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Cause

_BY_NUMBER = (FALSE, UNKNOWN, TRUE)


class _Spans(NamedTuple):
    """A window of each person: the days surely and possibly in it (first above last: none), whether something is missing to know it,
    and whether the two differ."""

    narrow: tuple[Array, Array]
    wide: tuple[Array, Array]
    missing: Array
    loose: Array


class _Picked(NamedTuple):
    """Of each record: whether it surely, or only perhaps, matches; of the latter, whether a fact is missing and whether one has to wait."""

    sure: Array
    maybe: Array
    lacking: Array
    waits: Array
    falls: list[Array]
    """Which filters each record surely does not meet."""
    late: Array
    """Which records surely do not count because of their own days."""


class Leaf:
    """One question about records, asked of many people on a day of each."""

    def __init__(self, matching: Matching, kinds: Kinds, question: Records, asked: Asked, on: Array) -> None:
        self.matching, self.kinds, self.question, self.asked, self.on = matching, kinds, question, asked, on
        self.rows, self.index = asked.rows(question.source)
        self.owner = self.rows.owner
        included = question.as_of is None or question.as_of.included
        self.limit = on if included else on - 1
        self.case = asked.cases[0]
        self.most_missing = self.least_missing = np.zeros(0, np.int64)
        """How many days are missing: with what there surely is, and with what there may be."""

    def of_rows(self, values: Array) -> Array:
        """What is so of each person, for each of their records."""
        return values[self.owner] if values.ndim else values

    def any(self, rows: Array) -> Array:
        """The people one of whose records is among these."""
        found = np.zeros(self.asked.count, bool)
        found[self.owner[rows]] = True
        return found

    def count(self, rows: Array) -> Array:
        return np.bincount(self.owner[rows], minlength=self.asked.count)

    def answer(self) -> tuple[Array, Array, Array]:
        """The number and the gap of each answer, and who has to be asked alone."""
        question, asked = self.question, self.asked
        said = asked.of_person(self.asked.people.rows(question.source).said)
        complete = asked.of_person(asked.people.complete(question.source))
        some = self.rows.lengths > 0
        alone = asked.of_person(self._copies()) & some
        if question.different:
            return self._different(said, complete, alone)
        picked = self.pick(question, self.on, self.limit)
        sure, maybe = self.count(picked.sure), self.count(picked.maybe)
        gap, unit = np.zeros(asked.count, np.int64), np.zeros(asked.count, np.int64)
        vague, close = np.zeros(asked.count, bool), np.zeros(asked.count, bool)
        if not question.bounds:
            truth = np.where(sure > 0, 2, np.where((maybe > 0) | ~complete, 1, 0))
        elif question.measure == "count":
            truth, gap, unit = self._counted(sure, sure + maybe, complete)
        else:
            truth, gap, unit, vague, unclear, close = self._timed(picked, sure, maybe, complete)
            alone |= unclear & some
        close &= said & ~alone
        alone |= (truth == 1) & (maybe == 0) & complete & ~vague & said & ~close
        if question.absence_rule is not None:
            absences = asked.people.rows("absences")
            possible = (truth > 0) & said
            listed = asked.of_person(absences.said & asked.people.complete("absences"))
            alone |= (possible | close) & listed & asked.of_person(absences.lengths > 0)
            unit = np.where(possible & ~listed, 4, unit)
            truth = np.where(possible & ~listed, 1, truth)
            alone |= close
        by_day = np.zeros(asked.count, bool)
        fell = (truth == 0) & some & (sure + maybe == 0) & said
        if fell.any() and (question.place is not None or question.dated):
            by_day = self._unmatched(picked, fell, gap, unit)
        flags = [
            said, some, sure > 0, maybe > 0, complete, self.any(picked.maybe & picked.lacking), self.any(picked.maybe & picked.waits),
            self.any(picked.maybe & ~picked.lacking & ~picked.waits), vague, by_day,
        ]  # fmt: skip
        state = truth * 8 + unit
        for flag in flags:
            state = state * 2 + flag
        numbers, distinct = distinct_of([state])
        number = self._numbers(distinct, self._made)[numbers]
        for person in np.flatnonzero(close & ~alone).tolist():
            number[person], gap[person] = self._near(self._counted_alone(picked, person, bool(complete[person])), person)
        return number, gap, alone

    def _near(self, result: Result, person: int) -> tuple[int, int]:
        """The number and the gap of an answer that took counting; how many days are missing is known of everybody."""
        if result.truth is TRUE or self.question.maxima or result.code not in ("may_match", "between", "list_incomplete", "short"):
            return number_of(self.kinds, result), amount_of(result)
        key = "near", result.truth, result.code, result.causes
        number = self.kinds.known.get(key)
        if number is None:
            number = self.kinds.add(key, bare(result))
        return number, int((self.most_missing if result.truth is UNKNOWN else self.least_missing)[person])

    def _counted_alone(self, picked: _Picked, person: int, complete: bool) -> Result:
        """The answer to one person whose time is so near the limit that months have to be counted: of which records match is known."""
        rows, question, asked = self.rows, self.question, self.asked
        case = asked.cases[0 if asked.which is None else int(asked.which[person])]
        low_rate, high_rate, _ = self._rates()
        start, end = rows.start, rows.end
        selection = Selection([], [], [])
        begin = int(rows.offsets[person])
        for at in range(begin, begin + int(rows.lengths[person])):
            if not (picked.sure[at] or picked.maybe[at]):
                continue
            row = Row(rows.source, str(at), {})
            row.start, row.end = Days(int(start.first[at]), int(start.last[at])), Days(int(end.first[at]), int(end.last[at]))
            row.rate = int(low_rate[at]), int(high_rate[at])
            if picked.sure[at]:
                selection.sure.append(row)
            else:
                selection.maybe.append((row, ("",) if picked.lacking[at] else (), bool(picked.waits[at])))
        every = [*selection.sure, *(row for row, _, _ in selection.maybe)]
        day = one_day(int(self.on[person] if self.on.ndim else self.on))
        return answer(question, every or [Row(rows.source, "", {})], complete, "", selection, case, day)

    def _numbers(self, states: Sequence[tuple[int, ...]], make: Callable[[int], Result]) -> Array:
        """The numbers of the answers that some states come to."""
        known = self.kinds.known
        return np.array([known[state] if state in known else self.kinds.add(state, make(state[0])) for state in states], np.int64)

    def _copies(self) -> Array:
        people, source = self.asked.people, self.question.source
        known = people.copied.get(source)
        if known is None:
            known = people.copied[source] = people.rows(source).copies()
        return known

    def _made(self, state: int) -> Result:
        """The answer that a state comes to, as one person gets it."""
        question, case = self.question, self.case
        bits = [bool(state >> at & 1) for at in range(10)]
        by_day, vague, person, future, lacking, complete, maybe, sure, some, said = bits
        state >>= 10
        truth, unit = _BY_NUMBER[state >> 3], state & 7
        row = Row(self.rows.source, "", {})
        day = one_day(1)
        if not said:
            return without_list(question, "", case, day)
        if unit == 4:
            result = absences(question, truth, case, day, Selection([], [], []))[1]
            assert result is not None
            return result
        reasons = [(("",), False, lacking), ((), True, future), ((), False, person)]
        falls: list[tuple[Row, Filter | str]] = [(row, "day")] if by_day else [(row, "")]
        selection = Selection([row] if sure else [], [(row, paths, waits) for paths, waits, there in reasons if maybe and there], falls)
        missing = ("",) if vague else ()
        measured = Measured(NOTHING, ENDLESS, lambda: missing, ()) if question.bounds else None
        found = Found(question, case, day, (row,) if some else (), complete, "", selection, measured, [])
        if truth is TRUE:
            result = answered(TRUE, question.passes, Reason(question.kind))
        else:
            result = failed(found) if truth is FALSE else left_open(found)
        units = {1: "times" if question.measure == "count" else "days", 2: "days_too_old", 3: "days_too_late"}
        return answered(result.truth, result.code, Reason(question.kind, gap=Gap(0, units[unit]) if unit else None), result.causes)

    # ---------------------------------------------------------------------------------------- which records

    def pick(self, question: Records, on: Array, limit: Array) -> _Picked:
        """`RecordSelection.select` of everybody's records."""
        rows = self.rows
        size = len(rows)
        least, lacking = np.full(size, YES, np.int8), np.zeros(size, bool)
        falls = []
        for one in question.filters:
            match = self._match(one, on)
            least = np.minimum(least, match)
            lacking |= match == LACKS
            falls.append(match == NO)
        place, vague, waits = self._placed(question, on, limit)
        may = (least > 0) & (place > 0)
        if self.asked.same is not None:
            may &= rows.values("employer_name")[0] == self.asked.same[self.owner]
        sure = may & (least == YES) & (place == 2)
        maybe = may & ~sure
        return _Picked(sure, maybe, lacking | vague, waits, falls, place == 0)

    def _match(self, one: Filter, on: Array) -> Array:
        if isinstance(one, DateIn):
            return self._dated(one, on)
        if self.index is not None and not one.dynamic:
            return self._match_all(one, on)[self.index]
        return self.matching.matches(one, self.rows, on) if one.dynamic else self._match_all(one, on)

    def _match_all(self, one: Filter, on: Array) -> Array:
        """A filter that no day changes is asked once of everybody's records."""
        people = self.asked.people
        key = self.matching.form(one, self.rows)
        known = people.matched.get(key)
        if known is None:
            known = people.matched[key] = self.matching.matches(one, people.rows(self.question.source), on)
        return known

    def _dated(self, one: DateIn, on: Array) -> Array:
        """`DateIn.holds`."""
        name, rows = one.attributes[0], self.rows
        spans = self.window(one.window)
        ends = rows.end if name == "end" else rows.start if name == "start" else rows.days(name)
        first, last = ends
        untold = np.zeros(len(rows), bool) if name == "end" or (name == "start" and not rows.source.open_start) else ~rows.says(name)
        first, last = np.where(untold, LONG_AGO, first), np.where(untold, FOREVER, last)
        inexact = untold | (first != last)
        begins = name in ("start", "awarded")
        if begins:
            day = self.of_rows(on)
            last = np.where(untold | ((first <= day) & (day < last)), day, last)
        narrow, wide = ([self.of_rows(end) for end in side] for side in (spans.narrow, spans.wide))
        surely = (narrow[0] <= narrow[1]) & (narrow[0] <= first) & (last <= narrow[1])
        possibly = (wide[0] <= wide[1]) & (wide[0] <= last) & (first <= wide[1])
        if not begins:
            surely &= ~untold
            if rows.source.end != "expires":
                endless = (last >= FOREVER) & ~untold
                possibly &= ~(endless & (first >= FOREVER))
                surely &= ~endless
        lacks = inexact | self.of_rows(spans.missing)
        return np.where(surely, YES, np.where(possibly, np.where(lacks, LACKS, OPEN), NO)).astype(np.int8)

    def _placed(self, question: Records, on: Array, limit: Array) -> tuple[Array, Array, Array]:
        """What the own days of each record say (0, 1, 2), whether facts are missing to know, and whether one has to wait."""
        rows = self.rows
        size, nothing_ = len(rows), np.zeros(len(rows), bool)
        place = question.place
        if place is None:
            return np.full(size, 2), nothing_, nothing_
        on, limit = self.of_rows(on), self.of_rows(limit)
        if place == "awarded":
            return self._awarded(question, limit)
        start, end = rows.start, rows.end
        if place == "held":
            surely = (start.last <= on) & (on <= end.first)
            possibly = (start.first <= on) & (on <= end.last)
            return np.where(surely, 2, np.where(possibly, 1, 0)), possibly & ~surely, nothing_
        start_last = start.last
        roles, words, _ = rows.values("role") if "role" in rows.attributes else (None, [], None)
        if roles is not None and "applicant" in words:
            applied = (roles == words.index("applicant")) & ~rows.says("start") & ~rows.says("end")
            start_last = np.where(applied, np.minimum(start_last, self.case.today - 1), start_last)
        surely, possibly = start_last <= limit, start.first <= limit
        if question.during is None:
            return np.where(surely, 2, np.where(possibly, 1, 0)), ~surely, nothing_
        spans = self.window(question.during)
        narrow, wide = ([self.of_rows(one) for one in side] for side in (spans.narrow, spans.wide))
        hit = np.maximum(start_last, narrow[0]) <= np.minimum(np.minimum(end.first, narrow[1]), limit)
        may = np.maximum(start.first, wide[0]) <= np.minimum(np.minimum(end.last, wide[1]), limit)
        hit &= narrow[0] <= narrow[1]
        may &= wide[0] <= wide[1]
        vague = self.of_rows(spans.missing) | (start.first != start.last) | (end.first != end.last)
        lacking = ~surely | (~hit & vague)
        surely, possibly = surely & hit, possibly & may
        return np.where(surely, 2, np.where(possibly, 1, 0)), lacking, nothing_

    def _awarded(self, question: Records, limit: Array) -> tuple[Array, Array, Array]:
        rows, today = self.rows, self.case.today
        name = (question.any_date_of or ("awarded",))[0]
        said, (first, last) = rows.says(name), rows.days(name)
        codes, words, _ = rows.values("expected")
        expected = np.array([*(bool(word) for word in words), False])[codes]
        exact = first == last
        truth = np.where(last <= limit, 2, np.where(first <= limit, 1, 0))
        missing = np.zeros(len(rows), bool)
        if question.during is not None:
            spans = self.window(question.during)
            narrow, wide = ([self.of_rows(one) for one in side] for side in (spans.narrow, spans.wide))
            inside = (narrow[0] <= narrow[1]) & (narrow[0] <= first) & (last <= narrow[1])
            around = (wide[0] <= wide[1]) & (wide[0] <= last) & (first <= wide[1])
            truth = np.minimum(truth, np.where(inside, 2, np.where(around, 1, 0)))
            missing = self.of_rows(spans.missing) & ~inside & around
        lacking, waits = (truth < 2) & (~exact | missing), np.zeros(len(rows), bool)
        if not question.expected:
            later = (truth > 0) & (expected | (first > today))
            perhaps = (truth > 0) & ~later & (last > today)
            truth = np.where(later | perhaps, 1, truth)
            lacking, waits = np.where(later, False, np.where(perhaps, ~exact, lacking)), later
        truth = np.where(said, truth, 1)
        return truth, np.where(said, lacking, True), np.where(said, waits, expected)

    def _unmatched(self, picked: _Picked, fell: Array, gap: Array, unit: Array) -> Array:
        """Of those none of whose records matches, whether the nearest one misses its day alone; and how far away its date is."""
        question = self.question
        misses = np.sum(picked.falls, axis=0, dtype=np.int64) if picked.falls else np.zeros(len(self.rows), np.int64)
        fits = misses == 0
        late = fits & picked.late
        misses = misses + (picked.late if question.is_state else late)
        misses = np.where(misses == 0, 1, misses)  # left out for its employer
        index = np.flatnonzero(fell[self.owner])
        owner = self.owner[index]
        nearest = index[np.lexsort((index, misses[index], owner))]
        nearest = nearest[np.concatenate([[True], np.diff(self.owner[nearest]) > 0])]
        person = self.owner[nearest]
        by_day = np.zeros(self.asked.count, bool)
        if question.place is not None:
            by_day[person] = late[nearest]
        for one in question.dated:
            spans = self.window(one.window)
            name, rows = one.attributes[0], self.rows
            first, last = rows.end if name == "end" else rows.start if name == "start" else rows.days(name)
            told = name == "end" or (name == "start" and not rows.source.open_start) | rows.says(name)
            some = (unit[person] < 2) & ~late[nearest] & np.broadcast_to(told, len(rows))[nearest]
            begin, until = (np.broadcast_to(day, self.asked.count)[person] for day in spans.wide)
            old, new = some & (begin <= until) & (last[nearest] < begin), some & (begin <= until) & (first[nearest] > until)
            gap[person[old]], unit[person[old]] = (begin - last[nearest])[old], 2
            new &= ~old
            gap[person[new]], unit[person[new]] = (first[nearest] - until)[new], 3
        return by_day

    # ---------------------------------------------------------------------------------------- windows

    def window(self, window: Window) -> _Spans:
        """`Window.spans` of everybody."""
        if not any(True for _ in of_window(window)):
            return self._static(window)
        count = self.asked.count
        bounds = {}
        missing = np.zeros(count, bool)
        surely, possibly = np.ones(count, bool), np.ones(count, bool)
        for side, edges in (("lower", window.lower), ("upper", window.upper)):
            far = LONG_AGO if side == "lower" else FOREVER
            narrow, wide = np.full(count, far), np.full(count, far)
            for edge in edges:
                first, last, none, may_lack, lacking = self._edge(edge.moment)
                missing |= lacking
                if edge.length is not None:
                    first, last = (_moved(day, edge.length, edge.before) for day in (first, last))
                surely &= ~none & ~may_lack
                possibly &= ~none
                step = 0 if edge.included else 1
                if side == "lower":
                    narrow = np.where(none, narrow, np.maximum(narrow, last + step))
                    wide = np.where(none, wide, np.maximum(wide, first + step))
                else:
                    narrow = np.where(none, narrow, np.minimum(narrow, first - step))
                    wide = np.where(none, wide, np.minimum(wide, last - step))
            bounds[side] = narrow, wide
        inside = surely & (bounds["lower"][0] <= bounds["upper"][0])
        around = possibly & (bounds["lower"][1] <= bounds["upper"][1])
        narrow_ = np.where(inside, bounds["lower"][0], 1), np.where(inside, bounds["upper"][0], 0)
        wide_ = np.where(around, bounds["lower"][1], 1), np.where(around, bounds["upper"][1], 0)
        return _Spans(narrow_, wide_, missing, (narrow_[0] != wide_[0]) | (narrow_[1] != wide_[1]))

    def _static(self, window: Window) -> _Spans:
        """A window that is the same for everybody, or hangs on the day of each alone."""
        spans = [case.spans(window) for case in self.asked.cases]
        which = self.asked.which

        def column(values: list[int]) -> Array:
            return np.asarray(values[0]) if which is None else np.array(values)[which]

        sides = []
        for side in (0, 1):
            ends = [found[0] if (found := (narrow, wide)[side]) else (1, 0) for narrow, wide, _ in spans]
            sides.append((column([first for first, _ in ends]), column([last for _, last in ends])))
        return _Spans(
            sides[0], sides[1], column([int(bool(one[2])) for one in spans]) > 0, column([int(one[0] != one[1]) for one in spans]) > 0
        )

    def _edge(self, moment: Moment) -> tuple[Array, Array, Array, Array, Array]:
        """The first and the last day of a moment, whether there is none, whether there may be none, and whether facts are missing."""
        count = self.asked.count
        no = np.zeros(count, bool)
        if moment.record is None:
            known, missing = ONE.resolve(moment, self.case)
            first, last = known or Days(LONG_AGO, FOREVER)
            return np.full(count, first), np.full(count, last), no, no, no | bool(missing)
        return self._date_of(moment.record)

    def _date_of(self, question: Records) -> tuple[Array, Array, Array, Array, Array]:
        """`RecordParts.date_of`."""
        asked = self.asked
        day = asked.each(lambda case: day_of_records(question, case).last)
        leaf = Leaf(self.matching, self.kinds, question, asked, day)
        picked = leaf.pick(question, day, leaf.limit)
        count, rows, owner = asked.count, leaf.rows, leaf.owner
        said = asked.of_person(asked.people.rows(question.source).said)
        complete = asked.of_person(asked.people.complete(question.source)) & said
        name = question.any_date_of[0] if question.any_date_of else rows.source.event or "start"
        ends = rows.end if name == "end" else rows.start if name == "start" else rows.days(name)
        untold = np.zeros(len(rows), bool) if name == "end" or (name == "start" and not rows.source.open_start) else ~rows.says(name)
        first, last = np.where(untold, LONG_AGO, ends.first), np.where(untold, FOREVER, ends.last)
        vague = untold | (first != last)
        limit = leaf.of_rows(day)
        last = np.where((first <= limit) & (limit < last), limit, last)
        both = picked.sure | picked.maybe
        surely, some = leaf.any(picked.sure), leaf.any(both)

        def extreme(values: Array, among: Array, least: bool, start: Array) -> Array:
            found = start.astype(np.int64)
            (np.minimum if least else np.maximum).at(found, owner[among], values[among])
            return found

        low, high = np.full(count, 2 * FOREVER), np.full(count, 2 * LONG_AGO)
        days = np.broadcast_to(day, count)
        open_low, open_high = np.where(complete, low, LONG_AGO), np.where(complete, high, days)
        if question.take == "first":
            start = extreme(first, both, True, open_low)
            end = np.where(surely, extreme(last, picked.sure, True, low), extreme(last, both, False, open_high))
        else:
            open_first = np.where(complete, low, LONG_AGO)
            start = np.where(surely, extreme(first, picked.sure, False, high), extreme(first, both, True, open_first))
            end = extreme(last, both, False, open_high)
        none = ~some & complete
        anything = ~some & ~complete
        start, end = np.where(anything, LONG_AGO, start), np.where(anything, FOREVER, end)
        missing = leaf.any(picked.maybe & picked.lacking) | ~complete | leaf.any(picked.sure & vague)
        return start, end, none, ~surely, missing

    # ---------------------------------------------------------------------------------------- amounts

    def _counted(self, low: Array, high: Array, complete: Array) -> tuple[Array, Array, Array]:
        [(bound, limit, _)] = self.question.fixed or []
        operator = bound.operator
        most = np.where(complete, high, FOREVER)
        surely, possibly = _compared(operator, low, most, limit)
        held, _ = _compared(operator, low, low, limit)
        short, _ = _compared(operator, high, high, limit)
        too_much = operator in ("at_most", "less_than")
        have = np.where(~possibly & (not too_much), high, low)
        beyond = 1 if operator in ("more_than", "less_than") else 0
        gap = np.ceil(np.abs(limit - have)).astype(np.int64) + beyond
        broken = ~np.where(~possibly & (not too_much), short, held)
        truth = np.where(surely, 2, np.where(possibly, 1, 0))
        return truth, gap, np.where((truth < 2) & broken, 1, 0)

    def _timed(self, picked: _Picked, sure: Array, maybe: Array, complete: Array) -> tuple[Array, ...]:
        """The truth of a time against its bound, the gap and its unit, whether dates are vague, who has to be asked alone, and whose
        time is so near the limit that it has to be counted by months."""
        question, asked, rows, owner = self.question, self.asked, self.rows, self.owner
        count = asked.count
        [(bound, limit, _)] = question.fixed or []
        both = picked.sure | picked.maybe
        low_rate, high_rate, odd = self._rates()
        start, end = rows.start, rows.end
        inexact = (start.first != start.last) | (end.first != end.last)
        uneven = (low_rate != high_rate) if question.part_time != "counts_in_full" and rows.source.working_time else False
        vague = self.any(both & (inexact | uneven))
        unclear = self.any(both & odd)
        last_day = self.of_rows(self.limit)
        one = False
        single = np.zeros(count, bool)
        if question.kind_info.seniority:
            low, high, mixed, lacking = self._seniority(picked)
            unclear |= mixed
            vague = self.any(both & inexact) | lacking
            one = limit.days == 0
        else:
            ends = np.minimum(end.first, last_day), np.minimum(end.last, last_day)
            starts = start.last, start.first
            if question.during is not None:
                spans = self.window(question.during)
                narrow, wide = ([self.of_rows(day) for day in side] for side in (spans.narrow, spans.wide))
                starts = np.maximum(starts[0], narrow[0]), np.maximum(starts[1], wide[0])
                ends = (
                    np.minimum(ends[0], np.where(narrow[0] <= narrow[1], narrow[1], LONG_AGO)),
                    np.minimum(ends[1], np.where(wide[0] <= wide[1], wide[1], LONG_AGO)),
                )
                vague |= spans.missing & (sure + maybe > 0)
                unclear |= spans.loose & ~spans.missing
            low = self._summed(picked.sure, starts[0], ends[0], low_rate)
            exact = ~self.any(both & (inexact | (low_rate != high_rate))) & (maybe == 0)
            if question.during is not None:
                exact &= ~spans.loose
            if exact.all():
                high = low
            else:
                open_ones = both & ~exact[owner]
                high = self._summed(open_ones, starts[1], ends[1], high_rate)
                high = Time(*(np.where(exact, one_, other) for one_, other in zip(low, high, strict=True)))
            spells = self.count(picked.sure & (ends[0] >= starts[0]) & (low_rate > 0))
            single = exact & (spells == 1) & (low.last >= low.first) & (low.total == 100 * (low.last - low.first + 1))
        beyond = bound.operator in ("more_than", "at_most")
        most = (31 * limit.months if beyond else longest(limit.months)) * 100 + limit.days * 100
        least = 28 * limit.months * 100 + limit.days * 100
        close = np.zeros(count, bool)
        if limit.months == 0:
            surely = low.total > least if beyond else low.total >= least
            possibly = high.total > least if beyond else high.total >= least
        else:
            surely = low.total > most if beyond else low.total >= most
            possibly = high.total > most if beyond else high.total >= most
            between = ~surely & ((low.total >= _surely_short(low, limit)) | (~possibly & (high.total >= _surely_short(high, limit))))
            settled = np.ones(count, bool) if one else single
            sure_end, may_end = after(limit, low.first), after(limit, high.first)
            by_one = (low.total > 0) & ((sure_end < low.last + 1) if beyond else (sure_end <= low.last + 1))
            may_one = (high.total > 0) & ((may_end < high.last + 1) if beyond else (may_end <= high.last + 1))
            surely, possibly = np.where(settled & between, by_one, surely), np.where(settled & between, may_one, possibly)
            close = between & ~settled
        possibly = possibly | surely | ~complete
        truth = np.where(surely, 2, np.where(possibly, 1, 0))
        if bound.operator in ("at_most", "less_than"):
            truth = 2 - truth
            counted = low
            unit = np.where(truth == 0, 1, 0)
            gap = _too_many(counted, limit, bound.operator == "less_than")
        else:
            unit = np.where(truth < 2, 1, 0)
            self.most_missing = _missing(low, limit, beyond)
            self.least_missing = self.most_missing if high is low else _missing(high, limit, beyond)
            gap = np.where(truth == 0, self.least_missing, self.most_missing)
        if question.kind_info.seniority or (question.during is not None and any(of_window(question.during))):
            unclear, close = unclear | close, np.zeros(count, bool)
        return truth, gap, unit, vague, unclear, close

    def _summed(self, some: Array, first: Array, last: Array, rate: Array) -> Time:
        """What some records add up to, each between two days."""
        question, count = self.question, self.asked.count
        index = np.flatnonzero(some & (last >= first) & (rate > 0))
        if not len(index):
            return nothing(count)
        owner, first, last, rate = self.owner[index], first[index], last[index], rate[index]
        if question.is_state:
            day = np.broadcast_to(self.limit, count)
            start = reaching(owner, first, last, day[owner], count)
            there = start <= day
            return Time(
                *(np.where(there, one, none) for one, none in ((100 * (day - start + 1), 0), (start, 1), (day, 0), (day - start + 1, 0)))
            )
        if question.gaps is not None:
            return longest_unbroken(owner, first, last, count)
        return added_up(owner, first, last, rate, count)

    def _rates(self) -> tuple[Array, Array, Array]:
        """The working time that counts, in percent, at least and at most; and whether it is none of whole percent."""
        question, size = self.question, len(self.rows)
        if question.part_time == "counts_in_full" or not self.rows.source.working_time:
            return np.full(size, 100), np.full(size, 100), np.zeros(size, bool)
        low, high, odd = self.rows.rates()
        if question.part_time == "excluded":
            return np.where(low >= 100, 100, 0), np.where(high >= 100, 100, 0), odd
        return low, high, odd

    def _seniority(self, picked: _Picked) -> tuple[Time, Time, Array, Array]:
        """How long the job held on the day has lasted with the same employer; who has to be asked alone; and for whom facts are missing."""
        question, rows, owner, count = self.question, self.rows, self.owner, self.asked.count
        size = len(rows)
        kin_sure, kin_may, lacking = np.ones(size, bool), np.ones(size, bool), np.zeros(count, bool)
        if question.filters or self.asked.same is not None:
            least, lacks = np.full(size, YES, np.int8), np.zeros(size, bool)
            for one in question.filters:
                match = self._match(one, self.on)
                least = np.minimum(least, match)
                lacks |= match == LACKS
            kin_sure, kin_may = least == YES, least > 0
            if self.asked.same is not None:
                mine = rows.values("employer_name")[0] == self.asked.same[owner]
                kin_sure, kin_may = kin_sure & mine, kin_may & mine
            lacking = self.any(kin_may & ~kin_sure & lacks)
        names, words, _ = rows.values("employer_name")
        kinds, _, _ = rows.values("employer")
        named = names != UNSAID
        blank = np.array([*(word == "" for word in words), False])[names]
        mixed = (self.any(kin_may & named) & self.any(kin_may & ~named)) | self.any(blank)
        dynamic = bool(question.dynamic)
        if dynamic:
            mixed = np.ones(count, bool)
        own = np.arange(size)
        wide = 1 + max(int(names.max(initial=0)), int(kinds.max(initial=0))) if size else 1
        by_name = owner * wide + np.maximum(names, 0)
        by_kind = owner * wide + np.maximum(kinds, 0)
        base = (count + 1) * wide
        low_group = np.where(named, by_name, base + own)
        high_group = np.where(named, by_name, np.where(kinds != UNSAID, by_kind, base + own))
        both = picked.sure | picked.maybe
        low = self._lasted(low_group, picked.sure, kin_sure, rows.start.last, rows.end.first)
        high = self._lasted(high_group, both, kin_may, rows.start.first, rows.end.last)
        return low, high, mixed, lacking

    def _lasted(self, group: Array, held: Array, kin: Array, first: Array, last: Array) -> Time:
        """The longest of the stretches with one employer that reach the day, of the jobs held."""
        count = self.asked.count
        groups = once_each(group[held])
        if not len(groups):
            return nothing(count)
        place = np.minimum(np.searchsorted(groups, group), len(groups) - 1)
        index = np.flatnonzero(kin & (groups[place] == group))
        day = np.broadcast_to(self.limit, count)
        start = reaching(place[index], first[index], last[index], day[self.owner[index]], len(groups))
        best = np.full(count, 2 * FOREVER)
        np.minimum.at(best, self.owner[held], start[place[held]])
        return _since(best, day)

    # ---------------------------------------------------------------------------------------- different things

    def _different(self, said: Array, complete: Array, alone: Array) -> tuple[Array, Array, Array]:
        """Different languages for different demands: so many of them as can be matched with a language each."""
        question, count, owner = self.question, self.asked.count, self.owner
        shared = list(question.filters)
        demands = [[self._match(one, self.on) for one in (*shared, *demand)] for demand in question.different]
        surely = [np.minimum.reduce(match) == YES for match in demands]
        possibly = [np.minimum.reduce(match) > 0 for match in demands]
        codes, _, _ = self.rows.values(question.kind_info.identity or "")
        told = codes != UNSAID
        mixed = once_each(owner[told] * (int(codes.max(initial=0)) + 1) + codes[told]) if len(codes) else codes
        alone = alone | (self.count(told) > np.bincount(mixed // (int(codes.max(initial=0)) + 1), minlength=count))  # one language twice
        need = len(demands)
        sure, may = (np.full(count, need) for _ in range(2))
        for subset in range(1, 1 << need):
            inside = [at for at in range(need) if subset >> at & 1]
            for most, edges in ((sure, surely), (may, possibly)):
                there = self.count(np.logical_or.reduce([edges[at] for at in inside]))
                np.minimum(most, there + need - len(inside), out=most)
        truth = np.where(sure == need, 2, np.where((may == need) | ~complete, 1, 0))

        def make(state: int) -> Result:
            there, truth_ = bool(state & 1), _BY_NUMBER[state >> 1]
            if not there:
                return without_list(question, "", self.case, one_day(1))
            code: RecordCode = "enough" if truth_ is TRUE else "short" if truth_ is FALSE else "may_match"
            gap = Gap(0, "times") if truth_ is FALSE else None
            causes = frozenset({Cause.MISSING_FACT}) if truth_ is UNKNOWN else None
            return answered(truth_, code, Reason(question.kind, gap=gap), causes)

        numbers, distinct = distinct_of([truth * 2 + said])
        return self._numbers(distinct, make)[numbers], need - may, alone


def _compared(operator: str, low: Array, high: Array, limit: Any) -> tuple[Array, Array]:
    """`bounds.compare` of many numbers: whether it surely holds, and whether it possibly does."""
    if operator == "at_least":
        return low >= limit, high >= limit
    if operator == "more_than":
        return low > limit, high > limit
    return (high <= limit, low <= limit) if operator == "at_most" else (high < limit, low < limit)


def _since(start: Array, day: Array) -> Time:
    """One unbroken stretch of each person, from a day to another; none, where it would begin after it."""
    days = np.maximum(0, day - start + 1)
    return Time(100 * days, np.where(days > 0, start, NO_DAY), np.where(days > 0, day, NO_DAY - 1), days)


def _surely_short(time: Time, limit: Any) -> Any:
    """So many percent-days are not so many months, however they are counted: a month has 28 days, and most have 30 or 31."""
    years = time.span // 365 + 2  # each with a February
    return np.maximum(2800 * limit.months + 100 * limit.days, 3000 * limit.months - 200 * years - 300)


def _missing(time: Time, limit: Any, beyond: bool) -> Any:
    """`days_missing` of many people."""
    if not limit.months:
        needed = limit.days * 100 - time.total
        return np.maximum(1, needed // 100 + 1 if beyond else -(-needed // 100))
    in_all = (31 * limit.months + limit.days if beyond else limit.most_days) - time.total // 100 + beyond
    in_one = after(limit, time.first) - time.last - 1 + beyond
    return np.maximum(1, np.where(time.last >= time.first, np.minimum(in_all, in_one), in_all))


def _too_many(time: Time, limit: Any, beyond: bool) -> Any:
    """`days_too_many` of many people."""
    if not limit.months:
        more = time.total - limit.days * 100
        return np.maximum(1, -(-more // 100) + beyond)
    in_one = np.where(time.last >= time.first, time.last + 1 - after(limit, time.first), 0)
    return np.maximum(1, np.maximum(time.total // 100 - limit.most_days, in_one) + beyond)


def _moved(days: Array, length: Any, before: bool) -> Array:
    inside = (days != LONG_AGO) & (days != FOREVER)
    moved = add_months(days, -length.months) - length.days if before else add_months(days, length.months) + length.days
    return np.where(inside, moved, days)
