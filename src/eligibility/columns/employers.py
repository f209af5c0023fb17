"""Names of employers in a table: which two of one person are of one employer, or may be; each pair is compared once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from eligibility.columns.asked import Asked
from eligibility.columns.kinds import BY_NUMBER
from eligibility.columns.people import Rows, once_each
from eligibility.columns.reading import UNSAID, Array
from eligibility.deciding.case import Case
from eligibility.deciding.stretches import same_name

TWO, PERHAPS, ONE_EMPLOYER = range(3)
"""What two names are of: two employers, perhaps one, or one."""
_NOTHING = np.zeros(0, np.int64), np.zeros(0, np.int8)
_MOST_PAIRS = 500_000
"""So many pairs of names are remembered at most."""
_MOST_NAMES = 100
"""With more names nobody's are compared in columns."""


class Names(NamedTuple):
    """Who has two names that may be of one employer; and two that are, or more than are compared."""

    perhaps: Array
    one: Array


def names_of(asked: Asked, source: str) -> Names:
    """The same of some people, looked for once among everybody."""
    people, case = asked.people, asked.cases[0]
    key = source, tuple(case.session.names.items())
    found = people.employers.get(key)
    if found is None:
        found = people.employers[key] = _names_of(people.rows(source), case)
    return Names(asked.of_person(found.perhaps), asked.of_person(found.one))


def _names_of(rows: Rows, case: Case) -> Names:
    perhaps, one = (np.zeros(len(rows.lengths), bool) for _ in range(2))
    codes, _, _ = rows.values("employer_name")
    said = codes != UNSAID
    named = once_each(rows.owner[said] << 32 | codes[said])
    person, code = named >> 32, named & (1 << 32) - 1
    one |= np.bincount(person, minlength=len(one)) > _MOST_NAMES
    for apart in range(1, min(len(named), _MOST_NAMES)):
        mine = person[apart:] == person[:-apart]
        if not mine.any():
            break
        first, second, who = code[:-apart][mine], code[apart:][mine], person[apart:][mine]
        found = compared(first, second, rows, case)
        perhaps[who[found == PERHAPS]] = True
        one[who[found == ONE_EMPLOYER]] = True
    return Names(perhaps, one)


def compared(first: Array, second: Array, rows: Rows, case: Case) -> Array:
    """What pairs of names, by their numbers, are of, whichever is told first."""
    key, pairs = tuple(case.session.names.items()), np.minimum(first, second) << 32 | np.maximum(first, second)
    known, what = rows.reading.employers.get(key, _NOTHING)
    place = np.minimum(np.searchsorted(known, pairs), max(len(known) - 1, 0))
    new = once_each(pairs[known[place] != pairs] if len(known) else pairs)
    if len(new):
        if len(known) > _MOST_PAIRS:
            known, what = _NOTHING
            new = once_each(pairs)
        names = rows.values("employer_name")[1]
        told = [same_name("employer", names[pair >> 32], names[pair & (1 << 32) - 1], case) for pair in new.tolist()]
        at = np.searchsorted(known, new)
        known, what = np.insert(known, at, new), np.insert(what, at, [BY_NUMBER.index(truth) for truth in told])
        rows.reading.employers[key] = known, what
        place = np.searchsorted(known, pairs)
    found: Array = what[place]
    return found


def with_same_name(asked: Asked, rows: Rows) -> tuple[Array, Array]:
    """The records whose employer has the name that is tried of each person, and those whose employer may have it under another."""
    assert asked.same is not None
    codes, _, _ = rows.values("employer_name")
    tried = asked.same[rows.owner]
    mine, perhaps = codes == tried, np.zeros(len(rows), bool)
    at = np.flatnonzero(~mine & (codes != UNSAID) & names_of(asked, rows.source.name).perhaps[rows.owner])
    perhaps[at] = compared(codes[at], tried[at], rows, asked.cases[0]) == PERHAPS
    return mine, perhaps


def like_those(asked: Asked, rows: Rows, held: Array, kin: Array) -> tuple[Array, Array]:
    """Of records that are held: which others (by number, of those that are `kin`) may be with the same employer under another name; and
    of these, with which held one."""
    codes, _, _ = rows.values("employer_name")
    at = np.flatnonzero(held & (codes != UNSAID) & names_of(asked, rows.source.name).perhaps[rows.owner])
    lengths = rows.lengths[rows.owner[at]]
    with_one = np.repeat(at, lengths)
    other = np.arange(len(with_one)) - np.repeat(np.cumsum(lengths) - lengths - rows.offsets[:-1][rows.owner[at]], lengths)
    some = kin[other] & (codes[other] != UNSAID) & (codes[other] != codes[with_one])
    other, with_one = other[some], with_one[some]
    some = compared(codes[with_one], codes[other], rows, asked.cases[0]) == PERHAPS
    return other[some], with_one[some]
