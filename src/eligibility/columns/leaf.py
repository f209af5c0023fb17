"""A question about records, asked of many people at once, in arrays: which records match, how much they are, and what that comes to."""

from __future__ import annotations

from typing import Any

import numpy as np

from eligibility.answer import Gap
from eligibility.columns.asked import Asked
from eligibility.columns.asking import BY_DAY, COMPLETE, FUTURE, LACKING, MAYBE, PERSON, SAID, SOME, SURE, VAGUE
from eligibility.columns.days import add_months
from eligibility.columns.different import different_things
from eligibility.columns.employers import with_same_name
from eligibility.columns.kinds import BY_NUMBER, Kinds, Truths, bare
from eligibility.columns.matching import LACKS, NO, OPEN, YES, Matching
from eligibility.columns.people import heads
from eligibility.columns.picked import Picked, Placed, Spans
from eligibility.columns.reading import UNSAID, Array
from eligibility.columns.timed import COUNTS, Amount, timed
from eligibility.dates import FOREVER, LONG_AGO, NOTHING, Days, one_day
from eligibility.deciding.amounts import ENDLESS
from eligibility.deciding.case import Case
from eligibility.deciding.case import Spans as Stretches
from eligibility.deciding.found import Found
from eligibility.deciding.measured import Measured
from eligibility.deciding.parts import day_of_records
from eligibility.deciding.records import absences, answer, failed, left_open, without_list
from eligibility.deciding.result import READINGS, Reason, Result, answered
from eligibility.deciding.selection import Selection
from eligibility.explaining import ONE
from eligibility.facts import Row
from eligibility.question.grammar import DateIn, Filter, Moment, Records, Window
from eligibility.question.walk import of_window
from eligibility.verdict import FALSE, TRUE, UNKNOWN

_ABSENCES = 4
"""In the place of the unit of a gap: it is not said where else one has been."""
_TRUTHS = np.array([2 if one & SURE else 1 if one & MAYBE or not one & COMPLETE else 0 for one in range(1 << 10)], np.uint16)
"""What it comes to where one record is enough."""
_UNIT, _TRUTH = 10, 13
"""The bits in which the unit of a gap and the truth stand."""


