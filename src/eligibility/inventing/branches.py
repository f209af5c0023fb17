"""What a rule file asks, branch by branch, in plain data; and the values that it names: words, lengths of time, ages, days."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from eligibility.dates import Length
from eligibility.inventing.satisfy import merged
from eligibility.inventing.stated import Tables
from eligibility.inventing.values import PLACES, Values, entries_of, whole_years
from eligibility.language.keys import TOLD
from eligibility.language.kinds import RECORD_KINDS
from eligibility.question.by_choice import by_choices, with_option
from eligibility.question.quantity import OPERATORS, parse_quantity
from eligibility.reference import Reference

_WORDS = (*TOLD, "name")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NAMED = {"of": "country", "ended": "to", "started": "from"}
"""What the profile calls what a filter is called otherwise."""
_GROUPED = ("place", "place:country", "recognised", "language_of", "language")
"""Forms of filters that may name groups of countries, or of their languages."""


def branches(raw: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A criterion and every branch of it, down to conditions, exceptions and the questions in its windows; a reading as it is asked, and
    what depends on a choice as each option asks it."""
    changing = next((value for _, value in by_choices(raw)), None)
    if changing is not None:
        for option in changing["values"]:
            yield from branches(with_option(raw, changing["by"], option))
        return
    yield raw
    for reading in raw.get("readings") or ():
        yield from branches(merged(raw, reading))
    for key, value in raw.items():
        if key not in (*_WORDS, "readings"):
            yield from _below(value)


