"""Dated reference data behind one typed module: places and groups, languages, employers, fields, degrees, vocabularies.

The data are built from `data-sources/` (see `scripts/build_reference.py`) and handed to the engine as a `Reference`, so that a
test can make a small one of its own. What a source only presumes stays possible and never becomes certain.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

from eligibility.reference.answer import DISPUTED, NO, UNKNOWN_ID, VAGUE, YES, Answer, Found
from eligibility.reference.degrees import Degrees, Meaning
from eligibility.reference.group import Group
from eligibility.reference.spelling import fold, fold_mark
from eligibility.reference.tree import Tree

__all__ = ["LANGUAGES", "Answer", "Found", "Reference", "load_reference"]

LANGUAGES = ("en", "fr")
"""The languages of labels, and of the words of rule files, in the order of the data."""
_ARTICLE = re.compile(r"^(?:(?:the|la|les?)\s+|l['’]\s*)|\s*(?:\(the\)|, the)$", re.IGNORECASE)
_OFFICIAL = {
    "republics": re.compile(r"(?:republic of(?: the)?\s|r[ée]publique (?:des?\s|du\s|d['’])(?:la\s|l['’])?)", re.IGNORECASE),
    "kingdoms": re.compile(r"(?:kingdom of(?: the)?\s|royaume (?:des?\s|du\s|d['’])(?:la\s|l['’])?)", re.IGNORECASE),
}


_CODE = 3
"""How long the code of a language is at most."""


class Reference:
    """All reference data. Days are proleptic ordinals; the languages of labels are `en` and `fr`. Nothing changes it.

    Labels and spellings are read when they are first asked for: a check that prints nothing pays for neither.
    """

    __slots__ = (
        "_countries", "_data", "_degrees", "_groups", "_labels", "_languages", "_linked", "_parts", "_places", "_spelled", "_spellings",
        "_trees",
    )  # fmt: skip

    def __init__(
        self,
        data: Mapping[str, Any],
        labels: Callable[[], Mapping[str, Any]] = dict,
        spellings: Callable[[], Mapping[str, Any]] = dict,
    ) -> None:
        self._data = data
        self._labels = cache(labels)
        self._spellings = cache(spellings)
        self._spelled: dict[str, dict[str, str]] = {}
        self._countries = frozenset(data.get("countries", ()))
        self._places = self._countries.union(data.get("subdivisions", ()))
        self._parts: Mapping[str, str] = data.get("parts", {})
        self._linked: Mapping[str, str] = data.get("linked", {})
        self._groups = {name: Group(row) for name, row in data.get("groups", {}).items()}
        self._languages = frozenset(data.get("languages", ()))
        self._trees = {name: Tree(rows) for name, rows in data.get("trees", {}).items()}
        self._degrees = Degrees(data.get("degrees", ()), data.get("bare_titles", {}))

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Reference:
        """A world of its own: the keys of `core.json`, with `labels` and `spellings` beside them; all may be left out."""
        return cls(data, lambda: data.get("labels", {}), lambda: data.get("spellings", {}))

    @property
    def version(self) -> str:
        """The day the data were compiled, and a digest of them."""
        return str(self._data.get("version", "own"))

    # -------------------------------------------------------------------------------- places and groups

    def is_group(self, name: str) -> bool:
        return name in self._groups

    def groups(self) -> tuple[str, ...]:
        return tuple(sorted(self._groups))

    def is_place(self, name: str) -> bool:
        """A country (ISO 3166-1 alpha-2, and XK) or a known subdivision (ISO 3166-2)."""
        return name in self._places

    def places(self) -> tuple[str, ...]:
        """Every country and subdivision."""
        return tuple(sorted(self._places))

    def membership(self, group: str, country: str, day: int) -> Answer:
        """Whether a country belongs to a group on a day; both ends of a period belong to it."""
        known = self._groups.get(group)
        return UNKNOWN_ID if known is None or country not in self._countries else known.has(country, day)

    def membership_changes(self, group: str) -> tuple[int, ...]:
        """The days on which some membership begins, or is no more, or is no longer known."""
        return self._groups[group].changes

    def coverage(self, group: str) -> tuple[int | None, int | None]:
        """The first and the last day of which the data on a group speak; None: without end."""
        return self._groups[group].coverage

    def doubtful_members(self, group: str, day: int) -> tuple[str, ...]:
        """The countries that may be members on a day and are not surely so, sorted; none outside the days the data speak of."""
        first, last = self.coverage(group)
        if (first is not None and day < first) or (last is not None and day > last):
            return ()
        known = self._groups[group]
        answers = {country: known.has(country, day) for country in sorted({*known.members, *known.uncertain})}
        return tuple(country for country, answer in answers.items() if answer.possibly and not answer.surely)

    def place_within(self, place: str, wanted: str, day: int) -> Answer:
        """Whether a place lies in another, or belongs to a group on the day.

        A wider place may (`vague`), and so may a territory linked to a state (`disputed`).
        """
        if place == wanted:
            return YES
        if place in self._groups:
            return VAGUE
        country = place.partition("-")[0]
        if country not in self._countries:
            return UNKNOWN_ID
        state = self._parts.get(country, country)
        if wanted in self._groups:
            answer = self.membership(wanted, state, day)
            if not answer.possibly and country in self._linked and self.membership(wanted, self._linked[country], day).possibly:
                return DISPUTED
            return answer
        if wanted not in self._places:
            return UNKNOWN_ID
        if wanted in (country, state):
            return YES
        if self._linked.get(country) == wanted:
            return DISPUTED
        if wanted.startswith(f"{place}-") or place in (self._parts.get(wanted), self._linked.get(wanted)):
            return VAGUE
        is_same_country = wanted.partition("-")[0] == country
        return UNKNOWN_ID if is_same_country and place not in self._places else NO

    def country(self, text: str) -> str | None:
        """The code of a country from its code, an alias of it, or one of its names in any spelling."""
        found = self.find_place(text)
        code = found.id or self._named_place(text)
        return code if code in self._countries else None

    def find_place(self, text: str, suggest: bool = True) -> Found:
        """The place a word stands for: a code, perhaps in small letters, or an alias (`UK`); for a name, a suggestion.

        `suggest` (here and below) looks for what comes near a word that nothing knows, which takes a while.
        """
        code = text.strip().upper()
        if code in self._places:
            return Found(code)
        if code in self._data.get("place_aliases", {}):
            return Found(self._data["place_aliases"][code], "alias")
        word = fold(text)
        successors = self._spellings().get("former_place", {}).get(word)
        if successors:
            return Found(None, "former", tuple(successors))
        name = self._named_place(text)
        return Found(None, "unknown", (name,) if name else self._close(word, "place", suggest))

    def _named_place(self, text: str) -> str | None:
        """The place with this name, with or without its article (`The Gambia`), and the republics and kingdoms by their official names."""
        spelled = self._spelling("place")
        name = _ARTICLE.sub("", text.strip())
        found = spelled.get(fold(text)) or spelled.get(fold(name))
        for realm, official in _OFFICIAL.items():
            if found is None and (rest := official.match(name)) is not None:
                named = spelled.get(fold(name[rest.end() :]))
                found = named if named in self._data.get(realm, ()) else None
        return found

    def named(self, kind: str, text: str) -> str | None:
        """The place (`place`) or language (`language`) that has exactly this name in some language, accents and capitals apart."""
        return self._named_place(text) if kind == "place" else self._spelling(kind).get(fold(text))

    def zone_of(self, jurisdiction: str) -> str | None:
        """The IANA zone of a country's capital, of a region or of an organisation's seat; None: not known, or several."""
        zones = self._data.get("zones", {})
        zone: str | None = zones.get(jurisdiction)
        country = jurisdiction.partition("-")[0]
        return zone if zone or country in self._data.get("several_zones", ()) else zones.get(country)

    def leap_birthday(self, jurisdiction: str) -> str:
        """`feb28`, `mar1`, or `both` where no rule is known: when somebody born on 29 February ages in a common year."""
        known = self._data.get("leap_birthdays", {})
        policy: str = known.get(jurisdiction) or known.get(jurisdiction.partition("-")[0]) or "both"
        return policy

    # ---------------------------------------------------------------------------------------- languages

    def is_language(self, code: str) -> bool:
        """A code of ISO 639-1, or one of a few three-letter codes of languages that have no other."""
        return code in self._languages

    def languages(self) -> tuple[str, ...]:
        return tuple(sorted(self._languages))

    def languages_of(self, group: str) -> tuple[str, ...]:
        """The official languages of a group; none where they are not recorded."""
        return tuple(self._data.get("languages_of", {}).get(group, ()))

    def find_language(self, text: str, suggest: bool = True) -> Found:
        """The language a word stands for: a code, a three-letter code, a name, a code with a region (`fr-CA`)."""
        code = text.strip().casefold()
        if code in self._languages:
            return Found(code)
        word = fold(text)
        several = self._spellings().get("former_language", {}).get(word)
        if several:
            return Found(None, "former", tuple(several))
        base = code.replace("_", "-").partition("-")[0]
        found = self._spelling("language").get(word) or (base if base in self._languages else None)
        return Found(found, "alias") if found else Found(None, "unknown", self._close(word, "language", suggest))

    def cefr_rank(self, level: str) -> int | None:
        """1 (A1) to 6 (C2); a plus level counts as the level below the plus."""
        rank: int | None = self._data.get("cefr", {}).get(level)
        return rank

    def levels(self) -> tuple[str, ...]:
        """The levels of a language, from A1 to C2, without those between."""
        return tuple(sorted(name for name in self._data.get("cefr", {}) if not name.endswith("+")))

    def said(self, term: str) -> tuple[int, int, int | None] | None:
        """The lowest and the highest level that words such as `fluent` may mean, and the usual one, if there is one."""
        row = self._data.get("said", {}).get(term)
        return None if row is None else (row[0], row[1], row[2])

    def said_terms(self) -> tuple[str, ...]:
        return tuple(sorted(self._data.get("said", {})))

    def range_of(self, kind: str, name: str) -> tuple[float, float] | None:
        """The lowest and the highest mark of one of the `scales`, or score of one of the `tests`, where it is known."""
        row = self._data.get("ranges", {}).get(kind, {}).get(name)
        return None if row is None else (row[0], row[1])

    def scales(self) -> tuple[str, ...]:
        """The scales of marks that are known."""
        return tuple(sorted({*self._data.get("ranges", {}).get("scales", ()), *self._data.get("mark_words", {}).get("scales", ())}))

    def full_mark(self, scale: str) -> float | None:
        """The mark of a scale that is all of it, extra points apart; None where it is not known or is not the same everywhere."""
        mark: float | None = self._data.get("full_marks", {}).get(scale)
        return mark

    def mark_words(self, kind: str, name: str) -> tuple[str, ...]:
        """The words that tell marks on one of the `scales`, or results of one of the `tests`, from the lowest; none, if in figures."""
        return tuple(self._data.get("mark_words", {}).get(kind, {}).get(name, ()))

    def mark_word(self, kind: str, name: str, text: str) -> str | None:
        """The word among them that a text stands for."""
        return self._spelling(f"{kind}.{name}").get(fold_mark(text))

    def mark_spellings(self, kind: str, name: str) -> Mapping[str, str]:
        """Every spelling of these words, folded, with the word."""
        return self._spelling(f"{kind}.{name}")

    def level_of_test(self, test: str, result: float | str) -> int | None:
        """The rank of the level that a result of a test officially stands for: 1 (A1) to 6 (C2)."""
        word = self.mark_word("tests", test, result) if isinstance(result, str) else f"{result:g}"
        rank: int | None = self._data.get("test_levels", {}).get(test, {}).get(word)
        return rank

    def language_of_test(self, test: str) -> str | None:
        """The language that a test is of; None for one that is not known."""
        code: str | None = self._data.get("test_languages", {}).get(test)
        return code

    def valid_years(self, test: str) -> int | None:
        """How many years a result of a test is valid, as its body says; 0 where it does not expire, None where that is not known."""
        years: int | None = self._data.get("validity", {}).get(test)
        return years

    # --------------------------------------------------------------------------- trees and vocabularies

    def within(self, tree: str, value: str, wanted: str) -> Answer:
        """Whether a kind of `employer`, or a `field`, is another or a narrower one."""
        return self._trees[tree].within(value, wanted)

    def related(self, field: str, wanted: str) -> bool:
        """Whether a field is said to be close to another; closeness is never inclusion."""
        return self._trees["field"].is_related(field, wanted)

    def is_broad(self, tree: str, name: str) -> bool:
        """Whether a term stands for many things that have no term of their own."""
        return self._trees[tree].is_broad(name)

    def is_in_tree(self, tree: str, name: str) -> bool:
        return name in self._trees[tree]

    def tree(self, tree: str) -> tuple[str, ...]:
        return self._trees[tree].terms()

    def wider(self, tree: str, name: str) -> tuple[str, ...]:
        """The next wider terms that a term satisfies; none for the widest."""
        return self._trees[tree].parents(name)

    def is_term(self, vocabulary: str, name: str) -> bool:
        return name in self._data.get("vocabularies", {}).get(vocabulary, ())

    def vocabulary(self, vocabulary: str) -> tuple[str, ...]:
        return tuple(sorted(self._data.get("vocabularies", {}).get(vocabulary, ())))

    def vocabularies(self) -> tuple[str, ...]:
        return tuple(sorted(self._data.get("vocabularies", {})))

    def find_term(self, vocabulary: str, text: str, suggest: bool = True) -> Found:
        """The id a word stands for in a vocabulary, a tree or `said`: itself in any spelling, a label, an alias; or a suggestion."""
        word = fold(text)
        found = self._spelling(vocabulary).get(word)
        if found is None:
            return Found(None, "unknown", self._close(word, vocabulary, suggest))
        return Found(found, None if fold(found) == word else "alias")

    # ------------------------------------------------------------------------------------------ degrees

    def degree_names(self) -> tuple[tuple[str, str], ...]:
        """Every title that has a meaning of its own in a place, with the place."""
        return self._degrees.names()

    def degree(self, title: str, place: str | None) -> Meaning:
        """What a title of a degree stands for in a place, or anywhere: its level, what it opens, the years it crowns."""
        return self._degrees.meaning(title, place)

    # --------------------------------------------------------------------------------- labels, spellings

    def label(self, kind: str, name: str, language: str) -> str:
        """The words for an id: of a `place`, a `group`, a `language`, `said`, a tree or a vocabulary; the id where there are none."""
        labels = self._labels()
        row = labels.get(kind, {}).get(name) or (labels.get("group", {}).get(name) if kind in ("place", "language") else None)
        return str(row[LANGUAGES.index(language)]) if row and language in LANGUAGES else name

    def _spelling(self, kind: str) -> dict[str, str]:
        """Every known spelling of a kind of thing, folded, with the id it stands for; an id always stands for itself."""
        if kind not in self._spelled:
            ids: tuple[str, ...] = ()
            if kind in self._trees:
                ids = self.tree(kind)
            elif kind == "said":
                ids = self.said_terms()
            else:
                ids = self.vocabulary(kind)
            self._spelled[kind] = {**self._spellings().get(kind, {}), **{fold(name): name for name in ids}}
        return self._spelled[kind]

    def _close(self, word: str, kind: str, suggest: bool = True) -> tuple[str, ...]:
        """The id whose spelling comes closest; codes of three letters are too short to resemble anything, `ANG` is not nearly Sango."""
        if not suggest or (kind == "language" and len(word) <= _CODE):
            return ()
        from difflib import get_close_matches  # only a word that nothing knows needs it

        spelled = self._spelling(kind)
        near = get_close_matches(word, [one for one in spelled if len(one) > 3], n=1, cutoff=0.75)
        return tuple(spelled[one] for one in near)


def _read(name: str) -> Any:
    with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8") as file:
        return json.load(file)


@cache
def load_reference() -> Reference:
    """The reference data that come with this version."""
    return Reference(_read("core.json"), partial(_read, "labels.json"), partial(_read, "spellings.json"))
