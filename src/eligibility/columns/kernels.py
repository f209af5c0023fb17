"""Deciding many people at once: what one person's question says of each, in arrays.

Leaves are decided over flat records: a filter is a truth per distinct value, days are sorted once. Whatever joins answers (groups,
readings, conditions, exceptions, days that are not known exactly) is done by the code of one person, once for each combination there is.
People about whom a leaf is not sure are asked that leaf alone.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import numpy as np
import pyarrow as pa

from eligibility.application_period import closing_of, day_there
from eligibility.columns.alike import alike, known_by_window
from eligibility.columns.asked import Asked
from eligibility.columns.employers import names_of
from eligibility.columns.forms import form, joined_how
from eligibility.columns.kinds import (
    JOINING,
    UNDECIDED,
    VERDICTS,
    Answer,
    Ends,
    Kinds,
    Stub,
    Truths,
    Undecided,
    combined,
    gaps_of,
)  # fmt: skip
from eligibility.columns.leaf import Leaf
from eligibility.columns.matching import Matching
from eligibility.columns.others import Ages, constant, declared
from eligibility.columns.people import People, distinct_of, once_each
from eligibility.columns.reading import UNSAID, Array, Reading
from eligibility.columns.shared import Shared
from eligibility.columns.supports import leaves, unsupported
from eligibility.columns.turns import Turns, turns_of
from eligibility.dates import Days, one_day
from eligibility.deciding.case import Case
from eligibility.deciding.groups import again
from eligibility.deciding.one import One
from eligibility.deciding.over_days import agree, over_named
from eligibility.deciding.result import Result
from eligibility.deciding.session import Session
from eligibility.explaining import ONE
from eligibility.facts import ProfileFacts
from eligibility.profile import Profile
from eligibility.question.grammar import Criterion, Records
from eligibility.question.others import Age, Always, Choice, Declared, Group, Judged, Met
from eligibility.question.walk import inner
from eligibility.ready import case_of, made_ready
from eligibility.reference import Reference
from eligibility.vacancy import Vacancy
from eligibility.verdict import FALSE, TRUE, Closing, Verdict

_MOST_SEEN = 200_000
"""So many different lives are remembered at most, for each question."""
_WORTH_TAKING = 0.8
"""Where more people than such a part of all are left, asking all of them costs less than picking them out."""


class AllKernels:
    """The questions of some vacancies, to be asked of batch after batch: for every answer, or for `outcomes` alone."""

    def __init__(
        self, vacancies: Sequence[Vacancy], on: date | datetime, reference: Reference, on_last_day: bool = False, outcomes: bool = False
    ) -> None:  # fmt: skip
        self.on, self._outcomes = on, outcomes
        self.moments = [made_ready(one, reference).asked_at(on, on_last_day)[0] for one in vacancies]
        """The moment for which each vacancy answers: one that has closed, `on_last_day`, for its last day."""
        self._reference = reference
        self._begin(vacancies)

    def _begin(self, vacancies: Sequence[Vacancy]) -> None:
        self._reading, matching, shared = Reading(self._reference), Matching(self._reference), Shared(self._outcomes)
        self.vacancies = [Kernels(one, self._reference, matching, shared) for one in vacancies]
        asked = [kernels.keys(moment) for kernels, moment in zip(self.vacancies, self.moments, strict=True)]
        shared.often.update(key for keys in asked for key in keys)
        numbers = {key: number for number, key in enumerate(shared.often)}
        alike = [[numbers[key] for key in keys if shared.often[key] > 1] for keys in asked]
        self.order = sorted(range(len(asked)), key=alike.__getitem__)
        """The places of the vacancies, those that ask the same one after the other: what they share is not kept for long."""

    def read(self, batch: pa.RecordBatch) -> People:
        """The people of a batch."""
        if self._reading.full:  # so many different values: begin again, so that the memory stays what it is
            self._begin([one.vacancy for one in self.vacancies])
        return People(batch, self._reading)


class Kernels:
    """The questions of one vacancy, ready to be asked of many people. It remembers distinct values and answers, and no person."""

    def __init__(self, vacancy: Vacancy, reference: Reference, matching: Matching, shared: Shared) -> None:
        self.ready = made_ready(vacancy, reference)
        self.vacancy = vacancy
        self.reference = reference
        self._nobody = ProfileFacts(Profile(), reference)
        self._joining = Case(self._nobody, Session(reference), 1, {}, frozenset(), by=JOINING)
        self._kinds: dict[Any, Kinds] = {}
        self._shared = shared
        self._matching = matching
        self._supported: dict[int, bool] = {}
        self._plain: dict[int, Group] = {}
        self._forms: dict[int, tuple[Hashable, tuple[str, ...]]] = {}
        self._ages: dict[int, Ages] = {}
        self.asked_alone = 0
        """How often a person was asked a question alone."""

    @property
    def known(self) -> bool:
        """Whether columns can ask them at all: what rests on what somebody has chosen is asked one by one."""
        return not self.vacancy.choices

    def decide(self, people: People, on: date | datetime) -> Iterator[tuple[Criterion, Answer]]:
        """Each criterion that is counted, in the order of the rule, with what it says of everybody who is not strange."""
        asked = self._everybody(people, on)
        for criterion, _ in self.ready.counted:
            yield criterion, self.evaluate(criterion, asked)

    def keys(self, on: date | datetime) -> list[Hashable]:
        """The questions about records that are asked on a day, each as whoever asks the same has it."""
        case = self._case(on)
        wanted = self.ready.required if self._shared.outcomes else [criterion for criterion, _ in self.ready.counted]
        asked = [leaf for criterion in wanted for leaf in leaves(criterion)]
        return [self._key(leaf, case) for leaf in asked if isinstance(leaf, Records) and self._knows(leaf)]

    def verdicts(self, people: People, on: date | datetime) -> Iterator[Array]:
        """The verdicts on what is required, the least work first, until somebody fails: who has failed is not asked any more, and passes
        what is left."""
        asked, open_ones = self._everybody(people, on), np.arange(people.count)
        for criterion in sorted(self.ready.required, key=self._work):
            found = self.evaluate(criterion, asked).verdict()
            every = np.full(people.count, VERDICTS[Verdict.PASS])
            every[open_ones] = found
            yield every
            left = found != VERDICTS[Verdict.FAIL]
            if left.sum() < _WORTH_TAKING * len(left):
                asked, open_ones = asked.take(np.flatnonzero(left)), open_ones[left]

    def _work(self, criterion: Criterion) -> int:
        """About how much work a criterion is: time has to be added up, and on many days where that of the question is not known."""
        found = 0
        for leaf in leaves(criterion):
            timed = isinstance(leaf, Records) and leaf.measure == "time"
            found += (10 if timed else 1) * (4 if any(name in self.ready.vague for name in leaf.names) else 1)
        return found

    def _everybody(self, people: People, on: date | datetime) -> Asked:
        return Asked(people, [self._case(on)])

    def _case(self, on: date | datetime) -> Case:
        return case_of(self.ready, day_there(on, self.ready.zone), None, self._nobody)

    def closing(self, on: date | datetime) -> Closing:
        """Whether one can still apply."""
        today = day_there(on, self.ready.zone)
        return Closing.NONE if self.ready.deadline is None else closing_of(self.ready.deadline, on, today, self.ready.zone)

    # ------------------------------------------------------------------------------------------ joining answers

    def evaluate(self, criterion: Criterion, asked: Asked) -> Answer:
        """`Criterion.evaluate` of everybody."""
        common = criterion.common
        if criterion.plain:
            return self._on_its_day(criterion, asked)
        if common.when is None:
            return self._evaluated(criterion, asked, None)
        condition = self.evaluate(common.when, asked)
        out = condition.each(lambda result: result.in_group(TRUE) is FALSE).astype(bool)
        kinds = self.kinds_of(criterion)
        number, gap = np.zeros(asked.count, np.int64), np.zeros(asked.count, np.int64)
        for index in (np.flatnonzero(out), np.flatnonzero(~out)):
            if len(index):
                some = Answer(condition.number[index], condition.gap[index], condition.kinds)
                if out[index[0]]:
                    found = self._joined(kinds, [some], lambda parts: self._shell(criterion, [], parts))
                else:
                    found = self._evaluated(criterion, asked.take(index), some)
                number[index], gap[index] = found.number, found.gap
        return Answer(number, gap, kinds)

    def _evaluated(self, criterion: Criterion, asked: Asked, condition: Answer | None) -> Answer:
        """The same of those to whom it may apply."""
        common = criterion.common
        if common.readings:
            base = [self._on_its_day(reading, asked) for _, _, reading in common.readings]
        else:
            base = [self._on_its_day(criterion, asked)]
        beside = [self.evaluate(one, asked) for one in (common.unless, common.derogation) if one is not None]
        parts = [*([] if condition is None else [condition]), *beside, *base]
        many = len(parts) - len(base)
        return self._joined(self.kinds_of(criterion), parts, lambda results: self._shell(criterion, results[many:], results[:many]))

    def _shell(self, criterion: Criterion, base: list[Result], beside: list[Result]) -> Result:
        """The answer to a criterion whose parts are answered."""
        common, given = criterion.common, iter(beside)
        said: dict[str, Any] = {key: Stub(result=next(given, base[0] if base else beside[0])) for key in ("when", "unless", "derogation")
                                if getattr(common, key) is not None}  # fmt: skip
        readings = tuple(
            (name, preferred, Stub(result=result)) for (name, preferred, _), result in zip(common.readings, base, strict=False)
        )  # fmt: skip
        shell = Stub(result=base[0] if base else beside[0], kind=criterion.kind, common=common._replace(readings=readings, **said))
        return One.evaluate(JOINING, shell, self._joining)

    def _joined(self, kinds: Kinds, parts: Sequence[Answer], make: Callable[[list[Result]], Result]) -> Answer:
        """One answer made of several: for each combination there is, as one person's is made."""
        numbers, distinct = combined(parts)
        table = np.zeros(len(distinct), np.int64)
        for at, combination in enumerate(distinct):
            found = kinds.known.get((len(parts), combination))
            if found is None:
                results = [part.kinds.part(number, index) for index, (part, number) in enumerate(zip(parts, combination, strict=True))]
                found = kinds.add((len(parts), combination), make(results))
            table[at] = found
        number = table[numbers]
        return Answer(number, gaps_of(kinds, number, [part.gap for part in parts]), kinds)

    def kinds_of(self, criterion: Criterion, what: str = "", case: Case | None = None) -> Kinds:
        """The answers to a criterion there have been; those of a question are shared by all who ask it on the same days."""
        if self._shared.outcomes:
            return self._shared.kinds_of((joined_how(criterion), what))
        if case is None:
            return self._kinds.setdefault((id(criterion), what), Kinds())
        assert isinstance(criterion, Records)
        return self._shared.kinds_of((self._key(criterion, case), what))

    def _group(self, group: Group, asked: Asked) -> Answer:
        if group.same is not None:
            return self._same(group, asked)
        parts = [self.evaluate(member, asked) for member in group.members]
        return self._joined(self.kinds_of(group, "group"), parts, lambda results: self._group_of(group, results))

    def _group_of(self, group: Group, results: list[Result]) -> Result:
        joined = replace(group, members=tuple(Stub(result=result) for result in results), same=None)
        return JOINING.decide(joined, self._joining, None)

    def _same(self, group: Group, asked: Asked) -> Answer:
        """One employer for all members: each one of a person is tried, and the best is kept."""
        rows, _ = asked.rows("experience")
        codes, names, _ = rows.values("employer_name")
        owner = rows.owner
        questions = leaves(group)
        if (
            group.same != "employer"
            or asked.same is not None
            or not all(isinstance(one, Records) and one.source == "experience" for one in questions)
        ):
            return self._each_alone(group, asked, np.arange(asked.count), None)
        plain = self._plain.get(id(group))
        if plain is None:
            plain = self._plain[id(group)] = replace(group, same=None)
        some, unclear = np.zeros(asked.count, bool), np.zeros(asked.count, bool)
        some[owner] = True
        unclear[owner[codes == UNSAID]] = True
        unclear |= some & ~asked.of_person(asked.people.complete("experience"))
        alike = names_of(asked, "experience")
        unclear |= alike.one
        if any(one.attribute == "employer_name" for question in questions if isinstance(question, Records) for one in question.filters):
            unclear |= alike.perhaps  # a record that may be of the one tried is asked whether it would match under that name
        number, gap = np.zeros(asked.count, np.int64), np.zeros(asked.count, np.int64)
        kinds = self.kinds_of(plain, "group")
        nobody = np.flatnonzero(~some)  # to try with
        if len(nobody):
            found = self._group(plain, asked.take(nobody))
            number[nobody], gap[nobody] = found.number, found.gap
        rank = np.argsort(np.argsort(np.array(names or [""], object)))
        clear = ~unclear[owner]
        pairs = once_each(owner[clear] * len(rank) + rank[codes[clear]])
        person, order = pairs // len(rank), pairs % len(rank)
        if len(pairs):
            tried = asked.take(person)
            tried.same = np.argsort(rank)[order]
            trial = self._group(plain, tried)
            value = trial.each(lambda result: 2 * result.truth.surely + result.truth.possibly)
            best = np.lexsort((order, -value, person))
            first = best[np.concatenate([[True], person[best][1:] != person[best][:-1]])]
            number[person[first]], gap[person[first]] = trial.number[first], trial.gap[first]
        return self._each_alone(group, asked, np.flatnonzero(unclear), Answer(number, gap, kinds))

    def _met(self, met: Met, asked: Asked) -> Answer:
        target = asked.cases[0].named(met)
        return self._joined(self.kinds_of(met, "met"), [self.evaluate(target, asked)], lambda results: again(results[0]))

    # ------------------------------------------------------------------------------------------ the day

    def _on_its_day(self, criterion: Criterion, asked: Asked) -> Answer:
        """`Criterion.on_its_day` of everybody."""
        if isinstance(criterion, Group) and not criterion.choice:
            return self._group(criterion, asked)
        if isinstance(criterion, Met):
            return self._met(criterion, asked)
        if isinstance(criterion, Judged | Choice | Always):
            return constant(criterion, asked, self.kinds_of(criterion))
        if isinstance(criterion, Declared) and self._knows(criterion):
            return declared(criterion, asked, self.kinds_of(criterion), self.ready)
        if isinstance(criterion, Age) and not list(inner(criterion)) and asked.which is None and not any(
            part.when is not None for bound in criterion.bounds for one in bound.extended for part in one.parts
        ):  # fmt: skip
            return self._ages.setdefault(id(criterion), Ages(criterion, self.kinds_of(criterion), self.ready)).answer(asked)
        if not (isinstance(criterion, Records) and self._knows(criterion)):
            return self._each_alone(criterion, asked, np.arange(asked.count), None)
        key = self._key(criterion, asked.cases[0])
        if asked.which is None and asked.same is None:
            shared = asked.people.answers
            found: Answer | None = shared.get(key)
            if found is None and self._shared.often[key] * asked.count >= asked.people.count:  # everybody is not asked in vain
                found = shared.keep(key, self._of_records(criterion, asked.everybody))
            if found is not None:
                return found if asked.who is None else found.take(asked.who)
        if key not in asked.answers:
            asked.answers[key] = self._of_records(criterion, asked)
        return asked.answers[key]

    def _key(self, question: Records, case: Case) -> Hashable:
        """What a question says, and all that its answers rest on besides the people: whoever asks the same gets the same."""
        known = self._forms.get(id(question))
        if known is None:
            names = set(question.names)
            number = self._shared.number(question.kind, question.kind_info.name, form(question, names))
            known = self._forms[id(question)] = number, tuple(sorted(names))
        said, named = known
        days = tuple([(name, case.dates.get(name), name in case.unsaid, case.asked.get(name)) for name in named])
        employers = tuple(case.session.names.items()) if question.kind_info.seniority and question.measure == "time" else ()
        return said, case.today, days, employers

    def _of_records(self, criterion: Records, asked: Asked) -> Answer:
        """The answer to a question about records, whatever is known of its day."""
        first = asked.cases[0]
        vague = [name for name in criterion.names if name in first.vague] if criterion.as_of is not None else []
        if vague:
            if (
                len(vague) > 1
                or vague[0] in first.unsaid
                or criterion.steps
                or asked.which is not None
                or any(True for _ in inner(criterion))
                or criterion.absence_rule
            ):
                return self._each_alone(criterion, asked, np.arange(asked.count), None)
            return self._over_named(criterion, asked, vague[0])
        return self._decided(criterion, asked)

    def _knows(self, criterion: Criterion) -> bool:
        known = self._supported.get(id(criterion))
        if known is None:
            known = self._supported[id(criterion)] = unsupported(criterion) is None
        return known

    def _decided(self, question: Records, asked: Asked) -> Answer:
        """The answer on a day that is known."""

        on = asked.each(lambda case: self._day(question, case))
        if (on == UNSAID).any():
            return self._each_alone(question, asked, np.arange(asked.count), None)
        kinds = self.kinds_of(question, "", asked.everybody.cases[0])
        number, gap, alone = Leaf(self._matching, kinds, question, asked, on).answer()
        found = Answer(number, gap, kinds)
        return self._each_alone(question, asked, np.flatnonzero(alone), found)

    def _over_named(self, question: Records, asked: Asked, name: str) -> Answer:
        """`over_named`: a named day that is one unknown day of an interval."""
        case = asked.cases[0]
        known = case.dates[name]
        kinds = self.kinds_of(question, "days", asked.everybody.cases[0])
        number, gap = np.full(asked.count, -1), np.zeros(asked.count, np.int64)
        days = self._turns(question, asked, case, known)
        same = self._idle(question, asked, case, name, known, days)
        if question.steady:
            same = same | days.still
        if same.any():
            some = np.flatnonzero(same)
            if len(some) < _WORTH_TAKING * asked.count:
                last = self._on_day(question, asked.take(some), case, name, known.last)
            else:
                last = self._on_day(question, asked, case, name, known.last).take(some)
            found = self._joined(kinds, [last], lambda parts: self._at_ends(question, case, name, known, [parts[0]]))
            number[some], gap[some] = found.number, found.gap
        if question.growing and not question.steady:
            some = np.flatnonzero(~same & days.still) if question.is_state else np.flatnonzero(~same)
            if len(some):
                part = asked if len(some) == asked.count else asked.take(some)
                ends = [self._on_day(question, part, case, name, day) for day in known]
                found = self._joined(kinds, ends, lambda parts: self._at_ends(question, case, name, known, parts))
                open_ones = found.each(lambda result: result is UNDECIDED).astype(bool)
                number[some], gap[some] = np.where(open_ones, -1, found.number), found.gap
        rest = np.flatnonzero(number < 0)
        if len(rest):
            number[rest], gap[rest] = self._on_each_day(question, asked, name, known, rest, days)
        return Answer(number, gap, kinds)

    def _on_each_day(self, question: Records, asked: Asked, name: str, known: Days, rest: Array, turns: Turns) -> tuple[Array, Array]:
        """The numbers and gaps of those to whom the ends of an interval do not tell what its days do: of people who are alike, once."""
        case = asked.cases[0]
        found = None
        if known_by_window(question):
            first, last = (case.with_date(name, one_day(day)) for day in known)
            days = self._day(question, first), self._day(question, last)
            if UNSAID not in days:
                leaf = Leaf(self._matching, Kinds(), question, asked.on(first), np.asarray(days[0]))
                found = alike(question, leaf, last, days, rest)
        if found is None:
            answer = self._day_by_day(question, asked, name, known, rest, turns)
            return answer.number, answer.gap
        like, distinct = found
        seen = self._shared.seen.setdefault((self._key(question, case), name), {})
        if len(seen) > _MOST_SEEN:
            seen.clear()
        new = np.array([at for at, one in enumerate(distinct) if one not in seen], np.int64)
        if len(new):
            example = np.empty(len(distinct), np.int64)
            example[like] = rest
            order = np.argsort(example[new])
            answer = self._day_by_day(question, asked, name, known, example[new[order]], turns)
            for at, number, gap in zip(new[order].tolist(), answer.number.tolist(), answer.gap.tolist(), strict=True):
                seen[distinct[at]] = number, gap
        table = np.array([seen[one] for one in distinct], np.int64)
        return table[like, 0], table[like, 1]

    def _turns(self, question: Records, asked: Asked, case: Case, known: Days) -> Turns:
        """The days on which something changes; many questions have the same ones."""
        made = Turns(question, asked, known, *turns_of(question, case))
        found: Turns = asked.turns.setdefault(made.key, made)
        return found

    def _at_ends(self, question: Records, case: Case, name: str, known: Days, parts: list[Result]) -> Result:
        """What the answers at both ends of an interval (or at the last one alone) come to; a mark where they do not tell."""
        results = dict(zip(known if len(parts) == 2 else known[1:], parts, strict=True))
        stub = Ends(kind=question.kind, as_of=question.as_of, name=name, results=results)
        try:
            return over_named(stub, case.answered_by(JOINING), name, known)
        except Undecided:
            return UNDECIDED

    def _on_day(self, question: Records, asked: Asked, case: Case, name: str, day: int) -> Answer:
        return self._decided(question, asked.on(case.with_date(name, one_day(day))))

    def _idle(self, question: Records, asked: Asked, case: Case, name: str, known: Days, turns: Turns) -> Array:
        """The people of whom no day changes what is said: none of their records can match on any."""
        if question.dated or question.dynamic:
            return np.zeros(asked.count, bool)
        first, last = (asked.on(case.with_date(name, one_day(day))) for day in known)
        leaf = Leaf(self._matching, Kinds(), question, first, np.asarray(self._day(question, first.cases[0])))
        fits = leaf.fits(question)
        idle = ~leaf.any(fits)
        if not question.is_state or turns.still.any():
            end = np.asarray(self._day(question, last.cases[0]))
            out = ~leaf.any(fits & ~leaf.outside(question, last.cases[0], end))
            idle |= out & turns.still if question.is_state else out
        return idle

    @staticmethod
    def _day(question: Records, case: Case) -> int:
        """The day a question is asked on, where it is exactly known."""
        if question.as_of is None:
            return case.today
        known, _ = case.day_of(question.as_of)
        return known.first if known is not None and known.exact else UNSAID

    def _day_by_day(self, question: Records, asked: Asked, name: str, known: Days, rest: Array, turns: Turns) -> Answer:
        """The answers on every day that has to be looked at, and what they come to."""
        case = asked.cases[0]
        person, day = turns.days(asked, rest)
        there = asked.take(person)
        distinct = once_each(day)
        there.cases, there.which = [case.with_date(name, one_day(one)) for one in distinct.tolist()], np.searchsorted(distinct, day)
        found = self._decided(question, there)
        begin = np.flatnonzero(np.concatenate([[True], person[1:] != person[:-1]]))
        if isinstance(found.kinds, Truths):
            least, most = np.minimum.reduceat(found.number, begin), np.maximum.reduceat(found.number, begin)
            each = np.where(least == most, least, found.kinds.unknown)
            return Answer(each, np.zeros_like(each), found.kinds)
        length = np.diff(np.concatenate([begin, [len(person)]]))
        columns, gaps = [], []
        for at in range(int(length.max())):
            place = np.minimum(begin + at, len(person) - 1)
            columns.append(np.where(at < length, found.number[place] + 1, 0))
            gaps.append(found.gap[place])
        counted = question.as_of.moved(known) if question.as_of is not None and question.as_of.name == name else None
        unsaid = (case.asked[name],) if name in case.asked else ()
        numbers, sequences = distinct_of(columns)
        kinds = self.kinds_of(question, "days", asked.everybody.cases[0])
        table = np.zeros(len(sequences), np.int64)
        for at, sequence in enumerate(sequences):
            key = "days", tuple(one for one in sequence if one)
            number = kinds.known.get(key)
            if number is None:
                parts = [(one_day(1 + index), found.kinds.part(one - 1, index)) for index, one in enumerate(key[1])]
                number = kinds.add(key, agree(parts, known, name, question, unsaid, counted))
            table[at] = number
        each = table[numbers]
        return Answer(each, gaps_of(kinds, each, gaps), kinds)

    # ------------------------------------------------------------------------------------------ one by one

    def _each_alone(self, criterion: Criterion, asked: Asked, some: Array, known: Answer | None) -> Answer:
        """The answers of some of them, each asked alone; those of the others are known."""
        if known is None:
            kinds = self.kinds_of(criterion, "alone", asked.everybody.cases[0] if isinstance(criterion, Records) else None)
            known = Answer(np.zeros(asked.count, np.int64), np.zeros(asked.count, np.int64), kinds)
        self.asked_alone += len(some)
        for index in some.tolist():
            case = asked.alone(index, self.ready)
            result = ONE.on_its_day(criterion, case)
            known.number[index], known.gap[index] = known.kinds.told(result)
        return known
