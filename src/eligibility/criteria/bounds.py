"""Bounds: at least, at most, more than, less than; and the quantities whose unit chooses what is measured."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from eligibility.dates import Length
from eligibility.verdict import Truth, truth_of

if TYPE_CHECKING:
    from eligibility.criteria.case import Case
    from eligibility.criteria.moments import Extension

OPERATORS = ("at_least", "at_most", "more_than", "less_than")

_UNITS = {
    "year": ("time", 12, 0), "month": ("time", 1, 0), "week": ("time", 0, 7), "day": ("time", 0, 1),
    "time": ("count", 1, 0), "record": ("count", 1, 0), "hour": ("hours", 1, 0), "credit": ("credits", 1, 0),
}  # fmt: skip
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]+|[A-Z]{3}|%)")


_LONGEST = 200
"""No quantity takes more characters, and thousands of digits take minutes."""


class Quantity(NamedTuple):
    """`3 years`, `2 times`, `900 hours`, `60 credits`, `3000 EUR` or a bare number, by what it measures."""

    measure: str
    amount: Any
    text: str


def parse_quantity(raw: Any) -> Quantity | None:
    """The quantity a rule writes; None when it is not one: there is less than nothing of nothing."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | float):
        return None if raw < 0 else Quantity("number", raw, str(raw))
    if not isinstance(raw, str) or len(raw) > _LONGEST:
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


class Bound(NamedTuple):
    """One comparison. The quantity may depend on a choice (`by`), and may be moved by events (`extended`)."""

    operator: str
    quantity: Quantity | None
    by: tuple[str, dict[str, Quantity]] | None = None
    extended: tuple[Extension, ...] = ()
    never_beyond: Quantity | None = None

    @property
    def measure(self) -> str:
        if self.quantity is not None:
            return self.quantity.measure
        assert self.by is not None
        return next(iter(self.by[1].values())).measure

    @property
    def fixed(self) -> Any:
        """The limit, where it is the same for everybody; else None."""
        plain = self.quantity is not None and not self.extended and self.never_beyond is None
        return self.quantity.amount if plain and self.quantity is not None else None

    def limits(self, case: Case) -> tuple[Any, Any, tuple[str, ...]]:
        """The lowest and the highest value the limit may have for this candidate, and what is missing to know it."""
        if self.by is not None:
            name, values = self.by
            chosen = case.choices.get(name)
            if chosen in values:
                low = high = values[chosen].amount
                missing: tuple[str, ...] = ()
            else:
                amounts = sorted((value.amount for value in values.values()), key=_size)
                low, high = amounts[0], amounts[-1]
                missing = () if chosen is not None else (f"choices.{name}",)
        else:
            assert self.quantity is not None
            low = high = self.quantity.amount
            missing = ()
        if self.extended:
            from eligibility.criteria.moments import extension

            few, many, lacking = extension(self.extended, case)
            missing += lacking
            low, high = _add(low, few), _add(high, many)
            for one in self.extended:
                if one.when is not None and one.to is not None:
                    holds = one.when.evaluate(case)
                    if holds.truth.surely:
                        low, high = max(low, one.to, key=_size), max(high, one.to, key=_size)
                    elif holds.truth.possibly:
                        high = max(high, one.to, key=_size)
                        missing += tuple(holds.reason.missing)
        if self.never_beyond is not None:
            cap = self.never_beyond.amount
            low, high = min(low, cap, key=_size), min(high, cap, key=_size)
        return low, high, missing


def _size(limit: Any) -> Any:
    return limit.most_days if isinstance(limit, Length) else limit


def _add(limit: Any, length: Length) -> Any:
    if isinstance(limit, Length):
        return Length(limit.months + length.months, limit.days + length.days)
    return limit + length.months // 12


def compare(operator: str, low: Any, high: Any, limit_low: Any, limit_high: Any) -> Truth:
    """A number between `low` and `high` against a limit between `limit_low` and `limit_high`."""
    if operator == "at_least":
        return truth_of(low >= limit_high, high >= limit_low)
    if operator == "more_than":
        return truth_of(low > limit_high, high > limit_low)
    if operator == "at_most":
        return truth_of(high <= limit_low, low <= limit_high)
    return truth_of(high < limit_low, low < limit_high)
