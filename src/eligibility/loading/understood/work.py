"""Employers, working time, yes and no."""

from __future__ import annotations

import re
from typing import Any

from eligibility.loading.understood.answer import NOT_UNDERSTOOD, Understood
from eligibility.loading.understood.words import doubtful, meanings, says, words_for
from eligibility.reference import Reference
from eligibility.reference.spelling import fold

_HOURS_OF_A_WEEK = 168
_MOST_HOURS = 60
"""More hours than these are not those of a week."""
_PIECES = re.compile(r"[();]|,(?!\d)|(?<!\d),|\s[-–—]\s")
_AMOUNT = re.compile(r"(\d{1,5}(?:[.,]\d{1,2})?)(?:\s*[-–à]\s*(\d{1,3}(?:[.,]\d{1,2})?))?\s*(\D+)")
_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
_PART = re.compile(r"([1-9]\d?)\s*/\s*(2|3|4|5|8|10|3[5-9]|4[0-2])(?:e|ème|th)?")
"""Parts of a whole, of days of a week, or of its hours; `5/12` may be a day or some months, `50/80` a range."""
_FULL_WEEK = 30
"""With fewer hours a week, or a share, nobody works full time."""


def yes_or_no(text: str) -> Understood:
    """True or false."""
    yes, no = says("yes", text), says("no", text)
    return NOT_UNDERSTOOD if yes is no else Understood(yes)


def employer(text: str, reference: Reference) -> Understood:
    """A kind of employer, with the name where the words hold one: `ONG Oxfam`, `Université Laval`. A mere name tells no kind."""
    kind = _kind(text, reference)
    if kind is not None:
        return Understood({"employer": kind})
    if (known := meanings("employer_names").get(fold(text))) and _is_name(text):
        return Understood({"employer": known[0], "employer_name": text})
    words = text.split()
    found: dict[str, str] = {}  # by the kind, the name
    for length in range(len(words) - 1, 0, -1):
        for part, rest in ((words[:length], words[length:]), (words[-length:], words[:-length])):
            kind = _kind(" ".join(part), reference)
            if kind is not None and not doubtful(" ".join(rest)) and not any(_tells_otherwise(word, kind, reference) for word in rest):
                apart = "".join(part).isupper()  # ONG Oxfam: initials are no part of the name
                found.setdefault(kind, " ".join(rest) if apart else text)
        if found:
            break
    if len(found) != 1:
        return NOT_UNDERSTOOD
    [(kind, name)] = found.items()
    return Understood({"employer": kind, "employer_name": name})


def _is_name(text: str) -> bool:
    """Whether a text may be a name: initials are capitals, and `who` or `un` is a word."""
    return text.isupper() or not says("capitals", text)


def _kind(text: str, reference: Reference) -> str | None:
    if not _is_name(text):
        return None
    kinds = meanings("employers").get(fold(text))
    return kinds[0] if kinds and len(kinds) == 1 else reference.find_term("employer", text, suggest=False).id


def _tells_otherwise(word: str, kind: str, reference: Reference) -> bool:
    """Whether a word beside a kind of employer makes another of it: the hospital of a university."""
    plain = word.strip(",;.()")
    other = meanings("employer_names").get(fold(plain), (kind,))[0] if _is_name(plain) else kind
    return fold(plain) in words_for("other_employers") or other != kind or (_kind(plain, reference) or kind) != kind


def working_time(text: str) -> Understood:
    """Full time, a share, or hours; hours of which nobody says whether they are those of a week have both readings."""
    value: dict[str, Any] = {}
    left = []
    text = _THOUSANDS.sub("", text)
    for piece in (one for part in _PIECES.split(text) if (one := part.strip())):
        found = _time(piece)
        if found.readings:
            return found if not value else Understood(left=(text,))
        if found.value is None:
            left.append(piece)
        elif any(value.get(key, one) != one for key, one in found.value.items()):
            return Understood(None, (value, found.value))
        else:
            value |= found.value
    if value and any(doubtful(piece) or any(map(str.isdecimal, piece)) for piece in left):  # 50 % (until 2019)
        return Understood(left=tuple(left), note="doubtful")
    if value and _contradicts(value):  # full time (50%)
        return Understood(None, tuple({key: one} for key, one in value.items()))
    if value:
        return Understood(value, left=tuple(left))
    return Understood(note="no_unit") if re.fullmatch(r"\d+(?:[.,]\d+)?", text) else NOT_UNDERSTOOD


def _contradicts(value: dict[str, Any]) -> bool:
    """Whether full time is said beside a share or hours that are less."""
    if "full_time" not in value:
        return False
    whole = value.get("rate", "100%") == "100%" and value.get("hours_per_week", _FULL_WEEK) >= _FULL_WEEK
    return bool(value["full_time"]) != whole if "rate" in value else bool(value["full_time"]) and not whole


def _time(text: str) -> Understood:
    known = meanings("working_time").get(fold(text))
    if known is not None:
        return Understood({"half": {"rate": "50%"}, "full_time": {"full_time": True}, "part_time": {"full_time": False}}[known[0]])
    if (part := _PART.fullmatch(text)) is not None and 0 < int(part[1]) <= int(part[2]):
        return Understood(_share(100 * int(part[1]) / int(part[2])))
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return NOT_UNDERSTOOD
    least, most, unit = _number(found[1]), None if found[2] is None else _number(found[2]), found[3]
    return _of_unit(least, unit) if most is None else _between(_of_unit(least, unit), _of_unit(most, unit))


def _between(least: Understood, most: Understood) -> Understood:
    if least.value is None or most.value is None:
        return NOT_UNDERSTOOD
    return Understood(None, (least.value, most.value), note="range")


def _of_unit(number: float, unit: str) -> Understood:
    if unit[0] == "+":  # 20+ hours a week
        return NOT_UNDERSTOOD
    if unit.strip() == "%":
        return Understood(_share(number)) if number <= 100 else NOT_UNDERSTOOD
    if says("fte", unit):
        return Understood(_share(100 * number)) if number <= 1 else NOT_UNDERSTOOD
    if says("a_week", unit):
        return Understood({"hours_per_week": _plain(number)}) if number <= _HOURS_OF_A_WEEK else NOT_UNDERSTOOD
    if says("hours", unit):
        if number > _MOST_HOURS:
            return Understood({"hours": _plain(number)})
        return Understood(None, ({"hours_per_week": _plain(number)}, {"hours": _plain(number)}))
    words = unit.split()
    if len(words) > 1 and says("hours", words[0]) and says("in_all", " ".join(words[1:])):
        return Understood({"hours": _plain(number)})
    return NOT_UNDERSTOOD


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _plain(number: float) -> int | float:
    return int(number) if number.is_integer() else number


def _share(percent: float) -> dict[str, Any]:
    return {"rate": f"{percent:.6g}%"}
