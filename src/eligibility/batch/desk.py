"""Where one process checks people: the vacancies read once, and for each person what every output wants of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple

from eligibility._version import VERSION
from eligibility.batch.anonymous import code_of, masked
from eligibility.batch.people import Entry, Reader, Refused, TableRow, person_in
from eligibility.batch.results import Cell, Change, Row, Said, Since, cell_of, cell_shown
from eligibility.batch.since import Digests, Last, PersonThen, change, is_line, then_of, why_otherwise
from eligibility.batch.unclear import hanging
from eligibility.batch.writers import About, Choice, pieces_for, wants_points
from eligibility.batch.writers.moved import in_words
from eligibility.diagnostic import MERE_NOTES, Diagnostic, Place, Problems
from eligibility.engine import Decision, check, decide, explain, outcome, seen_from
from eligibility.facts import ProfileFacts
from eligibility.loading.added import joined, read_added
from eligibility.loading.document import value_at
from eligibility.loading.models import load_vacancy
from eligibility.loading.vocabularies import not_understood, unknown_to
from eligibility.profile import Profile
from eligibility.redacted import bare, redacted
from eligibility.reference import Reference, load_reference
from eligibility.report import Finding, Report, Waiting
from eligibility.reporters import Shown, reporter
from eligibility.reporters.asked import Asked
from eligibility.reporters.compared import Compared
from eligibility.reporters.next_step import action
from eligibility.reporters.sentences import Sentences
from eligibility.vacancy import Vacancy
from eligibility.verdict import Closing, Outcome, Verdict
from eligibility.when import waiting
from eligibility.wording import Words

LETTERS = {Outcome.LIKELY_ELIGIBLE: "e", Outcome.MORE_INFORMATION: "m", Outcome.NOT_ELIGIBLE: "n"}
"""One letter per outcome; a capital where the vacancy is closed."""


def letters_of(cells: Iterable[Cell]) -> str:
    """The letters of some cells."""
    return "".join([LETTERS[cell.outcome].upper() if cell.word == "closed" else LETTERS[cell.outcome] for cell in cells])


class Job(NamedTuple):
    """What is the same for everybody.

    `rules` are files; `readers` make profiles of what the inputs hold; `outputs` are the formats wanted. `reasons` says whether
    sentences are wanted. `nearly` is how many unmet criteria still count as near (0: nobody is looked for), and `asked` are
    the vacancies looked at even when closed. `redact` leaves out dates of birth, too, and what follows from them; whoever is redacted is
    told by a code, as `anonymise` has it. `added` are facts as YAML, or files of them, that everybody is given; `last` is an earlier
    answer to compare with. `before` are files of the same rules as they were, one for each of `rules`: everybody is asked of both.
    """

    rules: tuple[str, ...]
    on: date | datetime
    language: str
    readers: tuple[Reader, ...] = ()
    outputs: tuple[Choice, ...] = ()
    reasons: bool = False
    anonymise: bool = False
    nearly: int = 0
    asked: frozenset[str] = frozenset()
    source: str = ""
    added: tuple[str, ...] = ()
    last: Last | None = None
    redact: bool = False
    before: tuple[str, ...] = ()

    @property
    def compares(self) -> bool:
        """Whether it is told what is otherwise."""
        return bool(self.added or self.before) or self.last is not None


class Near(NamedTuple):
    """What stands between a person and a vacancy (its number): the criteria, each with its reason and verdict."""

    vacancy: int
    unmet: tuple[tuple[str, str, Verdict], ...]


class Done(NamedTuple):
    """One person as the outputs want them; small, because it passes between processes.

    `key` and `where` are the person's own id and place, even where the outputs do not show them. `letters` has one per vacancy
    (see LETTERS), and none for somebody who could not be read. `hangs` says of each problem that was not understood how many answers
    hang on it.
    """

    number: int
    key: str
    where: str
    id: str
    name: str | None
    read: bool
    letters: str
    problems: tuple[Diagnostic, ...]
    near: tuple[Near, ...]
    pieces: tuple[Any, ...]
    hangs: tuple[int, ...] = ()
    since: Since | None = None


class Asking(NamedTuple):
    """What to ask somebody next, in words: of each vacancy by its id, and of all that is open."""

    by_vacancy: Mapping[str, str] = {}
    of_all: str | None = None


class Desk:
    """Checks whoever comes; what to ask them next is not its business. `at_once` is how many people are best brought together."""

    at_once = 1

    def __init__(self, job: Job, reference: Reference | None = None, vacancies: Sequence[Vacancy] | None = None) -> None:
        self.job = job
        self.reference = reference or load_reference()
        self.vacancies = vacancies or [load_vacancy(path, self.reference) for path in job.rules]
        self.before = [load_vacancy(path, self.reference) for path in job.before]
        self.words = Words(job.language)
        self.sentences = Sentences(self.words, self.reference, asked=Asked(self.vacancies, self.reference))
        self.sentences.quotes = not job.anonymise
        self.sentences.by_name = True
        self.about = About(self.vacancies, job.on, self.words, self.reference, job.source, redacted=job.redact, added=job.added)
        self.added = [one.document for one in read_added(job.added, self.reference)]
        self.words_only = bool(job.outputs) and not job.compares and not any(wants_points(choice) for choice in job.outputs)
        self.makes_pages = any(choice.format == "pages" for choice in job.outputs)
        self.pieces: list[Callable[[Row], Any]] = [pieces_for(choice, self.about) for choice in job.outputs]

    def row(self, number: int, entry: Entry) -> Row:
        """One person against every vacancy; a profile that cannot be read gives a row without cells."""
        return self._safe(number, entry)[0]

    def done(self, number: int, entry: Entry) -> Done:
        """One person as the outputs want them."""
        return self.finished(number, *self._safe(number, entry))

    def many(self, numbered: Sequence[tuple[int, Entry]]) -> list[Done]:
        """Some people as the outputs want them."""
        return [self.done(number, entry) for number, entry in numbered]

    def rows(self, numbered: Sequence[tuple[int, Entry]]) -> list[Row]:
        """Some people against every vacancy."""
        return [self.row(number, entry) for number, entry in numbered]

    def asking(self, data: Mapping[str, Any], profile: Profile, vacancies: Sequence[Vacancy]) -> Asking:
        """What to ask somebody before vacancies whose outcome is open; `data` is what their profile says."""
        return Asking()

    def finished(self, number: int, row: Row, key: str, where: str, near: tuple[Near, ...], letters: str | None = None) -> Done:
        """A row as the outputs want it. `letters` are those of its cells, where they are known."""
        bare = row if row.page is None else row._replace(page=None)  # it may have to pass between processes
        pieces = tuple([piece(row if of.format == "pages" else bare) for piece, of in zip(self.pieces, self.job.outputs, strict=True)])
        letters = letters_of(row.cells) if letters is None else letters
        return Done(
            number, key, where, row.id, row.name, row.read, letters, row.problems, near, pieces,
            hanging(row.problems, row.cells) if row.problems and row.read else (), row.since,
        )  # fmt: skip

    def _page(
        self, reports: Sequence[Report], data: Mapping[str, Any], row: Row, words: Mapping[str, str], plain: Profile | None
    ) -> str:  # fmt: skip
        """The page of somebody whose data hold words that nothing knows; `plain` is the profile as it was before facts were added.
        Raises MissingExtra."""
        hidden = self.job.anonymise
        if hidden:
            reports = [one.model_copy(update={"candidate": row.name}) for one in reports]
        return reporter("html")(
            Shown(
                reports, self.words, self.reference, self.job.source, value=(lambda path: None) if hidden else partial(value_at, data),
                vacancies=self.vacancies, not_understood=dict.fromkeys(words, "") if hidden else words, quotes=not hidden,
                remarks=row.problems, before=None if plain is None else self._reports(plain), added=self.job.added,
                waiting={one.vacancy: one.waiting for one in row.cells if one.waiting is not None},
                compared=None if self.job.last is None or row.since is None else self._compared(self.job.last, row.since),
            )
        )  # fmt: skip

    def _reports(self, profile: Profile) -> list[Report]:
        """What a check says of a profile, with what is left out left out."""
        facts, job, reference = ProfileFacts(profile, self.reference), self.job, self.reference
        found = [check(one, profile, job.on, reference, facts, on_last_day=True) for one in self.vacancies]
        if not job.redact:
            return found
        return [redacted(report, one, profile, job.on, reference) for report, one in zip(found, self.vacancies, strict=True)]

    def _compared(self, last: Last, since: Since) -> Compared:
        """What has changed for one person since the earlier answer, for their page."""
        words, titles = self.words, {one.id: self.words.of(one.title) for one in self.vacancies}
        rest = {"same": "since.none", "changed": None}.get(since.state, "mine.not_compared")
        changes = tuple([in_words(one, titles[one.vacancy], words) for one in since.changes])
        title = words.text("since.title", day=words.date(last.on.toordinal()))
        return Compared(title, "", changes, () if rest is None else (words.text(rest),))

    def _safe(self, number: int, entry: Entry) -> tuple[Row, str, str, tuple[Near, ...]]:
        """One person; whatever goes wrong with one of them costs nobody else an answer."""
        try:
            return self._row(number, entry)
        except Exception as error:  # a bug of ours, told with its name and without anybody's data
            source, line, held = entry
            reader = self.job.readers[source]
            key, where = reader.id_of(line, held), reader.place_of(line, held)
            shown = code_of(number) if self.job.anonymise else key
            place = shown if self.job.anonymise else where
            file = shown if self.job.anonymise else held if isinstance(held, str) else reader.name
            problem = Diagnostic("E619", Place(file, line), {"error": type(error).__name__})
            return Row(number, whole(shown), None, whole(place), (problem,), ()), key, where, ()

    def _row(self, number: int, entry: Entry) -> tuple[Row, str, str, tuple[Near, ...]]:
        job, (source, line, held) = self.job, entry
        reader = job.readers[source]
        plain: Profile | None = None
        if isinstance(held, Refused):
            broken = held.problems[0].place
            profile, problems, key, where = None, held.problems, str(line), f"{broken.file}:{broken.line}"
            data: Mapping[str, Any] = {}
        else:
            key = reader.id_of(line, held)
            where, data = reader.place_of(line, held), {}
            try:
                document = reader.read(line, held)
                data, loaded = document.data, person_in(document, self.reference)
                profile, problems = loaded.model, tuple(unknown_to(self.vacancies, loaded, self.reference))
                if isinstance(document, TableRow):
                    problems = tuple([document.named(one) for one in problems])
                if profile is None and isinstance(own := document.data.get("id"), str):
                    key = own
                if profile is not None:
                    key = profile.id or key
                    if self.added:
                        plain, loaded = profile, joined(loaded, self.added, self.reference)
                        data, profile = loaded.document.data, loaded.model
            except Problems as error:
                profile, problems = None, error.diagnostics
        name = None if profile is None else profile.name
        words = not_understood(problems)
        self.sentences.not_understood = dict.fromkeys(words, "") if job.anonymise else words
        shown, place = key, where
        if job.anonymise:
            shown = place = code_of(number)
            name = None if profile is None else shown
            problems = tuple([masked(one, shown) for one in problems if not (job.redact and one.code in MERE_NOTES)])
        if profile is None:
            return Row(number, whole(shown), None, whole(place), problems, (), since=self._since_of_nobody(key, where)), key, where, ()
        facts = ProfileFacts(profile, self.reference)
        without = ProfileFacts(bare(profile), self.reference) if job.redact else None
        self.sentences.value = (lambda path: None) if job.anonymise else partial(value_at, data)
        cells: list[Cell] = []
        near: list[Near] = []
        reports: list[Report] = []
        for index, vacancy in enumerate(self.vacancies):
            if self.words_only and not job.nearly and not vacancy.parsed(self.reference).tracks:
                cells.append(Cell(vacancy.id, *outcome(vacancy, profile, job.on, self.reference, facts, on_last_day=True), ()))
                continue
            decision = decide(vacancy, profile, job.on, self.reference, facts, on_last_day=True)
            report = seen_from(job.on, decision, explain(decision)) if job.reasons or job.redact or self._is_near(decision) else None
            if without is not None and report is not None:
                report = redacted(report, vacancy, profile, job.on, self.reference, without)
            said = map(self._told, report.findings) if job.reasons and report is not None else None
            option = None if decision.option is None else self.words.of(decision.option)
            if report is not None and report.redacted:
                cells.append(cell_shown(report, decision, said, option))
            else:
                cells.append(cell_of(decision, said, option))
            if job.reasons and report is not None:
                reports.append(report)
            if report is not None and self._is_near(decision):
                near.append(self._near(index, report))
        asking = Asking()
        if reports:
            open_ = [one for one, report in zip(self.vacancies, reports, strict=True) if _is_open(report)]
            asking = self.asking(data, profile, open_) if open_ else asking
            waits = {} if job.redact else self._waits(reports, profile, facts)
            cells = [self._with_step(*pair, asking, waits) for pair in zip(cells, reports, strict=True)]
        name = None if name is None else whole(name)
        since = self._since(key, where, profile, plain, cells, facts) if job.compares else None
        digest = None if job.anonymise else profile.digest
        row = Row(number, whole(shown), name, whole(place), problems, tuple(cells), asking.of_all, digest, since)
        if self.makes_pages:
            row = row._replace(page=partial(self._page, reports, data, row, words, plain))
        return row, key, where, tuple(near)

    def _since_of_nobody(self, key: str, where: str) -> Since | None:
        """What is otherwise for somebody who cannot be read."""
        if self.job.last is None:
            return None
        then = None if is_line(key, where) else self.job.last.people.get(key)
        return Since("unnamed" if is_line(key, where) else "new" if then is None else "unread" if then.read else "same")

    def _since(
        self, key: str, where: str, profile: Profile, plain: Profile | None, cells: Sequence[Cell], facts: ProfileFacts
    ) -> Since:  # fmt: skip
        """What is otherwise: with the facts that were added, or since the earlier answer."""
        if plain is not None:
            before = ProfileFacts(plain, self.reference)
            found = [self._changed(cell_of(decide(one, plain, self.job.on, self.reference, before, on_last_day=True)), cell)
                     for one, cell in zip(self.vacancies, cells, strict=True)]  # fmt: skip
            changes = tuple([one for one in found if one is not None])
            return Since("changed" if changes else "same", changes)
        if self.before:
            found = [self._by_the_rule(*each, profile, facts) for each in zip(self.before, cells, strict=True)]
            changes = tuple([one for one in found if one is not None])
            return Since("changed" if changes else "same", changes)
        assert self.job.last is not None
        if is_line(key, where):
            return Since("unnamed")
        person = self.job.last.people.get(key)
        if person is None or not person.read:
            return Since("new" if person is None else "read")
        pairs = zip(self.vacancies, cells, strict=True)
        changes = tuple([made for one, cell in pairs if (made := self._changed_since(self.job.last, person, one, cell, profile, facts))])
        return Since("changed" if changes else "same", changes)

    def _changed(self, before: Cell, cell: Cell) -> Change | None:
        """What the facts that were added change."""
        then = then_of(before)
        return None if then == then_of(cell) else change(then, cell, self._labels(cell))

    def _by_the_rule(self, before: Vacancy, cell: Cell, profile: Profile, facts: ProfileFacts) -> Change | None:
        """What is otherwise than by the rule as it was. A criterion that only one of both has turns for nobody."""
        then, now = then_of(cell_of(decide(before, profile, self.job.on, self.reference, facts, on_last_day=True))), then_of(cell)
        made = change(then, cell, self._labels(cell), ("rule",))
        return made if made.criteria or then.answer[:2] != now.answer[:2] else None

    def _changed_since(
        self, last: Last, person: PersonThen, vacancy: Vacancy, cell: Cell, profile: Profile, facts: ProfileFacts
    ) -> Change | None:  # fmt: skip
        """What is otherwise for one vacancy since the earlier answer, and why; nothing for a vacancy that it does not have."""
        then, now = person.cells.get(vacancy.id), then_of(cell)
        if then is None or then.answer == now.answer:
            return None
        as_then = then_of(cell_of(decide(vacancy, profile, last.on, self.reference, facts, on_last_day=True)))
        digests = Digests(person.digest, profile.digest, last.rules.get(vacancy.id), vacancy.digest)
        why = why_otherwise(then, as_then, now, digests, last.program == (VERSION, self.reference.version))
        return change(then, cell, self._labels(cell), why)

    def _labels(self, cell: Cell) -> list[str]:
        """What the criteria of a cell are called."""
        vacancy = next(one for one in self.vacancies if one.id == cell.vacancy)
        labels = {one.common.id or "": self.words.of(one.common.label) for one in vacancy.parsed(self.reference).criteria}
        return [labels.get(one.id) or one.id for one in cell.points]

    def _told(self, finding: Finding) -> Said:
        """Why, and what is missing, in words."""
        return Said(self.sentences.reason(finding), self.sentences.lacks(finding.missing))

    def _waits(self, reports: Sequence[Report], profile: Profile, facts: ProfileFacts) -> dict[str, Waiting]:
        """What waiting brings before the vacancies that are open, and for which one is not eligible yet."""
        found = (
            (one.id, waiting(one, profile, report, self.job.on, self.reference, facts))
            for one, report in zip(self.vacancies, reports, strict=True)
            if report.outcome is Outcome.NOT_ELIGIBLE and not report.closed
        )
        return {vacancy: waits for vacancy, waits in found if waits is not None}

    def _with_step(self, cell: Cell, report: Report, asking: Asking, waits: Mapping[str, Waiting]) -> Cell:
        """A cell with what to do next, what to ask, and what waiting brings."""
        question, later = asking.by_vacancy.get(cell.vacancy), waits.get(cell.vacancy)
        return cell._replace(action=action(self.sentences, report, question is not None, later), question=question, waiting=later)

    def _is_near(self, decision: Decision) -> bool:
        """Whether what is unmet is little enough, of a vacancy that is open or asked for."""
        if not self.job.nearly or (decision.closing is Closing.CLOSED and decision.ready.vacancy.id not in self.job.asked):
            return False
        unmet = sum(one.criterion.common.importance == "required" and one.result.verdict in _UNMET for one in decision.answers)
        return 0 < unmet <= self.job.nearly

    def _near(self, index: int, report: Report) -> Near:
        """What is unmet, in words."""
        unmet = [one for one in report.findings if one.importance == "required" and one.verdict in _UNMET]
        return Near(index, tuple((self.sentences.label(one), self.sentences.reason(one), one.verdict) for one in unmet))


def _is_open(report: Report) -> bool:
    """Whether answers may still settle it, and in time."""
    return report.outcome is Outcome.MORE_INFORMATION and report.closing is not Closing.CLOSED


_UNMET = (Verdict.FAIL, Verdict.UNKNOWN)


def whole(text: str) -> str:
    """The text without half characters, which no file can hold: names may have them, files in UTF-8 may not."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
