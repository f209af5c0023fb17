"""Kinds that are not about records, as an author writes them: an age, a fact that is stated, a choice, a day, the length of a stay."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from eligibility.language.kinds.others import AGES_COUNTED
from eligibility.question.grammar import Criterion
from eligibility.question.others import Age, Declared, Duration, OnDay
from eligibility.question.quantity import OPERATORS, parse_quantity
from eligibility.reading.days import parse_bounds, parse_moment, parse_window, plain_moment
from eligibility.reading.filters import read_choice
from eligibility.reading.reader import Reader, written
from eligibility.reading.records import parse_day


def read_declared(reader: Reader) -> Criterion | None:
    """A fact that is stated: true or false, or a number with its bounds."""
    fact, equals = reader.text("fact"), reader.flag("equals")
    limits = Reader({key: reader.data[key] for key in OPERATORS if key in reader.data}, reader.path, reader.context)
    bounds = parse_bounds(limits, ("number",), tables=True)
    reader.asked |= set(OPERATORS)
    for key in ("extended", "never_beyond"):
        if key in reader.data:
            reader.asked.add(key)
            reader.no_effect(key)
    if fact is None:
        reader.problem("E201", what="declared", lacking="fact")
        return None
    asked = [operator for operator in OPERATORS if operator in reader.data]
    if asked and "equals" in reader.data:
        reader.no_effect("equals")  # a number is compared, not stated to be so
    if asked and fact in reader.context.reference.vocabulary("facts"):
        reader.problem("E217", asked[0], value=fact, expected="true_or_false")
    return Declared(fact=fact, equals=True if equals is None else equals, bounds=bounds)


def read_age(reader: Reader) -> Criterion:
    """An age between its limits, in completed years or in months; or birth dates."""
    data, months = _in_one_unit(reader)
    limits = Reader(data, reader.path, reader.context)
    bounds = parse_bounds(limits, ("number",), whole=True)
    reader.asked |= limits.asked
    for bound in bounds:
        quantities = [bound.quantity] if bound.by is None else bound.by[1].values()
        if any(one is not None and not isinstance(one.amount, int) for one in quantities):
            reader.problem("E207", bound.operator, value=written(reader.raw(bound.operator)), example="18")
    counted = reader.one_of("counted", AGES_COUNTED, AGES_COUNTED[0])
    born = None
    if "born" in reader:
        born = parse_window(reader.raw("born"), reader.at("born"), reader.context)
        for key in (*OPERATORS, "extended", "never_beyond", "counted", "as_of", "throughout"):  # a birth date changes on no day
            if key in reader.data:
                reader.no_effect(key)
    return Age(bounds=bounds, counted=counted, born=born, months=months)


def _in_one_unit(reader: Reader) -> tuple[Mapping[str, Any], bool]:
    """The ages of a criterion as numbers: of months, where one of them is told in months (`48 years 5 months`), else of years.

    At most 48 is until the eve of 49, at most 48 years and 0 months is until that of 48 years and one month: where others are told in
    months, such a limit has to say which it is.
    """
    data = reader.data
    found: list[tuple[str, Any]] = []
    _with_ages(data, lambda key, value: found.append((key, value)))
    if not any(_says_months(value) for _, value in found):
        return _with_ages(data, lambda _, value: value if (months := _months(value)) is None else months // 12), False
    exact = {"at_least"} if data.get("counted") == "not_past_birthday" else {"at_least", "less_than"}
    for key, value in found:
        if key not in exact and _months(value) is not None and not _says_months(value):
            reader.problem("E217", key, value=written(value), expected="age_in_months")
    return _with_ages(data, lambda _, value: value if (months := _months(value)) is None else months), True


def _says_months(value: Any) -> bool:
    return isinstance(value, str) and "month" in value and _months(value) is not None


def _months(value: Any) -> int | None:
    """An age in months; None for what is no age."""
    quantity = parse_quantity(value)
    if quantity is None:
        return None
    if quantity.measure == "number":
        return value * 12 if isinstance(value, int) else None
    return quantity.amount.months if quantity.measure == "time" and not quantity.amount.days else None


def _with_ages(data: Mapping[str, Any], how: Callable[[str, Any], Any]) -> Mapping[str, Any]:
    """The same keys, with something done to every age, told with its key, that a limit, a choice, or what moves the limit has."""

    def limit(key: str, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(values := value.get("values"), dict):
            return {**value, "values": {option: how(key, one) for option, one in values.items()}}
        return how(key, value)

    def moved(one: Any) -> Any:
        return {**one, "to": how("extended", one["to"])} if isinstance(one, dict) and "to" in one else one

    changed = {key: limit(key, data[key]) for key in (*OPERATORS, "never_beyond") if key in data}
    if "extended" in data:
        raw = data["extended"]
        changed["extended"] = [moved(one) for one in raw] if isinstance(raw, list) else moved(raw)
    return {**data, **changed}


def read_plain_choice(reader: Reader) -> Criterion | None:
    """What was chosen: `{kind: choice, choice: track, equals: internal}`."""
    name = reader.text("choice")
    if name is None or name not in reader.context.choices:
        reader.asked.add("equals")
        reader.problem("E214", "choice" if name else None, word=name or "", allowed=sorted(reader.context.choices))
        return None
    if "equals" not in reader:
        reader.problem("E201", what="choice", lacking="equals")
        return None
    return read_choice(reader, "equals", name)


def read_on_day(reader: Reader) -> Criterion | None:
    """Whether a day of the vacancy lies in a window."""
    moment = parse_day(reader, "day") if "day" in reader else parse_moment(None, reader.at("day"), reader.context)
    plain_moment(reader, "day")
    rest = {key: value for key, value in reader.data.items() if key in ("from", "to", "after", "before")}
    reader.asked |= set(rest)
    with reader.context.asked_on(None):
        window = parse_window(rest, reader.path, reader.context)
    return OnDay(moment=moment, window=window) if moment is not None and window is not None else None


def read_duration(reader: Reader) -> Criterion | None:
    """How long it is from one day of the vacancy to another."""
    with reader.context.asked_on(None):
        first, last = (parse_moment(reader.raw(key), reader.at(key), reader.context) for key in ("from", "to"))
    for key in ("from", "to"):
        plain_moment(reader, key)
    limits = Reader({key: reader.raw(key) for key in OPERATORS if key in reader}, reader.path, reader.context)
    bounds = parse_bounds(limits, ("time",))
    if not bounds and not any(operator in reader.data for operator in OPERATORS):
        reader.problem("E201", what="duration", lacking="at_least")
    return Duration(first=first, last=last, bounds=bounds) if first is not None and last is not None and bounds else None
