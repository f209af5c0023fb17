"""What options that nobody has told come to: an answer on which all of them agree, and what fails whichever of them holds."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import product
from math import prod
from typing import NamedTuple

from eligibility.deciding.case import Case
from eligibility.deciding.evidence import WithParams
from eligibility.deciding.result import Result
from eligibility.explaining import ONE, reason_of
from eligibility.question.grammar import Criterion
from eligibility.ready import Ready
from eligibility.vacancy import Words
from eligibility.verdict import Verdict

_FAIL, _UNKNOWN = Verdict.FAIL, Verdict.UNKNOWN  # a member asked of its class takes three times as long


class Failing(NamedTuple):
    """What is not met with an option of a choice, or of several, that nobody has told: what the options are called, and the numbers of the
    answers."""

    options: tuple[Words, ...]
    answers: tuple[int, ...]


def answer_to(criterion: Criterion, case: Case, ready: Ready) -> Result:
    """The answer to a criterion. One that rests on an option that is not told is settled where every option settles it the same way."""
    result = ONE.evaluate(criterion, case)
    if not ready.options or result.verdict is not _UNKNOWN:
        return result
    asked = [name for name in ready.options if f"choices.{name}" in reason_of(result).missing]
    told = [case]
    for name in asked:
        told = [one.with_choice(name, option) for one in told for option in ready.options[name]]
    if not asked or len(told) > _MOST_OPTIONS:
        return result
    results = [ONE.evaluate(criterion, one) for one in told]
    verdicts = {one.verdict for one in results}
    if _UNKNOWN in verdicts:
        return result
    if len(verdicts) == 1:
        settled = results[0].but(WithParams(results[0], {"whichever": tuple(ready.options[name][told[0].choices[name]] for name in asked)}))
    elif len(asked) == len(reason_of(result).missing) == 1:
        options = ready.options[asked[0]].items()
        come_to = tuple((option, label, one.verdict) for (option, label), one in zip(options, results, strict=True))
        settled = result.but(WithParams(result, {"options": come_to}))
        settled.code = "depends_on_option"
    else:
        return result
    settled.criterion = criterion
    return settled


def fails_whichever(ready: Ready, case: Case, open_ones: Sequence[tuple[Criterion, Result]]) -> tuple[Failing, ...]:
    """What of some open criteria fails with each option that nobody has told, where something does with every one of them; else nothing."""
    missing = {path for _, result in open_ones for path in reason_of(result).missing}
    beside = {name for name in ready.options if f"choices.{name}" not in missing}
    return _failing_each_way(ready, case, open_ones, beside) or (beside and _failing_each_way(ready, case, open_ones, ())) or ()


def _failing_each_way(
    ready: Ready, case: Case, open_ones: Sequence[tuple[Criterion, Result]], beside: Container[str]
) -> tuple[Failing, ...]:  # fmt: skip
    """The same over the options of all choices but some."""
    found = []
    for told in options_untold(ready, case, beside):
        with_them = case
        for name, option in told.items():
            with_them = with_them.with_choice(name, option)
        fails = tuple([at for at, (criterion, _) in enumerate(open_ones) if answer_to(criterion, with_them, ready).verdict is _FAIL])
        if not fails:
            return ()
        found.append(Failing(tuple([ready.options[name][option] for name, option in told.items()]), fails))
    return tuple(found)


def options_untold(ready: Ready, case: Case, told: Container[str] = ()) -> Iterator[dict[str, str]]:
    """Every combination of the options that nobody has told, but of choices that are `told` otherwise or do not matter; none where all are
    told, or where there are too many to try.

    A word that is told and is none of the options leaves all of it open: nobody knows what it means.
    """
    said = case.application.choices if case.application is not None else {}
    names = [name for name in ready.options if name not in case.choices and name not in told]
    if not names or any(name in said for name in names) or prod(len(ready.options[name]) for name in names) > _MOST_OPTIONS:
        return
    for options in product(*(ready.options[name] for name in names)):
        yield dict(zip(names, options, strict=True))


_MOST_OPTIONS = 256
"""So many options, of several choices together, are tried at most."""
