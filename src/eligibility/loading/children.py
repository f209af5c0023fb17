"""Leave for a child that a profile does not list: a date that is mistyped, or a child that is left out."""

from __future__ import annotations

from collections.abc import Iterator

from eligibility.dates import ANY_DAY, FOREVER, Length, show
from eligibility.profile import Person, Profile
from eligibility.reading.reader import Path, Problem

_A_YEAR = Length(12)


def children_not_listed(person: Person, path: Path = ()) -> Iterator[Problem]:
    """The leaves that name a child which is not in a complete list of children; those of relatives, too."""
    if person.leaves and person.children is not None and "children" not in person.incomplete:
        for index, leave in enumerate(person.leaves):
            told, last = leave.child, FOREVER if leave.end is None else leave.end.last
            born = [child.start or ANY_DAY for child in person.children]
            may_be = [day for day in born if _A_YEAR.before(day.first) <= last]
            if told is not None and not any(day.first <= told.last and told.first <= day.last for day in may_be):
                yield Problem("W208", (*path, "leaves", index, "child"), {"value": show(told)})
    if isinstance(person, Profile):
        for index, relative in enumerate(person.relatives or ()):
            yield from children_not_listed(relative, (*path, "relatives", index))
