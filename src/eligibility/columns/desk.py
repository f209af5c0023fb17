"""Many people of a batch at once, where only the word of each vacancy is wanted: the rows of a plain desk, made sooner."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from typing import Any

from eligibility.batch.anonymous import code_of
from eligibility.batch.desk import Desk, Done, Job, whole
from eligibility.batch.people import Entry, Refused, TableRow
from eligibility.batch.results import Cell, Row
from eligibility.batch.writers import wants_points
from eligibility.diagnostic import Problems

ENOUGH = 200
"""With fewer people it takes longer to make columns of them than to ask them one by one."""
_ALONE = re.compile(rb"null|[:\[,]\s*-?\d+[.eE]")
"""What a line of JSON may say that columns do not tell from something else: nothing at all, and 7.0 from 7."""

Read = tuple[int, Mapping[str, Any]]
"""The place of somebody among those who came together, and what they say."""


def wanted(job: Job) -> bool:
    """Whether a batch is one for columns: nobody asks for criteria or for those who are near, and the libraries are there."""
    if not job.outputs or job.nearly or any(wants_points(choice) for choice in job.outputs):
        return False
    return find_spec("numpy") is not None and find_spec("pyarrow") is not None


class TableDesk(Desk):
    """Checks whoever comes, some thousands at a time. Whoever columns do not hold is checked alone."""

    at_once = 2048

    def many(self, numbered: Sequence[tuple[int, Entry]]) -> list[Done]:
        """Some people as the outputs want them."""
        found = {}
        if len(numbered) >= ENOUGH:
            said = [(place, data) for place, one in enumerate(numbered) if (data := self._said(one)) is not None]
            for place, data, cells in self._decided(said):
                found[place] = self._done(*numbered[place], data, cells)
        return [found[place] if place in found else self.done(*one) for place, one in enumerate(numbered)]

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

    def _decided(self, people: Sequence[Read]) -> Iterator[tuple[int, Mapping[str, Any], tuple[Cell, ...]]]:
        """The cells of those who can be decided together. If two of them say one thing in two forms, of each half."""
        if len(people) < ENOUGH:
            return
        batch = _batch_of([data for _, data in people])
        if batch is None:
            half = len(people) // 2
            yield from self._decided(people[:half])
            yield from self._decided(people[half:])
            return
        from eligibility.columns.answering import Asked, Said, in_columns
        from eligibility.columns.answers import CLOSINGS, OUTCOMES
        from eligibility.columns.kernels import AllKernels

        if self._kernels is None:
            self._kernels = AllKernels(self.vacancies, self.job.on, self.reference)
        said = [Said(Asked.of(one, self.reference, False, []), len(people)) for one in self.vacancies]
        left = in_columns(batch, said, self._kernels).tolist()
        words = [zip(one.outcome.tolist(), one.closing.tolist(), strict=True) for one in said]
        for (place, data), alone, *numbers in zip(people, left, *words, strict=True):
            if not alone:
                cells = [
                    Cell(vacancy.id, OUTCOMES[outcome], CLOSINGS[closing], ())
                    for vacancy, (outcome, closing) in zip(self.vacancies, numbers, strict=True)
                ]
                yield place, data, tuple(cells)

    _kernels: Any = None

    def _done(self, number: int, entry: Entry, data: Mapping[str, Any], cells: tuple[Cell, ...]) -> Done:
        """Somebody without any problem, as they would be alone."""
        source, line, held = entry
        reader = self.job.readers[source]
        key = data.get("id") or reader.id_of(line, held)
        shown, place, name = key, reader.place_of(line, held), data.get("name")
        where = place
        if self.job.anonymise:
            shown = place = name = code_of(number)
        row = Row(number, whole(shown), None if name is None else whole(name), whole(place), (), cells)
        return self.finished(number, row, key, where, ())


def _batch_of(people: Sequence[Mapping[str, Any]]) -> Any:
    """What some people say as an Arrow batch; None where two of them say one thing in two forms."""
    import pyarrow

    names = dict.fromkeys(name for one in people for name in one)
    try:
        columns = {name: pyarrow.array([one.get(name) for one in people]) for name in names}
    except (pyarrow.ArrowException, TypeError, ValueError, OverflowError):
        return None
    return pyarrow.RecordBatch.from_pydict(columns) if columns else None
