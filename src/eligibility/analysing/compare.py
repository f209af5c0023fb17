"""What a change of a rule does: for each criterion, in each direction, the smallest person whose answer differs.

Both rules are asked of the same people, who are made up from the words and the thresholds of both; the engine answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from eligibility.analysing.people import Budget, Panel, Person, profile_of, size_of
from eligibility.analysing.search import Goal, Search
from eligibility.engine import outcome, outcome_of
from eligibility.inventing.satisfy import sources
from eligibility.reference import Reference
from eligibility.vacancy import Vacancy
from eligibility.verdict import Outcome, Verdict

NEW = "new:"
"""What stands before the branches of the second rule."""
_TOLD_OF_A_FILE = ("title", "organisation", "notice", "reviewed", "reviewed_by", "todo", "information", "criteria", "cases")
"""What a file says beside what a criterion may rest on: its criteria, each looked at by itself, and what only tells people something."""
_SHRUNK = 10
"""So many of those whose answer differs are made smaller, to find the smallest."""


class Difference(NamedTuple):
    """Somebody for whom the answer to a criterion, or the outcome (`criterion` is None), changes from one word to another."""

    criterion: str | None
    before: str
    after: str
    person: Person


class Comparison(NamedTuple):
    """What changes between two rules. `added` and `removed` are criteria that only one of them has; `steps` is how many people were tried,
    `spent` says that the search had to stop."""

    old: Panel
    new: Panel
    differences: tuple[Difference, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    steps: int
    spent: bool

    @property
    def changed(self) -> bool:
        """Whether anything changes for anybody who was tried, or a criterion is there in one of them only."""
        return bool(self.differences or self.added or self.removed)


def compare(old: tuple[Vacancy, Mapping[str, Any]], new: tuple[Vacancy, Mapping[str, Any]], reference: Reference, steps: int) -> Comparison:
    """Look for whoever gets another answer; in the same order, and with the same result, every time."""
    budget = Budget()
    panels = (Panel(*old, reference, budget), Panel(*new, reference, budget, NEW))
    search = Search(panels, steps)
    search.begin()
    return _Comparing(panels, search).all()


class _Comparing:
    def __init__(self, panels: tuple[Panel, Panel], search: Search) -> None:
        self.old, self.new = panels
        self.search = search

    def all(self) -> Comparison:
        here, there = self.old.counted, [one.removeprefix(NEW) for one in self.new.counted]
        both = [one for one in here if one in there]
        found: list[Difference] = []
        for criterion in both:
            if not self._is_unchanged(criterion):
                found += self._criterion(criterion)
        found += self._outcomes()
        return Comparison(
            self.old, self.new, tuple(found), tuple(one for one in there if one not in here),
            tuple(one for one in here if one not in there), self.search.steps, self.search.spent,
        )  # fmt: skip

    def _is_unchanged(self, criterion: str) -> bool:
        """Whether both files say the same of it, and of all it may rest on: then it answers the same, and nobody is looked for."""
        rests = [{key: value for key, value in panel.data.items() if key not in _TOLD_OF_A_FILE} for panel in (self.old, self.new)]
        said = [self._raw(self.old, criterion), self._raw(self.new, f"{NEW}{criterion}")]
        return rests[0] == rests[1] and said[0] == said[1] and "'met':" not in str(said)

    def _criterion(self, criterion: str) -> Iterator[Difference]:
        """The smallest person in each direction; somebody for whom it opens or closes only where it turns for nobody."""
        other = f"{NEW}{criterion}"
        fields = frozenset(sources(self._raw(self.old, criterion)) | sources(self._raw(self.new, other)) | {"applications"})
        turned = False
        for before, after in ((Verdict.PASS, Verdict.FAIL), (Verdict.FAIL, Verdict.PASS)):
            goal = Goal({criterion: {before}, other: {after}})
            people = self.search.find(goal, fields)
            people = self.search.who(goal) if people else []
            if people:
                turned = True
                yield Difference(criterion, str(before), str(after), self._smallest(people, goal))
        if not turned:
            seen: set[tuple[Verdict, Verdict]] = set()
            for person in self.search.people:
                pair = (person.said[criterion], person.said[other])
                if pair[0] is not pair[1] and pair not in seen and not self.search.spent:
                    seen.add(pair)
                    goal = Goal({criterion: {pair[0]}, other: {pair[1]}})
                    yield Difference(criterion, str(pair[0]), str(pair[1]), self._smallest(self.search.who(goal), goal))

    def _outcomes(self) -> Iterator[Difference]:
        """The smallest person for each change of the outcome."""
        seen: dict[tuple[str, str], Person] = {}
        for person in self.search.people:
            pair = (self._outcome(self.old, person), self._outcome(self.new, person))
            if pair[0] != pair[1] and (pair not in seen or size_of(person.data) < size_of(seen[pair].data)):
                seen[pair] = person
        for (before, after), person in sorted(seen.items()):
            yield Difference(None, before, after, person)

    @staticmethod
    def _outcome(panel: Panel, person: Person) -> str:
        """What the answers come to; where options are open, the engine says it of all of them together."""
        found = outcome_of(person.said[one] for one in panel.required)
        profile = profile_of(person.data, person.day, panel.reference) if panel.ready.options else None
        if found is not Outcome.MORE_INFORMATION or profile is None:
            return str(found)
        return str(outcome(panel.vacancy, profile, date.fromisoformat(person.day), panel.reference)[0])

    def _smallest(self, people: list[Person], goal: Goal) -> Person:
        """Of those whose answer differs, whoever is told in the fewest words: keys that do not matter are left out."""
        likely = sorted(people, key=lambda one: (size_of(one.data), one.number))[:_SHRUNK]
        return min((self._shrunk(one, goal) for one in likely), key=lambda one: (size_of(one.data), one.number))

    def _shrunk(self, person: Person, goal: Goal) -> Person:
        data = dict(person.data)
        for key in list(data):
            without = {name: value for name, value in data.items() if name != key}
            if self._still(without, person, goal):
                data = without
        for key, records in list(data.items()):
            if isinstance(records, list):
                for record in list(records):
                    fewer = {**data, key: [one for one in data[key] if one is not record]}
                    if self._still(fewer, person, goal):
                        data = fewer
        said = self.search.asked(data, person.day)
        assert said is not None
        return Person(data, person.day, said, person.number)

    def _still(self, data: Mapping[str, Any], person: Person, goal: Goal) -> bool:
        said = self.search.asked(data, person.day)
        return said is not None and goal.met_by(said)

    @staticmethod
    def _raw(panel: Panel, branch: str) -> Any:
        path = panel.nodes[branch].path
        return [panel.data[str(path[0])][path[1]], panel.data.get("conditions") or []]
