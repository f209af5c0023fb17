"""Which verdicts a criterion can give at all: coverage asks for no other.

Members of a group count as independent of each other. Where they are not (two ages that exclude each other), a verdict is asked
for that nobody gets; `accepted` in the case file says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from eligibility.question.grammar import Criterion, Moment
from eligibility.question.others import Always, Choice, Group, Judged, Met, OnDay
from eligibility.vacancy import Vacancy
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Truth, Verdict

Verdicts = frozenset[Verdict]

_ALL = frozenset({Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN})
_TRUTHS = {Verdict.PASS: TRUE, Verdict.FAIL: FALSE, Verdict.UNKNOWN: UNKNOWN}


def reachable(criterion: Criterion, vacancy: Vacancy, conditions: Mapping[str, Criterion]) -> Verdicts:
    """The verdicts some candidate can get.

    A judged point is always unknown, a reading under which a criterion is only an asset always passes, a choice that splits the
    report is always known, a day that the notice fixes never open; `not_applicable` needs a condition that can fail.
    """
    common = criterion.common
    if common.readings:
        found = _readings([reachable(reading, vacancy, conditions) for _, _, reading in common.readings])
    else:
        found = _own(criterion, vacancy, conditions)
    if common.unless is not None:
        found = _joined([found, reachable(common.unless, vacancy, conditions)], 1)
    if common.derogation is not None and found != {Verdict.PASS}:
        possible = reachable(common.derogation, vacancy, conditions)
        found |= {Verdict.PASS, Verdict.UNKNOWN} if Verdict.PASS in possible else {Verdict.UNKNOWN} & possible
    if common.when is not None:
        condition = reachable(common.when, vacancy, conditions)
        if Verdict.FAIL in condition:
            found = found | {Verdict.NOT_APPLICABLE}
            if Verdict.UNKNOWN in condition and Verdict.FAIL in found:
                found |= {Verdict.UNKNOWN}
        if not condition & {Verdict.PASS, Verdict.UNKNOWN}:
            found = frozenset({Verdict.NOT_APPLICABLE})
    return found


def _own(criterion: Criterion, vacancy: Vacancy, conditions: Mapping[str, Criterion]) -> Verdicts:
    if isinstance(criterion, Always):
        return frozenset({Verdict.PASS})
    if isinstance(criterion, Judged):
        return frozenset({Verdict.UNKNOWN})
    if isinstance(criterion, Met):
        return reachable(conditions[criterion.target], vacancy, conditions)
    if isinstance(criterion, Choice):
        return _choice(criterion, vacancy)
    if isinstance(criterion, OnDay):
        return _on_day(criterion, vacancy)
    if isinstance(criterion, Group):
        members = [reachable(member, vacancy, conditions) for member in criterion.members]
        return _by_choice(criterion, members, vacancy) if criterion.choice else _group(criterion, members)
    return _ALL


def _choice(choice: Choice, vacancy: Vacancy) -> Verdicts:
    options = vacancy.choices[choice.choice].options
    if options is None or choice.other or choice.where is not None:
        return _ALL
    found = {Verdict.PASS} if set(options) & set(choice.options) else set()
    found |= {Verdict.FAIL} if set(options) - set(choice.options) else set()
    return frozenset(found if _is_track(choice.choice, vacancy) else found | {Verdict.UNKNOWN})


def _is_track(choice: str, vacancy: Vacancy) -> bool:
    """Whether a report has an outcome for each of its options."""
    return choice == next((name for name, one in vacancy.choices.items() if one.chosen_by == "applicant"), None)


def _by_choice(group: Group, members: list[Verdicts], vacancy: Vacancy) -> Verdicts:
    """Those of each option; unknown while nobody has chosen, unless all agree."""
    found = frozenset().union(*members)
    return found if len(found) == 1 or _is_track(group.choice, vacancy) else found | {Verdict.UNKNOWN}


def _on_day(question: OnDay, vacancy: Vacancy) -> Verdicts:
    edges = [edge.moment for edge in (*question.window.lower, *question.window.upper)]
    fixed = [moment for moment in (question.moment, *edges) if _is_fixed(moment, vacancy)]
    return (
        _ALL - {Verdict.UNKNOWN}
        if len(fixed) == len(edges) + 1 and question.window.records is None and question.window.outside is None
        else _ALL
    )


def _is_fixed(moment: Moment, vacancy: Vacancy) -> bool:
    if moment.literal is not None:
        return moment.literal.exact
    if moment.name == "application":
        return True
    known = vacancy.dates[moment.name].days if moment.name in vacancy.dates else None
    return known is not None and known.exact


def _group(group: Group, members: list[Verdicts]) -> Verdicts:
    if group.kind == "any_of":
        return _joined(members, group.how_many)
    if group.kind == "none_of":
        turned = {Verdict.PASS: Verdict.FAIL, Verdict.FAIL: Verdict.PASS}
        members = [frozenset(turned.get(one, one) for one in member) for member in members]
    found: set[Truth | None] = {None}  # None: none of the members so far applies
    for member in members:
        found = {_and(one, _TRUTHS.get(verdict)) for one in found for verdict in member}
    return frozenset(Verdict.NOT_APPLICABLE if one is None else _verdict(one) for one in found)


def _and(one: Truth | None, other: Truth | None) -> Truth | None:
    return other if one is None else one if other is None else one & other


def _joined(members: Iterable[Verdicts], how_many: int) -> Verdicts:
    """So many of the members: how many surely pass, how many possibly."""
    counts: set[tuple[int, int, bool]] = {(0, 0, False)}
    for member in members:
        counts = {
            (surely + (verdict is Verdict.PASS), possibly + (verdict in (Verdict.PASS, Verdict.UNKNOWN)),
             applies or verdict is not Verdict.NOT_APPLICABLE)
            for surely, possibly, applies in counts for verdict in member
        }  # fmt: skip
    return frozenset(
        _verdict(Truth(surely >= how_many, possibly >= how_many)) if applies else Verdict.NOT_APPLICABLE
        for surely, possibly, applies in counts
    )


def _readings(readings: list[Verdicts]) -> Verdicts:
    """All pass, all fail, or they differ."""
    found = {one for one in (Verdict.PASS, Verdict.FAIL) if all(one in reading for reading in readings)}
    if any(len(reading) > 1 for reading in readings) or len(frozenset(readings)) > 1 or {Verdict.UNKNOWN} in readings:
        found.add(Verdict.UNKNOWN)
    return frozenset(found)


def _verdict(truth: Truth) -> Verdict:
    return Verdict.PASS if truth.surely else Verdict.UNKNOWN if truth.possibly else Verdict.FAIL
