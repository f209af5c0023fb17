"""A word that nothing declares, one letter away from one that the file declares.

A programme, an employer or another name of the notice's own is compared letter by letter: `heritage-felowship` would never be the
`heritage-fellowship` of the list, and everybody would get "cannot tell yet". Write the declared word, or, if two things are meant, put
the other one into `lists`, too.
"""

from __future__ import annotations

from collections.abc import Iterator

from eligibility.checks.base import Problem, Rule
from eligibility.checks.names_used import names_used
from eligibility.loading.nearest import nearest

CODE = "E318"
WRONG = """
lists: {programmes: [heritage-fellowship]}
criteria:
  - {id: first, kind: participation, programme: heritage-felowship, at_most: 0 times}
"""
RIGHT = """
lists: {programmes: [heritage-fellowship]}
criteria:
  - {id: first, kind: participation, programme: heritage-fellowship, at_most: 0 times}
"""
NEAR = 0.8


def check(rule: Rule) -> Iterator[Problem]:
    """A problem at each word that is declared nowhere and very like one that is."""
    for used in names_used(rule):
        if (close := nearest(used.word, used.declared, NEAR)) is not None:
            yield Problem(CODE, used.path, {"word": used.word, "suggestion": close})
