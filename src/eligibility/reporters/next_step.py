"""What to do about one vacancy, and by when: one sentence or two, whatever format says them; and the day that was asked about."""

from __future__ import annotations

from eligibility.application_period import safe_end
from eligibility.report import Deadline, Report, Waiting
from eligibility.reporters.advice import Advice
from eligibility.reporters.period import closed_on, closing_note, opening_told, time_told, zone_told
from eligibility.reporters.sentences import Sentences
from eligibility.verdict import Cause, Outcome, Verdict
from eligibility.wording import Words

_MOST_SAID = 2
"""So many different pieces of advice are given, and so many criteria are named."""


def asked_on(report: Report) -> int:
    """The day that was asked about; what has closed is answered as on its last day."""
    return report.on if report.deadline is None else report.deadline.day - report.deadline.days_left


def by_when(sentences: Sentences, deadline: Deadline) -> str:
    """Until when one is in time, with the hour and its zone where the notice gives one."""
    words = sentences.words
    day, time = safe_end(deadline)
    if time is None:
        return words.text("next.by", day=words.date(day))
    return words.text("next.by_time", day=words.date(day), time=time_told(time, words), zone=zone_told(deadline.zone, words))


def waiting_told(waiting: Waiting, words: Words) -> str:
    """From when on waiting brings a better outcome."""
    days = {"first": words.date(waiting.first), "last": "" if waiting.last is None else words.date(waiting.last)}
    return words.text(f"waiting.{waiting.outcome}{'' if waiting.last is None else '_until'}", **days)


def action(sentences: Sentences, report: Report, asks: bool, waiting: Waiting | None = None) -> str:
    """What to do next about a vacancy. `asks`: whether there is a question whose answer may settle it; `waiting`: what time brings."""
    words, deadline = sentences.words, report.deadline
    if report.closed and deadline is not None:
        return closed_on(report, words, "step.closed")
    when = "" if deadline is None else words.text("step.when", when=by_when(sentences, deadline))
    if waiting is not None:
        text = waiting_told(waiting, words) + ("" if deadline is None else f" {words.text('step.by', when=by_when(sentences, deadline))}")
    elif report.outcome is Outcome.NOT_ELIGIBLE:
        text = _refused(sentences, report)
    elif report.outcome is Outcome.LIKELY_ELIGIBLE:
        text = words.text("step.apply", when=when)
    elif asks:
        text = words.text("step.answer", when=when)
    else:
        text = _open(sentences, report) + ("" if deadline is None else f" {words.text('step.by', when=by_when(sentences, deadline))}")
    if report.option is not None:
        text = f"{words.of(report.option)}{words.text('colon')} {text}"
    if report.outcome is not Outcome.NOT_ELIGIBLE:
        if note := closing_note(report.closing, report.deadline, words):
            text += f" {note}"
        if opening := opening_told(report.opening, words):
            text += f" {opening}"
    return text


def lacks_facts(report: Report) -> bool:
    """Whether something that is required could be told, if the profile said more."""
    return any(one.verdict is Verdict.UNKNOWN and Cause.MISSING_FACT in one.causes for one in report.required)


def _open(sentences: Sentences, report: Report) -> str:
    """Where no answer settles it: whom to ask, or what to add by hand."""
    advice = Advice(sentences, report)
    steps = dict.fromkeys(advice.next_step(one) for one in report.required if one.verdict is Verdict.UNKNOWN)
    return " ".join([*steps][:_MOST_SAID])


def whichever_told(report: Report, sentences: Sentences) -> str:
    """What is not met with each option that may hold, where one is not eligible for that alone; else nothing."""
    words, labels = sentences.words, {one.id or one.kind: sentences.label(one) for one in report.findings}
    told = [
        words.text("track", label=words.both(words.of(one) for one in options), outcome=words.both(labels[one] for one in criteria))
        for options, criteria in report.whichever
    ]
    return words.text("fails_whichever", options=words.text("list_separator").join(told)) if told else ""


def _refused(sentences: Sentences, report: Report) -> str:
    """What the notice advises, or what time brings, where that is so of everything that is not met."""
    if report.whichever:
        return whichever_told(report, sentences)
    words, advice = sentences.words, Advice(sentences, report)
    unmet = [one for one in report.required if one.verdict is Verdict.FAIL]
    steps = [advice.next_step(one) for one in unmet]
    fixed = [sentences.label(one) for one, step in zip(unmet, steps, strict=True) if step == words.text("do.nothing")]
    if not fixed:
        return " ".join([*dict.fromkeys(steps)][:_MOST_SAID])
    more = len(fixed) - _MOST_SAID
    names = [*fixed[:_MOST_SAID], *([words.count("step.more", more)] if more > 0 else [])]
    return words.text("step.nothing", criteria=words.both(names))
