"""What is known of everybody's records before they are counted: the window they lie in, what their own days say, and which match."""

from __future__ import annotations

from typing import NamedTuple

from eligibility.columns.reading import Array


class Spans(NamedTuple):
    """A window of each person: the days surely and possibly in it (first above last: none), whether something is missing to know it,
    and whether the two differ."""

    narrow: tuple[Array, Array]
    wide: tuple[Array, Array]
    missing: Array
    loose: Array


class Picked(NamedTuple):
    """Of each record: whether it surely, or only perhaps, matches; of the latter, whether a fact is missing and whether one has to wait."""

    sure: Array
    maybe: Array
    lacking: Array
    waits: Array
    matches: list[Array]
    """How each record meets each filter."""
    late: Array
    """Which records surely do not count because of their own days."""


class Placed(NamedTuple):
    """Of each record: whether its own days surely let it count, or possibly; whether facts are missing to know, and whether one waits."""

    surely: Array
    possibly: Array
    lacking: Array
    waits: Array
