"""The limit of age that holds for one person, and what moved it there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from eligibility.answer import Gap
from eligibility.dates import Length
from eligibility.language.kinds import RECORD_KINDS
from eligibility.reporters.amounts_told import gap_told, length_told
from eligibility.wording import Words


def limit_words(params: Mapping[str, Any], words: Words, kind: Callable[[str], str]) -> dict[str, str]:
    """`limit`: the bound of the notice; or, where it is moved for this person, `moved`: a sentence on where and why. `kind` tells a kind
    of records in words."""
    if "limit" not in params:
        return {"limit": "", "moved": ""}
    limit = words.text(params["limit_operator"], value=length_told(params["limit"], words))
    moved: Mapping[str, Any] | None = params.get("moved")
    if moved is None:
        return {"limit": words.text("limit.of_notice", limit=limit), "moved": ""}
    parts = [
        words.text(
            "limit.part" if one["kind"] in RECORD_KINDS else "limit.condition",
            length=_length(one["length"], words),
            kind=kind(one["kind"]),
        )
        for one in moved["by"]
    ]
    if moved["to"] is not None:
        parts.insert(0, words.text("limit.to", value=_age(moved["to"], words)))
    if moved["never_beyond"] is not None:
        parts.append(words.text("limit.never_beyond", value=_age(moved["never_beyond"], words)))
    before = words.number(moved["from"]) if isinstance(moved["from"], int) else length_told(moved["from"], words)
    text = words.text("limit.moved", to=limit, before=before, parts=words.text("list_separator").join(parts))
    return {"limit": "", "moved": f" {text}"}


def _length(length: Length, words: Words) -> str:
    """A length; one that was counted in days also in months."""
    return gap_told(Gap(length.days, "days"), words) if not length.months else length_told(length, words)


def _age(age: Any, words: Words) -> str:
    """An age in years, or in years and months."""
    return length_told(age, words) if isinstance(age, Length) else words.count("years", age)
