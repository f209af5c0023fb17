"""Where a key has an effect. One that a place would not honour is refused there, with the places where it works.

A question about records may stand alone (a criterion) or serve something else: a window, a day, a moved limit, a credit. Each of
these uses a part of what a question can say. `SERVES` is the table; what depends on the unit of the bound is told by `unheard`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from eligibility.dates import FOREVER
from eligibility.language.groups import BOTH_PARENTS
from eligibility.question.filters import FullTime
from eligibility.question.grammar import Records
from eligibility.question.quantity import OPERATORS
from eligibility.reading.reader import Reader

KEYS = (
    *OPERATORS, "extended", "never_beyond", "during", "other_than", "also", "limits", "part_time", "full_week", "take", "whose", "each",
    "unbroken", "of_which",
    "periods", "expected", "any_date_of", "different", "among_them", "sittings", "absence_rule", "including", "from", "as_of", "counted",
)  # fmt: skip
"""What a question can say besides its filters."""

_CHOOSES = frozenset({"during", "other_than", "whose", "expected", "any_date_of", "as_of", "each"})
_MEASURES = frozenset({"also", "limits", "part_time", "full_week", "unbroken", "from", "counted"})

SERVES: Mapping[str, frozenset[str]] = {
    "criterion": frozenset(KEYS),
    "moment": _CHOOSES | {"take"},
    "while": frozenset({"during", "other_than", "whose"}),
    "per": _CHOOSES,
    "of": (_CHOOSES - {"expected", "any_date_of"}) | _MEASURES,
    "also": frozenset({"each", "during", "other_than", "whose", "as_of", "part_time", "full_week", "counted"}),
    "limits": frozenset({"each", "during", "other_than", "as_of", "counted"}),
    "together": _CHOOSES | _MEASURES | {"periods"},
}
"""The keys that each place of a question honours."""

NEEDS_TIME = frozenset({"while", "of", "also", "limits"})
"""The places that use how long records last."""


def refuse_unheard(reader: Reader, question: Records, role: str) -> None:
    """A problem at each key that has no effect where the question stands."""
    honoured = SERVES[role]
    unheard = [key for key in KEYS if key in reader.data and key in reader.asked and key not in honoured]
    if question.of_both and role != "criterion":
        reader.problem("E238", "whose", word=BOTH_PARENTS, works="in_both_parents")
    unheard += [key for key in _unheard(reader, question, role) if key in reader.data and key not in unheard]
    for key in unheard:
        reader.no_effect(key)
    if role in NEEDS_TIME and not lasts(question):
        reader.problem("E239", "kind", word=question.kind)


def lasts(question: Records) -> bool:
    """Whether its records have a first and a last day."""
    return question.about.lasts


def _unheard(reader: Reader, question: Records, role: str) -> Iterator[str]:
    """The keys that the kind, the unit of the bound or another key leaves without an effect."""
    timed = role in NEEDS_TIME or _unit(question, role) == "time"
    worked = question.about.working_time
    if not (timed and worked):
        yield "part_time"
        tested = (*question.filters, *(one for left_out in question.other_than for one in left_out))
        if not (any(isinstance(one, FullTime) for one in tested) or (worked and _unit(question, role) == "hours")):
            yield "full_week"
    if not timed:
        yield "from"
        if role == "together":
            yield from ("also", "limits", "unbroken")
    if role == "together" and _unit(question, role) != "hours":
        yield "periods"
    if not lasts(question) or (timed and question.kind_info.seniority):
        yield "each"
    if question.about.timeless:
        yield "during"
        if not question.changing and not question.whose:
            yield "as_of"
    if question.take and role == "criterion" and not question.dated:
        yield "take"
    if question.take == "highest" and "level" not in question.kind_info.filters:
        yield "take"
    if question.different:
        yield from (*OPERATORS, "take", "other_than")
    if question.combines:
        yield from ("at_most", "less_than", "take", "whose")
    if question.sittings is not None and _number_asked(question) <= question.sittings:  # so few come from no more sittings anyway
        yield "sittings"
    if timed and question.kind_info.seniority and role == "criterion":  # seniority: the time with one employer
        yield from ("during", "unbroken", "also", "limits", "part_time", "full_week")
    if timed and (question.gaps is not None or question.is_state):  # one stretch, which nothing of it is capped in
        yield "limits"
        if any(cap.at_most is not None for cap in question.also):
            yield "also"
    if question.of_which:  # enough of one run: what is added up is asked by a criterion for each part
        in_a_run = timed and (question.gaps is not None or question.is_state) and not question.kind_info.seniority
        if not in_a_run or question.absence_rule:
            yield "of_which"
        else:
            yield from ("at_most", "less_than")
    if question.absence_rule is not None and not any(
        bound.operator in ("at_least", "more_than") and bound.fixed for bound in question.bounds
    ):
        yield "absence_rule"


def _number_asked(question: Records) -> float:
    """How many records a question asks for at most, whoever is asked."""
    most: float = max(1, len(question.among))
    for bound in question.bounds:
        quantities = [bound.quantity] if bound.by is None else list(bound.by[1].values())
        most = max([most, *(one.amount + (bound.operator == "more_than") for one in quantities if one is not None)])
        most = FOREVER if bound.extended else most
    return most


def _unit(question: Records, role: str) -> str:
    """What is measured: of a criterion by its bound, of a part of `together` by its whole."""
    if role != "together":
        return question.measure
    return "" if question.whole is None else str(question.whole.measure)
