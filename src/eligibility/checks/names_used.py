"""The names of the notice's own that criteria use (programmes, employers) and that nothing declares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from eligibility.checks.base import Path, Rule
from eligibility.criteria import RECORD_KINDS
from eligibility.criteria.read_filters import declared_words


class Used(NamedTuple):
    """A word that is declared nowhere, where it stands, and the words that are declared."""

    word: str
    path: Path
    declared: tuple[str, ...]
    has_vocabulary: bool


def names_used(rule: Rule) -> Iterator[Used]:
    """Every such word of the criteria, in windows, exceptions and credits as well."""
    countries = rule.reference
    own = tuple(word for word in declared_words(rule.context) if not (countries.is_place(word) or countries.is_group(word)))
    for key in ("conditions", "criteria"):
        for index, raw in enumerate(getattr(rule.vacancy, key)):
            yield from _within(raw, (key, index), None, own, rule)


def _within(raw: Any, path: Path, kind: str | None, own: tuple[str, ...], rule: Rule) -> Iterator[Used]:
    if isinstance(raw, list):
        for index, one in enumerate(raw):
            yield from _within(one, (*path, index), kind, own, rule)
    if not isinstance(raw, dict):
        return
    kind = raw.get("kind", kind)
    filters = RECORD_KINDS[kind].filters if isinstance(kind, str) and kind in RECORD_KINDS else {}
    for key, value in raw.items():
        form, _, vocabulary = filters.get(key, "").partition(":")
        if form == "names":
            words = (*own, *rule.reference.vocabulary(vocabulary)) if vocabulary else own
            for word, at in _words(value, (*path, key)):
                if word not in words:
                    yield Used(word, at, words, bool(vocabulary))
        else:
            yield from _within(value, (*path, key), kind, own, rule)


def _words(value: Any, path: Path) -> Iterator[tuple[str, Path]]:
    """The ids that a filter names: one, several, `any` or `except`; what a list holds is declared there."""
    if isinstance(value, str):
        yield value, path
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _words(one, (*path, index))
    elif isinstance(value, dict):
        for key in ("any", "except"):
            if key in value:
                yield from _words(value[key], (*path, key))
