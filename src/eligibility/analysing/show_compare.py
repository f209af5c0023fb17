"""A comparison of two rules in words for a terminal, as Markdown for reviewers, and as JSON. Nothing is found out here."""

from __future__ import annotations

import json
from collections.abc import Iterator

from eligibility.analysing.answer import COMPARE_VERSION, ComparisonData, DifferenceData, PeopleData
from eligibility.analysing.compare import Comparison, Difference
from eligibility.analysing.show import witness_data
from eligibility.reporters import Style
from eligibility.reporters.layout import plain_markdown, safe, wrapped
from eligibility.testing.write_yaml import flow
from eligibility.wording import Words


def as_json(one: Comparison, people: PeopleData | None = None) -> str:
    """One JSON document; with `people`, what is otherwise for them."""
    found = ComparisonData(
        schema_version=COMPARE_VERSION, old=one.old.vacancy.id, new=one.new.vacancy.id, changed=one.changed, tried=one.steps,
        stopped=one.spent, added=one.added, removed=one.removed,
        differences=tuple(
            DifferenceData(criterion=each.criterion, before=each.before, after=each.after, witness=witness_data(each.person))
            for each in one.differences
        ),
        people=people,
    )  # fmt: skip
    return json.dumps(found.model_dump(mode="json"), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def as_text(one: Comparison, words: Words, style: Style) -> str:
    """The text, ending in a newline."""
    width = max(20, style.width)
    mark = "-" if style.ascii else "–"
    lines: list[str] = [*wrapped(safe(_head(one, words)), width)]
    for key, ids in (("compare.added", one.added), ("compare.removed", one.removed)):
        for name in ids:
            lines += ["", *wrapped(safe(words.text(key, criterion=name)), width, f"{mark} ", "  ")]
    for each in one.differences:
        lines += ["", *wrapped(safe(_told(each, words)), width, f"{mark} ", "  ")]
        for line in _profile(each):
            lines += wrapped(safe(line), width, "      ", "        ")
    lines += ["", *wrapped(safe(_far(one, words)), width)]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def as_markdown(one: Comparison, words: Words) -> str:
    """The same as Markdown, ending in a newline; profiles stand in blocks of code, where nothing in them is read as anything else."""
    lines = [f"### {plain_markdown(_head(one, words))}", ""]
    for key, ids in (("compare.added", one.added), ("compare.removed", one.removed)):
        lines += [f"- {words.text(key, criterion=name)}" for name in ids]
    for each in one.differences:
        block = [f"  {safe(line).replace('```', '')}" for line in _profile(each)]
        lines += [f"- {plain_markdown(_told(each, words))}", "", "  ```yaml", *block, "  ```"]
    lines += ["", plain_markdown(_far(one, words))]
    return "".join(f"{line}\n" for line in lines)


def _head(one: Comparison, words: Words) -> str:
    return words.text("compare.changed" if one.changed else "compare.same", vacancy=one.new.vacancy.id)


def _told(each: Difference, words: Words) -> str:
    if each.criterion is None:
        before, after = (words.text(f"outcome.{name}") for name in (each.before, each.after))
        return words.text("compare.outcome", before=before, after=after, day=each.person.day)
    before, after = (words.text(f"verdict.{name}") for name in (each.before, each.after))
    return words.text("compare.criterion", criterion=each.criterion, before=before, after=after, day=each.person.day)


def _profile(each: Difference) -> Iterator[str]:
    for key, value in each.person.data.items():
        yield f"{key}: {flow(value)}"
    if not each.person.data:
        yield "{}"


def _far(one: Comparison, words: Words) -> str:
    text = words.text("compare.tried", tried=words.number(one.steps))
    return f"{text} {words.text('compare.stopped')}" if one.spent else text
