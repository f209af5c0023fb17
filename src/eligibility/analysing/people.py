"""People who are tried on one vacancy: what the engine answers to each criterion and each branch of it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from eligibility.deciding.case import Case
from eligibility.engine import begun, check
from eligibility.facts import ProfileFacts
from eligibility.inventing.workbench import Workbench
from eligibility.language.kinds import RECORD_KINDS
from eligibility.loading.models import read_profile
from eligibility.options import answer_to
from eligibility.profile import SOURCES, Profile
from eligibility.ready import made_ready
from eligibility.reference import Reference
from eligibility.report import About, Report
from eligibility.testing.nodes import Node, nodes_of
from eligibility.vacancy import Vacancy
from eligibility.verdict import Verdict

Data = Mapping[str, Any]

_FROM_AGE = {kind.source: kind.from_age for kind in RECORD_KINDS.values() if kind.from_age}
_GRADUATE = 10
"""Nobody has a diploma that a notice asks for before."""
WORK = 600_000
"""So many answers of the engine are asked for before one vacancy, at most; what was not looked for then is told as such."""
SECONDS = 20.0
"""So long the processor works for one vacancy, at most: a rule that takes that long for a few people is no vacancy."""


class Budget:
    """What may be asked of the engine, altogether."""

    def __init__(self) -> None:
        self.work = 0
        self._begun = time.process_time()

    def spent(self) -> bool:
        """Whether nothing more may be asked."""
        return self.work >= WORK or time.process_time() - self._begun > SECONDS


class Panel:
    """One vacancy with all of its branches, before which anybody may be put. `name` stands before the names of the branches."""

    def __init__(self, vacancy: Vacancy, data: Data, reference: Reference, budget: Budget, name: str = "") -> None:
        self.vacancy = vacancy
        self.data = data
        self.reference = reference
        self.name = name
        self.ready = made_ready(vacancy, reference)
        nodes = nodes_of(self.ready.parsed)
        self.budget = budget
        self.bench = Workbench(vacancy, data, reference, budget.spent)
        self.nodes: dict[str, Node] = {f"{name}{node.branch}": node for node in nodes}
        self.counted = tuple(f"{name}{one.common.id}" for one, _ in self.ready.counted)
        """The criteria that are counted, assets among them."""
        self.required = tuple(f"{name}{one.common.id}" for one, decides in self.ready.counted if decides)
        self.below = _below(list(self.nodes))
        """The branches of each branch: as many answers stand behind its own."""

    def before(self, profile: Profile, facts: ProfileFacts, day: str) -> Case:
        """The case of somebody who applies on a day."""
        return begun(self.vacancy, profile, date.fromisoformat(day), self.reference, facts)[1]

    def answer(self, branch: str, case: Case) -> Verdict:
        """The verdict of one branch."""
        return answer_to(self.nodes[branch].criterion, case, self.ready).verdict

    def report(self, data: Data, day: str) -> Report:
        """What the engine says of somebody, in full."""
        profile, problems = read_profile(data, self.reference)
        assert profile is not None, problems
        return check(self.vacancy, profile, date.fromisoformat(day), self.reference, about=About(self.vacancy, profile, self.reference))


def _below(branches: Sequence[str]) -> dict[str, list[str]]:
    """For each branch those that stand in it; they come after it, in the order of the file."""
    found: dict[str, list[str]] = {branch: [] for branch in branches}
    around: list[str] = []
    for branch in branches:
        while around and not branch.startswith(f"{around[-1]}."):
            around.pop()
        for one in around:
            found[one].append(branch)
        around.append(branch)
    return found


class Said(dict[str, Verdict]):
    """The answers that somebody gets, each asked for when it is wanted; `ask` asks the engine."""

    __slots__ = ("ask",)

    def __init__(self, ask: Callable[[str], Verdict]) -> None:
        self.ask = ask

    def __missing__(self, branch: str) -> Verdict:
        return self.setdefault(branch, self.ask(branch))


class Person(NamedTuple):
    """Somebody in plain data, the day of their application, the answer to every branch, and when they were found."""

    data: Data
    day: str
    said: Said
    number: int


def profile_of(data: Data, day: str, reference: Reference) -> Profile | None:
    """The profile of somebody who was made up; None where nobody can be like that."""
    profile, problems = read_profile(data, reference)
    if profile is None or any(one.code[0] == "E" for one in problems) or not _likely(data, day):
        return None
    return profile


def _likely(data: Data, day: str) -> bool:
    """Whether somebody of that age can have done all this."""
    birth = data.get("birth_date")
    if not isinstance(birth, str):
        return True
    for field, records in data.items():
        source = SOURCES.get(field)
        if source is None or not isinstance(records, list) or field == "citizenships":
            continue
        age = _FROM_AGE.get(field, _GRADUATE if source.event is not None else 0)
        first = f"{int(birth[:4]) + age:04}{birth[4:]}"
        for record in records:
            begun_on = record.get(source.event or source.start) if isinstance(record, Mapping) else None
            if isinstance(begun_on, str) and begun_on[:4].isdigit() and begun_on < first:
                return False
    return birth < day


def key_of(data: Data, day: str) -> str:
    """What tells two people apart."""
    return json.dumps([data, day], sort_keys=True, default=str)


def size_of(data: Any) -> int:
    """How much there is to read about somebody: records count most, then keys."""
    if isinstance(data, Mapping):
        return sum(1 + size_of(one) for one in data.values())
    if isinstance(data, Sequence) and not isinstance(data, str):
        return sum(3 + size_of(one) for one in data)
    return 0


def edits_between(one: Any, other: Any) -> int:
    """How much one has to change of somebody to get somebody else: a value counts 1, a record more or less 3."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return sum(edits_between(one.get(key), other.get(key)) for key in {*one, *other} if one.get(key) != other.get(key))
    if isinstance(one, list) and isinstance(other, list):
        return 3 * abs(len(one) - len(other)) + sum(edits_between(*two) for two in zip(one, other, strict=False) if two[0] != two[1])
    return 0 if one == other else 1 if one is not None and other is not None else 3


def smallest(people: Iterable[Person]) -> Person | None:
    """Whoever is told in the fewest words; of several the one who was found first."""
    return min(people, key=lambda one: (size_of(one.data), one.number), default=None)
