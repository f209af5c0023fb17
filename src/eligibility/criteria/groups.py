"""Groups: all of, any of (or so many of), none of; one value for all (`same`); shares of wholes (`together`); `met`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from eligibility.criteria.base import MISSING, Criterion, Gap, Result, Used, _unique, answered
from eligibility.dates import Days
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Truth, truth_of

if TYPE_CHECKING:
    from eligibility.criteria.case import Case
    from eligibility.criteria.question import RecordQuestion


class Group(Criterion):
    """Criteria joined by strong Kleene logic; a member that does not apply is as if it were not written."""

    __slots__ = ("how_many", "kind", "members", "same")

    def __init__(self, kind: str, members: tuple[Criterion, ...], how_many: int = 1, same: str | None = None) -> None:
        super().__init__()
        self.kind = kind
        self.members = members
        self.how_many = how_many
        self.same = same

    def decide(self, case: Case, day: Days | None) -> Result:
        if self.same is None:
            return self._join([member.evaluate(case) for member in self.members])
        return self._join_same(case, self.same)

    def _join(self, results: list[Result]) -> Result:
        truth = self._truth(results)
        result = answered(truth, f"{self.kind}.{_word(truth)}", {"kind": self.kind}, children=results)
        result.applies = _any_applies(results)
        result.shown = self._culprits(results, truth)
        shown = [results[index] for index in result.shown]
        if truth.possibly and not truth.surely:
            open_ones = [one for one in results if not one.in_group(TRUE).surely and (one.truth.possibly or self.kind == "none_of")]
            undecided = [one for one in open_ones if (one.truth.possibly and not one.truth.surely) or not one.applies.surely]
            result.missing = _unique(path for one in undecided for path in one.missing)
            result.causes = frozenset().union(*(one.causes for one in undecided))
        if len(shown) == 1:
            result.used, result.gap, result.future = _each_once(shown[0].used), shown[0].gap, shown[0].future
        else:
            result.used = _each_once([fact for one in shown for fact in one.used])
            result.future = max((one.future for one in shown if one.future is not None and truth.surely), default=None)
        return result

    def _truth(self, results: list[Result]) -> Truth:
        if self.kind == "all_of":
            truth = TRUE
            for one in results:
                truth = truth & one.in_group(TRUE)
                if truth is FALSE:
                    break
            return truth
        if self.kind == "none_of":
            truth = TRUE
            for one in results:
                truth = truth & ~one.in_group(FALSE)
            return truth
        members = [one.in_group(FALSE) for one in results]
        sure = members.count(TRUE)
        return truth_of(sure >= self.how_many, sure + members.count(UNKNOWN) >= self.how_many)

    def _culprits(self, results: list[Result], truth: Truth) -> tuple[int, ...]:
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
        plain = self._join([member.evaluate(case) for member in self.members])
        values = sorted(_values(self, case, attribute))
        best: tuple[Result, str] | None = None
        truth = FALSE if plain.truth.surely or not plain.truth.possibly else truth_of(False, plain.truth.possibly)
        for value in values:
            one = self._join([member.evaluate(case.with_same(attribute, value)) for member in self.members])
            truth = truth | one.truth
            if best is None or (one.truth.surely, one.truth.possibly) > (best[0].truth.surely, best[0].truth.possibly):
                best = one, value
        if best is None:
            return plain
        result = best[0]
        result.truth = truth
        result.params = {**result.params, "same": attribute, "value": best[1]}
        if truth.possibly and not truth.surely and not result.causes:
            result.causes, result.missing = plain.causes or MISSING, plain.missing
        return result

    def critical_days(self, case: Case) -> list[int]:
        return [day for member in self.members for day in member.critical_days(case)]


def _each_once(facts: Sequence[Used]) -> Sequence[Used]:
    """The facts without those that several members rest on; a mark or a test cannot be compared, and stays."""
    if len(facts) < 2:
        return facts
    try:
        return tuple(dict.fromkeys(facts))
    except TypeError:
        return tuple(facts)


def _word(truth: Truth) -> str:
    return "met" if truth.surely else "open" if truth.possibly else "unmet"


def _any_applies(results: list[Result]) -> Truth:
    truth = FALSE
    for one in results:
        truth = truth | one.applies
    return truth


def unmet_leaves(result: Result) -> int:
    """How many single conditions keep a result from passing."""
    if result.truth.surely or not result.applies.possibly:
        return 0
    if not result.children or result.shown == ():
        return 1
    counts = [unmet_leaves(child) for child in result.children]
    if result.params.get("kind") == "any_of":
        return min(count for count in counts if count) if any(counts) else 1
    return sum(counts) or 1


def _values(criterion: Criterion, case: Case, attribute: str) -> set[str]:
    from eligibility.criteria.question import RecordQuestion

    found: set[str] = set()
    if isinstance(criterion, Group):
        for member in criterion.members:
            found |= _values(member, case, attribute)
    elif isinstance(criterion, RecordQuestion):
        names = {"country": ("country", "place"), "employer": ("employer_name",), "school": ("school",)}[attribute]
        for row in case.facts.rows(criterion.kind_info.source) or ():
            for name in names:
                value = row.values.get(name)
                if isinstance(value, str):
                    found.add(value.split("-")[0] if attribute == "country" else value)
    return found


class Together(Criterion):
    """Shares of several wholes that together reach one whole."""

    kind = "together"
    __slots__ = ("members",)

    def __init__(self, members: tuple[RecordQuestion, ...]) -> None:
        super().__init__()
        self.members = members

    def decide(self, case: Case, day: Days | None) -> Result:
        parts = [member.share(case, day or Days(case.today, case.today)) for member in self.members]
        low, high = sum(part[0] for part in parts), sum(part[1] for part in parts)
        truth = truth_of(low >= 1 - 1e-9, high >= 1 - 1e-9)
        params = {"kind": "together", "low": round(low * 100), "high": round(high * 100)}
        children = [part[2] for part in parts]
        gap = None if truth.surely else Gap(max(0, 100 - int(low * 100)), "percent")
        missing = _unique(path for one in children for path in one.missing) if truth.possibly and not truth.surely else ()
        for member, child in zip(self.members, children, strict=True):
            child.criterion = member
        return answered(
            truth, f"together.{_word(truth)}", params, gap=gap, missing=missing, children=children, shown=(),
            used=[fact for one in children for fact in one.used], day=day,
            causes=frozenset().union(*(one.causes for one in children)) if truth == UNKNOWN else frozenset(),
        )  # fmt: skip

    def critical_days(self, case: Case) -> list[int]:
        return [day for member in self.members for day in member.critical_days(case)]


class Met(Criterion):
    """A criterion defined once, asked again here."""

    kind = "met"
    __slots__ = ("target",)

    def __init__(self, target: str) -> None:
        super().__init__()
        self.target = target

    def decide(self, case: Case, day: Days | None) -> Result:
        result = case.conditions[self.target].evaluate(case)
        found = answered(
            result.truth, result.code, result.params, used=result.used, missing=result.missing, causes=result.causes,
            gap=result.gap, future=result.future, day=result.day, children=result.children, shown=result.shown,
        )  # fmt: skip
        found.applies, found.preferred = result.applies, result.preferred
        return found

    def critical_days(self, case: Case) -> list[int]:
        return case.conditions[self.target].critical_days(case)


__all__ = ["UNKNOWN", "Group", "Met", "Together", "Used"]
