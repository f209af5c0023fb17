"""JSON: every report with its receipt, under a schema version; codes and facts, the same in every language."""

from __future__ import annotations

import json
from typing import Any

from eligibility.dates import Days, show
from eligibility.report import SCHEMA_VERSION, Report, Waiting
from eligibility.reporters import Shown
from eligibility.reporters.changes import changes_of
from eligibility.reporters.papers import papers_of


def render(shown: Shown) -> str:
    """One JSON document: `schema_version`, `reports`, the files that could not be read, what added facts change, the papers to gather."""
    reports = [as_data(report) for report in shown.reports]
    document: dict[str, Any] = {"schema_version": SCHEMA_VERSION, "reports": reports, "unread": list(shown.unread)}
    if any(report.redacted for report in shown.reports):
        document["redacted"] = True
    if shown.before is not None:
        document["changes"] = [one.model_dump(mode="json") for one in changes_of(shown.before, shown.reports)]
    if shown.papers:
        document["papers"] = [one.model_dump(mode="json") for one in papers_of(shown.reports)]
    if shown.waiting:
        document["waiting"] = [{"vacancy": vacancy, **waiting_as_data(one)} for vacancy, one in shown.waiting.items()]
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def waiting_as_data(waiting: Waiting) -> dict[str, Any]:
    """What waiting brings, as plain data."""
    first, last, outcome = waiting
    until = None if last is None else show(Days(last, last))
    return {"from": show(Days(first, first)), "to": until, "outcome": outcome}


def as_data(report: Report) -> dict[str, Any]:
    """A report as plain data, the form the published schema describes."""
    data: dict[str, Any] = report.model_dump(mode="json")
    return data
