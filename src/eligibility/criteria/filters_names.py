"""Names of employers, schools and programmes: what is surely the same one, what is surely another one, and what may be either."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from eligibility.criteria.filters import Terms
from eligibility.reference.spelling import fold
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Truth

if TYPE_CHECKING:
    from eligibility.criteria.case import Case


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


class Names(Terms):
    """Names that the notice gives. An entry of its lists that has `also` has all of its names: what is neither one of them nor like
    one of them is surely another employer, school or programme. Without it, only words that are both declared surely differ."""

    __slots__ = ("closed", "written_as")

    def __init__(self, attribute: str, wanted: tuple[str, ...], *, closed: Iterable[str] = (), vocabulary: str | None = None,
                 excluded: bool = False, open_ended: bool = False, chosen: str | None = None,
                 known: Mapping[str, Iterable[str]]) -> None:  # fmt: skip
        super().__init__(
            attribute, wanted, vocabulary=vocabulary, excluded=excluded, open_ended=open_ended, chosen=chosen, known=known, spelling=folded
        )
        self.closed = frozenset(closed)

    def _one(self, value: str, wanted: tuple[str, ...], case: Case) -> Truth:
        value = self._meant(value, case)
        truth = FALSE
        for one in wanted:
            truth = truth | self._same(value, one, case)
        return truth

    def _same(self, value: str, wanted: str, case: Case) -> Truth:
        if value == wanted or folded(value) == folded(wanted):
            return TRUE
        both = self._is_declared(value, case) and self._is_declared(wanted, case)
        if both and (value in self.known) is (wanted in self.known):
            return FALSE
        if not both and wanted not in self.closed:
            return UNKNOWN
        alike = any(may_be_same(one, other) for one in self._names_of(value, case) for other in self._names_of(wanted, case))
        return UNKNOWN if alike else FALSE

    def _names_of(self, word: str, case: Case) -> tuple[str, ...]:
        """What a word is called: by the lists of the notice, else by the reference data."""
        if word in self.known or self.vocabulary is None or not case.reference.is_term(self.vocabulary, word):
            return (word, *self.names.get(word, ()))
        return (word, *(case.reference.label(self.vocabulary, word, language) for language in ("en", "fr")))

    def is_strange(self, value: str, case: Case) -> bool:
        """Whether nothing declares a name: it was compared as it is written."""
        return not self._is_declared(self._meant(value, case), case)


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
