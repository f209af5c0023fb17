"""People with several names of employers that are, or may be, of one: they are asked alone."""

from __future__ import annotations

import numpy as np

from eligibility.columns.people import once_each
from eligibility.columns.reading import UNSAID, Array
from eligibility.deciding.case import Case
from eligibility.deciding.stretches import same_name
from eligibility.verdict import FALSE


def several_names_of_one(codes: Array, names: list[str], owner: Array, count: int, case: Case) -> Array:
    """Who has two names of employers that do not surely tell two employers apart."""
    found = np.zeros(count, bool)
    said = codes != UNSAID
    wide = max(len(names), 1)
    pairs = once_each(owner[said] * wide + codes[said]) if said.any() else np.zeros(0, np.int64)
    person, code = pairs // wide, pairs % wide
    for apart in range(1, len(pairs)):
        mine = person[apart:] == person[:-apart]
        if not mine.any():
            break
        both = code[:-apart][mine] * wide + code[apart:][mine]
        distinct, places = np.unique(both, return_inverse=True)
        one = np.array([same_name("employer", names[pair // wide], names[pair % wide], case) is not FALSE for pair in distinct.tolist()])
        found[person[apart:][mine][one[places]]] = True
    return found
