"""Running cases: what each one expected, and what the engine said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from eligibility.deciding.session import Session
from eligibility.diagnostic import Place
from eligibility.engine import check
from eligibility.report import Finding, Report
from eligibility.testing.model import Case, CaseFile, Wanted
from eligibility.testing.nodes import nodes_of
from eligibility.vacancy import Vacancy


class Difference(NamedTuple):
    """Something a case expected and did not get; `finding` is the answer of the criterion, where there is one."""

    wanted: Wanted
    got: Any
    finding: Finding | None
    place: Place


class Ran(NamedTuple):
    """One case that was run. `place` is where it begins in its file."""

    file: str
    case: Case
    place: Place
    report: Report
    differences: tuple[Difference, ...]

    @property
    def passed(self) -> bool:
        """Whether everything was as expected."""
        return not self.differences


def run_cases(files: Iterable[CaseFile]) -> tuple[Ran, ...]:
    """Every case of every file, in order."""
    return tuple(run_case(file, case) for file in files for case in file.cases)


def run_case(file: CaseFile, case: Case) -> Ran:
    """One case, and every difference; where a verdict differs, what hangs on that verdict is not told as well."""
    report = answer(case)
    findings = _named(case, case.vacancy, report)
    wrong = {wanted.about for wanted in case.expect if wanted.key == "verdict" and got(wanted, report, findings) != wanted.value}
    differences = tuple(
        Difference(wanted, found, None if wanted.about is None else findings.get(wanted.about), file.document.place(wanted.path))
        for wanted in case.expect
        if (wanted.key == "verdict" or wanted.about not in wrong or wanted.about is None)
        and (found := got(wanted, report, findings)) != wanted.value
    )
    return Ran(file.name, case, file.document.place(case.path), report, differences)


def answer(case: Case, vacancy: Vacancy | None = None) -> Report:
    """The report of a case, before its own vacancy or a changed one."""
    return check(case.at_its_days(vacancy or case.vacancy), case.profile, case.day, case.reference, case.facts)


def agrees(case: Case, vacancy: Vacancy) -> bool:
    """Whether a changed vacancy still gives everything the case expects."""
    report = answer(case, vacancy)
    findings = _named(case, vacancy, report)
    return all(got(wanted, report, findings) == wanted.value for wanted in case.expect)


def findings_of(report: Report) -> dict[str, Finding]:
    """The findings of a report by their id: criteria, points for a person, and members of groups that have an id of their own."""
    found: dict[str, Finding] = {}
    queue = [*report.findings, *report.judged]
    for finding in queue:
        if finding.id is not None:
            found.setdefault(finding.id, finding)
        queue += finding.children
    return found


def _named(case: Case, vacancy: Vacancy, report: Report) -> Mapping[str, Finding]:
    """The findings by what a case calls them: those of the report, and what it names that no report shows by itself (a condition, an
    exception, a reading), asked alone."""
    found = findings_of(report)
    lacking = {wanted.about for wanted in case.expect if wanted.about is not None and wanted.about not in found}
    if lacking:
        for name, one in _asked_alone(case, vacancy, lacking):
            found.setdefault(name, one)
    return found


def _asked_alone(case: Case, vacancy: Vacancy, wanted: Collection[str]) -> Iterator[tuple[str, Finding]]:
    parsed = vacancy.parsed(case.reference)
    ids = {node.branch: node.criterion.common.id for node in nodes_of(parsed)}
    for node in nodes_of(parsed):
        above, _, number = node.branch.rpartition(".readings[")
        called = f"{ids[above]}.readings[{number}" if above and number[:-1].isdigit() else node.criterion.common.id
        if called in wanted:
            probe = case.at_its_days(vacancy).model_copy()
            probe.keep(parsed._replace(criteria=(node.criterion,), session=Session(case.reference, parsed.session.names)), case.reference)
            report = check(probe, case.profile, case.day, case.reference, case.facts)
            yield str(called), (report.findings or report.judged)[0]


def got(wanted: Wanted, report: Report, findings: Mapping[str, Finding]) -> Any:
    """What the report says about something expected, as plain data; None where it says nothing."""
    if wanted.about is None:
        if wanted.key == "tracks":
            return {track.option: str(track.outcome) for track in report.tracks}
        return str(getattr(report, wanted.key))
    finding = findings.get(wanted.about)
    if finding is None:
        return None
    if wanted.key in ("missing", "causes"):
        return tuple(sorted(str(one) for one in getattr(finding, wanted.key)))
    if wanted.key == "gap":
        return None if finding.gap is None else finding.gap.amount
    if wanted.key == "future":
        return None if finding.future is None else date.fromordinal(finding.future).isoformat()
    value = getattr(finding, wanted.key)
    return None if value is None else str(value)
