"""An analysis in words for a terminal, and as JSON. Nothing is found out here."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from eligibility.analysing.answer import SCHEMA_VERSION, AnalysisData, FindingData, JustFailsData, WitnessData
from eligibility.analysing.conclude import FITS, Analysis, Found
from eligibility.analysing.people import Panel, Person
from eligibility.loading.document import Document
from eligibility.reporters import Style
from eligibility.reporters.layout import safe, wrapped
from eligibility.reporters.sentences import Sentences
from eligibility.testing.write_yaml import flow
from eligibility.wording import Words

_NAMED = 5
"""So many branches are named of which not everything was looked for."""


class Shown(NamedTuple):
    """What there is to show: the analyses, each with the document of its rule file, and the rule files that could not be read."""

    analyses: Sequence[tuple[Analysis, Document]]
    words: Words
    unread: Sequence[str]
    style: Style


def as_json(shown: Shown) -> str:
    """One JSON document: `schema_version`, `vacancies`, and the rule files that could not be read."""
    found = [_data(*one).model_dump(mode="json") for one in shown.analyses]
    document = {"schema_version": SCHEMA_VERSION, "vacancies": found, "unread": list(shown.unread)}
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def witness_data(person: Person) -> WitnessData:
    """Somebody who was found, in plain data."""
    return WitnessData(profile=dict(person.data), on=person.day)


def _data(one: Analysis, document: Document) -> AnalysisData:
    return AnalysisData(
        vacancy=one.panel.vacancy.id, file=document.name, tried=one.steps, limit=one.limit, stopped=one.spent,
        passes=None if one.passes is None else witness_data(one.passes), passes_but=_but(one),
        fails=tuple(
            JustFailsData(criterion=branch, also=not_met(one.panel, person, branch), witness=witness_data(person))
            for branch, person in one.fails.items()
        ),
        findings=tuple(_finding(found, document) for found in one.found),
        unsettled=tuple(branch for branch in one.unsettled if branch),
    )  # fmt: skip


def _finding(found: Found, document: Document) -> FindingData:
    place = document.place(found.path)
    return FindingData(
        code=found.code, level="slip" if found.is_fault else "note", branch=found.branch or None, others=found.others,
        file=place.file, line=place.line, column=place.column, tried=found.steps,
        witness=None if found.witness is None else witness_data(found.witness),
    )  # fmt: skip


def _but(one: Analysis) -> tuple[str, ...]:
    """What whoever meets most does not meet."""
    return () if one.passes is None else not_met(one.panel, one.passes)


def not_met(panel: Panel, person: Person, besides: str = "") -> tuple[str, ...]:
    """The required criteria that somebody does not meet."""
    return tuple(one for one in panel.required if one != besides and person.said[one] not in FITS)


def as_text(shown: Shown) -> str:
    """The text, ending in a newline."""
    return "".join(f"{line.rstrip()}\n" for line in _Text(shown).lines())


class _Text:
    def __init__(self, shown: Shown) -> None:
        self.shown, self.words = shown, shown.words
        self.width = max(20, shown.style.width)
        self.wrong, self.note = ("x", "-") if shown.style.ascii else ("✗", "–")

    def lines(self) -> Iterator[str]:
        for index, (one, document) in enumerate(self.shown.analyses):
            if index:
                yield ""
            yield from self._vacancy(one, document)
        slips = sum(found.is_fault for one, _ in self.shown.analyses for found in one.found)
        yield ""
        counted = self.words.count("analyse.vacancies", len(self.shown.analyses))
        yield from self._wrap(self.words.text("analyse.summary", vacancies=counted, slips=self.words.count("analyse.slips", slips)))

    def _vacancy(self, one: Analysis, document: Document) -> Iterator[str]:
        words = self.words
        vacancy = one.panel.vacancy
        yield from self._wrap(f"{words.of(vacancy.title)} ({vacancy.id})", "", "    ")
        tried, limit = words.number(one.steps), words.number(one.limit)
        yield from self._wrap(words.text("analyse.tried", tried=tried, limit=limit), "    ")
        if one.spent:
            yield from self._wrap(words.text("analyse.stopped"), "    ")
        yield from self._people(one)
        for key, fault in (("analyse.slips_head", True), ("analyse.notes_head", False)):
            found = [each for each in one.found if each.is_fault is fault]
            if found:
                yield ""
                yield from self._wrap(words.text(key), "    ")
            for each in found:
                yield from self._finding(each, one, document)
        if not any(each.is_fault for each in one.found) and not one.unsettled:
            yield ""
            yield from self._wrap(words.text("analyse.no_slip"), "    ")
        if named := [branch for branch in one.unsettled if branch]:
            few = [*named[:_NAMED], *([words.count("analyse.more", len(named) - _NAMED)] if len(named) > _NAMED else ())]
            yield from self._wrap(words.text("analyse.unsettled", branches=words.both(few)), "    ")

    def _people(self, one: Analysis) -> Iterator[str]:
        words, sentences = self.words, Sentences(self.words, one.panel.reference)
        if one.passes is None:
            return
        but = _but(one)
        yield ""
        day = words.date(_ordinal(one.passes.day))
        key = "analyse.passes_but" if but else "analyse.passes"
        yield from self._wrap(words.text(key, day=day, but=words.both(but)), "    ")
        yield from self._profile(one.passes.data, one.passes.data)
        if one.fails:
            yield ""
            yield from self._wrap(words.text("analyse.fails"), "    ")
        for branch, person in one.fails.items():
            report = one.panel.report(person.data, person.day)
            finding = next(each for each in report.findings if each.id == branch)
            yield from self._wrap(
                words.text("analyse.fail", criterion=branch, why=sentences.reason(finding)), f"    {self.note} ", "      "
            )
            if also := not_met(one.panel, person, branch):
                yield from self._wrap(words.text("analyse.also", n=len(also), criteria=words.both(also)), "      ")
            yield from self._profile(person.data, differing(person.data, one.passes.data))

    def _finding(self, found: Found, one: Analysis, document: Document) -> Iterator[str]:
        words = self.words
        place = document.place(found.path)
        text = words.text(
            f"analyse.found.{found.code}", branch=found.branch, others=words.both(found.others), tried=words.number(found.steps)
        )  # fmt: skip
        yield from self._wrap(f"{place}: {text}", f"    {self.wrong if found.is_fault else self.note} ", "      ")
        if found.witness is not None:
            yield from self._wrap(words.text(f"analyse.witness.{found.code}", branch=found.branch), "      ")
            base = one.passes.data if one.passes is not None else {}
            changed = differing(found.witness.data, base)
            yield from self._profile(found.witness.data, changed or found.witness.data)

    def _profile(self, data: Mapping[str, Any], shown: Mapping[str, Any]) -> Iterator[str]:
        for key, value in shown.items():
            yield from self._wrap(f"{key}: {flow(value if key in data else None)}", "        ", "          ")

    def _wrap(self, text: str, first: str = "", rest: str | None = None) -> Iterator[str]:
        return wrapped(safe(text), self.width, first, rest)


def differing(data: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of a profile that differ from another one; None where it has no such key."""
    return {key: data.get(key) for key in dict.fromkeys([*data, *base]) if data.get(key) != base.get(key)}


def _ordinal(day: str) -> int:
    from datetime import date

    return date.fromisoformat(day).toordinal()
