"""What a plain condition says in figures: a criterion that is proposed to its author, or none where the sentence says several things."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from eligibility.loading.understood import Sort, understand
from eligibility.notices.days import counted_on
from eligibility.notices.find import Finding
from eligibility.notices.passages import plain
from eligibility.notices.patterns import LANGUAGE_MARK, Patterns, language_names, number, with_languages

_UNITS = {"a": "year", "y": "year", "m": "month"}
"""By the first letter of the word in a notice: ans, année, year, mois, month."""
_MOST_YEARS = 40
_ADULT = 18
_AGES = range(14, 91)
_UP_TO_A_DAY = ("age", "experience", "employment")
"""What is counted up to the day that a sentence names; the day of a degree may be that of its award."""
_CEFR = re.compile(r"\b[abc][12]\b")
_WORD = re.compile(r"[a-z]+")


def proposed(finding: Finding, by: Patterns, known_days: frozenset[str] = frozenset()) -> dict[str, Any] | None:
    """The criterion that a finding says, as plain data with the keys of a rule file; None where it is left to its author.

    `known_days` are the days of the vacancy that the notice gives: a criterion is counted on one of these where the sentence names it.
    """
    text = plain(finding.text)
    if by.holds(text, "dates", "conditional"):
        return None
    for about, read in _READ.items():
        if about in finding.about and (found := read(text, finding, by)) is not None:
            return {**found, **_day(text, by, known_days, str(found.get("kind")))}
    return None


def _day(text: str, by: Patterns, known: frozenset[str], kind: str) -> dict[str, Any]:
    for day in ("start", "deadline"):
        if day in known and by.holds(text, "dates", f"on_{day}"):
            return {"as_of": day}
    named = counted_on(text, by) if kind in _UP_TO_A_DAY else None
    return {} if named is None else {"as_of": named}


# --------------------------------------------------------------------------------------------------------------- age


def _age(text: str, finding: Finding, by: Patterns) -> dict[str, Any] | None:
    bounds: dict[str, set[int]] = {}
    for name in ("between", "at_least", "at_most"):
        for _, match in by.hits(text, "age", name):
            for group, value in match.groupdict().items():
                if value is None:
                    continue
                if group == "doubt":  # "not to have reached" and "not to have passed" an age are two things
                    return None
                years = _ADULT if group == "adult" else number(value)
                if years is None or years not in _AGES:
                    return None
                bounds.setdefault(
                    {"a": "at_least", "adult": "at_least", "b": "at_most", "over": "at_least", "under": "less_than"}[group], set()
                ).add(years)
    if not bounds or any(len(several) > 1 for several in bounds.values()) or len(bounds) > 2:
        return None
    return {"kind": "age", **{key: values.pop() for key, values in bounds.items()}}


# -------------------------------------------------------------------------------------------- experience, seniority


def _lengths(text: str, by: Patterns, *path: str) -> set[str]:
    """The lengths that the patterns of a section find."""
    found = set()
    for _, match in by.hits(text, *path):
        count = number(match["n"])
        unit = _UNITS[match["unit"][0]]
        if count is not None and 0 < count <= _MOST_YEARS * (12 if unit == "month" else 1):
            found.add(f"{count} {unit}{'s' if count > 1 else ''}")
    return found


def _several_lengths(text: str) -> bool:
    """Whether a sentence names more lengths than one: five years, or three with a master's degree."""
    return (
        len({number(one) for one in re.findall(r"\b(\d{1,3}|[a-z-]+)\W{0,2}(?:\(\d+\) )?(?:ans?|annees?|years?)\b", text) if number(one)})
        > 1
    )


def _experience(text: str, finding: Finding, by: Patterns) -> dict[str, Any] | None:
    found = _lengths(text, by, "experience", "at_least")
    if len(found) != 1 or _several_lengths(text) or by.holds(text, "experience", "at_most"):
        return None
    work = {"kind": "experience", "at_least": found.pop()}
    if "degree" not in finding.about and "enrolment" not in finding.about:
        return work
    degree = _levels(text, by)
    if by.holds(text, "dates", "or") or degree is None or not by.holds(text, "dates", "and"):
        return None  # a degree or experience: its author says how they hold together
    return {"all_of": [degree, work]}


def _seniority(text: str, finding: Finding, by: Patterns) -> dict[str, Any] | None:
    found = _lengths(text, by, "experience", "seniority")
    return {"kind": "employment", "at_least": found.pop()} if len(found) == 1 and not _several_lengths(text) else None


# --------------------------------------------------------------------------------------------------------- languages


