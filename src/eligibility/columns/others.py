"""What is no question about records, of many people: what is the same of everybody, what they state, and how old they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable

import numpy as np

from eligibility.columns.asked import Asked
from eligibility.columns.kinds import Answer, Kinds, Truths, bare
from eligibility.columns.reading import UNSAID, Array, Words
from eligibility.deciding.case import Case
from eligibility.deciding.result import Result
from eligibility.explaining import ONE
from eligibility.facts import ProfileFacts
from eligibility.profile import Profile
from eligibility.question.grammar import Criterion
from eligibility.question.others import Age, Declared
from eligibility.ready import Ready, case_of

_WITHIN, _OUTSIDE = "within", ("too_old", "too_young")


def constant(criterion: Criterion, asked: Asked, kinds: Kinds) -> Answer:
    """The answer that is the same of everybody."""
    number = kinds.known.get(id(criterion))
    if number is None:
        number = kinds.add(id(criterion), bare(ONE.on_its_day(criterion, asked.cases[0])))
    return Answer(np.full(asked.count, number), np.zeros(asked.count, np.int64), kinds)


def declared(criterion: Declared, asked: Asked, kinds: Kinds, ready: Ready) -> Answer:
    """The answer to what people state, deny, or do not say: each value is asked about once."""

    def told(value: bool | float | None) -> int:
        facts = None if value is None else {criterion.fact: value}
        case = case_of(ready, 1, None, ProfileFacts(Profile(facts=facts), ready.reference))
        key = id(criterion), type(value), value
        known = kinds.known.get(key)
        return kinds.add(key, bare(ONE.decide(criterion, case, None))) if known is None else known

    said = asked.people.declared.get(criterion.fact)
    if said is None:
        return Answer(np.full(asked.count, told(None)), np.zeros(asked.count, np.int64), kinds)
    values, codes = said
    table = np.array([*map(told, values), told(None)])
    return Answer(table[asked.of_person(codes)], np.zeros(asked.count, np.int64), kinds)


class Ages:
    """The answers to a question about age, by birth date: those there have been, on each day."""

    def __init__(self, criterion: Age, kinds: Kinds, ready: Ready) -> None:
        self._criterion, self._kinds, self._ready = criterion, kinds, ready
        self._known: dict[Hashable, Array] = {}
        self._settled = (_WITHIN, *_OUTSIDE) if isinstance(kinds, Truths) else (_WITHIN,)  # else it matters how far one is from a limit

    def answer(self, asked: Asked) -> Answer:
        """The answer of each of some people."""
        case, words, codes = asked.cases[0], asked.people.reading.words("", "birth_date"), asked.of_person(asked.people.birth)
        key = case.today, tuple(case.dates.items())
        known = self._known.get(key, np.full((1, 2), -1, np.int64))
        known = np.concatenate([known[:-1], np.full((len(words.values) + 1 - len(known), 2), -1, np.int64), known[-1:]])
        new = np.flatnonzero(np.bincount(codes[known[codes, 0] < 0] + 1)) - 1
        self._ask(new, words, case, known)  # the last is of nobody's date
        self._known[key] = known
        return Answer(known[codes, 0], known[codes, 1], self._kinds)

    def _ask(self, new: Array, words: Words, case: Case, known: Array) -> None:
        def ask(code: int) -> Result:
            facts = ProfileFacts(Profile(), self._ready.reference)
            facts.birth = None if code == UNSAID else words.values[code]
            return ONE.on_its_day(self._criterion, case_of(self._ready, case.today, None, facts))

        first, last = words.days[new].T
        exact = (first == last) & (new != UNSAID)
        for code in new[~exact].tolist():
            known[code] = self._kinds.told(ask(code))
        ordered = new[exact][np.argsort(first[exact])]
        if len(ordered):
            which, results = by_birth(len(ordered), lambda place: ask(int(ordered[place])), self._settled)
            known[ordered] = np.array([self._kinds.told(one) for one in results])[which]


def by_birth(births: int, ask: Callable[[int], Result], settled: Collection[str]) -> tuple[Array, list[Result]]:
    """The answers to exact birth dates, which `ask` knows by their place in the order of time: for each which one it is, and these.

    A limit of age parts those born before a day from those born after it: between two with the same code of those that are `settled`, all
    have the same answer.
    """
    which, found = np.zeros(births, np.int64), list[Result]()

    def put(place: int) -> None:
        which[place] = len(found)
        found.append(ask(place))

    for place in sorted({0, births - 1}):
        put(place)
    spans = [(0, births - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        one, other = found[which[first]], found[which[last]]
        if one.code == other.code and one.code in settled:
            which[first + 1 : last] = which[first]
            continue
        middle = (first + last) // 2
        put(middle)
        spans += [(first, middle), (middle, last)]
    return which, found
