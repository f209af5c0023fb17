"""How the values of a profile are written: days and open ends, shares, hours, amounts of money, marks, levels."""

# Without `from __future__ import annotations`: Pydantic evaluates each annotation that is a text, which takes longer.

import re
from math import inf
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from eligibility.dates import ONGOING, BadDate, Days, parse_days, show
from eligibility.fields import TEXT_OR_NUMBER, TRUTH_OR_NUMBER, Read
from eligibility.numerals import readings, two_readings


class Money(NamedTuple):
    """An amount in a currency (ISO 4217 code)."""

    amount: float
    currency: str


def _days(value: Any) -> Days:
    if isinstance(value, Days):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 9999:
        value = str(value)  # a bare year is a number in YAML
    if not isinstance(value, str):
        raise PydanticCustomError("E106", "", {"value": str(value)[:40], "form": "vague"})
    try:
        return parse_days(value)
    except BadDate as error:
        form = {"form": "vague"} if error.code == "E106" else {}  # no day has to be invented: a year or a month will do
        raise PydanticCustomError(error.code, "", {"value": value, **form}) from None


def _end(value: Any) -> Days:
    return ONGOING if value == "ongoing" else _days(value)


def days_meant(value: Any) -> Days | None:
    """The days that the first or the last day of a record may be; None where nothing readable is written."""
    try:
        return _end(value)
    except PydanticCustomError:
        return None


def _ids(value: Any) -> Any:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


def _percent(value: Any) -> Any:
    if isinstance(value, str) and (found := re.fullmatch(r"(\d{1,3})(?:[.,](\d{1,9}))?\s*%", value)):
        share = float(f"{found[1]}.{found[2] or 0}")
        if share <= 100:
            return int(share) if share.is_integer() else share
    if isinstance(value, int | float) and not isinstance(value, bool) and (value == 0 or 2 <= value <= 100):
        return value
    raise PydanticCustomError("E224", "", {"value": value, **({"suggestion": guess} if (guess := _share_meant(value)) else {})})


def _share_meant(value: Any) -> str | None:
    """What a share without a sign probably is: below 2, it is all of it or the half for some, and hundredths for others."""
    number = float(number_meant(value) or -1) if isinstance(value, str) else value
    if not isinstance(number, int | float) or isinstance(number, bool):
        return None
    return f"{number * 100:.12g}%" if 0 < number <= 1 else f"{number:.12g}%" if 2 <= number <= 100 else None


def number_meant(text: str) -> str | None:
    """A number written with a decimal comma, with thousands set apart, or as text, as it is to be written; None where it may be two."""
    found = readings(text.strip("\"'"))
    return found[0] if len(found) == 1 else None


def parse_money(text: str) -> Money | None:
    """The amount that `3500.5 EUR` is; None for any other form, and for `3.500 EUR`, which may be two."""
    found = None if two_readings(text) else re.fullmatch(r"(\d+(?:\.\d+)?)\s*([A-Z]{3})", text)
    return None if found is None else Money(float(found[1]), found[2])


def _money(value: Any) -> Any:
    if isinstance(value, Money):
        return value
    if isinstance(value, str) and (found := parse_money(value)) is not None:
        return found
    raise PydanticCustomError("E225", "", {"value": value})


def _hours(value: Any) -> Any:
    """Hours in all; whoever may be thought to mean those of a week writes `15 in all`."""
    if isinstance(value, str) and (found := re.fullmatch(r"(\d{1,5})(?:[.,](\d{1,2}))? in all", value)):
        hours = float(f"{found[1]}.{found[2] or 0}")
        return int(hours) if hours.is_integer() else hours
    if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0:
        return value
    too_low = isinstance(value, int | float) and not isinstance(value, bool)
    wanted = {"expected": "at_least", "limit": 0} if too_low else {"expected": "number"}
    raise PydanticCustomError("E204", "", {"value": str(value)[:40], **wanted})


def _mark(value: Any) -> Any:
    """A mark in figures or in words: `bien`, `N2`. Figures in quotes are figures that were written wrong."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and any(letter.isalpha() for letter in value):
        return value
    if isinstance(value, str) and re.fullmatch(r"2:[12]", value):  # second class, as it is said in Britain
        return value
    raise PydanticCustomError("E204", "", {"value": str(value)[:40], "expected": "number"})


def _level(value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"said"} and isinstance(value["said"], str):
        return f"said:{value['said']}"
    if isinstance(value, str) and re.fullmatch(r"said:\w+|[ABC][12]\+?", value):
        return value
    raise PydanticCustomError("E226", "", {"value": value})


def _fact(value: Any) -> Any:
    """True or false, or a number, whose unit the name of the fact says."""
    if isinstance(value, bool) or (isinstance(value, int | float) and 0 <= value < inf):
        return value
    if isinstance(value, int | float):
        raise PydanticCustomError("E204", "", {"value": str(value)[:40], "expected": "at_least", "limit": 0})
    found = re.fullmatch(r"(\d{1,9}(?:[.,]\d{1,9})?)\s*[^\W\d_]{1,20}\.?", value) if isinstance(value, str) else None
    unit = {} if found is None else {"form": "unit", "number": found[1].replace(",", ".")}
    raise PydanticCustomError("E204", "", {"value": str(value)[:40], "expected": "fact", **unit})


def _show_end(value: Days) -> str:
    return "ongoing" if value == ONGOING else show(value)


Day = Annotated[Days, Read(_days, show, TEXT_OR_NUMBER)]
End = Annotated[Days, Read(_end, _show_end, TEXT_OR_NUMBER)]
Ids = Annotated[tuple[str, ...], BeforeValidator(_ids)]
Percent = Annotated[int | float, Read(_percent, None, TEXT_OR_NUMBER)]
Amount = Annotated[Money, Read(_money, lambda money: f"{money.amount:g} {money.currency}")]
LanguageLevel = Annotated[str, Read(_level)]
Mark = Annotated[int | float | str, Read(_mark, None, TEXT_OR_NUMBER)]
Number = int | float
Fact = Annotated[bool | int | float, Read(_fact, None, TRUTH_OR_NUMBER)]
Hours = Annotated[int | float, Read(_hours, None, TEXT_OR_NUMBER)]
MOST_HOURS_OF_A_WEEK = 60
"""More hours than these are nobody's hours of a week."""
