"""Reading marks: what an author asks of a grade or of the result of a test, in figures or in words."""

from __future__ import annotations

from typing import Any

from eligibility.question.filters import ANY_SCALE, WORD, GradeFilter, Ladder, Scores, ValidScores
from eligibility.question.grammar import Bound, Filter
from eligibility.question.quantity import OPERATORS, Quantity, parse_quantity
from eligibility.reading.days import by_choice
from eligibility.reading.lists import listed_ids, listed_words
from eligibility.reading.reader import Context, Path, Reader, beyond, written
from eligibility.reading.value_forms import unfit
from eligibility.reference.spelling import fold_mark


def read_scores(reader: Reader, key: str) -> Filter:
    """The tests, any of which will do, each with the least result."""
    reference, context = reader.context.reference, reader.context
    results = reader.typed(key, dict, "mapping") or {}
    if key in reader.data and reader.raw(key) == {}:
        reader.problem("E211", key)
    ladders: dict[str, Ladder] = {}
    found: list[tuple[str, Bound]] = []
    for test, result in results.items():
        if not (isinstance(test, str) and (reference.is_term("tests", test) or test in context.lists)):
            reader.problem("E205", key, word=written(test), allowed=sorted({*reference.vocabulary("tests"), *context.lists}))
            continue
        bound = _mark("at_least", result, (*reader.at(key), test), ("tests", test, ladders), context)
        if bound is not None:
            found.append((test, bound))
    unfitting = unfit(reader.raw("valid"), "valid", reader.at("valid"), reader.context)
    valid = None if unfitting else reader.flag("valid")
    if valid is False:
        reader.no_effect("valid")
    return (ValidScores if valid else Scores)("tests", results, tuple(found), ladders)


def read_grade(reader: Reader, key: str, attribute: str) -> Filter | None:
    raw = reader.typed(key, dict, "bound")
    if raw is None:
        return None
    found: list[tuple[str, Bound]] = []
    ladders: dict[str, Ladder] = {}
    for operator, marks in raw.items() or [("", None)]:
        share = parse_quantity(marks) if isinstance(marks, str) else None
        if operator in OPERATORS and share is not None and share.measure == "percent":  # of the highest mark, whichever the scale
            if share.amount > 100:
                reader.context.problem("E204", (*reader.at(key), operator), value=written(marks), expected="share")
            found.append((ANY_SCALE, Bound(operator, share)))
            continue
        if operator not in OPERATORS or not isinstance(marks, dict) or not marks:
            reader.problem("E207", key, value=written(raw), example="{at_least: {percent: 75}}")
            return None
        for scale, value in marks.items():
            bound = _mark(operator, value, (*reader.at(key), operator, scale), ("scales", str(scale), ladders), reader.context)
            if bound is not None:
                found.append((str(scale), bound))
    return GradeFilter(attribute, raw, tuple(found), ladders, reader.context.scales)


def _mark(operator: str, raw: Any, path: Path, of: tuple[str, str, dict[str, Ladder]], context: Context) -> Bound | None:
    """A bound of a mark on a scale (of the `scales`) or of a result of a test (of the `tests`), in figures or in words, which may depend
    on a choice. The words are those of the reference data, or of the list of the vacancy that is called like the scale."""
    kind, name, ladders = of
    reference = context.reference
    ladder = _ladder(kind, name, context)
    if ladder is not None:
        ladders[name] = ladder

    def read(value: Any, at: Path) -> Quantity | None:
        if ladder is not None and (isinstance(value, str) or reference.range_of(kind, name) is None):
            told = value if isinstance(value, str) else f"{value:g}" if is_figure(value) else None
            place = None if told is None else ladder.spelled.get(fold_mark(told))
            if place is None:
                context.problem("E205", at, word=written(value), allowed=list(ladder.words))
                return None
            return Quantity(WORD, place, ladder.words[place])
        quantity = parse_quantity(value)
        problems = [] if quantity is None else list(beyond(quantity.amount, kind, name, reference, at))
        context.problems += problems
        if quantity is None or quantity.measure != "number":
            if kind == "scales":
                context.problem("E207", at, value=written(value), example="75")
            elif not problems:
                wanted: dict[str, Any] = {"expected": "at_least", "limit": 0} if is_figure(value) else {"expected": "number"}
                context.problem("E204", at, value=written(value), **wanted)
            return None
        return quantity

    if isinstance(raw, dict):
        by = by_choice(raw, path, context, read)
        return None if by is None else Bound(operator, None, by)
    quantity = read(raw, path)
    return None if quantity is None else Bound(operator, quantity)


def is_figure(value: Any) -> bool:
    """Whether it is a number, and no yes or no."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _ladder(kind: str, name: str, context: Context) -> Ladder | None:
    """The words of a scale or a test, from the lowest; None where marks are told in figures only."""
    reference = context.reference
    if words := reference.mark_words(kind, name):
        return Ladder(words, {spelling: words.index(word) for spelling, word in reference.mark_spellings(kind, name).items()})
    if name not in context.lists:
        return None
    called = listed_words({name: context.lists[name]})
    own = tuple(dict.fromkeys(listed_ids(name, context)))
    return Ladder(own, {fold_mark(spelling): own.index(word) for word, names in called.items() for spelling in (*names, word)})
