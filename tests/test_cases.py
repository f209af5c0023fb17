"""Cases an adviser could write: a profile (or a change to one), a day, and what each criterion should say.

Every `tests/cases/*.yaml` names a vacancy of `rules/` (or holds a small one of its own), a profile, and cases. A case patches
the profile (`null` takes a field away) and expects, per criterion, a verdict or {verdict, code, missing, causes, preferred}.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from eligibility.engine import check
from eligibility.loading.models import load_vacancy
from eligibility.loading.vocabularies import tidy
from eligibility.profile import Profile
from eligibility.reference import load_reference
from eligibility.report import Finding
from eligibility.vacancy import Vacancy

ROOT = Path(__file__).parent.parent
WORDS = {"P": "pass", "F": "fail", "U": "unknown", "N": "not_applicable"}


class Dates(yaml.SafeLoader):
    """YAML for tests, with dates left as text like our own reader does."""


Dates.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:int:sexagesimal")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _cases() -> list[Any]:
    found = []
    for path in sorted((ROOT / "tests" / "cases").glob("*.yaml")):
        table = yaml.load(path.read_text("utf-8"), Loader=Dates)
        for case in table["cases"]:
            found.append(pytest.param(table, case, id=f"{path.stem}: {case['name']}"))
    return found


def _vacancy(table: dict[str, Any], case: dict[str, Any]) -> Vacancy:
    if isinstance(table.get("vacancy"), str):
        return load_vacancy(str(ROOT / "rules" / f"{table['vacancy']}.yaml"))
    own = {
        "format": 1,
        "id": "test",
        "title": "Test",
        "dates": {"deadline": "2024-06-30"},
        **table.get("vacancy", {}),
        **case.get("vacancy", {}),
    }
    if "criterion" in case:
        own["criteria"] = [{"id": "it", **case["criterion"]}]
    return Vacancy.model_validate(own)


def _profile(table: dict[str, Any], case: dict[str, Any]) -> Profile:
    data = {**table.get("profile", {}), **case.get("profile", {})}
    data = {key: value for key, value in data.items() if value is not None}
    return Profile.model_validate(tidy(data, load_reference())[0])


def _day(text: str) -> date | datetime:
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


def _compare(finding: Finding, wanted: Any) -> None:
    if isinstance(wanted, str):
        wanted = {"verdict": wanted}
    assert finding.verdict == WORDS.get(wanted["verdict"], wanted["verdict"]), (finding.code, finding.params, finding.missing)
    if "code" in wanted:
        assert finding.code == wanted["code"]
    if "missing" in wanted:
        assert sorted(finding.missing) == sorted(wanted["missing"])
    if "causes" in wanted:
        assert sorted(finding.causes) == sorted(wanted["causes"])
    if "preferred" in wanted:
        assert finding.preferred == WORDS[wanted["preferred"]]
    if "gap" in wanted:
        assert finding.gap is not None
        assert finding.gap.amount == wanted["gap"]
    if "future" in wanted:
        assert finding.future is not None
        assert date.fromordinal(finding.future).isoformat() == wanted["future"]


@pytest.mark.parametrize(("table", "case"), _cases())
def test_case(table: dict[str, Any], case: dict[str, Any]) -> None:
    """What the case says is what the report says."""
    on = str(case.get("day") or table.get("day", "2024-06-01"))
    report = check(_vacancy(table, case), _profile(table, case), _day(on), load_reference())
    findings = {finding.id: finding for finding in (*report.findings, *report.judged)}
    expected = case["expect"]
    if not isinstance(expected, dict) or "verdict" in expected:
        expected = {"it": expected}
    for name, wanted in expected.items():
        if name == "outcome":
            assert report.outcome == wanted
        elif name == "closing":
            assert report.closing == wanted
        elif name == "tracks":
            assert {track.option: str(track.outcome) for track in report.tracks} == wanted
        else:
            _compare(findings[name], wanted)
