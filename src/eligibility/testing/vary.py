"""One fact varied at a time: dates around every threshold, levels, numbers, entries of lists, facts left out, alternatives alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from eligibility.dates import impossible_birth, one_day
from eligibility.inventing.satisfy import exact
from eligibility.inventing.stated import numbers_in
from eligibility.inventing.values import LEVELS, PLACES
from eligibility.inventing.workbench import Tried, Workbench
from eligibility.language.kinds import RECORD_KINDS
from eligibility.question.quantity import parse_quantity
from eligibility.reference import Reference

_FARTHEST = 366 * 45
_FARTHEST_APPLICATION = 366


class Variant(NamedTuple):
    """A changed candidate: what its name is made of (a key of the wording, and its facts), the top-level keys changed, and the day.

    Variants of one `group` belong together: the eve, the day and the morrow of one threshold. `about` is the id of a criterion that
    is met in another way, `ordered` says that the value is a step up or down.
    """

    key: str
    facts: Mapping[str, str]
    patch: Mapping[str, Any]
    day: str | None = None
    group: str = ""
    about: str = ""
    ordered: bool = False


def variants(bench: Workbench, base: Tried) -> Iterator[Variant]:
    """Every candidate worth trying beside the base, in the order of the profile; many of them change nothing."""
    yield Variant("suggest.base", {}, {})
    yield from _days(bench, base)
    for field, value in base.data.items():
        if field in ("applications", "name", "id", "incomplete", "relatives"):
            continue
        yield from _field(bench, base, field, value)
    for criterion in bench.criteria:
        yield from _counts(bench, base, criterion)
        yield from _alternatives(bench, base, criterion)
        yield from _derogation(bench, base, criterion)


def _field(bench: Workbench, base: Tried, field: str, value: Any) -> Iterator[Variant]:
    if field == "facts":
        for name in value:
            rest = {key: one for key, one in value.items() if key != name}
            yield Variant("suggest.missing", {"fact": f"facts.{name}"}, {field: rest})
            others = [not value[name]] if isinstance(value[name], bool) else numbers_in(bench.criteria, name, bench.satisfier.tables)
            for other in others:
                said = {"fact": f"facts.{name}", "value": _word(other)}
                yield Variant("suggest.value", said, {field: {**rest, name: other}}, group=f"facts.{name}" if len(others) > 1 else "")
        return
    yield Variant("suggest.missing", {"fact": field}, {field: None})
    if isinstance(value, list):
        if value:
            yield Variant("suggest.empty", {"fact": field}, {field: []})
        for index, record in enumerate(value):
            if len(value) > 1:
                yield Variant("suggest.fewer", {"fact": f"{field}[{index}]"}, {field: [*value[:index], *value[index + 1 :]]})
            if isinstance(record, dict):
                for key in record:
                    yield from _attribute(bench, base, (field, index, key))
            else:
                for other in _others(record, bench.reference):
                    yield _set(base, (field, index), other, f"{field}[{index}]")
    elif isinstance(value, dict):
        for key in value:
            yield from _attribute(bench, base, (field, key))
    else:
        yield from _attribute(bench, base, (field,))


def _attribute(bench: Workbench, base: Tried, path: tuple[Any, ...]) -> Iterator[Variant]:
    """One value: left out, around each of its thresholds if it is a day, else replaced by what is near it or different from it."""
    name, value = _name(path), _at(base.data, path)
    if len(path) > 1:
        yield Variant("suggest.missing", {"fact": name}, {path[0]: _replaced(base.data, path, None)})
    if exact(value) is not None:
        yield from _thresholds(bench, base, path, name)
        return
    for other in _others(value, bench.reference):
        yield _set(base, path, other, name)


def _others(value: Any, reference: Reference) -> Iterator[Any]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value - 1, value + 1)
    elif value in LEVELS:
        place = LEVELS.index(value)
        yield from reversed(LEVELS[:place])
        yield from LEVELS[place + 1 :]
    elif isinstance(value, list):
        return
    elif isinstance(value, str):
        if reference.is_place(value):
            yield from (place for place in PLACES if place != value)
        elif reference.is_language(value):
            yield from (code for code in ("en", "fr", "de", "ar") if code != value)
        for tree in ("field", "employer"):
            if reference.is_in_tree(tree, value):
                yield from (term for term in reference.tree(tree) if term != value)
        for vocabulary in reference.vocabularies():
            if reference.is_term(vocabulary, value):
                yield from (term for term in reference.vocabulary(vocabulary) if term != value)
        if value.endswith("%"):
            yield "50%"


def _set(base: Tried, path: tuple[Any, ...], value: Any, name: str) -> Variant:
    patch = {path[0]: _replaced(base.data, path, value)}
    ordered = value in LEVELS or (isinstance(value, int) and not isinstance(value, bool))
    return Variant("suggest.value", {"fact": name, "value": _word(value)}, patch, ordered=ordered)


# ---------------------------------------------------------------------------------------------- thresholds


def _thresholds(bench: Workbench, base: Tried, path: tuple[Any, ...], name: str) -> Iterator[Variant]:
    day = exact(_at(base.data, path))
    assert day is not None

    def at(when: date) -> Tried | None:
        if path == ("birth_date",) and impossible_birth(one_day(when.toordinal()), date.fromisoformat(base.day[:10]).toordinal()):
            return None
        return bench.tried({**base.data, path[0]: _replaced(base.data, path, when.isoformat())}, base.day)

    for found in _changes(at, day):
        for when in (found - timedelta(1), found, found + timedelta(1)):
            patch = {path[0]: _replaced(base.data, path, when.isoformat())}
            yield Variant("suggest.day", {"fact": name, "value": when.isoformat()}, patch, group=f"{name} {found}")


def _days(bench: Workbench, base: Tried) -> Iterator[Variant]:
    def at(when: date) -> Tried | None:
        return bench.tried(base.data, when.isoformat())

    for found in _changes(at, date.fromisoformat(base.day[:10]), _FARTHEST_APPLICATION):
        for when in (found - timedelta(1), found, found + timedelta(1)):
            yield Variant("suggest.application", {"value": when.isoformat()}, {}, when.isoformat(), group=f"day {found}")


def _changes(at: Any, start: date, farthest: int = _FARTHEST) -> list[date]:
    """The days, away from one in both directions, on which something else begins to be said: sought in growing steps, then halved."""
    found: list[date] = []
    for direction in (-1, 1):
        near, step = start, 1
        said = _said(at(start))
        while abs((near - start).days) + step < farthest:
            far = _moved(near, direction * step)
            if far is None or (other := at(far)) is None:
                break
            if _said(other) == said:
                near, step = far, step * 2
                continue
            low, high = near, far
            while abs((high - low).days) > 1:
                middle = low + timedelta((high - low).days // 2)
                tried = at(middle)
                if tried is not None and _said(tried) == said:
                    low = middle
                else:
                    high = middle
            found.append(high)
            if len(found) > 8 or (there := at(high)) is None:
                break
            near, step, said = high, 1, _said(there)
    return sorted(set(found))


def _moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days)
    except OverflowError:
        return None


def _said(tried: Tried | None) -> Any:
    if tried is None:
        return None
    return tried.report.closing, tuple((one.verdict, one.preferred, one.causes) for one in tried.report.findings)


# ------------------------------------------------------------------------------- counts and alternatives


def _counts(bench: Workbench, base: Tried, criterion: Mapping[str, Any]) -> Iterator[Variant]:
    """One record less, as many, and one more than a criterion counts to."""
    if criterion.get("kind") not in RECORD_KINDS or criterion.get("whose"):
        return
    source = RECORD_KINDS[criterion["kind"]].source
    for key in ("at_least", "at_most", "more_than", "less_than"):
        quantity = parse_quantity(criterion.get(key))
        if quantity is None or quantity.measure != "count":
            continue
        for count in range(max(0, quantity.amount - 1), quantity.amount + 2):
            records = bench.satisfier.matching(criterion, count) if count else []
            facts = {"fact": source, "value": str(count)}
            yield Variant("suggest.value", facts, {source: records}, group=f"{criterion.get('id')} {key}")


def _alternatives(bench: Workbench, base: Tried, criterion: Mapping[str, Any]) -> Iterator[Variant]:
    """Each way of meeting an any-of, and no other."""
    for index, member in enumerate(criterion.get("any_of") or []):
        data = bench.profile(bench.satisfier.pieces(member), bench.without(base.data, criterion))
        yield Variant(
            "suggest.only", {"branch": f"{criterion.get('id')}.any_of[{index}]"}, _patch(base.data, data), about=str(criterion.get("id"))
        )


def _derogation(bench: Workbench, base: Tried, criterion: Mapping[str, Any]) -> Iterator[Variant]:
    """The criterion not met, its derogation possible; then granted; then refused."""
    if "derogation" not in criterion:
        return
    data = bench.profile(bench.satisfier.pieces(criterion["derogation"]), bench.without(base.data, criterion))
    name = str(criterion.get("id"))
    yield Variant("suggest.only", {"branch": f"{name}.derogation"}, _patch(base.data, data), about=name)
    known = next(iter(base.data.get("applications") or []), {"vacancy": bench.vacancy.id})
    for decision in ("granted", "refused"):
        decided = {**data, "applications": [{**known, "derogations": {name: decision}}]}
        yield Variant(f"suggest.{decision}", {"criterion": name}, _patch(base.data, decided), about=name)


def _patch(base: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    changed = {key: value for key, value in data.items() if base.get(key) != value}
    return {**changed, **{key: None for key in base if key not in data}}


# --------------------------------------------------------------------------------------------------- paths


def _at(data: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


def _replaced(data: Mapping[str, Any], path: tuple[Any, ...], value: Any) -> Any:
    """The top-level value of a path, with another value inside it (None: without it)."""

    def inside(old: Any, rest: tuple[Any, ...]) -> Any:
        if not rest:
            return value
        step = rest[0]
        if isinstance(old, list):
            return [inside(one, rest[1:]) if index == step else one for index, one in enumerate(old)]
        new = {key: inside(one, rest[1:]) if key == step else one for key, one in old.items()}
        return {key: one for key, one in new.items() if one is not None}

    return inside(data[path[0]], path[1:])


def _name(path: tuple[Any, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
