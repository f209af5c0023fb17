"""The candidate somebody probably meant, for "did you mean" hints."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

_LONGEST = 60  # comparing longer words takes long and helps nobody


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like `word`, capitals and accents left aside; None when nothing comes near."""
    if len(word) > _LONGEST:
        return None
    import difflib  # only a file with a mistake needs it

    by_bare: dict[str, str] = {}
    for candidate in candidates:
        by_bare.setdefault(_bare(candidate), candidate)
    close = difflib.get_close_matches(_bare(word), by_bare, n=1)
    return by_bare[close[0]] if close else None


@lru_cache(maxsize=2000)  # the candidates come back for every mistake of a file
def _bare(word: str) -> str:
    """The word without capitals and accents."""
    import unicodedata

    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
