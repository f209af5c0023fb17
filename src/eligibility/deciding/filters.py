"""What filters say of a record: a Truth. A record that lacks the attribute only *may* match, and so does a vague or disputed one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from eligibility.dates import FOREVER, LONG_AGO, Days
from eligibility.deciding import filters_languages as languages
from eligibility.deciding import filters_marks as marks
from eligibility.deciding import filters_places as places
from eligibility.deciding import filters_terms as terms
from eligibility.deciding.bounds import compare, limits
from eligibility.deciding.case import Case
from eligibility.deciding.values import by_value, lacking_value
from eligibility.deciding.windows import contains
from eligibility.facts import Row
from eligibility.question.filters import (
    Flag,
    FullTime,
    GradeFilter,
    HeldInto,
    LanguageLevel,
    LanguageOf,
    MoneyFilter,
    Names,
    Numbers,
    Places,
    Recognised,
    Scores,
    Tags,
    Terms,
    ValidScores,
    WorkingTime,
)
from eligibility.question.grammar import DateIn, Filter, Related
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Truth, truth_of

Holds = Callable[[Any, Row, Case, int], Truth]


def holds(one: Filter, row: Row, case: Case, day: int) -> Truth:
    """Whether the record matches on the day."""
    return HOLDS[type(one)](one, row, case, day)


def lacks(one: Filter, row: Row, case: Case, day: int) -> tuple[str, ...]:
    """What would have to be known for a record that only may match; nothing where only a person can tell."""
    return _LACKING.get(type(one), lacking_value)(one, row, case, day)


def changes(one: Filter, case: Case) -> tuple[int, ...]:
    """The days on which the answer may change of itself."""
    return places.changes(one, case) if isinstance(one, Places) else ()


def _flag(one: Flag, row: Row, case: Case, day: int) -> Truth:
    value = row.values.get(one.attribute)
    return UNKNOWN if value is None else TRUE if value == one.wanted else FALSE


def _full_time(one: FullTime, row: Row, case: Case, day: int) -> Truth:
    values = row.values
    if "full_time" in values:
        full = truth_of(values["full_time"], values["full_time"])
    elif "rate" in values:
        full = truth_of(values["rate"] >= 100, values["rate"] >= 100)
    elif "hours_per_week" in values:
        hours = values["hours_per_week"]
        full = truth_of(hours >= (one.full_week or 40), hours >= (one.full_week or 35))
    else:
        return UNKNOWN
    return full if one.wanted else ~full


# --------------------------------------------------------------------------------------------- numbers

_LEAST = {"year": 1}
"""The least that a number of a record can be, where that is not 0."""


_LEVELS = ("level", "gives_access_to")
"""Of these there are whole numbers alone: whoever has one of two, and is asked for either, has what is asked for."""


def _numbers(one: Numbers, row: Row, case: Case, day: int) -> Truth:
    if row.values.get(one.attribute) is None:  # any that there can be
        return _number_accepted(one, (_LEAST.get(one.attribute, 0), FOREVER), case, day) if one.bounds else UNKNOWN
    return by_value(one, row, case, day, _number_accepted)


def _number_accepted(one: Numbers, value: Any, case: Case, day: int) -> Truth:
    """Values may be ranges (a bare `baccalauréat` is level 4 to 6)."""
    low, high = value if isinstance(value, tuple) else (value, value)
    if one.bounds:
        truth = TRUE
        for bound in one.bounds:
            limit_low, limit_high, _ = limits(bound, case)
            truth = truth & compare(bound.operator, low, high, limit_low, limit_high)
        return truth
    possible = [number for number in one.wanted if low <= number <= high]
    every = low == high or (one.attribute in _LEVELS and len({*possible}) == high - low + 1)
    return truth_of(every and bool(possible), bool(possible))


def _numbers_lacking(one: Numbers, row: Row, case: Case, day: int) -> tuple[str, ...]:
    value = row.values.get(one.attribute)
    exact = value is not None and not (isinstance(value, tuple) and value[0] < value[1])
    unchosen = tuple(path for bound in one.bounds for path in limits(bound, case)[2])
    return unchosen if exact and unchosen else (row.key(one.attribute), *unchosen)


def _working_time(one: WorkingTime, row: Row, case: Case, day: int) -> Truth:
    return _number_accepted(one, row.rate, case, day)


def _money(one: MoneyFilter, row: Row, case: Case, day: int) -> Truth:
    return by_value(one, row, case, day, _amount_accepted)


def _amount_accepted(one: MoneyFilter, value: Any, case: Case, day: int) -> Truth:
    truth = TRUE
    for bound in one.bounds:
        limit_low, limit_high, _ = limits(bound, case)
        if bound.measure != f"money:{value.currency}":
            truth = truth & UNKNOWN
        else:
            truth = truth & compare(bound.operator, value.amount, value.amount, limit_low, limit_high)
    return truth


# ----------------------------------------------------------------------------------------------- dates

_BEGINS = (("start",), ("awarded",))


def _date_in(one: DateIn, row: Row, case: Case, day: int) -> Truth:
    date = first_date(row, one.attributes)
    if one.attributes in _BEGINS and (date is None or date.first <= day < date.last):
        date = Days(date.first if date is not None else LONG_AGO, day)  # what begins later does not count yet
    inside = contains(one.window, date or Days(LONG_AGO, FOREVER), case)[0]
    if date is None:
        return UNKNOWN & inside
    if date.last < FOREVER or row.source.end == "expires":  # what does not expire is good for longer than any day
        return inside
    return FALSE if date.first == FOREVER else UNKNOWN & inside  # what goes on has not ended


def _date_lacking(one: DateIn, row: Row, case: Case, day: int) -> tuple[str, ...]:
    date = first_date(row, one.attributes)
    if date is None or not date.exact:
        return (*vague_dates(row, one.attributes), *case.spans(one.window)[2])
    return contains(one.window, date, case)[1]


def _held_into(one: HeldInto, row: Row, case: Case, day: int) -> Truth:
    inside, around, _ = case.spans(one.window)
    surely = any(row.start.last <= last and row.end.first >= first for first, last in inside)
    return truth_of(surely, surely or any(row.start.first <= last and row.end.last >= first for first, last in around))


def _held_lacking(one: HeldInto, row: Row, case: Case, day: int) -> tuple[str, ...]:
    return row.vague_dates() or case.spans(one.window)[2]


def days_in_question(one: DateIn, row: Row) -> Days | None:
    """The first and the last day that would have to lie in the window."""
    return Days(row.start.first, row.end.last) if isinstance(one, HeldInto) else first_date(row, one.attributes)


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


HOLDS: Mapping[type[Filter], Holds] = {
    Flag: _flag, FullTime: _full_time, Numbers: _numbers, WorkingTime: _working_time, MoneyFilter: _money, GradeFilter: marks.grade,
    Terms: terms.terms, Names: terms.terms, Related: terms.related, Tags: terms.tags, DateIn: _date_in, HeldInto: _held_into,
    Places: places.place, Recognised: places.recognised, LanguageOf: languages.language_of, LanguageLevel: languages.level,
    Scores: marks.scores, ValidScores: marks.scores,
}  # fmt: skip
_LACKING: Mapping[type[Filter], Callable[[Any, Row, Case, int], tuple[str, ...]]] = {
    Numbers: _numbers_lacking, WorkingTime: _numbers_lacking, Terms: terms.terms_lacking, Names: terms.terms_lacking,
    Related: terms.related_lacking, DateIn: _date_lacking, HeldInto: _held_lacking, Places: places.place_lacking,
    Recognised: places.recognised_lacking, LanguageLevel: languages.level_lacking, GradeFilter: marks.lacking, Scores: marks.scores_lacking,
    ValidScores: marks.scores_lacking,
}  # fmt: skip
