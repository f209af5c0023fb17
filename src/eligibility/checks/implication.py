"""Whether one criterion, as written, can only be met by people who meet another one.

Only what is certain counts: where two criteria cannot be compared key by key, neither implies the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eligibility.checks.base import BESIDE
from eligibility.dates import Length
from eligibility.language.keys import TOLD
from eligibility.question.quantity import OPERATORS, parse_quantity
from eligibility.reference import Reference

Raw = Mapping[str, Any]

_WORDS = frozenset({*TOLD, "id", "importance"})
_HOW_COUNTED = frozenset(
    {"each", "part_time", "full_week", "unbroken", "also", "limits", "periods", "take", "whose", "any_date_of", "extended", "never_beyond",
     "during", "as_of", "throughout", "counted", "other_than", "including", "absence_rule", "expected", "different", "among_them",
     "of_which", "sittings", "from"}
)  # fmt: skip
_TREES = {"employer": "employer", "field": "field"}


def implies(one: Raw, other: Raw, reference: Reference) -> bool:
    """Whether everybody who meets `one` meets `other`."""
    if any(key in raw for raw in (one, other) for key in (*BESIDE, "readings", "met", "same", "together", "none_of")):
        return _bare(one) == _bare(other)
    if "all_of" in other:
        return all(implies(one, part, reference) for part in other["all_of"])
    if "any_of" in one and one.get("how_many", 1) == 1:
        return all(implies(part, other, reference) for part in one["any_of"])
    if "any_of" in other:
        return other.get("how_many", 1) == 1 and any(implies(one, part, reference) for part in other["any_of"])
    if "all_of" in one:
        return any(implies(part, other, reference) for part in one["all_of"])
    if one.get("kind") in ("judged", None) or one.get("kind") != other.get("kind") or _is_number(one) is not _is_number(other):
        return False
    if any(one.get(key) != other.get(key) for key in _HOW_COUNTED):
        return False
    least, most = ("at_least", "more_than"), ("at_most", "less_than")
    if any(key in other for key in most) and one["kind"] != "age":  # a limit on many records limits the few among them
        return is_narrower(other, one, reference) and all(_bound_implied(key, one, other) for key in OPERATORS if key in other)
    if not is_narrower(one, other, reference):
        return False
    if not any(key in other for key in (*least, *most)) and any(key in one for key in most):
        return False  # at most three does not mean that there is one
    return all(_bound_implied(key, one, other) for key in OPERATORS if key in other)


def is_narrower(one: Raw, other: Raw, reference: Reference) -> bool:
    """Whether every record that matches the filters of `one` matches those of `other`."""
    keys = set(other) - _WORDS - _HOW_COUNTED - {*OPERATORS, "kind"}
    return all(key in one and _value_within(key, one[key], other[key], reference) for key in keys)


def contradicts(one: Raw, other: Raw, reference: Reference) -> bool:
    """Whether nobody can meet both: more of something than the other allows of it, or a fact stated both ways."""
    for few, many in ((one, other), (other, one)):
        if "none_of" in many and any(implies(few, part, reference) for part in many["none_of"]):
            return True
        if few.get("kind") != many.get("kind") or any(key in few or key in many for key in (*BESIDE, "readings")):
            continue
        if few.get("kind") == "declared":
            if few.get("fact") != many.get("fact"):
                return False
            if not (_is_number(few) and _is_number(many)):  # nothing is a number, and true or false
                return _is_number(few) is not _is_number(many) or bool(few.get("equals", True) != many.get("equals", True))
        if few.get("kind") in ("age", "judged", "choice", "day", None) or any(few.get(key) != many.get(key) for key in _HOW_COUNTED):
            continue
        needed, allowed = _least(few), _most(many)
        if needed and allowed and needed[0] == allowed[0] and needed[1:] > allowed[1:] and is_narrower(few, many, reference):
            return True
    return False


def _is_number(raw: Raw) -> bool:
    """Whether it asks for a fact that is a number."""
    return raw.get("kind") == "declared" and not raw.keys().isdisjoint(OPERATORS)


def _bare(raw: Raw) -> dict[str, Any]:
    return {key: value for key, value in raw.items() if key not in _WORDS}


def _least(raw: Raw) -> tuple[str, Any, int] | None:
    """What is asked at least: its measure, its size, and 1 if it has to be exceeded."""
    for key in ("at_least", "more_than"):
        if key in raw:
            return _sized(raw, key, 1 if key == "more_than" else 0)
    return None if any(key in raw for key in ("at_most", "less_than")) else ("count", 1, 0)


def _most(raw: Raw) -> tuple[str, Any, int] | None:
    """What is allowed at most: its measure, its size, and -1 if it must not be reached."""
    for key in ("at_most", "less_than"):
        if key in raw:
            return _sized(raw, key, -1 if key == "less_than" else 0)
    return None


def _sized(raw: Raw, key: str, step: int) -> tuple[str, Any, int] | None:
    quantity = None if isinstance(raw[key], dict) else parse_quantity(raw[key])
    if quantity is None:
        return None
    amount = quantity.amount.most_days if isinstance(quantity.amount, Length) else quantity.amount
    measure = "count" if quantity.measure == "number" and not _is_number(raw) else quantity.measure
    return (measure, amount + step, 0) if measure == "count" else (measure, amount, step)


def _bound_implied(key: str, one: Raw, other: Raw) -> bool:
    lower = key in ("at_least", "more_than")
    have, want = (_least(one), _least(other)) if lower else (_most(one), _most(other))
    if have is None or want is None:
        return bool(one.get(key) == other.get(key))
    return have[0] == want[0] and (have[1:] >= want[1:] if lower else have[1:] <= want[1:])


def _value_within(key: str, one: Any, other: Any, reference: Reference) -> bool:
    if one == other:
        return True
    if isinstance(other, dict) or isinstance(one, dict):
        return _range_within(one, other, reference)
    few, many = (value if isinstance(value, list) else [value] for value in (one, other))
    if key in ("tags", "skills"):  # all of them are needed
        return set(many) <= set(few)
    tree = _TREES.get(key)
    wider = [one for one in many if isinstance(one, str)]  # the others are lists of the vacancy
    return all(
        part in many or (tree is not None and isinstance(part, str) and any(reference.within(tree, part, one).surely for one in wider))
        for part in few
    )


def _range_within(one: Any, other: Any, reference: Reference) -> bool:
    """A number, a level or bounds on either side."""
    few, many = _interval(one, reference), _interval(other, reference)
    return few is not None and many is not None and few[0] >= many[0] and few[1] <= many[1]


def _interval(raw: Any, reference: Reference) -> tuple[float, float] | None:
    low, high = float("-inf"), float("inf")
    if isinstance(raw, dict):
        if not raw or not set(raw) <= {"at_least", "at_most"}:
            return None
        ends = [_rank(raw.get("at_least", low), reference), _rank(raw.get("at_most", high), reference)]
        return None if ends[0] is None or ends[1] is None else (ends[0], ends[1])
    values = [_rank(value, reference) for value in (raw if isinstance(raw, list) else [raw])]
    known = [value for value in values if value is not None]
    return (min(known), max(known)) if known and len(known) == len(values) else None


def _rank(value: Any, reference: Reference) -> float | None:
    if isinstance(value, str):
        return reference.cefr_rank(value)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
