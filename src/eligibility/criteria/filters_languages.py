"""Filters about languages: which, at what level, by which test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from eligibility.criteria.filters import Filter
from eligibility.dates import FOREVER
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Truth

if TYPE_CHECKING:
    from eligibility.criteria.case import Case
    from eligibility.facts import Row


class LanguageOf(Filter):
    """The language of the record: named ones, or the official languages of a group; all but some, or the one that was chosen."""

    __slots__ = ("chosen", "excluded")

    def __init__(self, attribute: str, wanted: tuple[str, ...], excluded: bool = False, chosen: str | None = None) -> None:
        super().__init__(attribute, wanted, chosen is None)
        self.excluded = excluded
        self.chosen = chosen

    def accepts(self, value: Any, case: Case, day: int) -> Truth:
        wanted = self.wanted
        if self.chosen is not None:
            choice = case.choices.get(self.chosen)
            if choice is None:
                return UNKNOWN
            wanted = (choice,)
        if not (value in wanted or case.reference.is_language(value)):
            return UNKNOWN
        return TRUE if (value in wanted) is not self.excluded else FALSE

    def lacking(self, row: Row, case: Case, day: int) -> tuple[str, ...]:
        if self.chosen is not None and self.chosen not in case.choices:
            return (f"choices.{self.chosen}",)
        return super().lacking(row, case, day)


SKILLS = ("listening", "reading", "spoken_interaction", "spoken_production", "writing")


class LanguageLevel(Filter):
    """The lowest of the skills asked for, against a level; a word such as "fluent" asks for a range of levels."""

    __slots__ = ("needed", "skills")

    def __init__(self, wanted: Any, needed: tuple[int, int], skills: tuple[str, ...]) -> None:
        super().__init__("level", wanted)
        self.needed = needed
        self.skills = skills

    def holds(self, row: Row, case: Case, day: int) -> Truth:
        low, high = row.memory.get(self.skills) or self.level(row, case)
        least, most = self.needed
        return TRUE if low >= most else UNKNOWN if high >= least else FALSE

    def level(self, row: Row, case: Case) -> tuple[int, int]:
        """The level of the record over the skills asked for, at least and at most (0 is nothing, 6 is C2)."""
        every: dict[str, tuple[int, int]] | None = row.memory.get("skills")
        if every is None:
            if _STATED_APART.isdisjoint(row.values):
                every = dict.fromkeys(SKILLS, skill_level(row, SKILLS[0], case))
            else:
                every = {skill: skill_level(row, skill, case) for skill in SKILLS}
            row.memory["skills"] = every
        levels = [every[skill] for skill in self.skills]
        known = row.memory[self.skills] = min([low for low, _ in levels], default=6), min([high for _, high in levels], default=6)
        return known

    def lacking(self, row: Row, case: Case, day: int) -> tuple[str, ...]:
        asked = []
        for skill in self.skills:
            low, high = skill_level(row, skill, case)
            if low < high:  # a level told exactly cannot be told better: what "fluent" means is for somebody to judge
                stated = next((key for key in _keys_of(skill) if row.values.get(key) is not None), skill)
                asked.append(row.key(stated))
        return tuple(dict.fromkeys(asked))


_STATED_APART = frozenset({*SKILLS, "speaking"})
_SPOKEN = frozenset({"spoken_interaction", "spoken_production"})


def _keys_of(skill: str) -> tuple[str, ...]:
    """Where a profile may state the level of a skill, the most exact place first."""
    return (skill, "speaking", "level") if skill in _SPOKEN else (skill, "level")


def skill_level(row: Row, skill: str, case: Case) -> tuple[int, int]:
    """The level of one skill as a range of ranks: as stated, else the overall level, else C2 for a mother tongue."""
    values = row.values
    stated = values.get(skill) or (values.get("speaking") if skill in _SPOKEN else None) or values.get("level")
    if stated is not None:
        if stated.startswith("said:"):
            known = case.reference.said(stated[5:])
            return (known[0], known[1]) if known is not None else (0, 6)
        rank = case.reference.cefr_rank(stated)
        return (rank, rank) if rank is not None else (0, 6)
    return (6, 6) if values.get("native") else (0, 6)


class Scores(Filter):
    """Any of several language tests, each with its own score."""

    __slots__ = ()

    def __init__(self, wanted: dict[str, float]) -> None:
        super().__init__("tests", wanted, constant=False)

    def accepts(self, value: Any, case: Case, day: int) -> Truth:
        if any(self.wanted.get(one.test, FOREVER) <= one.score for one in value):
            return TRUE
        return FALSE if all(case.reference.is_term("tests", one.test) for one in value) else UNKNOWN
