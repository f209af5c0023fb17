"""Plain data of a profile with one thing more: a value at a path, a list that is now complete; and the model of it, made cheaply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from eligibility.loading.document import steps_of
from eligibility.profile import SOURCES, Profile

Data = Mapping[str, Any]
Steps = Sequence[str | int]

LISTS = frozenset(name for name in SOURCES if name not in ("domicile", "availability")) | {"relatives"}
"""What a profile holds as lists of records."""


def is_list(path: str) -> bool:
    """Whether a path leads to a whole list of records, of the candidate or of a relative."""
    return path.rpartition(".")[2] in LISTS and "[" not in path.rpartition(".")[2]


def with_value(data: Data, steps: Steps, value: Any) -> dict[str, Any]:
    """The same data with a value at a path: mappings that are not there are made, a list may grow by one."""
    changed: dict[str, Any] = _with(data, steps, value)
    return changed


def _with(data: Any, steps: Steps, value: Any) -> Any:
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(step, int):
        items = list(data or [])
        items[step : step + 1] = [_with(items[step] if step < len(items) else None, rest, value)]
        return items
    known = dict(data) if isinstance(data, Mapping) else {"country": data} if isinstance(data, str) else {}  # a citizenship in one word
    known[step] = _with(known.get(step), rest, value)
    return known


def with_records(data: Data, path: str, records: Iterable[Any], complete: bool = True) -> dict[str, Any]:
    """The same data with more records in a list; the list is complete then, or `incomplete` names it."""
    *above, name = steps_of(path)
    owner: Any = data
    for step in above:
        owner = owner[step]
    known = [*(owner.get(name) or ()), *records]
    unfinished = incomplete_of(owner)
    left = [one for one in unfinished if one != name] if complete else [*unfinished, *([] if name in unfinished else [name])]
    changed = {**owner, name: known}
    changed.pop("incomplete", None)
    if left:
        changed["incomplete"] = left
    return changed if not above else with_value(data, above, changed)


def incomplete_of(owner: Any) -> list[str]:
    """The lists of a person that may hold more."""
    named = owner.get("incomplete") if isinstance(owner, Mapping) else None
    return [named] if isinstance(named, str) else list(named or ())


def model_of(profile: Profile, before: Data, after: Data) -> Profile | None:
    """The profile whose data have become others: only what differs is read. None where it cannot be read."""
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    try:
        read = Profile.model_validate({name: after[name] for name in changed if name in after})
    except ValidationError:
        return None
    return profile.model_copy(update={name: getattr(read, name) for name in changed})
