"""What one record must be like to count: one attribute, and what it must be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple

from eligibility.question.grammar import Bound, DateIn, Filter, Window, set_aside


@dataclass(frozen=True, eq=False, slots=True)
class Flag(Filter):
    """true or false."""


@dataclass(frozen=True, eq=False, slots=True)
class FullTime(Filter):
    """`full_time`, told by the record or by its working time: of hours a week, by the full week of the rule, or 35 to 40 hours."""

    full_week: float | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Numbers(Filter):
    """A number within bounds, or one of several exact ones."""

    bounds: tuple[Bound, ...]

    @property
    def limits(self) -> tuple[Bound, ...]:
        return self.bounds

    @property
    def constant(self) -> bool:
        return all(bound.fixed is not None for bound in self.bounds)


@dataclass(frozen=True, eq=False, slots=True)
class WorkingTime(Numbers):
    """`rate`: stated, or told by full time or the hours a week; of a job that says nothing of it, anything up to full time."""


@dataclass(frozen=True, eq=False, slots=True)
class MoneyFilter(Numbers):
    """An amount within bounds; another currency cannot be compared."""


class Ladder(NamedTuple):
    """The words that tell marks, from the lowest, each with every spelling of it."""

    words: tuple[str, ...]
    spelled: Mapping[str, int]
    """The place of each spelling, folded, among them."""


ANY_SCALE = ""
"""Stands for the scale of a bound that is a share of the highest mark, whichever the scale."""
WORD = "word"
"""The measure of a bound that is a word of a ladder: its amount is the place of the word."""


@dataclass(frozen=True, eq=False, slots=True)
class Marks(Filter):
    """Marks within bounds on one of several named scales, or results of one of several tests, in figures or in words."""

    bounds: tuple[tuple[str, Bound], ...]
    ladders: Mapping[str, Ladder]

    @property
    def limits(self) -> tuple[Bound, ...]:
        return tuple(bound for _, bound in self.bounds)

    @property
    def constant(self) -> bool:
        return all(bound.fixed is not None for _, bound in self.bounds)


@dataclass(frozen=True, eq=False, slots=True)
class GradeFilter(Marks):
    """A mark within bounds on one of several named scales. A mark on another scale cannot be compared, unless an alternative asks for that
    scale (`elsewhere`): then it is for that one to tell. A share is one of the highest mark of whichever scale."""

    elsewhere: frozenset[str]


@dataclass(frozen=True, eq=False, slots=True)
class Chosen(Filter):
    """Words: those that are named, or the one that was `chosen`; or all but those (`excluded`)."""

    excluded: bool = False
    chosen: str | None = None

    @property
    def constant(self) -> bool:
        return self.chosen is None


@dataclass(frozen=True, eq=False, slots=True)
class Terms(Chosen):
    """Ids of a vocabulary: one of several, all except some, a list of the notice, or what was chosen.

    `tree` names a hierarchy (`employer`, `field`) in which a narrower term satisfies a wider one. With `open_ended`, a term
    that is not listed may still do: somebody has to judge it. `names` are the words of the vacancy's own lists, with what they are
    called there: only two words that somebody has declared are surely different from each other.
    """

    vocabulary: str | None = None
    tree: str | None = None
    open_ended: bool = False
    names: Mapping[str, Iterable[str]] = field(default_factory=dict)
    wider: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Of words of the vacancy's own: the words that are wider."""


@dataclass(frozen=True, eq=False, slots=True)
class Names(Terms):
    """Names that the notice gives. An entry of its lists that has `also` has all of its names (`closed`): what is neither one of them nor
    like one of them is surely another employer, school or programme. Without it, only words that are both declared surely differ."""

    closed: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False, slots=True)
class Tags(Chosen):
    """Words that both sides use for what no key holds: every one of several, or any, or none of them, or the one that was chosen."""

    names: Mapping[str, Iterable[str]] = field(default_factory=dict)
    every: bool = True


@dataclass(frozen=True, eq=False, slots=True)
class HeldInto(DateIn):
    """A time of holding that reaches into a window: it ends there, or it lasts through it, which is better."""

    until: Window | None = field(init=False, repr=False)
    """Everything up to the end of the window: the days that a length of holding counts."""

    def __post_init__(self) -> None:
        set_aside(self, until=self.wanted.until())


@dataclass(frozen=True, eq=False, slots=True)
class Places(Chosen):
    """Countries, regions and dated groups (`changing`); or all except some, a dated list of the notice, or the chosen country."""

    listed: tuple[tuple[str, int, int], ...] = ()
    changing: tuple[str, ...] = ()

    @property
    def dynamic(self) -> bool:
        return bool(self.changing or self.listed)


@dataclass(frozen=True, eq=False, slots=True)
class Recognised(Places):
    """Where a degree is recognised: as the profile says, or because it was awarded there."""

    asked_today: ClassVar[bool] = True


@dataclass(frozen=True, eq=False, slots=True)
class LanguageOf(Chosen):
    """The language of the record: named ones, or the official languages of a group; all but some, or the one that was chosen."""


@dataclass(frozen=True, eq=False, slots=True)
class LanguageLevel(Filter):
    """The lowest of the skills asked for, against a level; a word such as "fluent" asks for a range of levels. A level that depends on a
    choice is a bound of ranks."""

    needed: tuple[int, int]
    skills: tuple[str, ...]
    by: Bound | None = None

    @property
    def limits(self) -> tuple[Bound, ...]:
        return () if self.by is None else (self.by,)

    @property
    def constant(self) -> bool:
        return self.by is None


@dataclass(frozen=True, eq=False, slots=True)
class Scores(Marks):
    """Any of several language tests, each with its own score, taken by the day."""

    asked_today: ClassVar[bool] = True

    @property
    def dynamic(self) -> bool:
        return True


@dataclass(frozen=True, eq=False, slots=True)
class ValidScores(Scores):
    """The same, of results that are still valid on the day, by the rule of each test."""
