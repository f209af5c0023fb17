"""Every filter honours the forms of values that the table of the documentation has for it, and refuses the others."""

from __future__ import annotations

from typing import Any

import pytest

from eligibility.language.kinds import RECORD_KINDS
from eligibility.loading.models import read_vacancy
from eligibility.reading.value_forms import SAME_FORMS, VALUE_FORMS
from eligibility.reference import load_reference
from eligibility.wording import Words

HEADER: dict[str, Any] = {
    "id": "test",
    "title": "Test",
    "choices": {"post": {"options": {"junior": "Junior", "senior": "Senior"}}, "host": {"country": True}},
    "lists": {"words": ["law"]},
}
WRITTEN: dict[str, tuple[str, Any]] = {
    "except": ("except", {"except": ["law"]}),
    "list": ("list", {"list": "words"}),
    "chosen": ("chosen", {"chosen": "post"}),
    "or_related": ("or_related", {"any": ["law"], "or_related": True}),
    "said": ("said", {"said": "working_knowledge"}),
}
FILTERS = [(kind.name, key, form.partition(":")[0]) for kind in RECORD_KINDS.values() for key, form in kind.filters.items()]


def refused(criterion: dict[str, Any]) -> list[Any]:
    """The problems of forms that have no effect where they stand."""
    _, found = read_vacancy({**HEADER, "criteria": [{"id": "c", **criterion}]}, load_reference())
    return [one for one in found if one.code in ("E238", "E203") and one.params.get("word") in ("except", "list", "chosen", "any", "or_related", "said")]


@pytest.mark.parametrize(("kind", "key", "form"), FILTERS)
@pytest.mark.parametrize("written", WRITTEN)
def test_a_form_is_honoured_or_refused(kind: str, key: str, form: str, written: str) -> None:
    """With what to write instead, in both languages."""
    name, value = WRITTEN[written]
    needed = {"skills": {"level": {"at_least": "B2"}}, "valid": {"test": {"ielts": 6}}}.get(form, {})
    found = refused({"kind": kind, key: value, **needed})
    assert bool(found) is (name not in VALUE_FORMS[SAME_FORMS.get(form, form)])
    for one in found:
        assert all(Words(language).problem(one.code, one.params).help for language in ("en", "fr"))


@pytest.mark.parametrize("written", WRITTEN)
def test_relatives_are_named(written: str) -> None:
    """No list, and nobody but some."""
    assert refused({"kind": "citizenship", "of": "FR", "whose": WRITTEN[written][1]})
