"""What a batch found, for the terminal: counts, who is near, who could not be read. Lists, no boxes; nothing is ever cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from eligibility.application_period import NO_CHOICES, day_there
from eligibility.batch.desk import Done, Near
from eligibility.batch.unclear import Unclear, columns_of
from eligibility.batch.writers import About
from eligibility.batch.writers.moved import Moved, called, in_words
from eligibility.diagnostic import Diagnostic
from eligibility.ready import made_ready
from eligibility.reporters import Style
from eligibility.reporters.compared import Told
from eligibility.reporters.layout import safe, wrapped
from eligibility.reporters.period import deadline_told, moment_told
from eligibility.reporters.sentences import Sentences
from eligibility.verdict import Closing, Verdict

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
        self.moved = Moved(LISTED)

    def add(self, done: Done) -> None:
        """One more person."""
        person = Person(done.id, done.name, done.letters)
        if done.since is not None:
            self.moved.add(done.id, done.name, done.since)
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
        self.best[next((letter for letter in _RANK if letter in done.letters), "N")] += 1
        if len(self.persons) < self.listed:
            self.persons.append(person)
        if done.near:
            self.near_people += 1
            if len(self.near) < self.near_listed:
                self.near.append((person, done.near))

    def found(self, letters: str) -> bool:
        """Whether some cell has one of these letters."""
        return any(counted[letter] for counted in self.letters for letter in letters)


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
            day = words.text("batch.day_and_time", day=day, time=moment_told(on, words))
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
            ready = made_ready(vacancy, self.about.reference)
            deadline = ready.deadline_on(day_there(self.about.on, ready.zone), NO_CHOICES)
            closed = ready.asked_at(self.about.on)[1] is Closing.CLOSED
            yield from self.put(self.words.of(vacancy.title), "- ", "  ")
            yield from self.put(vacancy.id, "  ")
            yield from self.put(deadline_told(deadline, closed, self.words), "  ")
            yield from self.put(self.counts(counted), "  ")
            if late := Counter({letter.lower(): counted[letter] for letter in "EMN" if counted[letter]}):
                yield from self.put(self.words.text("batch.last_day", counts=self.counts(late)), "  ")
            if vacancy.reviewed is None:
                yield from self.put(self.words.text("not_reviewed"), "  ")

    def since(self) -> Iterator[str]:
        """What is otherwise, with facts added or since an earlier answer: by vacancy how many, then who, and why."""
        moved, words, about = self.tally.moved, self.words, self.about
        if not moved.states and about.against is None:
            return
        yield ""
        yield from self.put(moved.title(about).upper())
        for sentence in moved.overview(about):
            yield from self.put(self.arrows(sentence), "- ", "  ")
        titles = {one.id: words.of(one.title) for one in about.vacancies}
        for person in moved.changed:
            name = called(person.id, person.name)
            if person.since.state != "changed":
                yield from self.put(f"{name}{words.text('colon')} {words.text(f'since.{person.since.state}')}", "- ", "  ")
                continue
            yield from self.put(name, "- ", "  ")
            for one in person.since.changes:
                yield from self.change(in_words(one, titles[one.vacancy], words))
        yield from self.more(moved.listable - len(moved.changed))
        for sentence in (*moved.only_criteria_told(words), *moved.not_compared(about)):
            yield from self.put(sentence, "- ", "  ")

    def change(self, one: Told) -> Iterator[str]:
        """What is otherwise for one vacancy, why, and criterion by criterion."""
        words = self.words
        change = words.text("with.outcome", before=one.before, after=one.after)
        yield from self.put(self.arrows(f"{one.title}{words.text('colon')} {change}. {one.why}".rstrip()), "  - ", "    ")
        for each in one.criteria:
            change = words.text("with.outcome", before=each.before, after=each.after)
            yield from self.put(self.arrows(f"{each.label}{words.text('colon')} {change}"), "    - ", "      ")

    def arrows(self, text: str) -> str:
        return text.replace("→", "->") if self.style.ascii else text

    def persons(self) -> Iterator[str]:
        tally = self.tally
        if not tally.people:
            return
        yield from self.heading("by_person", tally.people)
        for person in tally.persons:
            told = f"{called(person.id, person.name)}{self.words.text('colon')} {self.counts(Counter(person.letters))}"
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
            yield from self.put(called(person.id, person.name), "- ", "  ")
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

    def counts(self, counted: Counter[str]) -> str:
        parts = []
        for key, number in (*((WORDS[letter], counted[letter]) for letter in "emn"), ("closed", sum(counted[letter] for letter in "EMN"))):
            if number:
                parts.append(self.words.text(f"summary.count.{key}", n=number, number=self.words.number(number)))
        return self.words.text("tally", parts=", ".join(parts)) if parts else ""
