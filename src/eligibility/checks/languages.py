"""Words for people that are missing in French or in English.

A reader of the other language gets them in the one there is. Titles and names that are the same in both may be written once, as plain
text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eligibility.checks.base import Path, Problem, Rule, criteria_of
from eligibility.language.keys import IN_EACH_LANGUAGE

CODE = "W314"
WRONG = """
criteria:
  - {id: age, kind: age, at_least: 18, clause: "2", label: {fr: "Majeur"}}
"""
RIGHT = """
criteria:
  - {id: age, kind: age, at_least: 18, clause: "2", label: {fr: "Majeur", en: "Of age"}}
"""

_WORDS = (*IN_EACH_LANGUAGE, "name", "asked")
_LANGUAGES = ("fr", "en")


def check(rule: Rule) -> Iterator[Problem]:
    """A problem at each text that has one of the two languages, and at each criterion without a label."""
    vacancy = rule.vacancy
    for key in ("title", "organisation"):
        yield from _one_sided(getattr(vacancy, key), (key,))
    for name, choice in vacancy.choices.items():
        yield from _one_sided(choice.asked, ("choices", name, "asked"))
        for option, label in (choice.options or {}).items():
            yield from _one_sided(label, ("choices", name, "options", option))
    for name, day in vacancy.dates.items():
        yield from _one_sided(day.question, ("dates", name, "asked"))
    for index, piece in enumerate(vacancy.information):
        yield from _one_sided(piece.label, ("information", index, "label"))
    for path, raw in criteria_of(vacancy):
        if not raw.get("label"):
            yield Problem(CODE, path, {"languages": list(_LANGUAGES), "what": "label"})
        yield from _inside(raw, path)


def _inside(raw: Any, path: Path) -> Iterator[Problem]:
    if isinstance(raw, dict):
        for key, value in raw.items():
            if key in _WORDS:
                for place, words in _texts(value, (*path, key)):
                    yield from _one_sided(words, place)
            else:
                yield from _inside(value, (*path, key))
    elif isinstance(raw, list):
        for index, value in enumerate(raw):
            yield from _inside(value, (*path, index))


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """A text, or each of several."""
    return (((*path, index), one) for index, one in enumerate(value)) if isinstance(value, list) else iter([(path, value)])


def _one_sided(words: Any, path: Path) -> Iterator[Problem]:
    missing = [language for language in _LANGUAGES if not words.get(language)] if isinstance(words, dict) else []
    if missing:
        yield Problem(CODE, path, {"languages": missing, "what": str(next(one for one in reversed(path) if isinstance(one, str)))})
