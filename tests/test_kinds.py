"""`eligibility kinds`: what a rule author reads about every kind, in both languages."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from eligibility.cli.kinds import COMMON_KEYS, GROUPS, RECORD_KEYS, Page
from eligibility.criteria import OTHER_KINDS, RECORD_KINDS
from eligibility.criteria.parse import GROUPS as KNOWN_GROUPS
from eligibility.criteria.parse import SHORT_FORMS, parse_criterion
from eligibility.criteria.reader import Context
from eligibility.reference import load_reference
from eligibility.reporters.layout import width_of
from eligibility.wording import Words

KINDS = sorted({*RECORD_KINDS, *OTHER_KINDS})
REFERENCE = load_reference()


def page(language: str, width: int = 80) -> Page:
    return Page(Words(language), width)


def accepted(kind: str) -> set[str]:
    """The keys that the parser itself would name to somebody who misspelt one."""
    examples: tuple[str, ...] = RECORD_KINDS[kind].examples if kind in RECORD_KINDS else OTHER_KINDS[kind].examples  # type: ignore[attr-defined]
    found: set[str] = set()
    for example in examples:
        raw: dict[str, Any] = yaml.load(example, yaml.BaseLoader)
        if raw["kind"] == kind:
            context = Context(REFERENCE, dates=("deadline", "start", "end"), choices={"track": ("internal", "external")})
            parse_criterion({**raw, "zzz": "1"}, (), context)
            found |= {key for one in context.problems if one.params.get("word") == "zzz" for key in one.params["allowed"]}
    assert found
    return found - {"kind"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_key_is_explained(kind: str, language: str) -> None:
    """Whatever key the parser takes in a kind, an author finds it on the page of the kind or at the end of the overview."""
    shown = "\n".join(page(language).kind(kind)) + "\n".join(page(language).overview())
    assert [key for key in accepted(kind) if not re.search(rf"\b{key}\b", shown)] == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [40, 80])
def test_no_line_is_wider_than_the_terminal(kind: str, width: int) -> None:
    """Nothing is cut, nothing runs over."""
    for language in ("en", "fr"):
        lines = [*page(language, width).kind(kind), *page(language, width).overview()]
        assert max(map(width_of, lines)) <= width
        assert not re.search(r"\{(words|number|command|groups|kind|key)\}", "\n".join(lines))


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_kind_asks_is_said_in_both_languages(kind: str) -> None:
    """English words come from the code, French ones beside them; both keep the names of the same keys."""
    english, french = page("en").doc(kind), page("fr").doc(kind)
    assert english
    assert french
    assert english != french
    assert set(re.findall(r"`[^`]+`", " ".join(english.split()))) == set(re.findall(r"`[^`]+`", french))


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_of_a_list_is_shown(kind: str) -> None:
    """A short list stands on the page, a long one behind `eligibility kinds KIND KEY`: each word with its label."""
    shown = page("fr", 2000)
    on_page = "\n".join(shown.kind(kind))
    for key in shown.keys(kind):
        if listed := shown.words_of(kind, key):
            vocabulary, names = listed
            behind = "\n".join(shown.all_words(kind, key))
            assert all(f"{name}\u00a0: {REFERENCE.label(vocabulary, name, 'fr')}" in behind for name in names)
            assert f"eligibility kinds {kind} {key}" in on_page or all(name in on_page for name in names)


def test_the_overview_names_every_kind_and_group() -> None:
    """Kinds, groups, short forms, and the keys that all of them share."""
    shown = "\n".join(page("en").overview())
    assert all(f"  {name}:" in shown for name in (*KINDS, *KNOWN_GROUPS, *SHORT_FORMS, *RECORD_KEYS, *COMMON_KEYS))
    assert set(GROUPS) == {*KNOWN_GROUPS, *SHORT_FORMS}
