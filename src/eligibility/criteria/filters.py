"""Filters: what one record must be like to count. Every filter of a criterion looks at the same record.

A filter answers with a Truth: a record that lacks the attribute only *may* match, and so does a vague or disputed one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from eligibility.criteria.bounds import Bound, compare
from eligibility.dates import FOREVER, LONG_AGO, Days
from eligibility.reference.spelling import fold
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Truth, truth_of

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
        raise NotImplementedError  # each filter has its own, or answers `holds` without it

    def lacking(self, row: Row, case: Case, day: int) -> tuple[str, ...]:
        """What would have to be known for a record that only may match; nothing where only a person can tell."""
        return (row.key(self.attribute),)

    def changes(self, case: Case) -> tuple[int, ...]:
        """The days on which the answer may change of itself."""
        return ()

    @property
    def limits(self) -> tuple[Bound, ...]:
        """The bounds it compares with, which events of the candidate's life may move."""
        return ()


class Flag(Filter):
    """true or false."""

    __slots__ = ()

    def accepts(self, value: Any, case: Case, day: int) -> Truth:
        return TRUE if value == self.wanted else FALSE


class FullTime(Filter):
    """`full_time`, told by the record or by its working time: of hours a week, by the full week of the rule, or 35 to 40 hours."""

    __slots__ = ("full_week",)

    def __init__(self, attribute: str, wanted: bool) -> None:
        super().__init__(attribute, wanted)
        self.full_week: float | None = None

    def holds(self, row: Row, case: Case, day: int) -> Truth:
        values = row.values
        if "full_time" in values:
            full = truth_of(values["full_time"], values["full_time"])
        elif "rate" in values:
            full = truth_of(values["rate"] >= 100, values["rate"] >= 100)
        elif "hours_per_week" in values:
            hours = values["hours_per_week"]
            full = truth_of(hours >= (self.full_week or 40), hours >= (self.full_week or 35))
        else:
            return UNKNOWN
        return full if self.wanted else ~full


_LEAST = {"year": 1}
"""The least that a number of a record can be, where that is not 0."""


class Numbers(Filter):
    """A number within bounds, or one of several exact ones. Values may be ranges (a bare `baccalauréat` is level 4 to 6)."""

    __slots__ = ("bounds",)

    def __init__(self, attribute: str, wanted: Any, bounds: tuple[Bound, ...]) -> None:
        super().__init__(attribute, wanted, all(bound.fixed is not None for bound in bounds))
        self.bounds = bounds

    @property
    def limits(self) -> tuple[Bound, ...]:
        return self.bounds

    def holds(self, row: Row, case: Case, day: int) -> Truth:
        value = row.values.get(self.attribute)
        if value is None:  # any that there can be
            return self.accepts((_LEAST.get(self.attribute, 0), FOREVER), case, day) if self.bounds else UNKNOWN
        return super().holds(row, case, day)

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


class WorkingTime(Numbers):
    """`rate`: stated, or told by full time or the hours a week; of a job that says nothing of it, anything up to full time."""

    __slots__ = ()

    def holds(self, row: Row, case: Case, day: int) -> Truth:
        return self.accepts(row.rate, case, day)


class MoneyFilter(Filter):
    """An amount within bounds; another currency cannot be compared."""

    __slots__ = ("bounds",)

    def __init__(self, attribute: str, wanted: Any, bounds: tuple[Bound, ...]) -> None:
        super().__init__(attribute, wanted, all(bound.fixed is not None for bound in bounds))
        self.bounds = bounds

    @property
    def limits(self) -> tuple[Bound, ...]:
        return self.bounds

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
    """A mark within bounds on one of several named scales. A mark on another scale cannot be compared, unless an alternative asks for that
    scale (`elsewhere`): then it is for that one to tell."""

    __slots__ = ("bounds", "elsewhere")

    def __init__(self, attribute: str, wanted: Any, bounds: tuple[tuple[str, Bound], ...], elsewhere: frozenset[str]) -> None:
        super().__init__(attribute, wanted, all(bound.fixed is not None for _, bound in bounds))
        self.bounds = bounds
        self.elsewhere = elsewhere

    @property
    def limits(self) -> tuple[Bound, ...]:
        return tuple(bound for _, bound in self.bounds)

    def accepts(self, value: Any, case: Case, day: int) -> Truth:
        own = [bound for scale, bound in self.bounds if scale == value.scale]
        if not own:
            return FALSE if value.scale in self.elsewhere else UNKNOWN
        truth = TRUE
        for bound in own:
            limit_low, limit_high, _ = bound.limits(case)
            truth = truth & compare(bound.operator, value.value, value.value, limit_low, limit_high)
        return truth


