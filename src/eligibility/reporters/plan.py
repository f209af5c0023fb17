"""What will be decided of a vacancy, in order: every question with its day, what is asked twice, and what is read once for several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from eligibility.question.grammar import Criterion, Records
from eligibility.question.others import Group, Met, Together
from eligibility.question.walk import inner
from eligibility.reference import Reference
from eligibility.reporters.describe import Describer
from eligibility.reporters.layout import wrapped
from eligibility.vacancy import Vacancy
from eligibility.wording import Words


class Step(NamedTuple):
    """One question.

    `role`: why it is asked (`required`, `desirable`, `member`, `when`, `unless`, `derogation`, `reading`); `day`: the sentence of the
    day it is asked on, empty where it has none of its own; `parts`: the steps it is made of; `sources`: the lists of the profile that
    it reads; `again`: the number of an earlier step that asks the same; `by`: of a derogation, who may grant it.
    """

    number: int
    depth: int
    role: str
    asks: str
    day: str
    parts: tuple[int, ...]
    sources: tuple[str, ...]
    again: int | None
    by: str = ""


def plan_of(describer: Describer) -> tuple[Step, ...]:
    """The steps in the order in which a person is asked: what a criterion depends on first, then its parts, then itself."""
    steps: list[Step] = []
    seen: dict[tuple[str, str], int] = {}

    def add(criterion: Criterion, role: str, depth: int) -> int:
        common = criterion.common
        if common.when is not None:
            add(common.when, "when", depth + 1)
        parts: list[int] = []
        if common.readings:
            parts = [add(reading[2], "reading", depth + 1) for reading in common.readings]
            asks = describer.words.text("plan.readings")
        elif isinstance(criterion, Group):
            parts = [add(member, "member", depth + 1) for member in criterion.members]
            asks = describer.heading(criterion)
        elif isinstance(criterion, Together):
            asks = describer.brief(criterion)
        else:
            asks = describer.asks(criterion)
        no_day = parts or criterion.as_of is None or criterion.throughout is not None  # a span says its days itself
        day = "" if no_day or criterion.as_of is None else describer.moment(criterion.as_of)
        again = None if parts or isinstance(criterion, Met) else seen.get((asks, day))
        number = len(steps) + 1
        if not parts:
            seen.setdefault((asks, day), number)
        sources = () if parts else tuple(dict.fromkeys(_sources(criterion)))
        steps.append(Step(number, depth, role, asks, day, tuple(parts), sources, again, describer.words.of(common.granted_by)))
        for name, beside in (("unless", common.unless), ("derogation", common.derogation)):
            if beside is not None:
                add(beside, name, depth + 1)
        return number

    for criterion in describer.parsed.criteria:
        if criterion.kind != "judged":
            add(criterion, criterion.common.importance, 0)
    return tuple(steps)


def _sources(criterion: Criterion) -> Iterator[str]:
    """The lists of the profile that a question reads by itself, those of its windows, limits and credits among them."""
    questions = [criterion] if isinstance(criterion, Records) else criterion.members if isinstance(criterion, Together) else ()
    for question in questions:
        yield question.source
        for one in inner(question):
            yield from _sources(one)
    if criterion.kind == "age":
        yield "birth_date"


def plan_lines(
    vacancy: Vacancy, words: Words, reference: Reference, width: int, alone: Mapping[str, str], ascii_only: bool = False
) -> Iterator[str]:
    """The plan of a vacancy, ready to print. `alone`: the criteria that tables of people do not decide at once, and why."""
    steps = plan_of(Describer(vacancy, words, reference, width, ascii_only))
    yield from wrapped(words.text("plan.title", vacancy=vacancy.id), width, "", "")
    readers: dict[str, list[str]] = {}
    for step in steps:
        indent = "  " * step.depth
        role = "" if step.role == "member" else f"{words.text(f'plan.{step.role}')} "
        role = f"{words.text(f'plan.{step.role}_by', authority=step.by)} " if step.by else role
        text = f"{role}{step.asks}"
        if step.parts:
            text += f" {words.text('plan.parts', n=len(step.parts), numbers=', '.join(map(str, step.parts)))}"
        if step.day and step.day not in step.asks:
            text = f"{text.rstrip('.')} {words.text('show.counted_on', day=step.day)}."
        if step.again is not None:
            text = f"{text.rstrip('.')} {words.text('plan.again', number=step.again)}."
        head = f"{step.number:>3} {indent}"
        yield from wrapped(text, width, head, " " * len(head))
        for source in step.sources:
            readers.setdefault(source, []).append(str(step.number))
    shared = [f"{source} ({', '.join(numbers)})" for source, numbers in readers.items() if len(numbers) > 1]
    yield ""
    if shared:
        yield from wrapped(words.text("plan.shared", sources=", ".join(shared)), width, "", "  ")
    one_by_one = ", ".join(f"{name} (`{why}`)" for name, why in alone.items())
    how = "plan.with_choices" if vacancy.choices else "plan.alone" if alone else "plan.at_once"
    yield from wrapped(words.text(how, criteria=one_by_one), width, "", "  ")
