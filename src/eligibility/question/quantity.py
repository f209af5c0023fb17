"""Quantities, whose unit chooses what is measured, and the four ways to compare with one."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from eligibility.dates import Length
from eligibility.numerals import two_readings

OPERATORS = ("at_least", "at_most", "more_than", "less_than")

_UNITS = {
    "year": ("time", 12, 0), "month": ("time", 1, 0), "week": ("time", 0, 7), "day": ("time", 0, 1),
    "time": ("count", 1, 0), "record": ("count", 1, 0), "hour": ("hours", 1, 0), "credit": ("credits", 1, 0),
    "relative": ("relatives", 1, 0),
}  # fmt: skip
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]+|[A-Z]{3}|%)")


_LONGEST = 200
"""No quantity takes more characters, and thousands of digits take minutes."""


class Quantity(NamedTuple):
    """`3 years`, `2 times`, `2 relatives`, `900 hours`, `60 credits`, `3000 EUR` or a bare number, by what it measures."""

    measure: str
    amount: Any
    text: str


def parse_quantity(raw: Any) -> Quantity | None:
    """The quantity a rule writes; None when it is not one: there is less than nothing of nothing, and `1.200 hours` may be two."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | float):
        return None if raw < 0 else Quantity("number", raw, str(raw))
    if not isinstance(raw, str) or len(raw) > _LONGEST or two_readings(raw):
        return None
    parts = _PART.findall(raw)
    if not parts or re.sub(r"\s|and|,", "", _PART.sub("", raw)):
        return None
    measures: set[str] = set()
    months = days = 0
    amount = 0.0
    for number, unit in parts:
        if unit.isupper():
            measures.add(f"money:{unit}")
            amount += float(number)
            continue
        if unit == "%":
            measures.add("percent")
            amount += float(number)
            continue
        known = _UNITS.get(unit.removesuffix("s"))
        if known is None:
            return None
        measure, per_month, per_day = known
        measures.add(measure)
        if measure == "time":
            if "." in number:
                return None
            months += int(number) * per_month
            days += int(number) * per_day
        else:
            amount += float(number)
    if len(measures) != 1:
        return None
    measure = measures.pop()
    if measure == "time":
        return Quantity("time", Length(months, days), raw)
    whole = int(amount) if amount.is_integer() else amount
    return Quantity(measure, whole, raw)
