"""Filters about languages: which, at what level, by which test."""

from __future__ import annotations

from typing import Any

from eligibility.deciding.bounds import limits
from eligibility.deciding.case import Case
from eligibility.deciding.values import by_value, wanted_of
from eligibility.facts import Row
from eligibility.language.skills import SKILLS
from eligibility.question.filters import LanguageLevel, LanguageOf
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Truth


def language_of(one: LanguageOf, row: Row, case: Case, day: int) -> Truth:
    return by_value(one, row, case, day, _language_accepted)


def _language_accepted(one: LanguageOf, value: Any, case: Case, day: int) -> Truth:
    wanted = wanted_of(one, case)
    if wanted is None or not (value in wanted or case.reference.is_language(value)):
        return UNKNOWN
    return TRUE if (value in wanted) is not one.excluded else FALSE


def level(one: LanguageLevel, row: Row, case: Case, day: int) -> Truth:
    low, high = row.memory.get(one.skills) or _level(one.skills, row, case)
    least, most = one.needed if one.by is None else limits(one.by, case)[:2]
    return TRUE if low >= most else UNKNOWN if high >= least else FALSE


def _level(skills: tuple[str, ...], row: Row, case: Case) -> tuple[int, int]:
    """The level of the record over the skills asked for, at least and at most (0 is nothing, 6 is C2)."""
    every: dict[str, tuple[int, int]] | None = row.memory.get("skills")
    lasting = not any(result.taken for result in row.values.get("tests") or ())
    if every is None:
        if _STATED_APART.isdisjoint(row.values):
            every = dict.fromkeys(SKILLS, skill_level(row, SKILLS[0], case))
        else:
            every = {skill: skill_level(row, skill, case) for skill in SKILLS}
        if lasting:  # else another day may have other certificates
            row.memory["skills"] = every
    levels = [every[skill] for skill in skills]
    known = min([low for low, _ in levels], default=6), min([high for _, high in levels], default=6)
    if lasting:
        row.memory[skills] = known
    return known


def level_lacking(one: LanguageLevel, row: Row, case: Case, day: int) -> tuple[str, ...]:
    asked = [] if one.by is None else [*limits(one.by, case)[2]]
    for skill in one.skills:
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
    """The level of one skill as a range of ranks: as stated, else the overall level, else C2 for a mother tongue;
    else at least the level of a certificate there is when applying."""
    values = row.values
    stated = values.get(skill) or (values.get("speaking") if skill in _SPOKEN else None) or values.get("level")
    if stated is not None:
        if stated.startswith("said:"):
            known = case.reference.said(stated[5:])
            return (known[0], known[1]) if known is not None else (0, 6)
        rank = case.reference.cefr_rank(stated)
        return (rank, rank) if rank is not None else (0, 6)
    return (6, 6) if values.get("native") else (_certified(values.get("tests") or (), values.get("language"), case), 6)


def _certified(results: tuple[Any, ...], language: str | None, case: Case) -> int:
    """The highest level that somebody surely has a certificate of when applying: it may be higher by now. A test of another language says
    nothing of this one."""
    others = case.reference.language_of_test
    there = (one for one in results if others(one.test) in (None, language) and (one.taken is None or one.taken.last <= case.today))
    return max((case.reference.level_of_test(one.test, one.score) or 0 for one in there), default=0)
