"""JSON Lines: one report a line."""

from __future__ import annotations

import json

from eligibility.reporters import Shown
from eligibility.reporters.json_report import as_data


def render(shown: Shown) -> str:
    """One line per vacancy, in the order of the summary."""
    return "".join(json.dumps(as_data(report), ensure_ascii=False, allow_nan=False) + "\n" for report in shown.reports)