def _language(text: str, finding: Finding, by: Patterns) -> dict[str, Any] | None:
    """Languages that are named with one level, or each with its own; or two of a group of countries."""
    levels = list(_levels_said(text, by))
    if by.holds(text, "languages", "another"):
        return _two_languages(text, [level for _, level in levels], by)
    marked = with_languages(text)
    names: dict[str, int] = {}
    for match in _WORD.finditer(text):
        code = language_names().get(match[0])
        if code is not None:
            names.setdefault(code, match.start())
    if not names or not levels or LANGUAGE_MARK not in marked or len(names) > 4:
        return None
    kept = {level for _, level in levels}
    desirable = by.holds(text, "languages", "asset")
    if desirable and (len(names) > 1 or len(kept) > 1):
        return None  # one is asked for, another is an asset
    skills = {"skills": ["writing"]} if by.holds(text, "languages", "skills_writing") else {}
    either = by.holds(text[min(names.values()) :], "dates", "or")
    if len(kept) == 1:
        level = {"level": {"at_least": kept.pop()}, **skills}
        if either or len(names) == 1:
            return {"kind": "language", "of": [*names] if len(names) > 1 else next(iter(names)), **level}
        return {"all_of": [{"kind": "language", "of": code, **level} for code in names]}
    if either or len(levels) != len(names):
        return None
    pairs = zip(sorted(names, key=lambda one: names[one]), (level for _, level in levels), strict=True)
    return {"all_of": [{"kind": "language", "of": code, "level": {"at_least": level}} for code, level in pairs]}


def _two_languages(text: str, levels: list[str], by: Patterns) -> dict[str, Any] | None:
    if not by.holds(text, "languages", "group") or not 1 <= len(levels) <= 2 or by.holds(text, "languages", "asset"):
        return None
    return {"kind": "language", "different": [{"of": "EU", "level": {"at_least": level}} for level in (levels[0], levels[-1])]}


def _levels_said(text: str, by: Patterns) -> Iterator[tuple[int, str]]:
    """The levels a sentence names, in its order: those of the framework, or else the words for them."""
    exact = [(match.start(), match[0].upper()) for match in _CEFR.finditer(text)]
    if exact:
        yield from exact
        return
    found: list[tuple[int, int, str]] = []
    for level in ("C2", "C1", "B2"):
        for pattern in by.of("language_levels", level):
            found += [(match.start(), match.end(), level) for match in pattern.regex.finditer(text)]
    end = -1
    for first, last, level in sorted(found, key=lambda one: (one[0], -one[1])):
        if first >= end:
            yield first, level
            end = last


# ----------------------------------------------------------------------------------------------------------- degrees


def _degree(text: str, finding: Finding, by: Patterns) -> dict[str, Any] | None:
    if "enrolment" in finding.about or "experience" in finding.about or "asset" in finding.about:
        return None
    return _levels(text, by, by.holds(text, "degree", "others"))


def _levels(text: str, by: Patterns, doubtful: bool = False) -> dict[str, Any] | None:
    """The lowest level of the titles that a sentence names; none where a title is of another level elsewhere."""
    found = {level for level in (8, 7, 6, 5) if by.holds(text, "degree", str(level))}
    if not found or doubtful or by.holds(text, "degree", "unsure"):
        return None
    return {"kind": "degree", "level": {"at_least": min(found)}}


# ------------------------------------------------------------------------------------------------------- citizenship


def _citizenship(text: str, finding: Finding, by: Patterns) -> dict[str, Any] | None:
    if by.holds(text, "citizenship", "unless") or "asset" in finding.about:
        return None
    permanent = by.holds(text, "citizenship", "or_permanent")
    if "residence" in finding.about and not permanent:
        return None
    of = list(dict.fromkeys((*_places(text, by), *_groups(text, by))))
    if not of:
        return None
    asked = {"kind": "citizenship", "of": of}
    if not permanent:
        return asked
    return {"any_of": [asked, {"kind": "permanent_residence", "of": of}]}


def _groups(text: str, by: Patterns) -> list[str]:
    named = " ".join(match["group"] for _, match in by.hits(text, "citizenship", "of") if match.groupdict().get("group"))
    return [group for group in ("EU", "EEA", "EFTA") if by.holds(named, "citizenship", "groups", group)] if named else []


_SMALL = frozenset(["le", "la", "les", "l", "de", "du", "des", "d", "the", "of", "a", "an", "un", "une", "either", "soit"])
_BETWEEN = re.compile(r",| ou | et | or | and |/")


def _places(text: str, by: Patterns) -> list[str]:
    """The countries whose citizens a sentence names: all of them, or none."""
    for _, match in by.hits(text, "citizenship", "of"):
        words = match.groupdict().get("places") or match.groupdict().get("group") or ""
        found = []
        for part in _BETWEEN.split(words):
            code = _country(part)
            if code is None:
                break
            found.append(code)
        if found:
            return found
    return []


def _country(words: str) -> str | None:
    """The country that the first words name: `canadienne ou`, `du canada a la date`."""
    tokens = [one for one in re.split(r"[\s']+", words) if one and one not in _SMALL]
    for length in range(min(3, len(tokens)), 0, -1):
        found = understand(" ".join(tokens[:length]), Sort.COUNTRY).value
        if isinstance(found, str):
            return found
    return None


_READ = {
    "age": _age,
    "seniority": _seniority,
    "experience": _experience,
    "language": _language,
    "degree": _degree,
    "citizenship": _citizenship,
}
