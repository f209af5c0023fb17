"""A rule file in each way it may be meant: with each option of a choice where values depend on it, and in each reading.

Checks look at what is written. A value for an option, or of a reading, is put in the place of what it stands for, so that every check finds
it there, and what is found is told at the place where it is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol

from eligibility.checks.base import Path, Problem, Rule
from eligibility.language.groups import GROUPS
from eligibility.language.keys import OF_READINGS, TOLD, as_read
from eligibility.question.by_choice import is_by_choice

_MOST_WAYS = 50
"""So many options of one choice, or readings, are looked at."""
_BESIDE_EACH_OTHER = ("W305", "E308", "E309")
"""What is wrong of several things together: told where it is so in every way."""


class Check(Protocol):
    """What looks at a rule."""

    def check(self, rule: Rule) -> Iterator[Problem]: ...


class _Put(NamedTuple):
    """What was put in: where, the steps to where it is written, the keys that are written there (of a reading), and the criterion it
    belongs to."""

    path: Path
    below: Path
    keys: frozenset[str] | None
    owner: Path


_Way = tuple[Rule, list[_Put]]


def problems_each_way(checks: Iterable[Check], rule: Rule) -> Iterator[Problem]:
    """What checks find, one after the other: in the rule as it is written, and in each way it may be meant."""
    every = list(_ways(rule))
    for check in checks:
        yield from _found_by(check, rule, every)


def _found_by(check: Check, rule: Rule, every: Iterable[list[_Way]]) -> Iterator[Problem]:
    told: set[str] = set()
    for problem in check.check(rule):
        told.add(_key(problem))
        yield problem
    for ways in every:
        found = [[_written(problem, puts) for problem in check.check(way)] for way, puts in ways]
        everywhere = set.intersection(*({_key(one) for one, _ in each} for each in found)) if found else set()
        for problem, own in (pair for each in found for pair in each):
            key = _key(problem)
            if key not in told and (key in everywhere or (own and problem.code not in _BESIDE_EACH_OTHER)):
                told.add(key)
                yield problem


def _key(problem: Problem) -> str:
    return repr((problem.code, problem.path, sorted(problem.params.items(), key=lambda one: one[0])))


def _written(problem: Problem, puts: list[_Put]) -> tuple[Problem, bool]:
    """A problem at the place where it is written, and whether it is one of what was put in."""
    own = False
    path = problem.path
    for put in sorted(puts, key=lambda one: -len(one.path)):
        if problem.path[: len(put.owner)] == put.owner:
            own = True
        rest = path[len(put.path) :]
        if path[: len(put.path)] == put.path and (put.keys is None or (rest and rest[0] in put.keys)):
            path = (*put.path, *put.below, *rest)
    return problem._replace(path=path), own


def _ways(rule: Rule) -> Iterator[list[_Way]]:
    """The rule with each option of one choice; and in each reading."""
    raw = {key: list(getattr(rule.vacancy, key)) for key in ("conditions", "criteria")}
    choices: dict[str, dict[str, None]] = {}
    most = 0
    for value in _mappings(raw):
        if is_by_choice(value) and isinstance(value.get("values"), dict):
            choices.setdefault(str(value["by"]), {}).update(dict.fromkeys(value["values"]))
        if isinstance(value.get("readings"), list):
            most = max(most, len(value["readings"]))
    for choice, options in choices.items():
        yield [_way(rule, raw, lambda value, one=option, of=choice: _of_option(value, of, one)) for option in [*options][:_MOST_WAYS]]
    if most:
        yield [_way(rule, raw, lambda value, one=number: _of_reading(value, one)) for number in range(min(most, _MOST_WAYS))]


def _mappings(raw: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(raw, Mapping):
        yield raw
    for one in raw.values() if isinstance(raw, Mapping) else raw if isinstance(raw, list) else ():
        yield from _mappings(one)


Instead = tuple[Any, Path, frozenset[str] | None]


def _of_option(value: Mapping[str, Any], choice: str, option: str) -> Instead | None:
    if is_by_choice(value) and value["by"] == choice and option in (value.get("values") or {}):
        return value["values"][option], ("values", option), None
    return None


def _of_reading(value: Mapping[str, Any], number: int) -> Instead | None:
    readings = value.get("readings")
    if "by" in value or not isinstance(readings, list) or number >= len(readings) or not isinstance(readings[number], dict):
        return None
    keys = frozenset(key for key in readings[number] if key not in OF_READINGS)
    return as_read(value, readings[number]), ("readings", number), keys


def _way(rule: Rule, raw: Mapping[str, Any], instead: Any) -> _Way:
    puts: list[_Put] = []

    def put(value: Any, path: Path, owner: Path) -> Any:
        if isinstance(value, list):
            return [put(one, (*path, index), owner) for index, one in enumerate(value)]
        if not isinstance(value, dict):
            return value
        owner = path if "kind" in value or not set(GROUPS).isdisjoint(value) else owner
        if (other := instead(value)) is not None:
            value, below, keys = other
            puts.append(_Put(path, below, keys, owner))
        if not isinstance(value, dict):
            return value if not isinstance(value, list) else put(value, path, owner)
        return {key: one if key in TOLD else put(one, (*path, key), owner) for key, one in value.items()}

    found = {key: put(value, (key,), (key,)) for key, value in raw.items()}
    return Rule(rule.vacancy.model_copy(update=found), rule.reference, rule.when, rule.notice_text), puts
