"""Which records count: those that surely match, those that only may, and how the others fall out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from eligibility.counting import compare_time
from eligibility.dates import FOREVER, LONG_AGO, LONGEST_LIFE, Days, Spell, breakpoints, cover, joined, one_day
from eligibility.deciding.case import Case
from eligibility.deciding.filters import HOLDS, changes, first_date, holds, lacks, vague_dates
from eligibility.deciding.result import FUTURE, PERSON
from eligibility.deciding.stretches import same_value, stretches_where, with_same_value
from eligibility.deciding.windows import contains
from eligibility.facts import ProfileFacts, Row
from eligibility.question.grammar import Filter, Place, Records, Sieve
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Cause, Truth, agreed, truth_of


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


def listed(question: Records, case: Case, on: int) -> tuple[Sequence[Row] | None, bool, str]:
    """The records to look at, whether the list is complete, and the path of the list."""
    source = question.source
    if not question.whose:
        return case.facts.listed(source)
    if case.facts.relatives() is None:
        return None, True, case.facts.path("relatives")
    rows_found: list[Row] = []
    complete = case.facts.complete("relatives") if case.relative is None else case.relative != UNLISTED
    path = case.facts.path("relatives")
    for facts in relatives(question, case):
        rows = facts.rows(source)
        rows_found += rows or ()
        if not facts.may_be_related(on):
            continue
        if rows is None:
            complete, path = False, facts.path(source)
        else:
            complete = complete and facts.complete(source)
    return rows_found, complete, path


def stays_away(question: Records, case: Case, on: int) -> tuple[Sequence[Row], tuple[str, ...]]:
    """The days away from where the candidate, or a relative who is asked about, lives; and the lists that may hold more."""
    found: list[Row] = []
    unsaid: tuple[str, ...] = ()
    for facts in relatives(question, case, on) if question.whose else (case.facts,):
        rows, complete, path = facts.listed("absences")
        found += rows or ()
        unsaid += () if rows is not None and complete else (path,)
    return found, unsaid


UNLISTED = "\0"
"""The place of a relative who is not listed."""


def relatives(question: Records, case: Case, on: int | None = None) -> Iterator[ProfileFacts]:
    """The relatives that are asked about, and those of whom nothing knows what they are to the candidate; who may be that on a day."""
    known = case.reference.is_term
    for relation, facts in case.facts.relatives() or ():
        if case.relative not in (None, facts.path("")) or (on is not None and not facts.may_be_related(on)):
            continue
        if relation in question.whose or not known("relations", relation):
            yield facts


def several_people(question: Records, case: Case) -> Sequence[str]:
    """Where each of several relatives is asked about alone: their places in the profile, and that of one who is not listed. Nobody where
    there is at most one, or one is asked about already."""
    if case.relative is not None or case.facts.relatives() is None:
        return ()
    listed = [one.path("") for one in relatives(question, case)]
    if len(listed) < 2:
        return ()
    return listed if case.facts.complete("relatives") else [*listed, UNLISTED]


def select(
    question: Records, rows: Sequence[Row], case: Case, day: Days, complete: bool = True, sieve: Sieve | None = None
) -> Selection:  # fmt: skip
    """Sort records into those that surely match on `day`, those that may, and the rest; `complete`: there are no others like them.
    With a `sieve`, by that one instead of the question's own."""
    sure: list[Row] = []
    maybe: list[tuple[Row, tuple[str, ...], bool]] = []
    rejected: list[tuple[Row, Filter | str]] = []
    on = day[0]
    tests, place, dated = sieve or question.sieve
    placed = None if place is None else _PLACES[place]
    may_be_left_out = bool(question.other_than) or bool(question.each) or case.same is not None
    states = _states(question, rows, case, on, complete) if dated else {}
    for row in rows:
        unsure: list[tuple[Filter, bool]] | None = None  # most records are sure or rejected: a list for the others alone
        for test in tests:
            one, spread = test
            if states and one in dated:
                truth = holds(one, states.get(row.path, row), case, on)
            elif spread:
                truth = on_its_days(question, one, row, case, on)
            else:
                truth = HOLDS[type(one)](one, row, case, on)
            if truth is TRUE:
                continue
            if truth is FALSE:
                rejected.append((row, one))
                break
            if unsure is None:
                unsure = []
            unsure.append(test)
        else:
            truth, vague, waits = _SURELY if placed is None else placed(question, row, case, on)
            if truth is FALSE:
                rejected.append((row, "day"))
                continue
            if may_be_left_out:
                counts, more, out = _left_out(question, tests, row, case, on, place)
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
                lacking = [path for one, spread in unsure or () for path in
                           (_lacking_on_its_days(question, one, row, case, on) if spread else lacks(one, row, case, on))]  # fmt: skip
                maybe.append((row, (*lacking, *vague), waits))
    return Selection(sure, maybe, rejected)


