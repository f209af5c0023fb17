"""What an answer says now that another did not: the outcome and the criteria, before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from eligibility.report import Finding, Frozen, Report
from eligibility.reporters import Shown
from eligibility.reporters.asked import Asked
from eligibility.reporters.compared import Compared, Told, Turned, added_told, answer_told
from eligibility.reporters.layout import safe, wrapped
from eligibility.reporters.sentences import Sentences
from eligibility.verdict import Outcome, Verdict


class CriterionChange(Frozen):
    """A criterion with another verdict than before. `option` names the way into the post it speaks of, where there are several."""

    id: str | None
    kind: str
    option: str | None
    before: Verdict
    after: Verdict


class VacancyChange(Frozen):
    """What changes for one vacancy: nothing, where the outcomes are the same and there are no criteria."""

    vacancy: str
    before: Outcome
    after: Outcome
    criteria: tuple[CriterionChange, ...]


class _Pair(NamedTuple):
    option: str | None
    before: Finding
    after: Finding


def changes_of(before: Sequence[Report], after: Sequence[Report]) -> list[VacancyChange]:
    """What changes between two answers about the same vacancies, in their order."""
    return [
        VacancyChange(
            vacancy=new.vacancy, before=old.outcome, after=new.outcome,
            criteria=tuple(
                CriterionChange(id=now.id, kind=now.kind, option=option, before=then.verdict, after=now.verdict)
                for option, then, now in _pairs(old, new)
            ),
        ) for old, new in zip(before, after, strict=True)
    ]  # fmt: skip


def _pairs(before: Report, after: Report) -> Iterator[_Pair]:
    """The findings whose verdict is another one than before."""
    ways: list[tuple[str | None, tuple[Finding, ...], tuple[Finding, ...]]] = [(None, before.findings, after.findings)]
    if before.tracks and after.tracks:
        ways = [(new.option, old.findings, new.findings) for old, new in zip(before.tracks, after.tracks, strict=True)]
    for option, olds, news in ways:
        yield from (_Pair(option, old, new) for old, new in zip(olds, news, strict=True) if old.verdict is not new.verdict)


def compared(before: Sequence[Report], shown: Shown, sentences: Sentences) -> Compared:
    """What changes for one person with facts added."""
    words = shown.words

    def said(verdict: Verdict) -> str:
        return words.text(f"verdict.{verdict}")

    found = []
    for old, new in zip(before, shown.reports, strict=True):
        pairs = list(_pairs(old, new))
        if old.outcome is new.outcome and not pairs:
            continue
        turned = [
            Turned(_label(now, sentences), said(then.verdict), then.verdict, said(now.verdict), now.verdict, sentences.reason(now))
            for _, then, now in pairs
        ]
        was, is_now = (old.outcome, old.closed), (new.outcome, new.closed)
        told = Told(words.of(new.title), was, answer_told(*was, words), is_now, answer_told(*is_now, words), "", tuple(turned))
        found.append(told)
    same = len(shown.reports) - len(found)
    rest = (words.text("with.nothing", n=same, number=same),) if same else ()
    hidden = any(report.redacted for report in shown.reports)
    return Compared(words.text("with.title"), added_told(shown.added, hidden, words), tuple(found), rest)


def _label(finding: Finding, sentences: Sentences) -> str:
    """What a criterion is called, with the option it is told of."""
    label = sentences.label(finding)
    return sentences.words.text("with_option", text=label, option=sentences.words.of(finding.option)) if finding.option else label


def lines_of(before: Sequence[Report], shown: Shown) -> Iterator[str]:
    """The same in words, before the report of what is said with the facts added."""
    words, width = shown.words, max(20, shown.style.width)
    sentences = Sentences(words, shown.reference, shown.value, Asked(shown.vacancies, shown.reference), shown.not_understood)

    def text(said: str, first: str = "", rest: str | None = None) -> Iterator[str]:
        return wrapped(safe(said.replace("→", "->") if shown.style.ascii else said), width, first, rest)

    yield words.text("with.title").upper()
    same = 0
    for old, new in zip(before, shown.reports, strict=True):
        pairs = list(_pairs(old, new))
        if old.outcome is new.outcome and not pairs:
            same += 1
            continue
        yield from text(words.of(new.title), "- ", "  ")
        yield f"  {safe(new.vacancy)}"
        key = "with.same_outcome" if old.outcome is new.outcome else "with.outcome"
        yield from text(
            words.text(key, before=words.text(f"outcome.{old.outcome}"), after=words.text(f"outcome.{new.outcome}")), "  ", "  "
        )
        for _, then, now in pairs:
            change = {
                "label": _label(now, sentences),
                "before": words.text(f"verdict.{then.verdict}"),
                "after": words.text(f"verdict.{now.verdict}"),
            }
            yield from text(words.text("with.criterion", **change, why=sentences.reason(now)), "    - ", "      ")
    if same:
        yield from text(words.text("with.nothing", n=same, number=same), "- ", "  ")
    yield ""
