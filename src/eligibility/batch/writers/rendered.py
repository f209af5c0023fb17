"""A format that takes rows one after the other and gives its file as text: it runs beside, and is handed each row as it comes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from queue import SimpleQueue
from typing import IO

from eligibility.batch.results import Row
from eligibility.batch.writers import About
from eligibility.diagnostic import Diagnostic

_WAITING = 256


class Rendered:
    """Hands rows to `render(rows, about)`, and what it gives to the file."""

    def __init__(self, render: Callable[[Iterable[Row], About], Iterable[str]], file: IO[bytes], about: About) -> None:
        self._rows: SimpleQueue[Row | None] = SimpleQueue()  # no Queue: Ctrl-C may strike inside it and leave its lock closed for ever
        self._room: SimpleQueue[None] = SimpleQueue()
        for _ in range(_WAITING):
            self._room.put(None)
        self._failed: BaseException | None = None
        self._render, self._file, self._about = render, file, about
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def add(self, piece: Row) -> None:
        """One more person."""
        if self._failed is not None:
            raise self._failed
        self._room.get()
        self._rows.put(piece)

    def close(self, notices: Sequence[Diagnostic]) -> None:
        """The end: what is left is written."""
        self._rows.put(None)
        self._thread.join()
        if self._failed is not None:
            raise self._failed

    def abandon(self) -> None:
        """Whoever still waits for rows is told that none come; the thread ends with the program."""
        self._rows.put(None)

    def _run(self) -> None:
        rows = self._taken()
        try:
            for text in self._render(rows, self._about):
                self._file.write(text.encode("utf-8", "replace"))
        except BaseException as error:  # it is raised again where somebody waits for it
            self._failed = error
        for _ in rows:  # nobody waits for room that nobody makes
            pass

    def _taken(self) -> Iterator[Row]:
        while (row := self._rows.get()) is not None:
            self._room.put(None)
            yield row
