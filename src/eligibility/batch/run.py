"""Everybody against every vacancy: the same check as for one person, on as many processors as there are, in input order."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import suppress
from datetime import date, datetime
from itertools import islice
from typing import Any, NamedTuple

from eligibility.batch.people import Entry
from eligibility.batch.results import Row, cell_of
from eligibility.diagnostic import Problems
from eligibility.engine import check
from eligibility.facts import ProfileFacts
from eligibility.loading.models import Loaded, load_vacancy, open_profile, profile_in
from eligibility.loading.vocabularies import unknown_to
from eligibility.reference import Reference, load_reference
from eligibility.reporters.sentences import Sentences
from eligibility.vacancy import Vacancy
from eligibility.wording import Words

CHUNK = 64
"""People per piece of work: enough to make passing it on cheap, few enough to stop within a second."""


class Job(NamedTuple):
    """What is the same for everybody: the rule files, the day of application, the language of the sentences (None: no sentences)."""

    rules: tuple[str, ...]
    on: date | datetime
    language: str | None = None


class Desk:
    """Where one process checks people: the vacancies read once, whoever comes."""

    def __init__(self, job: Job, reference: Reference | None = None, vacancies: Sequence[Vacancy] | None = None) -> None:
        self.job = job
        self.reference = reference or load_reference()
        self.vacancies = vacancies or [load_vacancy(path, self.reference) for path in job.rules]
        self.sentences = Sentences(Words(job.language), self.reference) if job.language else None

    def row(self, number: int, entry: Entry) -> Row:
        """One person against every vacancy; a profile that cannot be read gives a row without cells."""
        place = entry.path or (entry.row.name if entry.row is not None else "")
        try:
            loaded = self._loaded(entry)
        except Problems as error:
            return Row(number, entry.id, None, place, error.diagnostics, ())
        profile = loaded.model
        if profile is None:
            return Row(number, entry.id, None, place, loaded.diagnostics, ())
        facts = ProfileFacts(profile, self.reference)
        cells = []
        for vacancy in self.vacancies:
            report = check(vacancy, profile, self.job.on, self.reference, facts)
            reasons = map(self.sentences.reason, report.findings) if self.sentences is not None else None
            cells.append(cell_of(report, reasons))
        told = tuple(unknown_to(self.vacancies, loaded.diagnostics))
        return Row(number, profile.id or entry.id, profile.name, place, told, tuple(cells))

    def _loaded(self, entry: Entry) -> Loaded:
        if entry.row is not None:
            return profile_in(entry.row, self.reference)
        return open_profile(entry.path or "-", self.reference)


def rows(entries: Iterable[Entry], job: Job, processes: int = 1) -> Iterator[Row]:
    """A row for every entry, in the order of the entries, whatever the number of processes. Never more than a few chunks in memory."""
    return each(entries, job, _row, processes)


def _row(desk: Desk, number: int, entry: Entry) -> Row:
    return desk.row(number, entry)


def each(entries: Iterable[Entry], job: Job, work: Callable[[Desk, int, Entry], Any], processes: int = 1) -> Iterator[Any]:
    """What `work` (a function of a module) makes of every entry at a desk, in the order of the entries."""
    numbered = enumerate(entries)
    if processes <= 1:
        desk = Desk(job)
        for number, entry in numbered:
            yield work(desk, number, entry)
        return
    pool = ProcessPoolExecutor(processes, initializer=_open_desk, initargs=(job,))
    waiting: deque[Future[list[Any]]] = deque()
    try:
        while True:
            while len(waiting) < 2 * processes and (chunk := list(islice(numbered, CHUNK))):
                waiting.append(pool.submit(_work, work, chunk))
            if not waiting:
                break
            yield from waiting.popleft().result()
        pool.shutdown()
    except BaseException:  # Ctrl-C, or nobody reads on: what has been begun is not waited for
        for process in list((pool._processes or {}).values()):
            with suppress(OSError):
                os.kill(process.pid or 0, signal.SIGTERM)
        pool.shutdown(wait=False, cancel_futures=True)
        raise


_desk: Desk | None = None


def _open_desk(job: Job) -> None:
    global _desk
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    _desk = Desk(job)


def _work(work: Callable[[Desk, int, Entry], Any], chunk: list[tuple[int, Entry]]) -> list[Any]:
    assert _desk is not None
    return [work(_desk, number, entry) for number, entry in chunk]
