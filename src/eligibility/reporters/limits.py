"""The limit of age that holds for one person, and what moved it there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from eligibility.answer import Gap
from eligibility.dates import Length
from eligibility.language.kinds import RECORD_KINDS
from eligibility.wording import Words


class Sayings(Protocol):
    """Lengths, gaps and kinds in words."""

    words: Words

    def length(self, length: Length) -> str: ...
    def gap(self, gap: Gap) -> str: ...
    def kind(self, kind: str) -> str: ...


def limit_words(sentences: Sayings, params: Mapping[str, Any]) -> dict[str, str]:
    """`limit`: the bound of the notice; or, where it is moved for this person, `moved`: a sentence on where and why."""
    if "limit" not in params:
        return {"limit": "", "moved": ""}
    words = sentences.words
    limit = words.text(params["limit_operator"], value=sentences.length(params["limit"]))
    moved: Mapping[str, Any] | None = params.get("moved")
    if moved is None:
        return {"limit": words.text("limit.of_notice", limit=limit), "moved": ""}
    parts = [
        words.text(
            "limit.part" if one["kind"] in RECORD_KINDS else "limit.condition",
            length=_length(sentences, one["length"]),
            kind=sentences.kind(one["kind"]),
        )
        for one in moved["by"]
    ]
    if moved["to"] is not None:
        parts.insert(0, words.text("limit.to", value=_age(sentences, moved["to"])))
    if moved["never_beyond"] is not None:
        parts.append(words.text("limit.never_beyond", value=_age(sentences, moved["never_beyond"])))
    before = words.number(moved["from"]) if isinstance(moved["from"], int) else sentences.length(moved["from"])
    text = words.text("limit.moved", to=limit, before=before, parts=words.text("list_separator").join(parts))
    return {"limit": "", "moved": f" {text}"}


def _length(sentences: Sayings, length: Length) -> str:
    """A length; one that was counted in days also in months."""
    return sentences.gap(Gap(length.days, "days")) if not length.months else sentences.length(length)


def _age(sentences: Sayings, age: Any) -> str:
    """An age in years, or in years and months."""
    return sentences.length(age) if isinstance(age, Length) else sentences.words.count("years", age)
