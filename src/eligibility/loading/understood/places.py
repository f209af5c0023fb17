"""Countries by code, name and nationality, and lists of them in one text."""

from __future__ import annotations

from itertools import chain, product

from eligibility.loading.understood.answer import DOUBTFUL, NOT_UNDERSTOOD, Understood
from eligibility.loading.understood.words import doubtful, holds, meanings, parts, without
from eligibility.reference import Reference
from eligibility.reference.spelling import fold

_MOST_READINGS = 4
_SHORT = 3


def country(text: str, reference: Reference) -> Understood:
    """The country, or a region that the program knows, of a code, a name or a nationality; of `Kiel, Germany`, the country."""
    found = _country(text, reference)
    return DOUBTFUL if found.value is not None and holds("two", text) else found  # of `dual French` one is missing


def _country(text: str, reference: Reference) -> Understood:
    found = _one(text, reference)
    if found == NOT_UNDERSTOOD:
        inner = without("citizen", text)
        if inner and inner != text:
            found = _one(inner, reference)
    return _of_a_town(text, reference) if found == NOT_UNDERSTOOD and "," in text else found


def _of_a_town(text: str, reference: Reference) -> Understood:
    """The country of `Kiel, Germany`; none of `France, Germany`, nor of `Virgin Islands, British`."""
    *towns, last = (part.strip() for part in text.split(","))
    found = _one(last, reference)
    if len(fold(last)) <= _SHORT or found.value is None or fold(last) in meanings("nationalities"):
        return NOT_UNDERSTOOD  # two letters may be a province, or a state
    named = (_one(town, reference) for town in towns)
    if any(map(doubtful, towns)) or not all(one == NOT_UNDERSTOOD or _lies_in(one.value, found.value) for one in named):
        return NOT_UNDERSTOOD
    return Understood(found.value, left=tuple(towns))


def _lies_in(region: str | None, country: str) -> bool:
    """Whether a place is the country or a region of it: `Québec, Canada`, `Luxembourg, Luxembourg`."""
    return region is not None and (region == country or region.startswith(f"{country}-"))


def _one(text: str, reference: Reference) -> Understood:
    if len(text) <= _SHORT and not text.isupper() and doubtful(text):  # the code of Norway is written in capitals
        return DOUBTFUL
    word = fold(text)
    if several := meanings("several_countries").get(word):
        return Understood(None, several)
    found = reference.find_place(text, suggest=False)
    if found.note == "former":
        return Understood(None, found.suggestions if len(found.suggestions) > 1 else (), note="former")
    named = found.id or reference.named("place", text)
    if named is not None:
        return Understood(named)
    known = meanings("countries").get(word) or meanings("nationalities").get(word)
    if known is None:
        return NOT_UNDERSTOOD
    return Understood(known[0]) if len(known) == 1 else Understood(None, known)


def countries(text: str, reference: Reference) -> Understood:
    """Every country of a list in one text: `canadienne, française`, `FR/MA`, `franco-marocaine`."""
    whole = _country(text, reference)
    if whole.value is not None and not whole.left and holds("two", text):
        return DOUBTFUL
    if (whole.value is not None and not whole.left) or whole.readings or whole.note:
        return whole._replace(value=None if whole.value is None else [whole.value], readings=tuple([one] for one in whole.readings))
    found: list[tuple[tuple[str, ...], ...]] = []  # of each part, the countries that it may mean
    left = []
    for part in parts(text):
        one = _country(part, reference)
        if one.value is not None:
            found.append(((one.value,),))
        elif one.readings:
            found.append(tuple((code,) for code in one.readings))
        elif several := _compound(part, reference):
            found.append(several)
        else:
            found.append(((part,),))
            left.append(part)
    if len(left) == len(found) or any(holds("either", part) for part in left):
        return Understood(left=tuple(left))
    every = [list(dict.fromkeys(chain.from_iterable(one))) for one in product(*found)][: _MOST_READINGS + 1]
    if len(every) > 1:
        return Understood(None, tuple(every), tuple(left)) if len(every) <= _MOST_READINGS else Understood(left=(text,))
    return DOUBTFUL if len(every[0]) == 1 and holds("two", text) else Understood(every[0], left=tuple(left))


def _compound(text: str, reference: Reference) -> tuple[tuple[str, ...], ...]:
    """The two countries of `franco-marocaine`; `Irish-American` may mean both, or an American. None for anything else."""
    first, dash, second = text.partition("-")
    other = _one(second, reference).value if dash else None
    if other is None:
        return ()
    if one := meanings("compound").get(fold(first)):
        return ((one[0], other),)
    one = meanings("nationalities").get(fold(first), ())
    return ((other,), (one[0], other)) if len(one) == 1 and fold(second) in meanings("nationalities") else ()
