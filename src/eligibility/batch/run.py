"""Everybody at a desk: on as many processors as there are, in the order of the input, never more than a few chunks in memory."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import suppress
from itertools import chain, islice
from typing import Any

from eligibility.batch.desk import Desk, Done, Job
from eligibility.batch.people import Entry
from eligibility.batch.results import Row
from eligibility.interrupts import interrupts_wait

CHUNK = 64
"""People per piece of work, unless the desk takes more: enough to make passing it on cheap, few enough to stop within a second."""


Numbered = tuple[int, Entry]
Work = Callable[[Desk, Sequence[Numbered]], list[Any]]
"""What a desk makes of some people: one thing for each."""


def rows(entries: Iterable[Entry], job: Job, processes: int = 1) -> Iterator[Row]:
    """A row for every entry, in the order of the entries, whatever the number of processes."""
    return each(entries, job, Desk.rows, processes)


def everybody(entries: Iterable[Entry], job: Job, processes: int = 1, desk: type[Desk] = Desk) -> Iterator[Done]:
    """What the outputs want of every entry, in the order of the entries, whatever the number of processes."""
    return each(entries, job, desk.many, processes, desk)


def each(entries: Iterable[Entry], job: Job, work: Work, processes: int = 1, desk: type[Desk] = Desk) -> Iterator[Any]:
    """What `work` makes of every entry at a desk. The processes are started before this returns: later there may be threads."""
    numbered = enumerate(entries)
    first = list(islice(numbered, CHUNK))
    if processes <= 1 or len(first) < CHUNK:
        return _here(chain(first, numbered), desk(job), work)
    pool = ProcessPoolExecutor(processes, _context(), _open_desk, (job, desk))
    first += islice(numbered, max(0, desk.at_once - CHUNK))
    with interrupts_wait():  # nothing is read in here: an input may wait for somebody who types
        begun = pool.submit(_work, work, first)
        shared = _shared(pool, begun, numbered, work, processes, max(CHUNK, desk.at_once))
        next(shared)  # closing a generator that has not begun would leave the processes behind
    return shared


def _here(numbered: Iterator[Numbered], desk: Desk, work: Work) -> Iterator[Any]:
    while chunk := list(islice(numbered, desk.at_once)):
        yield from work(desk, chunk)


def _shared(
    pool: ProcessPoolExecutor, begun: Future[list[Any]], numbered: Iterator[Numbered], work: Work, processes: int, size: int
) -> Iterator[Any]:
    waiting: deque[Future[list[Any]]] = deque([begun])
    try:
        yield
        while True:
            while len(waiting) < 2 * processes + 1 and (chunk := list(islice(numbered, size))):
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


def _context() -> Any:
    """Copies of this process where that is safe: they begin at once. Else new ones, which import everything again."""
    safe = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if safe else "spawn")


_desk: Desk | None = None


def _open_desk(job: Job, desk: type[Desk]) -> None:
    global _desk
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _desk = desk(job)


def _work(work: Work, chunk: list[Numbered]) -> list[Any]:
    assert _desk is not None
    return work(_desk, chunk)
