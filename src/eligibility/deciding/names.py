"""Names of employers, schools and programmes: what is surely the same one, what is surely another one, and what may be either."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from eligibility.reference.spelling import fold
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Truth


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_LEGAL_FORMS = _set("""
    ab ag asbl bv co company corp corporation eurl gmbh inc incorporated kg limited llc lp ltd ltda ltee nv oy plc pty sa sarl sas
    sasu se spa srl vzw
""")
_SMALL = _set("""
    a al and at d da de del der des di do du e et for für i in l la le les of og och on sur the und y
""")
_COMMON = _set("""
    academy academie agence agency association bank banque bureau center centre college commission company compagnie conseil council
    department departement ecole education europe european europeen europeenne faculte faculty federal federale federation fondation
    foundation fund fonds group groupe hochschule hopital hospital institut institute instituto international internationale
    laboratoire laboratory ministere ministerio ministerium ministry national nationale office organisation organization programme
    program public recherche research school science sciences service services societe society state superieur superieure union united
    universidad universidade universita universitaet universitat universite universiteit university
""")
"""Words that many names share, and that tell none of them."""

_SHORTEST = 4
"""A name of so many letters that is part of a longer one may be short for it."""
_LONGEST = 80
_NEAR = 0.8


@lru_cache(maxsize=4000)
def folded(name: str) -> str:
    """A name without capitals, accents, punctuation, spaces and legal forms."""
    return "".join(_words(name)) or fold(name)


@lru_cache(maxsize=4000)
def may_be_same(one: str, other: str) -> bool:
    """Whether two names may be of one thing: one is part of the other, they share initials or a telling word, or are nearly equal."""
    first, second = folded(one), folded(other)
    if min(len(first), len(second)) >= _SHORTEST and (first in second or second in first):
        return True
    words, others = _words(one), _words(other)
    if _is_part(words, others) or _is_part(others, words):
        return True
    if any(sorted(a) == sorted(b) for a in _initials(words) for b in _initials(others)):
        return True
    telling = [{word for word in each if len(word) >= _SHORTEST} - _COMMON for each in (words, others)]
    if telling[0] & telling[1]:
        return True
    return _are_near(first[:_LONGEST], second[:_LONGEST])


def alike(one: str, other: str, own: Mapping[str, tuple[str, ...]], known: Callable[[str], tuple[str, ...]] | None = None) -> Truth:
    """Whether two names that a profile gives are of one employer or school: by the lists of the notice (`own`, each word with its other
    names), by what is known of names (`known`: what a known one is called), else as they are written. Both are by one hand, so that only
    what looks like another way to write a name may be the same."""
    if folded(one) == folded(other):
        return TRUE
    entries = [
        next((word for word, names in own.items() if folded(name) in {folded(word), *map(folded, names)}), None) for name in (one, other)
    ]
    if all(entries):
        return TRUE if entries[0] == entries[1] else FALSE
    called = [() if known is None else known(name) for name in (one, other)]
    if all(called):
        return FALSE
    spelled = [(name, *also, *own.get(entry or "", ())) for name, also, entry in zip((one, other), called, entries, strict=True)]
    return UNKNOWN if any(_may_be_written(name, another) for name in spelled[0] for another in spelled[1]) else FALSE


@lru_cache(maxsize=4000)
def _may_be_written(one: str, other: str) -> bool:
    """Whether a name may be another one written otherwise: in short, by its initials, or with a letter wrong; a figure or a single letter
    that differs tells two things apart."""
    words, others = _words(one), _words(other)
    if not words or not others or folded(one) == folded(other):
        return folded(one) == folded(other)
    if _is_part(words, others) or _is_part(others, words):
        return True
    if any(len(a) > 1 and sorted(a) == sorted(b) for a in _initials(words) for b in _initials(others)):
        return True
    differ = set(words) ^ set(others)
    if not all(len(word) >= _SHORTEST and word.isalpha() for word in differ):
        return False
    return _are_near(*sorted((folded(one)[:_LONGEST], folded(other)[:_LONGEST])))  # whichever of the two is told first


@lru_cache(maxsize=4000)
def _words(name: str) -> tuple[str, ...]:
    words = [fold(word) for word in re.split(r"[^\w.&]+|_", name.replace("&", " and "))]
    told = tuple(word for word in words if word and word not in _LEGAL_FORMS)
    return told or tuple(word for word in words if word)


def _is_part(words: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """Whether these words stand side by side among the others."""
    return any(longer[at : at + len(words)] == words for at in range(len(longer) - len(words) + 1))


def _initials(words: tuple[str, ...]) -> list[str]:
    """The initials of a name with and without its small words; one word may itself be initials."""
    if len(words) == 1:
        return [words[0]]
    told = [word for word in words if word not in _SMALL]
    return ["".join(word[0] for word in words), "".join(word[0] for word in told)]


def _are_near(one: str, other: str) -> bool:
    from difflib import SequenceMatcher  # only names that nothing declares need it

    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= _NEAR and matcher.quick_ratio() >= _NEAR and matcher.ratio() >= _NEAR
