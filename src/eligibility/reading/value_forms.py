"""The forms of values that each sort of filter honours; any other is refused with what to write instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eligibility.reading.reader import Context, Path

VALUE_FORMS: Mapping[str, tuple[str, ...]] = {
    "place": ("id", "ids", "except", "list", "chosen"),
    "recognised": ("id", "ids", "except", "list", "chosen"),
    "terms": ("id", "ids", "except", "list", "chosen", "or_related"),
    "tree": ("id", "ids", "except", "list", "chosen", "or_related"),
    "names": ("id", "ids", "except", "list", "chosen", "or_related"),
    "language": ("id", "ids", "except", "list", "chosen"),
    "tags": ("id", "all", "any", "except", "list", "chosen"),
    "choice": ("id", "ids", "except", "list", "chosen"),
    "number": ("number", "numbers", "bounds", "by"),
    "level": ("number", "numbers", "bounds", "by"),
    "money": ("bounds", "by"),
    "grade": ("marks", "words", "share", "by"),
    "cefr": ("at_least", "said", "by"),
    "test": ("marks", "words", "by"),
    "skills": ("id", "all"),
    "whose": ("id", "ids"),
    "flag": ("flag",),
    "valid": ("true",),
    "date": ("window",),
    "held": ("window",),
}
"""What a filter of each form accepts as its value. The table of the documentation is made from it, and what is not here is refused."""

SAME_FORMS = {"full_time": "flag", "language_of": "language"}
"""Forms of filters that accept what another one does."""

_WRITTEN = {"except": "except", "list": "list", "chosen": "chosen", "any": "ids", "or_related": "or_related", "said": "said"}
"""How a form of a value begins, with its name in `VALUE_FORMS`."""
_INSTEAD = {"level": "number", "held": "date", "valid": "flag"}
"""Forms of filters of which a message says the same as of another one: what to write instead."""


def unfit(value: Any, form: str, path: Path, context: Context) -> bool:
    """Whether a value has a form that what compares it does not honour: told, with what to write instead. What compares words honours
    nearly all of them, and tells the others where it reads them."""
    forms = VALUE_FORMS[form]
    if "list" in forms:
        return False
    for word in value if isinstance(value, dict) else ():
        if word in _WRITTEN and _WRITTEN[word] not in forms:
            context.problem("E238", (*path, word), True, word=word, form=f"value_{_INSTEAD.get(form, form)}")
            return True
    return False
