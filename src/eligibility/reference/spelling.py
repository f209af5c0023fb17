"""Spellings that count as the same word: capitals, accents, spaces and punctuation make no difference."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Only the letters and digits of a text, small and without accents: `Ph.D.` is `phd`, `États-Unis` is `etatsunis`."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def fold_mark(text: str) -> str:
    """The same for a mark, of which signs say as much as letters: `A*`, `B+` and `C-` are not A, B and C."""
    signs = {"*": "star", "+": "plus", "-": "minus", "\N{MINUS SIGN}": "minus"}
    mark, sign = text.rstrip(), ""
    while mark and mark[-1] in signs:
        mark, sign = mark[:-1].rstrip(), signs[mark[-1]] + sign
    return fold(mark) + sign
