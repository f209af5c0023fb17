"""What the reference data answer: whether something holds, and what a typed word stands for."""

from typing import NamedTuple


class Answer(NamedTuple):
    """Whether something holds: surely, possibly, and why it is not sure.

    Doubts: `presumed`, `uncertain`, `outside_coverage`, `planned_end`, `vague`, `disputed`, `unknown_id`.
    """

    surely: bool
    possibly: bool
    doubt: str | None = None


class Found(NamedTuple):
    """What a typed word stands for.

    `id` with no note is the id itself, `alias` another way to write it. Without an id the note is `former` (a country that
    is no more, with its successors) or `unknown` (with a suggestion, if some id comes close).
    """

    id: str | None
    note: str | None = None
    suggestions: tuple[str, ...] = ()


YES = Answer(True, True)
NO = Answer(False, False)
PRESUMED = Answer(False, True, "presumed")
UNCERTAIN = Answer(False, True, "uncertain")
OUTSIDE_COVERAGE = Answer(False, True, "outside_coverage")
PLANNED_END = Answer(False, True, "planned_end")
VAGUE = Answer(False, True, "vague")
DISPUTED = Answer(False, True, "disputed")
UNKNOWN_ID = Answer(False, True, "unknown_id")
