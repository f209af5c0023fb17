"""What a text was taken for."""

from typing import Any, NamedTuple


class Understood(NamedTuple):
    """`value` is the plain form of what was surely said. Otherwise `readings` are two or more plain forms that it may have, or there are
    none, and it was not understood.

    `left` are the words of a longer text that were not understood beside the rest. `note` says why something was not taken:
    `no_such_day`, `no_year`, `short_year`, `range`, `term` (one of studies, or a season), `several` (two degrees in one), `not_obtained`,
    `former` (a state that is no more), `town`, `no_unit`, `doubtful` (what stands beside it says: not so, not now, or not surely).
    """

    value: Any = None
    readings: tuple[Any, ...] = ()
    left: tuple[str, ...] = ()
    note: str | None = None


NOT_UNDERSTOOD = Understood()
"""What nothing knows."""

DOUBTFUL = Understood(note="doubtful")
"""What is said to be not so, not now, or not surely."""