class Leaf:
    """One question about records, asked of many people on a day of each."""

    def __init__(self, matching: Matching, kinds: Kinds, question: Records, asked: Asked, on: Array) -> None:
        self.matching, self.kinds, self.question, self.asked, self.on = matching, kinds, question, asked, on
        self.rows, self.index = asked.rows(question.source)
        self.owner = self.rows.owner
        included = question.as_of is None or question.as_of.included
        self.limit = on if included else on - 1
        self.case = asked.cases[0]
        self._spans: dict[int, Spans] = {}

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
        if question.different:
            return different_things(self)
        picked = self.pick(question, self.on, self.limit)
        flags = asked.told(question.source) | self._flags(picked)
        gap, alone = np.zeros(asked.count, np.int64), np.zeros(asked.count, bool)
        amount: Amount | None = None
        if not question.bounds:
            truth, unit = _TRUTHS[flags], np.zeros(asked.count, np.uint16)
        elif question.measure == "count":
            truth, gap, unit = self._counted(picked, flags & COMPLETE != 0)
        else:
            amount = timed(self, picked, flags & COMPLETE != 0)
            truth, gap, unit, alone = amount.truth, amount.gap, amount.unit, amount.alone
            flags |= np.where(amount.vague, np.uint16(VAGUE), np.uint16(0))
        if question.absence_rule is not None:
            alone, truth, unit = self._with_absences(truth, unit, alone if amount is None else alone | amount.close)
        if isinstance(self.kinds, Truths):
            number = self.kinds.of_truths(np.where(flags & SAID, truth, 1))
        else:
            number = self._reasoned(picked, flags, truth, gap, unit)
        if amount is not None and question.absence_rule is None:
            close = amount.close & (flags & SAID != 0)
            for person in np.flatnonzero(close).tolist():
                result = self._counted_alone(picked, person, bool(flags[person] & COMPLETE))
                number[person], gap[person] = self._near(result, amount, int(np.searchsorted(amount.who, person)))
        return number, gap, alone

    def _reasoned(self, picked: Picked, flags: Array, truth: Array, gap: Array, unit: Array) -> Array:
        """The numbers of the answers, each with what it rests on."""
        question = self.question
        fell = (truth == 0) & (flags & (SURE | MAYBE | SOME | SAID) == SOME | SAID)
        if (question.place is not None or question.dated) and fell.any():
            flags = flags | np.where(self._unmatched(picked, fell, gap, unit), np.uint16(BY_DAY), np.uint16(0))
        states = truth.astype(np.uint16) << _TRUTH | unit.astype(np.uint16) << _UNIT | flags
        return self.kinds.of_states(states, self._made)

    def _flags(self, picked: Picked) -> Array:
        """What there is among the records of each person, as bits."""
        each = np.where(picked.sure, np.uint8(SURE), np.uint8(0))
        if picked.maybe.any():
            why = np.where(picked.lacking, np.uint8(MAYBE | LACKING), np.uint8(MAYBE))
            why |= np.where(picked.waits, np.uint8(FUTURE), np.uint8(0))
            each |= np.where(picked.maybe, np.where(why == MAYBE, np.uint8(MAYBE | PERSON), why), np.uint8(0))
        return self.rows.joined(each)

    def _with_absences(self, truth: Array, unit: Array, alone: Array) -> tuple[Array, Array, Array]:
        """The same under a rule on stays away: whoever may have been away for long is asked alone; who does not say is told so."""
        asked = self.asked
        absences = asked.people.rows("absences")
        possible = truth > 0
        listed = asked.of_person(absences.said & asked.people.complete("absences"))
        alone = alone | (possible & listed & asked.of_person(absences.may_be_long()))
        unsaid = possible & ~listed
        return alone, np.where(unsaid, np.uint16(1), truth), np.where(unsaid, np.uint16(_ABSENCES), unit)

    def _near(self, result: Result, amount: Amount, place: int) -> tuple[int, int]:
        """The number and the gap of an answer that took counting; how many days are missing is known of everybody."""
        if result.truth is TRUE or self.question.maxima or result.code not in ("may_match", "between", "list_incomplete", "short"):
            return self.kinds.told(result)
        key = "near", result.truth, result.code, result.causes
        number = self.kinds.known.get(key)
        if number is None:
            number = self.kinds.add(key, bare(result))
        return number, int((amount.most_missing if result.truth is UNKNOWN else amount.least_missing)[place])

    def _counted_alone(self, picked: Picked, person: int, complete: bool) -> Result:
        """The answer to one person whose time is so near the limit that months have to be counted: of which records match is known."""
        rows, question, asked = self.rows, self.question, self.asked
        case = asked.cases[0 if asked.which is None else int(asked.which[person])]
        if question.during is not None and any(True for _ in of_window(question.during)):  # a window of this person alone
            case = case.with_window(question.during, *self._own_window(question.during, person))
        low_rate, high_rate, _ = self.rates()
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

    def _made(self, state: int) -> Result:
        """The answer that a state comes to, as one person gets it."""
        question, case = self.question, self.case
        bits = [bool(state >> at & 1) for at in range(10)]
        by_day, vague, person, future, lacking, complete, maybe, sure, some, said = bits
        state >>= 10
        truth, unit = BY_NUMBER[state >> 3], state & 7
        row = Row(self.rows.source, "", {})
        day = one_day(1)
        if not said:
            return without_list(question, "", case, day)
        if unit == _ABSENCES:
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
        elif unit == COUNTS:
            result = answered(UNKNOWN, "counts", Reason(question.kind), READINGS)
        else:
            result = failed(found) if truth is FALSE else left_open(found)
        units = {1: "times" if question.measure == "count" else "days", 2: "days_too_old", 3: "days_too_late"}
        return answered(result.truth, result.code, Reason(question.kind, gap=Gap(0, units[unit]) if unit in units else None), result.causes)

    # ---------------------------------------------------------------------------------------- which records

    def pick(self, question: Records, on: Array, limit: Array) -> Picked:
        """`RecordSelection.select` of everybody's records."""
        rows = self.rows
        placed = self._placed(question, on, limit)
        matches = [self.match(one, on) for one in question.filters]
        if not matches:
            sure, may, lacking = placed.surely, placed.possibly, placed.lacking
        else:
            least = np.minimum.reduce(matches) if len(matches) > 1 else matches[0]
            sure, may = placed.surely & (least == YES), placed.possibly & (least > 0)
            lacking = np.logical_or.reduce([placed.lacking, *(match == LACKS for match in matches)])
        if self.asked.same is not None:
            mine, perhaps = with_same_name(self.asked, rows)
            sure, may, lacking = sure & mine, may & (mine | perhaps), lacking | perhaps
        return Picked(sure, may & ~sure, lacking, placed.waits, matches, ~placed.possibly)

    def fits(self, question: Records) -> Array:
        """The records that meet the filters, or may."""
        fits = np.ones(len(self.rows), bool)
        for one in question.filters:
            fits &= self.match(one, self.on) > NO
        if self.asked.same is not None:
            fits &= np.logical_or(*with_same_name(self.asked, self.rows))
        return fits

    def outside(self, question: Records, last: Case, on: Array) -> Array:
        """The records whose own days let them count on none of the days from the one asked on to another."""
        start, end = self.rows.start, self.rows.end
        if self.on == UNSAID or on == UNSAID:
            return np.zeros(len(self.rows), bool)
        if question.place == "held":
            return (start.first > on) | (end.last < self.on)
        if question.place != "begun":
            return np.zeros(len(self.rows), bool)
        found = start.first > on
        if question.during is not None:
            sides = [case.spans(question.during)[1] for case in (self.case, last)]
            if all(sides):
                found |= (end.last < min(side[0][0] for side in sides)) | (start.first > max(side[0][1] for side in sides))
        return found

    def match(self, one: Filter, on: Array) -> Array:
        """How each record meets a filter."""
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
            known = people.matched.keep(key, self.matching.matches(one, people.rows(self.question.source), on))
        found: Array = known
        return found

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

    def _placed(self, question: Records, on: Array, limit: Array) -> Placed:
        """What the own days of each record say; that it holds on a day is asked once of everybody."""
        if question.during is not None or on.ndim or question.place == "awarded":
            return self._own_days(question, on, limit)
        key = question.source, question.place, int(on), int(limit), self.case.today
        known = self.asked.placed.get(key)
        if known is None:
            known = self.asked.placed.keep(key, self._own_days(question, on, limit))
        found: Placed = known
        return found

    def _own_days(self, question: Records, on: Array, limit: Array) -> Placed:
        rows, size = self.rows, len(self.rows)
        place, no = question.place, np.zeros(size, bool)
        if place is None:
            return Placed(~no, ~no, no, no)
        on, limit = self.of_rows(on), self.of_rows(limit)
        if place == "awarded":
            return self._awarded(question, limit)
        start, end = rows.start, rows.end
        if place == "held":
            surely = (start.last <= on) & (on <= end.first)
            possibly = (start.first <= on) & (on <= end.last)
            return Placed(surely, possibly, possibly & ~surely, no)
        start_last = start.last
        roles, words, _ = rows.values("role") if "role" in rows.attributes else (None, [], None)
        if roles is not None and "applicant" in words:
            applied = (roles == words.index("applicant")) & ~rows.says("start") & ~rows.says("end")
            start_last = np.where(applied, np.minimum(start_last, self.case.today - 1), start_last)
        surely, possibly = start_last <= limit, start.first <= limit
        if question.during is None:
            return Placed(surely, possibly, ~surely, no)
        spans = self.window(question.during)
        narrow, wide = ([self.of_rows(one) for one in side] for side in (spans.narrow, spans.wide))
        hit = np.maximum(start_last, narrow[0]) <= np.minimum(np.minimum(end.first, narrow[1]), limit)
        may = np.maximum(start.first, wide[0]) <= np.minimum(np.minimum(end.last, wide[1]), limit)
        hit &= narrow[0] <= narrow[1]
        may &= wide[0] <= wide[1]
        vague = self.of_rows(spans.missing) | (start.first != start.last) | (end.first != end.last)
        lacking = ~surely | (~hit & vague)
        return Placed(surely & hit, (possibly & may) | (surely & hit), lacking, no)

    def _awarded(self, question: Records, limit: Array) -> Placed:
        rows, today = self.rows, self.case.today
        name = (question.any_date_of or ("awarded",))[0]
        said, (first, last) = rows.says(name), rows.days(name)
        codes, words, _ = rows.values("expected")
        expected = np.array([*(bool(word) for word in words), False])[codes]
        exact = first == last
        surely, possibly = last <= limit, first <= limit
        missing = np.zeros(len(rows), bool)
        if question.during is not None:
            spans = self.window(question.during)
            narrow, wide = ([self.of_rows(one) for one in side] for side in (spans.narrow, spans.wide))
            inside = (narrow[0] <= narrow[1]) & (narrow[0] <= first) & (last <= narrow[1])
            around = inside | ((wide[0] <= wide[1]) & (wide[0] <= last) & (first <= wide[1]))
            surely, possibly = surely & inside, possibly & around
            missing = self.of_rows(spans.missing) & ~inside & around
        lacking, waits = ~surely & (~exact | missing), np.zeros(len(rows), bool)
        if not question.expected:
            later = possibly & (expected | (first > today))
            perhaps = possibly & ~later & (last > today)
            surely = surely & ~(later | perhaps)
            lacking, waits = np.where(later, False, np.where(perhaps, ~exact, lacking)), later
        return Placed(surely & said, possibly | ~said, lacking | ~said, np.where(said, waits, expected))

    def _unmatched(self, picked: Picked, fell: Array, gap: Array, unit: Array) -> Array:
        """Of those none of whose records matches, whether the nearest one misses its day alone; and how far away its date is."""
        question = self.question
        by_day = np.zeros(self.asked.count, bool)
        misses = np.zeros(len(self.rows), np.int8)
        for match in picked.matches:
            misses += match == NO
        fits = misses == 0
        late = fits & picked.late
        if not (question.dated or late.any()):
            return by_day
        misses = misses + (picked.late if question.is_state else late)
        misses = np.where(misses == 0, 1, misses)  # left out for its employer
        index = np.flatnonzero(fell[self.owner] & (misses == 1)) if not question.dated else np.flatnonzero(fell[self.owner])
        if question.dated:
            index = index[np.lexsort((index, misses[index], self.owner[index]))]
        nearest = index[heads(self.owner[index])]
        person = self.owner[nearest]
        if question.place is not None:
            by_day[person] = late[nearest]
        for one in question.dated:
            spans = self.window(one.window)
            name, rows = one.attributes[0], self.rows
            first, last = rows.end if name == "end" else rows.start if name == "start" else rows.days(name)
            told = name == "end" or (name == "start" and not rows.source.open_start) | rows.says(name)
            some = (unit[person] < 2) & ~late[nearest] & np.broadcast_to(told, len(rows))[nearest]
            begin, until = (np.broadcast_to(day, self.asked.count)[person] for day in spans.wide)
            some &= begin <= until
            old, new = some & (last[nearest] < begin), some & (until < first[nearest]) & (first[nearest] < FOREVER)
            gap[person[old]], unit[person[old]] = (begin - last[nearest])[old], 2
            new &= ~old
            gap[person[new]], unit[person[new]] = (first[nearest] - until)[new], 3
        return by_day

    # ---------------------------------------------------------------------------------------- windows

    def window(self, window: Window) -> Spans:
        """`Window.spans` of everybody."""
        known = self._spans.get(id(window))
        if known is None:
            known = self._spans[id(window)] = self._window(window)
        return known

    def _window(self, window: Window) -> Spans:
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
        return Spans(narrow_, wide_, missing, (narrow_[0] != wide_[0]) | (narrow_[1] != wide_[1]))

    def _own_window(self, window: Window, person: int) -> tuple[Stretches, Stretches, tuple[str, ...]]:
        """The days of a window surely and possibly, as one person has them, and what is missing to know better."""
        spans = self.window(window)
        narrow, wide = ([(int(first[person]), int(last[person]))] for first, last in (spans.narrow, spans.wide))
        missing = ("",) if spans.missing[person] else ()
        return [one for one in narrow if one[0] <= one[1]], [one for one in wide if one[0] <= one[1]], missing

    def _static(self, window: Window) -> Spans:
        """A window that is the same for everybody, or hangs on the day of each alone."""
        spans = [case.spans(window) for case in self.asked.cases]
        which = self.asked.which

        def column(values: list[int]) -> Array:
            return np.asarray(values[0]) if which is None else np.array(values)[which]

        sides = []
        for side in (0, 1):
            ends = [found[0] if (found := (narrow, wide)[side]) else (1, 0) for narrow, wide, _ in spans]
            sides.append((column([first for first, _ in ends]), column([last for _, last in ends])))
        return Spans(
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

    def _counted(self, picked: Picked, complete: Array) -> tuple[Array, Array, Array]:
        """The number of records that match against its bound: the truth, the gap and its unit."""
        [(bound, limit, _)] = self.question.fixed or []
        low = self.count(picked.sure)
        high = low + self.count(picked.maybe)
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
        truth = surely.astype(np.int8) + (possibly | surely)
        return truth, gap, ((truth < 2) & broken).astype(np.int8)

    def rates(self) -> tuple[Array, Array, Array]:
        """The working time that counts, in percent, at least and at most; and whether it is none of whole percent."""
        question, size = self.question, len(self.rows)
        if question.part_time == "counts_in_full" or not self.rows.source.working_time:
            return np.full(size, 100), np.full(size, 100), np.zeros(size, bool)
        low, high, odd = self.rows.rates()
        if question.part_time == "excluded":
            return np.where(low >= 100, 100, 0), np.where(high >= 100, 100, 0), odd
        return low, high, odd


def _compared(operator: str, low: Array, high: Array, limit: Any) -> tuple[Array, Array]:
    """`bounds.compare` of many numbers: whether it surely holds, and whether it possibly does."""
    if operator == "at_least":
        return low >= limit, high >= limit
    if operator == "more_than":
        return low > limit, high > limit
    return (high <= limit, low <= limit) if operator == "at_most" else (high < limit, low < limit)


def _moved(days: Array, length: Any, before: bool) -> Array:
    inside = (days != LONG_AGO) & (days != FOREVER)
    moved = add_months(days, -length.months) - length.days if before else add_months(days, length.months) + length.days
    return np.where(inside, moved, days)
