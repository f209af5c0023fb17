"""`eligibility kinds`: what a rule author reads about every kind, in both languages."""

from __future__ import annotations

import ast
import re
from typing import Any

import pytest
import yaml

from eligibility.cli import run
from eligibility.cli.kinds import ANYWHERE, COMMON_KEYS, EXAMPLES, RECORD_KEYS, Page
from eligibility.language.every_kind import EVERY_KIND
from eligibility.language.groups import GROUPS, SHORT_FORMS
from eligibility.reading.criteria import RuleContext, parse_criterion
from eligibility.reference import load_reference
from eligibility.reporters.layout import width_of
from eligibility.wording import Words

KINDS = sorted(EVERY_KIND)
REFERENCE = load_reference()


def page(language: str, width: int = 80) -> Page:
    return Page(Words(language), width)


def accepted(kind: str) -> set[str]:
    """The keys that the parser itself would name to somebody who misspelt one."""
    found: set[str] = set()
    for example in EVERY_KIND[kind].examples:
        raw: dict[str, Any] = yaml.load(example, yaml.BaseLoader)
        if raw["kind"] == kind:
            context = RuleContext(REFERENCE, dates=("deadline", "start", "end"), choices={"track": ("internal", "external")})
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
    assert all(f"  {name}:" in shown for name in (*KINDS, *GROUPS, *SHORT_FORMS, *RECORD_KEYS, *COMMON_KEYS))


@pytest.mark.parametrize("key", ANYWHERE)
def test_keys_of_any_criterion_and_groups_have_a_page(key: str) -> None:
    """`eligibility kinds readings`, `derogation`, `never_beyond`, `any_of`: each says what it is, in both languages."""
    english, french = (" ".join(page(language).anywhere(key)) for language in ("en", "fr"))
    assert english != french
    assert len(english) > len(key) + 10
    assert "{words}" not in english + french


@pytest.mark.parametrize("key", EXAMPLES)
def test_examples_of_keys_are_criteria(key: str) -> None:
    """What a page shows can be copied, and has the key of the page."""
    raw: dict[str, Any] = yaml.load(EXAMPLES[key], yaml.BaseLoader)
    numbers = re.sub(r"'(\d+)'", r"\1", repr(raw)).replace("'true'", "True")
    context = RuleContext(REFERENCE, dates=("deadline", "start", "end"))
    parse_criterion(ast.literal_eval(numbers), (), context)
    assert context.problems == []
    assert key in EXAMPLES[key]


@pytest.mark.parametrize(("words", "says"), [(("age", "extended"), "moves the limit"), (("participation", "score"), "score"), (("readings",), "several ways")])
def test_a_key_without_a_list_of_words_is_explained(words: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Instead of an empty list."""
    assert run(["kinds", *words, "--lang", "en"]) == 0
    assert says in capsys.readouterr().out


def test_whether_the_present_application_counts_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """`at_most: 3 times, role: applicant` counts the earlier ones."""
    assert run(["kinds", "participation", "--lang", "en"]) == 0
    assert "the present one is not among them" in " ".join(capsys.readouterr().out.split())
