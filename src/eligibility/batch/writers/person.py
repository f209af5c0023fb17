"""One person's page: what to do and by when, what to answer, what to gather, and why, vacancy by vacancy. It asks nothing of anybody.

`person.html` is the page and `person.css` its style, which the content security policy of the page allows by its hash; there is no
script. Every text goes through `safe` and is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from eligibility._version import VERSION
from eligibility.batch.writers.templates import environment, markup_file, policy_hash
from eligibility.report import Finding, Report, Waiting
from eligibility.reporters import Shown
from eligibility.reporters.advice import Advice
from eligibility.reporters.asked import Asked
from eligibility.reporters.changes import compared
from eligibility.reporters.next_step import action, asked_on
from eligibility.reporters.papers import gathered, hopeful, notes
from eligibility.reporters.period import closed_on, closes_told, track_told
from eligibility.reporters.sentences import Sentences
from eligibility.telling import asking_parts
from eligibility.verdict import Outcome, Verdict

_LETTERS = {Outcome.LIKELY_ELIGIBLE: "e", Outcome.MORE_INFORMATION: "m", Outcome.NOT_ELIGIBLE: "n"}
_OPEN = (Verdict.FAIL, Verdict.UNKNOWN)
_NEVER = 10_000_000


class Point(NamedTuple):
    """One criterion in words. `again` says that its advice stands above already, and need not be printed."""

    verdict: Verdict
    label: str
    reason: str
    advice: str
    clause: str
    again: bool = False


class Told(NamedTuple):
    """One vacancy in words. `key` is the class of its outcome; `points` are what stands between it and the person, `met` the rest."""

    report: Report
    key: str
    title: str
    organisation: str
    outcome: str
    deadline: str
    action: str
    ways: tuple[str, ...]
    points: tuple[Point, ...]
    met: tuple[Point, ...]
    assets: tuple[Point, ...]
    judged: tuple[str, ...]


class Ask(NamedTuple):
    """A question, and the vacancies that want to know."""

    text: str
    titles: tuple[str, ...]


class ToGather(NamedTuple):
    """A paper, and what it is for."""

    name: str
    notes: tuple[str, ...]


def render(shown: Shown) -> str:
    """The page. Raises MissingExtra."""
    template = environment().get_template("person.html")
    words = shown.words
    sentences = Sentences(words, shown.reference, shown.value, Asked(shown.vacancies, shown.reference), shown.not_understood)
    sentences.by_name, sentences.quotes = True, shown.quotes
    told = _once(_told(report, sentences, shown.waiting.get(report.vacancy)) for report in _in_order(shown.reports))
    open_ones = hopeful(shown.reports)
    name = next((report.candidate for report in shown.reports if report.candidate), None)
    days = sorted({asked_on(report) for report in shown.reports})  # it may be tomorrow elsewhere
    counted = {key: sum(1 for one in told if one.key == key) for key in "emnc"}
    style = markup_file("person.css")
    changes = shown.compared if shown.before is None else compared(shown.before, shown, sentences)
    gather = [ToGather(words.of(one.paper.words), tuple(notes(one, len(open_ones), sentences))) for one in gathered(shown.reports)]
    return template.render(
        t=words.text, language=words.language, version=VERSION, data=shown.reference.version, style=style, hash=policy_hash(style),
        redacted=any(report.redacted for report in shown.reports), name=name, profile=shown.profile_name,
        day=words.either([words.date(day) for day in days]), counted=counted, told=told, changes=changes, key=answer_key,
        steps=[one for one in told if one.key in "em" or one.report.vacancy in shown.waiting],
        shut=bool(told) and counted["c"] == len(told),
        questions=_questions(open_ones, sentences), papers=gather, unread=shown.unread,
        asks=" ".join(shown.asks), remarks=[(str(one.place), words.problem(one.code, one.params).message) for one in shown.remarks],
    )  # fmt: skip


def _in_order(reports: Sequence[Report]) -> list[Report]:
    """The best outcome first, then the nearest deadline; closed vacancies last."""
    return sorted(reports, key=lambda one: ("emnc".index(_key(one)), one.deadline.day if one.deadline else _NEVER, one.vacancy))


def _once(told: Iterable[Told]) -> list[Told]:
    """The same, with the advice that comes a second time marked."""
    found, seen = [], set[str]()
    for one in told:
        points = []
        for point in one.points:
            points.append(point._replace(again=point.advice in seen))
            seen.add(point.advice)
        found.append(one._replace(points=tuple(points)))
    return found


def answer_key(outcome: Outcome, closed: bool) -> str:
    """The class of an answer on a page."""
    return "c" if closed else _LETTERS[outcome]


def _key(report: Report) -> str:
    return answer_key(report.outcome, report.closed)


def _told(report: Report, sentences: Sentences, waiting: Waiting | None) -> Told:
    words, advice, key = sentences.words, Advice(sentences, report, waiting is not None), _key(report)
    outcome = words.text(f"outcome.{report.outcome}")
    if key == "c":
        closed = closed_on(report, words) if report.deadline else ""
        outcome = words.text(f"closed_but.{report.outcome}", closed=closed)
    if report.option is not None:
        outcome = words.text("with_option", text=outcome, option=words.of(report.option))
    asks = next(_asked_of(report, sentences), None) is not None
    points = [_point(one, sentences, advice) for one in report.required]
    return Told(
        report, key, words.of(report.title), words.of(report.organisation), outcome, closes_told(report, words),
        action(sentences, report, asks, waiting),
        tuple(track_told(one, report, words) for one in report.tracks),
        tuple(sorted((one for one in points if one.verdict in _OPEN), key=lambda one: _OPEN.index(one.verdict))),
        tuple(one for one in points if one.verdict not in _OPEN),
        tuple(_point(one, sentences, advice) for one in report.desirable), tuple(sentences.label(one) for one in report.judged),
    )  # fmt: skip


def _point(finding: Finding, sentences: Sentences, advice: Advice) -> Point:
    step = advice.next_step(finding) if finding.verdict in _OPEN and finding.importance == "required" else ""
    if step == sentences.words.text("do.nothing"):  # the vacancy says so already
        step = ""
    return Point(finding.verdict, sentences.label(finding), sentences.reason(finding), step, finding.clause or "")


def _asked_of(report: Report, sentences: Sentences) -> Iterator[str]:
    """The questions that are open of one vacancy."""
    for finding in report.required:
        for part in asking_parts(finding):
            if text := sentences.question(part):
                yield text


def _questions(reports: Sequence[Report], sentences: Sentences) -> list[Ask]:
    """Each question once: the one that most vacancies want to know first, then that of the nearest deadline."""
    wanted: dict[str, dict[str, None]] = {}
    for report in reports:
        for text in _asked_of(report, sentences):
            wanted.setdefault(text, {})[sentences.words.of(report.title)] = None
    return sorted((Ask(text, tuple(titles)) for text, titles in wanted.items()), key=lambda one: -len(one.titles))
