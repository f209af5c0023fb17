"""`hours: 15` of a job that lasted two years: fifteen hours a week, or in all? Nobody can tell but the person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eligibility.dates import FOREVER
from eligibility.profile import SOURCES
from eligibility.profile_values import MOST_HOURS_OF_A_WEEK, days_meant
from eligibility.reading.reader import Problem

_LONG = 35
"""Days after which so few hours are as likely to be those of each week."""


def in_doubt(data: Mapping[str, Any]) -> tuple[Mapping[str, Any], list[Problem]]:
    """A profile that somebody typed without the hours of which it is not clear whether they are a week's, and what to ask of each.

    Whoever says how full the days were, or writes `15 in all`, is not asked.
    """
    told: list[Problem] = []
    found = dict(data)
    for name in (name for name, source in SOURCES.items() if "hours" in source.measures):
        records = data.get(name)
        if not isinstance(records, list):
            continue
        found[name] = list(records)
        for index, record in enumerate(records):
            if isinstance(record, Mapping) and _asked(record):
                hours = record["hours"]
                readings = [f"hours_per_week: {hours}", f"hours: {hours} in all"]
                params = {"word": f"hours: {hours}", "readings": readings, "at": f"{name}[{index}].hours"}
                told.append(Problem("W207", (name, index, "hours"), params))
                found[name][index] = {key: value for key, value in record.items() if key != "hours"}
    return (found, told) if told else (data, told)


def _asked(record: Mapping[str, Any]) -> bool:
    hours = record.get("hours")
    if isinstance(hours, bool) or not isinstance(hours, int | float) or not 0 < hours <= MOST_HOURS_OF_A_WEEK:
        return False
    if any(record.get(key) is not None for key in ("full_time", "rate", "hours_per_week")):
        return False
    start, end = days_meant(record.get("from")), days_meant(record.get("to"))
    return start is not None and end is not None and min(end.first, FOREVER) - start.last >= _LONG
