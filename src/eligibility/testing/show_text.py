"""A run in words: what failed, what was expected, what was said instead and why; then what no case shows or notices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eligibility.reference import Reference
from eligibility.reporters import Style
from eligibility.reporters.layout import safe, wrapped
from eligibility.reporters.sentences import Sentences
from eligibility.testing.coverage import Coverage
from eligibility.testing.mutation import Mutation
from eligibility.testing.run import Difference, Ran
from eligibility.testing.session import Session
from eligibility.wording import Words


def render(session: Session, words: Words, reference: Reference, style: Style) -> str:
    """The whole run; its last lines sum it up."""
    return "".join(f"{line.rstrip()}\n" for line in _Text(words, reference, style).lines(session))


class _Text:
    """One language, one width."""

    def __init__(self, words: Words, reference: Reference, style: Style) -> None:
        self.words = words
        self.sentences = Sentences(words, reference)
        self.width = style.width
        self.wrong, self.bullet = ("x", "-") if style.ascii else ("✗", "–")

    def lines(self, session: Session) -> Iterator[str]:
        for ran in session.ran:
            if not ran.passed:
                yield from self._case(ran)
                yield ""
        for one in session.coverage:
            yield from self._coverage(one)
        for other in session.mutation:
            yield from self._mutation(other)
        if session.coverage or session.mutation:
            yield ""
        yield from self._wrap(self._summary(session))

    def _summary(self, session: Session) -> str:
        words = self.words
        parts = [words.count("test.cases", len(session.ran)), words.count("test.failed", session.failed)]
        text = words.text("test.summary", counts=", ".join(parts), files=words.count("test.files", session.files))
        return f"{text} {words.count('test.unread', session.unread)}" if session.unread else text

    # -------------------------------------------------------------------------------------------- cases

    def _case(self, ran: Ran) -> Iterator[str]:
        yield from self._wrap(f"{self.wrong} {ran.case.name} ({ran.case.vacancy.id})", "", "    ")
        for difference in ran.differences:
            yield from self._wrap(f"{difference.place}: {self._about(difference)}", "    ", "      ")
            expected, got = self.words.text("test.expected"), self.words.text("test.got")
            edge = max(len(expected), len(got)) + 2
            rest = " " * (6 + edge)
            yield from self._wrap(self._value(difference, difference.wanted.value), f"      {expected:<{edge}}", rest)
            yield from self._wrap(self._got(difference), f"      {got:<{edge}}", rest)

    def _about(self, difference: Difference) -> str:
        wanted = difference.wanted
        what = self.words.text(f"test.key.{wanted.key}")
        return what if wanted.about is None else self.words.text("test.about", criterion=wanted.about, what=what)

    def _got(self, difference: Difference) -> str:
        text = self._value(difference, difference.got)
        if difference.finding is None:
            return text
        reason = self.sentences.reason(difference.finding)
        if difference.wanted.key in ("verdict", "code"):
            code = "" if difference.wanted.key == "code" else f" [{difference.finding.code}]"
            return self.words.text("test.because", got=f"{text}{code}", reason=reason)
        return self.words.text("test.because", got=text, reason=reason)

    def _value(self, difference: Difference, value: Any) -> str:
        key, words = difference.wanted.key, self.words
        if value is None or value == ():
            return words.text("test.nothing")
        if key in ("verdict", "preferred"):
            return words.text("test.word", word=value, meaning=words.text(f"verdict.{value}"))
        if key in ("outcome", "closing"):
            return words.text("test.word", word=value, meaning=words.text(f"{'outcome' if key == 'outcome' else 'test.closing'}.{value}"))
        if isinstance(value, tuple):
            return ", ".join(value)
        if isinstance(value, dict):
            return ", ".join(words.text("name_and_value", name=name, value=one) for name, one in value.items())
        return str(value)

    # ----------------------------------------------------------------------------- coverage and mutation

    def _coverage(self, one: Coverage) -> Iterator[str]:
        words = self.words
        shown, needed = words.number(one.shown), words.number(one.possible - len(one.accepted))
        text = words.text("test.coverage", vacancy=one.vacancy, percent=words.number(one.percent), shown=shown, needed=needed)
        yield from self._wrap(text + self._explained(len(one.accepted)), "", "  ")
        for branch in dict.fromkeys(gap.branch for gap in one.gaps):
            gaps = [gap for gap in one.gaps if gap.branch == branch]
            told = words.text("test.unseen", place=gaps[0].place, branch=branch, verdicts=words.either(gap.verdict for gap in gaps))
            yield from self._wrap(told, f"  {self.bullet} ", "    ")
        yield from self._stale(one)

    def _mutation(self, one: Mutation) -> Iterator[str]:
        words = self.words
        killed, mutants = words.number(one.killed), words.number(one.mutants - len(one.accepted))
        text = words.text("test.mutation", vacancy=one.vacancy, percent=words.number(one.percent), killed=killed, mutants=mutants)
        yield from self._wrap(text + self._explained(len(one.accepted)), "", "  ")
        for survivor in one.survivors:
            yield from self._wrap(words.text("test.survivor", place=survivor.place, name=survivor.name), f"  {self.bullet} ", "    ")
        yield from self._stale(one)

    def _explained(self, number: int) -> str:
        return f" {self.words.count('test.explained', number)}" if number else ""

    def _stale(self, one: Coverage | Mutation) -> Iterator[str]:
        for accepted in one.stale:
            text = self.words.text("test.stale", place=accepted.place, what=accepted.what)
            yield from self._wrap(text, f"  {self.bullet} ", "    ")

    def _wrap(self, text: str, first: str = "", rest: str | None = None) -> Iterator[str]:
        return wrapped(safe(text), self.width, first, rest)
