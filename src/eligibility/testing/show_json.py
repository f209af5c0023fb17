"""A run as JSON: codes and facts, the same in every language."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from eligibility.diagnostic import Diagnostic, Place
from eligibility.testing.coverage import Coverage
from eligibility.testing.model import Accepted
from eligibility.testing.mutation import Mutation
from eligibility.testing.run import Difference, Ran
from eligibility.testing.session import Session

VERSION = 1


def render(session: Session) -> str:
    """One document: `schema_version`, `summary`, `cases`, `coverage`, `mutation`, `problems` (see docs/testing-rules.md)."""
    document = {
        "schema_version": VERSION,
        "summary": {
            "cases": len(session.ran), "failed": session.failed, "files": session.files,
            "coverage": min((one.percent for one in session.coverage), default=None),
            "kill_rate": min((one.percent for one in session.mutation), default=None),
        },
        "cases": [_case(one) for one in session.ran],
        "coverage": [_coverage(one) for one in session.coverage],
        "mutation": [_mutation(one) for one in session.mutation],
        "problems": [_problem(one) for one in session.diagnostics],
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _case(ran: Ran) -> dict[str, Any]:
    return {
        "name": ran.case.name, "vacancy": ran.case.vacancy.id, **_place(ran.place), "passed": ran.passed,
        "differences": [_difference(one) for one in ran.differences],
    }  # fmt: skip


def _difference(one: Difference) -> dict[str, Any]:
    finding = one.finding
    return {
        "criterion": one.wanted.about, "what": one.wanted.key, "expected": one.wanted.value, "got": one.got, **_place(one.place),
        "code": None if finding is None else finding.code,
        "missing": [] if finding is None else list(finding.missing),
    }  # fmt: skip


def _coverage(one: Coverage) -> dict[str, Any]:
    return {
        "vacancy": one.vacancy, "file": one.file, "percent": one.percent, "shown": one.shown, "possible": one.possible,
        "unseen": [
            {"criterion": gap.criterion, "branch": gap.branch, "verdict": str(gap.verdict), **_place(gap.place)} for gap in one.gaps
        ],
        "accepted": [{"unseen": gap.name, "why": dict(accepted.why)} for gap, accepted in one.accepted],
        "stale": _stale(one.stale),
    }  # fmt: skip


def _mutation(one: Mutation) -> dict[str, Any]:
    return {
        "vacancy": one.vacancy, "file": one.file, "percent": one.percent, "killed": one.killed, "mutants": one.mutants,
        "survivors": [{"mutant": survivor.name, "criterion": survivor.criterion, **_place(survivor.place)} for survivor in one.survivors],
        "accepted": [{"mutant": survivor.name, "why": dict(accepted.why)} for survivor, accepted in one.accepted],
        "stale": _stale(one.stale),
    }  # fmt: skip


def _stale(accepted: Iterable[Accepted]) -> list[dict[str, Any]]:
    return [{one.key: one.what, **_place(one.place)} for one in accepted]


def _problem(one: Diagnostic) -> dict[str, Any]:
    params = {key: list(value) if isinstance(value, tuple) else value for key, value in one.params.items()}
    return {"code": one.code, "severity": str(one.severity), **_place(one.place), "params": params}


def _place(place: Place) -> dict[str, Any]:
    return {"file": place.file, "line": place.line, "column": place.column}
