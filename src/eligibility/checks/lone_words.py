"""A word that nothing else knows.

Neither the reference data nor the lists of the file know this programme, so nothing tells whether another programme is the same one
under another name: whoever took part in anything else gets "cannot tell yet". Declare it under `lists` with what it is called; then
other programmes are surely others, and profiles may write its name.
"""

from __future__ import annotations

from collections.abc import Iterator

from eligibility.checks.base import Problem, Rule
from eligibility.checks.names_used import names_used
from eligibility.checks.undeclared_words import NEAR
from eligibility.loading.nearest import nearest

CODE = "W319"
WRONG = """
criteria:
  - {id: first, kind: participation, programme: harbour-grant, at_most: 0 times}
"""
RIGHT = """
lists: {programmes: [{id: harbour-grant, label: {fr: Bourse du port, en: Harbour grant}}]}
criteria:
  - {id: first, kind: participation, programme: {list: programmes}, at_most: 0 times}
"""


def check(rule: Rule) -> Iterator[Problem]:
    """A warning at the first use of each word that is declared nowhere, of an attribute that has a vocabulary."""
    told: set[str] = set()
    for used in names_used(rule):
        if used.has_vocabulary and used.word not in told and nearest(used.word, used.declared, NEAR) is None:
            told.add(used.word)
            yield Problem(CODE, used.path, {"word": used.word})
