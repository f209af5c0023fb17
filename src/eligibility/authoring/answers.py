"""What a person types as an answer, understood or refused with a reason and words to try."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from eligibility.dates import BadDate, Days, parse_days
from eligibility.reference import Reference
from eligibility.reference.answer import Found
from eligibility.reference.spelling import fold
from eligibility.wording import Words, languages


class Again(Exception):
    """An answer that cannot be understood: the sentence that says why, and words to try."""

    def __init__(self, key: str, word: str = "", suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(key)
        self.key = key
        self.word = word
        self.suggestions = suggestions


Record = Mapping[str, Any]
Read = Callable[[str, Record, "Understanding"], Any]


class Understanding:
    """Reads answers in one language; `yes`, `none` and the like are also understood in the other one."""

    def __init__(self, words: Words, reference: Reference) -> None:
        self.words = words
        self.reference = reference

    def says(self, text: str, what: str) -> bool:
        """Whether a text is one of the words for `yes`, `none`, `ongoing`, `native`."""
        return fold(text) in {fold(word) for word in self.words.text(f"interview.words.{what}").split(",")}


def text(answer: str, record: Record, by: Understanding) -> str:
    """Any text, its spaces made single."""
    return " ".join(answer.split())


def date(answer: str, record: Record, by: Understanding) -> str:
    """A year, a month or a day. Raises Again."""
    _days(answer)
    return answer


def end(answer: str, record: Record, by: Understanding) -> str:
    """A last day that is not before the first, or `ongoing`. Raises Again."""
    if by.says(answer, "ongoing"):
        return "ongoing"
    last = _days(answer)
    if "from" in record and last.last < _days(record["from"]).first:
        raise Again("order")
    return answer


def _days(answer: str) -> Days:
    try:
        return parse_days(answer)
    except BadDate:
        raise Again("date") from None


def place(answer: str, record: Record, by: Understanding) -> str:
    """A country or a region, by its code or its name. Raises Again."""
    found = by.reference.find_place(answer)
    named = [name for name in found.suggestions if fold(answer) in {fold(by.reference.label("place", name, one)) for one in languages()}]
    return by.reference.country(answer) or (named[0] if named else _known(found, "place", answer, "place", by))


def places(answer: str, record: Record, by: Understanding) -> list[str]:
    """Several countries, separated by commas. Raises Again."""
    return [place(part.strip(), record, by) for part in answer.split(",") if part.strip()]


def language(answer: str, record: Record, by: Understanding) -> str:
    """A language, by its code or its name. Raises Again."""
    return _known(by.reference.find_language(answer), "language", answer, "language", by)


def term(vocabulary: str) -> Read:
    """Reads a word of a vocabulary, by its id or its name."""

    def read(answer: str, record: Record, by: Understanding) -> str:
        return _known(by.reference.find_term(vocabulary, answer), "term", answer, vocabulary, by)

    return read


def _known(found: Found, wrong: str, answer: str, kind: str, by: Understanding) -> str:
    if found.id is not None:
        return found.id
    shown = tuple(f"{name} ({by.reference.label(kind, name, by.words.language)})" for name in found.suggestions[:3])
    raise Again(wrong, answer, shown)


def level(answer: str, record: Record, by: Understanding) -> int:
    """A level of the European framework, 1 to 8. Raises Again."""
    if re.fullmatch("[1-8]", answer):
        return int(answer)
    raise Again("level")


def percent(answer: str, record: Record, by: Understanding) -> str:
    """A working time in percent. Raises Again."""
    found = re.fullmatch(r"(\d{1,3})\s*%?", answer)
    if found is None or int(found[1]) > 100:
        raise Again("percent")
    return f"{int(found[1])}%"


def yes(answer: str, record: Record, by: Understanding) -> bool:
    """Yes or no. Raises Again."""
    if by.says(answer, "yes"):
        return True
    if by.says(answer, "none"):
        return False
    raise Again("yes_no")


def language_level(answer: str, record: Record, by: Understanding) -> Any:
    """`native`, a level from A1 to C2, or a word such as `fluent`. Raises Again."""
    if by.says(answer, "native"):
        return "native"
    if by.reference.cefr_rank(answer.upper()) is not None:
        return answer.upper()
    return {"said": _known(by.reference.find_term("said", answer), "term", answer, "said", by)}
