"""A window of time in which nothing can lie.

It ends before it begins, it begins after the day the criterion is counted on, or it is shorter than the time that is
asked for inside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eligibility.checks.base import Path, Problem, Rule
from eligibility.counting import compare_time
from eligibility.dates import FOREVER, LONG_AGO, Days, Length, Spell, cover, show
from eligibility.deciding.case import Spans
from eligibility.question.quantity import parse_quantity
from eligibility.question.walk import of_window
from eligibility.reading.days import parse_window

CODE = "E307"
WRONG = """
criteria:
  - {id: recent, kind: experience, at_least: 3 years, during: {within: 24 months, before: deadline}}
"""
RIGHT = """
criteria:
  - {id: recent, kind: experience, at_least: 1 year, during: {within: 24 months, before: deadline}}
"""

_PAST = ("during", "awarded", "defended", "started", "issued")
_ANY = (*_PAST, "ended", "expires", "born", "expected_end")


def check(rule: Rule) -> Iterator[Problem]:
    """A problem at each window that can never be met."""
    for raw, path, _ in rule.criteria:
        for key in _ANY:
            window = raw.get(key)
            if not isinstance(window, dict) or "kind" in window or "extended" in window:
                continue
            spans = _spans(rule, window)
            if spans is not None:
                yield from _problems(rule, raw, key, spans, (*path, key))


def _spans(rule: Rule, raw: Mapping[str, Any]) -> Spans | None:
    """The days that may lie in a window; None where only a candidate's records tell."""
    window = parse_window(raw, (), rule.context)
    if window is None or any(True for _ in of_window(window)):
        return None
    return rule.case.spans(window)[1]


def _problems(rule: Rule, raw: Mapping[str, Any], key: str, spans: Spans, path: Path) -> Iterator[Problem]:
    if not spans:
        yield Problem(CODE, path, {"why": "backwards"}, on_key=True)
        return
    on = rule.counted_on(raw)
    if key in _PAST and on is not None and spans[0][0] > on.last:
        yield Problem(CODE, path, {"why": "later", "day": show(Days(spans[0][0], spans[0][0])), "on": show(on)}, on_key=True)
        return
    if key == "during" and not {"also", "unbroken"} & set(raw):
        first, last = spans[0]
        if first <= LONG_AGO or last >= FOREVER:
            return
        whole = cover([Spell(first, last)])
        for operator in ("at_least", "more_than"):
            quantity = None if isinstance(raw.get(operator), dict) else parse_quantity(raw.get(operator))
            if quantity is None or not isinstance(quantity.amount, Length):
                continue
            if not compare_time(operator, whole, whole, quantity.amount, quantity.amount, raw.get("counted")).possibly:
                yield Problem(CODE, path, {"why": "short", "days": last - first + 1, "need": quantity.text}, on_key=True)
