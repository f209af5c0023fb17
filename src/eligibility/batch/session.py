"""A whole batch: inputs opened, everybody checked, every output written, the sums told. Asks nothing of the terminal."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing
from functools import partial
from typing import IO, NamedTuple, NoReturn

from eligibility.batch.anonymous import code_of, masked
from eligibility.batch.desk import Desk, Done, Job
from eligibility.batch.people import Entry, People, Refused
from eligibility.batch.run import everybody
from eligibility.batch.seen import Seen
from eligibility.batch.sources import Choices, open_people
from eligibility.batch.summary import Tally
from eligibility.batch.writers import About, Choice, Writes, writer_for
from eligibility.batch.writers.pages import Writer as Pages
from eligibility.diagnostic import Diagnostic, Place, Problems
from eligibility.interrupts import interrupts_wait
from eligibility.outputs import Pending, put_in_place

Notice = Callable[[Diagnostic], None]


def _place(opened: Sequence[People], job: Job) -> str:
    """The input that is named where something is told of all."""
    return "input-1" if job.anonymise or not opened else opened[0].reader.name


class Output(NamedTuple):
    """Where one format goes: a file, a folder of pages, or a stream that is open already."""

    choice: Choice
    path: str | None = None
    stream: IO[bytes] | None = None


class NobodyToRead(Exception):
    """None of the inputs could be opened; `diagnostics` says why."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__(diagnostics)
        self.diagnostics = tuple(diagnostics)


class Unreadable(NamedTuple):
    """Stands in for an input that could not be opened while others could."""

    name: str

    def read(self, line: int, held: object) -> NoReturn:
        """Never reached: such an input holds a refusal and nothing else."""
        raise Problems(())

    def id_of(self, line: int, held: object) -> str:
        return self.name

    def place_of(self, line: int, held: object) -> str:
        return self.name


def open_all(paths: Sequence[str], choices: Choices, tell: Notice, anonymise: bool = False) -> list[People]:
    """Every input, opened. One that cannot be is one person who could not be read. Raises NobodyToRead if none can, and MissingExtra."""
    opened: list[People] = []
    refused: list[Diagnostic] = []

    for number, path in enumerate(paths, 1):
        try:
            opened.append(open_people(path, choices, partial(_masked, tell, f"input-{number}") if anonymise else tell))
        except Problems as error:
            refused += error.diagnostics
            held = iter([(1, Refused(error.diagnostics))])
            opened.append(People(Unreadable(path), held, lambda: 1))
    if len(refused) and all(isinstance(one.reader, Unreadable) for one in opened):
        raise NobodyToRead(refused)
    return opened


def _masked(tell: Notice, name: str, problem: Diagnostic) -> None:
    tell(masked(problem, name))


def entries_of(opened: Sequence[People]) -> Iterator[Entry]:
    """Everybody in every input, in order."""
    for number, people in enumerate(opened):
        for line, held in people.held:
            yield Entry(number, line, held)


class Twins:
    """Tells when an id comes a second time. Ids that the program gave itself are not kept."""

    def __init__(self, job: Job, tell: Notice) -> None:
        self.job, self.tell = job, tell
        self.seen = Seen()
        self.files: list[str] = []
        self.numbers: dict[str, int] = {}

    def look(self, done: Done) -> None:
        """Compare one person with those before."""
        if done.where.endswith(f":{done.key}"):  # no id: the number of the line
            return
        if self.job.anonymise:
            other = self.seen.first(done.key, done.number)
            if other is not None:
                self.tell(Diagnostic("W605", Place(done.id), {"id": done.id, "other": code_of(other)}))
            return
        file, line = _file_and_line(done.where)
        number = self.numbers.setdefault(file, len(self.files))
        if number == len(self.files):
            self.files.append(file)
        other = self.seen.first(done.key, number << 40 | line)
        if other is not None:
            self.tell(Diagnostic("W604", Place(file, line or 1), {"id": done.key, "other": self._where(other)}))

    def _where(self, packed: int) -> str:
        file, line = self.files[packed >> 40], packed & (1 << 40) - 1
        return f"{file}:{line}" if line else file


def _file_and_line(where: str) -> tuple[str, int]:
    """The file in which somebody stands, and the line of a table; 0 where the whole file is theirs."""
    file, _, line = where.rpartition(":")
    return (file, int(line)) if file and line.isdecimal() else (where, 0)


def run(
    opened: Sequence[People],
    job: Job,
    outputs: Sequence[Output],
    about: About,
    tell: Notice,
    tally: Tally,
    processes: int = 1,
    watch: Callable[[Iterator[Done]], Iterator[Done]] = iter,
    notices: Sequence[Diagnostic] = (),
    inputs: Sequence[str] = (),
    desk: type[Desk] = Desk,
) -> list[int]:
    """Check everybody and write every output, all of them or none; how many pages each output is. Raises OSError and MissingExtra.

    `watch` sees everybody pass. `notices` is read when the outputs end. No output may be one of `inputs`.
    `desk` is where people are checked.
    """
    twins = Twins(job, tell)
    with ExitStack() as stack:
        files: list[Pending] = []
        writers: list[Writes] = []
        people = everybody(entries_of(opened), job, processes, desk)
        if isinstance(people, Generator):  # it is closed whatever happens: behind it may be processes
            stack.enter_context(closing(people))
        with interrupts_wait():
            for output in outputs:
                if output.choice.format == "pages":
                    writers.append(Pages(output.path or os.curdir, inputs))
                    continue
                stream = output.stream
                if stream is None:
                    files.append(stack.enter_context(Pending(output.path or "", inputs)))
                    stream = files[-1].file
                writers.append(writer_for(output.choice, stream, about))
                stack.callback(writers[-1].abandon)
        for done in watch(people):
            tally.add(done)
            twins.look(done)
            if about.against is not None:
                about.against.come(done.key)
            for writer, piece in zip(writers, done.pieces, strict=True):
                writer.add(piece)
        told = [*notices, *tally.unclear.notices(_place(opened, job))]
        for writer in writers:
            writer.close(told)
        put_in_place(files)
    return [getattr(writer, "written", 1) for writer in writers]
