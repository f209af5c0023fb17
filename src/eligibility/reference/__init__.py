"""Dated reference data behind one typed module: places and groups, languages, employers, fields, degrees, vocabularies.

The data are built from `data-sources/` (see `scripts/build_reference.py`) and handed to the engine as a `Reference`, so that a
test can live in a world of three countries. What a source only presumes stays possible and never becomes certain.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

_LANGUAGES = ("en", "fr")


class Answer(NamedTuple):
    """Whether something holds: surely, possibly, and why it is not sure.

    Doubts: `presumed`, `uncertain`, `outside_coverage`, `planned_end`, `vague`, `disputed`, `unknown_id`.
    """

    surely: bool
    possibly: bool
    doubt: str | None = None


YES = Answer(True, True)
NO = Answer(False, False)
UNKNOWN_ID = Answer(False, True, "unknown_id")
VAGUE = Answer(False, True, "vague")
DISPUTED = Answer(False, True, "disputed")


class Found(NamedTuple):
    """What a typed word stands for: an id it is an alias of, or a note (`former`, `unknown`) with suggestions."""

    id: str | None
    note: str | None = None
    suggestions: tuple[str, ...] = ()


class Tree:
    """A hierarchy of terms in which a narrower one satisfies a wider one; a term may have several parents."""

    __slots__ = ("above", "below", "memory", "related", "unknown_for")

    def __init__(self, rows: Mapping[str, Mapping[str, Any]]) -> None:
        self.above: dict[str, frozenset[str]] = {}
        for name in rows:
            seen, queue = {name}, [name]
            while queue:
                for parent in rows[queue.pop()].get("parents", ()):
                    if parent not in seen:
                        seen.add(parent)
                        queue.append(parent)
            self.above[name] = frozenset(seen)
        self.below = {name: frozenset(one for one in rows if name in self.above[one]) for name in rows}
        self.unknown_for = {name: frozenset(row.get("unknown_for", ())) for name, row in rows.items()}
        self.related = {name: frozenset(row.get("related", ())) for name, row in rows.items()}
        self.memory: dict[tuple[str, str], Answer] = {}

    def within(self, value: str, wanted: str) -> Answer:
        """Whether `value` is `wanted` or narrower. A wider value, or a disputed one, may be."""
        known = self.memory.get((value, wanted))
        if known is None:
            known = self._within(value, wanted)
            if value in self.above and wanted in self.above:
                self.memory[value, wanted] = known
        return known

    def _within(self, value: str, wanted: str) -> Answer:
        if value not in self.above or wanted not in self.above:
            return UNKNOWN_ID
        if wanted in self.above[value]:
            return YES
        if self._disputed(value, wanted):
            return DISPUTED
        narrower = self.below[value]
        return VAGUE if narrower & self.below[wanted] or any(self._disputed(one, wanted) for one in narrower) else NO

    def _disputed(self, value: str, wanted: str) -> bool:
        return any(wanted in self.above[one] for above in self.above[value] for one in self.unknown_for[above])


class Reference:
    """All reference data, immutable. Days are proleptic ordinals; languages of labels are `en` and `fr`."""

    __slots__ = ("_data", "_folded", "_groups", "_membership", "_trees", "version")

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        self._groups: Mapping[str, Any] = data.get("groups", {})
        self._trees = {name: Tree(rows) for name, rows in data.get("trees", {}).items()}
        self._folded: dict[str, dict[str, str]] = {}
        self._membership: dict[tuple[str, str, int], Answer] = {}
        self.version: str = data.get("version", "test")

    # -------------------------------------------------------------------------------- places and groups

    def is_group(self, name: str) -> bool:
        return name in self._groups

    def groups(self) -> tuple[str, ...]:
        return tuple(sorted(self._groups))

    def is_place(self, name: str) -> bool:
        """A country (ISO 3166-1 alpha-2) or a known subdivision (ISO 3166-2)."""
        return name in self._data["countries"] or name in self._data.get("subdivisions", {})

    def membership(self, group: str, country: str, day: int) -> Answer:
        """Whether a country belongs to a group on a day; both ends of a period belong to it."""
        if country not in self._data["countries"]:
            return UNKNOWN_ID
        known = self._groups[group]
        if country in known.get("uncertain", ()):
            return Answer(False, True, "uncertain")
        coverage = known.get("coverage")
        periods = known["members"].get(country, ())
        if coverage is not None and not coverage[0] <= day <= coverage[1]:
            return Answer(False, True, "planned_end" if any(p[2] == "planned_end" for p in periods) else "outside_coverage")
        for first, last, doubt in periods:
            if (first is None or day >= first) and (last is None or day <= last):
                return Answer(False, True, "presumed") if doubt == "presumed" else YES
            if doubt == "planned_end" and day > last:
                return Answer(False, True, "planned_end")
        return NO

    def membership_changes(self, group: str) -> tuple[int, ...]:
        """The days on which some membership begins, or is no more."""
        known = self._groups[group]
        days = set()
        for periods in known["members"].values():
            for first, last, _ in periods:
                days |= {day for day in (first, None if last is None else last + 1) if day is not None}
        if (coverage := known.get("coverage")) is not None:
            days |= {coverage[0], coverage[1] + 1}
        return tuple(sorted(days))

    def place_within(self, place: str, wanted: str, day: int) -> Answer:
        """Whether a place lies in another, or its country belongs to a group on the day. A wider place may."""
        if place == wanted:
            return YES
        country = place.partition("-")[0]
        if wanted in self._groups:
            key = (wanted, country, day)
            known = self._membership.get(key)
            if known is None:
                known = self.membership(wanted, country, day)
                if len(self._membership) < 20_000:
                    self._membership[key] = known
            return known
        if not self.is_place(place):
            return VAGUE if place in self._groups else UNKNOWN_ID
        if country == wanted:
            return YES
        return VAGUE if wanted.startswith(f"{place}-") else NO

    def find_place(self, text: str) -> Found:
        """The place a word stands for: a code in small letters or an alias (`UK`); for a name, a suggestion."""
        code = text.strip().upper()
        if self.is_place(code):
            return Found(code)
        if code in self._data.get("country_aliases", {}):
            return Found(self._data["country_aliases"][code], "alias")
        if code in self._data.get("former_countries", {}):
            return Found(None, "former", tuple(self._data["former_countries"][code]))
        name = self._fold("places").get(_slug(text))
        return Found(None, "unknown", (name,) if name else ())

    def zone_of(self, jurisdiction: str) -> str | None:
        """The IANA zone of an issuer's seat, where it has one."""
        zones = self._data.get("zones", {})
        zone: str | None = zones.get(jurisdiction) or zones.get(jurisdiction.partition("-")[0])
        return zone

    def leap_birthday(self, jurisdiction: str) -> str:
        """`feb28`, `mar1`, or `both` where no rule is known: when somebody born on 29 February ages in a common year."""
        known = self._data.get("leap_birthdays", {})
        policy: str = known.get(jurisdiction) or known.get(jurisdiction.partition("-")[0]) or "both"
        return policy

    # ---------------------------------------------------------------------------------------- languages

    def is_language(self, code: str) -> bool:
        return code in self._data["languages"]

    def languages(self) -> tuple[str, ...]:
        return tuple(sorted(self._data["languages"]))

    def languages_of(self, group: str) -> tuple[str, ...]:
        """The official languages of a group."""
        return tuple(self._data.get("language_groups", {}).get(group, ()))

    def find_language(self, text: str) -> Found:
        """The language a word stands for: a three-letter code or a name."""
        word = text.strip().casefold()
        if self.is_language(word):
            return Found(word)
        code = self._data.get("language_codes", {}).get(word) or self._fold("languages").get(_slug(text))
        return Found(code, "alias") if code else Found(None, "unknown", self._close(text, "languages"))

    def cefr_rank(self, level: str) -> int | None:
        """1 (A1) to 6 (C2); a plus level counts as the level below the plus."""
        rank: int | None = self._data.get("cefr", {}).get(level.removesuffix("+"))
        return rank

    def said(self, term: str) -> tuple[int, int, int | None] | None:
        """The lowest and the highest level that words such as `fluent` may mean, and the usual one."""
        row = self._data.get("said", {}).get(term)
        return None if row is None else (row[0], row[1], row[2])

    def said_terms(self) -> tuple[str, ...]:
        return tuple(sorted(self._data.get("said", {})))

    # --------------------------------------------------------------------------- trees and vocabularies

    def within(self, tree: str, value: str, wanted: str) -> Answer:
        """Whether a kind of employer, or a field, is another or a narrower one."""
        return self._trees[tree].within(value, wanted)

    def related(self, field: str, wanted: str) -> bool:
        """Whether a field is said to be close to another; closeness is never inclusion."""
        fields = self._trees["field"].related
        return wanted in fields.get(field, ()) or field in fields.get(wanted, ())

    def is_in_tree(self, tree: str, name: str) -> bool:
        return name in self._trees[tree].above

    def tree(self, tree: str) -> tuple[str, ...]:
        return tuple(sorted(self._trees[tree].above))

    def is_term(self, vocabulary: str, name: str) -> bool:
        return name in self._data.get("vocabularies", {}).get(vocabulary, ())

    def vocabulary(self, vocabulary: str) -> tuple[str, ...]:
        return tuple(sorted(self._data.get("vocabularies", {}).get(vocabulary, ())))

    def vocabularies(self) -> tuple[str, ...]:
        return tuple(sorted(self._data.get("vocabularies", {})))

    def find_term(self, vocabulary: str, text: str) -> Found:
        """The id a word stands for in a vocabulary or a tree: itself without accents, a label, an alias; else a suggestion."""
        word = _slug(text)
        for name in (word, word.replace("_", "-")):
            if self.is_term(vocabulary, name) or (vocabulary in self._trees and self.is_in_tree(vocabulary, name)):
                return Found(name)
        found = self._fold(vocabulary).get(word)
        return Found(found, "alias") if found else Found(None, "unknown", self._close(text, vocabulary))

    # ------------------------------------------------------------------------------------------ degrees

    def _degree_rows(self, title: str, place: str | None) -> list[Any]:
        rows = [row for row in self._data.get("degrees", ()) if title in row[1]]
        if place is None:
            return rows
        here = [row for row in rows if row[0] == place]
        inside = [
            row for row in rows if row[0] is not None and (row[0].startswith(f"{place}-") or place.startswith(f"{row[0]}-"))
        ]
        anywhere = [row for row in rows if row[0] is None]
        return here or inside or anywhere

    def degree_level(self, title: str, place: str | None) -> tuple[int, int] | None:
        """The EQF levels a title may stand for in a country, or anywhere when no country is given; None: not known."""
        if place is None and title in self._data.get("false_friends", {}):
            low, high = self._data["false_friends"][title]
            return low, high
        levels = [row[2] for row in self._degree_rows(title, place)]
        if not levels and title in self._data.get("false_friends", {}):
            low, high = self._data["false_friends"][title]
            return low, high
        return (min(levels), max(levels)) if levels else None

    def degree_gives_access(self, title: str, place: str | None) -> bool | None:
        """Whether a title gives access to higher education; None where rows disagree or nothing is known."""
        answers = {row[3] for row in self._degree_rows(title, place)}
        return answers.pop() if len(answers) == 1 else None

    def degree_years(self, title: str, place: str | None) -> int | None:
        """The normal length in years, where all rows agree."""
        answers = {row[4] for row in self._degree_rows(title, place)}
        return answers.pop() if len(answers) == 1 else None

    # ------------------------------------------------------------------------------------------- labels

    def label(self, kind: str, name: str, language: str) -> str:
        """The words for an id: of a `place`, a `language`, a `group`, a tree or a vocabulary; the id where there are none."""
        if kind == "place":
            row = (
                self._data["countries"].get(name) or self._data.get("subdivisions", {}).get(name) or self._group_names().get(name)
            )
        elif kind == "language":
            row = self._data["languages"].get(name) or self._group_names().get(name)
        elif kind == "group":
            row = self._group_names().get(name)
        elif kind == "said":
            said = self._data.get("said", {}).get(name)
            row = said[3:] if said else None
        elif kind in self._trees:
            row = self._data["trees"][kind].get(name, {}).get("names")
        else:
            row = self._data.get("vocabularies", {}).get(kind, {}).get(name)
        return str(row[_LANGUAGES.index(language)]) if row and language in _LANGUAGES else name

    def _group_names(self) -> Mapping[str, Any]:
        names: Mapping[str, Any] = self._data.get("group_names", {})
        return names

    def _fold(self, kind: str) -> dict[str, str]:
        """Every spelling of a kind of thing, without accents and capitals, and what it stands for."""
        if kind not in self._folded:
            folded: dict[str, str] = {}
            for name, words in self._spellings(kind):
                for word in words:
                    folded.setdefault(_slug(word), name)
            if kind == "places":
                folded |= self._data.get("country_names", {})
            self._folded[kind] = folded
        return self._folded[kind]

    def _spellings(self, kind: str) -> Iterable[tuple[str, list[str]]]:
        if kind == "places":
            rows = {**self._data["countries"], **self._data.get("subdivisions", {})}
        elif kind == "languages":
            rows = self._data["languages"]
        elif kind in self._trees:
            rows = {name: row["names"] for name, row in self._data["trees"][kind].items()}
        else:
            rows = self._data.get("vocabularies", {}).get(kind, {})
        return rows.items()

    def _close(self, text: str, kind: str) -> tuple[str, ...]:
        import difflib  # only a word that nothing knows needs it

        folded = self._fold(kind) | {name: name for name, _ in self._spellings(kind)}
        return tuple(folded[word] for word in difflib.get_close_matches(_slug(text), folded, n=1))


def _slug(text: str) -> str:
    import unicodedata

    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "_", bare).strip("_") or text


@lru_cache(maxsize=1)
def load_reference() -> Reference:
    """The reference data that come with this version."""
    return Reference(json.loads(files(__name__).joinpath("data.json").read_text("utf-8")))
