"""What a kind of criterion is: data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

WORKING_AGE = 10
"""Nobody works, or serves, before."""


class Kind(NamedTuple):
    """What a kind of criterion is: a source of the profile, the filters its records have, and its words.

    `state` kinds ask what holds on the day (the job held, the permit), the others look over a lifetime.
    `doc` is the page `eligibility kinds` shows; `examples` are criteria a test runs. `identity` is the attribute that tells records apart
    where different ones are counted, `named_by` the one whose value a sentence names.
    """

    name: str
    source: str
    filters: Mapping[str, str]
    doc: str
    examples: tuple[str, ...] = ()
    state: bool = False
    identity: str | None = None
    options: tuple[str, ...] = ()
    named_by: str = ""
    in_time: bool = False
    """It is measured in time: a number without a unit could mean years, or records."""
    seniority: bool = False
    """Its length is how long it has lasted with the same employer, up to the day."""
    must_last: bool = False
    """Who meets it today meets it on a later day only as long as it goes on."""
    shown_together: bool = False
    """Who has one that does not match is told of all they have: of both citizenships."""
    proof: str = ""
    """What shows that it is met, in a few words: its `records`, or the `levels` of languages; empty where that says nothing more."""
    from_age: int | None = None
    """The age before which nobody has such records; None where that is not known."""
    other_words: str = ""
    """What authors write who do not know its name, in French and English, folded and separated by spaces."""


class OtherKind(NamedTuple):
    """A kind of criterion that does not ask about records: its page, and criteria a test runs."""

    doc: str
    examples: tuple[str, ...]
