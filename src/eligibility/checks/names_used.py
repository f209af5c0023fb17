"""The names of the notice's own that criteria use (programmes, employers) and that nothing declares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from eligibility.checks.base import Path, Rule, filters_of
from eligibility.reading.lists import declared_words


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
    for one in filters_of(rule):
        form, _, vocabulary = one.form.partition(":")
        if form == "names":
            words = (*own, *rule.reference.vocabulary(vocabulary)) if vocabulary else own
            for word, at in _words(one.value, one.path):
                if word not in words:
                    yield Used(word, at, words, bool(vocabulary))


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