class Terms(Filter):
    """Ids of a vocabulary: one of several, all except some, a list of the notice, or what was chosen.

    `tree` names a hierarchy (`employer`, `field`) in which a narrower term satisfies a wider one. With `open_ended`, a term
    that is not listed may still do: somebody has to judge it. `known` are the words of the vacancy's own lists, with what they are
    called there: only two words that somebody has declared are surely different from each other.
    """

    __slots__ = ("called", "chosen", "excluded", "known", "names", "open_ended", "settled", "spelling", "tree", "vocabulary")

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
        known: Mapping[str, Iterable[str]] = MappingProxyType({}),
        spelling: Callable[[str], str] = fold,
    ) -> None:
        super().__init__(attribute, wanted, chosen is None)
        self.spelling = spelling
        self.vocabulary = vocabulary
        self.tree = tree
        self.excluded = excluded
        self.open_ended = open_ended
        self.chosen = chosen
        self.known = frozenset(known)
        self.names = known
        self.called: dict[str, str] | None = None
        self.settled: dict[Any, bool] = {}

    def holds(self, row: Row, case: Case, day: int) -> Truth:
        """A word of the notice's own that is also a spelling of another word is the notice's own, if the profile spells it so."""
        value = row.values.get(self.attribute)
        written = row.written.get(self.attribute) if row.written and self.names else None
        if value is None or written is None:
            return super().holds(row, case, day)
        own = [self._own(word) for word in ((written,) if isinstance(written, str) else written)]
        if not any(own):
            return super().holds(row, case, day)
        read = value if isinstance(value, tuple) else (value,)
        return self.accepts(tuple(word or known for word, known in zip(own, read, strict=True)), case, day)

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
        value = self._meant(value, case)
        if self.tree is not None:
            truth = FALSE
            for one in wanted:
                truth = truth | self._in_tree(self.tree, value, one, case)
            return truth
        if value in wanted:
            return TRUE
        declared = self._is_declared(value, case) and all(self._is_declared(one, case) for one in wanted)
        return FALSE if declared else UNKNOWN

    def _in_tree(self, tree: str, value: str, wanted: str, case: Case) -> Truth:
        """Whether a term is the wanted one or narrower. A word of the notice has no place in the hierarchy: it is another word than any
        exact term, while a broad one (all of the humanities) may be meant to hold it."""
        reference = case.reference
        if value != wanted and wanted in self.known and not reference.is_in_tree(tree, wanted):
            apart = not reference.is_broad(tree, value) if reference.is_in_tree(tree, value) else value in self.known
            return FALSE if apart else UNKNOWN
        surely, possibly, _ = reference.within(tree, value, wanted)
        return truth_of(surely, possibly)

    def _meant(self, value: str, case: Case) -> str:
        """The id of the vacancy's own word that the profile writes otherwise: by its label, or with other capitals."""
        return value if not self.names or self._is_declared(value, case) else self._own(value) or value

    def _own(self, word: str) -> str | None:
        """The word of the vacancy's own that is called so."""
        if self.called is None:
            self.called = {self.spelling(name): own for own, names in self.names.items() for name in (*names, own)}
        return self.called.get(self.spelling(word))

    def _is_declared(self, word: str, case: Case) -> bool:
        """Whether the reference data or a list of the vacancy knows a word: a misspelt one surely differs from nothing."""
        if word in self.known:
            return True
        if self.tree is not None:
            return case.reference.is_in_tree(self.tree, word)
        return self.vocabulary is not None and case.reference.is_term(self.vocabulary, word)

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

    def doubts(self, value: str, case: Case) -> Iterator[tuple[str, str]]:
        """The terms asked for that a value only may be, each with why."""
        if self.tree is not None:
            for one in self.wanted:
                if doubt := case.reference.within(self.tree, self._meant(value, case), one).doubt:
                    yield one, doubt

    def _is_settled(self, value: str, case: Case) -> bool:
        """Whether the profile cannot say more: what remains is disputed, or for a person to judge."""
        value = self._meant(value, case)
        if self.tree is None:
            return self._is_declared(value, case) and (self.open_ended or not all(self._is_declared(one, case) for one in self.wanted))
        if not self._is_declared(value, case):
            return False
        own = [one for one in self.wanted if not case.reference.is_in_tree(self.tree, one)]
        doubts = {case.reference.within(self.tree, value, one).doubt for one in self.wanted if one not in own}
        return not doubts & {"unknown_id", "vague"} and not (own and case.reference.is_broad(self.tree, value))