def _states(question: Records, rows: Sequence[Row], case: Case, on: int, complete: bool) -> dict[str, Row]:
    """Each record with the first and the last day of the state that it is a part of: others that match go on from it, or lead to it.

    A balance that changed, or a permit that was renewed, is one state in two records; of a list that may hold more, the other one
    may not be there.
    """
    picked = select(question, rows, case, one_day(on), sieve=question.whenever)
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


def _left_out(
    question: Records, tests: Iterable[tuple[Filter, bool]], row: Row, case: Case, on: int, place: Place | None
) -> tuple[Truth, tuple[str, ...], Filter | str | None]:
    """Whether a record that matches counts: it lasts long enough, is not one of `other_than`, and has the value tried for `same`."""
    counts = TRUE
    lacking: tuple[str, ...] = ()
    if question.each:
        counts = _long_enough(question, row, case, on, place)
        if counts is FALSE:
            return FALSE, (), "each"
        lacking = () if counts is TRUE else row.vague_dates()
    for excluded in question.other_than:
        truth = TRUE
        for one in excluded:
            truth = truth & holds(one, row, case, on)
        if truth is TRUE:
            return FALSE, (), excluded[0]
        if truth is UNKNOWN:
            counts = UNKNOWN
            lacking += tuple(path for one in excluded for path in lacks(one, row, case, on) if not _known(row, one))
    if case.same is not None:
        truth, more = same_value(row, case)
        if truth is FALSE or (truth is UNKNOWN and not _may_be_the_same(tests, row, case, on)):
            return FALSE, (), "same"
        counts = counts & truth
        lacking += () if truth is TRUE else more
    return counts, lacking, None


def _long_enough(question: Records, row: Row, case: Case, on: int, place: Place | None) -> Truth:
    """Whether a record lasts as long as each has to, from its first day to its last, or up to the day asked, whatever the working time."""
    limit = last_day(question, on)
    earliest = LONGEST_LIFE.before(limit)
    start, end = row.start, one_day(on) if place == "held" else row.end  # one that does not last on the day does not count anyway
    shortest, longest = [
        cover([Spell(max(first, earliest), min(last, limit))] if first <= min(last, limit) else [])
        for first, last in ((start.last, end.first), (start.first, end.last))
    ]
    truth = TRUE
    for bound in question.each:
        length = bound.fixed
        least, most = (compare_time(bound.operator, one, one, length, length, question.counted) for one in (shortest, longest))
        truth = truth & (least if least is most else UNKNOWN)
    return truth


def _may_be_the_same(tests: Iterable[tuple[Filter, bool]], row: Row, case: Case, on: int) -> bool:
    """Whether a record that does not say the value tried for `same` would still match if it had it."""
    supposed = with_same_value(row, case)
    return supposed is None or all(spread or holds(one, supposed, case, on).possibly for one, spread in tests)


def on_its_days(question: Records, one: Filter, row: Row, case: Case, on: int) -> Truth:
    """A filter whose answer changes with time: read on the day for a state, on its date for a degree, on each day of a spell."""
    if row.source.event is not None:
        return agreed([holds(one, row, case, day) for day in _dates(question, one, row, case, on)])
    limit = last_day(question, on) if question.since is None else FOREVER
    (first, end), possible = row.core, (row.hull[0], min(row.hull[1], limit))
    if first <= end:
        surely = bool(stretches_where((first, min(end, limit)), [one], row, case, True))
    else:  # no day is surely its own, so that any of these may be its only one
        only = max(row.start.first, end), min(first, row.end.last, limit)
        surely = only[0] <= only[1] and stretches_where(only, [one], row, case, True) == [only]
    return truth_of(surely, surely or bool(stretches_where(possible, [one], row, case, False)))


