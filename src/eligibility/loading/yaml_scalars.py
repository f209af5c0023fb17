"""What an unquoted word of YAML is read as.

The core schema of YAML 1.2, less everything that two YAML readers, or a reader and a person, read differently:
`010`, `12:30`, `1_25`, `0x1F`, `1e3`, `.inf`, `+5` must be written in quotes, or otherwise.
"""

from __future__ import annotations

import re
from datetime import date

MAX_DIGITS = 40
"""The longest number read, in digits."""

BOOLEAN_ELSEWHERE = frozenset(word for lower in ("y", "n", "yes", "no", "on", "off") for word in (lower, lower.capitalize(), lower.upper()))
"""Words that are text here and true or false for readers of YAML 1.1."""

_CONSTANTS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}

UNSAFE_WORDS = BOOLEAN_ELSEWHERE.union(_CONSTANTS)
"""Every word of letters that some reader of YAML takes for something else than text."""

_STARTS_NUMBER = frozenset("0123456789+-.")

_NUMBER = re.compile(
    r"""
    (?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}.*)?
    |(?P<E107>[-+]?[0-9][0-9_]*(?::[0-9]+)+(?:\.[0-9_]*)?)
    |(?P<E109>(?=[^_]*_)[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?)
    |(?P<E120>[-+]?0(?:[xX][0-9a-fA-F_]+|[oO][0-7_]+|[bB][01_]+))
    |(?P<E121>[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[eE][-+]?[0-9]+)
    |(?P<E122>[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))
    |(?P<E108>[-+]?0[0-9]+(?:\.[0-9]*)?)
    |(?P<E123>\+(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))
    |(?P<integer>-?[0-9]+)
    |(?P<decimal>-?(?:[0-9]+\.[0-9]*|\.[0-9]+))
    """,
    re.VERBOSE,
)


class Refused(str):
    """An unquoted word that is not read as anything: the text is the code of the reason."""

    __slots__ = ()


def read_plain(word: str) -> str | int | float | bool | None:
    """The value of an unquoted word; `Refused` for an ambiguous or too long one, or a date that does not exist."""
    if word[:1] in _STARTS_NUMBER:
        return _read_number(word)
    return _CONSTANTS.get(word, word)


def _read_number(word: str) -> str | int | float:
    match = _NUMBER.fullmatch(word)
    if match is None or match.lastgroup is None:
        return word
    match match.lastgroup:
        case "date":
            return word if _day_exists(match["date"]) else Refused("E105")
        case "integer" | "decimal" if sum(map(str.isdigit, word)) > MAX_DIGITS:
            return Refused("E119")
        case "integer":
            return int(word)
        case "decimal":
            return float(word)
        case code:
            return Refused(code)


def _day_exists(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True
