"""Filters: what one record must be like to count. Every filter of a criterion looks at the same record.

A filter answers with a Truth: a record that lacks the attribute only *may* match, and so does a vague or disputed one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from eligibility.criteria.bounds import Bound, compare
from eligibility.dates import FOREVER, LONG_AGO, Days, breakpoints
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Truth, agreed, truth_of

if TYPE_CHECKING:
    from eligibility.criteria.case import Case
    from eligibility.criteria.moments import Window
    from eligibility.facts import Row


class Filter:
    """One attribute and what it must be. `dynamic` filters depend on the day they are asked on; `asked_today` are read on the day
    the criterion is counted on, not on the days of the record."""

    __slots__ = ("attribute", "constant", "memory", "wanted")
    dynamic = False
    asked_today = False

    def __init__(self, attribute: str, wanted: Any, constant: bool = True) -> None:
        self.attribute = attribute
        self.wanted = wanted
        self.constant = constant
        self.memory: dict[Any, Truth] = {}

    def holds(self, row: Row, case: Case, day: int) -> Truth:
        """Whether the record matches on the day. A `constant` filter looks at a value once, whoever has it."""
        value = row.values.get(self.attribute)
        if value is None:
            return UNKNOWN
        known = self.memory.get(value)
        if known is None:
            known = self.accepts(value, case, day)
            if self.constant and len(self.memory) < 1000:
                self.memory[value] = known
        return known

    def accepts(self, value: Any, case: Case, day: int) -> Truth:
        raise NotImplementedError

    def lacking(self, row: Row, case: Case, day: int) -> tuple[str, ...]:
        """What would have to be known for a record that only may match; nothing where only a person can tell."""
        return (row.key(self.attribute),)

    def changes(self, case: Case) -> tuple[int, ...]:
        """The days on which the answer may change of itself."""
        return ()


class Flag(Filter):
    """true or false."""

    __slots__ = ()

    def accepts(self, value: Any, case: Case, day: int) -> Truth:
        return TRUE if value == self.wanted else FALSE


class FullTime(Filter):
    """`full_time`, told by the record or by its working time."""

    __slots__ = ()

    def holds(self, row: Row, case: Case, day: int) -> Truth:
        value = row.values.get("full_time")
        if value is None:
            low, high = row.rate if row.values.get("rate") is not None or "hours_per_week" in row.values else (0, 100)
            full = truth_of(low >= 100, high >= 100)
            return full if self.wanted else ~full
        return TRUE if value == self.wanted else FALSE


class Numbers(Filter):
    """A number within bounds, or one of several exact ones. Values may be ranges (a bare `baccalauréat` is level 4 to 6)."""

    __slots__ = ("bounds",)

    def __init__(self, attribute: str, wanted: Any, bounds: tuple[Bound, ...]) -> None:
        super().__init__(attribute, wanted, all(bound.fixed is not None for bound in bounds))
        self.bounds = bounds

    def accepts(self, value: Any, case: Case, day: int) -> Truth:
        low, high = value if isinstance(value, tuple) else (value, value)
        if self.bounds:
            truth = TRUE
            for bound in self.bounds:
                limit_low, limit_high, _ = bound.limits(case)
                truth = truth & compare(bound.operator, low, high, limit_low, limit_high)
            return truth
        possible = [number for number in self.wanted if low <= number <= high]
        if low == high:
            return TRUE if possible else FALSE
        return UNKNOWN if possible else FALSE

    def lacking(self, row: Row, case: Case, day: int) -> tuple[str, ...]:
        value = row.values.get(self.attribute)
        exact = value is not None and not (isinstance(value, tuple) and value[0] < value[1])
        unchosen = tuple(path for bound in self.bounds for path in bound.limits(case)[2])
        return unchosen if exact and unchosen else (row.key(self.attribute), *unchosen)


class MoneyFilter(Filter):
    """An amount within bounds; another currency cannot be compared."""

    __slots__ = ("bounds",)

    def __init__(self, attribute: str, wanted: Any, bounds: tuple[Bound, ...]) -> None:
        super().__init__(attribute, wanted, all(bound.fixed is not None for bound in bounds))
        self.bounds = bounds

    def accepts(self, value: Any, case: Case, day: int) -> Truth:
        truth = TRUE
        for bound in self.bounds:
            limit_low, limit_high, _ = bound.limits(case)
            if bound.measure != f"money:{value.currency}":
                truth = truth & UNKNOWN
            else:
                truth = truth & compare(bound.operator, value.amount, value.amount, limit_low, limit_high)
        return truth


class GradeFilter(Filter):
    """A mark within bounds on a named scale; a mark on another scale cannot be compared."""

    __slots__ = ("bounds",)

    def __init__(self, attribute: str, wanted: Any, bounds: tuple[tuple[str, Bound], ...]) -> None:
        super().__init__(attribute, wanted, all(bound.fixed is not None for _, bound in bounds))
        self.bounds = bounds

    def accepts(self, value: Any, case: Case, day: int) -> Truth:
        truth = TRUE
        for scale, bound in self.bounds:
            limit_low, limit_high, _ = bound.limits(case)
            if value.scale != scale:
                truth = truth & UNKNOWN
            else:
                truth = truth & compare(bound.operator, value.value, value.value, limit_low, limit_high)
        return truth


class Terms(Filter):
    """Ids of a vocabulary: one of several, all except some, a list of the notice, or what was chosen.

    `tree` names a hierarchy (`employer`, `field`) in which a narrower term satisfies a wider one. With `open_ended`, a term
    that is not listed may still do: somebody has to judge it.
    """

    __slots__ = ("chosen", "excluded", "known", "open_ended", "settled", "tree", "vocabulary")

    def __init__(
        self,
        attribute: str,
        wanted: tuple[str, ...],
        *,
        vocabulary: str | None = None,
        tree: str | None = None,
        excluded: bool = False,
        open_ended: bool = False,
        chosen: str | None = None,
        known: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(attribute, wanted, chosen is None)
        self.vocabulary = vocabulary
        self.tree = tree
        self.excluded = excluded
        self.open_ended = open_ended
        self.chosen = chosen
        self.known = known
        self.settled: dict[Any, bool] = {}

    def accepts(self, value: Any, case: Case, day: int) -> Truth:
        if self.chosen is None:
            return self._among(value, self.wanted, case)
        choice = case.choices.get(self.chosen)
        return UNKNOWN if choice is None else self._among(value, (choice,), case)

    def _among(self, value: Any, wanted: tuple[str, ...], case: Case) -> Truth:
        values = value if isinstance(value, tuple) else (value,)
        truth = FALSE
        for one in values:
            truth = truth | self._one(one, wanted, case)
        if self.excluded:
            truth = ~truth
        return UNKNOWN if self.open_ended and not truth.surely else truth

    def _one(self, value: str, wanted: tuple[str, ...], case: Case) -> Truth:
        if self.tree is not None:
            truth = FALSE
            for one in wanted:
                surely, possibly, _ = case.reference.within(self.tree, value, one)
                truth = truth | truth_of(surely, possibly)
            return truth
        if value in wanted:
            return TRUE
        if value in self.known or (self.vocabulary is not None and case.reference.is_term(self.vocabulary, value)):
            return FALSE
        return UNKNOWN

    def lacking(self, row: Row, case: Case, day: int) -> tuple[str, ...]:
        if self.chosen is not None and self.chosen not in case.choices:
            return (f"choices.{self.chosen}",)
        value = row.values.get(self.attribute)
        if value is None:
            return (row.key(self.attribute),)
        settled = self.settled.get(value)
        if settled is None:
            values = value if isinstance(value, tuple) else (value,)
            settled = all(self._is_settled(one, case) for one in values)
            if len(self.settled) < 1000:
                self.settled[value] = settled
        return () if settled else (row.key(self.attribute),)

    def _is_settled(self, value: str, case: Case) -> bool:
        """Whether the profile cannot say more: what remains is disputed, or for a person to judge."""
        if self.tree is not None:
            doubts = {case.reference.within(self.tree, value, one).doubt for one in self.wanted}
            return not doubts & {"unknown_id", "vague"}
        known = value in self.known or (self.vocabulary is not None and case.reference.is_term(self.vocabulary, value))
        return known and self.open_ended


class Places(Filter):
    """Countries, regions and dated groups; or all except some, a dated list of the notice, or the chosen country."""

    __slots__ = ("changing", "chosen", "dynamic", "excluded", "listed", "turns")

    def __init__(
        self,
        attribute: str,
        wanted: tuple[str, ...],
        *,
        excluded: bool = False,
        chosen: str | None = None,
        listed: tuple[tuple[str, int, int], ...] = (),
        groups: tuple[str, ...] = (),
    ) -> None:
        super().__init__(attribute, wanted, chosen is None)
        self.excluded = excluded
        self.chosen = chosen
        self.listed = listed
        self.changing = groups
        self.dynamic = bool(groups or listed)
        self.turns: tuple[int, ...] | None = None

    def holds(self, row: Row, case: Case, day: int) -> Truth:
        value = row.values.get(self.attribute)
        return UNKNOWN if value is None else self.accepts(value, case, day)

    def accepts(self, value: Any, case: Case, day: int) -> Truth:
        """The answer for a value, remembered with its day where it may change."""
        key = (value, day) if self.dynamic else value
        known = self.memory.get(key)
        if known is None:
            known = self._among(value, case, day)
            if self.constant and len(self.memory) < 1000:
                self.memory[key] = known
        return known

    def _among(self, value: Any, case: Case, day: int) -> Truth:
        wanted = self.wanted
        if self.chosen is not None:
            choice = case.choices.get(self.chosen)
            if choice is None:
                return UNKNOWN
            wanted = (choice,)
        truth = FALSE
        reference = case.reference
        for one in value if isinstance(value, tuple) else (value,):
            for place in wanted:
                surely, possibly, _ = reference.place_within(one, place, day)
                truth = truth | truth_of(surely, possibly)
            for place, first, last in self.listed:
                if first <= day <= last:
                    surely, possibly, _ = reference.place_within(one, place, day)
                    truth = truth | truth_of(surely, possibly)
        return ~truth if self.excluded else truth

    def lacking(self, row: Row, case: Case, day: int) -> tuple[str, ...]:
        if self.chosen is not None and self.chosen not in case.choices:
            return (f"choices.{self.chosen}",)
        value = row.values.get(self.attribute)
        if value is None:
            return (row.key(self.attribute),)
        values = value if isinstance(value, tuple) else (value,)
        doubts = {case.reference.place_within(one, place, day).doubt for one in values for place in self.wanted}
        return (row.key(self.attribute),) if doubts & {"unknown_id", "vague"} or not doubts - {None} else ()

    def changes(self, case: Case) -> tuple[int, ...]:
        if self.turns is None:
            self.turns = self._changes(case)
        return self.turns

    def _changes(self, case: Case) -> tuple[int, ...]:
        days = [day for group in self.changing for day in case.reference.membership_changes(group)]
        for _, first, last in self.listed:
            days += [day for day in (first, last + 1) if LONG_AGO < day < FOREVER]
        return tuple(days)


class Recognised(Places):
    """Where a degree is recognised: as the profile says, or because it was awarded there."""

    __slots__ = ()
    asked_today = True

    def holds(self, row: Row, case: Case, day: int) -> Truth:
        stated = row.values.get("recognised_in")
        here = FALSE if stated is None else self.accepts(stated, case, day)
        place = row.values.get("place")
        awarded = row.values.get("awarded")
        answers = [UNKNOWN]
        if place is not None and (awarded is not None or not self.dynamic):
            answers = self._there(place, awarded or Days(day, day), case)
        there = agreed(answers)
        truth = here | there
        return truth if truth.surely or stated is not None else UNKNOWN

    def _there(self, place: str, awarded: Days, case: Case) -> list[Truth]:
        """The answers for the place on each day on which the degree may have been awarded."""
        days = (awarded.first,) if awarded.exact else breakpoints(self.changes(case), awarded.first, awarded.last)
        return [self.accepts(place, case, day) for day in days]

    def lacking(self, row: Row, case: Case, day: int) -> tuple[str, ...]:
        """Where it is recognised, where it was awarded, or when: whichever is not known well enough."""
        stated, place, awarded = (row.values.get(key) for key in ("recognised_in", "place", "awarded"))
        if self.chosen is not None and self.chosen not in case.choices:
            return (f"choices.{self.chosen}",)
        asked: tuple[str, ...] = ()
        if stated is None or self.accepts(stated, case, day).possibly:
            asked = super().lacking(row, case, day)
        if place is None:
            asked += (row.key("place"),)
        if self.dynamic and (awarded is None or (not awarded.exact and (place is None or len(set(self._there(place, awarded, case))) > 1))):
            asked += (row.key("awarded"),)
        return asked


class LanguageOf(Filter):
    """The language of the record: named ones, or the official languages of a group."""

    __slots__ = ()

    def accepts(self, value: Any, case: Case, day: int) -> Truth:
        if value in self.wanted:
            return TRUE
        return FALSE if case.reference.is_language(value) else UNKNOWN


SKILLS = ("listening", "reading", "spoken_interaction", "spoken_production", "writing")


class LanguageLevel(Filter):
    """The lowest of the skills asked for, against a level; a word such as "fluent" asks for a range of levels."""

    __slots__ = ("needed", "skills")

    def __init__(self, wanted: Any, needed: tuple[int, int], skills: tuple[str, ...]) -> None:
        super().__init__("level", wanted)
        self.needed = needed
        self.skills = skills

    def holds(self, row: Row, case: Case, day: int) -> Truth:
        low, high = row.memory.get(self.skills) or self.level(row, case)
        return compare("at_least", low, high, *self.needed)

    def level(self, row: Row, case: Case) -> tuple[int, int]:
        """The level of the record over the skills asked for, at least and at most (0 is nothing, 6 is C2)."""
        levels = [skill_level(row, skill, case) for skill in self.skills]
        known = row.memory[self.skills] = min([low for low, _ in levels], default=6), min([high for _, high in levels], default=6)
        return known

    def lacking(self, row: Row, case: Case, day: int) -> tuple[str, ...]:
        asked = []
        for skill in self.skills:
            low, high = skill_level(row, skill, case)
            if low < high:  # a level told exactly cannot be told better: what "fluent" means is for somebody to judge
                stated = next((key for key in _keys_of(skill) if row.values.get(key) is not None), skill)
                asked.append(row.key(stated))
        return tuple(dict.fromkeys(asked))


def _keys_of(skill: str) -> tuple[str, ...]:
    """Where a profile may state the level of a skill, the most exact place first."""
    return (skill, "speaking", "level") if skill.startswith("spoken") else (skill, "level")


def skill_level(row: Row, skill: str, case: Case) -> tuple[int, int]:
    """The level of one skill as a range of ranks: as stated, else the overall level, else C2 for a mother tongue."""
    values = row.values
    stated = next((values[key] for key in _keys_of(skill) if values.get(key) is not None), None)
    if stated is not None:
        if stated.startswith("said:"):
            known = case.reference.said(stated[5:])
            return (known[0], known[1]) if known is not None else (0, 6)
        rank = case.reference.cefr_rank(stated)
        return (rank, rank) if rank is not None else (0, 6)
    return (6, 6) if values.get("native") else (0, 6)


class Scores(Filter):
    """Any of several language tests, each with its own score."""

    __slots__ = ()

    def __init__(self, wanted: dict[str, float]) -> None:
        super().__init__("tests", wanted, constant=False)

    def accepts(self, value: Any, case: Case, day: int) -> Truth:
        if any(self.wanted.get(one.test, FOREVER) <= one.score for one in value):
            return TRUE
        return FALSE if all(case.reference.is_term("tests", one.test) for one in value) else UNKNOWN


class Tags(Filter):
    """Words that both sides use for what no key holds; every one must be there."""

    __slots__ = ()

    def accepts(self, value: Any, case: Case, day: int) -> Truth:
        return TRUE if set(self.wanted) <= set(value) else FALSE


class DateIn(Filter):
    """A date of the record inside a window; with several attributes, whichever came first."""

    __slots__ = ("attributes", "window")

    def __init__(self, attributes: tuple[str, ...], window: Window) -> None:
        super().__init__(attributes[0], window)
        self.attributes = attributes
        self.window = window

    def days(self, row: Row) -> Days | None:
        """The first and the last day that would have to lie in the window."""
        return first_date(row, self.attributes)

    def holds(self, row: Row, case: Case, day: int) -> Truth:
        date = first_date(row, self.attributes)
        return UNKNOWN if date is None else self.window.contains(date, case)[0]

    def lacking(self, row: Row, case: Case, day: int) -> tuple[str, ...]:
        date = first_date(row, self.attributes)
        if date is None or not date.exact:
            return vague_dates(row, self.attributes)
        return self.window.contains(date, case)[1]


class HeldInto(DateIn):
    """A time of holding that reaches into a window: it ends there, or it lasts through it, which is better."""

    __slots__ = ()

    def days(self, row: Row) -> Days | None:
        return Days(row.start.first, row.end.last)

    def holds(self, row: Row, case: Case, day: int) -> Truth:
        inside, around, _ = self.window.spans(case)
        surely = any(row.start.last <= last and row.end.first >= first for first, last in inside)
        return truth_of(surely, surely or any(row.start.first <= last and row.end.last >= first for first, last in around))

    def lacking(self, row: Row, case: Case, day: int) -> tuple[str, ...]:
        return row.vague_dates() or self.window.spans(case)[2]


def first_date(row: Row, attributes: tuple[str, ...]) -> Days | None:
    """The earliest of the dates of a record, as far as they are known; one that is not said may be earlier than the others."""
    if len(attributes) == 1:
        alone: Days | None = row.values.get(attributes[0])
        return alone
    dates = [row.values[name] for name in attributes if row.values.get(name) is not None]
    if not dates:
        return None
    first = min(date.first for date in dates) if len(dates) == len(attributes) else LONG_AGO
    return Days(first, min(date.last for date in dates))


def vague_dates(row: Row, attributes: tuple[str, ...]) -> tuple[str, ...]:
    """The paths of those of the dates that are not said, or not exactly."""
    return tuple(row.key(name) for name in attributes if row.values.get(name) is None or not row.values[name].exact)
