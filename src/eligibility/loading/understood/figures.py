"""Figures of Arabic and Persian in ours: `٢٠٠١-٠٣-٠٤` is 2001-03-04.

Those of other scripts are not read: a year in them may be one of a calendar whose years look like ours (2058 in Nepal is 2001).
"""

from __future__ import annotations

_OURS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٪٫", "01234567890123456789%.", "٬")
"""The figures, the sign of hundredths and the decimal mark; that of thousands falls out."""
_OUR_YEARS = range(1900, 2101)
"""1445 is a year of the Islamic calendar, and 1403 one of Iran's."""


def in_our_figures(text: str) -> str:
    """A text with its figures in ours."""
    return text if text.isascii() else text.translate(_OURS)


def of_our_calendar(day: str) -> bool:
    """Whether a date that was written in other figures can be one of our calendar."""
    return not day[:4].isdecimal() or int(day[:4]) in _OUR_YEARS
