"""What a vacancy comes to, whoever applies: who passes, who just fails each criterion, and what can make no difference.

Everything said of a criterion rests on somebody who was found, or on nobody having been found in so many steps; and then it says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from eligibility.analysing.gaps import gaps
from eligibility.analysing.people import Panel, Person, edits_between, size_of
from eligibility.analysing.search import ENOUGH, Goal, Search
from eligibility.inventing.satisfy import sources
from eligibility.question.grammar import Criterion
from eligibility.question.others import Group
from eligibility.testing.reach import reachable
from eligibility.verdict import Verdict

PASS, FAIL = frozenset({Verdict.PASS}), frozenset({Verdict.FAIL})
OPEN = frozenset({Verdict.UNKNOWN})
FITS = frozenset({Verdict.PASS, Verdict.NOT_APPLICABLE})
NOT_FAIL = frozenset(Verdict) - FAIL
NOT_PASS = frozenset(Verdict) - PASS

FAULTS = frozenset({
    "nobody", "undecided", "never_applies", "no_exception", "together", "no_one", "implied", "covered", "same_readings", "gap",
})  # fmt: skip
"""What is probably a slip; the rest is good to know."""

_FAR = 10**9
"""Farther from a threshold than anybody who is told to be near it."""


class Found(NamedTuple):
    """Something that is true of a criterion or a branch whoever comes, as far as was looked.

    `code` is the key of its words; `others` are the branches it has to do with; `witness` somebody who shows it; `steps` how many people
    were tried before this was said; `params` facts for its words.
    """

    code: str
    branch: str
    path: tuple[str | int, ...]
    others: tuple[str, ...] = ()
    witness: Person | None = None
    steps: int = 0
    params: Mapping[str, Any] = {}

    @property
    def is_fault(self) -> bool:
        """Whether it is probably a slip."""
        return self.code in FAULTS


class Analysis(NamedTuple):
    """All that was found out of one vacancy. `fails` has, for each required criterion that somebody can fail, whoever fails it by least;
    `spent` says that the search had to stop, `unsettled` what was not looked for any more."""

    panel: Panel
    passes: Person | None
    fails: Mapping[str, Person]
    found: Sequence[Found]
    steps: int
    limit: int
    spent: bool
    unsettled: tuple[str, ...]


def analyse(panel: Panel, steps: int) -> Analysis:
    """Look for whoever shows what is true of a vacancy; in the same order, and with the same result, every time."""
    search = Search([panel], steps)
    search.begin()
    return _Conclusions(panel, search).all()


class _Conclusions:
    def __init__(self, panel: Panel, search: Search) -> None:
        self.panel = panel
        self.search = search
        self.found: list[Found] = []
        self.unsettled: list[str] = []
        self.fields: dict[str, frozenset[str]] = {}
        conditions = panel.ready.parsed.conditions
        self.can = {branch: reachable(node.criterion, panel.vacancy, conditions) for branch, node in panel.nodes.items()}
        self.out: set[str] = set()
        """The branches of which something was said that explains the rest."""

    def all(self) -> Analysis:
        for branch in self.panel.nodes:
            if not self._is_spent(branch):
                self._branch(branch)
        passes = self._passes()
        self._implied(self.panel.required, self.panel.counted, "implied")
        for branch, node in self.panel.nodes.items():
            if not self._is_spent(branch):
                self._members(branch, node.criterion)
                self._readings(branch, node.criterion)
        fails = dict(self._fails(passes))
        for branch, others, witness in gaps(self.panel, self.search, passes) if passes is not None else ():
            self._say("gap", branch, others, witness)
        return Analysis(
            self.panel, passes, fails, tuple(self.found), self.search.steps, self.search.limit, self.search.spent, tuple(self.unsettled)
        )  # fmt: skip

    # ---------------------------------------------------------------------------------------------- one branch

    def _branch(self, branch: str) -> None:
        """Whether somebody meets it and somebody fails it."""
        node = self.panel.nodes[branch]
        can = self.can[branch]
        passing = self._who({branch: PASS}) if Verdict.PASS in can else None
        failing = self._who({branch: FAIL}) if Verdict.FAIL in can else None
        if passing == [] and failing == []:
            self._say("undecided", branch, witness=self.search.people[0] if self.search.people else None)
        elif passing == [] and failing is not None:
            form = {"when": "never_applies", "unless": "no_exception", "derogation": "no_exception"}.get(str(node.path[-1]), "nobody")
            self._say(form, branch, witness=failing[0])
        elif failing == [] and passing:
            self._say("always_applies" if node.path[-1] == "when" else "everybody", branch, witness=passing[0])

    def _passes(self) -> Person | None:
        """Somebody who meets everything that can be met; else the criteria that exclude each other."""
        possible = [one for one in self.panel.required if Verdict.PASS in self.can[one]]
        goal = Goal(dict.fromkeys(possible, FITS), besides=self.panel.counted)
        people = self.search.find(goal, enough=ENOUGH)
        if people:
            return min(people, key=lambda one: (goal.distance(one.said), size_of(one.data), one.number))
        nearest = min(self.search.people, key=lambda one: (goal.distance(one.said), size_of(one.data), one.number), default=None)
        if self._is_spent(""):
            return nearest
        possible = [one for one in possible if one not in self.out]
        told = len(self.found)
        for one, other in combinations(possible, 2):
            if not self.search.spent and self._who({one: FITS, other: FITS}) == []:
                self._say("together", other, (one,), nearest)
        unmeetable = any(one.code in ("nobody", "undecided") and self._root(one.branch) in self.panel.required for one in self.found)
        if told == len(self.found) and not unmeetable and not self.search.spent:
            unmet = tuple(one for one in possible if nearest is not None and nearest.said[one] not in FITS)
            self.found.append(Found("no_one", "", (), unmet, nearest, self.search.steps))
        return nearest

    # ------------------------------------------------------------------------------------------------- implied

    def _implied(self, who: Sequence[str], whom: Sequence[str], code: str) -> None:
        """Of criteria that are met together: those that nobody fails who meets another one."""
        open_ones = [one for one in whom if one not in self.out and Verdict.FAIL in self.can[one]]
        by: dict[str, list[str]] = {}
        for other in open_ones:
            if self._is_spent(other):
                continue
            for one in who:
                if one == other or one in self.out or Verdict.PASS not in self.can[one] or other in by.get(one, ()):
                    continue
                if not self.search.who(Goal({one: PASS, other: OPEN}), 1) and self._who({one: FITS, other: FAIL}) == []:
                    by.setdefault(other, []).append(one)
        for other, ones in by.items():
            witness = next(iter(self.search.who(Goal({other: FAIL}), 1)), None)
            self._say(code, other, tuple(ones), witness)

    def _fails(self, passes: Person | None) -> Iterator[tuple[str, Person]]:
        """For each required criterion whoever fails it by least: nothing else fails, and what differs from who passes is little."""
        for branch in self.panel.required:
            if branch in self.out or Verdict.FAIL not in self.can[branch] or self._is_spent(branch):
                continue
            others = [one for one in self.panel.required if one != branch]
            possible = [one for one in others if Verdict.PASS in self.can[one]]
            goal = Goal({branch: FAIL, **dict.fromkeys(others, NOT_FAIL)}, {branch: self._below(branch)}, possible)
            own = self._sources(branch)
            asked = own.union(*(fields for one in others if not own.isdisjoint(fields := self._sources(one))))
            people = self.search.find(goal, asked, ENOUGH, 4)
            explained = any(one.code in ("implied", "together") and branch in (one.branch, *one.others) for one in self.found)
            if not people and passes is not None and not explained and not self._is_spent(branch):
                with_it = self.search.who(Goal({branch: FAIL}))
                by = sorted({one for person in with_it for one in others if person.said[one] is Verdict.FAIL}, key=others.index)
                self._say("implied_by_all", branch, tuple(by), with_it[0] if with_it else None)
            people = people or self.search.who(Goal({branch: FAIL}))
            if people:
                yield branch, min(people, key=lambda one: (goal.distance(one.said), *self._step(one, branch, passes), one.number))

    def _step(self, person: Person, branch: str, passes: Person | None) -> tuple[int, int, int]:
        """How far somebody is from the threshold, as the engine says, and how much differs from who passes."""
        report = self.panel.report(person.data, person.day)
        gaps = [one.gap.amount for one in report.findings if one.id == branch and one.gap is not None]
        base = {} if passes is None else passes.data
        differing = [key for key in {*base, *person.data} if base.get(key) != person.data.get(key)]
        return len(differing), gaps[0] if gaps else _FAR, edits_between(base, person.data)

    # ------------------------------------------------------------------------------------ alternatives, readings

    def _members(self, branch: str, criterion: Criterion) -> None:
        if not isinstance(criterion, Group) or criterion.choice or criterion.same is not None:
            return
        if criterion.how_many != 1 or criterion.common.readings:
            return
        members = [f"{branch}.{criterion.kind}[{index}]" for index in range(len(criterion.members))]
        members = [one for one in members if one in self.panel.nodes]
        if criterion.kind == "all_of":
            self._implied(members, members, "needless")
            return
        for one in members:
            if one in self.out or Verdict.PASS not in self.can[one] or len(members) < 2:
                continue
            others = [other for other in members if other != one and other not in self.out]
            if not others or self.search.who(Goal({one: PASS, **dict.fromkeys(others, NOT_PASS)}), 1):
                continue
            if self._who({one: PASS, **dict.fromkeys(others, FAIL)}) == []:
                witness = next(iter(self.search.who(Goal({one: PASS}), 1)), None)
                by = [other for other in others if not self.search.who(Goal({one: PASS, other: NOT_PASS}), 1)]
                self._say("covered", one, tuple(by or others), witness)

    def _readings(self, branch: str, criterion: Criterion) -> None:
        readings = [f"{branch}.readings[{index}]" for index in range(len(criterion.common.readings))]
        for index, one in enumerate(readings):
            for other in readings[:index]:
                if one in self.out or other in self.out:
                    continue
                if self._differ(one, other):
                    continue
                if self._who({one: PASS, other: FAIL}) == [] and self._who({one: FAIL, other: PASS}) == [] and not self._differ(one, other):
                    self._say("same_readings", one, (other,), next(iter(self.search.who(Goal({one: PASS}), 1)), None))
                    break

    def _differ(self, one: str, other: str) -> bool:
        """Whether anybody who was tried gets two answers from two readings."""
        return any(person.said[one] is not person.said[other] for person in self.search.people)

    # --------------------------------------------------------------------------------------------------- looking

    def _who(self, wants: Mapping[str, frozenset[Verdict]]) -> list[Person] | None:
        """Somebody for whom branches have such verdicts; nobody where nobody was found; None where that was not looked for to the end."""
        fields = frozenset().union(*(self._sources(branch) for branch in wants))
        people = self.search.find(Goal(wants, {one: self._below(one) for one in wants}), fields)
        if not people and self.search.spent:
            self.unsettled += [one for one in wants if one not in self.unsettled]
            return None
        return people

    def _below(self, branch: str) -> list[str]:
        """The branches of a branch: the nearer they are to a verdict, the nearer it is."""
        own = (f"{branch}.readings", f"{branch}.any_of", f"{branch}.all_of")
        return [one for one in self.panel.below[branch] if one.startswith(own)]

    def _sources(self, branch: str) -> frozenset[str]:
        """The keys of a profile that an answer may hang on."""
        known = self.fields.get(branch)
        if known is None:
            node = self.panel.nodes[branch]
            asked = sources(self._raw(node.path)) | sources(self._raw(self.panel.nodes[self._root(branch)].path))
            if self.panel.data.get("conditions"):
                asked |= sources(self.panel.data["conditions"])
            known = self.fields[branch] = frozenset(asked | ({"applications"} if self.panel.vacancy.choices else set()))
        return known

    def _root(self, branch: str) -> str:
        return self.panel.name + self.panel.nodes[branch].owner if branch in self.panel.nodes else ""

    def _raw(self, path: Sequence[str | int]) -> Any:
        return self.panel.data[str(path[0])][path[1]]

    def _is_spent(self, branch: str) -> bool:
        if self.search.spent and branch not in self.unsettled:
            self.unsettled.append(branch)
        return self.search.spent

    def _say(self, code: str, branch: str, others: tuple[str, ...] = (), witness: Person | None = None) -> None:
        """Note something, unless what was said of a part of it explains it."""
        parts = (f"{branch}.", f"{branch}[")
        if code in ("nobody", "everybody", "undecided") and any(one.code == code and one.branch.startswith(parts) for one in self.found):
            self.out.add(branch)
            return
        self.out |= {branch} if code in ("nobody", "everybody", "undecided") else set()
        node = self.panel.nodes[branch]
        self.found.append(Found(code, branch, node.path, others, witness, self.search.steps))
