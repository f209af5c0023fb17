"""People with several names of employers that are, or may be, of one: they are asked alone."""

from __future__ import annotations

import numpy as np

from eligibility.columns.asked import Asked
from eligibility.columns.people import Rows, once_each
from eligibility.columns.reading import UNSAID, Array
from eligibility.deciding.case import Case
from eligibility.deciding.stretches import same_name
from eligibility.verdict import FALSE

_MOST_PAIRS = 500_000
"""So many pairs of names are remembered at most."""


def several_names_of_one(asked: Asked, source: str) -> Array:
    """Who of some people has two names of employers that do not surely tell two employers apart: looked for once among everybody."""
    people, case = asked.people, asked.cases[0]
    known_names = tuple(case.session.names.items())
    found = people.doubtful.get((source, known_names))
    if found is None:
        pairs = people.reading.doubtful.setdefault(known_names, {})
        found = people.doubtful[source, known_names] = _several(people.rows(source), pairs, case)
    return asked.of_person(found)


def _several(rows: Rows, known: dict[int, bool], case: Case) -> Array:
    """The same of everybody. `known` are the pairs of names that have been compared."""
    found = np.zeros(len(rows.lengths), bool)
    codes, names, _ = rows.values("employer_name")
    said = codes != UNSAID
    pairs = once_each(rows.owner[said] << 32 | codes[said])
    person, code = pairs >> 32, pairs & (1 << 32) - 1
    for apart in range(1, len(pairs)):
        mine = person[apart:] == person[:-apart]
        if not mine.any():
            break
        distinct, places = np.unique(code[:-apart][mine] << 32 | code[apart:][mine], return_inverse=True)
        if len(known) > _MOST_PAIRS:
            known.clear()
        one = np.zeros(len(distinct), bool)
        for at, pair in enumerate(distinct.tolist()):
            doubtful = known.get(pair)
            if doubtful is None:
                one_name, other = names[pair >> 32], names[pair & (1 << 32) - 1]
                doubtful = known[pair] = same_name("employer", one_name, other, case) is not FALSE
            one[at] = doubtful
        found[person[apart:][mine][one[places]]] = True
    return found
