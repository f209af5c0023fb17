"""A name that a rule keeps out, and whose other names it does not give.

Whoever worked for another employer would have to be told that it is another one, and nothing tells: a name may be an abbreviation, a
translation or an older name of the one that is kept out. So everybody who ever worked gets "cannot tell yet". List the name with its
other names, `also: [WHO, OMS]`, or with `also: []` where it has none; what is neither one of them nor like one of them is another one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eligibility.checks.base import Path, Problem, Rule, filters_of
from eligibility.reading.filters import NAMED
from eligibility.reading.lists import listing_names

CODE = "W324"
WRONG = """
criteria:
  - {id: first, kind: experience, employer_name: Acme, at_most: 0 times}
"""
RIGHT = """
lists: {employers: [{id: acme, label: {fr: Acme, en: Acme}, also: [Acme International]}]}
criteria:
  - {id: first, kind: experience, employer_name: acme, at_most: 0 times}
"""


def check(rule: Rule) -> Iterator[Problem]:
    """A warning at the first use of each such name."""
    told: set[str] = set()
    closed = listing_names(rule.vacancy.lists)
    for one in filters_of(rule):
        if one.key not in NAMED:
            continue
        vocabulary = one.form.partition(":")[2]
        known = rule.reference.vocabulary(vocabulary) if vocabulary else ()
        for word, path in _words(one.value, one.path, one.out, rule):
            if not (word in known or word in told or word in closed):
                told.add(word)
                yield Problem(CODE, path, {"word": word})


def _words(value: Any, path: Path, out: bool, rule: Rule) -> Iterator[tuple[str, Path]]:
    """The names that must not be there; behind `except` it is the contrary."""
    if isinstance(value, str) and out:
        yield value, path
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _words(one, (*path, index), out, rule)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key == "list" and out and isinstance(inner, str):
                for entry in rule.vacancy.lists.get(inner, ()):
                    word = entry.get("id") if isinstance(entry, dict) else entry
                    if isinstance(word, str):
                        yield word, (*path, key)
            elif key in ("any", "except"):
                yield from _words(inner, (*path, key), out != (key == "except"), rule)
