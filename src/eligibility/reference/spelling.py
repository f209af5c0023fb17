"""Spellings that count as the same word: capitals, accents, spaces and punctuation make no difference."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Only the letters and digits of a text, small and without accents: `Ph.D.` is `phd`, `États-Unis` is `etatsunis`."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if letter.isalnum())
