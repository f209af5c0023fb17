"""What to gather: the papers that prove what the vacancies one may apply for ask, each once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from eligibility.report import Finding, Frozen, Report
from eligibility.reporters import Shown
from eligibility.reporters.layout import safe, wrapped
from eligibility.reporters.sentences import Sentences
from eligibility.verdict import Closing, Outcome, Verdict
from eligibility.wording import Words, languages

_MET, _OPEN = (Verdict.PASS,), (Verdict.PASS, Verdict.UNKNOWN)
_UPPER = ("at_most", "less_than")
_MOST_RECORDS = 5
"""How many records one paper names at most in words."""


class PaperFor(Frozen):
    """A vacancy that a paper is for, and the ids of the criteria that it proves there."""

    vacancy: str
    criteria: tuple[str, ...]


class Paper(Frozen):
    """A paper to gather: what it is, in each language; whether that is the `usual` one of the kind, and not what the rule names; what it
    is for; and the records of the profile that it proves, where they are known."""

    words: Mapping[str, str]
    usual: bool
    wanted: tuple[PaperFor, ...]
    records: tuple[str, ...]


class _Piece(NamedTuple):
    words: Mapping[str, str]
    usual: bool
    finding: Finding


class Gathered(NamedTuple):
    """A paper with the criteria that it proves: as data, and as they are called."""

    paper: Paper
    reports: tuple[Report, ...]
    findings: tuple[Finding, ...]


def hopeful(reports: Sequence[Report]) -> list[Report]:
    """The vacancies that one may apply for: still open, and nothing rules one out. Those that close first come first."""
    found = [one for one in reports if not one.closed and one.outcome is not Outcome.NOT_ELIGIBLE]
    return sorted(found, key=lambda one: (one.deadline.day if one.deadline else 10_000_000, one.vacancy))


def gathered(reports: Sequence[Report]) -> list[Gathered]:
    """Each paper once, in the order in which the notices ask for them."""
    found: dict[tuple[str, ...], list[tuple[Report, Finding, _Piece]]] = {}
    for report in hopeful(reports):
        for finding in _asked(report):
            for piece in _pieces(finding):
                key = tuple(" ".join(piece.words[one].casefold().split()) for one in sorted(piece.words))
                found.setdefault(key, []).append((report, finding, piece))
    return [_once(several) for several in found.values()]


def papers_of(reports: Sequence[Report]) -> list[Paper]:
    """The same as data."""
    return [one.paper for one in gathered(reports)]


def _asked(report: Report) -> Iterator[Finding]:
    """What has to be proved: the conditions of every way into the post that is not closed to the candidate, the assets that they have
    (papers of the others prove nothing), and what a recruiter judges."""
    open_ones = [one for one in report.tracks if report.closed or one.closing is not Closing.CLOSED]
    ways = [one.findings for one in open_ones if one.outcome is not Outcome.NOT_ELIGIBLE] or [report.findings]
    for findings in ways:
        yield from (one for one in findings if one.importance == "required" or one.verdict is Verdict.PASS)
    yield from report.judged


def _once(several: Sequence[tuple[Report, Finding, _Piece]]) -> Gathered:
    wanted: dict[str, dict[str, None]] = {}
    for report, finding, _ in several:
        wanted.setdefault(report.vacancy, {})[finding.id or finding.kind] = None
    records = dict.fromkeys(path for _, _, piece in several if piece.finding.verdict is Verdict.PASS for path in _records(piece.finding))
    paper = Paper(
        words=several[0][2].words, usual=all(piece.usual for _, _, piece in several),
        wanted=tuple(PaperFor(vacancy=vacancy, criteria=tuple(criteria)) for vacancy, criteria in wanted.items()), records=tuple(records),
    )  # fmt: skip
    reports = {report.vacancy: report for report, _, _ in several}
    return Gathered(paper, tuple(reports.values()), tuple(finding for _, finding, _ in several))


def _records(finding: Finding) -> Iterator[str]:
    """The records that an answer rests on, by their paths."""
    for path, _ in finding.facts:
        record = path.rpartition("].")[0]
        if record or path.endswith("]"):
            yield f"{record}]" if record else path


def _pieces(finding: Finding, named_only: bool = False) -> Iterator[_Piece]:
    """The papers of one criterion: those that its rule names; else those of what it is made of; else the usual one of its kind."""
    if finding.proof and finding.code != "readings":
        yield from (_Piece(words, False, finding) for words in finding.proof)
        return
    children = finding.children if finding.code.startswith("all_of.") else [one for one in finding.children if one.needed]
    if finding.code.startswith("none_of."):  # nobody proves that something is not so, unless the notice says how
        for child in children:
            yield from _pieces(child, True)
        return
    if finding.verdict not in _OPEN and not named_only:
        return
    if children:
        counting = _MET if finding.code == "any_of.met" else _OPEN
        for child in children:
            if named_only or child.verdict in counting:
                yield from _pieces(child, named_only)
    elif not named_only and (words := _usual(finding)):
        yield _Piece(words, True, finding)


def _usual(finding: Finding) -> Mapping[str, str]:
    """The usual paper of a kind, in each language. Of a limit that few records keep to there is none: it proves what is not there."""
    if finding.kind != "age" and finding.params.get("operator") in _UPPER:
        return {}
    key = f"paper.{finding.kind}"
    return {language: Words(language).text(key) for language in languages() if key in Words(language)}


def lines_of(shown: Shown) -> Iterator[str]:
    """The papers in words, before the report says what it rests on."""
    words, width = shown.words, max(20, shown.style.width)
    sentences = Sentences(words, shown.reference, shown.value)
    open_ones = hopeful(shown.reports)
    found = gathered(shown.reports)

    def text(said: str, first: str = "", rest: str | None = None) -> Iterator[str]:
        return wrapped(safe(said), width, first, rest)

    yield ""
    yield words.text("papers.title").upper()
    key = "papers.of" if found else "papers.none" if open_ones else "papers.no_vacancy"
    yield from text(words.text(key, n=len(open_ones), number=len(open_ones)), "  ")
    for one in found:
        yield from text(words.of(one.paper.words), "  - ", "    ")
        for line in notes(one, len(open_ones), sentences):
            yield from text(line, "      ", "        ")


def notes(one: Gathered, of: int, sentences: Sentences) -> Iterator[str]:
    """The criteria that a paper proves; the vacancies, where it is not for all of those one may apply for; and the records it is about,
    with what tells them apart, as far as they are known."""
    words, records = sentences.words, one.paper.records
    apart = words.text("list_separator")
    yield words.text("papers.for", criteria=apart.join(dict.fromkeys(sentences.label(finding) for finding in one.findings)))
    if len(one.reports) < of:
        yield words.text("papers.only", vacancies=apart.join(dict.fromkeys(words.of(report.title) for report in one.reports)))
    if records:
        named = [sentences.record(path) for path in records[:_MOST_RECORDS]]
        if more := len(records) - len(named):
            named.append(words.text("others", number=more))
        yield words.text("papers.records", records=words.both(named))
