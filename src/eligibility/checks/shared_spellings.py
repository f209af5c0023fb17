"""A word of the notice's own that is also a spelling of a built-in word.

In this file it means the word of the list: a profile that writes it so meets it, and does not meet the built-in word. Nothing is wrong
where that is meant. Where the built-in word is meant, write its id and take the entry out of the list; where both could be thought of,
give the entry another id or another name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eligibility.checks.base import Path, Problem, Rule, filters_of

CODE = "N325"
WRONG = """
lists: {titles: [{id: llm, label: {fr: Master de droit, en: Master of Laws}}]}
criteria:
  - {id: first, kind: degree, title: {list: titles}}
"""
RIGHT = """
criteria:
  - {id: first, kind: degree, title: master}
"""


def check(rule: Rule) -> Iterator[Problem]:
    """A note at each word of a list that a filter uses and whose built-in words know it, by its id or one of its names, as another one."""
    told: set[Path] = set()
    for one in filters_of(rule):
        form, _, vocabulary = one.form.partition(":")
        if form not in ("terms", "tree", "names") or not vocabulary:
            continue
        named = set(_words(one.value))
        lists = set(_lists(one.value))
        for name, entries in rule.vacancy.lists.items():
            for index, entry in enumerate(entries if isinstance(entries, list) else ()):
                path = ("lists", name, index)
                word = entry.get("id") if isinstance(entry, dict) else entry
                if path in told or not isinstance(word, str) or not (name in lists or word in named):
                    continue
                for spelled in _spellings(word, entry):
                    known = rule.reference.find_term(vocabulary, spelled, suggest=False).id
                    if known is not None and known != word:
                        told.add(path)
                        yield Problem(CODE, path, {"word": spelled, "known": known, "id": word})
                        break


def _spellings(word: str, entry: Any) -> Iterator[str]:
    """The id of an entry, and its names."""
    yield word
    if isinstance(entry, dict):
        for names in (entry.get("label"), entry.get("also")):
            for name in names.values() if isinstance(names, dict) else names if isinstance(names, list) else [names]:
                if isinstance(name, str):
                    yield name


def _words(value: Any) -> Iterator[str]:
    """The ids that a filter names, in whatever form."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _words(one)
    elif isinstance(value, dict):
        for key in ("any", "except"):
            yield from _words(value.get(key))


def _lists(value: Any) -> Iterator[str]:
    """The lists that a filter names, in whatever form."""
    if isinstance(value, list):
        for one in value:
            yield from _lists(one)
    elif isinstance(value, dict):
        if isinstance(value.get("list"), str):
            yield value["list"]
        for key in ("any", "except"):
            yield from _lists(value.get(key))
