"""Numbers as people write them: with a point or a comma before the decimals, and thousands set apart, or not.

A point or a comma before three figures sets thousands apart for some and begins the decimals for others: `1.500` is fifteen hundred in
Berlin and Madrid, `1,500` in London. Whoever reads it one way only is a thousand times wrong for half of its writers.
"""

from __future__ import annotations

import re

_SPACES = " \u00a0\u202f"
_GROUPED = re.compile(
    rf"(?P<apart>[1-9]\d{{0,2}}(?:[{_SPACES}'’]\d{{3}})+)(?:[.,](?P<rest>\d{{1,9}}))?"  # 1 607,5 and 1'607.5
    r"|(?P<by_comma>[1-9]\d{0,2}(?:,\d{3})+)\.(?P<after_point>\d{1,9})"
    r"|(?P<by_point>[1-9]\d{0,2}(?:\.\d{3})+),(?P<after_comma>\d{1,9})"
    r"|(?P<whole>[1-9]\d{0,2}(?:(?:,\d{3}){2,}|(?:\.\d{3}){2,}))",
    re.ASCII,
)
_PLAIN = re.compile(r"(\d{1,9})(?:[.,](\d{1,9}))?", re.ASCII)
_EITHER = re.compile(rf"(?<![\d.,'’])(?<!\d[{_SPACES}])[1-9]\d{{0,2}}[.,]\d{{3}}(?![.,'’]?\d)(?![{_SPACES}]\d{{3}}(?!\d))", re.ASCII)


def readings(text: str) -> tuple[str, ...]:
    """The numbers that a text without sign or unit may be, in figures with a decimal point: `("1607.5",)` of `1 607,5`, `1.607,5` and
    `1607.5`; `("1500", "1.5")` of `1,500` and `1.500`, each so that it can be read in one way; none of what is no number."""
    text = text.strip(_SPACES)
    if not text.isascii():  # figures of other scripts, and the marks of Arabic
        text = "".join(str(int(one)) if one.isdecimal() else one for one in text.replace("٬", "").replace("٫", "."))
    if (grouped := _GROUPED.fullmatch(text)) is not None:
        whole = grouped["apart"] or grouped["by_comma"] or grouped["by_point"] or grouped["whole"]
        return (_joined(re.sub(r"\D", "", whole), grouped["rest"] or grouped["after_point"] or grouped["after_comma"]),)
    if (found := _PLAIN.fullmatch(text)) is None:
        return ()
    decimal = _joined(found[1], found[2])
    if not _EITHER.fullmatch(text):
        return (decimal,)
    return f"{found[1]}{found[2]}", in_one_way(float(decimal))


def in_one_way(number: float) -> str:
    """A number written so that it can be read in one way: `1.2340`."""
    text = f"{number:.12g}"
    return f"{text}0" if _EITHER.fullmatch(text) else text


def two_readings(text: str) -> tuple[str, ...]:
    """The two readings of the first number in a text that has two, as in `1.200 hours`; none where each number has one."""
    found = _EITHER.search(text)
    return () if found is None else readings(found[0])


def _joined(whole: str, decimals: str | None) -> str:
    return f"{whole}.{decimals}" if decimals else whole
