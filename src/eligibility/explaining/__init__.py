"""From decisions to reasons: what each answer rests on, in facts and operands. Nothing here decides, and nothing here is a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from eligibility.deciding import evidence as of
from eligibility.deciding.found import Found
from eligibility.deciding.one import One
from eligibility.deciding.result import Reason, Result
from eligibility.explaining import several
from eligibility.explaining.age import ages
from eligibility.explaining.records import combined, matched, parted, records

_EXPLAINS: Mapping[type, Callable[[Any, Callable[[Result], Reason]], Reason]] = {
    of.Matched: matched, of.Combined: combined, of.Parted: parted, of.Ages: ages, of.Joined: several.joined, of.Shares: several.shares,
    of.Unchosen: several.unchosen,
    of.Again: lambda one, why: why(one.result), of.WithParams: several.with_params,
    of.WithMissing: lambda one, why: why(one.before)._replace(missing=one.missing),
    of.OfEach: several.of_each,
    of.Disagreeing: several.disagreeing, of.Unsettled: several.unsettled, of.WithException: several.with_exception,
    of.Granted: several.granted, of.PerhapsGranted: several.perhaps_granted, of.NotAsked: several.not_asked,
    of.PerhapsAsked: several.perhaps_asked, of.Conditioned: several.conditioned, of.Latest: several.latest, of.ToldOn: several.told_on,
    of.Untold: several.untold, of.Between: several.between, of.PerhapsInSpan: several.perhaps_in_span, of.EveryDay: several.every_day,
    of.OfOptions: several.of_options,
}  # fmt: skip
"""What puts each sort of evidence into a reason."""


def reason_of(result: Result) -> Reason:
    """What explains an answer, worked out when it is first asked for."""
    known = result.known
    if known is None:
        evidence = result.evidence
        if isinstance(evidence, Reason):
            known = evidence
        elif isinstance(evidence, Found):
            known = records(evidence, result.code)
        else:
            known = _EXPLAINS[type(evidence)](evidence, reason_of)
        result.known = known
    return known


ONE = One(reason_of)
"""Who decides about one person."""
