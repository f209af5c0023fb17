"""The search: people changed by a little again and again, until somebody is what is looked for or the steps are spent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from eligibility.analysing.people import Data, Panel, Person, Said, key_of, profile_of, size_of
from eligibility.deciding.case import Case
from eligibility.facts import ProfileFacts
from eligibility.inventing.moves import Moves
from eligibility.verdict import Verdict

STEPS = 400
"""So many people are tried in search of one thing, unless another number is asked for."""
_NEAREST = 6
"""So many people are changed in search of one thing."""
_FIRST = 800
"""So many people, of those who were found first, are looked at for somebody to change."""
ENOUGH = 40
"""So many people who are what is looked for are compared with each other."""


class Goal(NamedTuple):
    """Whom one looks for: branches with the verdicts that they must have. `parts` are those of their branches that bring one nearer,
    `besides` others that should fit as well."""

    wants: Mapping[str, Collection[Verdict]]
    parts: Mapping[str, Sequence[str]] = {}
    besides: Sequence[str] = ()

    def met_by(self, said: Said) -> bool:
        """Whether somebody is what one looks for."""
        return all(said[branch] in verdicts for branch, verdicts in self.wants.items())

    def state(self, said: Said) -> tuple[Verdict, ...]:
        """The verdicts of somebody, of what one looks for."""
        return tuple(said[branch] for branch in self.wants)

    def distance(self, said: Said) -> tuple[int, int]:
        """How far somebody is from it: what is otherwise (open is less far than the opposite), and what does not bring nearer."""
        wrong = parts = 0
        for branch, verdicts in self.wants.items():
            if said[branch] not in verdicts:
                wrong += 1 if said[branch] in _OPEN else 2
                parts += sum(said[one] not in verdicts for one in self.parts.get(branch, ()))
        return wrong, parts + sum(said[branch] not in _FITS for branch in self.besides)


_FITS = frozenset({Verdict.PASS, Verdict.NOT_APPLICABLE})
_OPEN = frozenset({Verdict.UNKNOWN, Verdict.NOT_APPLICABLE})


class Search:
    """Everybody who was tried before one vacancy, or before two that are compared; and how much has been asked."""

    def __init__(self, panels: Iterable[Panel], steps: int = STEPS) -> None:
        self.panels = tuple(panels)
        self.reference = self.panels[0].reference
        self.branches = {branch: panel for panel in self.panels for branch in panel.nodes}
        self.moves = Moves([panel.bench for panel in self.panels])
        self.limit = steps
        self.steps = 0
        self.budget = self.panels[0].budget
        self.people: list[Person] = []
        self._seen: set[str] = set()
        self._changed: set[tuple[int, frozenset[str] | None]] = set()

    @property
    def spent(self) -> bool:
        """Whether nothing more may be asked."""
        return self.budget.spent()

    def begin(self) -> None:
        """The people to start from, and everybody who differs from them by one change."""
        for data, day in self.moves.beginnings():
            person = self.tried(data, day)
            if person is not None:
                self._with_less(person)
        for person in tuple(reversed(self.people)):  # whoever has less first
            self._change(person, None, lambda one: False, 10 * self.limit)

    def _with_less(self, person: Person) -> None:
        """The same with as few records as meet what is required: who has less to change is sooner somebody else."""
        required = [branch for panel in self.panels for branch in panel.required]
        data, day = dict(person.data), person.day
        for field in [name for name, value in data.items() if isinstance(value, list)]:
            index = len(data[field]) - 1
            while index >= 0 and not self.spent:
                fewer = {**data, field: [*data[field][:index], *data[field][index + 1 :]]}
                said = self.asked(fewer, day)
                if said is not None and all(said[one] in _FITS or said[one] is person.said[one] for one in required):
                    data = fewer
                index -= 1
        self.tried(data, day)

    def tried(self, data: Data, day: str) -> Person | None:
        """Somebody put before the vacancies; None for somebody who cannot be, or who was tried before."""
        key = key_of(data, day)
        if key in self._seen:
            return None
        self._seen.add(key)
        self.steps += 1
        self.budget.work += 1
        said = self.asked(data, day)
        if said is None:
            return None
        person = Person(data, day, said, len(self.people))
        self.people.append(person)
        return person

    def asked(self, data: Data, day: str) -> Said | None:
        """The answers that somebody gets; None for somebody who cannot be."""
        profile = profile_of(data, day, self.reference)
        if profile is None:
            return None
        facts = ProfileFacts(profile, self.reference)
        cases: dict[str, Case] = {}

        def ask(branch: str) -> Verdict:
            panel = self.branches[branch]
            self.budget.work += 1 + len(panel.below[branch])
            case = cases.get(panel.name)
            if case is None:
                case = cases[panel.name] = panel.before(profile, facts, day)
            return panel.answer(branch, case)

        return Said(ask)

    def find(self, goal: Goal, fields: frozenset[str] | None = None, enough: int = 1, times: int = 1) -> list[Person]:
        """People who are what is looked for: those who were tried already, else whoever is found by changing the nearest.

        `times` as many steps are taken as for anything else. Nobody where nobody was found within them, or where nothing more may be
        asked (`spent`).
        """
        found = self.who(goal, enough)
        begun, first = self.steps, len(self.people)
        tried: Counter[tuple[Verdict, ...]] = Counter()
        for _ in range(_NEAREST * times):
            left = self.limit * times - (self.steps - begun)
            if found or left <= 0 or self.spent:
                break
            near = [one for one in (*self.people[:_FIRST], *self.people[max(first, _FIRST) :]) if (one.number, fields) not in self._changed]
            nearest = min(near, key=lambda one: self._rank(one, goal, tried), default=None)
            if nearest is None:
                break
            tried[goal.state(nearest.said)] += 1
            before = len(self.people)
            self._change(nearest, fields, lambda one: goal.met_by(one.said), left)
            found = [one for one in self.people[before:] if goal.met_by(one.said)]
        return found

    @staticmethod
    def _rank(one: Person, goal: Goal, tried: Counter[tuple[Verdict, ...]]) -> tuple[int, int, int, int, int]:
        """Whom to change first: whoever is nearest; of those one unlike the last, and by turns who has little and who has much."""
        often = tried[goal.state(one.said)]
        return (*goal.distance(one.said), often, -size_of(one.data) if often % 2 else 0, one.number)

    def who(self, goal: Goal, enough: int = ENOUGH) -> list[Person]:
        """Those who were tried and are what is looked for; of many, the first."""
        found: list[Person] = []
        for one in self.people:
            if goal.met_by(one.said):
                found.append(one)
                if len(found) == enough or self.spent:
                    break
        return found

    def _change(self, person: Person, fields: frozenset[str] | None, enough: Callable[[Person], bool], most: int) -> None:
        self._changed.add((person.number, fields))
        last = self.steps + most
        for data in self.moves.of(person.data, fields):
            found = self.tried(data, person.day)
            if (found is not None and enough(found)) or self.steps >= last or self.spent:
                return
