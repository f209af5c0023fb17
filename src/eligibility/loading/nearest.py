"""The candidate somebody probably meant, for "did you mean" hints."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_LONGEST = 60  # comparing longer words takes long and helps nobody
NEAR = 0.62
"""How much alike two words must be, where nothing else is said."""


def nearest(word: str, candidates: Iterable[str], near: float = NEAR) -> str | None:
    """The candidate most like `word`, capitals, accents and the order of its parts left aside; None when nothing comes near."""
    if len(word) > _LONGEST:
        return None
    import difflib  # only a file with a mistake needs it

    by_bare: dict[str, str] = {}
    for candidate in candidates:
        by_bare.setdefault(bare(candidate), candidate)
    close = difflib.get_close_matches(bare(word), by_bare, n=1, cutoff=near)
    if len(parts := _parts(word)) > 1:  # `résidence_permanente`: the same words the other way round
        turned = {" ".join(sorted(_parts(one))): name for one, name in by_bare.items()}
        if found := difflib.get_close_matches(" ".join(sorted(parts)), turned, n=1, cutoff=0.85):
            return turned[found[0]]
    return by_bare[close[0]] if close else None


def _parts(word: str) -> list[str]:
    return re.split(r"[\W_]+", bare(word))


@lru_cache(maxsize=2000)  # the candidates come back for every mistake of a file
def bare(word: str) -> str:
    """The word without capitals and accents."""
    import unicodedata

    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
