"""Groups: all of, any of (or so many of), none of; one value for all (`same`); shares of wholes (`together`); `met`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import overload

from eligibility.answer import GroupCode, TogetherCode
from eligibility.dates import Days, one_day
from eligibility.deciding import evidence as of
from eligibility.deciding.case import Case
from eligibility.deciding.parts import share, that_count
from eligibility.deciding.result import MISSING, READINGS, Result, answered, unique
from eligibility.deciding.selection import UNLISTED, listed, relatives
from eligibility.deciding.stretches import ANOTHER, SAME, same_key, that_of
from eligibility.facts import Row
from eligibility.language.groups import OF_RELATIVE
from eligibility.question.grammar import Criterion, Records
from eligibility.question.others import Group, Met, Together
from eligibility.question.walk import leaves
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Truth, agreed, truth_of

_CODES: Mapping[str, Mapping[Truth, GroupCode]] = {
    "all_of": {TRUE: "all_of.met", UNKNOWN: "all_of.open", FALSE: "all_of.unmet"},
    "any_of": {TRUE: "any_of.met", UNKNOWN: "any_of.open", FALSE: "any_of.unmet"},
    "none_of": {TRUE: "none_of.met", UNKNOWN: "none_of.open", FALSE: "none_of.unmet"},
}
_SHARED: Mapping[Truth, TogetherCode] = {TRUE: "together.met", UNKNOWN: "together.open", FALSE: "together.unmet"}


def group(criterion: Group, case: Case, day: Days | None) -> Result:
    """What the members say together."""
    if criterion.choice:
        return _by_choice(criterion, case)
    if criterion.same is None:
        return _join(criterion, case)
    return _join_relative(criterion, case) if criterion.same == OF_RELATIVE else _join_same(criterion, case, criterion.same)


def _join(group: Group, case: Case) -> Result:
    """What the members say together. Once enough of them have decided it, the others are asked when somebody reads them."""
    results: list[Result] = []
    decided = 0
    deciding, codes = FALSE if group.kind == "all_of" else TRUE, _CODES[group.kind]
    for member in group.members:
        one = case.by.evaluate(member, case)
        results.append(one)
        if one.truth is deciding and one.applies is TRUE:
            decided += 1
            if decided == group.how_many:
                truth = TRUE if group.kind == "any_of" else FALSE
                answers = _Answers(group.members, results, case)
                result = answered(truth, codes[truth], of.Joined(group, answers, truth, ()))
                result.children = answers
                return result
    truth = _truth(group, results)
    undecided = _undecided(group, results) if truth is UNKNOWN else []
    result = answered(truth, codes[truth], of.Joined(group, results, truth, undecided))
    result.children = results
    result.applies = _any_applies(results)
    if undecided:
        result.causes = frozenset().union(*[one.causes for one in undecided])
    return result


def _by_choice(group: Group, case: Case) -> Result:
    """What the member of the option that is chosen says; unknown while nobody has chosen."""
    chosen = case.choices.get(group.choice)
    if chosen in group.options:
        return again(case.by.evaluate(group.members[group.options.index(chosen)], case))
    results = [
        case.by.evaluate(member, case.with_choice(group.choice, option))
        for option, member in zip(group.options, group.members, strict=True)
    ]
    return answered(UNKNOWN, "not_chosen", of.Unchosen(group, results, chosen), MISSING)


def _undecided(group: Group, results: list[Result]) -> list[Result]:
    """The members that leave the group open."""
    none_of = group.kind == "none_of"
    return [
        one for one in results
        if (one.truth is UNKNOWN or one.applies is not TRUE) and one.in_group(TRUE) is not TRUE and (one.truth is not FALSE or none_of)
    ]  # fmt: skip


def _truth(group: Group, results: list[Result]) -> Truth:
    if group.kind == "all_of":
        truth = TRUE
        for one in results:
            truth &= one.truth if one.applies is TRUE else one.in_group(TRUE)
            if truth is FALSE:
                break
        return truth
    if group.kind == "none_of":
        truth = TRUE
        for one in results:
            truth = truth & ~one.in_group(FALSE)
        return truth
    members = [one.truth if one.applies is TRUE else one.in_group(FALSE) for one in results]
    sure = members.count(TRUE)
    return truth_of(sure >= group.how_many, sure + members.count(UNKNOWN) >= group.how_many)


def culprits(group: Group, results: Sequence[Result], truth: Truth) -> tuple[int, ...]:
    """The members worth showing: what carries a pass, what breaks an all-of, and of a failed any-of the branch nearest
    to passing (unknown before fail, then the option that was chosen, then fewest unmet leaves, then file order)."""
    count = range(len(results))
    if group.kind == "none_of":
        return tuple(i for i in count if (~results[i].in_group(FALSE)) == truth) or tuple(count)
    if group.kind == "all_of":
        if truth.surely:
            return tuple(i for i in count if results[i].applies.possibly)
        worst = [i for i in count if not results[i].in_group(TRUE).possibly] if not truth.possibly else []
        return tuple(worst or [i for i in count if not results[i].in_group(TRUE).surely])
    if truth.surely:
        return tuple([i for i in count if results[i].in_group(FALSE).surely][: group.how_many])
    left = [i for i in count if not results[i].in_group(FALSE).surely]  # of several that are asked for, some may be there
    if not left:
        return ()
    return (min(left, key=lambda i: (results[i].in_group(FALSE) is FALSE, _not_chosen(results[i]), unmet_leaves(results[i]), i)),)


def _not_chosen(result: Result) -> bool:
    """Whether it is a way in for those who chose another option: none that somebody could still take."""
    if result.code in ("any_of.unmet", "any_of.open"):
        return all(map(_not_chosen, result.children))
    return result.code == "chosen_otherwise" or any(map(_not_chosen, result.children))


def _join_same(group: Group, case: Case, attribute: str) -> Result:
    """One value that satisfies every member: each candidate value is tried, the best one is kept and named."""
    values = sorted(_values(group, case, attribute))
    nameless, lists = _unnamed(group, case, attribute)
    unnamed = unique((*(same_key(row, attribute) for row in nameless), *lists))
    trials = [(_join(group, case.with_same(attribute, value)), value) for value in values]
    plain = _join(group, case)
    if not unnamed and not trials:
        return plain
    truth = FALSE
    for one, _ in trials:
        truth = truth | one.truth
    if unnamed:
        another = _join(group, case.with_same(attribute, ANOTHER)).truth
        truth = truth | (UNKNOWN & another) if trials or nameless else agreed((plain.truth, another))
        if any(_join(group, case.with_same(attribute, that_of(row))).truth is TRUE for row in nameless):  # whatever its value is
            truth = TRUE
    best, value = max(trials, key=lambda one: (one[0].truth.surely, one[0].truth.possibly), default=(plain, None))
    result = best if value is None else best.but(of.WithParams(best, {"same": attribute, "value": value}))
    if truth is UNKNOWN and best.truth is not UNKNOWN:
        result = result.but(of.WithMissing(result, unnamed))
        result.causes = MISSING
    result.truth, result.code = truth, _CODES[group.kind][truth]
    return result


def _join_relative(group: Group, case: Case) -> Result:
    """One relative who satisfies every member: each of them is tried, and who comes nearest is kept and named."""
    facts = case.facts
    if facts.relatives() is None:
        return _join(group, case)
    paths = [one.path("") for one in relatives(_asked(group)[0], case)]
    trials = [(_join(group, case.with_relative(path)), path.removesuffix(".")) for path in paths]
    result = _join(group, case)
    if trials:
        best, path = max(trials, key=lambda one: (one[0].truth.surely, one[0].truth.possibly))
        result = best.but(of.WithParams(best, {"same": OF_RELATIVE, "value": path}))
    if result.truth is FALSE and not facts.complete("relatives") and _join(group, case.with_relative(UNLISTED)).truth.possibly:
        result = result.but(of.WithMissing(result, (facts.path("relatives"),)))
        result.truth, result.code, result.causes = UNKNOWN, _CODES[group.kind][UNKNOWN], MISSING
    return result


class _Answers(Sequence[Result]):
    """The answers of all members: those that decided, and the others, worked out when somebody looks."""

    __slots__ = ("_case", "_known", "_members")

    def __init__(self, members: tuple[Criterion, ...], known: list[Result], case: Case) -> None:
        self._members, self._known, self._case = members, known, case

    def _every(self) -> list[Result]:
        known = self._known
        if len(known) < len(self._members):  # a new list: threads that look at once find the same
            known = self._known = [*known, *[self._case.by.evaluate(member, self._case) for member in self._members[len(known) :]]]
        return known

    def __len__(self) -> int:
        return len(self._members)

    @overload
    def __getitem__(self, index: int) -> Result: ...
    @overload
    def __getitem__(self, index: slice) -> list[Result]: ...
    def __getitem__(self, index: int | slice) -> Result | list[Result]:
        return self._every()[index]


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


def _values(group: Group, case: Case, attribute: str) -> set[str]:
    found: set[str] = set()
    for question in _asked(group):
        for row in listed(question, case, case.today)[0] or ():
            for name in SAME[attribute]:
                value = row.values.get(name)
                if isinstance(value, str):
                    found.add(value.split("-")[0] if attribute == "country" else value)
    return found


def _unnamed(group: Group, case: Case, attribute: str) -> tuple[list[Row], list[str]]:
    """The records that do not say a value, and the lists that may hold more."""
    nameless: list[Row] = []
    lists: list[str] = []
    for question in _asked(group):
        rows, complete, path = listed(question, case, case.today)
        if not question.about.has(attribute):
            continue
        nameless += [row for row in rows or () if row.values.keys().isdisjoint(SAME[attribute])]
        lists += [] if rows is not None and complete else [path]
    return nameless, lists


def _asked(group: Group) -> list[Records]:
    """The questions about records among its members, and theirs."""
    return [one for one in leaves(group) if isinstance(one, Records)]


def days_of_members(criterion: Group | Together, case: Case) -> list[int]:
    """The days on which the answer of a member may change."""
    return [day for member in criterion.members for day in case.by.critical_days(member, case)]


def together(criterion: Together, case: Case, day: Days | None) -> Result:
    """Shares of several wholes against one whole."""
    on = day or one_day(case.today)
    parts = [share(member, case, on) for member in criterion.members]
    low, high = sum(part[0] for part in parts), sum(part[1] for part in parts)
    truth = truth_of(low >= 1 - 1e-9, high >= 1 - 1e-9)
    divided = False
    if truth.possibly and (least := _each_once(criterion, case, on)) is not None and least < low:
        divided = truth.surely and least < 1 - 1e-9
        low, truth = least, truth_of(least >= 1 - 1e-9, True)
    children = [part[2] for part in parts]
    for member, child in zip(criterion.members, children, strict=True):
        child.criterion = member
    causes = None
    if truth is UNKNOWN:
        causes = frozenset().union(*[one.causes for one in children], READINGS if divided else ())
    result = answered(truth, _SHARED[truth], of.Shares(truth, low, high, children, divided), causes, day)
    result.children, result.single = children, True
    return result


_MOST_DIVIDED = 256
"""The ways of dividing records among the parts that are tried; where there are more, each part is tried with all that it asks for."""


def _each_once(criterion: Together, case: Case, day: Days) -> float | None:
    """Where records count for several parts, how much the parts surely are if each record counts for one of them only, divided as is best;
    None where none does."""
    counting = [frozenset(that_count(member, case, day)) for member in criterion.members]
    shared = sorted({path for one in counting for path in one if sum(path in other for other in counting) > 1})
    if not shared:
        return None
    ways: Iterable[tuple[int, ...]] = [(index,) * len(shared) for index in range(len(counting))]
    if len(counting) ** len(shared) <= _MOST_DIVIDED:
        ways = product(*[[index for index, one in enumerate(counting) if path in one] for path in shared])
    most = 0.0
    for way in ways:
        elsewhere = [frozenset(path for path, mine in zip(shared, way, strict=True) if mine != index) for index in range(len(counting))]
        shares = zip(criterion.members, elsewhere, strict=True)
        most = max(most, sum(share(member, case, day, left_out)[0] for member, left_out in shares))
    return most


def met(criterion: Met, case: Case, day: Days | None) -> Result:
    """What the criterion says that is asked again."""
    return again(case.by.evaluate(case.named(criterion), case))


def again(result: Result) -> Result:
    """An answer given again, by a criterion that only names another."""
    found = answered(result.truth, result.code, of.Again(result), result.causes, result.day)
    found.children, found.single = result.children, result.single
    found.applies, found.preferred = result.applies, result.preferred
    return found


def days_of_met(criterion: Met, case: Case) -> list[int]:
    return case.by.critical_days(case.named(criterion), case)