def _dates(question: Records, one: Filter, row: Row, case: Case, on: int) -> list[int]:
    """The days on which a degree may have been awarded, as far as the filter tells them apart."""
    date = first_date(row, question.any_date_of or ("awarded",)) or Days(LONG_AGO, on)
    if date.exact and date.first > 0:
        return [date.first]
    return breakpoints(changes(one, case), max(date.first, 1), max(date.last, 1))


def _lacking_on_its_days(question: Records, one: Filter, row: Row, case: Case, on: int) -> tuple[str, ...]:
    """What would settle a filter whose answer changes with time: of a degree, its own value or the date it is read on."""
    if row.source.event is None:
        return lacks(one, row, case, on)
    days = _dates(question, one, row, case, on)
    answers = [holds(one, row, case, day) for day in days]
    lacking = tuple(path for day, truth in zip(days, answers, strict=True) if truth == UNKNOWN for path in lacks(one, row, case, day))
    if len(set(answers)) > 1 or row.values.get(one.attribute) is None:
        lacking += vague_dates(row, question.any_date_of or ("awarded",))
    return tuple(dict.fromkeys(lacking))


def _held(question: Records, row: Row, case: Case, on: int) -> Placed:
    """Whether the record lasts on the day asked."""
    start, end = row.start, row.end
    if start[1] <= on <= end[0]:
        return _SURELY
    return (UNKNOWN, row.vague_dates(), False) if start[0] <= on <= end[1] else _NOT


def _begun(question: Records, row: Row, case: Case, on: int) -> Placed:
    """Whether the record has begun by the day asked, and reaches into the window."""
    start, end = row.start, row.end
    if row.values.get("role") == "applicant" and row.values.keys().isdisjoint(("start", "end")):
        start = Days(start[0], min(start[1], case.today - 1))  # the present application is not listed: it is an earlier one
    limit = last_day(question, on)
    surely, possibly = start[1] <= limit, start[0] <= limit
    if surely and question.during is None:
        return _SURELY
    lacking: tuple[str, ...] = () if surely else (row.key("start"),)
    if question.during is not None and possibly:
        narrow, wide, more = case.spans(question.during)
        hit = any(max(start[1], first) <= min(end[0], last, limit) for first, last in narrow)
        may = any(max(start[0], first) <= min(end[1], last, limit) for first, last in wide)
        if not hit:
            lacking += more or row.vague_dates()
        surely, possibly = surely and hit, possibly and may
    return truth_of(surely, possibly), lacking, False


def _awarded(question: Records, row: Row, case: Case, on: int) -> Placed:
    """Whether the degree is awarded by the day asked; whether that is a matter of waiting."""
    attributes = question.any_date_of or ("awarded",)
    date = first_date(row, attributes)
    limit = last_day(question, on)
    expected = bool(row.values.get("expected"))
    if date is None:
        return UNKNOWN, vague_dates(row, attributes), expected
    more: tuple[str, ...] = ()
    truth = truth_of(date.last <= limit, date.first <= limit)
    if question.during is not None:
        inside, more = contains(question.during, date, case)
        truth = truth & inside
    if truth.possibly and not question.expected:
        if expected or date.first > case.today:
            return UNKNOWN, (), True
        if date.last > case.today:  # some day of this year: perhaps still to come
            return UNKNOWN, vague_dates(row, attributes), False
    return truth, () if truth.surely else (*vague_dates(row, attributes), *more), False


def last_day(question: Records, on: int) -> int:
    """The last day a duration or a diploma may use: the day asked, or its eve."""
    return on if question.as_of is None or question.as_of.included else on - 1


_SURELY: Placed = (TRUE, (), False)
_NOT: Placed = (FALSE, (), False)
_PLACES: Mapping[Place, Callable[[Records, Row, Case, int], Placed]] = {"awarded": _awarded, "held": _held, "begun": _begun}


def placed(question: Records, row: Row, case: Case, on: int) -> Placed:
    """Whether a record's own days let it count."""
    return _SURELY if question.place is None else _PLACES[question.place](question, row, case, on)


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
