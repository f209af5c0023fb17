"""Groups: all of, any of (or so many of), none of; one value for all (`same`); shares of wholes (`together`); `met`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, overload

from eligibility.answer import Gap, GroupCode, TogetherCode, Used
from eligibility.criteria.base import Criterion
from eligibility.criteria.result import MISSING, Reason, Result, answered, unique, with_missing, with_params
from eligibility.criteria.stretches import ANOTHER, SAME, same_key, that_of
from eligibility.dates import Days, one_day
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Truth, agreed, truth_of

if TYPE_CHECKING:
    from eligibility.criteria.case import Case
    from eligibility.criteria.moments import Moment
    from eligibility.criteria.question import RecordQuestion
    from eligibility.facts import Row


_CODES: Mapping[str, Mapping[Truth, GroupCode]] = {
    "all_of": {TRUE: "all_of.met", UNKNOWN: "all_of.open", FALSE: "all_of.unmet"},
    "any_of": {TRUE: "any_of.met", UNKNOWN: "any_of.open", FALSE: "any_of.unmet"},
    "none_of": {TRUE: "none_of.met", UNKNOWN: "none_of.open", FALSE: "none_of.unmet"},
}
_SHARED: Mapping[Truth, TogetherCode] = {TRUE: "together.met", UNKNOWN: "together.open", FALSE: "together.unmet"}


class Group(Criterion):
    """Criteria joined by strong Kleene logic; a member that does not apply is as if it were not written."""

    __slots__ = ("codes", "deciding", "how_many", "kind", "members", "same")

    def __init__(self, kind: str, members: tuple[Criterion, ...], how_many: int = 1, same: str | None = None) -> None:
        super().__init__()
        self.kind = kind
        self.members = members
        self.codes = _CODES[kind]
        self.how_many = how_many
        self.deciding = FALSE if kind == "all_of" else TRUE
        """The answer of members that decides the group: of one of them, or of so many."""
        self.same = same

    def decide(self, case: Case, day: Days | None) -> Result:
        return self._join(case) if self.same is None else self._join_same(case, self.same)

    def _join(self, case: Case) -> Result:
        """What the members say together. Once enough of them have decided it, the others are asked when somebody reads them."""
        results: list[Result] = []
        decided = 0
        for member in self.members:
            one = member.evaluate(case)
            results.append(one)
            if one.truth is self.deciding and one.applies is TRUE:
                decided += 1
                if decided == self.how_many:
                    truth = TRUE if self.kind == "any_of" else FALSE
                    answers = _Answers(self.members, results, case)
                    result = answered(truth, self.codes[truth], (Group._reason, self, answers, truth, ()))
                    result.children = answers
                    return result
        truth = self._truth(results)
        undecided = self._undecided(results) if truth is UNKNOWN else []
        result = answered(truth, self.codes[truth], (Group._reason, self, results, truth, undecided))
        result.children = results
        result.applies = _any_applies(results)
        if undecided:
            result.causes = frozenset().union(*[one.causes for one in undecided])
        return result

    def _undecided(self, results: list[Result]) -> list[Result]:
        """The members that leave the group open."""
        none_of = self.kind == "none_of"
        return [
            one for one in results
            if (one.truth is UNKNOWN or one.applies is not TRUE) and one.in_group(TRUE) is not TRUE and (one.truth is not FALSE or none_of)
        ]  # fmt: skip

    def _reason(self, results: Sequence[Result], truth: Truth, undecided: Sequence[Result]) -> Reason:
        shown = self._culprits(results, truth)
        missing = unique(path for one in undecided for path in one.reason.missing)
        reasons = [results[index].reason for index in shown]
        if len(reasons) == 1:
            [only] = reasons
            return Reason(self.kind, self._params(), _each_once(only.used), missing, only.gap, only.future, shown)
        used = _each_once([fact for one in reasons for fact in one.used])
        future = max([one.future for one in reasons if one.future is not None], default=None) if truth is TRUE else None
        return Reason(self.kind, self._params(), used, missing, None, future, shown)

    def _params(self) -> Mapping[str, int]:
        return {} if self.how_many == 1 else {"how_many": self.how_many}

    def _truth(self, results: list[Result]) -> Truth:
        if self.kind == "all_of":
            truth = TRUE
            for one in results:
                truth &= one.truth if one.applies is TRUE else one.in_group(TRUE)
                if truth is FALSE:
                    break
            return truth
        if self.kind == "none_of":
            truth = TRUE
            for one in results:
                truth = truth & ~one.in_group(FALSE)
            return truth
        members = [one.truth if one.applies is TRUE else one.in_group(FALSE) for one in results]
        sure = members.count(TRUE)
        return truth_of(sure >= self.how_many, sure + members.count(UNKNOWN) >= self.how_many)

    def _culprits(self, results: Sequence[Result], truth: Truth) -> tuple[int, ...]:
        """The members worth showing: what carries a pass, what breaks an all-of, and of a failed any-of the branch nearest
        to passing (unknown before fail, then fewest unmet leaves, then file order)."""
        count = range(len(results))
        if self.kind == "none_of":
            return tuple(i for i in count if (~results[i].in_group(FALSE)) == truth) or tuple(count)
        if self.kind == "all_of":
            if truth.surely:
                return tuple(i for i in count if results[i].applies.possibly)
            worst = [i for i in count if not results[i].in_group(TRUE).possibly] if not truth.possibly else []
            return tuple(worst or [i for i in count if not results[i].in_group(TRUE).surely])
        if truth.surely:
            return tuple([i for i in count if results[i].in_group(FALSE).surely][: self.how_many])
        if not results:
            return ()
        return (min(count, key=lambda i: (results[i].in_group(FALSE) is FALSE, unmet_leaves(results[i]), i)),)

    def _join_same(self, case: Case, attribute: str) -> Result:
        """One value that satisfies every member: each candidate value is tried, the best one is kept and named."""
        values = sorted(_values(self, case, attribute))
        nameless, lists = _unnamed(self, case, attribute)
        unnamed = unique((*(same_key(row, attribute) for row in nameless), *lists))
        trials = [(self._join(case.with_same(attribute, value)), value) for value in values]
        plain = self._join(case)
        if not unnamed and not trials:
            return plain
        truth = FALSE
        for one, _ in trials:
            truth = truth | one.truth
        if unnamed:
            another = self._join(case.with_same(attribute, ANOTHER)).truth
            truth = truth | (UNKNOWN & another) if trials or nameless else agreed((plain.truth, another))
            if any(self._join(case.with_same(attribute, that_of(row))).truth is TRUE for row in nameless):  # whatever its value is
                truth = TRUE
        best, value = max(trials, key=lambda one: (one[0].truth.surely, one[0].truth.possibly), default=(plain, None))
        result = best if value is None else best.but(with_params, {"same": attribute, "value": value})
        if truth is UNKNOWN and best.truth is not UNKNOWN:
            result = result.but(with_missing, unnamed)
            result.causes = MISSING
        result.truth, result.code = truth, self.codes[truth]
        return result

    def critical_days(self, case: Case) -> list[int]:
        return [day for member in self.members for day in member.critical_days(case)]


class _Answers(Sequence[Result]):
    """The answers of all members: those that decided, and the others, worked out when somebody looks."""

    __slots__ = ("_case", "_known", "_members")

    def __init__(self, members: tuple[Criterion, ...], known: list[Result], case: Case) -> None:
        self._members, self._known, self._case = members, known, case

    def _every(self) -> list[Result]:
        known = self._known
        if len(known) < len(self._members):  # a new list: threads that look at once find the same
            known = self._known = [*known, *[member.evaluate(self._case) for member in self._members[len(known) :]]]
        return known

    def __len__(self) -> int:
        return len(self._members)

    @overload
    def __getitem__(self, index: int) -> Result: ...
    @overload
    def __getitem__(self, index: slice) -> list[Result]: ...
    def __getitem__(self, index: int | slice) -> Result | list[Result]:
        return self._every()[index]


def _each_once(facts: Sequence[Used]) -> Sequence[Used]:
    """The facts without those that several members rest on; a mark or a test cannot be compared, and stays."""
    if len(facts) < 2:
        return facts
    try:
        return tuple(dict.fromkeys(facts))
    except TypeError:
        return tuple(facts)


def _any_applies(results: list[Result]) -> Truth:
    truth = FALSE
    for one in results:
        truth |= one.applies
        if truth is TRUE:
            break
    return truth


def unmet_leaves(result: Result) -> int:
    """How many single conditions keep a result from passing."""
    if result.truth.surely or not result.applies.possibly:
        return 0
    if not result.children or result.single:
        return 1
    counts = [unmet_leaves(child) for child in result.children]
    if result.code.startswith("any_of."):
        return min(count for count in counts if count) if any(counts) else 1
    return sum(counts) or 1


def _values(criterion: Criterion, case: Case, attribute: str) -> set[str]:
    from eligibility.criteria.question import RecordQuestion

    found: set[str] = set()
    if isinstance(criterion, Group):
        for member in criterion.members:
            found |= _values(member, case, attribute)
    elif isinstance(criterion, RecordQuestion):
        for row in case.facts.rows(criterion.kind_info.source) or ():
            for name in SAME[attribute]:
                value = row.values.get(name)
                if isinstance(value, str):
                    found.add(value.split("-")[0] if attribute == "country" else value)
    return found


def _unnamed(criterion: Criterion, case: Case, attribute: str) -> tuple[list[Row], list[str]]:
    """The records that do not say a value, and the lists that may hold more."""
    from eligibility.criteria.question import RecordQuestion

    if isinstance(criterion, Group):
        found = [_unnamed(member, case, attribute) for member in criterion.members]
        return [row for rows, _ in found for row in rows], [path for _, paths in found for path in paths]
    if not isinstance(criterion, RecordQuestion):
        return [], []
    rows, complete, path = case.facts.listed(criterion.source)
    nameless = [row for row in rows or () if row.values.keys().isdisjoint(SAME[attribute])]
    return nameless, [] if rows is not None and complete else [path]


class Together(Criterion):
    """Shares of several wholes that together reach one whole."""

    kind = "together"
    __slots__ = ("members",)

    def __init__(self, members: tuple[RecordQuestion, ...]) -> None:
        super().__init__()
        self.members = members

    def decide(self, case: Case, day: Days | None) -> Result:
        parts = [member.share(case, day or one_day(case.today)) for member in self.members]
        low, high = sum(part[0] for part in parts), sum(part[1] for part in parts)
        truth = truth_of(low >= 1 - 1e-9, high >= 1 - 1e-9)
        children = [part[2] for part in parts]
        for member, child in zip(self.members, children, strict=True):
            child.criterion = member
        causes = frozenset().union(*[one.causes for one in children]) if truth is UNKNOWN else None
        result = answered(truth, _SHARED[truth], (_shares, truth, low, high, children), causes, day)
        result.children, result.single = children, True
        return result

    def critical_days(self, case: Case) -> list[int]:
        return [day for member in self.members for day in member.critical_days(case)]


def _shares(truth: Truth, low: float, high: float, parts: list[Result]) -> Reason:
    """The shares in percent, rounded so that less than the whole is never shown as all of it."""
    reasons = [part.reason for part in parts]
    least, most = (int(round(share * 100, 6)) for share in (low, high))
    return Reason(
        "together",
        {"low": least, "high": most},
        used=[fact for one in reasons for fact in one.used],
        missing=unique(path for one in reasons for path in one.missing) if truth is UNKNOWN else (),
        gap=None if truth is TRUE else Gap(max(1, 100 - (most if truth is FALSE else least)), "percent"),
        shown=(),
    )


class Met(Criterion):
    """A criterion defined once, asked again here."""

    kind = "met"
    __slots__ = ("asked", "day", "target")

    def __init__(self, target: str, day: Moment | None) -> None:
        super().__init__()
        self.target = target
        self.day = day
        """The day it is asked on, unless it has one of its own."""
        self.asked: Criterion | None = None
        """The criterion as it is on that day, where that is not the day of the vacancy."""

    def decide(self, case: Case, day: Days | None) -> Result:
        result = self._target(case).evaluate(case)
        found = answered(result.truth, result.code, (getattr, result, "reason"), result.causes, result.day)
        found.children, found.single = result.children, result.single
        found.applies, found.preferred = result.applies, result.preferred
        return found

    def critical_days(self, case: Case) -> list[int]:
        return self._target(case).critical_days(case)

    def _target(self, case: Case) -> Criterion:
        return case.conditions[self.target] if self.asked is None else self.asked
