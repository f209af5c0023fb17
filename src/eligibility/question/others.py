"""Criteria that do not ask about records: age, statements, choices, days; groups of criteria, and one that is asked again."""

from __future__ import annotations

from dataclasses import dataclass

from eligibility.language.kinds.others import AGES_COUNTED
from eligibility.question.filters import Places
from eligibility.question.grammar import Bound, Criterion, Moment, Records, Window


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Age(Criterion):
    """How old the candidate is on a day, counted in one of three ways, or when they were born. `months`: the bounds are ages in completed
    months, not years."""

    kind: str = "age"
    bounds: tuple[Bound, ...] = ()
    counted: str = AGES_COUNTED[0]
    born: Window | None = None
    months: bool = False


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Declared(Criterion):
    """A fact only the person can state: `facts: {military_obligations_met: true}` in the profile. Silence is unknown. With `bounds` it is
    a number: `facts: {height_cm: 172}`."""

    kind: str = "declared"
    fact: str
    equals: bool = True
    bounds: tuple[Bound, ...] = ()

    @property
    def dated(self) -> bool:
        """Whether it depends on the day: on an age, by a table."""
        return any(bound.table is not None and bound.table.dated for bound in self.bounds)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The facts that are to be numbers: itself, and those of its tables."""
        columns = [column for bound in self.bounds if bound.table is not None for column in bound.table.columns]
        return tuple(dict.fromkeys([self.fact, *(one.name for one in columns if one.sort == "number")])) if self.bounds else ()

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that it asks about: itself, and those of its tables."""
        columns = [column for bound in self.bounds if bound.table is not None for column in bound.table.columns]
        return tuple(dict.fromkeys([self.fact, *(one.name for one in columns if one.sort in ("number", "truth"))]))


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Judged(Criterion):
    """A point only a person can tell. Alone it is listed apart and never counted; inside a group it is unknown."""

    kind: str = "judged"


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Choice(Criterion):
    """What the applicant chose: a track, a grade, a host country. Mostly used as a condition: `when: {chosen: internal}`."""

    kind: str = "choice"
    choice: str
    options: tuple[str, ...] = ()
    excluded: bool = False
    other: str = ""
    """The choice whose option is to be the same, one of the `options`, which both have."""
    where: Places | None = None
    """Of a country that is chosen: the countries and groups asked for."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class OnDay(Criterion):
    """Whether a day of the vacancy falls in a window: a rule in force from a date. Mostly used as a condition."""

    kind: str = "day"
    moment: Moment
    window: Window


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Duration(Criterion):
    """How long it is from one day to another, both counted: the length of an internship, which the applicant may choose."""

    kind: str = "duration"
    first: Moment
    last: Moment
    bounds: tuple[Bound, ...]


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Group(Criterion):
    """Criteria joined by strong Kleene logic; a member that does not apply is as if it were not written. Of those joined by a choice,
    which ask one kind of thing, the one of the option that is chosen is asked, and no other."""

    kind: str
    members: tuple[Criterion, ...]
    how_many: int = 1
    same: str | None = None
    choice: str = ""
    """The choice that decides which of the members is asked, one for each of its `options`."""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Together(Criterion):
    """Shares of several wholes that together reach one whole."""

    kind: str = "together"
    members: tuple[Records, ...]


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Met(Criterion):
    """A criterion defined once, asked again here."""

    kind: str = "met"
    target: str
    day: Moment | None
    """The day it is asked on, unless it has one of its own."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Always(Criterion):
    """A reading under which the criterion is only an asset: nobody fails it."""

    kind: str = "asset"