def _below(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        if "kind" in value or any(key in value for key in ("all_of", "any_of", "none_of", "together", "met", "chosen")):
            yield from branches(value)
        else:
            for one in value.values():
                yield from _below(one)
    elif isinstance(value, list):
        for one in value:
            yield from _below(one)


def numbers_of(raw: Any) -> Iterator[Any]:
    """Every value of a criterion that is no word for people."""
    if isinstance(raw, Mapping):
        for key, value in raw.items():
            if key not in _WORDS:
                yield from numbers_of(value)
    elif isinstance(raw, list):
        for one in raw:
            yield from numbers_of(one)
    else:
        yield raw


def lengths_in(raw: Any) -> list[Length]:
    """The lengths of time that are named, each once."""
    found = (parse_quantity(one) for one in numbers_of(raw) if isinstance(one, str))
    return list(dict.fromkeys(one.amount for one in found if one is not None and isinstance(one.amount, Length)))


def ages_in(raw: Any, tables: Tables) -> list[int]:
    """The ages that are named, each once, in whole years."""
    found = [
        age
        for one in _mappings(raw)
        if one.get("kind") == "age"
        for key in (*OPERATORS, "never_beyond", "extended")
        for value in numbers_of(one.get(key))
        if (age := whole_years(value)) is not None and 0 < age < 150
    ]
    cells = [line["age"] for lines in tables.values() for line in lines if "age" in line]
    found += [limit for cell in cells for limit in numbers_of(cell) if isinstance(limit, int)]
    return list(dict.fromkeys(found))


def days_in(raw: Any) -> list[date]:
    """The days that are named by their date, each once."""
    found = []
    for one in numbers_of(raw):
        if isinstance(one, str) and _DAY.match(one):
            try:
                found.append(date.fromisoformat(one[:10]))
            except ValueError:
                continue
    return list(dict.fromkeys(found))


def _mappings(raw: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(raw, Mapping):
        yield raw
    for one in raw.values() if isinstance(raw, Mapping) else raw if isinstance(raw, list) else ():
        yield from _mappings(one)


def words_in(raw: Sequence[Any], values: Values, reference: Reference) -> dict[tuple[str, str], list[Any]]:
    """What the filters of a rule ask of an attribute, and a value that none of them asks: by the list of the profile and the attribute."""
    found: dict[tuple[str, str], list[Any]] = {}
    asked: dict[tuple[str, str], tuple[str, list[Any]]] = {}
    for one in (branch for criterion in raw for branch in branches(criterion)):
        kind = RECORD_KINDS.get(str(one.get("kind")))
        if kind is None:
            continue
        beside = ("different", "among_them", "of_which", "other_than", "limits")
        demands = [one, *(demand for key in beside for demand in entries_of(one, key))]
        for demand in (each for each in demands if isinstance(each, Mapping)):
            for key, form in kind.filters.items():
                if key in demand and not form.startswith(("date", "held", "skills", "valid", "test", "grade", "tags", "money")):
                    name = (
                        "language"
                        if form == "language_of"
                        else _NAMED.get(key, key)
                        if key != "of" or kind.source == "citizenships"
                        else key
                    )
                    asked.setdefault((kind.source, name), (form, []))[1].append(demand[key])
    for place, (form, wanted) in asked.items():
        known = found.setdefault(place, [])
        named = [one for each in wanted for one in _near(form, each, values, reference)]
        for value in (*named, *_told_apart(form, wanted, values, reference)):
            if value is not None and value not in known:
                known.append(value)
        record: dict[str, Any] = {}
        values.differ(record, form, "it", [one for each in wanted for one in values.ids(each)])
        if (other := record.get("it")) is not None and other not in known:
            known.append(other)
    return found


def _told_apart(form: str, wanted: Sequence[Any], values: Values, reference: Reference) -> Iterator[str]:
    """Words that are alike to no two of the words that a rule names: one inside each, one outside of all."""
    form, _, vocabulary = form.partition(":")
    named = list(dict.fromkeys(one for each in wanted for one in _ids_in(each, values) if isinstance(one, str)))
    if form == "tree":

        def in_tree(one: str) -> tuple[bool, ...]:
            sure = [reference.within(vocabulary, one, name) for name in named]
            related = [vocabulary == "field" and reference.related(one, name) for name in named]
            return (*(each.surely for each in sure), *(each.possibly for each in sure), *related)

        yield from _unlike(reference.tree(vocabulary), in_tree)
    elif form in ("place", "recognised"):
        day = values.application().toordinal()

        def at_place(one: str) -> tuple[bool, ...]:
            sure = [reference.place_within(one, name, day) for name in named]
            return (*(each.surely for each in sure), *(each.possibly for each in sure))

        yield from _unlike((*PLACES, *reference.places()), at_place)
    elif form in ("language_of", "language"):
        groups = {name: reference.languages_of(name) for name in named if reference.is_group(name)}
        spoken = ("fr", "en", "de", "es", "ar", "ja", *(one for group in groups.values() for one in group))
        yield from _unlike(spoken, lambda one: tuple(one in group for group in groups.values()))
        yield from (one for one in ("fr", "en", "de") if groups)


def _ids_in(wanted: Any, values: Values) -> list[Any]:
    return [*values.ids(wanted), *(values.ids(wanted["except"]) if isinstance(wanted, Mapping) and "except" in wanted else ())]


def _unlike(candidates: Iterable[str], told_apart: Callable[[str], tuple[bool, ...]]) -> Iterator[str]:
    """Of the candidates, one for each way in which what a rule names tells them apart."""
    seen: set[tuple[bool, ...]] = set()
    for one in candidates:
        said = told_apart(one)
        if said not in seen:
            seen.add(said)
            yield one


def _near(form: str, wanted: Any, values: Values, reference: Reference) -> Iterator[Any]:
    """The values that a filter names, and those just beside a bound."""
    if form in ("cefr", "flag", "full_time"):
        yield from (True, False) if form != "cefr" else ("A2", "B1", "B2", "C1", "C2")
        return
    if form in ("level", "number"):
        for number in numbers_of(wanted):
            if isinstance(number, int | float) and not isinstance(number, bool):
                yield from (number - 1, number, number + 1)
            elif isinstance(number, str) and number.endswith("%"):
                yield number
                yield "50%"
        return
    named = [one for one in values.ids(wanted) if isinstance(one, str)]
    if isinstance(wanted, Mapping) and "except" in wanted:
        named += [one for one in values.ids(wanted["except"]) if isinstance(one, str)]
    yield from (one for one in named if form not in _GROUPED or not reference.is_group(one))
