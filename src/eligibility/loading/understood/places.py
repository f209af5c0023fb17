"""Countries by code, name and nationality, and lists of them in one text."""

from __future__ import annotations

from itertools import product

from eligibility.loading.understood.answer import NOT_UNDERSTOOD, Understood
from eligibility.loading.understood.words import meanings, parts, without
from eligibility.reference import Reference
from eligibility.reference.spelling import fold

_MOST_READINGS = 4


def country(text: str, reference: Reference) -> Understood:
    """The country, or a region that the program knows, of a code, a name or a nationality; of `Kiel, Germany`, the country."""
    found = _one(text, reference)
    if found.value is None and not found.readings and found.note is None:
        inner = without("citizen", text)
        if inner and inner != text:
            found = _one(inner, reference)
    if found.value is None and not found.readings and found.note is None and "," in text:
        *towns, last = (part.strip() for part in text.split(","))
        wider = _one(last, reference)
        if len(fold(last)) > 3 and wider.value is not None:  # two letters may be a province, or a state
            return Understood(wider.value, left=tuple(towns))
    return found


def _one(text: str, reference: Reference) -> Understood:
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
    whole = country(text, reference)
    if (whole.value is not None and not whole.left) or whole.readings or whole.note:
        return whole._replace(value=None if whole.value is None else [whole.value], readings=tuple([one] for one in whole.readings))
    found: list[tuple[str, ...]] = []
    left = []
    for part in parts(text):
        one = country(part, reference)
        if one.value is not None:
            found.append((one.value,))
        elif one.readings:
            found.append(one.readings)
        elif both := _compound(part, reference):
            found += [(code,) for code in both]
        else:
            found.append((part,))
            left.append(part)
    if len(left) == len(found):
        return Understood(left=tuple(left))
    every = [list(dict.fromkeys(one)) for one in product(*found)][: _MOST_READINGS + 1]
    if len(every) == 1:
        return Understood(every[0], left=tuple(left))
    return Understood(None, tuple(every), tuple(left)) if len(every) <= _MOST_READINGS else Understood(left=(text,))


def _compound(text: str, reference: Reference) -> tuple[str, ...]:
    """The two countries of `franco-marocaine`; none for anything else."""
    first, dash, second = text.partition("-")
    if not dash:
        return ()
    one = meanings("compound").get(fold(first)) or meanings("nationalities").get(fold(first))
    other = country(second, reference)
    return (one[0], other.value) if one and len(one) == 1 and other.value is not None else ()
