"""What a batch found, for the terminal: counts, who is near, who could not be read. Lists, no boxes; nothing is ever cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from eligibility.batch.desk import LETTERS, Done, Near
from eligibility.batch.results import Change, Since
from eligibility.batch.unclear import Unclear, columns_of
from eligibility.batch.writers import About, Against
from eligibility.diagnostic import Diagnostic
from eligibility.engine import check
from eligibility.profile import Profile
from eligibility.reporters import Style
from eligibility.reporters.layout import safe, wrapped
from eligibility.reporters.sentences import Sentences
from eligibility.verdict import Closing, Outcome, Verdict

WORDS = {"e": "likely_eligible", "m": "more_information_needed", "n": "not_eligible"}
LISTED = 50
"""How many people are listed one by one, and how many of those who could not be read."""
_WORDS = 5
"""How many words of a column that are not understood are listed."""
NEAR, NEAR_ASKED = 20, 1_000
"""How many people who are near are listed, without being asked and when asked."""

_MARKS = {Verdict.FAIL: ("✗", "x"), Verdict.UNKNOWN: ("?", "?"), "closed": ("–", "-"), "unread": ("!", "!")}


class Person(NamedTuple):
    """One line of the list of people."""

    id: str
    name: str | None
    letters: str


class Tally:
    """Counts while people pass by; of those it lists, the first ones."""

    def __init__(self, vacancies: int, nearly: int, asked: bool = False) -> None:
        self.nearly, self.listed = nearly, LISTED
        self.near_listed = NEAR_ASKED if asked else NEAR
        self.letters: list[Counter[str]] = [Counter() for _ in range(vacancies)]
        self.best: Counter[str] = Counter()
        self.people, self.unread = 0, 0
        self.persons: list[Person] = []
        self.broken: list[tuple[str, tuple[Diagnostic, ...]]] = []
        self.near: list[tuple[Person, tuple[Near, ...]]] = []
        self.near_people = 0
        self.unclear = Unclear()
        self.since: Counter[str] = Counter()
        self.moves: Counter[tuple[str, str, str]] = Counter()
        self.changed: list[tuple[Person, Since]] = []
        self.closings: Counter[str] = Counter()
        self.listable = self.only_criteria = 0

    def add(self, done: Done) -> None:
        """One more person."""
        person = Person(done.id, done.name, done.letters)
        if done.since is not None:
            self._add_since(person, done.since)
        if not done.read:
            self.unread += 1
            if len(self.broken) < self.listed:
                self.broken.append((done.id, done.problems))
            return
        self.people += 1
        if done.hangs:
            self.unclear.add(done.problems, done.hangs)
        for counted, letter in zip(self.letters, done.letters, strict=True):
            counted[letter] += 1
        self.best[min(done.letters, key=_RANK.index, default="N")] += 1
        if len(self.persons) < self.listed:
            self.persons.append(person)
        if done.near:
            self.near_people += 1
            if len(self.near) < self.near_listed:
                self.near.append((person, done.near))

    def _add_since(self, person: Person, since: Since) -> None:
        self.since[since.state] += 1
        moved = [one for one in since.changes if one.before is not one.after or one.closing_before is not one.closing]
        closed = [one for one in moved if one.before is one.after and one.why == ("closed",)]
        told = [one for one in moved if one not in closed]
        for one in closed:
            self.closings[one.vacancy] += 1
        for one in told:
            self.moves[one.vacancy, _told(one.before, one.closing_before), _told(one.after, one.closing)] += 1
        if told or since.state in ("new", "unread", "read"):
            self.listable += 1
            if len(self.changed) < self.listed:
                self.changed.append((person, since._replace(changes=tuple(told))))
        elif since.changes and not closed:
            self.only_criteria += 1

    @property
    def otherwise(self) -> int:
        """How many people have another answer than before, are new, or can no longer or only now be read."""
        return sum(number for state, number in self.since.items() if state not in ("same", "unnamed"))

    def found(self, letters: str) -> bool:
        """Whether some cell has one of these letters."""
        return any(counted[letter] for counted in self.letters for letter in letters)


def _told(outcome: Outcome, closing: Closing) -> str:
    """A letter for an outcome, capital where the vacancy is closed."""
    letter = LETTERS[outcome]
    return letter.upper() if closing is Closing.CLOSED else letter


_RANK = "emnEMN"


def summary(tally: Tally, about: About, written: Sequence[tuple[str, str]], unread: Sequence[str], style: Style) -> str:
    """The summary as text, ending in a newline. `written` are files and what they hold; `unread` rule files that cannot be read."""
    lines = _Summary(tally, about, style).lines(written, unread)
    return "".join(f"{line.rstrip()}\n" for line in lines)


class _Summary:
    def __init__(self, tally: Tally, about: About, style: Style) -> None:
        self.tally, self.about, self.style = tally, about, style
        self.words = about.words
        self.sentences = Sentences(about.words, about.reference)
        self.width = max(20, style.width)

    def put(self, text: str, first: str = "", rest: str | None = None) -> Iterator[str]:
        return wrapped(safe(text), self.width, first, rest)

    def mark(self, key: Verdict | str) -> str:
        return _MARKS[key][1 if self.style.ascii else 0]

    def heading(self, key: str, number: int) -> Iterator[str]:
        yield ""
        yield from self.put(self.words.text(f"batch.{key}", n=number, number=self.words.number(number)).upper())

    def lines(self, written: Sequence[tuple[str, str]], unread: Sequence[str]) -> Iterator[str]:
        tally, words, on = self.tally, self.words, self.about.on
        every = tally.people + tally.unread
        if self.about.redacted:
            yield from self.put(words.text("redacted.notice"))
            yield ""
        day = words.date(on.toordinal())
        if isinstance(on, datetime):
            day = words.text("batch.day_and_time", day=day, time=self.sentences.moment(on))
        yield from self.put(words.text("batch.title", people=words.count("batch.people", every), day=day))
        yield from self.put(
            words.text(
                "batch.read",
                vacancies=words.count("batch.vacancies", len(self.about.vacancies)),
                people=words.count("batch.people", tally.people),
            )
        )
        best = [(key, tally.best[letter]) for letter, key in WORDS.items()]
        best.append(("closed", sum(tally.best[letter] for letter in "EMN")))
        for key, number in best:
            if number and self.about.vacancies:
                yield from self.put(words.text(f"batch.best.{key}", n=number, number=words.number(number)), "- ", "  ")
        if tally.unread:
            yield from self.put(words.text("batch.best.unread", n=tally.unread, number=words.number(tally.unread)), "- ", "  ")
        if tally.unclear.told:
            yield from self.put(words.text("batch.best.unclear", n=tally.unclear.told, number=words.number(tally.unclear.told)), "- ", "  ")
        if tally.people and not any(tally.best[letter] for letter in WORDS):
            yield from self.put(words.text("another_day"))
        yield from self.unclear()
        yield from self.since()
        yield from self.vacancies()
        yield from self.persons()
        yield from self.near()
        yield from self.broken()
        if unread:
            yield ""
            yield from self.put(words.text("unread", n=len(unread), number=len(unread)).upper())
            for name in unread:
                yield from self.put(name, "- ", "  ")
        if written:
            yield from self.heading("written", len(written))
            for path, what in written:
                yield from self.put(f"{path}{words.text('colon')} {what}" if what else path, "- ", "  ")
        yield ""
        yield from self.put(words.text("footer.several", profile=self.about.source))

    def vacancies(self) -> Iterator[str]:
        yield from self.heading("by_vacancy", len(self.about.vacancies))
        for vacancy, counted in zip(self.about.vacancies, self.tally.letters, strict=True):
            report = check(vacancy, Profile(), self.about.on, self.about.reference)
            yield from self.put(self.words.of(vacancy.title), "- ", "  ")
            yield from self.put(vacancy.id, "  ")
            yield from self.put(self.sentences.deadline(report.deadline, report.closed), "  ")
            yield from self.put(self.counts(counted), "  ")
            if late := Counter({letter.lower(): counted[letter] for letter in "EMN" if counted[letter]}):
                yield from self.put(self.words.text("batch.last_day", counts=self.counts(late)), "  ")
            if vacancy.reviewed is None:
                yield from self.put(self.words.text("not_reviewed"), "  ")

    def since(self) -> Iterator[str]:
        """What is otherwise, with facts added or since an earlier answer: by vacancy how many, then who, and why."""
        tally, words, against = self.tally, self.words, self.about.against
        if not tally.since and against is None:
            return
        yield ""
        day = "" if against is None else words.date(against.last.on.toordinal())
        yield from self.put((words.text("with.title") if against is None else words.text("since.title", day=day)).upper())
        gone = 0 if against is None else len(against.left)
        if not tally.otherwise and not gone:
            yield from self.put(words.text("since.none"), "- ", "  ")
        titles = {one.id: words.of(one.title) for one in self.about.vacancies}
        for vacancy, title in titles.items():
            if number := tally.closings[vacancy]:
                yield from self.put(words.text("since.closings", n=number, number=words.number(number), title=title), "- ", "  ")
            moves = [(before, after, number) for (one, before, after), number in tally.moves.items() if one == vacancy]
            for before, after, number in sorted(moves, key=lambda move: -move[2]):
                change = words.text("with.outcome", before=self.outcome(before), after=self.outcome(after))
                told = words.text("since.moves", n=number, number=words.number(number), title=title, change=change)
                yield from self.put(self.arrows(told), "- ", "  ")
        for person, since in tally.changed:
            if since.state != "changed":
                yield from self.put(f"{self.called(person)}{words.text('colon')} {words.text(f'since.{since.state}')}", "- ", "  ")
                continue
            yield from self.put(self.called(person), "- ", "  ")
            for one in since.changes:
                yield from self.change(one, titles[one.vacancy])
        yield from self.more(tally.listable - len(tally.changed))
        if number := tally.only_criteria:
            yield from self.put(words.text("since.only_criteria", n=number, number=words.number(number)), "- ", "  ")
        if against is not None:
            yield from self.not_compared(against)

    def change(self, one: Change, title: str) -> Iterator[str]:
        """What is otherwise for one vacancy, why, and criterion by criterion."""
        words = self.words
        before, after = self.outcome(_told(one.before, one.closing_before)), self.outcome(_told(one.after, one.closing))
        told = words.text("with.outcome", before=before, after=after)
        why = "".join(f" {words.text(f'since.why.{code}')}" for code in one.why)
        yield from self.put(self.arrows(f"{title}{words.text('colon')} {told}.{why}"), "  - ", "    ")
        for each in one.criteria:
            verdicts = {"before": words.text(f"sheet.word.{each.before}"), "after": words.text(f"sheet.word.{each.after}")}
            change = words.text("with.outcome", **verdicts)
            yield from self.put(self.arrows(f"{each.label}{words.text('colon')} {change}"), "    - ", "      ")

    def not_compared(self, against: Against) -> Iterator[str]:
        """Who is no longer there, and what of both answers has nothing to be compared with."""
        words = self.words
        for key, name in against.gone()[: self.tally.listed]:
            yield from self.put(f"{self.called(Person(key, name, ''))}{words.text('colon')} {words.text('since.gone')}", "- ", "  ")
        more = len(against.left) - min(len(against.gone()), self.tally.listed)
        if more:
            yield from self.put(words.text("since.gone_people", n=more, number=words.number(more)), "- ", "  ")
        now = {one.id for one in self.about.vacancies}
        for key, ids in (("new_vacancies", now - against.last.rules.keys()), ("gone_vacancies", against.last.rules.keys() - now)):
            if ids:
                yield from self.put(words.text(f"since.{key}", ids=", ".join(sorted(ids))), "- ", "  ")
        if unnamed := self.tally.since["unnamed"] + against.last.unnamed:
            yield from self.put(words.text("since.unnamed", n=unnamed, number=words.number(unnamed)), "- ", "  ")

    def outcome(self, letter: str) -> str:
        """An outcome in words; of what is closed, also what it was on the last day."""
        told = self.words.text(f"outcome.{WORDS[letter.lower()]}")
        return told if letter.islower() else self.words.text("since.closed", outcome=told)

    def arrows(self, text: str) -> str:
        return text.replace("→", "->") if self.style.ascii else text

    def persons(self) -> Iterator[str]:
        tally = self.tally
        if not tally.people:
            return
        yield from self.heading("by_person", tally.people)
        for person in tally.persons:
            told = f"{self.called(person)}{self.words.text('colon')} {self.counts(Counter(person.letters))}"
            if person.letters.isupper():
                told += f" {self.words.text('batch.last_days', counts=self.counts(Counter(person.letters.lower())))}"
            yield from self.put(told, "- ", "  ")
        yield from self.more(tally.people - len(tally.persons))

    def near(self) -> Iterator[str]:
        tally = self.tally
        if not tally.nearly or not tally.near_people:
            return
        yield from self.heading("near", tally.near_people)
        yield from self.put(self.words.text("batch.near_means", n=tally.nearly, number=tally.nearly))
        for person, vacancies in tally.near:
            yield from self.put(self.called(person), "- ", "  ")
            for one in vacancies:
                yield from self.put(self.words.of(self.about.vacancies[one.vacancy].title), "  ", "    ")
                for label, reason, verdict in one.unmet:
                    yield from self.put(f"{label}{self.words.text('colon')} {reason}", f"    {self.mark(verdict)} ", "      ")
        yield from self.more(tally.near_people - len(tally.near))

    def broken(self) -> Iterator[str]:
        tally = self.tally
        if not tally.unread:
            return
        yield from self.heading("broken", tally.unread)
        for _, problems in tally.broken:
            for one in (one for one in problems if one.is_error):
                message, hint = self.words.problem(one.code, one.params)
                yield from self.put(f"{one.place}{self.words.text('colon')} {message}", "- ", "  ")
                if hint:
                    yield from self.put(hint, "  ")
        yield from self.more(tally.unread - len(tally.broken))

    def unclear(self) -> Iterator[str]:
        """What was not understood: it comes first, since the answers rest on what is left."""
        unclear = self.tally.unclear
        if not unclear.told:
            return
        yield from self.heading("unclear", unclear.told)
        listed = unclear.groups()[:LISTED]
        for column in columns_of(listed, self.words, _WORDS):
            yield from self.put(column.where, "- ", "  ")
            for sentence in column.words:
                yield from self.put(sentence, "  - ", "    ")
            if column.more:
                yield from self.put(self.words.text("batch.unclear.more", n=column.more, number=self.words.number(column.more)), "    ")
            if column.advice:
                yield from self.put(column.advice, "  ")
                yield from self.put(column.line, "    ", "      ")
        yield from self.more(unclear.told - sum(times for _, times, _ in listed))

    def more(self, number: int) -> Iterator[str]:
        if number > 0:
            yield from self.put(self.words.text("batch.more", n=number, number=self.words.number(number)), "  ")

    def called(self, person: Person) -> str:
        return person.id if person.name in (None, person.id) else f"{person.name} ({person.id})"

    def counts(self, counted: Counter[str]) -> str:
        parts = []
        for key, number in (*((WORDS[letter], counted[letter]) for letter in "emn"), ("closed", sum(counted[letter] for letter in "EMN"))):
            if number:
                parts.append(self.words.text(f"summary.count.{key}", n=number, number=self.words.number(number)))
        return self.words.text("tally", parts=", ".join(parts)) if parts else ""
