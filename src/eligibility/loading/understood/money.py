"""Amounts of money: `1 200,50 €`, `€1,200.50`, `12 k€`, `3500 euros`."""

from __future__ import annotations

import re

from eligibility.loading.understood.answer import NOT_UNDERSTOOD, Understood
from eligibility.loading.understood.words import meanings
from eligibility.numerals import readings
from eligibility.reference.spelling import fold

_SIGNS = {
    "€": ("EUR",), "£": ("GBP",), "us$": ("USD",), "$us": ("USD",), "ca$": ("CAD",), "c$": ("CAD",), "$ca": ("CAD",), "$can": ("CAD",),
    "$": ("USD", "CAD"), "¥": ("JPY", "CNY"),
}  # fmt: skip
"""Signs of currencies; one that several have leaves it open which is meant."""
_OF_THOUSANDTHS = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")
"""Currencies of a thousand parts (ISO 4217): of others, three figures behind a mark are no decimals."""
_CODE = re.compile(r"[A-Z]{3}", re.ASCII)
_AMOUNT = re.compile(
    r"(?P<before>[^\d]*?)\s*(?P<number>\d(?:[\d.,'’ \u00a0\u202f]*\d)?)(?:[.,]?[-–—])?"
    r"(?:\s?(?P<thousand>[kK])(?![a-z]))?\s*(?P<after>[^\d]*)"
)


def money(text: str) -> Understood:
    """A number and the code of its currency, `1200.5 EUR`. Without a currency it is no amount; with words beside it it may be another."""
    found = _AMOUNT.fullmatch(text)
    if found is None or bool(found["before"]) is bool(found["after"]):
        return NOT_UNDERSTOOD
    numbers = readings(found["number"])
    if found["thousand"]:
        numbers = tuple(f"{float(one) * 1000:.12g}" for one in numbers[-1:])  # 1.500 k€: nobody sets a million apart so
    codes = _currencies((found["before"] or found["after"]).strip())
    amounts = [f"{number} {code}" for code in codes for number in (numbers if code in _OF_THOUSANDTHS else numbers[:1])]
    if len(amounts) == 1:
        return Understood(amounts[0])
    return Understood(readings=tuple(amounts)) if amounts else NOT_UNDERSTOOD


def _currencies(word: str) -> tuple[str, ...]:
    """The codes that a sign, a name or a code in whatever letters stands for."""
    if _CODE.fullmatch(word):
        return (word,)
    return _SIGNS.get(word.casefold().replace(" ", "").replace(".", "")) or meanings("currencies").get(fold(word), ())
