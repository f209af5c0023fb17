"""A bar for long work, on a terminal only: people done, how many a second, the time left."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from eligibility.batch.desk import Done
from eligibility.wording import Words


def watched(total: Callable[[], int], words: Words) -> Callable[[Iterator[Done]], Iterator[Done]]:
    """What lets people pass and counts them on standard error; on anything but a terminal it only lets them pass."""
    if not sys.stderr.isatty():
        return iter
    return lambda people: _counted(people, max(1, total()), words)


def _counted(people: Iterator[Done], total: int, words: Words) -> Iterator[Done]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        """People a second."""

        def render(self, task: Task) -> Text:
            return Text(words.text("batch.rate", number=words.number(round(task.speed or 0))))

    bar = Progress(
        TextColumn("{task.description}", markup=False), BarColumn(bar_width=None), MofNCompleteColumn(), Rate(), TimeRemainingColumn(),
        console=Console(stderr=True), transient=True, refresh_per_second=5,
    )  # fmt: skip
    with bar:
        task = bar.add_task(words.text("batch.progress"), total=total)
        for done in people:
            bar.advance(task)
            yield done