class Related(Filter):
    """Of the relatives asked about. A word for a relation that nothing knows may mean any of them."""

    __slots__ = ()

    def __init__(self, relations: tuple[str, ...]) -> None:
        super().__init__("relation", relations)

    def accepts(self, value: Any, case: Case, day: int) -> Truth:
        return TRUE if value in self.wanted else FALSE if case.reference.is_term("relations", value) else UNKNOWN

    def lacking(self, row: Row, case: Case, day: int) -> tuple[str, ...]:
        return (f"{row.path.partition('].')[0]}].relation",)


class Tags(Filter):
    """Words that both sides use for what no key holds: every one of several, or any, or none of them, or the one that was chosen."""

    __slots__ = ("chosen", "every", "excluded", "names")

    def __init__(
        self, attribute: str, wanted: tuple[str, ...], names: Mapping[str, Iterable[str]] = MappingProxyType({}), *,
        every: bool = True, excluded: bool = False, chosen: str | None = None,
    ) -> None:  # fmt: skip
        super().__init__(attribute, wanted, chosen is None)
        self.every = every and not excluded
        self.excluded = excluded
        self.chosen = chosen
        self.names = names

    def accepts(self, value: Any, case: Case, day: int) -> Truth:
        wanted = self.wanted
        if self.chosen is not None:
            choice = case.choices.get(self.chosen)
            if choice is None:
                return UNKNOWN
            wanted = (choice,)
        said = {fold(one) for one in value}
        there = [any(fold(name) in said for name in (word, *self.names.get(word, ()))) for word in wanted]
        found = all(there) if self.every else any(there)
        return TRUE if found is not self.excluded else FALSE

    def lacking(self, row: Row, case: Case, day: int) -> tuple[str, ...]:
        if self.chosen is not None and self.chosen not in case.choices:
            return (f"choices.{self.chosen}",)
        return super().lacking(row, case, day)


_BEGINS = (("start",), ("awarded",))


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
        if self.attributes in _BEGINS and (date is None or date.first <= day < date.last):
            date = Days(date.first if date is not None else LONG_AGO, day)  # what begins later does not count yet
        inside = self.window.contains(date or Days(LONG_AGO, FOREVER), case)[0]
        if date is None:
            return UNKNOWN & inside
        if date.last < FOREVER or row.source.end == "expires":  # what does not expire is good for longer than any day
            return inside
        return FALSE if date.first == FOREVER else UNKNOWN & inside  # what goes on has not ended

    def lacking(self, row: Row, case: Case, day: int) -> tuple[str, ...]:
        date = first_date(row, self.attributes)
        if date is None or not date.exact:
            return vague_dates(row, self.attributes)
        return self.window.contains(date, case)[1]


class HeldInto(DateIn):
    """A time of holding that reaches into a window: it ends there, or it lasts through it, which is better.

    `until` is everything up to the end of the window: the days that a length of holding counts.
    """

    __slots__ = ("until",)

    def __init__(self, attributes: tuple[str, ...], window: Window) -> None:
        super().__init__(attributes, window)
        self.until = window.until()

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
        return row.date(attributes[0])
    dates = [date for name in attributes if (date := row.date(name)) is not None]
    if not dates:
        return None
    first = min(date.first for date in dates) if len(dates) == len(attributes) else LONG_AGO
    return Days(first, min(date.last for date in dates))


def vague_dates(row: Row, attributes: tuple[str, ...]) -> tuple[str, ...]:
    """The paths of those of the dates that are not said, or not exactly."""
    return tuple(row.date_key(name) for name in attributes if (date := row.date(name)) is None or not date.exact)
