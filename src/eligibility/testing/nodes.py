"""The criteria of a vacancy and every branch of them: members of groups, readings, conditions, exceptions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from eligibility.question.grammar import Common, Criterion
from eligibility.question.others import Group, Met
from eligibility.reading.reader import Path
from eligibility.vacancy import Parsed


class Node(NamedTuple):
    """One criterion or branch. `branch` names it as its path in the rule file does (`studies.any_of[0]`, the criterion by its id);
    `owner` is the id of the criterion or condition it belongs to, `ids` those of all that it lies in."""

    owner: str
    ids: frozenset[str]
    branch: str
    path: Path
    criterion: Criterion

    @property
    def is_root(self) -> bool:
        """Whether it is a whole criterion."""
        return self.owner == self.branch


def nodes_of(parsed: Parsed) -> tuple[Node, ...]:
    """Every criterion, condition and branch, in the order of the file."""
    named = {id(one): name for name, one in parsed.conditions.items()}
    found: list[Node] = []
    for criterion in (*(one for one in parsed.conditions.values() if one.path[:1] == ("conditions",)), *parsed.criteria):
        name = criterion.common.id or named.get(id(criterion), "")
        found += _below(criterion, name, frozenset({name}), name, criterion.path)
    return tuple(found)


def _below(criterion: Criterion, owner: str, ids: frozenset[str], branch: str, path: Path) -> Iterator[Node]:
    common = criterion.common
    if common.id is not None:
        ids |= {common.id}
    yield Node(owner, ids, branch, path, criterion)
    if common.readings:
        for index, (_, _, reading) in enumerate(common.readings):
            where = f"{branch}.readings[{index}]"
            yield Node(owner, ids, where, (*path, "readings", index), alone(reading))
            yield from _members(reading, owner, ids, where, (*path, "readings", index))
    else:
        yield from _members(criterion, owner, ids, branch, path)
    for key, inner in (("when", common.when), ("unless", common.unless), ("derogation", common.derogation)):
        if inner is not None:
            yield from _below(inner, owner, ids, f"{branch}.{key}", (*path, key))


def _members(criterion: Criterion, owner: str, ids: frozenset[str], branch: str, path: Path) -> Iterator[Node]:
    if isinstance(criterion, Group) and criterion.choice:
        for option, member in zip(criterion.options, criterion.members, strict=True):
            yield from _below(member, owner, ids, f"{branch}.by[{option}]", path)
    elif isinstance(criterion, Group):
        for index, member in enumerate(criterion.members):
            yield from _below(member, owner, ids, f"{branch}.{criterion.kind}[{index}]", (*path, criterion.kind, index))


def alone(criterion: Criterion) -> Criterion:
    """The criterion without its condition and exceptions: what one reading says by itself."""
    return replace(criterion, common=Common(id=criterion.common.id, importance=criterion.common.importance))


def targets(criterion: Criterion) -> set[str]:
    """The conditions that a criterion asks through `met`, itself or in one of its branches."""
    return {node.criterion.target for node in _below(criterion, "", frozenset(), "", ()) if isinstance(node.criterion, Met)}
