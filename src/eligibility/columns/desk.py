"""Many people of a batch at once, where only the word of each vacancy is wanted: the rows of a plain desk, made sooner."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from typing import Any

from eligibility.batch.anonymous import code_of
from eligibility.batch.desk import Desk, Done, Job, letters_of, whole
from eligibility.batch.people import Entry, Refused, TableRow
from eligibility.batch.results import Cell, Row
from eligibility.batch.sources.jsonl import JsonLines
from eligibility.batch.writers import wants_points
from eligibility.diagnostic import Problems

ENOUGH = 200
"""With fewer people it takes longer to make columns of them than to ask them one by one."""
_ALONE = re.compile(rb"null|[:\[,]\s*-?\d+[.eE]")
"""What a line of JSON may say that columns do not tell from something else: nothing at all, and 7.0 from 7."""

Read = tuple[int, Mapping[str, Any]]
"""The place of somebody among those who came together, and what they say."""
BatchOf = Callable[[list[Any]], Any]
"""Makes a batch of some people, with which of them say all that they say once; None where they do not fit in one."""


def wanted(job: Job) -> bool:
    """Whether a batch is one for columns: nobody asks for criteria or for those who are near, and the libraries are there."""
    if not job.outputs or job.nearly or job.compares or any(wants_points(choice) for choice in job.outputs):
        return False
    return find_spec("numpy") is not None and find_spec("pyarrow") is not None


class TableDesk(Desk):
    """Checks whoever comes, some thousands at a time. Whoever columns do not hold is checked alone."""

    at_once = 16_384
    _kernels: Any = None
    _lines: Any = None

    def many(self, numbered: Sequence[tuple[int, Entry]]) -> list[Done]:
        """Some people as the outputs want them."""
        found: dict[int, Done] = {}
        if len(numbered) >= ENOUGH:
            lines = self._plain_lines(numbered)
            said: list[Read] = []
            for some, batch in self._batches(lines, self._of_lines):
                found |= self._decided(numbered, some, batch)
            if len(lines) < len(numbered):
                read = {place for place, _ in lines}
                said = [(place, data) for place, one in enumerate(numbered) if place not in read and (data := self._said(one)) is not None]
            for some, batch in self._batches(said, self._of_people):
                found |= self._decided(numbered, some, batch)
        return [found[place] if place in found else self.done(*one) for place, one in enumerate(numbered)]

    def _plain_lines(self, numbered: Sequence[tuple[int, Entry]]) -> list[tuple[int, bytes]]:
        """The lines that Arrow may read, each with its place among those who came together."""
        from eligibility.columns.lines import TOGETHER, plain

        of_lines = [isinstance(reader, JsonLines) for reader in self.job.readers]
        places = [place for place, (_, (source, _, held)) in enumerate(numbered) if of_lines[source] and isinstance(held, bytes)]
        found: list[tuple[int, bytes]] = []
        for start in range(0, len(places), TOGETHER):
            some = places[start : start + TOGETHER]
            lines = plain([numbered[place][1][2] for place in some])
            found += [(place, line) for place, line in zip(some, lines, strict=True) if line is not None]
        return found

    def _said(self, numbered: tuple[int, Entry]) -> Mapping[str, Any] | None:
        """What an entry says, where columns may hold it."""
        source, line, held = numbered[1]
        if isinstance(held, Refused | str) or (isinstance(held, bytes) and _ALONE.search(held)):
            return None
        try:
            document = self.job.readers[source].read(line, held)
        except Problems:
            return None
        return document.data if isinstance(document, TableRow) and not (document.diagnostics or document.vague) else None

    def _batches(self, people: Sequence[tuple[int, Any]], batch_of: BatchOf) -> Iterator[tuple[list[int], Any]]:
        """Those who can be decided together, by their places, with their batch. If two of them say one thing in two forms, of each half."""
        if len(people) < ENOUGH:
            return
        batch = batch_of([said for _, said in people])
        if batch is None:
            half = len(people) // 2
            yield from self._batches(people[:half], batch_of)
            yield from self._batches(people[half:], batch_of)
            return
        yield [place for place, _ in people], batch

    def _of_lines(self, lines: Sequence[bytes]) -> Any:
        from eligibility.columns.lines import LineReader

        self._lines = self._lines or LineReader()
        return self._lines.batch(lines)

    @staticmethod
    def _of_people(people: Sequence[Mapping[str, Any]]) -> Any:
        batch = _batch_of(people)
        return None if batch is None else (batch, None)

    def _decided(self, numbered: Sequence[tuple[int, Entry]], places: Sequence[int], told: Any) -> dict[int, Done]:
        """Those of a batch whom columns hold, with what the outputs want of them."""
        from eligibility.columns.answering import Asked, Said, in_columns
        from eligibility.columns.answers import NONE
        from eligibility.columns.kernels import AllKernels
        from eligibility.columns.people import distinct_of

        if self._kernels is None:
            self._kernels = AllKernels(self.vacancies, self.job.on, self.reference, on_last_day=True, outcomes=True)
        batch, once = told
        said = [Said(Asked.of(one, self.reference, False, []), len(places)) for one in self.vacancies]
        left = in_columns(batch, said, self._kernels)
        if once is not None:
            left = left | ~once
        numbers, distinct = distinct_of([part for one in said for part in (one.outcome, one.closing)])
        answers = [self._cells(outcomes[::2], outcomes[1::2]) if NONE not in outcomes else None for outcomes in distinct]
        ids, names = (
            batch.column(name).to_pylist() if name in batch.schema.names else [None] * len(places) for name in ("id", "name")
        )  # fmt: skip
        found = {}
        for place, alone, number, own, name in zip(places, left.tolist(), numbers.tolist(), ids, names, strict=True):
            if not alone and (answer := answers[number]) is not None:
                found[place] = self._done(*numbered[place], own, name, *answer)
        return found

    def _cells(self, outcomes: Sequence[int], closings: Sequence[int]) -> tuple[tuple[Cell, ...], str]:
        """A cell for each vacancy, and their letters."""
        from eligibility.columns.answers import CLOSINGS, OUTCOMES

        cells = tuple([
            Cell(one.id, OUTCOMES[outcome], CLOSINGS[closing], ())
            for one, outcome, closing in zip(self.vacancies, outcomes, closings, strict=True)
        ])  # fmt: skip
        return cells, letters_of(cells)

    def _done(self, number: int, entry: Entry, own: Any, name: Any, cells: tuple[Cell, ...], letters: str) -> Done:
        """Somebody without any problem, as they would be alone."""
        source, line, held = entry
        reader = self.job.readers[source]
        key = own or reader.id_of(line, held)
        shown, place = key, reader.place_of(line, held)
        where = place
        if self.job.anonymise:
            shown = place = name = code_of(number)
        row = Row(number, whole(shown), None if name is None else whole(name), whole(place), (), cells)
        return self.finished(number, row, key, where, (), letters)


def _batch_of(people: Sequence[Mapping[str, Any]]) -> Any:
    """What some people say as an Arrow batch; None where two of them say one thing in two forms."""
    import pyarrow

    names = dict.fromkeys(name for one in people for name in one)
    try:
        columns = {name: pyarrow.array([one.get(name) for one in people]) for name in names}
    except (pyarrow.ArrowException, TypeError, ValueError, OverflowError):
        return None
    return pyarrow.RecordBatch.from_pydict(columns) if columns else None
