"""`depuis 3 ans`, `for 3 years`, `3 Jahre bis 2021`: how long, where a date is wanted. What would say the same is shown, never taken:
counted back from the day of reading, an answer would change with the calendar."""

from __future__ import annotations

import re
from datetime import date, timedelta

from eligibility.loading.nearest import bare
from eligibility.loading.understood.words import meanings, says

_LENGTH = re.compile(r"(?P<before>[^\d]*?)(?P<number>\d{1,2})\s*(?P<unit>[^\W\d_]+)(?:\s+(?P<after>.+))?")
_YEAR = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2}))?(?:-\d{2})?")


def is_length(text: str) -> bool:
    """Whether a text says how long something has been or was."""
    return _parts(text) is not None


def holds_length(text: str) -> bool:
    """Whether a unit of length is among the words of a text: `3 ans jusqu'en juin 2021` is not the third of June."""
    return any(bare(word) in meanings("lengths") for word in re.findall(r"[^\W\d_]+", text))


def date_instead(text: str, today: date) -> tuple[str, str] | None:
    """The date from which a length is counted back, `today` or the last one that the text tells, and what would say the same, as exact as
    the length: `2023`, or `2018, to: 2021`. None where nothing can be shown."""
    found = _parts(text)
    if found is None:
        return None
    number, unit, last = found
    if last is None:
        if unit in ("weeks", "days"):
            return today.isoformat(), (today - timedelta(days=number * (7 if unit == "weeks" else 1))).isoformat()
        return today.isoformat(), _back(today.year, today.month, number, unit)
    year, month = int(last[:4]), int(last[5:7]) if len(last) > 4 else None
    if unit == "years":
        return last, f"{year - number}{'' if month is None else f'-{month:02}'}, to: {last}"
    return None if unit != "months" or month is None else (last, f"{_back(year, month, number, unit)}, to: {last}")


def _back(year: int, month: int, number: int, unit: str) -> str:
    if unit == "years":
        return str(year - number)
    months = 12 * year + month - 1 - number
    return f"{months // 12}-{months % 12 + 1:02}"


def _parts(text: str) -> tuple[int, str, str | None] | None:
    """The number, the unit, and the last day where the text tells one."""
    from eligibility.loading.understood.days import day

    plain = bare(text.strip())
    for word, number in _numbers().items():
        plain = re.sub(rf"\b{word}\b", number, plain)
    found = _LENGTH.fullmatch(plain)
    units = () if found is None else meanings("lengths").get(found["unit"], ())
    if found is None or len(units) != 1 or not all(says("for_length", word) for word in re.findall(r"[^\W\d_]+", found["before"])):
        return None
    after = (found["after"] or "").split()
    while after and says("for_length", after[0]):
        after.pop(0)
    if not after:
        return int(found["number"]), units[0], None
    if not says("up_to", after[0]):
        return None
    while after and says("up_to", after[0]):
        after.pop(0)
    last = day(" ".join(after)).value
    return None if last is None or _YEAR.fullmatch(last) is None else (int(found["number"]), units[0], last[:7])


def _numbers() -> dict[str, str]:
    return {word: several[0] for word, several in meanings("numbers").items()}
