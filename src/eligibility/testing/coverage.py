"""Coverage: which verdicts of which branches the cases have shown.

A case shows a criterion, with all of its branches, when it says what to expect of it; a case that expects *likely eligible* shows
every required criterion passing. What merely happens to be evaluated on the way shows nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from eligibility.deciding.session import Session
from eligibility.diagnostic import Place
from eligibility.engine import check
from eligibility.reference import Reference
from eligibility.report import Finding
from eligibility.testing.model import Accepted, Case, CaseFile, Rule
from eligibility.testing.nodes import Node, nodes_of, targets
from eligibility.testing.reach import reachable
from eligibility.vacancy import Parsed, Vacancy
from eligibility.verdict import Outcome, Verdict

ORDER = (Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE)


class Gap(NamedTuple):
    """A verdict of a branch that no case shows: its name (`studies.any_of[0] unknown`) and its place in the rule file."""

    criterion: str
    branch: str
    verdict: Verdict
    place: Place

    @property
    def name(self) -> str:
        """What `accepted` in a case file calls it."""
        return f"{self.branch} {self.verdict}"


class Coverage(NamedTuple):
    """What the cases show of one vacancy. `accepted` are the gaps that the case file explains, `stale` its explanations of none."""

    vacancy: str
    file: str
    shown: int
    possible: int
    gaps: tuple[Gap, ...]
    accepted: tuple[tuple[Gap, Accepted], ...]
    stale: tuple[Accepted, ...]

    @property
    def percent(self) -> float:
        """How much is shown, of what has to be; rounded down, so that 100 means everything."""
        needed = self.possible - len(self.accepted)
        return 100.0 if needed == 0 else int(1000 * (needed - len(self.gaps)) / needed) / 10


def coverage_of(rule: Rule, files: Iterable[CaseFile], reference: Reference) -> Coverage:
    """The coverage of one rule file by the cases about it. The rule file must be readable."""
    vacancy = rule.vacancy
    assert vacancy is not None
    parsed = vacancy.parsed(reference)
    nodes = [(node, verdicts) for node in nodes_of(parsed) if len(verdicts := reachable(node.criterion, vacancy, parsed.conditions)) > 1]
    about = [file for file in files if file.rule is rule]
    seen: dict[str, set[Verdict]] = {node.branch: set() for node, _ in nodes}
    probe = _probe(
        vacancy,
        parsed._replace(criteria=tuple(node.criterion for node, _ in nodes), session=Session(reference, parsed.session.names)),
        reference,
    )
    askers = _askers(parsed)
    for case in (case for file in about for case in file.cases):
        _look(case, probe, [node for node, _ in nodes], askers, seen, reference)
    explained = {one.what: one for file in about for one in file.accepted if one.key == "unseen"}
    gaps, accepted = [], []
    for node, verdicts in nodes:
        for verdict in ORDER:
            if verdict in verdicts and verdict not in seen[node.branch]:
                gap = Gap(node.owner, node.branch, verdict, rule.document.place(node.path))
                if gap.name in explained:
                    accepted.append((gap, explained[gap.name]))
                else:
                    gaps.append(gap)
    used = {gap.name for gap, _ in accepted}
    stale = tuple(one for what, one in explained.items() if what not in used)
    return Coverage(
        vacancy.id, rule.name, sum(len(verdicts & seen[node.branch]) for node, verdicts in nodes),
        sum(len(verdicts) for _, verdicts in nodes), tuple(gaps), tuple(accepted), stale,
    )  # fmt: skip


def _probe(vacancy: Vacancy, parsed: Parsed, reference: Reference) -> Vacancy:
    """The vacancy with every branch asked by itself: one finding per node, in their order."""
    probe = vacancy.model_copy()
    probe.keep(parsed, reference)
    return probe


def _askers(parsed: Parsed) -> Mapping[str, set[str]]:
    """For each criterion, the conditions it asks, also through other conditions."""
    direct = {name: targets(criterion) for name, criterion in parsed.conditions.items()}
    found = {name: set(asked) for name, asked in direct.items()}
    for asked in found.values():
        queue = list(asked)
        while queue:
            for one in direct.get(queue.pop(), set()) - asked:
                asked.add(one)
                queue.append(one)
    return found


def _look(
    case: Case, probe: Vacancy, nodes: list[Node], askers: Mapping[str, set[str]], seen: dict[str, set[Verdict]], reference: Reference
) -> None:
    named = case.named
    shown = named | {condition for name in named for condition in askers.get(name, ())}
    likely = any(wanted.key == "outcome" and wanted.value == str(Outcome.LIKELY_ELIGIBLE) for wanted in case.expect)
    if not shown and not likely:
        return
    report = check(case.at_its_days(probe), case.profile, case.day, reference, case.facts)
    runs: list[tuple[Finding, ...]] = [track.findings for track in report.tracks] or [report.findings]
    for findings in runs:
        for node, finding in zip(nodes, findings, strict=True):
            passes = likely and node.is_root and node.criterion.common.importance == "required" and finding.verdict is Verdict.PASS
            if node.ids & shown or passes:
                seen[node.branch].add(finding.verdict)
