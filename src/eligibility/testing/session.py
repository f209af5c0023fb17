"""One run of `eligibility test`: the cases that were run, what they cover, what they notice, and whether that is enough."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from eligibility.diagnostic import Diagnostic
from eligibility.reference import Reference
from eligibility.testing.coverage import Coverage, coverage_of
from eligibility.testing.find import Found
from eligibility.testing.mutation import Mutation, mutation_of
from eligibility.testing.run import Ran, run_cases


class Session(NamedTuple):
    """What there is to show."""

    ran: Sequence[Ran]
    files: int
    coverage: Sequence[Coverage]
    mutation: Sequence[Mutation]
    diagnostics: Sequence[Diagnostic]
    unread: int = 0

    @property
    def failed(self) -> int:
        """How many cases did not give what they expect."""
        return sum(not one.passed for one in self.ran)

    @property
    def broken(self) -> bool:
        """Whether a case file or a rule file has an error."""
        return any(one.is_error for one in self.diagnostics)

    def below(self, percent: float) -> bool:
        """Whether the coverage or the kill rate of a vacancy is lower than asked."""
        return any(one < percent for one in (*(one.percent for one in self.coverage), *(one.percent for one in self.mutation)))


def run_session(found: Found, reference: Reference, cover: bool = False, mutate: bool = False) -> Session:
    """Run every case that was found; with coverage, and with mutants, where they are asked for.

    Both are told of every rule file that was found, also of one without a case; of none while a file has an error, for what it says
    is not known.
    """
    ran = run_cases(found.files)
    broken = any(one.is_error for one in found.diagnostics)
    rules = [] if broken else [rule for rule in found.rules if rule.vacancy is not None]
    coverage = [coverage_of(rule, found.files, reference) for rule in rules] if cover else []
    mutation = [mutation_of(rule, found.files, reference) for rule in rules] if mutate else []
    return Session(ran, len(found.files), coverage, mutation, found.diagnostics, len(found.unread))
