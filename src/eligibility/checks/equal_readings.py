"""Readings that ask the same thing.

A reading says how a clause may be understood. Two that are the same leave nothing to disagree about: one of them is a slip, or the
criterion needs no readings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eligibility.checks.base import Problem, Rule
from eligibility.language.keys import as_read

CODE = "E309"
WRONG = """
criteria:
  - id: residence
    kind: residence
    in: CA-QC
    at_least: 1 year
    readings:
      - {name: {en: closing date, fr: date limite}, as_of: deadline, preferred: true}
      - {name: {en: first day, fr: premier jour}, as_of: deadline}
"""
RIGHT = """
criteria:
  - id: residence
    kind: residence
    in: CA-QC
    at_least: 1 year
    readings:
      - {name: {en: closing date, fr: date limite}, as_of: deadline, preferred: true}
      - {name: {en: first day, fr: premier jour}, as_of: start}
"""


def check(rule: Rule) -> Iterator[Problem]:
    """A problem at each reading that an earlier one of the same criterion says already."""
    for raw, path, _ in rule.criteria:
        readings = raw.get("readings")
        if not isinstance(readings, list):
            continue
        seen: list[dict[str, Any]] = []
        for index, reading in enumerate(readings):
            asks = as_read(raw, reading)
            if asks in seen:
                yield Problem(CODE, (*path, "readings", index), {"number": seen.index(asks) + 1})
            seen.append(asks)
