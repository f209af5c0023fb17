"""Mutation: whether the cases of a rule file notice when the rule is changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from eligibility.diagnostic import Place
from eligibility.loading.models import read_vacancy
from eligibility.reference import Reference
from eligibility.testing.expect import ids_of
from eligibility.testing.model import Accepted, Case, CaseFile, Rule
from eligibility.testing.mutants import mutants_of
from eligibility.testing.run import agrees


class Survivor(NamedTuple):
    """A mutant that no case noticed, and its place in the rule file."""

    name: str
    criterion: str | None
    place: Place


class Mutation(NamedTuple):
    """What became of the mutants of one vacancy. `accepted` are the survivors that the case file explains, `stale` its explanations of
    mutants that are killed or do not exist."""

    vacancy: str
    file: str
    mutants: int
    survivors: tuple[Survivor, ...]
    accepted: tuple[tuple[Survivor, Accepted], ...]
    stale: tuple[Accepted, ...]

    @property
    def killed(self) -> int:
        """How many mutants the cases noticed."""
        return self.mutants - len(self.survivors) - len(self.accepted)

    @property
    def percent(self) -> float:
        """The kill rate among the mutants that are not explained; rounded down, so that 100 means all."""
        needed = self.mutants - len(self.accepted)
        return 100.0 if needed == 0 else int(1000 * self.killed / needed) / 10


def mutation_of(rule: Rule, files: Iterable[CaseFile], reference: Reference) -> Mutation:
    """Mutate one rule file and rerun the cases about it. Cases that fail already notice nothing. The rule file must be readable."""
    vacancy = rule.vacancy
    assert vacancy is not None
    about = [file for file in files if file.rule is rule]
    cases = [case for file in about for case in file.cases if agrees(case, vacancy)]
    explained = {one.what: one for file in about for one in file.accepted if one.key == "mutant"}
    inside = {str(raw["id"]): set(ids_of(raw)) for raw in vacancy.criteria}
    total = 0
    survivors: list[Survivor] = []
    accepted: list[tuple[Survivor, Accepted]] = []
    for mutant in mutants_of(rule.document.data, reference):
        changed, problems = read_vacancy(mutant.data, reference)
        if changed is None or problems:
            continue
        total += 1
        if any(not agrees(case, changed) for case in _likely_first(cases, inside.get(mutant.criterion or ""))):
            continue
        survivor = Survivor(mutant.name, mutant.criterion, rule.document.place(mutant.path))
        if survivor.name in explained:
            accepted.append((survivor, explained[survivor.name]))
        else:
            survivors.append(survivor)
    used = {survivor.name for survivor, _ in accepted}
    stale = tuple(one for what, one in explained.items() if what not in used)
    return Mutation(vacancy.id, rule.name, total, tuple(survivors), tuple(accepted), stale)


def _likely_first(cases: list[Case], ids: set[str] | None) -> list[Case]:
    """The cases that may notice a change inside one criterion (None: of the whole file), those that name it before those that only
    name the outcome."""
    if ids is None:
        return cases
    named = [case for case in cases if case.named & ids]
    return named + [case for case in cases if not case.named & ids and any(one.about is None for one in case.expect)]
