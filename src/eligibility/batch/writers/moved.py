"""What is otherwise for people, with facts added or since an earlier answer: counted while they pass by, and told in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from eligibility.batch.results import Change, Since
from eligibility.batch.writers import About
from eligibility.reporters.compared import Told, Turned, answer_told
from eligibility.verdict import Closing, Outcome, Verdict
from eligibility.wording import Words


class Answer(NamedTuple):
    """An outcome, and whether the vacancy is closed."""

    outcome: Outcome
    closed: bool


class Otherwise(NamedTuple):
    """Somebody with another outcome than before, who is new, or who can no longer or only now be read."""

    id: str
    name: str | None
    since: Since


class Moved:
    """Counts while people pass by; of those whose outcome is another one, it keeps the first `listed`."""

    def __init__(self, listed: int) -> None:
        self.listed = listed
        self.states: Counter[str] = Counter()
        self.moves: Counter[tuple[str, Answer, Answer]] = Counter()
        self.closings: Counter[str] = Counter()
        self.changed: list[Otherwise] = []
        self.listable = self.only_criteria = 0

    def add(self, key: str, name: str | None, since: Since) -> None:
        """One more person."""
        self.states[since.state] += 1
        moved = [one for one in since.changes if one.before is not one.after or one.closing_before is not one.closing]
        closed = [one for one in moved if one.before is one.after and one.why == ("closed",)]
        told = [one for one in moved if one not in closed]
        for one in closed:
            self.closings[one.vacancy] += 1
        for one in told:
            self.moves[one.vacancy, before(one), after(one)] += 1
        if told or since.state in ("new", "unread", "read"):
            self.listable += 1
            if len(self.changed) < self.listed:
                self.changed.append(Otherwise(key, name, since._replace(changes=tuple(told))))
        elif since.changes and not closed:
            self.only_criteria += 1

    @property
    def otherwise(self) -> int:
        """How many people have another answer than before, are new, or can no longer or only now be read."""
        return sum(number for state, number in self.states.items() if state not in ("same", "unnamed"))

    def title(self, about: About) -> str:
        """What it is compared with."""
        words, against = about.words, about.against
        return words.text("with.title") if against is None else words.text("since.title", day=words.date(against.last.on.toordinal()))

    def overview(self, about: About) -> Iterator[str]:
        """By vacancy, how many people go from which answer to which."""
        words = about.words
        if not self.otherwise and not (about.against is not None and about.against.left):
            yield words.text("since.none")
        for vacancy in about.vacancies:
            title = words.of(vacancy.title)
            if number := self.closings[vacancy.id]:
                yield words.text("since.closings", n=number, number=words.number(number), title=title)
            moves = [(then, now, number) for (one, then, now), number in self.moves.items() if one == vacancy.id]
            for then, now, number in sorted(moves, key=lambda move: -move[2]):
                change = words.text("with.outcome", before=answer_told(*then, words), after=answer_told(*now, words))
                yield words.text("since.moves", n=number, number=words.number(number), title=title, change=change)

    def only_criteria_told(self, words: Words) -> Iterator[str]:
        """How many have the same outcomes and other criteria."""
        if number := self.only_criteria:
            yield words.text("since.only_criteria", n=number, number=words.number(number))

    def not_compared(self, about: About) -> Iterator[str]:
        """Who is no longer there, and what of both answers has nothing to be compared with."""
        words, against = about.words, about.against
        if against is None:
            return
        gone = against.gone()[: self.listed]
        for key, name in gone:
            yield f"{called(key, name)}{words.text('colon')} {words.text('since.gone')}"
        if more := len(against.left) - len(gone):
            yield words.text("since.gone_people", n=more, number=words.number(more))
        now = {one.id for one in about.vacancies}
        for key, ids in (("new_vacancies", now - against.last.rules.keys()), ("gone_vacancies", against.last.rules.keys() - now)):
            if ids:
                yield words.text(f"since.{key}", ids=", ".join(sorted(ids)))
        if unnamed := self.states["unnamed"] + against.last.unnamed:
            yield words.text("since.unnamed", n=unnamed, number=words.number(unnamed))


def before(one: Change) -> Answer:
    """What was answered."""
    return Answer(one.before, one.closing_before is Closing.CLOSED)


def after(one: Change) -> Answer:
    """What is answered now."""
    return Answer(one.after, one.closing is Closing.CLOSED)


def called(key: str, name: str | None) -> str:
    """A person by name and id."""
    return key if name in (None, key) else f"{name} ({key})"


def why(one: Change, words: Words) -> str:
    """Why an answer is another one."""
    return " ".join(words.text(f"since.why.{code}") for code in one.why)


def in_words(one: Change, title: str, words: Words) -> Told:
    """What is otherwise for one vacancy."""

    def said(verdict: str) -> str:
        return words.text(f"sheet.word.{verdict}")

    turned = [Turned(each.label, said(each.before), Verdict(each.before), said(each.after), Verdict(each.after)) for each in one.criteria]
    was, is_now = before(one), after(one)
    return Told(title, was, answer_told(*was, words), is_now, answer_told(*is_now, words), why(one, words), tuple(turned))
