"""What a question holds: the questions about records, and the days, inside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from eligibility.question.grammar import Criterion, DateIn, Extension, Moment, Records, Window
from eligibility.question.others import Age, Group


def leaves(criterion: Criterion) -> list[Criterion]:
    """The criteria that a group comes down to; of another one, itself."""
    return [leaf for member in criterion.members for leaf in leaves(member)] if isinstance(criterion, Group) else [criterion]


def inner(criterion: Criterion) -> Iterator[Records]:
    """The questions about records inside one: in its windows, its bounds, its credits and caps."""
    if isinstance(criterion, Age):
        for bound in criterion.bounds:
            yield from of_extensions(bound.extended)
        if criterion.born is not None:
            yield from of_window(criterion.born)
    elif isinstance(criterion, Records):
        windows = [] if criterion.during is None else [criterion.during]
        windows += [one.window for one in (*criterion.filters, *criterion.beside) if isinstance(one, DateIn)]
        for window in windows:
            yield from of_window(window)
        for bound in criterion.bounds_met:
            yield from of_extensions(bound.extended)
        yield from (cap.question for cap in (*criterion.also, *criterion.limits))
        if criterion.since is not None and criterion.since.record is not None:
            yield criterion.since.record


def of_window(window: Window) -> Iterator[Records]:
    """The questions that a window rests on."""
    yield from (moment.record for moment in window.moments() if moment.record is not None)
    if window.records is not None:
        yield window.records
    if window.outside is not None:
        yield window.outside
    yield from of_extensions(window.extended)


def questions(criterion: Criterion) -> Iterator[Records]:
    """The questions about records in a criterion, at every depth: itself, where it is one, and those inside."""
    if isinstance(criterion, Records):
        yield criterion
    for one in inner(criterion):
        yield from questions(one)


def conditions(criterion: Criterion) -> Iterator[Criterion]:
    """The criteria on which its limits and its windows move, at every depth."""
    if isinstance(criterion, Age):
        born = () if criterion.born is None else criterion.born.extended
        extended: Iterable[Extension] = (*(one for bound in criterion.bounds for one in bound.extended), *born)
    else:
        extended = extensions(criterion) if isinstance(criterion, Records) else ()
    yield from (part.when for one in extended for part in one.parts if part.when is not None)
    for inside in inner(criterion):
        yield from conditions(inside)


def extensions(question: Records) -> Iterator[Extension]:
    """What moves its limits and its windows."""
    for bound in question.bounds_met:
        yield from bound.extended
    windows = [] if question.during is None else [question.during]
    for window in (*windows, *(one.window for one in (*question.filters, *question.beside) if isinstance(one, DateIn))):
        yield from window.extended


def of_extensions(extended: Iterable[Extension]) -> Iterator[Records]:
    """The questions that move a limit."""
    for one in extended:
        each = (one.per, *(question for part in one.parts for question in (part.per, part.of)))
        yield from dict.fromkeys(question for question in each if question is not None)


def moments(question: Records) -> set[Moment]:
    """The moments a question uses itself; the questions inside it have their own."""
    own = [one for one in (question.as_of, question.since) if one is not None]
    windows = [question.during] if question.during is not None else []
    windows += [one.window for one in (*question.filters, *question.beside) if isinstance(one, DateIn)]
    return {*own, *(moment for window in windows for moment in window.moments())}


def all_moments(questions: Iterable[Records]) -> set[Moment]:
    """The moments that questions use, and those inside them."""
    return {moment for one in questions for moment in (*moments(one), *all_moments(inner(one)))}
